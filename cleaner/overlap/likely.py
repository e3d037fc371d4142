"""Pairs of documents whose names are alike: measured many at a time by arrays, before any text or profile is read.

What is left are the pairs whose words have to be looked at; it is handed to whoever does that (`cleaner.overlap.stories`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Any

from cleaner.overlap.candidates import NameIndex
from cleaner.overlap.chinese import fits
from cleaner.overlap.foreign_names import reading
from cleaner.overlap.survey import Survey
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
    rare_names: tuple[str, ...]
    """Keys of the shared rare names, rarest first."""
    shown: tuple[str, ...]
    """The same, as they are written."""
    shared: tuple[str, ...]
    """All shared names, as `a` writes them; where the pair is in two languages or may be."""
    rich: tuple[int, int]
    """How many rare names each of them has."""


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

    def likely(self, one: Array, other: Array, least: float) -> tuple[list[Likely], Array]:
        """The pairs whose words have to be looked at, of those of `one` and `other` in whose names the cosine is `least` or more.

        Beside them the pairs of numbers in one language (a row each) whose names say that they tell different stories.
        """
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
        mentions = np.bincount(pair[rare], np.maximum(self.index.count[left], self.index.count[right])[rare], count)
        known = (self.language[one] > 0) & (self.language[other] > 0)
        alone = known & (self.language[one] == self.language[other])
        known |= ~same_script  # texts of unknown language in two scripts are in two languages
        longer = np.maximum(survey.words[one], survey.words[other])
        hopeless = (longer >= PAGE) & (mentions < HEROES) & (alone | (coverage < WHOLE))
        if not self.small:
            hopeless |= alone & (cosine < min(NAMES_COSINE, RELATED_COSINE) * self.strictness)
        good = (cosine >= least) & (np.bincount(pair[rare], minlength=count) > 0)
        apart = np.flatnonzero(good & known & hopeless & alone)
        wanted = np.flatnonzero(good & ~(known & hopeless))
        borders = np.searchsorted(pair, np.stack([wanted, wanted + 1])).T.tolist()
        found = []
        for at, (start, end) in zip(wanted.tolist(), borders, strict=True):
            rows = left[start:end], right[start:end], rare[start:end]
            facts = cosine[at], coverage[at], int(mentions[at]), int(longer[at])
            language = bool(alone[at]) if known[at] else None
            found.append(self._told(int(one[at]), int(other[at]), rows, facts, language, bool(telling[at])))
        return found, np.stack([one[apart], other[apart]], axis=1)

    def _told(
        self,
        one: int,
        other: int,
        rows: tuple[Array, Array, Array],
        facts: tuple[float, float, int, int],
        one_language: bool | None,
        telling: bool,
    ) -> Likely:
        import numpy as np

        left, right, rare = rows
        numbers, mine, theirs = self._written(left, right)
        places = np.flatnonzero(rare)
        places = places[
            np.lexsort((self.index.key(left[places]), self.index.seen[self.index.key(left[places])]))
        ].tolist()
        survey = self.survey
        return Likely(
            (one, other),
            survey.documents[one],
            survey.documents[other],
            float(facts[0]),
            float(facts[1]),
            *facts[2:],
            one_language,
            (survey.scripts[survey.script[one]], survey.scripts[survey.script[other]]),
            telling,
            tuple([self.index.keys[numbers[place]] for place in places]),
            tuple([_shown(mine[place], theirs[place]) for place in places]),
            () if one_language or not telling else tuple(mine),
            (int(self.rich[one]), int(self.rich[other])),
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
        keep[asked] = [_same_word(*row) for row in zip(*self._written(left[asked], right[asked])[1:], strict=True)]
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

    def all(self, pairs: Iterable[tuple[Array, Array]], least: float, apart: list[Array]) -> Iterator[Likely]:
        """`likely` of all `pairs`, a bounded number at a time; pairs that are no story in one language are added to `apart`."""
        for one, other in pairs:
            for start in range(0, len(one), AT_ONCE):
                found, none = self.likely(one[start : start + AT_ONCE], other[start : start + AT_ONCE], least)
                apart.append(none)
                yield from found


def _shown(mine: str, theirs: str) -> str:
    return mine if mine.lower() == theirs.lower() else f"{mine} = {theirs}"


@lru_cache(maxsize=1 << 13)
def _alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, latin(one), latin(other), autojunk=False).ratio() >= NAME_ALIKE


@lru_cache(maxsize=1 << 13)
def _same_word(one: str, other: str) -> bool:
    """Whether two words of one script are one name but for its ending: sound alone joins Kurtz and Curtis."""
    left, right = latin(one).lower(), latin(other).lower()
    if not left or not right:
        return reading(one) == reading(other)
    if left == right:
        return True
    short = min(len(left), len(right))
    return short >= 3 and abs(len(left) - len(right)) <= 3 and left[: max(3, short - 2)] == right[: max(3, short - 2)]
