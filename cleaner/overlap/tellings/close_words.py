"""Which of the words that two sentences share stand near each other in both, and how much they weigh there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, ranges

NEAR_WORDS = 14
"""Words within which the shared words must be in each sentence: far apart in a long sentence they mean less."""
SECOND_NAME = 0.3
"""Share of its weight that a name right after another one has: `David Bowie` is one person."""
EQUAL = 1e-9
"""Stretches whose weights differ by less count as equal (rounding): the first is taken."""


class Occurrences:
    """Where words stand in their sentences: of each distinct word of a sentence, all its places."""

    def __init__(
        self, order: Array, heads: Array, ends: Array, place: Array, run: Array, weights: Array, names: Array
    ) -> None:
        """Those of word `n` are `order[heads[n]:ends[n]]`, with `place` and `run` of each; `weights` and `names` are of keys."""
        self.order, self.heads, self.ends = order, heads, ends
        self.place, self.runs = place, run
        self.weights, self.names = weights, names
        self.first, self.last = place[order[heads]], place[order[ends - 1]]
        """Places of the first and the last."""


class _Side(NamedTuple):
    """All places of the words that each of some pairs of sentences share, in one of the sentences, in order."""

    pair: Array
    shared: Array
    """Which of the words that pairs share."""
    place: Array
    run: Array
    before: Array
    """Where the same word stands before it in the sentence; -1 for none."""


def nearby(
    held: Occurrences, keys: Array, sides: tuple[Array, Array], heads: Array, sizes: Array
) -> tuple[Array, Array, Array]:
    """Of each word that pairs of sentences share, whether it stands near the others in both sentences.

    Pair `n` shares the words `heads[n]` and following, `sizes[n]` of them, of `sides` (words in `held`) and `keys`. Behind these,
    of each pair the weight of all that it shares, and of what stands near.
    """
    rows = ranges(heads, sizes)
    pair = np.repeat(np.arange(len(heads)), sizes)
    weight, name = held.weights[keys[rows]], held.names[keys[rows]]
    own = [_side(held, side[rows], pair) for side in sides]
    near = np.ones(len(rows), bool)
    for side in own:
        near &= _in_window(side, weight, len(heads), len(rows))
    every = np.ones(len(rows), bool)
    all_, close = (
        np.minimum(*(_weight(side, weight, name, kept, len(heads)) for side in own)) for kept in (every, near)
    )
    return near, all_, close


def _side(held: Occurrences, words: Array, pair: Array) -> _Side:
    counts = held.ends[words] - held.heads[words]
    token = held.order[ranges(held.heads[words], counts)]
    shared = np.repeat(np.arange(len(words)), counts)
    before = np.full(len(token), -1)
    pair, place = pair[shared], held.place[token]
    order = np.argsort(pair * (int(place.max(initial=0)) + 1) + place)
    shared = shared[order]
    again = np.argsort(shared, kind="stable")
    same = np.flatnonzero(shared[again][1:] == shared[again][:-1])
    before[again[same + 1]] = again[same]
    return _Side(pair[order], shared, place[order], held.runs[token[order]], before)


def _in_window(side: _Side, weight: Array, pairs: int, words: int) -> Array:
    """Of each word whether it stands in the heaviest stretch of NEAR_WORDS words of its sentence."""
    near = np.ones(words, bool)
    first = np.searchsorted(side.pair, np.arange(pairs + 1))
    wide = side.place[first[1:] - 1] - side.place[first[:-1]] > NEAR_WORDS
    at = np.flatnonzero(wide[side.pair])
    if not len(at):
        return near
    end, own = first[side.pair[at] + 1], weight[side.shared]
    total, rows, step = own[at], np.arange(len(at)), 0
    while len(rows):
        step += 1
        rows = rows[at[rows] + step < end[rows]]
        rows = rows[side.place[at[rows] + step] - side.place[at[rows]] <= NEAR_WORDS]
        later = at[rows] + step
        total[rows] += np.where(side.before[later] < at[rows], own[later], 0.0)
    heads = np.searchsorted(at, first[:-1][wide])
    best = np.maximum.reduceat(total, heads)
    number = np.repeat(np.arange(len(heads)), np.diff(np.append(heads, len(at))))
    start = np.minimum.reduceat(np.where(total > best[number] - EQUAL, at, len(side.pair)), heads)[number]
    inside = (at >= start) & (side.place[at] - side.place[start] <= NEAR_WORDS)
    near[side.shared[at]] = False
    near[side.shared[at[inside]]] = True
    return near


def _weight(side: _Side, weight: Array, name: Array, kept: Array, pairs: int) -> Array:
    """Of each pair the weight of the words that are `kept`; of names that follow one another most of the heaviest."""
    at = np.flatnonzero((side.before < 0) & kept[side.shared])
    named = name[side.shared[at]]
    plain, names = at[~named], at[named]
    total = np.bincount(side.pair[plain], weight[side.shared[plain]], pairs)
    if not len(names):
        return total
    pair, run, own = side.pair[names], side.run[names], weight[side.shared[names]]
    heads = np.flatnonzero(np.concatenate([[True], (pair[1:] != pair[:-1]) | (run[1:] != run[:-1])]))
    most, all_ = np.maximum.reduceat(own, heads), np.add.reduceat(own, heads)
    return total + np.bincount(pair[heads], most + SECOND_NAME * (all_ - most), pairs)
