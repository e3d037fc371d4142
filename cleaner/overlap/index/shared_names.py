"""Names that two documents share, for many pairs at once: found by their keys, then compared by their spelling."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.arrays import Array, found_in, ranges
from cleaner.overlap.index.name_index import Held
from cleaner.overlap.words.tokens import LINE_END, MULTIPLIER, distinct, powers_of
from cleaner.overlap.words.transliterate import latin

PAIR_BITS = 16
"""Upper bits of a key's hash that are replaced by the number of a document, which limits the pairs that are measured at a time."""
WRITTEN_ALIKE = str.maketrans("wy", "vi")
"""Letters that languages put for one another in a name they spell by sound: Wronski and Vronsky."""


def shared_names(held: Held, one: Array, other: Array) -> tuple[Array, Array, Array]:
    """Rows with the same key in both documents of a pair: the index of the pair and the two rows, by pair.

    The names of the document with fewer are looked up among those of the other.
    """
    bits, sizes = np.uint64(64 - PAIR_BITS), np.diff(held.borders)
    owner = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
    codes = (owner << bits) | (held.keys >> np.uint64(PAIR_BITS))
    swapped = sizes[one] > sizes[other]
    fewer: Array = np.where(swapped, other, one)
    more: Array = np.where(swapped, one, other)
    rows, pair = ranges(held.borders[fewer], sizes[fewer]), np.repeat(np.arange(len(one)), sizes[fewer])
    wanted = (more.astype(np.uint64) << bits)[pair] | (codes[rows] & ((np.uint64(1) << bits) - np.uint64(1)))
    found, there = found_in(codes, wanted)
    both = np.flatnonzero(there)
    both = both[held.keys[found[both]] == held.keys[rows[both]]]
    pair, rows, found = pair[both], rows[both], found[both]
    return pair, np.where(swapped[pair], found, rows), np.where(swapped[pair], rows, found)


def one_name(held: Held, pair: Array, left: Array, right: Array, same_script: Array) -> tuple[Array, Array, Array]:
    """Those rows whose names are the same name: in one script they must be spelled alike."""
    asked = np.flatnonzero(same_script[pair] & (held.words[left] != held.words[right]))
    rows = np.concatenate([left[asked], right[asked]])
    heads, word = distinct(held.words[rows])
    keep = np.ones(len(pair), bool)
    keep[asked] = _same_words(held.words_at(rows[heads]), word[: len(asked)], word[len(asked) :])
    return pair[keep], left[keep], right[keep]


def in_chinese(
    held: Held, pair: Array, left: Array, right: Array, seen: Array, one: Array, other: Array
) -> tuple[Array, Array, Array, Array]:
    """Those rows that remain where one document or both are in Chinese, which `one` and `other` say.

    A name in Han may stand for several: of those that a document writes alike, only the rarest is kept. Both documents
    are treated at once, so that the result does not depend on which is the first.
    """
    keep: Array = np.ones(len(pair), bool)
    asked = ~keep
    names = []
    for rows, han in ((left, one[pair]), (right, other[pair])):
        _, name = distinct(held.words[rows] * np.uint64(MULTIPLIER) ^ pair.astype(np.uint64))
        several = han & (np.bincount(name)[name] > 1)
        asked |= several
        names.append(np.where(several, name, -1 - np.arange(len(name))))  # others stand for one name each
    places = np.flatnonzero(asked)
    taken = set[int](), set[int]()
    columns = (places, *(name[places] for name in names))
    rarest = zip(seen[places].tolist(), held.keys_at(left[places]), *(own.tolist() for own in columns), strict=True)
    for _, _, row, mine, theirs in sorted(rarest):
        keep[row] = mine not in taken[0] and theirs not in taken[1]
        if keep[row]:
            taken[0].add(mine)
            taken[1].add(theirs)
    return pair[keep], left[keep], right[keep], seen[keep]


def _same_words(words: Sequence[str], one: Array, other: Array) -> Array:
    """Of each two of `words`, by number, of one script whether they are one name but for its ending.

    Sound alone joins Kurtz and Curtis.
    """
    written = latin(chr(LINE_END).join(words)).lower().translate(WRITTEN_ALIKE)
    letters = np.frombuffer(f"{written}{chr(LINE_END)}".encode("ascii"), np.uint8)
    stops = np.flatnonzero(letters == LINE_END)[: len(words)]
    starts = np.concatenate([[0], stops[:-1] + 1])[: len(words)]
    powers, inverse = powers_of(len(letters) + 1)
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters * powers[:-1], out=sums[1:])

    def begun(rows: Array, size: Array) -> Array:
        """A hash of the first `size` letters of these words."""
        first = starts[rows]
        return (sums[np.minimum(first + size, len(letters))] - sums[first]) * inverse[first]

    sizes = (stops - starts)[one], (stops - starts)[other]
    short = np.minimum(*sizes)
    size = np.maximum(3, short - 2)
    alike = (short >= 3) & (np.abs(sizes[0] - sizes[1]) <= 3) & (begun(one, size) == begun(other, size))
    return alike | ((sizes[0] == sizes[1]) & (begun(one, short) == begun(other, short)))
