"""Words with foreign bytes (above 0x7F), by which legacy encodings are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

_END, _IN = rb"[\x00-\x2f\x3a-\x3f]", rb"[^\x00-\x2f\x3a-\x3f]"
WORD = re.compile(rb"(?:%s|(?<!%s))[^\x00-\x2f\x3a-\x3f\x80-\xff]*+[\x80-\xff]%s*+%s?" % (_END, _IN, _IN, _END))
"""A word with foreign bytes and a byte on each side. No multi-byte encoding has bytes below 0x30, or from 0x3A to 0x3F,
inside a character, but for one in thirty of Johab, so that all agree on where words end. Cells of a table are words
too."""


def foreign_words(data: bytes) -> list[bytes]:
    """The words of `data` with foreign bytes."""
    return WORD.findall(data)


LISTED, ASCENDING = 12, 5
"""Least letters of an alphabet, in which none is repeated, and least foreign bytes in ascending order: one in 70 words of the first
length is so by chance, one in 120 of the other. Of words of ten letters one in 16 is: `používateľ` was put aside as an alphabet."""
CLASS = re.compile(rb"\[\^?([^\[\]]*[\x80-\xff][^\[\]]*)\]")
MAY_LIST = re.compile(
    rb"(?<![A-Za-z\x80-\xff])[\x80-\xff](?![A-Za-z\x80-\xff])|[A-Za-z\x80-\xff]{%d}|[\x80-\xff]{%d}|\["
    % (LISTED, ASCENDING)
)
"""Something that every list has; searched for first, since most words have nothing of it."""
RUN = re.compile(rb"[A-Za-z\x80-\xff]{%d}" % LISTED)
NO_LETTERS = bytes(byte for byte in range(0x80) if not chr(byte).isalpha())
PLAIN, HIGH = bytes(range(0x80)), bytes(range(0x80, 0x100))


def lists_of_letters(words: Iterable[bytes]) -> list[bytes]:
    """Those of `words` that list letters: a single letter, an alphabet, a class of a regular expression. How often a
    language uses a letter says nothing about a list, where each stands once.
    """
    return [word for word in words if MAY_LIST.search(word) and _is_list(word)]


def _is_list(word: bytes) -> bool:
    letters = word.translate(None, NO_LETTERS)
    if len(letters) == 1:
        return True
    if len(set(letters)) < len(letters):
        return False
    foreign = word.translate(None, PLAIN)
    plain, rising = len(letters) - len(foreign), sorted(foreign) == list(foreign)
    if (rising and len(foreign) >= ASCENDING) or (plain * 2 >= len(letters) >= LISTED and RUN.search(word)):
        return True
    return len(foreign) > 1 and (plain > 1 or rising) and CLASS.search(word) is not None
