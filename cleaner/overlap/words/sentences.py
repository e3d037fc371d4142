"""Sentences with their places, of many texts at once.

Characters are represented by their kinds, a byte each. What follows is examined only where one may end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, code_points
from cleaner.document import Span
from cleaner.memory import cached
from cleaner.overlap.grouping import in_groups
from cleaner.overlap.words.characters import looked_up

STOPS = ".!?…。！？।؟\n"
"""Characters that may end a sentence."""
WIDE_STOPS = "。！？"
"""Stops that end a sentence whatever follows; others only before a space and a word that does not begin with a small
Latin letter."""
CLOSING, OPENING = "\"”»’')]", '"“«„‘([¿¡—–-'
"""Characters that may be between a stop and the space, and before the word."""
SPACE, WORD, FIRST, CLOSES, OPENS, STOP, WIDE, NO_LETTER = (1 << bit for bit in range(8))
"""Kinds of characters, as bits: FIRST are those with which a word may begin a sentence, NO_LETTER are digits and `_` in a word."""
UNKNOWN = 0xFF
"""Of a character that has not been met."""
ABBREVIATED = re.compile(r"[\s(](?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|etc|No|vol|гг?|др|z\.B|u\.a)\.$")
WIDEST = 5
"""Code points before a stop in which an abbreviation begins."""
TOGETHER = 1 << 17
"""Code points that are read at once: the arrays stay in the processor's cache."""
LONGEST = 1 << 20
"""Code points from which a sentence without an end is cut, about: its arrays take forty times its memory."""
STEPS = 8
"""Most characters that are passed one by one; the ends of longer runs of spaces are looked up."""


class TextsRead(NamedTuple):
    """Some texts, each between line ends, or a part of a large one, and their sentences: parallel arrays of these."""

    text: str
    kinds: Array
    """Of each character."""
    starts: Array
    """Without the white space around them; places in `text`."""
    ends: Array
    owner: Array
    """The text of each."""
    shift: Array
    """What is to be added to its places for those in its own text."""


def sentences_of(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, without the white space around them."""
    found: list[Span] = []
    for part in read([text]):
        starts, ends = part.starts + part.shift, part.ends + part.shift
        found += map(Span, starts.tolist(), ends.tolist())
    return tuple(found)


def read(texts: Iterable[str]) -> Iterator[TextsRead]:
    """The sentences of `texts`, in order; small texts are read together, large ones part by part."""
    for group in in_groups(enumerate(texts), TOGETHER, lambda row: len(row[1])):
        first, text = group[0]
        if len(text) > TOGETHER:
            yield from _parts(text, first)
        else:
            yield _together([text for _, text in group], first)


def _together(texts: list[str], first: int) -> TextsRead:
    joined = "\n".join(["", *texts, ""])
    borders = np.cumsum([0, *[len(text) + 1 for text in texts]])
    kinds = kinds_of(joined)
    starts, ends = _cut(joined, kinds, borders)
    owner = np.searchsorted(borders, starts) - 1
    return TextsRead(joined, kinds, starts, ends, owner + first, -1 - borders[owner])


def _parts(text: str, number: int) -> Iterator[TextsRead]:
    """A large text: each part ends where a sentence does."""
    start, size, before = 0, TOGETHER, " "
    while start < len(text):
        part = f"{before}{text[start : start + size]}\n"
        kinds = kinds_of(part)
        starts, ends = _cut(part, kinds, np.array([0, len(part) - 1]))
        shift, following, behind = start - 1, start + size, " "  # as if a space were where a word is cut
        whole = following >= len(text)
        if not whole:
            # What ends behind the last character of another kind is up to what follows.
            settled = np.flatnonzero(kinds[1:-2] & (CLOSES | OPENS | SPACE) == 0)[-1:] + 1
            kept = min(len(starts) - 1, int(np.searchsorted(ends, settled, side="right").sum()))
            if kept == 0 and size < LONGEST:
                size *= 2
                continue
            if kept > 0:
                cut = int(starts[kept])
                following, behind = shift + cut, part[cut - 1]
                part, kinds = part[:cut], kinds[: cut + 1]
                kinds[cut] = 0
                starts, ends = starts[:kept], ends[:kept]
        yield TextsRead(part, kinds, starts, ends, np.full(len(starts), number), np.full(len(starts), shift))
        if whole:
            return
        start, size, before = following, TOGETHER, behind


def _cut(text: str, kinds: Array, borders: Array) -> tuple[Array, Array]:
    """The sentences of what stands between the `borders` in `text`, which have no kind from then on."""
    kinds[borders] = 0
    at = np.flatnonzero(kinds & STOP)
    line = kinds[at] & SPACE != 0
    lines, points = at[line], at[~line]
    closed = _behind(kinds, points + 1, CLOSES)
    after = _behind(kinds, closed, SPACE)
    ended = (after > closed) & (kinds[_behind(kinds, after, OPENS)] & FIRST != 0)
    short = [
        place
        for place in np.flatnonzero(ended & _maybe_short(kinds, points)).tolist()
        if text[points[place]] == "."
        and text[after[place] - 1] == " "
        and ABBREVIATED.search(text, max(0, points[place] - WIDEST), points[place] + 1)
    ]
    if short:
        ended[short] = False
        place = np.searchsorted(closed[short], lines, side="right") - 1
        lines = lines[(place < 0) | (lines >= after[short][place])]
    wide = ~ended & (kinds[points] & WIDE != 0)
    cuts = np.concatenate([lines, closed[ended], points[wide] + 1])
    starts = _behind(kinds, np.sort(np.concatenate([borders + 1, cuts]))[:-1], SPACE)
    ends = np.sort(np.concatenate([borders, cuts]))[1:]
    held = np.flatnonzero(starts < ends)
    return starts[held], _before(kinds, ends[held])


def _maybe_short(kinds: Array, points: Array) -> Array:
    """Whether an abbreviation may stand before each of `points`: one to three characters behind what is no part of a word."""
    found = np.zeros(len(points), bool)
    for back in range(2, WIDEST):
        found |= kinds[np.maximum(points - back, 0)] & WORD == 0
    return found


def _behind(kinds: Array, at: Array, kind: int) -> Array:
    """The places behind the characters of a `kind` that begin at each of `at`."""
    at = at.copy()
    rows = np.arange(len(at))
    for _ in range(STEPS):
        rows = rows[kinds[at[rows]] & kind != 0]
        if not len(rows):
            return at
        at[rows] += 1
    others = np.flatnonzero(kinds & kind == 0)
    at[rows] = others[np.searchsorted(others, at[rows])]
    return at


def _before(kinds: Array, at: Array) -> Array:
    """The places of `at`, without white space before them; something else stands there somewhere."""
    at = at.copy()
    rows = np.arange(len(at))
    for _ in range(STEPS):
        rows = rows[kinds[at[rows] - 1] & SPACE != 0]
        if not len(rows):
            return at
        at[rows] -= 1
    others = np.flatnonzero(kinds & SPACE == 0)
    at[rows] = others[np.searchsorted(others, at[rows]) - 1] + 1
    return at


def kinds_of(text: str) -> Array:
    """The kinds of each character of `text`, and 0 behind them."""
    if text.isascii():
        return np.frombuffer(bytearray(text.encode("ascii").translate(_ascii()) + b"\0"), np.uint8)
    kinds = np.zeros(len(text) + 1, np.uint8)
    kinds[:-1] = kinds_at(codes_of(text))
    return kinds


def kinds_at(codes: Array) -> Array:
    """The kinds of characters with these code points."""
    return looked_up(_table(), codes, _kinds, UNKNOWN)


def codes_of(text: str) -> Array:
    """The code points of `text`, uint8 where all are ASCII, else uint32."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return code_points(text)


def lowered_places(text: str, lower: Array, *places: Array) -> tuple[Array, ...]:
    """Where what stands at `places` of `text` stands in lower case, of which `lower` are the characters: İ becomes two."""
    if len(lower) == len(text):
        return places
    longer = [match.start() for match in re.finditer("İ", text)]
    return tuple(own + np.searchsorted(longer, own) for own in places)


@cached
def _ascii() -> bytes:
    """The kinds of the characters of ASCII, for `bytes.translate`."""
    return bytes(_kinds(range(128))) + bytes(128)


@cached
def _table() -> Array:
    """The kinds of all characters, those of a block filled in when one of it is met."""
    return np.full(0x110000, UNKNOWN, np.uint8)


def _kinds(codes: range) -> Array:
    """The kinds of the characters with these code points."""
    chars = list(map(chr, codes))
    found = np.fromiter(map(str.isalnum, chars), np.uint8, len(chars)) * np.uint8(WORD | FIRST)
    found |= np.fromiter(map(str.isspace, chars), np.uint8, len(chars)) * np.uint8(SPACE)
    found |= np.fromiter(map(str.isdecimal, chars), np.uint8, len(chars)) * np.uint8(NO_LETTER)
    for kind, held in ((WORD | NO_LETTER, "_"), (CLOSES, CLOSING), (OPENS, OPENING), (STOP, STOPS), (WIDE, WIDE_STOPS)):
        found[[ord(char) - codes.start for char in held if ord(char) in codes]] |= np.uint8(kind)
    if codes.start == 0:
        found[ord("a") : ord("z") + 1] ^= np.uint8(FIRST)
    return found
