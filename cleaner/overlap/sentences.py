"""Sentences with their places."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Sentence", "sentences_of"]

END = re.compile(
    r"[.!?…。！？।؟\n](?:(?<=\n)\n*|(?<!\n)(?:[\"”»’')\]]*\s+(?=[\"“«„‘(\[¿¡—–-]*[^\Wa-z_])|(?<=[。！？])))"
)
"""A search is fast that begins with one set of characters: a third of the time that two alternatives take."""
ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|etc|No|vol|гг?|др|z\.B|u\.a)\.$")


class Sentence(NamedTuple):
    """A sentence's range, in code points, half-open."""

    start: int
    end: int


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text`, without the white space around them."""
    cuts = [0]
    for match in END.finditer(text):
        at, end = match.span()
        if text[at] != "." or text[end - 1] != " " or not ABBREVIATED.search(text, max(0, at - 5), at + 1):
            cuts.append(end)
    cuts.append(len(text))
    found = []
    for start, end in pairwise(cuts):
        piece = text[start:end].rstrip()
        if piece:
            found.append(Sentence(start + len(piece) - len(piece.lstrip()), start + len(piece)))
    return tuple(found)
