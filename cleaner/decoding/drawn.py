"""Frames and rules drawn with box-drawing characters, as in DOS tables: they are not words, and few pages have such
characters.

A row of one byte, `ÄÄÄÄ`, is a rule in the pages that draw with it and a stutter in all others. What touches a row is a
corner or a junction, and a byte that stands only at the edges of words is the bar between two columns.
"""

from __future__ import annotations

import re
import unicodedata

from cleaner.memory import cached
from cleaner.models.encodings import page
from cleaner.patterns import ANY_NUMBER

PAGES = ("cp437", "koi8-r", "cp1252", "mac_roman")
"""Pages with characters that draw; other pages of DOS, KOI8, Windows and Mac have them in the same places."""
HORIZONTAL = "─═█▀▄░▒▓—–"
BARS = "│║"
ROW, LONG_ROW = 4, 8
"""How many equal bytes make a row, and how many do beside a word. A shorter row must stand apart, but for a byte at
each end: in East Asian encodings it can be a character of two equal bytes written twice or three times, as in `它哪哪都好`.
Of 478 such texts a LONG_ROW of 4 makes 16 wrong; of 33 words beside long rows nine are wrong without it."""
BARS_AT_LEAST, AT_EDGE = 3, 0.4
"""How often a bar must occur in a text with rows, and the share of its places that must be at the edge of a word: of
`³`, the Polish `ł` of cp1250, two in three are inside words. Of 741 tables 479 are read right with a share of .7, 588
with .5, 648 with .4, 341 without bars; of 1,562 other texts with rows .4 makes one wrong, no share at all 12."""

DRAWING, SIGN, NO_SIGN = 0.5, 4.0, 10.0
"""Nats for each distinct byte that draws, where a page has a drawing character, another sign, or a letter for it. Of
1,871 frames, rules and headings between rules, each halved and doubled makes at most four wrong or two right."""


def without_drawing(data: bytes) -> tuple[bytes, bytes]:
    """`data` with each drawing byte made a space; and the distinct bytes that draw, those in rows first."""
    if not any(row in data for row in _least_rows()):
        return data, b""
    rows, bars = _rows(), _bars()
    drawn: dict[int, None] = {}
    for match in rows.finditer(data):
        drawn.update(dict.fromkeys(match[1] or match[2]))
    for match in rows.finditer(data):
        drawn.update(dict.fromkeys(byte for byte in match[0] if byte >= 0x80))
    bare = rows.sub(lambda match: b" " * len(match[0]), data)
    for bar in bars:
        sign = bytes((bar,))
        count = bare.count(sign)
        if count < BARS_AT_LEAST:
            continue
        alone = re.findall(rb"(?<![^\x00-\x40%(b)s])%(b)s|%(b)s(?![^\x00-\x40%(b)s])" % {b"b": re.escape(sign)}, bare)
        if len(alone) >= AT_EDGE * count:
            bare = bare.replace(sign, b" ")
            drawn[bar] = None
    return bare, bytes(drawn)


@cached
def _least_rows() -> tuple[bytes, ...]:
    """The shortest rows; to search for each is far cheaper than the pattern."""
    return tuple(bytes((byte,)) * ROW for byte in _bytes_of(HORIZONTAL))


@cached
def _rows() -> re.Pattern[bytes]:
    """Rows of one drawing byte, with the bytes that touch them and further rows that follow these."""
    draws = re.escape(_bytes_of(HORIZONTAL))
    rest = rb"(?:[\x80-\xff]?\%%d{2,})%s[\x80-\xff]?" % ANY_NUMBER.encode()
    long = rb"[\x80-\xff]?([%s])\1{%d,}%s" % (draws, LONG_ROW - 1, rest % 1)
    short = rb"(?<![\x80-\xff])[\x80-\xff]?([%s])\2{%d,}+%s(?![\x80-\xff])" % (draws, ROW - 1, rest % 2)
    return re.compile(rb"%s|%s" % (long, short), re.DOTALL)


@cached
def _bars() -> bytes:
    return _bytes_of(BARS)


def _bytes_of(signs: str) -> bytes:
    """The bytes of `signs` in the pages that draw."""
    found = {}
    for codec in PAGES:
        found.update(
            dict.fromkeys(number for number, meaning in enumerate(page(codec)) if meaning in signs and meaning)
        )
    return bytes(found)


def cost_of_drawing(meaning: str) -> float:
    """Nats for a drawing byte that means `meaning` in a page."""
    if not meaning:
        return NO_SIGN
    if "\u2500" <= meaning <= "\u259f" or meaning in HORIZONTAL or meaning == "\xa0":
        return DRAWING  # no-break spaces in a row indent a line
    return NO_SIGN if unicodedata.category(meaning)[0] in "LMC" else SIGN
