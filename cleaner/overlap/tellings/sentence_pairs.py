"""Pairs of sentences of tellings that share words, each with its base: the weight of what they share.

All pairs of several tellings are weighed at once. The constants were fitted with those of `cleaner.overlap.tellings.events`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from cleaner.arrays import Array, heads_of, ranges, without_repeats
from cleaner.overlap.tellings.chains import ANCHOR, deviations
from cleaner.overlap.tellings.close_words import NEAR_WORDS, Occurrences, nearby
from cleaner.overlap.tellings.sentence_terms import StoryTerms

LEAST = 3.0
"""Base below which a pair of sentences is not considered: none of the first forty of the samples has less than 3.9."""
NEAR, FAR, COVERED, SIDE_BY_SIDE = 0.7, 0.1, 10.0, 0.5
"""Factors: on the weight of the words within NEAR_WORDS, on that of the others, on the share of both sentences that is
covered, on words that are side by side in both."""
BESIDE = 2
"""Most words that one may be after another to be side by side."""
LENGTH = 5.6
"""Weight added to both sentences before the share is taken: short ones are covered by chance."""
CONTENT = 1.3
"""Weight from which a word says what happens."""
AT_ONCE = 1 << 18
"""Pairs of sentences that are looked at together, about: of one pair of tellings there are 160,000 at the most."""


class Pairs(NamedTuple):
    """Pairs of sentences, those of each pair of tellings together, in their order: parallel arrays."""

    pair: Array
    """Which pair of tellings."""
    i: Array
    j: Array
    """The sentences, as `StoryTerms` numbers them."""
    base: Array
    deviation: Array
    """How far it is from where the order of events says, as a share of the telling."""
    cuts: Array
    """The keys that pair `n` shares are `keys[cuts[n]:cuts[n + 1]]`."""
    keys: Array
    near: Array
    """Whether each of these stands near the others in both sentences."""


def sentence_pairs(story: StoryTerms, pairs: Sequence[tuple[int, int]], skip: Sequence[tuple[Array, Array]]) -> Pairs:
    """The pairs of sentences, of `pairs` of tellings, whose base is at least LEAST.

    `skip` are, for each pair of tellings, the sentences of both that are left out.
    """
    meetings = _Meetings(story)
    parts = [
        meetings.pairs(first, pairs[first:after], skip[first:after])
        for first, after in _cuts(np.diff(story.rows), pairs)
    ]
    pair, i, j, base, deviation, sizes, keys, near = map(np.concatenate, zip(*parts, strict=True))
    return Pairs(pair, i, j, base, deviation, np.concatenate([[0], np.cumsum(sizes)]), keys, near)


def _cuts(sizes: Array, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges of `pairs` of tellings of these many sentences, with about AT_ONCE pairs of sentences together."""
    start, held = 0, 0
    for number, (a, b) in enumerate(pairs):
        own = int(sizes[a] * sizes[b])
        if held and held + own > AT_ONCE:
            yield start, number
            start, held = number, 0
        held += own
    yield start, len(pairs)


class _Grid(NamedTuple):
    """All pairs of sentences of some pairs of tellings, by one number each: those of a pair together, row by row."""

    one: Array
    """The tellings of each pair."""
    two: Array
    first: Array
    """Their first sentences."""
    other: Array
    rows: Array
    """How many sentences they have."""
    columns: Array
    begun: Array
    """The number of the first pair of sentences; last how many there are."""

    @classmethod
    def of(cls, rows: Array, pairs: Sequence[tuple[int, int]]) -> _Grid:
        """Of `pairs` of the tellings that begin at these `rows`."""
        one, two = np.array(pairs).T
        sizes = np.diff(rows)
        begun = np.concatenate([[0], np.cumsum(sizes[one] * sizes[two])])
        return cls(one, two, rows[one], rows[two], sizes[one], sizes[two], begun)

    def numbers(self, pair: Array, i: Array, j: Array) -> Array:
        """The numbers of pairs of sentences."""
        base = self.begun[:-1] - self.first * self.columns - self.other
        return base[pair] + i * self.columns[pair] + j

    def sentences(self, numbers: Array) -> tuple[Array, Array, Array]:
        """Pair of tellings and sentences of each."""
        pair = np.searchsorted(self.begun, numbers, side="right") - 1
        i, j = np.divmod(numbers - self.begun[pair], self.columns[pair])
        return pair, i + self.first[pair], j + self.other[pair]

    def without(self, skip: Sequence[tuple[Array, Array]]) -> Array:
        """Of all pairs of sentences, whether neither is one of `skip`."""
        told = np.ones(int(self.begun[-1]), bool)
        for number, (own, its) in enumerate(skip):
            if len(own) or len(its):
                table = told[self.begun[number] : self.begun[number + 1]]
                table = table.reshape(self.rows[number], self.columns[number])
                table[own - self.first[number]] = False
                table[:, its - self.other[number]] = False
        return told


class _Found(NamedTuple):
    """Pairs of sentences that share several words. What pair `n` shares is `cuts[n]:cuts[n + 1]` of the first three arrays."""

    one: Array
    """Rows of `_Meetings.terms`, of the one telling."""
    other: Array
    key: Array
    cuts: Array
    total: Array
    """Weight of what they share."""
    size: Array
    together: Array
    """Weight of what stands side by side in both."""


class _Meetings:
    """Where the sentences of tellings meet."""

    def __init__(self, story: StoryTerms) -> None:
        self.story, self.width = story, max(1, len(story.weights))
        follows = np.zeros(len(story.row), bool)
        follows[1:] = (story.row[1:] == story.row[:-1]) & (story.place[1:] == story.place[:-1] + 1)
        runs = np.cumsum(~(follows & story.names[story.key]))
        """Equal for names that follow one another."""
        self.telling = np.repeat(np.arange(len(story.rows) - 1), np.diff(story.rows))
        """Of each sentence."""
        codes = story.row * self.width + story.key
        order = np.argsort(codes, kind="stable")
        codes = codes[order]
        heads = heads_of(codes)
        ends = np.concatenate([heads[1:], [len(codes)]])[: len(heads)]
        row, key = np.divmod(codes[heads], self.width)
        self.totals = np.bincount(row, story.weights[key], len(story.starts))
        """Weight of each sentence."""
        telling = self.telling[row]
        shared = np.flatnonzero(self._several(telling, key, self.width)[key])
        by_telling = telling[shared] * self.width + key[shared]
        place = np.argsort(by_telling, kind="stable")
        shared = shared[place]
        self.codes, self.row, self.key = by_telling[place], row[shared], key[shared]
        """Of each distinct word of a sentence that another telling has: telling and key in one number, ascending, sentence, key."""
        self.occurrences = Occurrences(
            order, heads[shared], ends[shared], story.place, runs, story.weights, story.names
        )
        one, other = story.key[:-1], story.key[1:]
        beside = (story.row[1:] == story.row[:-1]) & (story.place[1:] - story.place[:-1] <= BESIDE) & (one != other)
        beside = np.flatnonzero(beside & ~(story.names[one] & story.names[other]))
        low, high = np.minimum(one, other)[beside], np.maximum(one, other)[beside]
        two = low * self.width + high
        kinds, kind = np.unique(two, return_inverse=True)
        row = story.row[:-1][beside]
        self.beside_width = len(kinds) + 1
        self.beside_weight = np.minimum(story.weights[kinds // self.width], story.weights[kinds % self.width])
        both = without_repeats(np.sort(row * self.beside_width + kind))
        row, kind = np.divmod(both, self.beside_width)
        telling = self.telling[row]
        shared = np.flatnonzero(self._several(telling, kind, len(kinds))[kind])
        by_telling = telling[shared] * self.beside_width + kind[shared]
        place = np.argsort(by_telling, kind="stable")
        self.beside_codes, self.beside_row = by_telling[place], row[shared[place]]

    def _several(self, telling: Array, kind: Array, kinds: int) -> Array:
        """Of each kind, whether several tellings have it."""
        tellings = len(self.story.rows) - 1
        return np.bincount(without_repeats(np.sort(kind * tellings + telling)) // max(1, tellings), minlength=kinds) > 1

    def pairs(
        self, first: int, pairs: Sequence[tuple[int, int]], skip: Sequence[tuple[Array, Array]]
    ) -> tuple[Array, ...]:
        """Columns of `Pairs`, with the number of keys instead of `cuts`; `first` is the number of the first of `pairs`."""
        grid = _Grid.of(self.story.rows, pairs)
        found, codes = self._found(grid, skip)
        pair, i, j = grid.sentences(codes)
        base, says, near = self._weighed(found)
        kept = base >= LEAST
        sizes = np.diff(found.cuts)
        keys = np.repeat(kept, sizes)
        pair, i, j, base = pair[kept], i[kept], j[kept], base[kept]
        strong = (base > ANCHOR) & says[kept]
        own, its = i - grid.first[pair], j - grid.other[pair]
        deviation = deviations(pair, own, its, base, strong, grid.rows, grid.columns)
        return first + pair, i, j, base, deviation, sizes[kept], found.key[keys], near[keys]

    def _found(self, grid: _Grid, skip: Sequence[tuple[Array, Array]]) -> tuple[_Found, Array]:
        """Pairs of sentences that may have a base of LEAST, and their numbers in the `grid`."""
        mine, theirs, code = self._met(grid, self.codes, self.width, self.row)
        told = grid.without(skip)
        total = np.bincount(code, self.story.weights[self.key[mine]], len(told))
        codes = np.flatnonzero((np.bincount(code, minlength=len(told)) > 1) & told)
        _, i, j = grid.sentences(codes)
        size = np.sqrt((self.totals[i] + LENGTH) * (self.totals[j] + LENGTH))
        beside, _, beside_code = self._met(grid, self.beside_codes, self.beside_width, self.beside_row)
        weight = self.beside_weight[self.beside_codes[beside] % self.beside_width]
        total, together = total[codes], np.bincount(beside_code, weight, len(told))[codes]
        good = np.flatnonzero(total * (NEAR + COVERED / size) + SIDE_BY_SIDE * together >= LEAST)
        codes = codes[good]
        told[:] = False
        told[codes] = True
        held = np.flatnonzero(told[code])
        held = held[np.argsort(code[held], kind="stable")]
        mine, theirs = mine[held], theirs[held]
        cuts = np.searchsorted(code[held], np.append(codes, len(told)))
        return _Found(mine, theirs, self.key[mine], cuts, total[good], size[good], together[good]), codes

    def _met(self, grid: _Grid, codes: Array, width: int, row: Array) -> tuple[Array, Array, Array]:
        """What two tellings of a pair have both: places in `codes`, which are sorted, and the numbers of the pairs of sentences.

        A code is the number of a telling times `width`, and what it has in the sentence `row`.
        """
        first = np.searchsorted(codes, grid.one * width)
        sizes = np.searchsorted(codes, (grid.one + 1) * width) - first
        mine = ranges(first, sizes)
        pair = np.repeat(np.arange(len(first)), sizes)
        wanted = codes[mine] + (grid.two - grid.one)[pair] * width
        low = np.searchsorted(codes, wanted)
        counts = np.searchsorted(codes, wanted, side="right") - low
        mine, theirs, pair = np.repeat(mine, counts), ranges(low, counts), np.repeat(pair, counts)
        return mine, theirs, grid.numbers(pair, row[mine], row[theirs])

    def _weighed(self, found: _Found) -> tuple[Array, Array, Array]:
        """Of each pair the base, and whether it shares a word that says what happens.

        Behind these, of each key that pairs share, whether it stands near the others in both.
        """
        story, cuts = self.story, found.cuts
        heads, sizes = cuts[:-1], np.diff(cuts)
        weight, is_name = story.weights[found.key], story.names[found.key]
        near = np.ones(len(found.key), bool)
        base = _base(found.total, found.total, found.size, found.together)
        if not len(heads):
            return base, np.zeros(0, bool), near
        special = np.add.reduceat(is_name.astype(np.int64), heads) > 1  # they may be of one person
        for side in (found.one, found.other):
            first, last = self.occurrences.first[side], self.occurrences.last[side]
            special |= np.maximum.reduceat(last, heads) - np.minimum.reduceat(first, heads) > NEAR_WORDS
        others = np.flatnonzero(special)
        held, all_, close = nearby(self.occurrences, found.key, (found.one, found.other), heads[others], sizes[others])
        near[ranges(heads[others], sizes[others])] = held
        base[others] = _base(close, all_, found.size[others], found.together[others])
        says = np.maximum.reduceat(np.where(is_name | ~near, 0.0, weight), heads) >= CONTENT
        return base, says, near


def _base(near: Any, total: Any, size: Any, together: Any) -> Any:
    """The base of pairs by the weight of what they share near each other, and in all."""
    return NEAR * near + FAR * (total - near) + COVERED * near / size + SIDE_BY_SIDE * together
