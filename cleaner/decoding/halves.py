"""Bytes of a text in UTF-8 that are part of no character: halves of letters that the text, or its language, writes, or damage."""

from __future__ import annotations

import numpy as np

from cleaner.arrays import Array
from cleaner.decoding.pages import WRITTEN, costs_in_utf8
from cleaner.memory import cached
from cleaner.models.letters import load

HALF, DAMAGED = 8.0, 17.0
"""Nats for a byte that characters of the text have; those of another byte of the language's letters are more by the logarithm of
its share, and at most those of a byte of none. Of 4,000 texts of a line to a page in 150 languages with one or two accidents 3,939
are read right, and of 3,500 with a line or a word in one of 55 encodings 3,129; 3,868 and 3,100 with the bytes of the text alone
and 16 for others. With DAMAGED at 20 they are 3,927 and 3,168: letters that nobody wrote are worse than one that is not shown."""
NARROW = 0x3000
"""Code points from which characters are too many for their halves to say anything."""


def damage_costs(sample: bytes, held: bytes) -> Array:
    """Nats for each of the 256 bytes where it is part of no character of a text: `sample` is of it, `held` are bytes of its
    characters above 0x7F; float64.
    """
    costs = costs_in_utf8(sample)
    languages = np.exp(costs.min() - costs)
    shares = (languages / languages.sum()) @ _shares()
    damaged = np.minimum(DAMAGED, HALF - np.log(np.maximum(shares, np.exp(HALF - DAMAGED))))
    damaged[list(held)] = HALF
    return damaged


@cached
def _shares() -> Array:
    """The share of each of the 256 bytes in the characters above 0x7F that a language writes; float32, row × byte."""
    points = np.arange(0x80, NARROW, dtype=np.uint32)
    costs = load().costs(points)
    points, costs = points[known := costs.min(axis=1) < WRITTEN], costs[known]
    weights = np.where(costs < WRITTEN, np.exp(-costs), 0)
    shares = np.zeros((256, costs.shape[1]), np.float32)
    for point, weight in zip(points.tolist(), weights, strict=True):
        for byte in chr(point).encode("utf-8"):
            shares[byte] += weight
    return (shares / np.maximum(shares.sum(axis=0), 1e-30)).T
