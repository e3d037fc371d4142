"""The order of events: where in another telling an event should be, by a chain of pairs that goes back in neither.

The constants were fitted with those of `cleaner.overlap.tellings.events`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from cleaner.arrays import Array

ANCHOR = 3.5
"""Base from which a pair may be part of the chain."""
NO_CHAIN = 0.15
"""The distance of a pair from the chain where there is no chain, as a share of the telling."""


def deviations(pair: Array, i: Array, j: Array, base: Array, strong: Array, rows: Array, columns: Array) -> Array:
    """How far each pair of sentences `i`, `j` is from the chain of `strong` ones, as a share of the telling.

    `pair` says, ascending, of which pair of tellings they are, `rows` and `columns` how many sentences these have.
    """
    found = np.full(len(i), NO_CHAIN)
    picked = np.flatnonzero(strong)
    bounds = np.searchsorted(pair[picked], np.arange(len(rows) + 1)).tolist()
    lists = [column[picked].tolist() for column in (i, j, base)]
    chains = []
    for start, end in pairwise(bounds):
        chains += [start + place for place in _chain(*(column[start:end] for column in lists))]
    if not chains:
        return found
    chain = picked[chains]
    of, across, down = pair[chain], i[chain], j[chain]
    chained = np.zeros(len(rows), bool)
    chained[of] = True
    at = np.flatnonzero(chained[pair])
    own, mine, theirs = pair[at], i[at], j[at]
    one = np.abs(theirs - _between(of, across, down, own, mine, rows, columns)) / columns[own]
    order = np.lexsort((across, down, of))
    other = np.abs(mine - _between(of, down[order], across[order], own, theirs, columns, rows)) / rows[own]
    found[at] = np.minimum(one, other)
    return found


def _between(of: Array, points: Array, heights: Array, pair: Array, at: Array, length: Array, height: Array) -> Array:
    """The height at each of `at`, straight between the points of the chain of its pair; `of` says whose the points are."""
    width = int(length.max()) + 1
    place = np.searchsorted(of * width + points, pair * width + at, side="right")
    behind, before = place < np.searchsorted(of, pair, side="right"), place > np.searchsorted(of, pair)
    following = np.minimum(place, len(points) - 1)
    start, low = np.where(before, points[place - 1], 0), np.where(before, heights[place - 1], 0)
    end = np.where(behind, points[following], length[pair])
    high = np.where(behind, heights[following], height[pair])
    between = low + (high - low) * (at - start) / np.maximum(1, end - start)
    return np.where(before & (start == at), low, between)


def _chain(i: Sequence[int], j: Sequence[int], base: Sequence[float]) -> list[int]:
    """The heaviest chain of pairs that goes back in neither telling, by a tree of prefix maxima (Fenwick 1994)."""
    if not i:
        return []
    size = 1 + max(j)
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    best, before = [0.0] * len(i), [-1] * len(i)
    for number in sorted(range(len(i)), key=lambda n: (i[n], j[n])):
        at, found = j[number] + 1, (0.0, -1)
        while at > 0:
            if tree[at][0] > found[0]:
                found = tree[at]
            at -= at & -at
        best[number], before[number] = found[0] + base[number] - ANCHOR, found[1]
        at = j[number] + 1
        while at <= size:
            if best[number] > tree[at][0]:
                tree[at] = (best[number], number)
            at += at & -at
    number = max(range(len(i)), key=lambda n: (best[n], -n))
    chain = []
    while number >= 0:
        chain.append(number)
        number = before[number]
    return chain[::-1]
