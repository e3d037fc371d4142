"""Pairs of documents that share rare names, from an inverted index: no document is compared with all others.

Names that at most MOST documents have make pairs; a pair's similarity is summed over them, for some documents at a
time. Time grows with the documents, since a name makes at most MOST * (MOST - 1) / 2 pairs.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.arrays import Array, heads_of, ranges
from cleaner.overlap.index.name_index import MOST, NameIndex, times_of
from cleaner.overlap.stories.verdicts import DILUTED_COSINE, HEROES, PAGE, WHOLE
from cleaner.overlap.words.tokens import in_order, summed

FLOOR = 0.8
"""Share of the lowest threshold that a pair must reach by its rare names alone to be considered; common names add the rest."""
SURE = 0.5
"""Share of WHOLE that the cosine of names must reach for a pair without heroes to be considered."""
PART = 1 << 16
"""Meetings of two documents in a name that are held in memory at a time: half a megabyte an array. Larger
ones leave holes in the heap."""
BLOCK = 2048
"""Documents whose names are read at a time: as many as a part of names has at most."""


def name_pairs(index: NameIndex, words: Array, caseless: Array, strictness: float) -> Iterator[tuple[Array, Array]]:
    """Pairs of numbers of documents whose rare names are alike, sorted, some at a time; `strictness` multiplies the border.

    `words` are the documents' numbers of words; of their scripts some are `caseless`. Where one text is a page, the names must be
    heroes (HEROES), or the cosine as good as whole. Silent documents make pairs with telling ones only.

    In memory are 8 bytes for each name of a document: which document has it, and how often.
    """
    width, mixed = index.documents, bool(caseless.any())
    least, (apart, _) = FLOOR * DILUTED_COSINE * strictness, index.apart(words, caseless)
    blocks = range(0, width, BLOCK)
    begun, ends = _borders(np.where((index.meeting > 1) & (index.meeting <= MOST), index.meeting, 0))
    holder, named = (np.empty(int(ends[-1:].sum()), kind) for kind in (np.int32, np.uint32))
    filled = begun.copy()
    for first in blocks:
        owner, key, count = index.rows_of(first, first + BLOCK, MOST)
        place = _placed(key, filled)
        holder[place], named[place] = owner, count
    times = np.append(0.0, times_of(np.arange(1, 1 + int(named.max(initial=0)))))
    filled = begun
    for first in blocks:
        owner, key, count = index.rows_of(first, first + BLOCK, MOST)
        place = _placed(key, filled)
        weights = index.weights_of(index.seen[key]) ** 2
        sizes = ends[key] - place - 1  # documents with the name after this one
        borders = np.searchsorted(owner, np.arange(first, min(first + BLOCK, width) + 1))
        met = np.append(0, np.cumsum(sizes))[borders]
        at = 0
        while at < len(borders) - 1:
            stop = max(at + 1, int(np.searchsorted(met, met[at] + PART, side="right")) - 1)
            rows = np.arange(borders[at], borders[stop])
            at = stop
            one = np.repeat(rows, sizes[rows])
            if not len(one):
                continue
            other = ranges(place[rows] + 1, sizes[rows])
            codes = owner[one].astype(np.int64) * width + holder[other]
            dots = times[count[one]] * times[named[other]] * weights[one]
            code, dot, mentions = summed(codes.view(np.uint64), dots, np.maximum(count[one], named[other]))
            code = code.view(np.int64)
            left, right = code // width, code % width
            cosine = dot / (index.norms[left] * index.norms[right])
            if mixed:
                unlike = np.flatnonzero(caseless[left] != caseless[right])
                cosine[unlike] = dot[unlike] / (apart[left[unlike]] * apart[right[unlike]])
            short = np.maximum(words[left], words[right]) < PAGE
            good = (cosine >= least) & (short | (mentions >= HEROES) | (cosine >= SURE * WHOLE))
            if len(index.known):
                silent, telling = index.silent, index.telling
                good &= (~silent[left] | telling[right]) & (~silent[right] | telling[left])
            if good.any():
                yield left[good], right[good]


def _borders(sizes: Array) -> tuple[Array, Array]:
    """Where consecutive rows of these `sizes` begin and end; uint32 where that suffices."""
    kind = np.int32 if int(sizes.sum(dtype=np.int64)) <= np.iinfo(np.int32).max else np.int64
    ends = np.cumsum(sizes, dtype=kind)
    return ends - sizes.astype(kind), ends


def _placed(key: Array, filled: Array) -> Array:
    """The next free place for each of `key`, in order, from `filled` (key -> first free place), which is updated."""
    keys, order = in_order(key.astype(np.uint64))
    heads = heads_of(keys)
    sizes = np.diff(np.append(heads, len(keys)))
    place: Array = np.empty(len(keys), np.int64)
    place[order] = ranges(filled[keys[heads]], sizes)
    filled[keys[heads]] += sizes.astype(filled.dtype)
    return place
