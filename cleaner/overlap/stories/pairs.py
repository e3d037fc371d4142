"""Pairs of documents compared by more than their names: words, sounds, what is copied; as tasks, done anywhere, in any order.

A task reads the profiles and texts of its pairs; of all other documents it needs only how common words are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, among, found_in
from cleaner.markup import without_markup
from cleaner.overlap.copies.near import shares_of
from cleaner.overlap.documents.keys import Keys
from cleaner.overlap.documents.profiles import Frequencies, Profile
from cleaner.overlap.index.name_index import PRIOR, PRIOR_SEEN, NameIndex
from cleaner.overlap.stories.cognates import cognates
from cleaner.overlap.stories.measuring import RARE_LEAST, Facts, Measuring, Met
from cleaner.overlap.stories.near_names import with_near_names
from cleaner.overlap.stories.particles import particles_of, shared_particles
from cleaner.overlap.stories.verdicts import (
    DILUTED_COSINE,
    ENOUGH,
    EVIDENCE,
    FEWEST,
    MANY,
    Holds,
    Judged,
    Pair,
    Verdict,
    tell_apart,
    verdict_on,
)
from cleaner.overlap.tables import from_files, in_files
from cleaner.overlap.words.numbers import numbers_in
from cleaner.overlap.words.prose import is_prose
from cleaner.overlap.words.scripts import CASELESS_SCRIPTS, SILENT_SCRIPTS
from cleaner.overlap.words.tokens import in_batches, plain, tokens_of
from cleaner.overlap.words.tongues import one_tongue, ordinary_stems, tongue_of

WRITTEN_BY_MANY = frozenset({"latin", "cyrillic"})
"""Scripts of many languages; others serve few, and their words are not always separated."""
RARE_SOUNDS = 3
"""Factor on what is rare for words that sound alike in two languages: hardly any word does both by chance."""
SHOWN = 60_000
"""Code points of a text in which rare words are looked up to be shown."""
HELD = 256
"""Documents whose profiles and words are cached during a task: as many as a task has pairs."""
TONGUES_HELD = 1 << 12
"""The same for what tells their languages, which is small: 1 KB a document."""
RARE_SHOWN, RARE_TOLD = 8, 0.5
"""Most rare words that are shown for a pair. They are in at most half as many documents as a rare word may be in: reef and harbour
are shown, said and two are not."""

TextOf = Callable[[str], str]
Told = tuple[list[Judged], list[tuple[int, int]]]


class StoryTask(NamedTuple):
    """Pairs that are compared at once; small, to be sent to a worker."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    """Numbers of documents."""
    names: Mapping[int, str]
    """Their ids."""
    copied: frozenset[tuple[int, int]]
    """Pairs of which one is a copy of the other: they are not stories as well."""


@dataclass(frozen=True, slots=True)
class Common:
    """What all tasks of a folder share."""

    stems: Array | Path
    """In how many documents each stem stands (`Frequencies.stems`), or the file that holds this table."""
    index: NameIndex
    facts: Facts
    strictness: float
    words: bool
    """Whether the rare words of pairs are shown that are no story."""

    @property
    def documents(self) -> int:
        """How many there are."""
        return self.index.documents

    def stored(self, folder: Path) -> Common:
        """The same with its tables in files of `folder`, small enough to be sent to workers."""
        stems = in_files(self, ("stems",), folder)
        return replace(self, **stems, index=self.index.stored(folder), facts=self.facts.stored(folder))

    def opened(self) -> Common:
        """What `stored` gave, with its tables open to be read; another is returned as it is."""
        if not isinstance(self.stems, Path):
            return self
        stems = from_files(self, ("stems",))
        return replace(self, **stems, index=self.index.opened(), facts=self.facts.opened())


class PairComparing:
    """Compares pairs of documents; what is needed of a document more than once is cached."""

    def __init__(
        self, common: Common, profiles: Mapping[str, Profile], keys_of: Callable[[str], Keys], text_of: TextOf
    ) -> None:
        self.common = common = common.opened()
        profile = lru_cache(HELD)(profiles.__getitem__)
        shares = partial(shares_of, keys_of=lru_cache(HELD)(keys_of))
        self.measuring = Measuring(common.index, common.facts, common.strictness, shares)
        self.text_of: TextOf = lambda name: without_markup(text_of(name))
        self.rare = self.measuring.rare
        # The caches must not refer back to `self`: then they are freed with the task, not when cycles are collected.
        self.frequencies = frequencies = Frequencies(common.documents, common.stems)
        rare = self.rare
        self.tongue = lru_cache(TONGUES_HELD)(lambda name: tongue_of(without_markup(text_of(name))))
        self.is_prose = lru_cache(TONGUES_HELD)(lambda name: is_prose(without_markup(text_of(name))))
        self.numbers = lru_cache(TONGUES_HELD)(lambda name: numbers_in(without_markup(text_of(name))))
        self.words = words = lru_cache(HELD)(lambda name: _weighed(profile(name).stems, frequencies))
        self.rare_words = lru_cache(HELD)(lambda name: int((frequencies.stem_counts(words(name)[0]) <= rare).sum()))
        """How many rare words a document has."""

    def done(self, task: StoryTask) -> Told:
        """The pairs of `task` that are a story or related, with verdicts; and those in one language that are neither, by number."""
        pairs, apart, met = self.measuring.likely(
            np.array(task.one, np.int64),
            np.array(task.other, np.int64),
            DILUTED_COSINE * self.common.strictness,
            task.names,
            task.copied,
        )
        pairs = [self._with_words(pair) for pair in self._with_languages(pairs)]
        pairs = self._with_sounds(self._with_near_names(pairs))
        verdicts = [(pair, self._last_verdict_on(pair)) for pair in pairs]
        apart += [(pair.one, pair.other) for pair, kind in verdicts if kind == "none" and pair.one_language]
        return self._judged([(pair, kind) for pair, kind in verdicts if kind != "none"], met), apart

    def _verdict_on(self, pair: Pair) -> Verdict:
        return verdict_on(pair, self.common.strictness)

    def _last_verdict_on(self, pair: Pair) -> Verdict:
        verdict = self._verdict_on(pair)
        if verdict != "story" or pair.is_copy:
            return verdict
        prose = self.is_prose(pair.a) and self.is_prose(pair.b)
        return verdict if prose and not tell_apart(self.numbers(pair.a), self.numbers(pair.b)) else "denied"

    def _with_languages(self, pairs: list[Pair]) -> list[Pair]:
        """`pairs` with whether each is in one language: where that is unknown, the texts tell."""
        alone = [at for at, pair in enumerate(pairs) if not pair.known and self._one_language(pair)]
        copied = self.measuring.copied([(pairs[at].a, pairs[at].b) for at in alone]).tolist()
        for at, share in zip(alone, copied, strict=True):
            pairs[at] = pairs[at]._replace(one_language=True, copied=share)
        return pairs

    def _with_words(self, pair: Pair) -> Pair:
        """`pair` with what its words say, if it is in one language and that can change the verdict."""
        if not pair.one_language:
            return pair
        best = self._verdict_on(pair._replace(more=MANY, words=1.0))
        if best == "none" or (best == "related" and pair.rare >= FEWEST and not self.common.words):
            return pair
        words, rare, stems = self._shared_words(pair.a, pair.b)
        poorer = min(rich + self.rare_words(name) for rich, name in zip(pair.rich, (pair.a, pair.b), strict=True))
        return pair._replace(more=rare, words=words, poorer=poorer, stems=stems)

    def _with_near_names(self, pairs: list[Pair]) -> list[Pair]:
        """`pairs`, with names that are nearly the same where two languages share some names and not enough."""
        asked = [
            at
            for at, pair in enumerate(pairs)
            if not (pair.one_language or pair.is_copy)
            and _fewest(pair) <= pair.rare < MANY
            and self._verdict_on(pair) != "story"
        ]
        for at, pair in zip(
            asked, with_near_names([pairs[at] for at in asked], self.measuring) if asked else (), strict=True
        ):
            pairs[at] = pair
        return pairs

    def _with_sounds(self, pairs: list[Pair]) -> list[Pair]:
        """`pairs`, with words that sound alike in two languages where that may change the verdict, or is to be shown."""
        places = [at for at, pair in enumerate(pairs) if self._sounds_matter(pair)]
        asked = [pairs[at] for at in places]
        found = cognates(asked, self.text_of, self.frequencies, RARE_SOUNDS * self.rare)
        across = (pair for pair in asked if pair.scripts[0] != pair.scripts[1])
        names = list(dict.fromkeys(name for pair in across for name in (pair.a, pair.b)))
        particles = dict(zip(names, particles_of(map(self.text_of, names)), strict=True))
        for at, pair, words in zip(places, asked, found, strict=True):
            more = [*words, *(shared_particles(pair, particles) if pair.scripts[0] != pair.scripts[1] else ())]
            pairs[at] = pair._replace(shown=(*pair.shown, *more), more=len(more))
        return pairs

    def _sounds_matter(self, pair: Pair) -> bool:
        if pair.one_language or not pair.telling or pair.rare >= ENOUGH:
            return False
        return self._verdict_on(pair._replace(more=ENOUGH)) != "none"

    def _judged(self, found: Sequence[tuple[Pair, Holds]], met: Met) -> list[Judged]:
        """Verdicts with the names and the rare words that the pairs share; of copies none are shown."""
        unnamed = [pair.rows for pair, _ in found if not pair.is_copy and not pair.shown]
        named = (shown for _, shown in self.measuring.shown(met, unnamed, EVIDENCE))
        words: dict[str, dict[int, str]] = {}
        read = []
        for pair, kind in found:
            own: dict[int, str] = {}
            caseless = not CASELESS_SCRIPTS.isdisjoint(pair.scripts)  # there the words are shown as names
            if pair.stems and not (pair.is_copy or caseless) and (kind == "story" or self.common.words):
                own = words.setdefault(self._shorter(pair), {})
                own |= dict.fromkeys(pair.stems, "")
            read.append(own)
        _look_up(words, self.text_of)
        told = []
        for (pair, kind), own in zip(found, read, strict=True):
            shown = pair.shown if pair.shown or pair.is_copy else next(named)
            rare = tuple([own[stem] for stem in pair.stems if own.get(stem)])
            told.append(Judged(pair.one, pair.other, kind, pair.names, pair.one_language, shown[:EVIDENCE], rare))
        return told

    def _shorter(self, pair: Pair) -> str:
        """The document of fewer words, whichever comes first."""
        words = self.common.facts.words
        return pair.a if words[pair.one] <= words[pair.other] else pair.b

    def _one_language(self, pair: Pair) -> bool:
        """Whether both documents are in one script, and may be in one language."""
        script = pair.scripts[0]
        if script != pair.scripts[1]:
            return False
        return script not in WRITTEN_BY_MANY or one_tongue(self.tongue(pair.a), self.tongue(pair.b))

    def _shared_words(self, first: str, second: str) -> tuple[float, int, tuple[int, ...]]:
        """Cosine of the words, how many rare ones both have, and the rarest of them."""
        (stems, weights, size), (others, _, other_size) = self.words(first), self.words(second)
        if not len(stems) or not len(others):
            return 0.0, 0, ()
        both = np.flatnonzero(found_in(others, stems)[1])
        cosine = float(weights[both].sum()) / (size * other_size)
        shared = stems[both]
        seen = self.frequencies.stem_counts(shared)
        rare = np.flatnonzero(seen <= self.rare)
        known = self.rare >= RARE_LEAST  # in a smaller folder any word would pass for rare
        telling = rare[seen[rare] <= RARE_TOLD * self.rare] if known else rare[:0]
        shown = telling[np.lexsort((shared[telling], seen[telling]))][:RARE_SHOWN]
        return cosine, len(rare), tuple(shared[shown].tolist())


def _fewest(pair: Pair) -> int:
    """How many names a pair must share for a search of nearly equal ones; fewer in two scripts, which have more of
    them.

    Of 818 tellings of our own in two scripts 26 more are found from two names on, none wrongly; in scripts of India one
    wrongly.
    """
    apart = pair.scripts[0] != pair.scripts[1] and SILENT_SCRIPTS.isdisjoint(pair.scripts)
    return FEWEST - 1 if apart else FEWEST


def _weighed(stems: Array, frequencies: Frequencies) -> tuple[Array, Array, float]:
    """Stems of a document but those of ordinary words, squares of their weights, and the length of this vector."""
    stems = stems[~found_in(ordinary_stems(), stems)[1]]
    seen = frequencies.stem_counts(stems)
    weights = np.log((frequencies.documents + PRIOR) / (seen + float(PRIOR_SEEN))) ** 2
    return stems, weights, math.sqrt(float(weights.sum()))


def _look_up(asked: Mapping[str, dict[int, str]], text_of: TextOf) -> None:
    """Fills in, for each document and each stem asked for, the last word in small letters with that stem."""
    names = iter(asked)
    for batch in in_batches(plain(text_of(name)[:SHOWN]) for name in asked):
        tokens = tokens_of(batch)
        lower = b"\n".join([one.lower for one in batch])
        for (first, after), name in zip(pairwise(tokens.borders), names, strict=False):
            wanted = asked[name]
            places = np.flatnonzero(among(tokens.stems[first:after], np.array(list(wanted), np.uint32))) + first
            places = places[~tokens.upper[places]]
            columns = (own[places].tolist() for own in (tokens.stems, tokens.starts, tokens.ends))
            for stem, start, end in zip(*columns, strict=True):
                wanted[stem] = lower[start:end].decode("utf-8", "replace")
