"""Sentences with their places."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Sentence", "sentences_of", "with_words_alone"]

END = re.compile(
    r"[.!?…。！？।؟\n](?:(?<=\n)\n*|(?<!\n)(?:[\"”»’')\]]*\s+(?=[\"“«„‘(\[¿¡—–-]*[^\Wa-z_])|(?<=[。！？])))"
)
"""A search is fast that begins with one set of characters: a third of the time that two alternatives take."""
ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|etc|No|vol|гг?|др|z\.B|u\.a)\.$")


WIDEST = 5
"""Code points before a stop in which an abbreviation begins."""
NO_ASCII = re.compile(r"[^\x00-\x7f]")
MOSTLY_ASCII = 1.15
"""Bytes a code point up to which characters beyond ASCII are looked for one by one."""


class Sentence(NamedTuple):
    """A sentence's range, in code points, half-open."""

    start: int
    end: int


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text`, without the white space around them."""
    cuts = [0]
    for match in END.finditer(text):
        at, end = match.span()
        if text[at] != "." or text[end - 1] != " " or not _is_abbreviated(text, at):
            cuts.append(end)
    cuts.append(len(text))
    found = []
    for start, end in pairwise(cuts):
        piece = text[start:end].rstrip()
        if piece:
            first = start + len(piece) - len(piece.lstrip()) if piece[0].isspace() else start
            found.append(Sentence(first, start + len(piece)))
    return tuple(found)


def _is_abbreviated(text: str, stop: int) -> bool:
    first = stop - WIDEST
    if first >= 0 and text[first:stop].isalpha():  # a longer word
        return False
    return ABBREVIATED.search(text, max(0, first), stop + 1) is not None


def with_words_alone(text: str, table: bytes) -> str | None:
    """`text` with a space for whatever is neither letter nor digit; None where a regular expression is faster.

    `table` says by `bytes.translate` what becomes of ASCII, and leaves bytes from 0x80 on as they are.
    """
    if not text.isascii():
        if len(text.encode("utf-8", "surrogatepass")) > MOSTLY_ASCII * len(text):
            return None
        for char in set(NO_ASCII.findall(text)):
            if not char.isalnum():
                text = text.replace(char, " ")
    return text.encode().translate(table).decode()
