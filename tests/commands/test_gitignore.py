"""Patterns of paths are read as git reads them."""

import os
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.cli import main
from cleaner.cli.gitignore import Ignored, Patterns, read_patterns
from cleaner.corpus import clean_folder
from tests.conftest import rows

PATHS = [
    "a",
    "b.txt",
    "a/b",
    "a/b.txt",
    "a/c/b.txt",
    "a/c/d",
    "x/a/b",
    "foo bar",
    "[x]",
    "a!b",
    "#c",
    ".h/a",
    "a/b/c/d.py",
]


@pytest.mark.parametrize(
    ("lines", "held"),
    [
        ([], []),
        (["# remark", "", "   "], []),
        (["*.txt"], ["b.txt", "a/b.txt", "a/c/b.txt"]),
        (["/b.txt"], ["b.txt"]),
        (["a/*.txt"], ["a/b.txt"]),
        (["a/**/b.txt"], ["a/b.txt", "a/c/b.txt"]),
        (["**/d"], ["a/c/d"]),
        (["*.txt", "!a/b.txt"], ["b.txt", "a/c/b.txt"]),
        (["foo bar "], ["foo bar"]),
        (["\\#c"], ["#c"]),
        (["[ab].txt"], ["b.txt", "a/b.txt", "a/c/b.txt"]),
    ],
)
def test_patterns(lines, held):
    patterns = Patterns(os.sep + "r", lines)
    assert [path for path in PATHS if patterns.holds(native("/r/" + path))] == held
    assert not any(patterns.holds(native("/r2/" + path)) for path in PATHS)


def native(path):
    return path.replace("/", os.sep)


def test_many_stars_take_no_time():
    patterns = Patterns(os.sep + "r", ["*a" * 20 + "*b"])
    assert not patterns.holds("/r/" + "a" * 250)
    assert patterns.holds("/r/" + "a" * 250 + "b")


def test_a_byte_order_mark_is_no_part_of_the_first_pattern(tmp_path):
    (tmp_path / ".gitignore").write_bytes(b"\xef\xbb\xbfa\r\nb\r\n")
    patterns = read_patterns(str(tmp_path / ".gitignore"))
    assert [name for name in "abc" if patterns.holds(str(tmp_path / name))] == ["a", "b"]


LINES = st.lists(
    st.text(alphabet="ab*?/!.[]cd\\x- #t", min_size=1, max_size=8).filter(lambda line: "\0" not in line),
    min_size=1,
    max_size=4,
)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here to compare with")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES)
def test_the_same_as_git(lines, tmp_path_factory):
    root = tmp_path_factory.mktemp("r")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / ".gitignore").write_text("\n".join(lines) + "\n")
    for path in PATHS:
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text("x")
        except OSError:
            pass
    files = sorted(
        p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file() and ".git/" not in p.as_posix()
    )
    files.remove(".gitignore")
    asked = "\0".join(files)
    done = subprocess.run(
        ["git", "check-ignore", "-z", "--no-index", "--stdin"], cwd=root, input=asked, capture_output=True, text=True
    )
    patterns = Patterns(str(root), lines)
    assert {path for path in files if patterns.holds(str(root / path))} == set(filter(None, done.stdout.split("\0")))


def test_each_folder_has_its_word(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("*.log\nbuild/\n")
    (tmp_path / "a" / ".gitignore").write_text("!keep.log\nb/\n")
    ignored = Ignored()
    asked = ["x.txt", "x.log", "a/x.log", "a/keep.log", "a/b/x.txt", "build/x.txt", "a/build/c/x.txt"]
    assert [ignored(str(tmp_path / path)) for path in asked] == [False, True, True, False, True, True, True]
    assert not Ignored()("/x.log")


def test_a_run_keeps_to_it_on_request(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / ".git").mkdir(parents=True)
    (tmp_path / "in" / ".gitignore").write_text("*.log\n")
    for name in ("a.txt", "b.log"):
        (tmp_path / "in" / name).write_text("Some words.\n")
    assert main(["run", "in", "--out", "one", "--no-report", "-q"]) == 0
    assert {row["id"] for row in rows(tmp_path / "one" / "corpus.jsonl")} == {".gitignore", "a.txt", "b.log"}
    assert main(["run", "in", "--out", "two", "--no-report", "-q", "--gitignore"]) == 0
    assert {row["id"] for row in rows(tmp_path / "two" / "corpus.jsonl")} == {".gitignore", "a.txt"}
    assert {row["path"]: row["reason"] for row in rows(tmp_path / "two" / "rejected.jsonl")}[
        "b.log"
    ] == "named in .gitignore"


def test_a_run_asks_of_each_file_once(tmp_path):
    files = [tmp_path / "in" / name for name in ("a.txt", "b.log", "c.txt")]
    files[0].parent.mkdir()
    for file in files:
        file.write_text("A note.")
    asked = []

    def is_log(file):
        asked.append(file)
        return file.endswith(".log")

    clean_folder(files[0].parent, tmp_path / "out", leave_out=is_log)
    assert asked == list(map(str, files))
    assert [row["path"] for row in rows(tmp_path / "out" / "rejected.jsonl")] == ["b.log"]
