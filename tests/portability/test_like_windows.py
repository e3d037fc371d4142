"""Runs and commands on a system that lacks and refuses what Windows does: `like_windows`."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.folders import ENGLISH, FRENCH, RUSSIAN
from tests.conftest import ROOT, tree

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc who has a file open")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    for number in range(4):
        (made / f"{number}.txt").write_bytes(f"{ENGLISH}\r\n{number}\x1a\r\n".encode())
        (made / f"ru{number}.txt").write_bytes((RUSSIAN * (number + 1)).encode("cp1251"))
    (made / "garbled.txt").write_bytes(FRENCH.encode().decode("cp1252").encode())
    for seed in (ROOT / "seeds").iterdir():
        (made / seed.name).write_bytes(seed.read_bytes())
    return made


def on_windows(*words, large=False, **more) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "tests.portability.like_windows", *map(str, words)]
    environment = {**os.environ, "CLEANER_TEST_LARGE": "1" if large else "", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        env=environment,
        **more,
    )


def done(*words, **more) -> str:
    ended = on_windows(*words, **more)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_gives_what_it_gives_elsewhere(folder, tmp_path, jobs, large):
    from cleaner.corpus import clean_folder

    out = tmp_path / "out"
    done("run", folder, "--out", out, "--jobs", jobs, "--quiet", large=large)
    clean_folder(folder, tmp_path / "here", jobs=1)
    assert tree(out) == tree(tmp_path / "here")
    assert {path.name for path in (out / ".state").iterdir()} <= {
        "ledger.sqlite",
        "shards",
        "timings.json",
        ".gitignore",
    }
    (folder / "garbled.txt").write_bytes(ENGLISH.encode())
    (folder / "0.txt").unlink()
    done("run", folder, "--out", out, "--jobs", jobs, "--quiet", large=large)
    done("restore", out, "--to", tmp_path / "again", "--quiet")
    assert tree(tmp_path / "again") == tree(folder)


def test_a_ledger_that_is_none_is_begun_anew(folder, tmp_path):
    state = tmp_path / "out" / ".state"
    state.mkdir(parents=True)
    (state / "ledger.sqlite").write_bytes(b"this is no database, but it is long enough to look like a broken one" * 20)
    for out in ("out", "fresh"):
        done("run", folder, "--out", tmp_path / out, "--quiet")
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")
    counts = []
    for out in (tmp_path / "out", tmp_path / "fresh"):
        with closing(sqlite3.connect(out / ".state" / "ledger.sqlite")) as connection:
            counts += connection.execute("select count(*) from results").fetchone()
    assert counts[0] == counts[1] > 0, "what was done is remembered again"


def test_files_in_place(folder):
    assert on_windows("check", folder, "--jobs", "2").returncode == 1
    assert on_windows("fix", folder, "--jobs", "2").returncode == 1
    assert (folder / "garbled.txt").read_bytes() == FRENCH.encode()
    assert on_windows("utf8", folder).returncode == 1
    assert (folder / "ru0.txt").read_bytes() == RUSSIAN.encode()
    for words in (
        ["detect", folder / "1.txt"],
        ["show", folder / "1.txt"],
        ["overlap", folder / "1.txt", folder / "2.txt"],
    ):
        done(*words)


def test_what_is_refused_here():
    code = """
import os, sys
from tests.portability import like_windows
for name in ("pread", "fork", "sched_getaffinity"):
    assert not hasattr(os, name)
with open(sys.argv[1], "wb") as file:
    file.write(b"x")
    try:
        os.unlink(sys.argv[1])
    except PermissionError:
        print("refused")
os.unlink(sys.argv[1])
for name in ("con.txt", "what?", "a."):
    try:
        open(f"{sys.argv[1]}/{name}", "wb")
    except OSError as error:
        print(error.errno)
"""
    place = Path(os.environ.get("TMPDIR", "/tmp")) / f"like-windows-{os.getpid()}"
    told = subprocess.run([sys.executable, "-c", code, place], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["refused", "22", "22", "22"]
