"""The file `gate.bin`: what its bytes mean, and what is added to the weights that are read from it.

Format of `gate.bin`: the class of each of the 65,536 code units (uint16, little-endian), then the weights of all
pairs plus 7, first class first, four bits each, low bits first. Not compressed: unpacking it took a hook 3 ms. Built by
`tools/build_gate.py`.
"""

from __future__ import annotations

import os

from cleaner.memory import cached

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Array = Any

PATH = os.path.join(os.path.dirname(__file__), "data", "gate.bin")  # noqa: PTH118, PTH120
CLASSES, UNITS = 1024, 65536
"""Classes of code units, and code units (UTF-16)."""
LOWEST, HIGHEST = -7, 8
"""Nats of a pair, in whole ones: four bits hold them."""
TELLING = 16
"""Added to the weight of a pair of classes that holds a pair of characters which gives a mix-up's word away."""
LOUD = 128
"""Added to weights that speak for garbling or tell: most clean texts have none, and are ASCII then."""
FLAG = TELLING | LOUD
LATIN_LETTERS, OTHER_LETTERS, NO_LETTERS = 32, 64, 96
"""Added to all weights of a text that, beyond ASCII, has no letters but Latin ones; none but Greek, Cyrillic or Hebrew ones and
others that go together; none that `alphabets` has to tell apart."""
KIND = 96
"""The bits that hold one of these three."""


def pack(classes: Array, weights: Array) -> bytes:
    """The file's bytes; `classes`: uint16[65536], `weights`: int8[CLASSES, CLASSES], numpy arrays."""
    flat = (weights.reshape(-1) - LOWEST).astype("u1")
    return bytes(classes.astype("<u2").tobytes() + (flat[0::2] | (flat[1::2] << 4)).tobytes())


@cached
def unpacked() -> tuple[bytes, bytes]:
    """The classes and the weights, as they are packed."""
    with open(PATH, "rb") as held:  # noqa: PTH123
        data = held.read()
    return data[: 2 * UNITS], data[2 * UNITS :]
