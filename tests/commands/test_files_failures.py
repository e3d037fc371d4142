"""`check` and `fix` where something is in the way: it is named, and nothing is lost."""

import json
import os

import pytest

from cleaner.cli import main
from tests.commands.folders import GARBLED, MENDED
from tests.conftest import READS_ALL, posix


@posix
def test_hostile_names_stay_names(folder, capfd):
    name = "a\n::error::b\x1b[31m.txt"
    (folder / name).write_bytes(GARBLED)
    raw = os.fsencode(str(folder)) + b"/\xff\xfe.txt"
    with open(raw, "wb") as file:
        file.write(GARBLED)
    for form in ("text", "github", "json", "jsonl", "sarif"):
        assert main(["check", ".", "--format", form]) == 1
        out = capfd.readouterr().out
        assert "\x1b" not in out
        assert not any(line.startswith("::error") for line in out.split("\n"))
        if form == "json":
            assert "\\xff\\xfe.txt" in {row["path"] for row in json.loads(out)}  # as in the records of a run
    assert main(["fix", "."]) == 1
    with open(raw, "rb") as file:
        assert file.read() == MENDED


@posix
def test_what_can_not_be_worked_on_is_named(folder, capfd):
    (folder / "gone.txt").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    assert main(["check", "missing.txt"]) == 2
    assert main(["check", "gone.txt"]) == 2
    assert main(["fix", "pipe"]) == 2
    err = capfd.readouterr().err
    assert "missing.txt: no such file" in err
    assert "gone.txt: a link that leads nowhere" in err
    assert "pipe: not a regular file" in err
    assert main(["check", ".", "--verbose"]) == 1
    assert "pipe: passed over" in capfd.readouterr().err
    (folder / "b.dat").write_bytes(b"\x00\x01\x02" * 99)
    assert main(["check", "b.dat", "-v"]) == 0
    assert "b.dat: passed over: binary data" in capfd.readouterr().err
    assert main(["check", "a.txt", "--jobs", "0"]) == 2
    assert main(["show", "."]) == 2
    assert ".: a folder; name the files in it" in capfd.readouterr().err
    assert main(["fix", "missing.txt", "a.txt"]) == 2
    assert (folder / "a.txt").read_bytes() == MENDED


@posix
def test_a_file_that_became_a_pipe_is_not_waited_for(folder, capfd, monkeypatch):
    os.mkfifo(folder / "pipe")
    monkeypatch.setattr("cleaner.cli.targets.Targets.files", lambda *_: iter(["pipe", "a.txt"]))
    assert main(["fix", "."]) == 2
    assert "pipe: not a regular file any more" in capfd.readouterr().err
    assert (folder / "a.txt").read_bytes() == MENDED


def test_a_folder_that_can_not_be_listed_is_named(folder, capfd, monkeypatch):
    (folder / "locked").mkdir()
    listed = os.scandir

    def scandir(place):
        if str(place).endswith("locked"):
            raise PermissionError(13, "Permission denied", place)
        return listed(place)

    monkeypatch.setattr(os, "scandir", scandir)
    assert main(["check", "locked"]) == 2
    assert main(["check", "."]) == 2
    assert capfd.readouterr().err.count("locked: can't be listed: permission denied") == 2


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_fix_that_is_stopped_leaves_nothing_beside_the_file(folder, monkeypatch, error):
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    def replace(part, place):
        raise error

    monkeypatch.setattr(os, "replace", replace)
    assert main(["fix", "a.txt"]) in (2, 130)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.skipif(READS_ALL, reason="nothing can be made unreadable")
def test_permissions_are_respected(folder, capfd):
    (folder / "a.txt").chmod(0o444)
    assert main(["fix", "a.txt"]) == 2
    assert "read-only" in capfd.readouterr().err
    (folder / "a.txt").chmod(0)
    assert main(["check", "a.txt"]) == 2
    assert "permission denied" in capfd.readouterr().err
    (folder / "a.txt").chmod(0o644)
    folder.chmod(0o555)
    try:
        assert main(["fix", "a.txt"]) == 2
    finally:
        folder.chmod(0o755)
    assert (folder / "a.txt").read_bytes() == GARBLED


def test_a_file_that_changes_meanwhile_is_left(folder, capfd, monkeypatch):
    from cleaner.cli import check

    def slow(data, path, settings):
        checked = check_one(data, path, settings)
        (folder / "a.txt").write_bytes(b"other")
        return checked

    check_one = check.check_one
    monkeypatch.setattr("cleaner.cli.fix.check_one", slow)
    assert main(["fix", "a.txt"]) == 2
    assert "changed while" in capfd.readouterr().err
    assert (folder / "a.txt").read_bytes() == b"other"
