"""Pairs of documents measured by their names, many at a time by arrays, before any text or profile is read.

The pairs whose words must be compared as well are left for `cleaner.overlap.stories.pairs`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cleaner.arrays import Array, ranges
from cleaner.memory import cached_last
from cleaner.overlap.documents.survey import Survey
from cleaner.overlap.index.name_index import Held, NameIndex, times_of
from cleaner.overlap.index.shared_names import in_chinese, one_name, shared_names
from cleaner.overlap.stories.verdicts import (
    ACROSS_COVERAGE,
    COPIED_MOST,
    PAGE,
    Columns,
    Pair,
    are_hopeless,
)
from cleaner.overlap.tables import from_files, in_files
from cleaner.overlap.words.scripts import SOLE_SCRIPTS, caseless_of
from cleaner.overlap.words.tokens import MULTIPLIER, distinct
from cleaner.overlap.words.transliterate import latin, spelt_alike

NAME_ALIKE = 0.8
"""Similarity of spelling (Ratcliff and Obershelp 1988) from which two names of one sound are one name where it is counted how many
documents have it."""
RARE, RARE_LEAST = 0.02, 20
"""A term is rare if at most this share of the documents, or at most so many, have it."""
RARE_SMALL, RARE_FEWEST = 0.25, 6
"""The same where these are more than a share of the documents: that, or so few. In 120 folders of 6 to 50 texts of random sentences
90 pairs of one language are a story, 207 without it; of 779 tellings in folders of at most 59 documents none is lost."""
SPELLINGS_HELD = 1 << 12
"""Names whose spellings are cached during a task: a name has some ten, half a kilobyte."""

FACTS = ("words", "script", "chinese", "language")


Shares = Callable[[Sequence[tuple[str, str]]], Sequence[float]]
"""Of pairs of documents, by id, the share of the smaller text's keys that the other has (`near.shares_of`)."""


class Facts(NamedTuple):
    """What is known of all documents besides their names, by number."""

    words: Array
    script: Array
    """Its place in `scripts`."""
    scripts: tuple[str, ...]
    chinese: Array
    language: Array
    """A number for each language; 0 where it is unknown."""

    @classmethod
    def of(cls, survey: Survey, languages: Mapping[str, str]) -> Facts:
        """Those of the documents of `survey`, whose `languages` are given by id."""
        codes: dict[str, int] = {"und": 0}
        language = [codes.setdefault(languages.get(name, "und"), len(codes)) for name in survey.documents]
        return cls(survey.words, survey.script, survey.scripts, survey.chinese, np.array(language, np.int32))

    def one_language(self, one: Array, other: Array) -> Array:
        """Of each two documents whether they are known to be in one language."""
        sole = np.array([name in SOLE_SCRIPTS for name in self.scripts])[self.script[one]]
        same = (self.language[one] > 0) & (self.language[one] == self.language[other])
        return same | (sole & (self.script[one] == self.script[other]))

    def stored(self, folder: Path) -> Facts:
        """The same in files of `folder`."""
        return self._replace(**in_files(self, FACTS, folder))

    def opened(self) -> Facts:
        """What `stored` gave, open to be read."""
        return self._replace(**from_files(self, FACTS))


class Met(NamedTuple):
    """Names that both documents of some pairs have: rows of those held, sorted by pair; then columns of the pairs."""

    held: Held
    pair: Array
    left: Array
    right: Array
    seen: Array
    """Documents that have the name."""
    rare: Array
    cosine: Array
    coverage: Array
    balance: Array


def rare_of(documents: int) -> float:
    """The most documents, of so many, that a rare term may be in."""
    return max(RARE * documents, min(RARE_LEAST, max(RARE_FEWEST, RARE_SMALL * documents)))


class Measuring:
    """Measures pairs of documents by their names."""

    def __init__(self, index: NameIndex, facts: Facts, strictness: float, shares: Shares) -> None:
        self.index, self.facts, self.strictness, self._shares = index, facts, strictness, shares
        self.rare = rare_of(index.documents)
        self.caseless = caseless_of(facts.script, facts.scripts)
        self.norms, self.totals = index.apart(facts.words, self.caseless)
        """As they count in pairs of which one script has capitals and the other has none."""
        self._spellings = lru_cache(SPELLINGS_HELD)(index.spellings)

    def likely(
        self, one: Array, other: Array, least: float, names: Mapping[int, str], copied: Collection[tuple[int, int]] = ()
    ) -> tuple[list[Pair], list[tuple[int, int]], Met]:
        """Of the pairs of `one` and `other`: those whose cosine of names is at least `least` and whose words must be
        compared; those in one language whose names show different stories; and what `shown` needs.

        `names` are ids by number; pairs that are `copied` are not stories as well.
        """
        met = self._met(one, other, least)
        pairs = self._measured(met, one, other)
        good = (pairs.names >= least) & (pairs.rare > 0)
        hopeless = pairs.known & are_hopeless(pairs, self.strictness)
        apart = np.flatnonzero(good & hopeless & pairs.one_language)
        wanted = np.flatnonzero(good & ~hopeless)
        alone = wanted[pairs.one_language[wanted]]
        ids = zip(one[alone].tolist(), other[alone].tolist(), strict=True)
        pairs.copied[alone] = self.copied([(names[a], names[b]) for a, b in ids])
        explained = pairs.one_language & are_hopeless(pairs, self.strictness)  # by what is copied
        apart, wanted = np.append(apart, wanted[explained[wanted]]), wanted[~explained[wanted]]
        different = list(zip(one[apart].tolist(), other[apart].tolist(), strict=True))
        return self._described(met, wanted, pairs, names, copied), different, met

    def copied(self, pairs: Sequence[tuple[str, str]]) -> Array:
        """`Pair.copied` of pairs of ids."""
        return np.minimum(self._shares(pairs), COPIED_MOST)

    def _measured(self, met: Met, one: Array, other: Array) -> Columns:
        """What the names say of the pairs of `one` and `other`; what is copied is not considered yet."""
        facts, count = self.facts, len(one)
        alone = facts.one_language(one, other)
        known = alone | ((facts.language[one] > 0) & (facts.language[other] > 0))
        # Texts of unknown language in two scripts are in two languages.
        known |= facts.script[one] != facts.script[other]
        words = facts.words[one], facts.words[other]
        mentions, fewer = _mentions(met, *words)
        rare = np.bincount(met.pair[met.rare], minlength=count)
        longer = np.maximum(*words)
        named = met.cosine, met.coverage, met.balance
        return Columns(one, other, *named, mentions, fewer, longer, rare, known, alone, np.zeros(count))

    def _described(
        self, met: Met, wanted: Array, pairs: Columns, names: Mapping[int, str], copied: Collection[tuple[int, int]]
    ) -> list[Pair]:
        """The pairs number `wanted` of `met`, with names as they are written where they are not in one language."""
        held = Columns(*(column[wanted] for column in pairs))
        script, rich = self.facts.script, self.index.rich
        rows = np.searchsorted(met.pair, np.stack([wanted, wanted + 1])).T.tolist()
        across = [tuple(own) for own, alone in zip(rows, held.one_language.tolist(), strict=True) if not alone]
        written = zip(self.shown(met, across), self._all_names(met, across), strict=True)
        ends = (script[held.one], script[held.other], rich[held.one], rich[held.other])
        found = []
        for measured, (first, second, *sizes), own in zip(
            zip(*(column.tolist() for column in held), strict=True),
            zip(*(column.tolist() for column in ends), strict=True),
            rows,
            strict=True,
        ):
            a, b, *_ = measured
            scripts = self.facts.scripts[first], self.facts.scripts[second]
            row: list[Any] = [*measured, names[a], names[b], scripts, (a, b) in copied, tuple(sizes), tuple(own)]
            pair = Pair(*row)
            if not pair.one_language:
                (keys, shown), shared = next(written)
                pair = pair._replace(rare_names=keys, shown=shown, shared=shared)
            found.append(pair)
        return found

    def _met(self, one: Array, other: Array, least: float) -> Met:
        facts, index, count = self.facts, self.index, len(one)
        numbers, place = np.unique(np.concatenate([one, other]), return_inverse=True)
        held = index.held(numbers)
        pair, left, right = shared_names(held, place[:count], place[count:])
        same_script = facts.script[one] == facts.script[other]
        pair, left, right = one_name(held, pair, left, right, same_script)
        seen = index.seen_of(held.keys[left])
        chinese = facts.chinese[one], facts.chinese[other]
        if (chinese[0] | chinese[1]).any():
            pair, left, right, seen = in_chinese(held, pair, left, right, seen, *chinese)
        weight = index.weights_of(seen)
        times = times_of(held.counts[left]) * times_of(held.counts[right])
        dot = np.bincount(pair, times * weight**2, count)
        alike = (self.caseless[one] == self.caseless[other]) | facts.one_language(one, other)
        norms = (np.where(alike, index.norms[own], self.norms[own]) for own in (one, other))
        cosine = dot / np.maximum(next(norms) * next(norms), 1e-9)
        totals = [np.where(alike, index.totals[own], self.totals[own]) for own in (one, other)]
        poorer, richer = np.minimum(*totals), np.maximum(*totals)
        coverage = np.bincount(pair, weight, count) / np.where(poorer > 0, poorer, 1.0)
        balance = poorer / np.where(richer > 0, richer, 1.0)
        rare = seen <= self.rare
        asked = np.flatnonzero(~rare & ((coverage >= ACROSS_COVERAGE) & ~same_script & (cosine >= least))[pair])
        words = held.words_at(left[asked]), held.words_at(right[asked])
        rare[asked] = [self._is_rare(*row) for row in zip(held.keys[left[asked]].tolist(), *words, strict=True)]
        return Met(held, pair, left, right, seen, rare, cosine, coverage, balance)

    def sizes_of(self, one: int, other: int) -> tuple[float, float]:
        """The denominators for the names of a pair: the product of the lengths of both vectors, and the lesser sum of weights."""
        same = self.caseless[one] == self.caseless[other]
        norms, totals = (self.index.norms, self.index.totals) if same else (self.norms, self.totals)
        return float(norms[one] * norms[other]), float(min(totals[one], totals[other]))

    @staticmethod
    def _all_names(met: Met, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
        """Of each pair, whose rows these are, all names that both have, as both documents write them."""
        rows = [side[start:end] for start, end in pairs for side in (met.left, met.right)]
        words = iter(met.held.words_at(np.concatenate([np.zeros(0, np.int64), *rows])))
        for start, end in pairs:
            yield tuple(islice(words, 2 * (end - start)))

    @staticmethod
    def shown(
        met: Met, pairs: Sequence[tuple[int, int]], most: int | None = None
    ) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Of each pair, whose rows these are, the keys of its `most` rarest names, and how both documents write these."""
        held, none = met.held, np.zeros(0, np.int64)
        places = [np.flatnonzero(met.rare[start:end]) + start for start, end in pairs]
        every, sizes = np.concatenate([none, *places]), np.array([len(own) for own in places], np.int64)
        heads, key = distinct(held.keys[met.left[every]])
        keys = held.keys_at(met.left[every[heads]])
        rank = np.empty(len(keys), np.int64)
        rank[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
        order = np.lexsort((rank[key], met.seen[every], np.repeat(np.arange(len(sizes)), sizes)))
        if most is not None:
            order = order[ranges(0, sizes) < most]
            sizes = np.minimum(sizes, most)
        left, right, key = met.left[every[order]], met.right[every[order]], key[order]
        heads, both = distinct(held.words[left] * np.uint64(MULTIPLIER) ^ held.words[right])
        written = list(map(_shown, held.words_at(left[heads]), held.words_at(right[heads])))
        columns = map(keys.__getitem__, key.tolist()), map(written.__getitem__, both.tolist())
        return [(tuple(islice(columns[0], size)), tuple(islice(columns[1], size))) for size in sizes.tolist()]

    def _is_rare(self, key: int, *words: str) -> bool:
        """Whether few documents write the name of this sound like `words`: sound alone joins Hara and Harry."""
        return (
            sum(times for word, times in self._spellings(key).items() if any(_alike(word, own) for own in words))
            <= self.rare
        )


def _mentions(met: Met, one: Array, other: Array) -> tuple[Array, Array]:
    """Of each pair, whose texts have so many words, `Pair.mentions` and `Pair.fewer`."""
    pair = met.pair[met.rare]
    counts = met.held.counts[met.left[met.rare]], met.held.counts[met.right[met.rare]]
    most, first, second = (np.bincount(pair, own, len(one)).astype(int) for own in (np.maximum(*counts), *counts))
    either = (np.minimum(one, other) >= PAGE) | (one == other)
    return most, np.where(either, np.minimum(first, second), np.where(one > other, first, second))


def _shown(mine: str, theirs: str) -> str:
    return mine if mine.lower() == theirs.lower() else f"{mine} = {theirs}"


@cached_last(1 << 13)
def _alike(one: str, other: str) -> bool:
    return one == other or spelt_alike(latin(one), latin(other), NAME_ALIKE)
