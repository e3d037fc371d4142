"""Sentences and words with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Sentence", "Word", "sentences_of", "words_of"]

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?")
END = re.compile(r"(?<=[.!?…。！？।؟])[\"”»’')\]]*\s+(?=[\"“«„‘(\[¿¡—–-]*[^\Wa-z_])|\n+|(?<=[。！？])")
ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|etc|No|vol|гг?|др|z\.B|u\.a)\.$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and whether it begins a sentence."""

    text: str
    start: int
    first: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's range, in code points, half-open."""

    start: int
    end: int


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of `text`, without the white space around them."""
    found: list[Sentence] = []
    start = 0
    for match in END.finditer(text):
        if match[0].strip("\n") == match[0] and ABBREVIATED.search(text[max(0, match.start() - 6) : match.start()]):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if piece.strip():
        found.append(Sentence(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))


def words_of(text: str) -> list[Word]:
    """The words of `text`, in order."""
    found: list[Word] = []
    last = 0
    for match in WORD.finditer(text):
        between = text[last : match.start()]
        first = not found or any(sign in '.!?…\n:"“«„' for sign in between)
        found.append(Word(match[0], match.start(), first))
        last = match.end()
    return found
