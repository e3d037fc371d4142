"""Pairs of documents whose names are alike: measured many at a time by arrays, before any text or profile is read.

What is left are the pairs whose words have to be looked at; it is handed to whoever does that (`cleaner.overlap.stories`).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import Any

from cleaner.overlap.candidates import NameIndex
from cleaner.overlap.chinese import fits
from cleaner.overlap.foreign_names import reading
from cleaner.overlap.survey import Survey, in_parts
from cleaner.overlap.transliterate import latin
from cleaner.overlap.verdicts import (
    ACROSS_COVERAGE,
    ACROSS_NAMES,
    HEROES,
    NAMES_COSINE,
    PAGE,
    RELATED_COSINE,
    SMALL,
    WHOLE,
)

__all__ = ["Likely", "Measuring"]

NAME_ALIKE = 0.8
"""Similarity of spelling (Ratcliff and Obershelp 1988) from which two names of one sound are one name where it is counted how many
documents have it."""
RARE, RARE_LEAST = 0.02, 20
"""A term is rare that stands in at most this share of the documents, or in so few of them."""
AT_ONCE = 1 << 8
"""Pairs that are measured at a time."""

Array = Any


@dataclass(frozen=True, slots=True)
class Likely:
    """Two documents, and what their names say."""

    numbers: tuple[int, int]
    a: str
    b: str
    names: float
    """Cosine of the names."""
    coverage: float
    mentions: int
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
    """Their keys, rarest first; of a pair in one language they are not needed."""
    shown: tuple[str, ...]
    """The same, as they are written."""
    shared: tuple[str, ...]
    """All shared names, as `a` writes them; where the pair is in two languages or may be."""
    rich: tuple[int, int]
    """How many rare names each of them has."""
    copied: bool
    """Whether one is a copy of the other, so that it tells no story besides: then nothing need be shown."""


@dataclass(frozen=True, slots=True)
class _Met:
    """Names that both documents of some pairs have: rows of the index, sorted by pair, then key; then columns of the pairs."""

    pair: Array
    left: Array
    right: Array
    rare: Array
    cosine: Array
    coverage: Array
    telling: Array


class Measuring:
    """Measures pairs of documents by their names."""

    def __init__(self, index: NameIndex, survey: Survey, languages: Mapping[str, str], strictness: float) -> None:
        import numpy as np

        self.index, self.survey, self.strictness = index, survey, strictness
        self.small = len(survey.documents) < SMALL
        self.rare = max(RARE_LEAST, RARE * len(survey.documents))
        codes: dict[str, int] = {"und": 0}
        self.language: Array = np.array(
            [codes.setdefault(languages.get(name, "und"), len(codes)) for name in survey.documents], np.int32
        )
        rare = (index.seen <= self.rare)[index.key()]
        self.rich: Array = np.bincount(index.owners()[rare], minlength=len(survey.documents)).astype(np.int32)

    @cached_property
    def spellings(self) -> Mapping[int, Mapping[str, int]]:
        """How the names are written whose sound is not rare, and by how many documents."""
        import numpy as np

        index = self.index
        counts = np.bincount(index.spelt, minlength=len(index.words))
        found: dict[int, dict[str, int]] = {}
        words = np.flatnonzero(index.sound >= 0)
        for word in words[index.seen[index.sound[words]] > self.rare].tolist():
            found.setdefault(int(index.sound[word]), {})[index.words[word]] = int(counts[word])
        return found

    def likely(
        self, one: Array, other: Array, least: float, copied: Container[tuple[str, str]] = ()
    ) -> tuple[list[Likely], Array]:
        """The pairs whose words have to be looked at, of those of `one` and `other` in whose names the cosine is `least` or more.

        Beside them the pairs of numbers in one language (a row each) whose names say that they tell different stories.
        """
        import numpy as np

        survey, count = self.survey, len(one)
        met = self._met(one, other, least)
        mentions = np.bincount(
            met.pair[met.rare],
            np.maximum(self.index.count[met.left], self.index.count[met.right])[met.rare],
            count,
        ).astype(int)
        known = (self.language[one] > 0) & (self.language[other] > 0)
        alone = known & (self.language[one] == self.language[other])
        known |= (
            survey.script[one] != survey.script[other]
        )  # texts of unknown language in two scripts are in two languages
        longer = np.maximum(survey.words[one], survey.words[other])
        hopeless = (longer >= PAGE) & (mentions < HEROES) & (alone | (met.coverage < WHOLE))
        if not self.small:
            hopeless |= alone & (met.cosine < min(NAMES_COSINE, RELATED_COSINE) * self.strictness)
        rare = np.bincount(met.pair[met.rare], minlength=count)
        good = (met.cosine >= least) & (rare > 0)
        apart = np.flatnonzero(good & known & hopeless & alone)
        wanted = np.flatnonzero(good & ~(known & hopeless))
        borders = np.searchsorted(met.pair, np.stack([wanted, wanted + 1])).T.tolist()
        names, scripts = survey.documents, survey.scripts
        columns = (one, other, met.cosine, met.coverage, mentions, longer, rare, known, alone, met.telling)
        ends = (self.rich[one], self.rich[other], survey.script[one], survey.script[other])
        found = []
        for (a, b, cosine, coverage, named, words, tokens, told, same, telling), (
            rich,
            richer,
            script,
            second,
        ), rows in zip(
            zip(*(own[wanted].tolist() for own in columns), strict=True),
            zip(*(own[wanted].tolist() for own in ends), strict=True),
            borders,
            strict=True,
        ):
            shown = shared = keys = tuple[str, ...]()
            if not same:
                keys, shown, shared = self._written_in(met, slice(*rows), telling)
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
                    (scripts[script], scripts[second]),
                    telling,
                    tokens,
                    keys,
                    shown,
                    shared,
                    (rich, richer),
                    (names[a], names[b]) in copied,
                )
            )
        return found, np.stack([one[apart], other[apart]], axis=1)

    def shown(self, pairs: Sequence[tuple[int, int]], least: float) -> Iterator[tuple[str, ...]]:
        """The rare names that both documents of each pair have, as they are written, rarest first."""
        import numpy as np

        for part in in_parts(pairs, AT_ONCE):
            one, other = np.array(part, np.int64).T
            met = self._met(one, other, least)
            borders = np.searchsorted(met.pair, np.arange(len(part) + 1)).tolist()
            for start, end in pairwise(borders):
                yield self._written_in(met, slice(start, end), False)[1]

    def _met(self, one: Array, other: Array, least: float) -> _Met:
        import numpy as np

        survey = self.survey
        pair, left, right = self._shared(one, other)
        same_script = survey.script[one] == survey.script[other]
        pair, left, right = self._one_name(pair, left, right, same_script)
        if (survey.chinese[one] | survey.chinese[other]).any():
            pair, left, right = self._in_chinese(pair, left, right, one, other)
        key, count = self.index.key(left), len(one)
        weight = self.index.weights[key]
        times = self.index.times(left) * self.index.times(right)
        dot = np.bincount(pair, times * weight**2, count)
        cosine = dot / np.maximum(self.index.norms[one] * self.index.norms[other], 1e-9)
        poorer = np.minimum(self.index.totals[one], self.index.totals[other])
        coverage = np.bincount(pair, weight, count) / np.where(poorer > 0, poorer, 1.0)
        telling = (coverage >= ACROSS_COVERAGE) | (cosine >= ACROSS_NAMES)
        rare = self.index.seen[key] <= self.rare
        asked = np.flatnonzero(~rare & (telling & ~same_script & (cosine >= least))[pair])
        rare[asked] = [self._is_rare(*row) for row in zip(*self._written(left[asked], right[asked]), strict=True)]
        return _Met(pair, left, right, rare, cosine, coverage, telling)

    def _written_in(
        self, met: _Met, rows: slice, telling: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Keys of the rare names of some rows, rarest first; the same as they are written; and, if `telling`, all names."""
        import numpy as np

        left, right = met.left[rows], met.right[rows]
        key = self.index.key(left)
        places = np.flatnonzero(met.rare[rows])
        places = places[np.lexsort((key[places], self.index.seen[key[places]]))]
        numbers, mine, theirs = self._written(left[places], right[places])
        words = self.index.words
        return (
            tuple([self.index.keys[number] for number in numbers]),
            tuple([_shown(a, b) for a, b in zip(mine, theirs, strict=True)]),
            tuple([words[number] for number in self.index.spelt[left].tolist()]) if telling else (),
        )

    def _shared(self, one: Array, other: Array) -> tuple[Array, Array, Array]:
        """Rows of the index with one key in both documents of a pair: the pair's place, and the two rows; by pair, then key."""
        import numpy as np

        sides = []
        for numbers in (one, other):
            first, sizes = self.index.borders[numbers], np.diff(self.index.borders)[numbers]
            rows = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes - first, sizes)
            pair = np.repeat(np.arange(len(numbers)), sizes)
            sides.append((pair * (len(self.index.keys) + 1) + self.index.key(rows), rows, pair))
        (mine, left, pair), (theirs, right, _) = sides
        places: Array = np.searchsorted(theirs, mine)
        places[places == len(theirs)] = 0
        both = np.flatnonzero(theirs[places] == mine) if len(theirs) else places[:0]
        return pair[both], left[both], right[places[both]]

    def _one_name(self, pair: Array, left: Array, right: Array, same_script: Array) -> tuple[Array, Array, Array]:
        """Those rows whose names are one name: in one script they must be written alike."""
        import numpy as np

        index = self.index
        asked = np.flatnonzero(same_script[pair] & (index.spelt[left] != index.spelt[right]))
        keep = np.ones(len(pair), bool)
        words = self.index.words
        spelt = index.spelt[left[asked]].astype(np.int64) * len(words) + index.spelt[right[asked]]
        codes, place = np.unique(spelt, return_inverse=True)
        mine, theirs = ([words[number] for number in own.tolist()] for own in divmod(codes, max(1, len(words))))
        keep[asked] = np.array(_same_words(mine, theirs), bool)[place]
        return pair[keep], left[keep], right[keep]

    def _in_chinese(
        self, pair: Array, left: Array, right: Array, one: Array, other: Array
    ) -> tuple[Array, Array, Array]:
        """Those rows that hold where one document or both are in Chinese.

        A name in Han must fit the other letter by letter. It may stand for several: of those that a document writes alike, the
        rarest is left.
        """
        import numpy as np

        index, chinese = self.index, self.survey.chinese
        mine, theirs = chinese[one][pair], chinese[other][pair]
        keep: Array = np.ones(len(pair), bool)
        asked = np.flatnonzero(mine != theirs)
        words = zip(*self._written(left[asked], right[asked])[1:], mine[asked].tolist(), strict=True)
        keep[asked] = [a == b or (fits(a, b) if first else fits(b, a)) for a, b, first in words]
        for rows, han in ((left, mine), (right, theirs)):
            places = np.flatnonzero(keep & han)
            key = index.key(rows[places])
            places = places[np.lexsort((key, index.seen[key]))]
            seen = set()
            for place, number, spelt in zip(
                *(own.tolist() for own in (places, pair[places], index.spelt[rows[places]])), strict=True
            ):
                name = number, index.words[spelt]
                keep[place] = name not in seen
                seen.add(name)
        return pair[keep], left[keep], right[keep]

    def _written(self, left: Array, right: Array) -> tuple[list[int], list[str], list[str]]:
        """The key of each pair of rows, and how both documents write it."""
        words, spelt = self.index.words, self.index.spelt
        mine, theirs = ([words[number] for number in spelt[rows].tolist()] for rows in (left, right))
        return self.index.key(left).tolist(), mine, theirs

    def _is_rare(self, key: int, *words: str) -> bool:
        """Whether few documents write the name of this sound like `words`: sound alone joins Hara and Harry."""
        held = self.spellings.get(key, {})
        return sum(times for word, times in held.items() if any(_alike(word, own) for own in words)) <= self.rare

    def all(
        self,
        pairs: Iterable[tuple[Array, Array]],
        least: float,
        apart: list[Array],
        copied: Container[tuple[str, str]] = (),
    ) -> Iterator[Likely]:
        """`likely` of all `pairs`, a bounded number at a time; pairs that are no story in one language are added to `apart`."""
        for one, other in pairs:
            for start in range(0, len(one), AT_ONCE):
                found, none = self.likely(one[start : start + AT_ONCE], other[start : start + AT_ONCE], least, copied)
                apart.append(none)
                yield from found


def _shown(mine: str, theirs: str) -> str:
    return mine if mine.lower() == theirs.lower() else f"{mine} = {theirs}"


@lru_cache(maxsize=1 << 13)
def _alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, latin(one), latin(other), autojunk=False).ratio() >= NAME_ALIKE


def _same_words(mine: Sequence[str], theirs: Sequence[str]) -> list[bool]:
    """Of each two words of one script whether they are one name but for its ending: sound alone joins Kurtz and Curtis."""
    words = list(dict.fromkeys(chain(mine, theirs)))
    if not words:
        return []
    letters = dict(zip(words, latin("\n".join(words)).lower().split("\n"), strict=True))
    found = []
    for one, other in zip(mine, theirs, strict=True):
        left, right = letters[one], letters[other]
        if not left or not right:
            found.append(reading(one) == reading(other))
            continue
        short = min(len(left), len(right))
        begun = max(3, short - 2)
        alike = short >= 3 and abs(len(left) - len(right)) <= 3 and left[:begun] == right[:begun]
        found.append(alike or left == right)
    return found
