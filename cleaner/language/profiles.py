"""The profiles that langdetect ships, as arrays: which n-grams it knows, and their share in each of its languages.

As dictionaries they take 31 MB, so 2 MB. The shares are the package's own, to the last digit.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.letting_go import cached

__all__ = ["Profiles", "load"]

LONGEST = 3
"""Characters of an n-gram, at most."""
HIGH, MIDDLE = np.uint64(42), np.uint64(21)
SECOND, THIRD = np.uint64(0x1FFFFF << 21), np.uint64(0x1FFFFF)
"""Where an n-gram's first, second and third character stand in its key, 0 for none."""
SPACE = 32
SPACES = re.compile(" +")
LATIN_LETTERS, BEYOND_LATIN, ADDITIONAL = (0x41, 0x7A), 0x300, (0x1E00, 0x1EFF)
"""What the package takes for a Latin letter, from where on it looks for others, and its block of further Latin ones."""

Array = Any


class _Normal(dict[int, int]):
    """What the package makes of a code point, asked when it is first met."""

    def __missing__(self, point: int) -> int:
        from langdetect.utils.ngram import NGram

        self[point] = normal = ord(NGram.normalize(chr(point)))
        return normal


@dataclass(frozen=True, slots=True)
class Profiles:
    """N-grams of the package's languages. Read only; safe to share between threads."""

    languages: tuple[str, ...]
    """As the package names them, in its order."""
    _keys: Array
    """The n-grams (uint64, 21 bits a character), sorted."""
    _starts: Array
    """Where the rows of each begin in the two next; one more at the end."""
    _owners: Array
    """Places of languages (uint8)."""
    _counts: Array
    """How often a language's sample holds the n-gram (uint32)."""
    _totals: Array
    """N-grams of each length in a language's sample (float64, language x length)."""

    def found(self, text: str) -> tuple[Array, Array]:
        """The n-grams of `text` that are known, in the package's order, as places in the second array: the share of each
        different one in each language (float64, n-gram x language).
        """
        grams = _grams(_cleaned(text))
        different, which_of = np.unique(grams, return_inverse=True)
        at: Array = np.minimum(np.searchsorted(self._keys, different), len(self._keys) - 1)
        held: Array = self._keys[at] == different
        places = (np.cumsum(held) - 1)[which_of[held[which_of]]]
        known = at[held]
        sizes = 1 + (self._keys[known] & SECOND > 0) + (self._keys[known] & THIRD > 0)
        rows = self._starts[known + 1] - self._starts[known]
        which = np.repeat(np.arange(len(known)), rows)
        inside = np.arange(len(which)) - np.repeat(np.cumsum(rows) - rows, rows)
        entries = self._starts[known][which] + inside
        owners = self._owners[entries]
        shares = np.zeros((len(known), len(self.languages)))
        shares[which, owners] = self._counts[entries] / self._totals[owners, sizes[which] - 1]
        return places, shares


def _cleaned(text: str) -> str:
    """`text` as the package's `append` and `cleaning_text` leave it, before characters are made normal."""
    from langdetect.detector import Detector
    from langdetect.utils.ngram import NGram

    text = Detector.MAIL_RE.sub(" ", Detector.URL_RE.sub(" ", text))
    text = SPACES.sub(" ", NGram.normalize_vi(text))
    points = _points(text)
    latin = (points >= LATIN_LETTERS[0]) & (points <= LATIN_LETTERS[1])
    other = (points >= BEYOND_LATIN) & ((points < ADDITIONAL[0]) | (points > ADDITIONAL[1]))
    if 2 * np.count_nonzero(latin) < np.count_nonzero(other):
        text = points[~latin].tobytes().decode("utf-32-le", "surrogatepass")
    return text.translate(NORMAL)


NORMAL = _Normal()


def _points(text: str) -> Array:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _grams(text: str) -> Array:
    """The n-grams of normal characters (uint64) in the package's order: at each character those of 1, 2 and 3 that end there,
    none across a space, none in words of capitals.
    """
    text = SPACES.sub(" ", f" {text}")
    held = _points(text).astype(np.uint64)
    blank = held == SPACE
    last, before, first = held[1:], held[:-1], np.append(0, held[:-2]).astype(np.uint64)
    found = np.empty((len(last), LONGEST), np.uint64)
    found[:, 0] = last << HIGH
    found[:, 1] = before << HIGH | last << MIDDLE
    found[:, 2] = first << HIGH | before << MIDDLE | last
    wanted = np.ones((len(last), LONGEST), bool)
    wanted[:, 0] = ~blank[1:]
    wanted[:, 2] = ~blank[:-1]
    if text.lower() != text:
        capital = np.array([char.isupper() for char in text])
        wanted[capital[1:] & capital[:-1]] = False
    return found[wanted]


@cached
def load() -> Profiles:
    """The profiles of the installed package."""
    from langdetect import detector_factory

    folder = Path(detector_factory.PROFILES_DIRECTORY)
    names, keys, counts, totals = [], [], [], []
    for file in sorted(folder.glob("*")):
        if not file.is_file():
            continue
        held = json.loads(file.read_text("utf-8"))
        names.append(held["name"])
        totals.append(held["n_words"])
        points = np.array(list(held["freq"]), "<U3").view("<u4").astype(np.uint64).reshape(-1, LONGEST)
        keys.append(points[:, 0] << HIGH | points[:, 1] << MIDDLE | points[:, 2])
        counts.append(np.fromiter(held["freq"].values(), np.uint32, len(held["freq"])))
    owners = np.repeat(np.arange(len(names), dtype=np.uint8), [len(part) for part in keys])
    every = np.concatenate(keys)
    order = np.argsort(every, kind="stable")
    different, starts = np.unique(every[order], return_index=True)
    bounds = np.append(starts, len(every)).astype(np.int32)
    return Profiles(
        tuple(names), different, bounds, owners[order], np.concatenate(counts)[order], np.array(totals, np.float64)
    )
