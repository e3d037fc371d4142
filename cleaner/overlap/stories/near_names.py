"""Names that are nearly the same: a second look at pairs in two languages that share some names, but not enough.

The keys of names (`name_keys.name_keys`) differ for some spellings of one name: Guido and Γκουίντο, Fagin and 페이긴, Murph
and Murphnek. Names without a match in the other text are compared by their consonants, of which the last may be an
ending.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array
from cleaner.overlap.index.name_index import Held, times_of
from cleaner.overlap.stories.measuring import Measuring
from cleaner.overlap.stories.verdicts import Pair
from cleaner.overlap.words.name_keys import bare_sounds
from cleaner.overlap.words.transliterate import spelt_alike

HEARD_AS_ONE = str.maketrans("pfvtgqcrzjhw", "bbbdkkklsskb")
"""Consonants that are heard as one where names pass from one language to another."""
PAIRS = (("ds", "s"), ("nd", "d"), ("mb", "b"))
"""The same of pairs, when that is done: z in Italian, d and b in Greek."""
NO_VOWELS = str.maketrans("", "", "aeiouy")
ALIKE, SHORT = 0.8, 2
"""Similarity of sounds (Ratcliff and Obershelp 1988) from which two names are one; fewest consonants of a name. From
.65 on a pair of 371 tellings is wrong, and more chance texts are stories."""
MOST = 250
"""Most names of a text that is considered: in a long text in a script without capitals any word may be one."""


class Found(NamedTuple):
    """What names that are nearly the same add to what two texts have in common."""

    weight: float = 0.0
    """Sum of their weights."""
    product: float = 0.0
    """What they add to the product of the vectors of names."""
    mentions: int = 0
    shown: tuple[str, ...] = ()


def with_near_names(pairs: Sequence[Pair], measuring: Measuring) -> list[Pair]:
    """`pairs` with what their names say together with those that are nearly the same."""
    index = measuring.index
    few = [pair for pair in pairs if max(index.sizes[pair.one], index.sizes[pair.other]) < MOST]
    numbers = np.unique(np.array([(pair.one, pair.other) for pair in few], np.int64))
    held = index.held(numbers)
    seen = index.seen_of(held.keys)
    rare = np.flatnonzero(seen <= measuring.rare)
    names = _Names(held, rare, index.weights_of(seen[rare]))
    borders: Array = np.searchsorted(rare, held.borders)
    own = {int(number): borders[at : at + 2].tolist() for at, number in enumerate(numbers)}
    more = {(pair.one, pair.other): names.alike(own[pair.one], own[pair.other]) for pair in few}
    return [_with(pair, more.get((pair.one, pair.other), Found()), measuring) for pair in pairs]


def _with(pair: Pair, more: Found, measuring: Measuring) -> Pair:
    if not more.shown:
        return pair
    norm, total = measuring.sizes_of(pair.one, pair.other)
    return pair._replace(
        names=pair.names + more.product / norm,
        coverage=pair.coverage + more.weight / total,
        mentions=pair.mentions + more.mentions,
        rare=pair.rare + len(more.shown),
        shown=(*pair.shown, *more.shown),
    )


class _Names:
    """The rare names of some documents, in columns."""

    def __init__(self, held: Held, rows: Array, weights: Array) -> None:
        self.words = held.words_at(rows)
        sounds = bare_sounds(self.words).translate(HEARD_AS_ONE)
        for pair, one in PAIRS:
            sounds = sounds.replace(pair, one)
        self.sounds = sounds.split("\n")
        self.bones = [sound[:1] + sound[1:].translate(NO_VOWELS) for sound in self.sounds]
        self.keys = held.keys[rows]
        self.weights, self.counts = weights.tolist(), held.counts[rows].tolist()
        self.times = times_of(held.counts[rows]).tolist()

    def alike(self, mine: Sequence[int], theirs: Sequence[int]) -> Found:
        """Those of two documents, whose names these are from where to where: each name once, the rarest first."""
        one, other = self.keys[slice(*mine)], self.keys[slice(*theirs)]
        table: dict[str, list[int]] = {}
        for row in (np.flatnonzero(~np.isin(one, other)) + mine[0]).tolist():
            for bones in _stems(self.bones[row]):
                table.setdefault(bones, []).append(row)
        weight, product, mentions, shown = 0.0, 0.0, 0, list[str]()
        met = []
        for row in (np.flatnonzero(~np.isin(other, one)) + theirs[0]).tolist():
            for own in {own for bones in _stems(self.bones[row]) for own in table.get(bones, ())}:
                if spelt_alike(self.sounds[own], self.sounds[row], ALIKE):
                    least = min(self.weights[own], self.weights[row])
                    met.append((-least, *sorted((self.keys[own], self.keys[row])), own, row))
        used = set[int]()
        for least, _, _, own, row in sorted(met):
            if not used & {own, row}:
                used |= {own, row}
                weight -= least
                product += least**2 * self.times[own] * self.times[row]
                mentions += max(self.counts[own], self.counts[row])
                shown.append(f"{self.words[own]} = {self.words[row]}")
        return Found(weight, product, mentions, tuple(shown))


def _stems(bones: str) -> tuple[str, ...]:
    """The consonants of a name, and the same without those of an ending; none if it is too short to say anything."""
    if len(bones) < SHORT:
        return ()
    return (bones,) if len(bones) < 4 else (bones, bones[:-1]) if len(bones) < 5 else (bones, bones[:-1], bones[:-2])
