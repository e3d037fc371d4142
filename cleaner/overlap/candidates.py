"""Pairs of documents that share rare names, from an inverted index: no document is compared with all others.

The names of all documents are laid out in arrays. Names that stand in MOST documents or fewer make pairs; a pair's similarity
is added up over them, for some documents at a time. Time grows with the documents, since a name makes at most
MOST * (MOST - 1) / 2 pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Any

from cleaner.overlap.profiles import TOGETHER, Profile
from cleaner.overlap.survey import Survey, in_parts
from cleaner.overlap.terms import name_keys

__all__ = ["MOST", "NameIndex", "index_names", "name_pairs"]

CAPITALISED = 0.6
"""Share of the documents with a word in which it is capitalised inside a sentence, from which it is a name (findings: a
name in .6 and more of 664 documents)."""
OFTEN, CAPITALISED_LEAST = 3, 0.2
"""A text that names a word so often has a name of its own there, if not most others write the word small (Tara, Hope)."""
MOST = 50
"""Documents from which a name makes no candidates: 1,225 pairs a name. Stories of the development set share names of 2 to 9."""
PRIOR, PRIOR_SEEN = 100, 3
"""Documents without the term, and with it, that are assumed beside those at hand: smooths the weights of small folders."""
PART = 1 << 19
"""Meetings of two documents in a name that are held in memory at a time: 4 MB an array."""

Array = Any


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of documents, by number. A name is known by its key, which is how it sounds.

    Document `d` has the rows `borders[d]:borders[d + 1]`, sorted by key; a row is a name with its place in `keys`, how often
    it is named, and the place in `words` of how it is written there first.
    """

    keys: tuple[str, ...]
    """Sorted."""
    words: tuple[str, ...]
    borders: Array
    key: Array
    count: Array
    spelt: Array
    seen: Array
    """Documents that hold a key."""
    weights: Array
    """Inverse document frequency of each key, in nats."""
    norms: Array
    """Length of each document's vector of names."""
    totals: Array
    """Sum of the weights of each document's names."""

    @property
    def skipped(self) -> int:
        """Names that stand in more than MOST documents."""
        import numpy as np

        return int(np.count_nonzero(self.seen > MOST))

    def owners(self) -> Array:
        """The document of each row."""
        import numpy as np

        return np.repeat(np.arange(len(self.borders) - 1, dtype=np.int32), np.diff(self.borders))

    def times(self, rows: Array) -> Array:
        """What the number of mentions contributes to the weight of each of `rows`."""
        import numpy as np

        return np.sqrt(1 + np.log(self.count[rows].astype(float)))


def index_names(profiles: Mapping[str, Profile], survey: Survey) -> NameIndex:
    """The index of all `profiles`; `survey` is of the same documents."""
    import numpy as np

    known = _Known(survey)
    parts = [known.rows(held) for held in in_parts((profiles[name] for name in survey.documents), TOGETHER)]
    keys = tuple(sorted(known.keys))
    order = [known.keys[key] for key in keys]
    renumbered = np.empty(len(order), np.int32)
    renumbered[order] = np.arange(len(order), dtype=np.int32)
    for place, part in enumerate(parts):
        parts[place] = _sorted_rows(part, renumbered)
    lengths, key, count, spelt = (
        np.concatenate([np.zeros(0, np.int32), *(part[column] for part in parts)]) for column in range(4)
    )
    borders = np.concatenate([[0], np.cumsum(lengths)])
    seen = np.bincount(key, minlength=len(keys))
    idf = np.log((len(survey.documents) + PRIOR) / (seen + PRIOR_SEEN))
    index = NameIndex(keys, tuple(known.words), borders, key, count, spelt, seen, idf, idf[:0], idf[:0])
    norms, totals = np.zeros(len(lengths)), np.zeros(len(lengths))
    for first in range(0, len(lengths), PART >> 6):
        own = slice(first, min(len(lengths), first + (PART >> 6)))
        rows = slice(int(borders[own.start]), int(borders[own.stop]))
        owner = np.repeat(np.arange(own.stop - own.start), lengths[own])
        norms[own] = np.sqrt(np.bincount(owner, (index.times(rows) * idf[key[rows]]) ** 2, own.stop - own.start))
        totals[own] = np.bincount(owner, idf[key[rows]], own.stop - own.start)
    return NameIndex(keys, index.words, borders, key, count, spelt, seen, idf, norms, totals)


class _Known:
    """Which words of a document are names, by the capitals of all documents together."""

    def __init__(self, survey: Survey) -> None:
        import numpy as np

        self.survey = survey
        self.words: dict[str, int] = {}
        self.keys: dict[str, int] = {}
        self.key_of: Array = np.zeros(0, np.int32)
        """The number of the key of each of `words`; -1 where it says nothing."""

    def rows(self, profiles: Sequence[Profile]) -> tuple[Array, Array, Array, Array]:
        """The names of `profiles`: how many each has; and of each name its key, how often it is named, and how it is written."""
        import numpy as np

        names = [one.names for one in profiles]
        hashes, counts = (np.concatenate([getattr(own, column) for own in names]) for column in ("hashes", "counts"))
        good = self._are_names(hashes, counts)
        owner = np.repeat(np.arange(len(names)), [len(own.texts) for own in names])[good]
        texts = list(compress(chain.from_iterable(own.texts for own in names), good.tolist()))
        before = len(self.words)
        numbers = self.words
        spelt = np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int32)
        self._learn(texts, spelt, hashes[good], before)
        key = self.key_of[spelt]
        told = key >= 0
        owner, key, spelt, counts = owner[told], key[told], spelt[told], counts[good][told]
        codes = owner * (len(self.keys) + 1) + key
        order = np.argsort(codes, kind="stable")
        heads = _heads(codes[order])
        counts = np.add.reduceat(counts[order], heads) if len(heads) else counts
        first = order[heads]
        return np.bincount(owner[first], minlength=len(names)), key[first], counts.astype(np.uint32), spelt[first]

    def _are_names(self, hashes: Array, counts: Array) -> Array:
        import numpy as np

        known, times = self.survey.capitals
        capital = np.zeros(len(hashes), np.int64)
        if len(known):
            places: Array = np.searchsorted(known, hashes)
            places[places == len(known)] = 0
            capital = np.where(known[places] == hashes, times[places], 0).astype(np.int64)
        lowered = self.survey.frequencies.lowered_counts(hashes).astype(np.int64)
        share = capital / np.maximum(1, capital + lowered)
        often = (counts >= OFTEN) & (share > CAPITALISED_LEAST)
        return (hashes == 0) | (share > CAPITALISED) | often

    def _learn(self, texts: Sequence[str], spelt: Array, hashes: Array, before: int) -> None:
        """Finds the keys of the words from number `before` on.

        Words in capitals throughout are abbreviations (README, CF), which texts of all kinds share.
        """
        import numpy as np

        number, first = np.unique(spelt, return_index=True)
        first = first[number >= before]
        words = [texts[place] for place in first.tolist()]
        found = []
        for text, key, cased in zip(words, name_keys(words), (hashes[first] != 0).tolist(), strict=True):
            says = len(key) > (2 if cased else 3) and not (cased and text.isupper())
            found.append(self.keys.setdefault(key, len(self.keys)) if says else -1)
        self.key_of = np.concatenate([self.key_of, np.array(found, np.int32)])


def _sorted_rows(part: tuple[Array, Array, Array, Array], renumbered: Array) -> tuple[Array, Array, Array, Array]:
    """Rows of names with the final numbers of their keys, sorted by these in each document."""
    import numpy as np

    lengths, key, count, spelt = part
    key = renumbered[key]
    order = np.lexsort((key, np.repeat(np.arange(len(lengths)), lengths)))
    return lengths, key[order], count[order], spelt[order]


def name_pairs(
    index: NameIndex, words: Array, least: float, heroes: int, page: int, sure: float
) -> Iterator[tuple[Array, Array]]:
    """Pairs of numbers of documents whose cosine of rare names is `least` or more, sorted, some at a time.

    `words` are the documents' numbers of words. Where one text has `page` words and more, there must be `heroes` mentions of
    the names, each counted in the text that mentions it more, or the cosine must reach `sure`.
    """
    import numpy as np

    rare = np.flatnonzero((index.seen[index.key] > 1) & (index.seen[index.key] <= MOST))
    key, owner, count = index.key[rare], index.owners()[rare], index.count[rare]
    weights = index.times(rare) * index.weights[key]
    order = np.argsort(key, kind="stable").astype(np.int32)
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    following = np.cumsum(np.bincount(key, minlength=1))[key] - place - 1
    width, first = len(index.borders) - 1, 0
    ends = np.cumsum(np.bincount(owner, following, width)).astype(np.int64)
    borders = np.searchsorted(owner, np.arange(width + 1))
    while first < width:
        before = int(ends[first - 1]) if first else 0
        stop = max(first + 1, int(np.searchsorted(ends, before + PART, side="right")))
        rows = np.arange(borders[first], borders[stop])
        first = stop
        sizes = following[rows]
        if not sizes.any():
            continue
        one = np.repeat(rows, sizes)
        offsets = np.arange(len(one)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        other = order[place[one] + 1 + offsets]
        code, dot, mentions = _summed(
            owner[one].astype(np.int64) * width + owner[other],
            weights[one] * weights[other],
            np.maximum(count[one], count[other]),
        )
        left, right = code // width, code % width
        cosine = dot / (index.norms[left] * index.norms[right])
        short = np.maximum(words[left], words[right]) < page
        good = (cosine >= least) & (short | (mentions >= heroes) | (cosine >= sure))
        if good.any():
            yield left[good], right[good]


def _summed(code: Array, dot: Array, mentions: Array) -> tuple[Array, Array, Array]:
    """Each code once, sorted, with the sums of what belongs to it."""
    import numpy as np

    order = np.argsort(code, kind="stable")
    code, dot, mentions = code[order], dot[order], mentions[order]
    heads = _heads(code)
    return code[heads], np.add.reduceat(dot, heads), np.add.reduceat(mentions, heads)


def _heads(codes: Array) -> Array:
    """Places in the sorted `codes` at which another one begins."""
    import numpy as np

    return np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]])) if len(codes) else np.zeros(0, np.int64)
