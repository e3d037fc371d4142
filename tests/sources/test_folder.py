"""Files of a folder: what is listed, under which path, and what is passed over."""

import os
import sys
from types import SimpleNamespace

import pytest

from cleaner.sources import list_inputs
from cleaner.sources.folder import JUNCTION, VERSION_CONTROL, _passed_over


@pytest.mark.skipif(sys.platform != "linux", reason="names of bytes")
def test_names_that_are_written_out_alike_are_told_apart(tmp_path):
    for name in (b"\\xe9\\xff", b"\xe9\\xff", b"\\xe9\xff", b"plain"):
        (tmp_path / os.fsdecode(name)).write_bytes(name)
    entries, _ = list_inputs([tmp_path])
    assert [one.path for one in entries] == sorted(["plain", r"\xe9\xff", r"\xe9\xff~2", r"\xe9\xff~3"])
    for one in entries:
        with open(one.file, "rb") as file:
            assert file.read() == (one.raw_path or one.path.encode())


@pytest.mark.parametrize(
    ("name", "link", "tag", "said"),
    [
        ("letters", False, 0, ""),
        ("letters", False, JUNCTION + 1, ""),
        ("letters", False, JUNCTION, "link to a folder: not followed"),
        ("letters", True, 0, "link to a folder: not followed"),
        *((name, False, 0, "version control: not read") for name in sorted(VERSION_CONTROL)),
    ],
)
def test_folders_that_are_not_read(name, link, tag, said):
    status = SimpleNamespace(st_reparse_tag=tag)
    folder = SimpleNamespace(name=name, is_symlink=lambda: link, stat=lambda *, follow_symlinks: status)
    assert _passed_over(folder) == said
