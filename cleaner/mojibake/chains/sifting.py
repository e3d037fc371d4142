"""Which readings of a line's words are worth a closer look, of all mix-ups of two single-byte pages?

All pairs of pages are ranked by the frequency of single characters; the best distinct readings of these by pairs of
characters. [varied]: as in `search`.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from cleaner.arrays import Array, lowest
from cleaner.models.characters import load
from cleaner.mojibake.accidents.pages import OTHER, page_tables, signs_of
from cleaner.mojibake.accidents.steps import Step
from cleaner.mojibake.chains.pairs import ASCII, Words

SIFTED, JUDGED = 240, 12
"""How many readings pass the ranking by single characters, and how many distinct ones that by pairs; the whole model
judges these. With 80 that pass, 64 texts fewer become right, with 800 one more [varied]."""
WRITTEN = 0.6
"""Share of the characters beyond ASCII that the wrong page must have."""


def candidates(words: Words) -> list[tuple[str, Step]]:
    """The JUDGED best readings of `words` by pairs of characters, the best first, each with its cheapest step."""
    able = words.share >= WRITTEN
    if not able.any():
        return []
    held = page_tables()
    prices, costs = _prices(words)
    flat = prices.reshape(-1)
    best = np.sort(lowest(flat, SIFTED))  # of equal ones the page that is named first
    row, right = np.divmod(best, prices.shape[1])
    chosen = able.nonzero()[0]
    codes = words.rows[chosen[row]]
    turned = held.read.take((right * 257)[:, None] + codes)
    same = turned == 0
    if same.any():
        turned = np.where(same, words.columns, turned)
    costs = costs.reshape(-1).take(best)
    kinds = _kinds(words, turned, costs)
    turned = turned[kinds]
    best = _by_pairs(words, turned, costs[kinds])
    turned, kinds = turned[best], kinds[best]
    points = held.points.take(turned)
    if (turned == OTHER).any():
        points = np.where(turned == OTHER, words.chars, points)
    tables = np.empty((len(points), len(words.chars) + 128), np.uint32)
    tables[:, : len(words.chars)], tables[:, len(words.chars) :] = points, ASCII
    made, size = tables.take(words.where[1:-1], 1).tobytes().decode("utf-32-le", "surrogatepass"), len(words.text)
    ways, rights = chosen[row[kinds]].tolist(), right[kinds].tolist()
    found = {
        made[number * size : (number + 1) * size]: held.step(words.wrongs[way], place)
        for number, (way, place) in enumerate(zip(ways, rights, strict=True))
    }
    return [(text, step) for text, step in found.items() if step is not None and text != words.text]


def _prices(words: Words) -> tuple[Array, Array]:
    """What the single characters of `words` cost in each reading of the ways that can write most of them, the step
    included; and the cost of the step alone; both float32[ways, right pages], tenths of a nat.
    """
    held, able = page_tables(), words.share >= WRITTEN
    rows = words.rows[able]
    histogram = np.zeros((len(rows), 257), np.float32)
    histogram[np.arange(len(rows))[:, None], rows] = words.counts
    # Few bytes occur: a product this small is made by one thread, which need not wait for another.
    occur = np.flatnonzero(histogram.any(0))
    prices = histogram.take(occur, 1) @ held.unigrams.take(occur, 0)
    costs = held.wrong_costs.take(words.wrongs)[able][:, None] + held.right_costs
    prices += costs
    lacking = rows == 256
    if lacking.any():
        prices += (lacking * load().unigrams(words.chars)) @ words.counts[:, None]
    return prices, costs


def _kinds(words: Words, turned: Array, costs: Array) -> Array:
    """The number of the cheapest of each set of equal rows of `turned`, without those that leave the words as they are."""
    signs = signs_of(turned).tolist()
    own = int(signs_of(words.columns))
    found: dict[int, int] = {own: -1}
    for number in costs.argsort(kind="stable").tolist():
        found.setdefault(signs[number], number)
    del found[own]
    return np.array(list(found.values()), np.int64)


def _by_pairs(words: Words, turned: Array, costs: Array) -> Array:
    """Numbers of the JUDGED rows of `turned` (columns of the distinct characters) whose neighbours fit best, the best first."""
    held, count = page_tables(), len(words.chars)
    width = count + 128
    where = words.where
    near = where[:-1] < count
    near |= where[1:] < count
    places = where[:-1] * width
    places += where[1:]
    pairs = Counter(places[near].tolist())
    first, second = np.divmod(np.array(list(pairs), np.int64), width)
    tables = np.empty((len(turned), width), np.int64)
    tables[:, :count], tables[:, count:] = turned, ASCII
    places = tables.take(first, 1)
    places *= held.width
    places += tables.take(second, 1)
    with np.errstate(invalid="ignore"):  # a product of float32 once in a while warns of values that are not there
        prices = held.pairs.take(places) @ np.array(list(pairs.values()), np.float32) + costs
    return lowest(prices, JUDGED)
