"""Pairs of sentences of two tellings that share words, each with its base: how much what they share says.

All pairs of two tellings are weighed at once; only a pair that shares two names, or words far apart, is looked at by itself. The
constants were fitted with those of `cleaner.overlap.events`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from cleaner.overlap.chains import ANCHOR, deviations
from cleaner.overlap.sentence_terms import StoryTerms, distinct

__all__ = ["CONTENT", "Meetings", "Pairs"]

LEAST = 3.0
"""Base below which a pair of sentences is not looked at: none of the first forty of the samples has less than 3.9."""
WINDOW = 14
"""Words within which the shared words must stand in each sentence: far apart in a long sentence they mean less."""
NEAR, FAR, COVERED, SIDE_BY_SIDE = 0.7, 0.1, 10.0, 0.5
"""Factors: on the weight of the words within WINDOW, on that of the others, on the share of both sentences that is
covered, on words that stand side by side in both."""
FEW = 2
BESIDE = 2
"""How many words one stands behind another at the most, to be side by side."""
LENGTH = 5.6
"""Weight added to both sentences before the share is taken: short ones are covered by chance."""
SECOND_NAME = 0.3
"""Share of its weight that a name has behind another one: `David Bowie` is one person."""
CONTENT = 1.3
"""Weight from which a word says what happens."""

Array = Any
Keys = frozenset[int]
Words = Sequence[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of sentences of two tellings, in their order: parallel arrays. Sentences are numbered in their telling."""

    i: Array
    j: Array
    base: Array
    named: Array
    """How many names both have."""
    deviation: Array
    """How far it is from where the order of events says, as a share of the telling."""
    keys: Array
    cuts: Array
    """The keys that pair `n` shares are `keys[cuts[n]:ends[n]]`."""
    ends: Array
    near_keys: dict[int, Keys]
    """Of pairs whose shared words do not all stand near each other, those that do."""

    def shared(self, number: int) -> Keys:
        """The keys of what both sentences have."""
        return frozenset(self.keys[self.cuts[number] : self.ends[number]].tolist())

    def near(self, number: int) -> Keys:
        """Those of them that stand within WINDOW words in both."""
        found = self.near_keys.get(number)
        return self.shared(number) if found is None else found


class Meetings:
    """Where the sentences of a story's tellings meet."""

    def __init__(self, story: StoryTerms) -> None:
        import numpy as np

        self.story = story
        self.width = width = len(story.keys)
        self.row_keys: list[int] = story.key.tolist()
        self.row_places: list[int] = story.place.tolist()
        self.weights: list[float] = story.weights.tolist()
        self.is_name: list[bool] = story.names.tolist()
        follows = np.zeros(len(story.row), bool)
        follows[1:] = (story.row[1:] == story.row[:-1]) & (story.place[1:] == story.place[:-1] + 1)
        runs = np.cumsum(~(follows & story.names[story.key]))
        self.row_runs: list[int] = runs.tolist()
        """Equal for names that follow one another."""
        self.starts = np.searchsorted(story.row, np.arange(len(story.spans) + 1)).tolist()
        """Where the words of each sentence begin."""
        codes = story.row * width + story.key
        order = np.argsort(codes, kind="stable")
        codes = codes[order]
        heads = _heads(codes)
        ends = np.concatenate([heads[1:], [len(codes)]]) - 1
        row, key = story.row[order[heads]], story.key[order[heads]]
        self.terms = _ByTelling(
            story, row, key, width, story.place[order[heads]], story.place[order[ends]], runs[order[heads]]
        )
        self.totals = np.bincount(row, story.weights[key], len(story.spans))
        """Weight of each sentence."""
        one, other = story.key[:-1], story.key[1:]
        beside = (story.row[1:] == story.row[:-1]) & (story.place[1:] - story.place[:-1] <= BESIDE) & (one != other)
        beside = np.flatnonzero(beside & ~(story.names[one] & story.names[other]))
        low, high = np.minimum(one, other)[beside], np.maximum(one, other)[beside]
        both = distinct((story.row[:-1][beside] * width + low) * width + high)
        row, pair = both // (width * width), both % (width * width)
        self.beside = _ByTelling(story, row, pair, width * width)

    def pairs(self, a: str, b: str, skip: tuple[Collection[int], Collection[int]]) -> Pairs:
        """The pairs of sentences of `a` and `b` whose base is LEAST and more; those of `skip` have none."""
        import numpy as np

        (first_a, after_a), (first_b, after_b) = (self.story.tellings[name] for name in (a, b))
        rows, columns = after_a - first_a, after_b - first_b
        one, other = self.terms.meet(a, b)
        i, j, key = self.terms.row[one] - first_a, self.terms.row[other] - first_b, self.terms.code[one]
        if skip[0] or skip[1]:
            told = ~np.isin(i, sorted(skip[0])) & ~np.isin(j, sorted(skip[1]))
            one, other, key, i, j = one[told], other[told], key[told], i[told], j[told]
        order = np.argsort(i * columns + j, kind="stable")
        one, other, key, code = one[order], other[order], key[order], (i * columns + j)[order]
        heads = _heads(code)
        ends = np.concatenate([heads[1:], [len(code)]])
        several = ends - heads > 1
        heads, ends = heads[several], ends[several]
        if not len(heads):
            return _none()
        weight = self.story.weights[key]
        # Every second sum is that of the words between two pairs.
        total = np.add.reduceat(np.append(weight, 0.0), np.stack([heads, ends], 1).ravel())[::2]
        i, j = np.divmod(code[heads], columns)
        size = np.sqrt((self.totals[first_a + i] + LENGTH) * (self.totals[first_b + j] + LENGTH))
        good = np.flatnonzero(total * (NEAR + SIDE_BY_SIDE + COVERED / size) >= LEAST)
        together = self._together(a, b, code[heads[good]], columns)
        close = total[good] * (NEAR + COVERED / size[good]) + SIDE_BY_SIDE * together >= LEAST
        good, together = good[close], together[close]
        if not len(good):
            return _none()
        found = _Found(one, other, key, heads[good], ends[good], i[good], j[good], total[good], size[good], together)
        base, says, named, near_keys = self._weighed(found, first_a, first_b)
        kept = np.flatnonzero(base >= LEAST)
        i, j, base = found.i[kept], found.j[kept], base[kept]
        deviation = deviations(i, j, base, np.flatnonzero((base > ANCHOR) & says[kept]), rows, columns)
        near = {place: near_keys[number] for place, number in enumerate(kept.tolist()) if number in near_keys}
        return Pairs(i, j, base, named[kept], deviation, key, found.heads[kept], found.ends[kept], near)

    def _weighed(self, found: _Found, first_a: int, first_b: int) -> tuple[Array, Array, Array, dict[int, Keys]]:
        """Of each pair the base, whether it shares a word that says what happens, and how many names.

        Behind these: which keys stand near each other, of the pairs where not all do.
        """
        import numpy as np

        weight, is_name = self.story.weights[found.key], self.story.names[found.key]
        cuts = np.stack([found.heads, found.ends], 1).ravel()
        named = _each(np.add, is_name.astype(np.int64), cuts)
        says = _each(np.maximum, np.where(is_name, 0.0, weight), cuts) >= CONTENT
        base = _base(found.total, found.total, found.size, found.together)
        special = self._names_together(found, np.flatnonzero(named > 1))
        apart, once = np.zeros(len(base), bool), np.ones(len(base), bool)
        for side in (found.one, found.other):
            first, last = self.terms.first[side], self.terms.last[side]
            apart |= _each(np.maximum, last, cuts) - _each(np.minimum, first, cuts) > WINDOW
            once &= _each(np.maximum, last - first, cuts) == 0
        # Of two words that stand far apart, the heavier is left.
        low, high = weight[found.heads], weight[found.ends - 1]
        two = np.flatnonzero(apart & once & ~special & (found.ends - found.heads == FEW) & (low != high))
        special |= apart
        special[two] = False
        heavy = np.where(low > high, found.heads, found.ends - 1)[two]
        base[two] = _base(weight[heavy], found.total[two], found.size[two], found.together[two])
        says[two] = ~is_name[heavy] & (weight[heavy] >= CONTENT)
        near_keys = {number: Keys((one,)) for number, one in zip(two.tolist(), found.key[heavy].tolist(), strict=True)}
        for number in np.flatnonzero(special).tolist():
            shared = frozenset(found.key[found.heads[number] : found.ends[number]].tolist())
            rows = first_a + int(found.i[number]), first_b + int(found.j[number])
            near, base[number] = self._looked_at(rows, shared, float(found.size[number]), float(found.together[number]))
            if near != shared:
                near_keys[number] = near
                says[number] = any(not self.is_name[own] and self.weights[own] >= CONTENT for own in near)
        return base, says, named, near_keys

    def _names_together(self, found: _Found, several: Array) -> Array:
        """Which of the pairs `several`, which share names, share names that follow one another in one of the sentences."""
        import numpy as np

        special = np.zeros(len(found.heads), bool)
        sizes = (found.ends - found.heads)[several]
        rows = np.repeat(found.heads[several] - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
        pair = np.repeat(several, sizes)
        named = self.story.names[found.key[rows]]
        rows, pair = rows[named], pair[named]
        for side in (found.one, found.other):
            codes = np.sort(pair * (len(self.row_runs) + 1) + self.terms.run[side[rows]])
            special[codes[1:][codes[1:] == codes[:-1]] // (len(self.row_runs) + 1)] = True
        return special

    def _together(self, a: str, b: str, wanted: Array, columns: int) -> Array:
        """Of the pairs of sentences `wanted` the weight of what stands side by side in both."""
        import numpy as np

        one, other = self.beside.meet(a, b)
        first_a, first_b = (self.story.tellings[name][0] for name in (a, b))
        code = (self.beside.row[one] - first_a) * columns + self.beside.row[other] - first_b
        low, high = np.divmod(self.beside.code[one], self.width)
        weight = np.minimum(self.story.weights[low], self.story.weights[high])
        place = np.searchsorted(wanted, code)
        place[place == len(wanted)] = 0
        held = wanted[place] == code if len(wanted) else np.zeros(0, bool)
        return np.bincount(place[held], weight[held], len(wanted))

    def _looked_at(self, rows: tuple[int, int], shared: Keys, size: float, together: float) -> tuple[Keys, float]:
        """The shared keys that stand near each other in both sentences, and the base of the pair."""
        one, other = self._words(rows[0], shared), self._words(rows[1], shared)
        near = self._window(one, shared) & self._window(other, shared)
        near_weight = min(self._weight(one, near), self._weight(other, near))
        weight = near_weight
        if near != shared:
            weight = min(self._weight(one, shared), self._weight(other, shared))
        return near, float(_base(near_weight, weight, size, together))

    def _words(self, row: int, keys: Keys) -> list[tuple[int, int, int]]:
        """Key, place and run of the words of a sentence with one of `keys`."""
        words = slice(self.starts[row], self.starts[row + 1])
        held = zip(self.row_keys[words], self.row_places[words], self.row_runs[words], strict=True)
        return [word for word in held if word[0] in keys]

    def _window(self, words: Words, shared: Keys) -> Keys:
        """The shared keys of the heaviest stretch of WINDOW words."""
        end = words[-1][1]
        if end - words[0][1] <= WINDOW:
            return shared
        weights = self.weights
        best, most = set[int](), 0.0
        for start, (_, first, _) in enumerate(words):
            held = {key for key, place, _ in words[start:] if place - first <= WINDOW}
            weight = sum([weights[key] for key in held])
            if weight > most:
                best, most = held, weight
            if end - first <= WINDOW:  # what follows has no more words
                break
        return frozenset(best)

    def _weight(self, words: Words, keys: Keys) -> float:
        """Weight of `keys`; of names that follow one another the heaviest counts, the others a little."""
        runs: dict[int, list[float]] = {}
        total = 0.0
        done: set[int] = set()
        for key, _, run in words:
            if key in keys and key not in done:
                done.add(key)
                if self.is_name[key]:
                    runs.setdefault(run, []).append(self.weights[key])
                else:
                    total += self.weights[key]
        return total + sum(map(_run_weight, runs.values()))


class _Found(NamedTuple):
    """Pairs of sentences that share several words. What pair `n` shares is `heads[n]:ends[n]` of the first three arrays."""

    one: Array
    """Rows of `Meetings.terms`, of the one telling."""
    other: Array
    key: Array
    heads: Array
    ends: Array
    i: Array
    j: Array
    total: Array
    """Weight of what they share."""
    size: Array
    together: Array
    """Weight of what stands side by side in both."""


def _base(near: Any, total: Any, size: Any, together: Any) -> Any:
    """The base of pairs by the weight of what they share near each other, and in all."""
    return NEAR * near + FAR * (total - near) + COVERED * near / size + SIDE_BY_SIDE * together


def _run_weight(run: list[float]) -> float:
    return max(run) + SECOND_NAME * (sum(run) - max(run))


class _ByTelling:
    """Rows of sentences with a code, the rows of each telling sorted by code."""

    def __init__(self, story: StoryTerms, row: Array, code: Array, most: int, *columns: Array) -> None:
        import numpy as np

        borders = [first for first, _ in story.tellings.values()]
        telling = np.searchsorted(borders, row, side="right") - 1
        codes = telling * most + code
        order = np.argsort(codes, kind="stable")
        self.row, self.code = row[order], code[order]
        if columns:
            self.first, self.last, self.run = (column[order] for column in columns)
        cuts = np.searchsorted(codes[order], np.arange(len(borders) + 1) * most).tolist()
        self.parts = dict(zip(story.tellings, pairwise(cuts), strict=True))

    def meet(self, a: str, b: str) -> tuple[Array, Array]:
        """All rows of `a` and of `b` that have one code."""
        import numpy as np

        (start, end), (first, after) = self.parts[a], self.parts[b]
        mine, theirs = self.code[start:end], self.code[first:after]
        low = np.searchsorted(theirs, mine)
        sizes = np.searchsorted(theirs, mine, side="right") - low
        others = np.repeat(low - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
        return np.repeat(np.arange(start, end), sizes), others + first


def _heads(codes: Array) -> Array:
    """Places in the sorted `codes` at which another one begins."""
    import numpy as np

    return np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]])) if len(codes) else np.zeros(0, np.int64)


def _each(operation: Any, values: Array, cuts: Array) -> Array:
    """`operation` over each of the parts `cuts[0]:cuts[1]`, `cuts[2]:cuts[3]` … of `values`."""
    import numpy as np

    return operation.reduceat(np.append(values, values[-1:]), cuts)[::2]


def _none() -> Pairs:
    import numpy as np

    none = np.zeros(0, np.int64)
    return Pairs(none, none, none.astype(float), none, none.astype(float), none, none, none, {})
