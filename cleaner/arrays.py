"""Helpers for numpy arrays that several rooms use."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any
"""A numpy array; its dtype and shape are said where it is used."""


def code_points(text: str) -> Array:
    """The code points of `text`, uint32; lone surrogates as they are."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def places_in(ordered: Array, values: Array) -> Array:
    """The index of each of `values` in the sorted array `ordered`; any valid index for one that is missing (0 if all are)."""
    places = ordered.searchsorted(values)
    places[places == len(ordered)] = 0
    return places


def found_in(ordered: Array, values: Array) -> tuple[Array, Array]:
    """The same, and whether each of `values` is there, bool."""
    places = places_in(ordered, values)
    return places, ordered[places] == values if len(ordered) else np.zeros(len(values), bool)


def among(values: Array, others: Array) -> Array:
    """Whether each of `values` is among `others`, bool. `numpy.isin` would load masked arrays for it, 8 ms."""
    return found_in(np.sort(others), values)[1]


def lowest(values: Array, count: int) -> Array:
    """The places of the `count` lowest of `values`, the lowest first, of equal ones the first.

    Which of equal ones `numpy.argpartition` and an unstable `argsort` choose is up to the instructions that the processor has.
    """
    if count >= len(values):
        return values.argsort(kind="stable")
    places = np.flatnonzero(values <= np.partition(values, count - 1)[count - 1])
    return places[values[places].argsort(kind="stable")[:count]]


def heads_of(values: Array) -> Array:
    """Where each run of equal `values` begins."""
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])[: len(values)])


def runs_of(wanted: Array) -> tuple[Array, Array]:
    """Where the runs of true values of `wanted` begin and end, half-open; its first and its last value are false."""
    edges = np.flatnonzero(wanted[1:] != wanted[:-1]) + 1
    return edges[::2], edges[1::2]


def ranges(first: Array, sizes: Array) -> Array:
    """For each of `first` so many consecutive numbers from it on, in one array; `first` may be one number for all."""
    return np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))


def without_repeats(ordered: Array) -> Array:
    """The distinct values of a sorted array. `numpy.unique` puts them into a hash table, which takes three times as long."""
    keep = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered if keep.all() else ordered[keep]


class Lookup:
    """Indices of distinct hashes by a table of their low bits: 5 ns a value where a search among 200,000 takes 80."""

    __slots__ = ("_crowded", "_hashes", "_mask", "_table")

    def __init__(self, hashes: Array) -> None:
        """Of at least one hash, in any order."""
        size = 1 << (2 * len(hashes)).bit_length()
        self._hashes, self._mask = hashes, hashes.dtype.type(size - 1)
        slots, numbers = (hashes & self._mask).astype(np.int64), np.arange(len(hashes), dtype=np.int32)
        self._table: Array = np.zeros(size, np.int32)
        self._table[slots] = numbers
        crowded = np.flatnonzero(self._table[slots] != numbers)  # another hash has their slot
        self._crowded: Array = crowded[np.argsort(hashes[crowded])]

    def places(self, values: Array) -> tuple[Array, Array]:
        """The index of each of `values` among the hashes, int32, and whether it is among them."""
        place = self._table[(values & self._mask).astype(np.int64)]
        held = self._hashes[place]
        found = held == values
        if len(self._crowded):
            rest = np.flatnonzero(((held ^ values) & self._mask == 0) & ~found)
            own = self._crowded[places_in(self._hashes[self._crowded], values[rest])]
            there = self._hashes[own] == values[rest]
            place[rest[there]], found[rest[there]] = own[there], True
        return place, found
