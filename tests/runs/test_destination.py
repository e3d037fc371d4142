"""Where a run may write, and what is said of a system that lacks memory."""

import errno
import json
import os

import pytest

from cleaner.errors import ResourceError, UsageError
from cleaner.outputs.folder import MANIFEST
from cleaner.runs.destination import STATE, check_folders, open_ledger
from cleaner.runs.ledger import NAME
from tests.conftest import posix


@pytest.fixture
def place(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path


def check(place, *, force=False):
    check_folders([place / "in"], place / "out", force=force)


def test_a_folder_that_is_new_empty_or_ours_is_taken(place):
    out = place / "out"
    check(place)
    assert not out.exists()
    out.mkdir()
    check(place)
    (out / "text").mkdir()
    (out / MANIFEST).write_text(json.dumps({"generator": "cleaner"}))
    check(place)
    (out / MANIFEST).unlink()
    (out / STATE).mkdir()
    (out / STATE / NAME).touch()
    check(place)
    assert {path.relative_to(out).as_posix() for path in out.rglob("*")} == {"text", STATE, f"{STATE}/{NAME}"}


def test_a_folder_under_another_name_is_the_same(place, monkeypatch):
    (place / "In").symlink_to("in")  # as on a file system that takes both for one name
    monkeypatch.setattr("os.path.realpath", os.path.abspath)
    for out in ("In", "In/out"):
        with pytest.raises(UsageError, match="can't be inside the input"):
            check_folders([place / "in"], place / out, force=False)
    (place / "in" / "deep").mkdir()
    with pytest.raises(UsageError, match="can't be inside the output"):
        check_folders([place / "in" / "deep"], place / "In", force=False)


@posix
def test_a_link_that_leads_to_itself_is_no_folder(place):
    (place / "loop").symlink_to("loop")
    check_folders([place / "in"], place / "loop" / "out", force=False)
    with pytest.raises(UsageError, match="the output folder can't be written: "), open_ledger(place / "loop" / "out"):
        pass


@pytest.mark.parametrize("manifest", ["[]", "{", '{"generator": "other"}'])
def test_what_others_left_is_refused_and_never_replaced(place, manifest):
    out = place / "out"
    out.mkdir()
    (out / "letter.txt").touch()
    with pytest.raises(UsageError, match="not empty and was not written by cleaner"):
        check(place)
    check(place, force=True)
    (out / MANIFEST).write_text(manifest)
    with pytest.raises(UsageError, match=r"holds manifest\.json by another hand"):
        check(place, force=True)


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (ImportError("libx.so: failed to map segment from shared object"), ResourceError),
        (RuntimeError("can't start new thread"), ResourceError),
        (MemoryError(), ResourceError),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), ResourceError),
        (OSError(errno.EFBIG, "File too large"), UsageError),
        (OSError(errno.ENOSPC, "No space left on device"), UsageError),
        (OSError(errno.EACCES, "Permission denied"), OSError),
        (ImportError("no module named x"), ImportError),
        (RuntimeError("another"), RuntimeError),
        (KeyError("another"), KeyError),
    ],
)
def test_what_an_error_of_a_run_is_told_as(tmp_path, error, raised):
    with pytest.raises(raised) as told, open_ledger(tmp_path):
        raise error
    assert (told.value is error) is issubclass(type(error), raised)
    assert (tmp_path / STATE / ".gitignore").read_bytes() == b"*\n"
