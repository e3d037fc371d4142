"""The order of events: where in another telling an event should stand, by the chain of pairs that rises in both.

The constants were fitted with those of `cleaner.overlap.events`.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Pair", "measure_order"]

ANCHOR, ANCHORS = 3.5, 3
"""Base from which a pair may be part of the chain, and pairs from which a chain says something."""
NO_CHAIN = 0.15
"""What counts as a pair's distance from the chain where there is none, as a share of the telling."""


@dataclass(slots=True)
class Pair:
    """Two sentences, by number, and what they share."""

    i: int
    j: int
    base: float
    near: frozenset[str]
    shared: frozenset[str]
    deviation: float = NO_CHAIN


def measure_order(pairs: Sequence[Pair], rows: int, columns: int, content: Callable[[Pair], bool]) -> None:
    """Sets the deviation of each pair: how far it is from the chain, as a share of the telling."""
    strong = [pair for pair in pairs if pair.base > ANCHOR and content(pair)]
    chain = _chain(strong)
    if len(chain) < ANCHORS:
        return
    across = [(pair.i, pair.j) for pair in chain]
    down = sorted((j, i) for i, j in across)
    for pair in pairs:
        one = abs(pair.j - _between(across, pair.i, rows, columns)) / columns
        other = abs(pair.i - _between(down, pair.j, columns, rows)) / rows
        pair.deviation = min(one, other)


def _between(points: Sequence[tuple[int, int]], at: int, length: int, height: int) -> float:
    """The chain's height at `at`, straight between its points."""
    place = bisect(points, (at, height + 1))
    before = points[place - 1] if place else (0, 0)
    if place and before[0] == at:
        return before[1]
    after = points[place] if place < len(points) else (length, height)
    return before[1] + (after[1] - before[1]) * (at - before[0]) / max(1, after[0] - before[0])


def _chain(pairs: Sequence[Pair]) -> list[Pair]:
    """The heaviest chain of pairs that rises in both tellings, by a tree of prefix maxima (Fenwick 1994)."""
    if not pairs:
        return []
    size = 1 + max(pair.j for pair in pairs)
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    ordered = sorted(range(len(pairs)), key=lambda n: (pairs[n].i, -pairs[n].j))
    best, before = [0.0] * len(pairs), [-1] * len(pairs)
    waiting: list[int] = []
    for position, number in enumerate(ordered):
        pair = pairs[number]
        at, found = pair.j + 1, (0.0, -1)
        while at > 0:
            if tree[at][0] > found[0]:
                found = tree[at]
            at -= at & -at
        best[number] = found[0] + pair.base - ANCHOR
        before[number] = found[1]
        waiting.append(number)
        following = ordered[position + 1] if position + 1 < len(ordered) else None
        if following is None or pairs[following].i != pair.i:
            for done in waiting:
                at = pairs[done].j + 1
                while at <= size:
                    if best[done] > tree[at][0]:
                        tree[at] = (best[done], done)
                    at += at & -at
            waiting = []
    number = max(range(len(pairs)), key=lambda n: (best[n], -n))
    chain = []
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
