"""Pairs of documents whose names are alike: measured many at a time by arrays, before any text or profile is read.

What is left are the pairs whose words have to be looked at; it is handed to whoever does that (`cleaner.overlap.stories.search`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, ranges
from cleaner.letting_go import cached_last
from cleaner.overlap.documents.survey import Survey
from cleaner.overlap.index.name_index import Held, NameIndex, times_of
from cleaner.overlap.index.shared_names import in_chinese, one_name, shared_names
from cleaner.overlap.stories.verdicts import (
    ACROSS_COVERAGE,
    ACROSS_NAMES,
    COPIED_MOST,
    COPIED_NAMES,
    HEROES,
    NAMES_COSINE,
    PAGE,
    PASSING,
    RELATED_COSINE,
    SMALL,
    WHOLE,
)
from cleaner.overlap.tables import from_files, in_files
from cleaner.overlap.words.terms import caseless_of
from cleaner.overlap.words.tokens import MULTIPLIER, distinct
from cleaner.overlap.words.transliterate import latin, spelt_alike

NAME_ALIKE = 0.8
"""Similarity of spelling (Ratcliff and Obershelp 1988) from which two names of one sound are one name where it is counted how many
documents have it."""
RARE, RARE_LEAST = 0.02, 20
"""A term is rare that stands in at most this share of the documents, or in so few of them."""
SPELLINGS_HELD = 1 << 12
"""Names whose spellings are kept while a task is done: a name has some ten, half a kilobyte."""

FACTS = ("words", "script", "chinese", "language")


Shares = Callable[[Sequence[tuple[str, str]]], Sequence[float]]
"""Of pairs of documents, by id, the share of the smaller text's keys that the other has (`near.shares_of`)."""


class Likely(NamedTuple):
    """Two documents, and what their names say."""

    numbers: tuple[int, int]
    a: str
    b: str
    names: float
    """Cosine of the names."""
    coverage: float
    mentions: int
    """Of the shared rare names, each in the text that mentions it more."""
    longer: int
    """Words of the longer text."""
    one_language: bool | None
    """None where the texts have to be asked."""
    scripts: tuple[str, str]
    telling: bool
    """Whether the names say enough for two languages."""
    rare: int
    """How many rare names both have."""
    rare_names: tuple[str, ...]
    """Their keys, rarest first; of a pair in one language they are not needed, nor is what follows."""
    shown: tuple[str, ...]
    """The same, as they are written."""
    shared: tuple[str, ...]
    """All shared names, as both write them; where the pair is in two languages or may be."""
    rich: tuple[int, int]
    """How many rare names each of them has."""
    copied: bool
    """Whether one is a copy of the other, so that it tells no story besides: then nothing need be shown."""
    rows: tuple[int, int]
    """Its rows of `Met`."""
    share: float | None = None
    """Share of the smaller text's keys that the other has, of a pair that is known to be in one language."""
    fewer: int = 0
    """Mentions of the shared rare names in the longer text; if both are pages or as long, in the one that mentions them less."""


class Facts(NamedTuple):
    """What is known of all documents beside their names, by number."""

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
    telling: Array


def rare_of(documents: int) -> float:
    """In how many of so many documents a rare term stands at most."""
    return max(RARE_LEAST, RARE * documents)


class Measuring:
    """Measures pairs of documents by their names."""

    def __init__(self, index: NameIndex, facts: Facts, strictness: float, shares: Shares) -> None:
        self.index, self.facts, self.strictness, self._shares = index, facts, strictness, shares
        self.small = index.documents < SMALL
        self.rare = rare_of(index.documents)
        self.caseless = caseless_of(facts.script, facts.scripts)
        self.norms, self.totals = index.apart(facts.words, self.caseless)
        """As they count in pairs of which one script has capitals and the other has none."""
        self._spellings = lru_cache(SPELLINGS_HELD)(index.spellings)

    def likely(
        self, one: Array, other: Array, least: float, names: Mapping[int, str], copied: Collection[tuple[int, int]] = ()
    ) -> tuple[list[Likely], list[tuple[int, int]], Met]:
        """The pairs whose words have to be looked at, of those of `one` and `other` in whose names the cosine is `least` or more.

        Beside them the pairs in one language whose names say that they tell different stories, and what `shown` asks for. `names`
        are ids by number; pairs that are `copied` tell no story besides.
        """
        facts, count = self.facts, len(one)
        met = self._met(one, other, least)
        known = (facts.language[one] > 0) & (facts.language[other] > 0)
        alone = known & (facts.language[one] == facts.language[other])
        # Texts of unknown language in two scripts are in two languages.
        known |= facts.script[one] != facts.script[other]
        words = facts.words[one], facts.words[other]
        longer = np.maximum(*words)
        mentions, fewer = _mentions(met, *words)
        passing = (mentions < HEROES) | (fewer < PASSING)
        hopeless = (longer >= PAGE) & passing & (alone | (met.coverage < WHOLE))
        if not self.small:
            hopeless |= alone & (met.cosine < min(NAMES_COSINE, RELATED_COSINE) * self.strictness)
        rare = np.bincount(met.pair[met.rare], minlength=count)
        good = (met.cosine >= least) & (rare > 0)
        apart = np.flatnonzero(good & known & hopeless & alone)
        wanted = np.flatnonzero(good & ~(known & hopeless))
        share = self._copied(one, other, wanted[alone[wanted]], names)
        if not self.small:
            likeness = met.cosine - COPIED_NAMES * np.minimum(share, COPIED_MOST)
            explained = alone & (likeness < RELATED_COSINE * self.strictness)  # by what is copied
            apart, wanted = np.append(apart, wanted[explained[wanted]]), wanted[~explained[wanted]]
        columns = (
            one,
            other,
            met.cosine,
            met.coverage,
            mentions,
            longer,
            rare,
            known,
            alone,
            met.telling,
            share,
            fewer,
        )
        found = self._described(met, wanted, [column[wanted] for column in columns], names, copied)
        return found, list(zip(one[apart].tolist(), other[apart].tolist(), strict=True)), met

    def _copied(self, one: Array, other: Array, asked: Array, names: Mapping[int, str]) -> Array:
        """Share of the smaller text's keys that the other has, of the pairs number `asked`."""
        share: Array = np.zeros(len(one))
        pairs = zip(one[asked].tolist(), other[asked].tolist(), strict=True)
        share[asked] = self._shares([(names[a], names[b]) for a, b in pairs])
        return share

    def _described(
        self,
        met: Met,
        wanted: Array,
        columns: Sequence[Array],
        names: Mapping[int, str],
        copied: Collection[tuple[int, int]],
    ) -> list[Likely]:
        """The pairs number `wanted` of `met` with what is known of them, of which `columns` are a part."""
        one, other, *_, alone, _, _, _ = columns
        script, rich = self.facts.script, self.index.rich
        borders = np.searchsorted(met.pair, np.stack([wanted, wanted + 1])).T.tolist()
        ends = (rich[one], rich[other], script[one], script[other])
        across = [tuple(rows) for rows, same in zip(borders, alone.tolist(), strict=True) if not same]
        written = iter(self.shown(met, across))
        shared = iter(self._all_names(met, across))
        found = []
        for measured, (*often, first, second), rows in zip(
            zip(*(column.tolist() for column in columns), strict=True),
            zip(*(column.tolist() for column in ends), strict=True),
            borders,
            strict=True,
        ):
            a, b, cosine, coverage, named, words, tokens, told, same, telling, share, fewer = measured
            (keys, shown), every = (((), ()), ()) if same else (next(written), next(shared))
            found.append(
                Likely(
                    (a, b),
                    names[a],
                    names[b],
                    cosine,
                    coverage,
                    named,
                    words,
                    same if told else None,
                    (self.facts.scripts[first], self.facts.scripts[second]),
                    telling,
                    tokens,
                    keys,
                    shown,
                    every if telling else (),
                    (often[0], often[1]),
                    (a, b) in copied,
                    tuple(rows),
                    share if same else None,
                    fewer,
                )
            )
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
        alike = self.caseless[one] == self.caseless[other]
        norms = (np.where(alike, index.norms[own], self.norms[own]) for own in (one, other))
        cosine = dot / np.maximum(next(norms) * next(norms), 1e-9)
        totals = (np.where(alike, index.totals[own], self.totals[own]) for own in (one, other))
        poorer = np.minimum(next(totals), next(totals))
        coverage = np.bincount(pair, weight, count) / np.where(poorer > 0, poorer, 1.0)
        telling = (coverage >= ACROSS_COVERAGE) | (cosine >= ACROSS_NAMES)
        rare = seen <= self.rare
        asked = np.flatnonzero(~rare & (telling & ~same_script & (cosine >= least))[pair])
        words = held.words_at(left[asked]), held.words_at(right[asked])
        rare[asked] = [self._is_rare(*row) for row in zip(held.keys[left[asked]].tolist(), *words, strict=True)]
        return Met(held, pair, left, right, seen, rare, cosine, coverage, telling)

    def sizes_of(self, one: int, other: int) -> tuple[float, float]:
        """What the names of a pair are measured by: the product of the lengths of both vectors, and the lesser sum of weights."""
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
    """Of each pair, whose texts have so many words, `Likely.mentions` and `Likely.fewer`."""
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
