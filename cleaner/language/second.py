"""langdetect, always seeded: a backend of its own, and the second opinion on uncertain verdicts.

Its method (n-grams drawn at random until a language is all but sure, seven times) is done here by arrays over the package's
own profiles and settings. The numbers are those of the package with the same seed, and no generator is touched.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np

from cleaner.document import Candidate
from cleaner.language.profiles import load
from cleaner.letting_go import cached

__all__ = ["langdetect_verdict"]

SEED = 0
"""langdetect draws at random; unseeded, its answers change from call to call."""
CODES = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh"}
TRIALS = 7
"""The package's number of trials."""
STRIDE = 5
"""N-grams that langdetect draws between two looks at the probabilities."""
LOOKS = 40
"""Looks that are taken at once: as many as a trial takes on average."""
LONGEST = 1_000
"""Code points that langdetect is shown: its time grows with the text, 30 ms at its own limit of 10,000."""
WORDS = 16_384
"""Numbers that the generator is asked for: seven trials of 1,001 n-grams take 14,022 where every second number is refused, the
most that ever are; a test counts them."""

Array = Any


@cached
def _drawn() -> Array:
    """The first numbers of 32 bits that the seeded generator gives (uint32)."""
    held = Random(SEED).getrandbits(32 * WORDS)  # noqa: S311 - langdetect's generator
    return np.frombuffer(held.to_bytes(4 * WORDS, "little"), "<u4")


class _Draws:
    """What `random.gauss` and `random.choice` among `size` give one after the other, seeded."""

    __slots__ = ("_at", "_next", "_numbers", "_taken")

    def __init__(self, size: int) -> None:
        self._numbers = _drawn() >> np.uint32(32 - size.bit_length())
        self._taken = np.flatnonzero(self._numbers < size)
        self._at = 0
        self._next: float | None = None

    def gauss(self) -> float:
        """The next of normal distribution; two are made from two numbers between 0 and 1."""
        if self._next is not None:
            held, self._next = self._next, None
            return held
        angle, radius = self._uniform() * math.tau, math.sqrt(-2.0 * math.log(1.0 - self._uniform()))
        self._next = math.sin(angle) * radius
        return math.cos(angle) * radius

    def _uniform(self) -> float:
        high, low = _drawn()[self._at : self._at + 2].tolist()
        self._at += 2
        return float(((high >> 5) * 67108864 + (low >> 6)) / 9007199254740992)

    def places(self, count: int) -> tuple[Array, Array]:
        """The next `count` places below `size`, and for each what `go_on` takes to go on behind it."""
        start = int(np.searchsorted(self._taken, self._at))
        taken = self._taken[start : start + count]
        return self._numbers[taken], taken + 1

    def go_on(self, at: int) -> None:
        """Takes the numbers before `at` as used up."""
        self._at = int(at)


def _trial(draws: _Draws, grams: Array, shares: Array, prior: Array) -> Array:
    """The probabilities after as many n-grams as it takes; looked at after the first, then after every five."""
    from langdetect.detector import Detector

    weight = (Detector.ALPHA_DEFAULT + draws.gauss() * Detector.ALPHA_WIDTH) / Detector.BASE_FREQ
    held, size, looks = np.log(prior), 1, 1
    left = 1 + Detector.ITERATION_LIMIT // STRIDE
    while left:
        places, ends = draws.places(looks * size)
        factors = shares.take(grams[places], axis=0)
        factors += weight
        sums = np.log(np.multiply.reduce(factors.reshape(looks, size, -1), axis=1)).cumsum(axis=0)
        sums += held
        sums -= sums.max(axis=1, keepdims=True)
        found = np.exp(sums)
        found /= found.sum(axis=1, keepdims=True)
        sure = found.max(axis=1) > Detector.CONV_THRESHOLD
        last = int(sure.argmax()) if sure.any() else looks - 1
        draws.go_on(ends[(last + 1) * size - 1])
        if sure[last]:
            break
        held, left = sums[last], left - looks
        size, looks = STRIDE, min(LOOKS, left)
    return found[last]


def langdetect_verdict(text: str, languages: Sequence[str] | None) -> list[Candidate]:
    """Langdetect's languages for `text`, best first; `und` where it finds none."""
    from langdetect.detector import Detector

    profiles = load()
    prior = np.ones(len(profiles.languages))
    if languages:
        prior = np.array([CODES.get(code, code) in languages for code in profiles.languages], np.float64)
    grams, shares = profiles.found(text[:LONGEST])
    columns = np.flatnonzero(prior)
    if not len(columns) or not len(grams):
        return [Candidate("und", 0.0)]
    prior = np.full(len(columns), 1 / len(columns))
    shares = shares[:, columns]
    draws = _Draws(len(grams))
    total = np.zeros(len(columns))
    for _ in range(TRIALS):
        total += _trial(draws, grams, shares, prior) / TRIALS
    names = [profiles.languages[column] for column in columns.tolist()]
    ranked = sorted(zip(total.tolist(), names, strict=True), key=lambda row: -row[0])
    found = [(CODES.get(name, name), share) for share, name in ranked if share > Detector.PROB_THRESHOLD]
    return [Candidate(code, round(share, 4)) for code, share in found] or [Candidate("und", 0.0)]
