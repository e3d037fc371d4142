"""No pattern repeats a group possessively: Python 3.11.0 to 3.11.4, that of Debian 12 among them, go on where a last, failed
repetition had come to (CPython's issues 100061 and 106052).
"""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

HARMLESS = "CONTROLS = "
"""A repetition fails there at its first character or not at all."""
POSSESSIVE = re.compile(r"(?<!\\)\)(?:[*+?]|\{[\d,%]*\})\+")


def test_what_such_a_pattern_looks_like():
    assert POSSESSIVE.search(r"(?:a[bc])*+")
    assert POSSESSIVE.search(r"(ab?){2,}+")
    assert not POSSESSIVE.search(r"[ab]*+(?:c|d)*\)++")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "cleaner").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_group_is_repeated_possessively(path: Path):
    lines = path.read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if POSSESSIVE.search(line) and not line.startswith(HARMLESS)] == []
