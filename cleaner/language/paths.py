"""The best path of languages through words."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import pairwise

import numpy as np

from cleaner.arrays import Array

Run = tuple[int, int, int]
"""Words, half-open, and the place of their language."""

SPECK, STRANGE, AT_END, FEW = 40, 18, 9, 3
"""Letters from which a run between two runs of one language is a span (SPECK): fewer are a name, a title, an
abbreviation; the same for a run in another script than its neighbours (STRANGE), and for a run at an end of the text or
in a script that is frequent in it (AT_END); words below which a run must have SPECK letters (FEW). On the mixed
development documents 40 is better than 18 by 1.6 points, and than 50 by as much."""
OFTEN = 0.1
"""Share of a text's letters from which another script is a regular part of it, as in a catalogue, and not a name. Of
phrases of one to four words in another alphabet, in made-up texts, 76, 66 and 48 % of the letters are found with .05,
.1 and .2; a single such word in 39, 21 and 9 % of the texts."""


def best_path(scores: Array, prices: list[float], home: int, after: bool, before: bool) -> list[int]:
    """The language of each word on the best path (Viterbi; a change costs the same to any language).

    `scores` (words x languages) and the `prices` of a change before each word in one unit; `home` is the language around the
    passage (-1: none), which goes on `before` and `after` it where these say so.
    """
    if scores.shape[1] == 2:
        return _path_of_two((scores[:, 1] - scores[:, 0]).tolist(), prices, home, after, before)
    # Between words that rank the languages alike a change is no better than one before or after them, unless that costs more.
    order, dear = np.argsort(-scores, axis=1, kind="stable"), max(prices)
    cuts = (order[1:] != order[:-1]).any(axis=1) | (np.array(prices[1:]) < dear)
    steps = np.append(0, np.flatnonzero(cuts) + 1)
    rows, sizes = np.add.reduceat(scores, steps).tolist(), np.diff(steps, append=len(prices))
    prices = [prices[step] for step in steps.tolist()]
    held = list(rows[0])
    if home >= 0 and after:
        held = [score if place == home else score - prices[0] for place, score in enumerate(held)]
    before_each: list[tuple[list[float], float]] = []
    for row, price in zip(rows[1:], prices[1:], strict=True):
        change = max(held) - price
        before_each.append((held, change))
        held = [(old if old >= change else change) + new for old, new in zip(held, row, strict=True)]  # noqa: FURB136 (a call costs more)
    if home >= 0 and before:
        held = [score if place == home else score - dear for place, score in enumerate(held)]
    place = held.index(max(held))
    path = [place]
    for held, change in reversed(before_each):
        if held[place] < change:
            place = held.index(max(held))
        path.append(place)
    found: list[int] = np.repeat(path[::-1], sizes).tolist()
    return found


def _path_of_two(gains: list[float], prices: list[float], home: int, after: bool, before: bool) -> list[int]:
    """The same between two languages: all that counts is by how much the second one leads, which a change limits."""
    lead = gains[0]
    if home >= 0 and after:
        lead += prices[0] if home else -prices[0]
    leads = []
    for gain, price in zip(gains[1:], prices[1:], strict=True):
        leads.append(lead)
        if lead > price:
            lead = price
        elif lead < -price:
            lead = -price
        lead += gain
    if home >= 0 and before:
        lead += max(prices) if home else -max(prices)
    place = int(lead > 0)
    path = [place]
    for lead, price in zip(reversed(leads), reversed(prices), strict=False):
        if lead > price:
            place = 1
        elif lead < -price:
            place = 0
        path.append(place)
    return path[::-1]


def runs_of(path: list[int]) -> list[Run]:
    """The runs of equal numbers in `path`."""
    numbers = np.array(path)
    cuts = (np.flatnonzero(numbers[1:] != numbers[:-1]) + 1).tolist()
    return [(start, end, path[start]) for start, end in pairwise([0, *cuts, len(path)])]


def together(runs: Iterable[Run]) -> list[Run]:
    """`runs` with neighbours of one number as one."""
    found: list[Run] = []
    for start, end, code in runs:
        if found and found[-1][2] == code:
            found[-1] = (found[-1][0], end, code)
        else:
            found.append((start, end, code))
    return found


def without_specks(
    runs: list[Run], lengths: list[int], scripts: list[int], home: int, often: Container[int] = ()
) -> list[Run]:
    """`runs` without those of too few letters or words (see SPECK); `lengths` and `scripts` are those of the words, `often` the
    scripts that are frequent in the text.

    The language of the text, `home`, may have a short run at an end.
    """
    left = -1
    kept: list[Run] = []
    for number, (start, end, code) in enumerate(runs):
        right = runs[number + 1][2] if number + 1 < len(runs) else -1
        beside = {left, right} - {-1, code}
        inside = min(left, right) >= 0
        left = code
        if len(beside) == 1 and (code != home or inside):
            least, words = AT_END, FEW
            if inside and scripts[start - 1] in scripts[start:end]:
                least = SPECK
            elif scripts[start] in often:
                words = 0
            elif inside:
                least = STRANGE
            size = sum(lengths[start:end])
            if size < least or (end - start < words and size < SPECK):
                left = beside.pop()
        kept.append((start, end, left))
    return together(kept)
