"""Pairs of documents that share rare names, from an inverted index: no document is compared with all others.

Names that stand in MOST documents or fewer make pairs; a pair's similarity is added up over them, for some documents at a time.
Time grows with the documents, since a name makes at most MOST * (MOST - 1) / 2 pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cleaner.overlap.name_index import MOST, NameIndex, times_of
from cleaner.overlap.tokens import in_order

__all__ = ["name_pairs"]

PART = 1 << 16
"""Meetings of two documents in a name that are held in memory at a time: half a megabyte an array. Larger
ones leave holes in the heap."""

Array = Any


def name_pairs(
    index: NameIndex, words: Array, least: float, heroes: int, page: int, sure: float
) -> Iterator[tuple[Array, Array]]:
    """Pairs of numbers of documents whose cosine of rare names is `least` or more, sorted, some at a time.

    `words` are the documents' numbers of words. Where one text has `page` words and more, there must be `heroes` mentions of
    the names, each counted in the text that mentions it more, or the cosine must reach `sure`.
    """
    owner, key, count = index.rows_between(2, MOST)
    order = np.argsort(key, kind="stable").astype(np.int32)
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    behind = np.cumsum(np.bincount(key, minlength=len(index.keys))).astype(np.int32)
    width, first = index.documents, 0
    ends = np.cumsum(np.bincount(owner, behind[key] - place - 1, width)).astype(np.int64)
    borders = np.searchsorted(owner, np.arange(width + 1))
    while first < width:
        before = int(ends[first - 1]) if first else 0
        stop = max(first + 1, int(np.searchsorted(ends, before + PART, side="right")))
        rows = np.arange(borders[first], borders[stop])
        first = stop
        sizes = behind[key[rows]] - place[rows] - 1
        if not sizes.any():
            continue
        one = np.repeat(rows, sizes)
        offsets = np.arange(len(one)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        other = order[place[one] + 1 + offsets]
        codes = owner[one].astype(np.int64) * width + owner[other]
        weights = index.weights_of(index.seen[key[one]])
        times = times_of(count[one]) * times_of(count[other]) * weights**2
        code, dot, mentions = _summed(codes, times, np.maximum(count[one], count[other]))
        left, right = code // width, code % width
        cosine = dot / (index.norms[left] * index.norms[right])
        short = np.maximum(words[left], words[right]) < page
        good = (cosine >= least) & (short | (mentions >= heroes) | (cosine >= sure))
        if good.any():
            yield left[good], right[good]


def _summed(code: Array, dot: Array, mentions: Array) -> tuple[Array, Array, Array]:
    """Each code once, sorted, with the sums of what belongs to it."""
    code, order = in_order(code.view(np.uint64))
    code, dot, mentions = code.view(np.int64), dot[order], mentions[order]
    heads = np.flatnonzero(np.concatenate([[True], code[1:] != code[:-1]]))
    return code[heads], np.add.reduceat(dot, heads), np.add.reduceat(mentions, heads)
