"""The table of `gate` read with numpy: by the classes of code units, and as `one_byte` does where a character fits one byte."""

from __future__ import annotations

import codecs
import re
import sys

import numpy as np

from cleaner.models import one_byte
from cleaner.models.gate_table import CLASSES, FLAG, LATIN_LETTERS, LOUD, LOWEST, NO_LETTERS, OTHER_LETTERS, UNITS
from cleaner.models.mixups import telling_pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.arrays import Array


IN_UTF_16 = codecs.utf_16_le_encode if sys.byteorder == "little" else codecs.utf_16_be_encode
"""Faster by .2 us than `str.encode`, which looks the codec up."""
SHORT = 600
"""Code points up to which one call for a product of sums is faster than four of simple arithmetic."""
CHUNK = 16_384
"""Code points read at once: what keeps the intermediate arrays in the processor's cache."""


def by_numpy(packed_classes: bytes, packed_weights: bytes) -> Callable[[str], bytes]:
    """A function that gives the weights of the pairs of a text (`gate.weights_in`), from the two parts of the file `gate.bin`."""
    held, packed = np.frombuffer(packed_classes, "<u2"), np.frombuffer(packed_weights, "u1")
    classes, table = _arrays(held, packed)
    class_of, weight_of, pairs = classes.take, table.take, np.correlate
    read, unit, role = np.frombuffer, np.dtype(np.uint16), np.array([CLASSES, 1])

    def by_classes(text: str) -> bytes:
        if 0 < len(text) <= SHORT:  # beyond its ends there is class 0, that of line ends
            units = read(IN_UTF_16(text, "surrogatepass")[0], unit)
            return weight_of(pairs(class_of(units), role, "full")).tobytes()  # type: ignore[no-any-return]
        units = read(IN_UTF_16(f"\n{text}\n", "surrogatepass")[0], unit)
        if len(units) <= CHUNK:
            return weights_of(units)
        return b"".join(weights_of(units[at : at + CHUNK + 1]) for at in range(0, len(units) - 1, CHUNK))

    def weights_of(units: Array) -> bytes:
        held = class_of(units)
        places = held[:-1] * CLASSES
        places += held[1:]
        found: bytes = weight_of(places).tobytes()
        return found

    return one_byte.reader(lambda chars: _weights_between(chars, held, packed), telling_pairs(), FLAG, by_classes)


def _arrays(held: Array, packed: Array) -> tuple[Array, Array]:
    """The class of each code unit, int64, 0 for a line end; and the weights of all pairs of classes, as `_weights` gives them."""
    classes: Array = held.astype(np.int64)
    weights = np.empty(CLASSES * CLASSES, np.uint8)
    weights[0::2], weights[1::2] = packed & 15, packed >> 4
    square: Array = weights.reshape(CLASSES, CLASSES)
    # A pair of ASCII characters says nothing, whatever characters the table has in their classes.
    shared = np.flatnonzero(_held(classes[:128]) & _held(classes[128:]))
    spare = np.flatnonzero(~_held(classes))[: len(shared)]
    for old, new in zip(shared.tolist(), spare.tolist(), strict=True):
        square[new], square[:, new] = square[old], square[:, old]
        square[new, new] = square[old, old]
        classes[:128][classes[:128] == old] = new
    letters = np.flatnonzero(_held(classes[:128]))
    square[np.ix_(letters, letters)] = -LOWEST
    chars = np.arange(UNITS, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    ends = np.flatnonzero(_held(classes[np.array(list(map(ord, "".join(re.findall(r"\W+", chars)))))]))
    firsts, seconds = (np.array(list(map(ord, chars))) for chars in zip(*telling_pairs(), strict=True))
    last = seconds == ord(" ")
    weights |= (weights > -LOWEST) * np.uint8(LOUD)
    weights[(classes[firsts[last], None] * CLASSES + ends).reshape(-1)] |= FLAG
    weights[classes[firsts[~last]] * CLASSES + classes[seconds[~last]]] |= FLAG
    # Characters that stand together in texts, as those of a script do, are given neighbouring classes: less to hold in the cache.
    kinds, first = np.unique(classes, return_index=True)
    first[kinds == classes[ord("\n")]] = -1
    order = np.concatenate([kinds[first.argsort()], np.flatnonzero(~_held(kinds))])
    return order.argsort()[classes], square.take(order, 0).take(order, 1).reshape(-1)


def _held(classes: Array) -> Array:
    """Of each class whether it is among `classes`; bool[CLASSES]. `numpy.unique` would load masked arrays, which takes 8 ms."""
    held = np.zeros(CLASSES, bool)
    held[classes] = True
    return held


def _weights_between(chars: str, held: Array, packed: Array) -> Array:
    """The weights of all pairs of `chars`, an alphabet of `one_byte`, as `_weights` gives them, without FLAG; uint8[first, second].

    To all of them LATIN_LETTERS, OTHER_LETTERS or NO_LETTERS is added.
    """
    points = np.array(list(map(ord, chars)))
    classes = held.take(points).astype(np.int64)
    places = classes[:, None] * CLASSES + classes
    weights: Array = packed.take(places >> 1) >> (places & 1) * 4 & 15
    weights[np.ix_(points < 128, points < 128)] = -LOWEST
    weights |= (weights > -LOWEST) * LOUD
    latin, other = (
        any(((points >= first) & (points < end)).any() for first, end in ranges)
        for ranges in (((0xC0, 0x250),), ((0x370, 0x530), (0x5D0, 0x5EB)))
    )
    weights |= LATIN_LETTERS if latin else OTHER_LETTERS if other else NO_LETTERS
    return weights.astype(np.uint8)
