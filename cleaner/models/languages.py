"""Which language? Frequencies of letter sequences (2 to 5) of 75 languages and more, packed.

Format of `languages.npz` (numpy): `codes` (bytes, codes joined by spaces), `keys` (uint32, sorted hashes of sequences), `counts`
(uint8, languages a key is known in), `language` and `value` (uint8, one after the other for all keys). A value is what a
sequence adds to the score of its language, in steps of `STEP` nats above the floor of its length.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["FLOORS", "LENGTHS", "STEP", "LanguageModel", "load", "sequence_hashes"]

PATH = Path(__file__).parent / "data" / "languages.npz"
STEP = 0.05
LENGTHS = (2, 3, 4, 5)
FLOORS = {2: -12.0, 3: -12.5, 4: -12.75, 5: -12.75}
"""Log-probability that a sequence counts for in a language that does not know it."""

Array = Any


def sequence_hashes(points: Array, length: int) -> Array:
    """uint32 hashes of all sequences of `length` code points in `points` (uint32 array)."""
    count = len(points) - length + 1
    if count <= 0:
        return np.zeros(0, np.uint32)
    mixed = np.full(count, length, np.uint64)
    for place in range(length):
        mixed = (mixed ^ points[place : place + count]) * np.uint64(0x100000001B3)
        mixed ^= mixed >> np.uint64(31)
    return ((mixed * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)).astype(np.uint32)


class LanguageModel:
    """The loaded tables; immutable after loading."""

    __slots__ = ("_keys", "_language", "_starts", "_value", "codes")

    def __init__(self, tables: dict[str, Array]) -> None:
        self.codes: tuple[str, ...] = tuple(bytes(tables["codes"]).decode("ascii").split())
        self._keys = tables["keys"]
        self._starts = np.concatenate([[0], np.cumsum(tables["counts"], dtype=np.int64)])
        self._language = tables["language"].astype(np.int64)
        self._value = tables["value"].astype(np.float32) * np.float32(STEP)

    def scores(self, words: str) -> tuple[Array, int]:
        """Score of each language in nats above the floor (float64, in the order of `codes`), and the sequences looked up.

        `words` are lower case, parted by single spaces, without anything but letters and marks.
        """
        totals, numbers = self.by_word(words.split(" "))
        return totals.sum(axis=0), int(numbers.sum())

    def by_word(self, words: list[str]) -> tuple[Array, Array]:
        """Scores by word and language (float64, words x codes), and the sequences of each word."""
        points = np.frombuffer(" ".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
        spaces = points == 32
        owner = np.cumsum(spaces)
        hashes, owners = [], []
        for length in LENGTHS:
            if len(points) < length:
                continue
            inside = ~np.any([spaces[place : len(points) - length + 1 + place] for place in range(length)], axis=0)
            hashes.append(sequence_hashes(points, length)[inside])
            owners.append(owner[: len(points) - length + 1][inside])
        shape = (len(words), len(self.codes))
        if not hashes:
            return np.zeros(shape), np.zeros(len(words), np.int64)
        wanted, whose = np.concatenate(hashes), np.concatenate(owners)
        numbers = np.bincount(whose, minlength=len(words))
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        hit = self._keys[places] == wanted
        places, whose = places[hit], whose[hit]
        first, count = self._starts[places], self._starts[places + 1] - self._starts[places]
        total = int(count.sum())
        if not total:
            return np.zeros(shape), numbers
        # One row an entry: the entries of all keys found, one after the other.
        ends = np.cumsum(count)
        rows = np.arange(total) - np.repeat(ends - count, count) + np.repeat(first, count)
        cells = np.repeat(whose, count) * shape[1] + self._language[rows]
        return np.bincount(cells, self._value[rows], shape[0] * shape[1]).reshape(shape), numbers


@cache
def load() -> LanguageModel:
    """The model shipped with the package."""
    with np.load(PATH) as held:
        return LanguageModel({name: held[name] for name in held.files})
