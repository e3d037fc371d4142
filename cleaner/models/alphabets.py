"""Which Latin letters beyond ASCII go together: every language has its own, and garbled text mixes those of several."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["LETTER", "one_alphabet"]

PATH = Path(__file__).parent / "data" / "alphabets.txt"
LETTER = re.compile("[\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1ea0-\u1ef9]")


@cache
def _languages() -> dict[str, int]:
    """Letter -> the languages that have it, a bit for each."""
    found: dict[str, int] = {}
    for number, line in enumerate(PATH.read_text(encoding="utf-8").split()):
        for char in line:
            found[char] = found.get(char, 0) | 1 << number
    return found


def one_alphabet(line: str) -> bool:
    """Whether some language has all the Latin letters beyond ASCII that `line` holds. Built by `tools/build_gate.py`."""
    languages = _languages()
    shared = -1
    for char in set(LETTER.findall(line)):
        shared &= languages.get(char, 0)
    return shared != 0
