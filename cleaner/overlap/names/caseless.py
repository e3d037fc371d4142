"""Words that may be names in scripts without capitals: all with at least so many letters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from cleaner.arrays import Array
from cleaner.memory import cached
from cleaner.overlap.words.characters import CASELESS, Beyond
from cleaner.overlap.words.tokens import MULTIPLIER, cut_out, hashes_of, in_order

SETS = (
    (((0x590, 0x600),), 3),
    (((0x610, 0x61B), (0x61C, 0x61E), (0x620, 0x66A), (0x66E, 0x6D4), (0x6D5, 0x900)), 3),
    (((0x900, 0x964), (0x970, 0xE00)), 3),
    (((0x10A0, 0x1100),), 3),
    (((0xAC00, 0xD7B0),), 2),
    (((0x30A1, 0x30FB), (0x30FC, 0x30FD)), 2),
)
"""Letters of one script with their vowel signs, half-open, and how many of them make a word that may be a name; of Japanese the
foreign words, which are in katakana. From two kana on (コブ is Cobb) seven more of 818 tellings are found, none wrongly."""
HASH = 40
"""Bits of a word's hash that distinguish it within a text: with the numbers of text and place they are one number to sort by."""

Words = tuple[bytes, Array]
"""Words as UTF-8, each once, one a line, and how often each stands there, uint32."""


def caseless_in(octets: Array, beyond: Beyond, ends: Array) -> Iterator[Words]:
    """Those of each of some texts, joined by line ends, as UTF-8; `ends` are the bytes behind each text's line end."""
    rows = beyond.having(CASELESS)
    codes, places = beyond.codes[rows], beyond.places[rows]
    sets, least = _sets()
    own, behind = sets[codes], places + 2 + (codes >= 0x800)
    alone = np.ones(len(rows) + 1, bool)
    np.not_equal(own[1:], own[:-1], out=alone[1:-1])
    alone[1:-1] |= places[1:] != behind[:-1]
    cuts = np.flatnonzero(alone)
    first, after = cuts[:-1], cuts[1:]
    good = np.flatnonzero(after - first >= least[own[first]])
    first, after = first[good], after[good]
    hashes = hashes_of(codes.astype(np.uint64), first, after)
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(MULTIPLIER)
    text = np.searchsorted(ends, places[first], side="right").astype(np.uint64)
    codes, order = in_order(text << np.uint64(HASH) | hashes >> np.uint64(64 - HASH))
    new: Array = np.ones(len(order) + 1, bool)
    np.not_equal(codes[1:], codes[:-1], out=new[1:-1])
    heads = np.flatnonzero(new)
    counts, heads = np.diff(heads).astype(np.uint32), heads[:-1]
    held = order[heads]
    written, begins = cut_out(octets, places[first[held]], behind[after[held] - 1])
    cuts = np.searchsorted(codes[heads] >> np.uint64(HASH), np.arange(len(ends) + 1))
    for (start, end), (first_byte, after_last) in zip(
        pairwise(cuts.tolist()), pairwise(begins[cuts].tolist()), strict=True
    ):
        yield written[first_byte : max(0, after_last - 1)], counts[start:end]


@cached
def _sets() -> tuple[Array, Array]:
    """By code point the number of its set, 0 for none; and how many characters of each set are a word."""
    table = np.zeros(1 << 16, np.uint8)
    for number, (ranges, _) in enumerate(SETS, 1):
        for first, after in ranges:
            table[first:after] = number
    return table, np.array([1 << 30, *(least for _, least in SETS)])
