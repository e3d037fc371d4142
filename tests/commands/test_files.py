"""`check` and `fix` on real files: what counts, what is written, what is left."""

import io
import json
import os
import shutil
import stat
import subprocess
import sys

import pytest

from cleaner.cli import main
from cleaner.cli.common import sure
from cleaner.engines import ProcessEngine
from tests.commands.folders import GARBLED, MENDED
from tests.conftest import ROOT, posix


def test_a_clean_folder_is_nothing_to_speak_of(tmp_path, capfd):
    (tmp_path / "fine.txt").write_text("fine\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert main(["check", str(tmp_path)]) == 0
    assert main(["fix", str(tmp_path)]) == 0
    assert capfd.readouterr() == ("", "")


def test_check_reports_and_changes_nothing(folder, capfd):
    assert main(["check", "."]) == 1
    out, err = capfd.readouterr()
    assert out.split("\n")[0] == "a.txt:1:10: MOJ101 'Ã©' → 'é' (0.999) UTF-8 read as cp1252"
    assert "2 problems; `cleaner fix` mends them" in err
    assert (folder / "a.txt").read_bytes() == GARBLED


def test_no_confidence_is_rounded_to_certainty():
    assert [sure(one) for one in (0.05, 0.994, 0.996, 0.9995, 1.0)] == ["0.05", "0.99", "0.996", "0.999", "1.00"]


def test_a_file_in_two_encodings_is_reported_where_the_second_begins(tmp_path, capsys):
    (tmp_path / "log.txt").write_bytes("größer\nund\n".encode() + "später, für alle\n".encode("cp1252") + b"end\n")
    assert main(["check", str(tmp_path / "log.txt")]) == 1
    assert "log.txt:3:1: ENC201" in capsys.readouterr().out


def test_check_says_what_to_do(tmp_path, capfd):
    (tmp_path / "a.py").write_text("x = 'a\u202eb'\n", encoding="utf-8")
    assert main(["check", "--select", "TXT8", str(tmp_path)]) == 1
    assert "cleaner: 1 problem; `cleaner explain TXT801` says more\n" in capfd.readouterr().err
    (tmp_path / "a.py").write_text("x = 1  \n", encoding="utf-8")
    assert main(["check", "--profile", "text", str(tmp_path)]) == 1
    assert "cleaner: 1 problem; `cleaner fix` with the same options mends it\n" in capfd.readouterr().err


def test_fix_writes_and_is_done(folder, capfd):
    (folder / "a.txt").chmod(0o640)
    assert main(["fix", "a.txt", "fine.txt"]) == 1
    assert capfd.readouterr().out == "Fixing a.txt\n"
    assert (folder / "a.txt").read_bytes() == MENDED
    assert os.name == "nt" or stat.S_IMODE((folder / "a.txt").stat().st_mode) == 0o640
    assert main(["fix", "."]) == 0
    assert main(["check", "."]) == 0
    assert sorted(os.listdir(folder)) == ["a.txt", "fine.txt"]


def test_what_a_run_wrote_can_still_be_restored(folder, capfd):
    """Its records hold the damage of the sources word for word."""
    assert main(["run", "a.txt", "--out", "out", "--quiet"]) == 0
    assert main(["fix", "."]) == 1
    assert "out: passed over: written by a run" in capfd.readouterr().err
    assert main(["restore", "out", "--to", "again"]) == 0
    assert (folder / "again" / "a.txt").read_bytes() == GARBLED
    assert (folder / "a.txt").read_bytes() == MENDED


@posix
def test_fix_leaves_links(folder):
    (folder / "link.txt").symlink_to("a.txt")
    assert main(["fix", "link.txt", "--quiet"]) == 1
    assert (folder / "link.txt").is_symlink()
    assert (folder / "a.txt").read_bytes() == MENDED


def test_other_names_of_a_file_keep_the_old_text_and_that_is_said(folder, capfd):
    (folder / "other.bin").hardlink_to(folder / "a.txt")
    assert main(["fix", "a.txt"]) == 1
    assert "a.txt: written anew; 1 hard link to it kept the old text" in capfd.readouterr().err
    assert (folder / "a.txt").read_bytes() == MENDED
    assert (folder / "other.bin").read_bytes() == GARBLED


def test_fix_reports_what_it_leaves(folder, capfd):
    assert main(["fix", "a.txt", "--min-confidence", "0.99"]) == 1
    out = capfd.readouterr().out.split("\n")
    assert out[0] == "Fixing a.txt"
    assert out[1].startswith("a.txt:2:9: MOJ202 'โ', perhaps '’' (0.98): ")
    assert main(["fix", "a.txt", "--min-confidence", "0.99"]) == 0


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_diff_writes_nothing(folder, capfd, command):
    assert main([command, "a.txt", "--diff"]) == 1
    out = capfd.readouterr().out
    assert "-It is cafÃ© time.\r\n" in out
    assert "+The band’s last show.\r\n" in out
    assert (folder / "a.txt").read_bytes() == GARBLED


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_diff_is_a_patch(folder):
    for name, data in {"a.txt": GARBLED, "b.txt": GARBLED[:-2]}.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "fix", "--diff", "."],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    subprocess.run(["git", "apply", "-"], input=done.stdout, check=True, cwd=folder)
    assert (folder / "a.txt").read_bytes() == MENDED
    assert (folder / "b.txt").read_bytes() == MENDED[:-2]


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "github"])
def test_forms_of_the_report(folder, capfd, form):
    assert main(["check", ".", "--format", form]) == 1
    out = capfd.readouterr().out
    if form == "json":
        rows = json.loads(out)
    elif form == "jsonl":
        rows = [json.loads(line) for line in out.split("\n") if line]
    elif form == "sarif":
        (run,) = json.loads(out)["runs"]
        assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"MOJ101", "MOJ202"}
        assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] == 10
        rows = run["results"]
    else:
        rows = out.rstrip("\n").split("\n")
        assert rows[0].startswith("::warning file=a.txt,line=1,col=10,title=cleaner MOJ101::")
    assert len(rows) == 2


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_an_empty_report_is_whole(tmp_path, capfd, form):
    assert main(["check", str(tmp_path), "--format", form]) == 0
    json.loads(capfd.readouterr().out)


@pytest.mark.parametrize(("names", "workers"), [(["a.txt"], []), (["a.txt", "b.txt"], [2])])
def test_there_are_no_more_workers_than_files(folder, monkeypatch, names, workers):
    (folder / "b.txt").write_bytes((folder / "a.txt").read_bytes())
    asked = []

    class Noted(ProcessEngine):
        def __init__(self, workers):
            asked.append(workers)
            super().__init__(workers)

    monkeypatch.setattr("cleaner.engines.process.ProcessEngine", Noted)
    assert main(["check", *names, "--jobs", "300"]) == 1
    assert asked == workers


class Bytes(io.TextIOWrapper):
    """A stream as stdin and stdout are."""


def through(monkeypatch, data, *argv):
    monkeypatch.setattr(sys, "stdin", Bytes(io.BytesIO(data)))
    out = Bytes(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    code = main([*argv])
    out.flush()
    return code, out.buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"fine\r\n", b"\x89PNG\r\n\x1a\n\0", "x".encode("utf-16"), b"caf\xe9 ol\xe9"])
def test_stdin_passes_through(monkeypatch, data):
    assert through(monkeypatch, data, "fix", "-") == (0, data)


def test_stdin_is_mended(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert through(monkeypatch, GARBLED, "fix", "-") == (1, MENDED)
    code, out = through(monkeypatch, GARBLED, "check", "-", "--stdin-filename", "notes/x.txt")
    assert code == 1
    assert out.decode().startswith("notes/x.txt:1:10: MOJ101")


def test_folders_keep_to_gitignore_and_excludes(folder, capfd):
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("ignored/\n*.log\n")
    for name in ("ignored/x.txt", "b.log", "data/y.txt", "node_modules/z.txt", ".git/w.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(GARBLED)
    (folder / "cleaner.toml").write_text('extend-exclude = ["data"]\n')
    assert {row["path"] for row in found(capfd, "check", ".")} == {"a.txt"}
    assert main(["check", "data/y.txt", "b.log"]) == 1
    assert main(["check", "data/y.txt", "--force-exclude"]) == 0
    assert main(["check", ".", "--extend-exclude", "a.*"]) == 0


def found(capfd, *argv):
    capfd.readouterr()
    main([*argv, "--format", "jsonl"])
    return [json.loads(line) for line in capfd.readouterr().out.split("\n") if line]


def test_the_nearest_settings_hold_for_a_file(folder, capfd):
    (folder / "pyproject.toml").write_text('[tool.cleaner]\nignore = ["MOJ2"]\n')
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_bytes(GARBLED)
    (folder / "sub" / "cleaner.toml").write_text('ignore = ["MOJ1"]\n')
    rows = found(capfd, "check", ".")
    assert [(row["path"], row["rule"]) for row in rows] == [
        ("a.txt", "MOJ101"),
        (os.path.join("sub", "a.txt"), "MOJ202"),
    ]
    assert len(found(capfd, "check", ".", "--isolated")) == 4
    (folder / "sub" / "cleaner.toml").write_text('ignroe = ["MOJ1"]\n')
    assert main(["check", "."]) == 2
    assert "did you mean 'ignore'" in capfd.readouterr().err


def test_per_file_ignores(folder, capfd):
    (folder / "cleaner.toml").write_text('[per-file-ignores]\n"*.txt" = ["MOJ2"]\n"docs/" = ["MOJ"]\n')
    (folder / "docs").mkdir()
    (folder / "docs" / "x.md").write_bytes(GARBLED)
    assert main(["fix", ".", "--quiet"]) == 1
    assert (folder / "a.txt").read_bytes() == GARBLED.replace("Ã©".encode(), "é".encode())
    assert (folder / "docs" / "x.md").read_bytes() == GARBLED


def test_line_ends_change_only_when_named(folder):
    (folder / "a.txt").write_bytes(b"one  \r\ntwo\r\n")
    assert main(["fix", "a.txt", "--profile", "text", "--quiet"]) == 1
    assert (folder / "a.txt").read_bytes() == b"one\r\ntwo\r\n"
    assert main(["fix", "a.txt", "--select", "TXT102", "--quiet"]) == 1
    assert (folder / "a.txt").read_bytes() == b"one\ntwo\n"


def test_a_baseline_only_shrinks(folder, capfd):
    assert main(["check", ".", "--write-baseline", "known.json"]) == 0
    assert main(["check", ".", "--baseline", "known.json"]) == 0
    (folder / "b.txt").write_bytes(b"\n" + GARBLED)
    assert main(["check", ".", "--baseline", "known.json"]) == 1
    assert main(["check", ".", "--write-baseline", "known.json"]) == 0
    assert main(["check", ".", "--baseline", "known.json"]) == 1
    (folder / "b.txt").unlink()
    (folder / "a.txt").write_bytes(b"\n\n" + GARBLED)
    assert main(["check", ".", "--baseline", "known.json"]) == 0
    assert main(["fix", "a.txt", "--select", "MOJ1", "--quiet"]) == 1
    assert main(["check", ".", "--write-baseline", "known.json"]) == 0
    assert len(json.loads((folder / "known.json").read_text())["problems"]) == 1
    (folder / "known.json").write_text("[]")
    assert main(["check", ".", "--baseline", "known.json"]) == 2
    assert main(["check", ".", "--baseline", "none.json"]) == 2
    assert "--write-baseline" in capfd.readouterr().err
    (folder / "sub").mkdir(exist_ok=True)
    assert main(["check", ".", "--write-baseline", "sub"]) == 2
    assert "sub: the baseline can't be read: " in capfd.readouterr().err


def test_many_processes_say_the_same(folder, capfd):
    for number in range(4):
        (folder / f"x{number}.txt").write_bytes(GARBLED)
    assert main(["check", "."]) == 1
    one = capfd.readouterr().out
    assert main(["check", ".", "--jobs", "2"]) == 1
    assert capfd.readouterr().out == one


def test_colours_only_where_they_are_wanted(folder, capfd, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    main(["check", "."])
    assert "\x1b[" in capfd.readouterr().out
    main(["check", ".", "--no-color"])
    assert "\x1b[" not in capfd.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check", "."])
    assert "\x1b[" not in capfd.readouterr().out


@pytest.mark.parametrize("pattern", ["a.txt", "*.txt", "inner/"])
def test_a_name_left_out_by_the_command_is_left_out_elsewhere_too(tmp_path, monkeypatch, pattern):
    (tmp_path / "here").mkdir()
    (tmp_path / "there" / "inner").mkdir(parents=True)
    (tmp_path / "there" / "inner" / "a.txt").write_bytes(GARBLED)
    monkeypatch.chdir(tmp_path / "here")
    assert main(["check", "../there", "--isolated"]) == 1
    assert main(["check", "../there", "--isolated", "--extend-exclude", pattern]) == 0
