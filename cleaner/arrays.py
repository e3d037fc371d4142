"""What the rooms share of numpy."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any
"""An array of numpy; its kind and shape stand where it is spoken of."""


def code_points(text: str) -> Array:
    """The code points of `text`, uint32; lone surrogates as they are."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def places_in(ordered: Array, values: Array) -> Array:
    """The place of each of `values` among the `ordered` ones; some place for what is not there, 0 where there are none at all."""
    places = ordered.searchsorted(values)
    places[places == len(ordered)] = 0
    return places


def among(values: Array, others: Array) -> Array:
    """Of each of `values` whether it is among `others`; bool array. `numpy.isin` loads masked arrays for it, 8 ms."""
    ordered = np.sort(others)
    return ordered[places_in(ordered, values)] == values if len(ordered) else np.zeros(len(values), bool)


def heads_of(values: Array) -> Array:
    """Where each run of equal `values` begins."""
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])[: len(values)])


def ranges(first: Array, sizes: Array) -> Array:
    """The numbers from each of `first` on, so many of each, one behind the other; `first` may be one number for all."""
    return np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))


def without_repeats(ordered: Array) -> Array:
    """The `ordered` values, each once: `numpy.unique` looks for them in a table, which takes three times as long."""
    keep = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered if keep.all() else ordered[keep]
