"""Characters beyond ASCII in UTF-8, for many texts at once: where they are, of which kinds, and their small letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array
from cleaner.memory import cached

WIDE_RANGES = (
    (0xE00, 0xF00),
    (0x1000, 0x10A0),
    (0x1780, 0x1800),
    (0x2E80, 0xA000),
    (0xF900, 0xFB00),
    (0x20000, 0x40000),
)
"""Code points of scripts without spaces."""
BEYOND, THREE, FOUR = 0xC0, 0xE0, 0xF0
"""First bytes of UTF-8: from these on a character has two, three, four bytes."""
ODD, LEAD, FOREIGN, CASELESS, SINGLE, CASED, MARK, KNOWN = (1 << bit for bit in range(8))
"""Kinds of characters beyond ASCII, as bits: neither letters nor digits; those of SIGNS; words by themselves; capitals; those that
normalisation may change or join to the one before."""
JAMO = (0x1100, 0x1200)
"""Letters of Hangul, half-open, which normalisation joins to syllables though none of them changes by itself."""
SIGNS = (
    (LEAD, ((0x80, 0xA0), (0xFFFD, 0xFFFE), *((ord(char), ord(char) + 1) for char in "âÂÃÐÑ"))),
    (FOREIGN, ((0x370, 0x500), (0xE00, 0xE80), (0x4E00, 0xA000))),
    (
        CASELESS,
        ((0x590, 0x900), (0x900, 0xE00), (0x10A0, 0x1100), (0xAC00, 0xD7B0), (0x30A1, 0x30FB), (0x30FC, 0x30FD)),
    ),
    (SINGLE, WIDE_RANGES),
)
"""What a wrong decoding leaves; letters that stand beside Latin ones in a garbled word; scripts without capitals; scripts without
spaces."""
MULTIPLIER, PAIR_BITS = 0x9E3779B97F4A7C15, 15
"""Of the hash of two characters by which it is looked up whether they stay as they are: 256 KB."""


def lowered(data: bytes, beyond: Beyond) -> tuple[Array, Array]:
    """`data` in small letters of the same length, as octets; and the places of capitals for which that is impossible.

    The capital sigma is one of these: which small letter it becomes depends on its neighbours.
    """
    octets = np.frombuffer(bytearray(data.lower()), np.uint8)
    capital = beyond.having(CASED)
    if not len(capital):
        return octets, capital
    codes, places = _tables()[1][beyond.codes[capital]], beyond.places[capital]
    for least, most, size in ((0x80, 0x800, 2), (0x800, 0x10000, 3), (0x10000, 0x110000, 4)):
        own = np.flatnonzero((codes >= least) & (codes < most))
        code, place = codes[own], places[own]
        for step in range(size - 1, 0, -1):
            octets[place + step] = 0x80 | code & 0x3F
            code = code >> 6
        octets[place] = (0, 0, BEYOND, THREE, FOUR)[size] | code
    return octets, places[codes == 0]


class Beyond(NamedTuple):
    """The characters beyond ASCII of some UTF-8: parallel arrays."""

    places: Array
    """Of their first bytes."""
    codes: Array
    kinds: Array

    @classmethod
    def of(cls, octets: Array) -> Beyond:
        """Those of `octets`."""
        places = np.flatnonzero(octets >= BEYOND)
        if not len(places):
            return cls(places, places, np.zeros(0, np.uint8))
        first = octets[places].astype(np.int32)
        codes = (first & 0x1F) << 6 | octets[places + 1] & 0x3F
        longer = np.flatnonzero(first >= THREE)
        if len(longer):
            first, at = first[longer], places[longer]
            own = (codes[longer] & 0x3FF) << 6 | octets[at + 2] & 0x3F
            four = np.flatnonzero(first >= FOUR)
            own[four] = (first[four] & 7) << 18 | (own[four] & 0xFFF) << 6 | octets[at[four] + 3] & 0x3F
            codes[longer] = own
        return cls(places, codes, _kinds_of(codes))

    def having(self, kinds: int) -> Array:
        """The rows of those that have one of these kinds."""
        return np.flatnonzero(self.kinds & np.uint8(kinds) != 0)

    def sizes(self, rows: Array) -> Array:
        """How many bytes the characters at `rows` have."""
        codes = self.codes[rows]
        return 2 + (codes >= 0x800) + (codes >= 0x10000)

    def blank(self, octets: Array, filling: int = 0x20) -> None:
        """Puts `filling` in the places of those that are neither letters nor digits."""
        odd = self.having(ODD)
        if len(odd):
            places, sizes = self.places[odd], self.sizes(odd)
            for step in range(4):
                octets[places[sizes > step] + step] = filling

    def by_text(self, ends: Array) -> Array:
        """All kinds that stand in each text, where the texts end at these bytes."""
        cuts = np.concatenate([[0], np.searchsorted(self.places, ends)])
        kinds = np.zeros(len(ends), np.uint8)
        held = np.flatnonzero(cuts[1:] > cuts[:-1])
        if len(held):
            kinds[held] = np.bitwise_or.reduceat(self.kinds, cuts[held])
        return kinds


@cached
def _tables() -> tuple[Array, Array]:
    """By code point: kinds, and the small letter of a capital; 0 where that has another size, or is ambiguous."""
    return np.zeros(0x110000, np.uint8), np.zeros(0x110000, np.int32)


def _kinds_of(codes: Array) -> Array:
    """The kind of each of these code points; the small letters of those that have one are noted as well."""
    table, small = _tables()

    def made(block: range) -> Array:
        kinds = _kinds(block)
        for place in (np.flatnonzero(kinds & CASED) + block.start).tolist():
            small[place] = _small(chr(place))
        return kinds

    return looked_up(table, codes, made)


def looked_up(table: Array, codes: Array, made: Callable[[range], Sequence[int]], unmet: int = 0) -> Array:
    """The entry of `table` for each of these code points. Where it is `unmet`, the block of 256 entries is `made` and filled in."""
    found: Array = table[codes]
    new = found == unmet
    if new.any():
        for number in sorted(set((codes[new] >> 8).tolist())):
            block = range(number << 8, (number + 1) << 8)
            table[block.start : block.stop] = made(block)
        found = table[codes]
    return found


def _kinds(block: range) -> Array:
    """The kinds of the characters with these code points."""
    first = block.start
    found = np.full(len(block), KNOWN, np.uint8)
    for bit, ranges in SIGNS:
        for low, high in ranges:
            found[max(0, low - first) : max(0, high - first)] |= np.uint8(bit)
    settled, category = unicodedata.is_normalized, unicodedata.category
    chars = list(map(chr, block))
    odd = [not char.isalnum() for char in chars]
    cased = [char.lower() != char for char in chars]
    marks = [category(char)[0] == "M" or not settled("NFC", char) for char in chars]
    for bit, which in ((ODD, odd), (CASED, cased), (MARK, marks)):
        found[which] |= np.uint8(bit)
    if JAMO[0] <= first < JAMO[1]:
        found |= np.uint8(MARK)
    return found


def _small(char: str) -> int:
    small = char.lower()
    same = len(small.encode("utf-8", "surrogatepass")) == len(char.encode("utf-8", "surrogatepass"))
    return ord(small) if same and len(small) == 1 and char != "Σ" else 0


def unsettled(octets: Array, beyond: Beyond) -> Array:
    """First bytes of characters beyond ASCII that normalisation to NFC may change, or join to the one before.

    A mark after another mark is among them; one after a letter only where NFC changes these two.
    """
    rows = beyond.having(MARK)
    if not len(rows):
        return rows
    places, codes = beyond.places[rows], beyond.codes[rows]
    last = octets[places - 1]
    pairs: Array = np.where(last < 0x80, last, beyond.codes[rows - 1]).astype(np.uint64) << np.uint64(21)
    pairs |= codes.astype(np.uint64)
    table = _pairs()
    slots = pairs * np.uint64(MULTIPLIER) >> np.uint64(64 - PAIR_BITS)
    new = np.flatnonzero(table[slots] != pairs)
    for pair in sorted(set(pairs[new].tolist())):
        one, other = chr(pair >> 21), chr(pair & 0x1FFFFF)
        marks = unicodedata.combining(one) and unicodedata.combining(other)
        if not marks and unicodedata.is_normalized("NFC", one + other):
            table[(pair * MULTIPLIER & 0xFFFFFFFFFFFFFFFF) >> 64 - PAIR_BITS] = pair
    return places[new[table[slots[new]] != pairs[new]]]


@cached
def _pairs() -> Array:
    """Pairs of characters that are known to stay as they are, each in the place that its hash says."""
    return np.zeros(1 << PAIR_BITS, np.uint64)
