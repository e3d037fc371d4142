"""Pairs of documents compared by more than their names: words, sounds, what is copied; as tasks, done anywhere, in any order.

A task reads the profiles and texts of its pairs; what it needs of all other documents is how common words are.
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

from cleaner.arrays import Array, among, places_in
from cleaner.overlap.copies.near import shares_of
from cleaner.overlap.documents.keys import Keys
from cleaner.overlap.documents.profiles import Frequencies, Profile
from cleaner.overlap.index.name_index import PRIOR, PRIOR_SEEN, NameIndex
from cleaner.overlap.stories.cognates import Sounds, cognates, shared_particles
from cleaner.overlap.stories.kept import Kept
from cleaner.overlap.stories.likely import Facts, Likely, Measuring, Met
from cleaner.overlap.stories.long_words import long_words_of
from cleaner.overlap.stories.nearly import SecondLook
from cleaner.overlap.stories.verdicts import (
    ACROSS_MANY,
    DILUTED_COSINE,
    FEWEST,
    MANY,
    SMALL,
    Judged,
    Scored,
    Verdict,
    at_most,
    is_hopeless,
    verdict_on,
)
from cleaner.overlap.tables import from_files, in_files
from cleaner.overlap.words.terms import CASELESS_SCRIPTS, Particles, particles_of
from cleaner.overlap.words.tokens import in_batches, plain, tokens_of
from cleaner.overlap.words.tongues import one_tongue, tongue_of

WRITTEN_BY_MANY = frozenset({"latin", "cyrillic"})
"""Scripts of many languages; others serve few, and words are not always told apart there."""
RARE_SOUNDS = 3
"""Factor on what is rare for words that sound alike in two languages: hardly any word does both by chance."""
SHOWN = 60_000
"""Code points of a text in which rare words are looked up to be shown."""
HELD = 256
"""Documents of which profiles, words and sounds are kept while a task is done: as many as a task has pairs."""
SOUNDS_HELD = 128
"""Texts of which the long words are kept: 5 MB."""
TONGUES_HELD = 1 << 12
"""The same for what tells their languages, which is small: 1 KB a document."""
EVIDENCE = 24
"""Names and words that are shown of a pair."""
RARE_SHOWN = 8
"""Rare words that are shown of a pair."""

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
    """Pairs of which one is a copy of the other: they tell no story besides."""


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
    """Compares pairs of documents; what is needed of a document more than once is made once."""

    def __init__(
        self, common: Common, profiles: Mapping[str, Profile], keys_of: Callable[[str], Keys], text_of: TextOf
    ) -> None:
        self.common = common = common.opened()
        profile = lru_cache(HELD)(profiles.__getitem__)
        self.shares = partial(shares_of, keys_of=lru_cache(HELD)(keys_of))
        self.measuring = Measuring(common.index, common.facts, common.strictness, self.shares)
        self.second = SecondLook(self.measuring)
        self.text_of, self.small, self.rare = text_of, self.measuring.small, self.measuring.rare
        # What is kept must not lead back here: with the task done it is to be let go at once, not when cycles are looked for.
        self.frequencies = frequencies = Frequencies(common.documents, common.stems)
        rare = self.rare
        self.tongue = lru_cache(TONGUES_HELD)(lambda name: tongue_of(text_of(name)))
        self.sounds: Sounds = Kept(
            lambda asked: long_words_of([(text_of(name), latin) for name, latin in asked]), SOUNDS_HELD
        )
        self.particles = Kept[str, Particles](lambda names: particles_of(map(text_of, names)), HELD)
        self.words = words = lru_cache(HELD)(lambda name: _weighed(profile(name).stems, frequencies))
        self.rare_words = lru_cache(HELD)(lambda name: int((frequencies.stem_counts(words(name)[0]) <= rare).sum()))
        """How many rare words a document has."""

    def done(self, task: StoryTask) -> Told:
        """The pairs of `task` that are a story or related, with verdicts; by number, pairs of one language that are neither."""
        pairs, apart, met = self.measuring.likely(
            np.array(task.one, np.int64),
            np.array(task.other, np.int64),
            DILUTED_COSINE * self.common.strictness,
            task.names,
            task.copied,
        )
        alone = [at for at, pair in enumerate(pairs) if pair.one_language is None and self._one_language(pair)]
        shares = dict(zip(alone, self.shares([(pairs[at].a, pairs[at].b) for at in alone]), strict=True))
        scored = [self.compare(pair, shares.get(at, pair.share)) for at, pair in enumerate(pairs)]
        self._look_again(pairs, scored)
        asked = [place for place, one in enumerate(scored) if self._sounds_matter(pairs[place], one)]
        found = cognates([pairs[place] for place in asked], self.sounds, self.frequencies, RARE_SOUNDS * self.rare)
        across = (pairs[place] for place in asked if pairs[place].scripts[0] != pairs[place].scripts[1])
        particles = self.particles.of(name for pair in across for name in (pair.a, pair.b))
        for place, words in zip(asked, found, strict=True):
            pair = pairs[place]
            more = () if pair.scripts[0] == pair.scripts[1] else shared_particles(pair, particles)
            shown = (*pair.shown, *words, *more)
            scored[place] = scored[place]._replace(shown=shown, tokens=len(shown))
        verdicts: list[tuple[Likely, Scored, Verdict]] = []
        for pair, one in zip(pairs, scored, strict=True):
            kind = verdict_on(one, self.small, self.common.strictness)
            if kind != "none":
                verdicts.append((pair, one, kind))
            elif one.one_language:
                apart.append(pair.numbers)
        return self._with_evidence(verdicts, met), apart

    def compare(self, pair: Likely, copied: float | None) -> Scored:
        """The two documents compared, but for words that sound alike; what can't change the verdict is not looked at.

        `copied` is the share of the smaller text's keys that the other has; None where they are in two languages.
        """
        one_language, strictness = copied is not None, self.common.strictness
        scored = Scored(
            pair.a,
            pair.b,
            tokens=pair.rare,
            shared_names=pair.rare,
            names=pair.names,
            coverage=pair.coverage,
            one_language=one_language,
            shown=pair.shown,
            mentions=pair.mentions,
            fewer=pair.fewer,
            caseless=not CASELESS_SCRIPTS.isdisjoint(pair.scripts) or pair.scripts == ("han", "han"),
            longer=pair.longer,
            copied=copied or 0.0,
        )
        if not one_language or self.small or is_hopeless(scored, self.small, strictness):
            return scored
        best = at_most(scored, strictness)
        if best == "none" or (best == "related" and pair.rare >= FEWEST and not self.common.words):
            return scored
        words, rare, stems = self._shared_words(pair.a, pair.b)
        poorer = min(rich + self.rare_words(name) for rich, name in zip(pair.rich, (pair.a, pair.b), strict=True))
        return scored._replace(tokens=pair.rare + rare, words=words, poorer=poorer, stems=stems)

    def _look_again(self, pairs: list[Likely], scored: list[Scored]) -> None:
        """Adds names that are nearly the same to what is known of pairs in two languages that share some names and not enough."""
        asked = [
            at
            for at, (pair, one) in enumerate(zip(pairs, scored, strict=True))
            if not (one.one_language or self.small or pair.copied)
            and FEWEST <= pair.rare < MANY
            and verdict_on(one, self.small, self.common.strictness) != "story"
        ]
        for at, pair in zip(asked, self.second.of([pairs[at] for at in asked]) if asked else (), strict=True):
            pairs[at], scored[at] = pair, self.compare(pair, None)

    def _sounds_matter(self, pair: Likely, scored: Scored) -> bool:
        """Whether words that sound alike in both texts may change the verdict, or are to be shown."""
        if scored.one_language or not pair.telling or (pair.rare >= ACROSS_MANY and not self.small):
            return False
        most = scored._replace(tokens=pair.rare + ACROSS_MANY)
        return verdict_on(most, self.small, self.common.strictness) != "none"

    def _with_evidence(self, found: Sequence[tuple[Likely, Scored, Verdict]], met: Met) -> list[Judged]:
        """The same with the names and the rare words that pairs share; of copies none are shown."""
        unnamed = [place for place, (pair, one, _) in enumerate(found) if not pair.copied and not one.shown]
        rows = [found[place][0].rows for place in unnamed]
        names = dict(zip(unnamed, (shown for _, shown in self.measuring.shown(met, rows, EVIDENCE)), strict=True))
        words: dict[str, dict[int, str]] = {}
        read = [
            self._shorter(pair) if not pair.copied and (kind == "story" or self.common.words) else None
            for pair, _, kind in found
        ]
        for name, (_, one, _) in zip(read, found, strict=True):
            if name is not None and one.stems:
                words.setdefault(name, {}).update(dict.fromkeys(one.stems, ""))
        _look_up(words, self.text_of)
        told: list[Judged] = []
        for place, (name, (_, one, kind)) in enumerate(zip(read, found, strict=True)):
            held = words.get(name, {}) if name is not None else {}
            rare = tuple([held[stem] for stem in one.stems if held.get(stem)])
            shown = names.get(place, one.shown)[:EVIDENCE]
            told.append((one._replace(stems=(), rare_words=rare, shown=shown), kind))
        return told

    def _shorter(self, pair: Likely) -> str:
        """The document of fewer words, whichever comes first."""
        words = self.common.facts.words
        return pair.a if words[pair.numbers[0]] <= words[pair.numbers[1]] else pair.b

    def _one_language(self, pair: Likely) -> bool:
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
        places = places_in(others, stems)
        both = np.flatnonzero(others[places] == stems)
        cosine = float(weights[both].sum()) / (size * other_size)
        if self.frequencies.documents < SMALL:
            return cosine, 0, ()
        shared = stems[both]
        seen = self.frequencies.stem_counts(shared)
        rare = np.flatnonzero(seen <= self.rare)
        shown = rare[np.lexsort((shared[rare], seen[rare]))][:RARE_SHOWN]
        return cosine, len(rare), tuple(shared[shown].tolist())


def _weighed(stems: Array, frequencies: Frequencies) -> tuple[Array, Array, float]:
    """Stems of a document, squares of their weights, and the length of this vector."""
    seen = frequencies.stem_counts(stems)
    weights = np.log((frequencies.documents + PRIOR) / (seen + float(PRIOR_SEEN))) ** 2
    return stems, weights, math.sqrt(float(weights.sum()))


def _look_up(asked: Mapping[str, dict[int, str]], text_of: TextOf) -> None:
    """Fills in, of each document, the last word in small letters that has each of the stems it is asked for."""
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
