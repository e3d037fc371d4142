"""Words with foreign bytes: what legacy encodings are told apart by."""

from __future__ import annotations

import re

WORD = re.compile(rb"(?:[\x00-\x2f]|(?<![^\x00-\x2f]))[^\x00-\x2f\x80-\xff]*+[\x80-\xff][^\x00-\x2f]*+[\x00-\x2f]?")
"""A word with foreign bytes and the bytes around it. No multi-byte encoding has bytes below 0x30 inside a character, so all agree
on the ends."""
MARKED = bytes(0x20 if byte < 0x30 else 0x61 if byte < 0x80 else 0x80 for byte in range(256))
"""Ends of words, plain letters, foreign bytes."""
FOREIGN = bytes(range(0x80, 0x100))
MANY = 5
"""Where one byte of so many is foreign, the pattern is as fast as looking for foreign bytes; where few are, it takes five times
as long."""


def foreign_words(data: bytes) -> list[bytes]:
    """All matches of `WORD` in `data`."""
    if MANY * len(data.translate(None, FOREIGN)) < (MANY - 1) * len(data):
        return WORD.findall(data)
    marked, found, at = data.translate(MARKED), [], 0
    place = marked.find(b"\x80")
    while place >= 0:
        start = marked.rfind(b" ", at, place)
        end = marked.find(b" ", place) + 1 or len(data)
        found.append(data[at if start < 0 else start : end])
        at = end
        place = marked.find(b"\x80", at)
    return found
