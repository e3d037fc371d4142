"""Entries in columns say what the objects said."""

from pathlib import Path

import pytest

from cleaner.sources import Entries, Entry, list_inputs

ROWS = [
    Entry("/in/a.txt", "a.txt", None, 3),
    Entry("/in/b/ü.txt", "b/ü.txt", None, 0),
    Entry("/in/c.txt", "in/c.txt", None, 7),
    Entry("/elsewhere/d.txt", "d.txt", None, 1 << 40),
    Entry("/in/\udcff.txt", "\\xff.txt", b"\xff.txt", 5),
    Entry("C:\\in\\e\\f.txt", "e/f.txt", None, 2),
    Entry("same", "same", None),
]


def test_each_is_made_again():
    entries = Entries(ROWS)
    assert list(entries) == ROWS
    assert [entries[number] for number in (5, 1)] == [ROWS[5], ROWS[1]]
    assert [entries.path(number) for number in range(len(entries))] == [one.path for one in ROWS]
    assert entries.bytes == sum(one.size for one in ROWS)
    with pytest.raises(IndexError):
        entries[len(ROWS)]


def test_nothing_is_left_when_they_are_let_go():
    entries = Entries(ROWS)
    entries.clear()
    assert (list(entries), len(entries), entries.bytes) == ([], 0, 0)


def test_the_files_of_several_inputs(tmp_path):
    for folder in ("one", "two/one", "three"):
        (tmp_path / folder / "inner").mkdir(parents=True)
        (tmp_path / folder / "inner" / "a.txt").write_text(folder)
    entries, _ = list_inputs([tmp_path / "one", tmp_path / "three", tmp_path / "two" / "one" / "inner" / "a.txt"])
    assert [one.path for one in entries] == ["a.txt", "one/inner/a.txt", "three/inner/a.txt"]
    assert [Path(one.file).read_text() for one in entries] == ["two/one", "one", "three"]
