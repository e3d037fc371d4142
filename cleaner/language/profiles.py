"""The profiles that langdetect ships, as arrays: which n-grams it knows, and their share in each of its languages.

As dictionaries they take 31 MB, as arrays 2 MB. The shares are the package's own, to the last digit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.arrays import Array, code_points, heads_of
from cleaner.memory import cached

LONGEST = 3
"""Characters of an n-gram, at most."""
HIGH, MIDDLE = np.uint64(42), np.uint64(21)
SECOND, THIRD = np.uint64(0x1FFFFF << 21), np.uint64(0x1FFFFF)
"""Masks of an n-gram's second and third character in its key, 0 for none; the first is above them."""
USUAL = '{"freq":{"'
"""How the package's files begin."""
SPACE, QUOTE, ZERO = map(ord, ' "0')
SPACES = re.compile(" +")
LATIN_LETTERS, BEYOND_LATIN, ADDITIONAL = (0x41, 0x7A), 0x300, (0x1E00, 0x1EFF)
"""What the package takes for a Latin letter, from where on it looks for others, and its block of further Latin ones."""


class _Normal(dict[int, int]):
    """The package's normal form of a code point, computed when it is first needed."""

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
    """Where the rows of each n-gram begin in the next two arrays; one more at the end."""
    _owners: Array
    """Indices of languages (uint8)."""
    _held: Array
    """Share of the n-gram among those of its length in the language's sample (float64)."""

    def found(self, texts: Sequence[str]) -> tuple[list[Array], Array]:
        """The known n-grams of each text, in the package's order, as indices into the second result: the share of each
        distinct n-gram in each language (float64, n-gram x language).
        """
        grams = [_grams(_cleaned(text)) for text in texts]
        every = np.concatenate(grams)
        # Sorted ones are found in a fifth of the time.
        order = np.argsort(every)
        ordered = every[order]
        at: Array = np.minimum(np.searchsorted(self._keys, ordered), len(self._keys) - 1)
        held: Array = self._keys[at] == ordered
        new = held & np.append(True, ordered[1:] != ordered[:-1])
        places = np.empty(len(every), np.int32)
        places[order] = np.where(held, np.cumsum(new, dtype=np.int32) - 1, -1)
        bounds = accumulate((len(some) for some in grams), initial=0)
        by_text = [some[some >= 0] for some in (places[start:end] for start, end in pairwise(bounds))]
        return by_text, self._shares(at[new])

    def _shares(self, known: Array) -> Array:
        """The share of each n-gram of `known` (places in the keys) in each language."""
        starts, wide = self._starts[known], len(self.languages)
        rows = self._starts[known + 1] - starts
        ends = np.cumsum(rows)
        entries = np.arange(ends[-1] if len(ends) else 0)
        places = np.repeat(np.arange(0, len(known) * wide, wide), rows)
        entries += np.repeat(starts - ends + rows, rows)
        places += self._owners.take(entries)
        shares = np.zeros((len(known), wide))
        shares.put(places, self._held.take(entries))
        return shares


def _cleaned(text: str) -> str:
    """`text` as the package's `append` and `cleaning_text` leave it, before characters are made normal."""
    from langdetect.detector import Detector
    from langdetect.utils.ngram import NGram

    if "://" in text:
        text = Detector.URL_RE.sub(" ", text)
    if "@" in text:
        text = Detector.MAIL_RE.sub(" ", text)
    if any(mark in text for mark in NGram.DMARK_CLASS):
        text = NGram.normalize_vi(text)
    text = _spaced(text)
    points = code_points(text)
    latin = (points >= LATIN_LETTERS[0]) & (points <= LATIN_LETTERS[1])
    other = (points >= BEYOND_LATIN) & ((points < ADDITIONAL[0]) | (points > ADDITIONAL[1]))
    if 2 * np.count_nonzero(latin) < np.count_nonzero(other):
        text = points[~latin].tobytes().decode("utf-32-le", "surrogatepass")
    return text.translate(NORMAL)


NORMAL = _Normal()


def _spaced(text: str) -> str:
    """`text` with one space for several."""
    return SPACES.sub(" ", text) if "  " in text else text


def _grams(text: str) -> Array:
    """The n-grams of normal characters (uint64) in the package's order: at each character those of 1, 2 and 3 that end there,
    none across a space, none in words of capitals.
    """
    text = _spaced(f" {text}")
    held = code_points(text).astype(np.uint64)
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
    names, grams, shares = [], [], []
    for file in sorted(folder.glob("*")):
        if not file.is_file():
            continue
        text = file.read_text("utf-8")
        keys, counts, held = _read(text) if text.startswith(USUAL) and "\\" not in text else _parsed(text)
        names.append(held["name"])
        grams.append(keys)
        sizes = 1 + (keys & SECOND > 0) + (keys & THIRD > 0)
        shares.append(counts / np.array(held["n_words"], np.float64)[sizes - 1])
    keys = np.concatenate(grams)
    owners = np.repeat(np.arange(len(names), dtype=np.uint8), [len(part) for part in grams])
    order = np.argsort(keys)
    keys = keys[order]
    starts = heads_of(keys)
    bounds = np.append(starts, len(keys)).astype(np.int32)
    return Profiles(tuple(names), keys[starts], bounds, owners[order], np.concatenate(shares)[order])


def _read(text: str) -> tuple[Array, Array, dict[str, Any]]:
    """The keys of a profile's n-grams (uint64), how often it has each, and what else its file says.

    For the form that the package writes, without white space and escapes: a third of the time of a parser.
    """
    held, rest = text[len(USUAL) - 1 :].split("},", 1)
    points = code_points(held)
    quotes = np.flatnonzero(points == QUOTE)
    starts, ends = quotes[::2] + 1, quotes[1::2]
    keys = points[starts].astype(np.uint64) << HIGH
    for place, shift in ((1, MIDDLE), (2, np.uint64(0))):
        keys |= np.where(ends - starts > place, points[starts + place], 0).astype(np.uint64) << shift
    # Behind the colon, up to the comma.
    first = ends + 2
    lengths = np.append(starts[1:] - 2, len(points)) - first
    counts = np.zeros(len(first), np.int64)
    for place in range(int(lengths.max())):
        longer = np.flatnonzero(lengths > place)
        counts[longer] = 10 * counts[longer] + points[first[longer] + place] - ZERO
    return keys, counts, json.loads("{" + rest)


def _parsed(text: str) -> tuple[Array, Array, dict[str, Any]]:
    """The same for a file of any form."""
    held = json.loads(text)
    grams = np.array(list(held["freq"]), f"<U{LONGEST}").view("<u4").astype(np.uint64).reshape(-1, LONGEST)
    keys = grams[:, 0] << HIGH | grams[:, 1] << MIDDLE | grams[:, 2]
    return keys, np.fromiter(held["freq"].values(), np.int64, len(keys)), held
