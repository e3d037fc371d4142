"""Fixtures of the tests of commands."""

import pytest

from tests.commands.folders import ENGLISH, FRENCH, GARBLED, RUSSIAN


@pytest.fixture
def mixed(tmp_path):
    """A folder with what folders really hold."""
    folder = tmp_path / "in"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "a.txt").write_bytes(ENGLISH.encode())
    (folder / "b.txt").write_bytes(("\ufeff" + ENGLISH + "\r\nNext line.\r\n").encode())
    (folder / "c.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (folder / "d").write_bytes(FRENCH.encode("utf-16"))
    (folder / "deep" / "e.md").write_bytes(b"# Title\n\nA line with a break  \nand another.\n")
    (folder / "deep" / "er" / "f.txt").write_bytes(FRENCH.encode().decode("cp1252").encode())
    (folder / "deep" / "er" / "broken.txt").write_bytes(FRENCH.encode() + b"\xff\xfe\x80 and on " + ENGLISH.encode())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8)
    (folder / "copy of a.txt").write_bytes(ENGLISH.encode())
    return folder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of one garbled file and one clean one, in which commands are run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(GARBLED)
    (tmp_path / "fine.txt").write_bytes("It’s fine.\r\n".encode())
    return tmp_path
