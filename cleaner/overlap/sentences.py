"""Sentences with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Sentence", "sentences_of"]

END = re.compile(r"[.!?…。！？।؟](?:[\"”»’')\]]*\s+(?=[\"“«„‘(\[¿¡—–-]*[^\Wa-z_])|(?<=[。！？]))|\n+")
ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|etc|No|vol|гг?|др|z\.B|u\.a)\.$")


class Sentence(NamedTuple):
    """A sentence's range, in code points, half-open."""

    start: int
    end: int


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of `text`, without the white space around them."""
    found: list[Sentence] = []
    start = 0
    for match in END.finditer(text):
        if text[match.end() - 1] == " " and ABBREVIATED.search(text[max(0, match.start() - 5) : match.start() + 1]):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        first = start + piece.index(bare[0])
        found.append(Sentence(first, first + len(bare)))
