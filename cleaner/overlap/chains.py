"""The order of events: where in another telling an event should stand, by the chain of pairs that rises in both.

The constants were fitted with those of `cleaner.overlap.events`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["ANCHOR", "deviations"]

ANCHOR, ANCHORS = 3.5, 3
"""Base from which a pair may be part of the chain, and pairs from which a chain says something."""
NO_CHAIN = 0.15
"""What counts as a pair's distance from the chain where there is none, as a share of the telling."""

Array = Any


def deviations(i: Array, j: Array, base: Array, strong: Array, rows: int, columns: int) -> Array:
    """How far each pair of sentences `i`, `j` is from the chain of `strong` pairs (numbers), as a share of the telling."""
    import numpy as np

    chain = strong[_chain(i[strong].tolist(), j[strong].tolist(), base[strong].tolist())]
    if len(chain) < ANCHORS:
        return np.full(len(i), NO_CHAIN)
    across, down = i[chain], j[chain]
    order = np.lexsort((across, down))
    one = np.abs(j - _between(across, down, i, rows, columns)) / columns
    other = np.abs(i - _between(down[order], across[order], j, columns, rows)) / rows
    return np.minimum(one, other)


def _between(points: Array, heights: Array, at: Array, length: int, height: int) -> Array:
    """The chain's height at each of `at`, straight between its points."""
    import numpy as np

    points, heights = np.concatenate([[0], points, [length]]), np.concatenate([[0], heights, [height]])
    place = np.searchsorted(points[1:-1], at, side="right")
    before, after = points[place], points[place + 1]
    low, high = heights[place], heights[place + 1]
    between = low + (high - low) * (at - before) / np.maximum(1, after - before)
    return np.where((place > 0) & (before == at), low, between)


def _chain(i: Sequence[int], j: Sequence[int], base: Sequence[float]) -> list[int]:
    """The heaviest chain of pairs that rises in both tellings, by a tree of prefix maxima (Fenwick 1994)."""
    if not i:
        return []
    size = 1 + max(j)
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    ordered = sorted(range(len(i)), key=lambda n: (i[n], -j[n]))
    best, before = [0.0] * len(i), [-1] * len(i)
    waiting: list[int] = []
    for position, number in enumerate(ordered):
        at, found = j[number] + 1, (0.0, -1)
        while at > 0:
            if tree[at][0] > found[0]:
                found = tree[at]
            at -= at & -at
        best[number] = found[0] + base[number] - ANCHOR
        before[number] = found[1]
        waiting.append(number)
        if position + 1 == len(ordered) or i[ordered[position + 1]] != i[number]:
            for done in waiting:
                at = j[done] + 1
                while at <= size:
                    if best[done] > tree[at][0]:
                        tree[at] = (best[done], done)
                    at += at & -at
            waiting = []
    number = max(range(len(i)), key=lambda n: (best[n], -n))
    chain = []
    while number >= 0:
        chain.append(number)
        number = before[number]
    return chain[::-1]
