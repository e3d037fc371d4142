"""Which names may begin at places of Chinese texts, by how syllables are heard: many places at once.

All places are processed together, a character at a time. For each the beginnings of names are kept (beam search,
Lowerre 1976), identified by a polynomial hash of their letters (Rabin and Karp 1987), so that adding a piece is a sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, found_in
from cleaner.memory import cached
from cleaner.models.pinyin import pinyin
from cleaner.overlap.words.tokens import MULTIPLIER

PRUNED = 12.0
"""Bits behind the best beginning at which a beginning is dropped."""
LETTERS = 64
"""Most letters of a name's sound: ten syllables have no more."""
TOGETHER = 1 << 12
"""Names whose beginnings are hashed at a time: 2 MB an array."""
AT_ONCE = 1 << 9
"""Places that are processed together: each has some hundred extended beginnings, 20 MB in all."""
SPARSE = 4
"""Binary logarithm of how many times more slots than beginnings the first table has: one look-up in 16 is wrongly
positive there, and is checked."""

States = tuple[Array, Array, Array, Array]
"""Beginnings of names, sorted by place: place, hash, letters, and bits by which it is likelier under the syllables than alone."""


class Places(NamedTuple):
    """Where names may begin. Rows are places, columns the characters from there on."""

    syllables: Array
    """Numbers of `Pinyin.numbers`; 0 behind the end."""
    foreign: Array
    """Bits by which each character is more frequent in names than in text; 0 behind the end."""


class Whole(NamedTuple):
    """Names found whole; parallel arrays, sorted by place, then number of characters, the likeliest first."""

    place: Array
    size: Array
    """Characters."""
    sound: Array
    """Place of the name's sound among all, sorted."""
    bits: Array
    """By which the sound is likelier under the syllables than alone."""

    def likeliest(self, most: int, behind: float) -> Iterator[tuple[int, int, float, list[int]]]:
        """Of each stretch the place, the characters, the highest bits, and the `most` sounds at most that are `behind` bits
        behind these or fewer.
        """
        new = (np.diff(self.place, prepend=-1) != 0) | (np.diff(self.size, prepend=-1) != 0)
        heads = np.flatnonzero(new).tolist()
        place, size, sound, bits = (own.tolist() for own in (self.place, self.size, self.sound, self.bits))
        for head, end in pairwise((*heads, len(place))):
            rows = range(head, min(end, head + most))
            yield place[head], size[head], bits[head], [sound[row] for row in rows if bits[row] >= bits[head] - behind]


@cached
def gains() -> Mapping[str, Mapping[str, float]]:
    """Syllable -> its pieces, each with the bits by which it makes a name likelier."""
    table = pinyin()
    return {
        syllable: {
            piece: sum(table.letters[letter] for letter in piece) - cost for piece, cost in pieces.items() if piece
        }
        for syllable, pieces in sorted(table.pieces.items())
    }


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The pieces of all syllables, by number; 0 has none."""

    first: Array
    """Where the pieces of each syllable begin."""
    count: Array
    most: Array
    """The highest gain of each syllable."""
    gains: Array
    hashes: Array
    lengths: Array


@cached
def _pieces() -> _Pieces:
    held: list[Mapping[str, float]] = [{}, *gains().values()]
    flat = list(chain.from_iterable(held))
    count = np.array([len(own) for own in held])
    _, hashes = _hashed(np.array(flat, "S"), np.arange(len(flat)))
    return _Pieces(
        (np.cumsum(count) - count).astype(np.int32),
        count.astype(np.int32),
        np.array([max(own.values(), default=0.0) for own in held]),
        np.array([gain for own in held for gain in own.values()]),
        hashes,
        np.array([len(piece) for piece in flat]),
    )


@cached
def _powers() -> Array:
    powers = np.full(LETTERS + 1, MULTIPLIER, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def _hashed(words: Array, chosen: Array) -> tuple[Array, Array]:
    """The hashes of the beginnings of the `chosen` of `words`, sorted; and of each of these: 1 to LETTERS letters, as bytes."""
    begun, whole = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    for start in range(0, len(chosen), TOGETHER):
        part = words[chosen[start : start + TOGETHER]]
        letters = part.view(np.uint8).reshape(len(part), part.itemsize)
        sums = np.cumsum(letters * _powers()[1 : letters.shape[1] + 1], axis=1, dtype=np.uint64)
        whole.append(sums[:, -1].copy())  # a view would hold all of them
        fresh: Array = np.ones(letters.shape, bool)  # neighbours begin alike
        np.logical_or.accumulate(letters[1:] != letters[:-1], axis=1, out=fresh[1:])
        begun.append(sums[fresh & (letters != 0)])
    return np.sort(np.concatenate(begun)), np.concatenate(whole)


class Beams:
    """Sounds of names, ready to be looked for."""

    def __init__(self, sounds: Sequence[str]) -> None:
        """`sounds`: those of `name_keys.name_sounds`; of one letter and of more than LETTERS none is looked for."""
        if max(map(len, sounds), default=0) > LETTERS:
            sounds = [sound if len(sound) <= LETTERS else "" for sound in sounds]
        given = np.array(sounds, "S")
        letters = given.view(np.uint8).reshape(len(given), given.itemsize)
        long = np.flatnonzero(letters[:, 1:2])
        self._order: Array = long[np.argsort(given[long], kind="stable")].astype(np.int32)
        new: Array = np.ones(len(self._order), bool)
        for start in range(1, len(new), TOGETHER):
            rows = self._order[start - 1 : start + TOGETHER]
            new[start : start + TOGETHER] = given[rows[1:]] != given[rows[:-1]]
        heads = np.flatnonzero(new)
        self._borders: Array = np.append(heads, len(new)).astype(np.int32)
        self._begun, whole = _hashed(given, self._order[heads])
        self._sound: Array = np.argsort(whole).astype(np.int32)
        self._whole = whole[self._sound]
        bits = len(self._begun).bit_length() + SPARSE
        self._shift = np.uint64(64 - bits)
        self._maybe: Array = np.zeros(1 << bits, bool)
        self._maybe[self._begun >> self._shift] = True

    def rows(self, sound: int) -> list[int]:
        """Places in the given sounds that have this one."""
        own: list[int] = self._order[self._borders[sound] : self._borders[sound + 1]].tolist()
        return own

    def heard(self, places: Places, least: float, sure: float) -> Whole:
        """The names with which each place may begin, of two characters at least.

        With the bits of the characters a name must have `sure` bits, and `least` without them.
        """
        most = _pieces().most
        count, width = places.syllables.shape
        needed = sure - np.cumsum(places.foreign, axis=1)
        ahead = np.zeros((count, width + 1))  # bits that can still come from each character on
        for at in range(width - 1, -1, -1):
            ahead[:, at] = np.maximum(0.0, ahead[:, at + 1] + places.foreign[:, at] + most[places.syllables[:, at]])
        good = np.flatnonzero(ahead[:, 0] >= sure)
        bounds = np.maximum(least, needed), needed - ahead[:, 1:]
        found = [(np.zeros(0, int),) * 4]
        for start in range(0, len(good), AT_ONCE):
            found += self._heard_at(good[start : start + AT_ONCE], places.syllables, *bounds)
        place, size, sound, bits = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((sound, -bits, size, place))
        return Whole(place[order], size[order], sound[order], bits[order])

    def _heard_at(self, place: Array, syllables: Array, whole: Array, begun: Array) -> Iterator[tuple[Array, ...]]:
        """The columns of `Whole` for some places, by number of characters.

        `whole` and `begun`: bits that a name, and a beginning of one, must have behind each character of each place.
        """
        states = place, np.zeros(len(place), np.uint64), np.zeros(len(place), np.int64), np.zeros(len(place))
        for at in range(syllables.shape[1]):
            states = self._longer(states, syllables[:, at], begun[:, at])
            place, hashes, _, bits = states
            if not len(place):
                return
            if at:
                good = np.flatnonzero(bits >= whole[place, at])
                sound, known = found_in(self._whole, hashes[good])
                good, sound = good[known], self._sound[sound[known]]
                yield place[good], np.full(len(good), at + 1), sound, bits[good]

    def _longer(self, states: States, syllables: Array, least: Array) -> States:
        """`states` with one syllable more: those that begin a name and have `least` bits; both are given of each place."""
        pieces = _pieces()
        place, hashes, letters, bits = states
        own, missing = syllables[place], least[place] - bits
        sizes = pieces.count[own]
        row = np.repeat(np.arange(len(own), dtype=np.int32), sizes)
        piece = np.arange(len(row), dtype=np.int32) + np.repeat(pieces.first[own] - np.cumsum(sizes) + sizes, sizes)
        enough = np.flatnonzero(pieces.gains[piece] >= missing[row])
        row, piece = row[enough], piece[enough]
        hashes = hashes[row] + _powers()[letters[row]] * pieces.hashes[piece]
        good = np.flatnonzero(self._maybe[hashes >> self._shift])
        good = good[found_in(self._begun, hashes[good])[1]]
        row, piece, hashes = row[good], piece[good], hashes[good]
        return _pruned(place[row], hashes, letters[row] + pieces.lengths[piece], bits[row] + pieces.gains[piece])


def _pruned(place: Array, hashes: Array, letters: Array, bits: Array) -> States:
    """Each beginning of a place once, with its highest bits; those that are likely beside the best of the place."""
    order = np.lexsort((-bits, hashes, place))
    place, hashes, letters, bits = place[order], hashes[order], letters[order], bits[order]
    other: Array = np.ones(len(place), bool)
    np.not_equal(place[1:], place[:-1], out=other[1:])
    fresh = other.copy()
    fresh[1:] |= hashes[1:] != hashes[:-1]
    heads = np.flatnonzero(other)
    if len(heads):
        best = np.maximum.reduceat(bits, heads)
        fresh &= bits >= (best - PRUNED)[np.cumsum(other) - 1]
    return place[fresh], hashes[fresh], letters[fresh], bits[fresh]
