"""Remarks in a file: which lines they silence, and for which rules."""

import pytest

from cleaner.pragmas import Pragmas


def silenced(text, rule="MOJ101"):
    """Numbers of the lines, from 0, on which `rule` is not wanted."""
    remarks = Pragmas.of(text)
    return [number for number, start in enumerate(remarks.starts) if remarks.silence(rule, start)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one\ntwo",
        "the cleaner: offer\nand more",
        "the cleaner: ignored by all",
        "recleaner: ignore",
        "cleaner:\nignore",
        "# cleaner: on\none",
        "# cleaner: ignore[MOJ2]",
        "# cleaner: ignore[TXT, MOJ102,]",
    ],
)
def test_what_silences_nothing(text):
    assert silenced(text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one\ntwo # cleaner: ignore\nthree", [1]),
        ("one # cleaner:ignore[]", [0]),
        ("one # cleaner: ignore[ moj2 ,, moj1, ]\ntwo", [0]),
        ("# cleaner: ignore[TXT] cleaner: ignore[MOJ101]", [0]),
        ("0\n# cleaner: off\n2\n# cleaner: on\n4", [1, 2, 3]),
        ("0\r# cleaner: off\r\n2", [1, 2]),
        ("# cleaner: off\n1\n# cleaner: off\n3\n# cleaner: on\n5\n# cleaner: on\n7", [0, 1, 2, 3, 4]),
        ("# cleaner: on\n# cleaner: off\n# cleaner: on\n3\n# cleaner: off\n5", [1, 2, 4, 5]),
    ],
)
def test_lines_that_are_silenced(text, lines):
    assert silenced(text) == lines


def test_codes_that_are_no_rules_are_told():
    (note,) = Pragmas.of("one\n# cleaner: ignore[MOJ101, MOJ9]").notes()
    assert note.startswith("line 2: the remark names 'MOJ9', which is no rule")


def test_places_are_counted_as_editors_do():
    remarks = Pragmas.of("ab\r\nc\rd\n")
    assert [remarks.place(at) for at in (0, 1, 4, 6, 8)] == [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1)]
