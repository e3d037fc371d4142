"""The best path of languages through words."""

from __future__ import annotations

from typing import Any

__all__ = ["best_path", "without_specks"]

Array = Any


def best_path(scores: Array, prices: list[float], home: int, after: bool, before: bool) -> list[int]:
    """The language of each word on the best path (Viterbi; a change costs the same to any language).

    `scores` (words x languages) in nats; `home` is the language around the passage (-1: none), which goes on `before` and
    `after` it where these say so.
    """
    rows = scores.tolist()
    held = list(rows[0])
    if home >= 0 and after:
        held = [score if place == home else score - prices[0] for place, score in enumerate(held)]
    came: list[list[int] | None] = [None]
    for row, price in zip(rows[1:], prices[1:], strict=True):
        top = max(range(len(held)), key=held.__getitem__)
        change = held[top] - price
        if min(held) >= change:
            came.append(None)
            held = [old + new for old, new in zip(held, row, strict=True)]
            continue
        came.append([place if old >= change else top for place, old in enumerate(held)])
        held = [max(old, change) + new for old, new in zip(held, row, strict=True)]
    if home >= 0 and before:
        held = [score if place == home else score - max(prices) for place, score in enumerate(held)]
    place = max(range(len(held)), key=held.__getitem__)
    path = [place]
    for origin in reversed(came[1:]):
        place = place if origin is None else origin[place]
        path.append(place)
    return path[::-1]


def without_specks(path: list[int], lengths: list[int], least: int) -> list[int]:
    """`path` without runs of fewer than `least` letters between two runs of one language."""
    runs: list[list[int]] = []
    for place, code in enumerate(path):
        if runs and runs[-1][2] == code:
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1, code])
    for (_, _, left), (start, end, _), (_, _, right) in zip(runs, runs[1:], runs[2:], strict=False):
        if left == right and sum(lengths[start:end]) < least:
            path[start:end] = [left] * (end - start)
    return path
