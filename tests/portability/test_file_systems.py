"""File systems that take two names for one, and names that one system has and another has not."""

import errno
import json
import os
import sys
from pathlib import Path

import pytest

from cleaner.corpus import clean_folder
from cleaner.errors import UsageError
from cleaner.outputs.folder import _sweep
from cleaner.runs.restoring import restore_folder
from cleaner.settings import Settings
from tests.commands.folders import ENGLISH, FRENCH, RUSSIAN
from tests.conftest import rows, tree

QUIET = Settings(report=False)


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("a.txt", ENGLISH), ("b.txt", FRENCH), ("c.txt", RUSSIAN)):
        (folder / name).write_text(text, encoding="utf-8")
    clean_folder(folder, tmp_path / "out", settings=QUIET, jobs=1)
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("meant", "listed"), [("a.txt", "A.txt"), ("sub/d.txt", "SUB/d.txt"), ("é.txt", "e\u0301.txt")]
)
def test_a_text_that_stands_under_another_form_of_its_name_is_kept(tmp_path, meant, listed):
    """As on macOS and Windows, when a source was renamed from `A.txt` to `a.txt`: the text of that name is there, and listed as it
    was made first.
    """
    (tmp_path / listed).parent.mkdir(exist_ok=True)
    for name in (listed, "stale.txt", "kept.txt", "KEPT.TXT"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    _sweep(tmp_path, {meant, "kept.txt"})
    assert set(tree(tmp_path)) == {listed, "kept.txt"}


def test_what_cannot_be_told_from_another_is_not_written_over_it(run, tmp_path, monkeypatch):
    written = tmp_path / "again" / "A.txt"
    monkeypatch.setattr("os.path.lexists", lambda path, real=os.path.lexists: real(str(path).replace("b.txt", "A.txt")))
    rows = (run / "corpus.jsonl").read_text(encoding="utf-8")
    (run / "corpus.jsonl").write_text(rows.replace('"a.txt"', '"A.txt"'), encoding="utf-8", newline="")
    done = restore_folder(run, tmp_path / "again")
    assert done.restored == 2
    assert done.failures == ("b.txt: this file system takes its name for that of another; not written",)
    assert written.read_text(encoding="utf-8") == ENGLISH


@pytest.mark.parametrize(
    "error",
    [errno.EINVAL, errno.EILSEQ, errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST],
)
def test_a_name_that_a_system_refuses_is_told_and_the_others_are_restored(run, tmp_path, monkeypatch, error):
    from cleaner.runs import restoring as restoring_runs

    def write(path: Path, data, *, real=restoring_runs.write_atomic):
        if path.name == "b.txt":
            raise OSError(error, os.strerror(error), str(path))
        return real(path, data)

    monkeypatch.setattr(restoring_runs, "write_atomic", write)
    done = restore_folder(run, tmp_path / "again")
    assert done.failures == (f"b.txt: can't be written here: {os.strerror(error)}",)
    assert set(tree(tmp_path / "again")) == {"a.txt", "c.txt"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are bytes there")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_name_that_is_written_out_as_another_file_is_called(tmp_path, jobs):
    """The byte E9 and the four characters that records have for it; the texts are the same."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"caf\xe9.txt", rb"caf\xe9.txt", rb"caf\xe9.txt~2", b"\xe9\\xff.txt", b"\\xe9\xff.txt"):
        (folder / os.fsdecode(name)).write_text(ENGLISH, encoding="utf-8")
    clean_folder(folder, tmp_path / "out", settings=QUIET, jobs=jobs)
    assert [row["id"] for row in rows(tmp_path / "out" / "corpus.jsonl")] == [
        r"\xe9\xff.txt",
        r"\xe9\xff.txt~2",
        r"caf\xe9.txt",
        r"caf\xe9.txt~2",
        r"caf\xe9.txt~3",
    ]
    (folder / r"caf\xe9.txt").unlink()  # now the other has its path, and what is remembered of that is not taken for it
    for again in (tmp_path / "again", tmp_path / "once more"):
        clean_folder(folder, tmp_path / "out", settings=QUIET, jobs=jobs)
        assert restore_folder(tmp_path / "out", again).failures == ()
        assert tree(again) == tree(folder)


def test_a_full_disk_ends_a_restore(run, tmp_path, monkeypatch):
    def full(path, _):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr("cleaner.runs.restoring.write_atomic", full)
    with pytest.raises(UsageError, match=r"again: can't be written: No space left .*, after 0 of the documents"):
        restore_folder(run, tmp_path / "again")


@pytest.mark.parametrize("name", ["..\\..\\evil.txt", "C:evil.txt", "a.txt:stream", "aux.txt", "end."])
def test_names_that_lead_elsewhere_on_windows_are_not_written_there(run, tmp_path, monkeypatch, name):
    rows = (run / "corpus.jsonl").read_text(encoding="utf-8")
    (run / "corpus.jsonl").write_text(rows.replace('"a.txt"', json.dumps(name)), encoding="utf-8", newline="")
    if os.name != "nt":
        assert restore_folder(run, tmp_path / "here").failures == ()
        assert (tmp_path / "here" / name).read_text(encoding="utf-8") == ENGLISH
    monkeypatch.setattr("cleaner.runs.restoring.ON_WINDOWS", True)
    done = restore_folder(run, tmp_path / "there")
    assert done.failures == (f"{name}: a name that Windows does not take; not written",)
    assert set(tree(tmp_path / "there")) == {"b.txt", "c.txt"}
