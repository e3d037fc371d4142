"""What systems do each in its own way: patterns of names, pipes without a reader, links, limits."""

import ctypes
import errno
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from cleaner import cli
from cleaner.cli import common, targets
from cleaner.cli.reporters import as_sarif
from cleaner.engines import process
from cleaner.sources import folder as sources
from cleaner.sources import list_inputs
from tests.conftest import ROOT

GARBLED = "The cafÃ© on the corner is closed today.\n"


@pytest.fixture
def files(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt", "[c].txt", "d.md"):
        (tmp_path / name).write_text(GARBLED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_patterns_are_left_to_the_shell_that_knows_them(files, monkeypatch):
    monkeypatch.setattr(cli, "WINDOWS", False)
    assert cli._expanded(["check", "*.txt"]) == ["check", "*.txt"]


def test_patterns_mean_files_where_no_shell_reads_them(files, monkeypatch, capsys):
    monkeypatch.setattr(cli, "WINDOWS", True)
    words = ["check", "?.txt", "[c].txt", "*.pdf", "--select=MOJ*"]
    assert cli._expanded(words) == ["check", "a.txt", "b.txt", "[c].txt", "*.pdf", "--select=MOJ*"]
    monkeypatch.setattr(sys, "argv", ["cleaner", "check", "?.txt"])
    assert cli.main() == 1
    assert capsys.readouterr().out.count("MOJ101") == 2


def test_what_is_a_file_or_an_option_is_no_pattern(files, monkeypatch, tmp_path):
    monkeypatch.setattr(cli, "WINDOWS", True)
    for name in ("c.txt", "--select=MOJ1"):
        (tmp_path / name).write_text(GARBLED, encoding="utf-8")
    assert cli._expanded(["check", "[c].txt", "--select=MOJ*"]) == ["check", "[c].txt", "--select=MOJ*"]


def test_a_pipe_without_a_reader_is_told_from_other_errors(monkeypatch):
    monkeypatch.setattr(cli, "WINDOWS", False)
    gone = OSError(errno.EINVAL, "Invalid argument")
    assert not cli._nobody_reads(gone)
    monkeypatch.setattr(cli, "WINDOWS", True)
    assert cli._nobody_reads(gone)
    assert not cli._nobody_reads(OSError(errno.EINVAL, "Invalid argument", "a?.txt"))
    assert not cli._nobody_reads(OSError(errno.ENOSPC, "No space left on device"))


@pytest.mark.parametrize("is_junction", [sources.is_junction, targets._is_junction])
def test_junctions_are_links(is_junction):
    junction = SimpleNamespace(stat=lambda follow_symlinks: SimpleNamespace(st_reparse_tag=0xA0000003))
    cloud = SimpleNamespace(stat=lambda follow_symlinks: SimpleNamespace(st_reparse_tag=0x9000001A))
    folder = SimpleNamespace(stat=lambda follow_symlinks: SimpleNamespace())
    assert is_junction(junction)
    assert not is_junction(cloud)
    assert not is_junction(folder)


def test_a_junction_is_not_followed(tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text(GARBLED, encoding="utf-8")
    assert len(list_inputs([tmp_path])[0]) == 1
    monkeypatch.setattr(sources, "JUNCTION", 0)  # what `getattr` gives here
    entries, skipped = list_inputs([tmp_path])
    assert not len(entries)
    assert skipped == [("deep", "link to a folder: not followed")]


def test_check_does_not_follow_a_junction(tmp_path, monkeypatch, capsys):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text(GARBLED, encoding="utf-8")
    assert cli.main(["check", str(tmp_path)]) == 1
    monkeypatch.setattr(targets, "_is_junction", lambda folder: folder.name == "deep")
    capsys.readouterr()
    assert cli.main(["check", str(tmp_path), "--verbose"]) == 0
    assert "a link" in capsys.readouterr().err


STDOUT = SimpleNamespace(fileno=lambda: 1)


@pytest.mark.parametrize(("asked", "told"), [(1, 1), (1, 0), (0, 1)])
def test_a_console_is_asked_for_colours(monkeypatch, asked, told):
    done = []

    def mode_of(_, mode):
        mode._obj.value = 3
        return asked

    console = SimpleNamespace(
        GetStdHandle=lambda number: number,
        GetConsoleMode=mode_of,
        SetConsoleMode=lambda handle, mode: done.append((handle, mode)) or told,
    )
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=console), raising=False)
    assert common._takes_colours(STDOUT) is (asked == told == 1)
    assert done == [(-11, 7)] * asked, "STD_OUTPUT_HANDLE, ENABLE_VIRTUAL_TERMINAL_PROCESSING"


@pytest.mark.skipif(os.name == "nt", reason="has a console")
def test_a_system_without_such_a_console_has_no_colours_there():
    assert not common._takes_colours(STDOUT)


def test_no_more_workers_than_a_system_waits_for(monkeypatch):
    assert process.ProcessEngine(100).workers == (61 if os.name == "nt" else 100)
    monkeypatch.setattr(process, "MOST", 2)
    assert process.ProcessEngine(100).workers == 2


def test_workers_of_a_windows_console_are_started_deaf_to_an_interrupt(monkeypatch):
    told = []
    monkeypatch.setattr(process, "_console_heard", told.append)
    with process._interrupts_held():
        assert told == ([False] if os.name == "nt" else [])
    monkeypatch.delattr("signal.pthread_sigmask", raising=False)
    told.clear()
    with process._interrupts_held():
        assert told == [False]
    assert told == [False, True]


def test_a_file_elsewhere_has_an_address_with_slashes(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert as_sarif._uri(str(tmp_path / "a é.txt")) == (tmp_path / "a é.txt").as_uri()
    assert as_sarif._uri(str(tmp_path / "here" / "b" / "c d.txt")) == "b/c%20d.txt"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that a program was called in")
def test_a_folder_that_is_gone_is_told(tmp_path):
    code = "import os, sys; os.rmdir(os.getcwd()); from cleaner.cli import script; script()"
    (tmp_path / "gone").mkdir()
    command = [sys.executable, "-c", code, "check", "."]
    done = subprocess.run(
        command, cwd=tmp_path / "gone", env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (
        2,
        "cleaner: the folder that this was called in is gone: No such file or directory\n",
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits the size of files")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_gets_too_large_is_told(seeds, tmp_path, jobs):
    code = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
from cleaner.cli import script
script()
"""
    command = [sys.executable, "-c", code, "run", seeds, "--out", tmp_path / "out", "--jobs", jobs, "-q"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith(
        f"cleaner: {tmp_path / 'out'}: can't be written: File too large; its file system, or a limit"
    )
    assert done.stderr.count("\n") == 1
