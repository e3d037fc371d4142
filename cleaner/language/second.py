"""langdetect, always seeded: a backend of its own, and the second opinion on uncertain verdicts.

Its method (n-grams drawn at random until a language is all but sure, seven times) is done here by arrays over the package's
own profiles and settings. The numbers are those of the package with the same seed, and no generator is touched.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np

from cleaner.arrays import Array
from cleaner.document import Candidate
from cleaner.language.profiles import load
from cleaner.memory import cached

SEED = 0
"""langdetect draws at random; unseeded, its answers change from call to call."""
CODES = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh"}
TRIALS = 7
"""The package's number of trials."""
STRIDE = 5
"""N-grams that langdetect draws between two looks at the probabilities."""
LOOKS, ALONE = 16, 40
"""How many looks are computed at once for many texts, and for one: as many as a trial takes on average. With more some
are discarded, with fewer there are more calls."""
AT_ONCE = 16
"""Texts whose trials run side by side: .5 ms a text, .7 with 4, 1.1 one after the other."""
LONGEST = 1_000
"""Code points that langdetect is shown: its time grows with the text, 30 ms at its own limit of 10,000."""
WORDS = 16_384
"""Numbers that the generator is asked for: seven trials of 1,001 n-grams take 14,022 where every second number is refused, the
most that ever are; a test counts them."""


@cached
def engine() -> str:
    """The package and its version: that in the name of the folder beside it, as `importlib.metadata` takes 30 ms to load."""
    import langdetect

    beside = [folder.name for folder in Path(langdetect.__file__).parents[1].glob("langdetect-*.dist-info")]
    if len(beside) == 1:
        return "langdetect/" + beside[0].removeprefix("langdetect-").removesuffix(".dist-info")
    from importlib.metadata import version

    return f"langdetect/{version('langdetect')}"


@cached
def _drawn() -> Array:
    """The first numbers of 32 bits that the seeded generator gives (uint32)."""
    held = Random(SEED).getrandbits(32 * WORDS)  # noqa: S311 - langdetect's generator
    return np.frombuffer(held.to_bytes(4 * WORDS, "little"), "<u4")


@cached
def _choices(bits: int) -> Array:
    """What `random.choice` tries among up to 2 ** bits (uint16): the highest bits of the first numbers."""
    return (_drawn() >> np.uint32(32 - bits)).astype(np.uint16)


class _Draws:
    """The successive results of a seeded `random.gauss` and `random.choice` among `size`."""

    __slots__ = ("_at", "_next", "_taken", "places")

    def __init__(self, size: int) -> None:
        numbers = _choices(size.bit_length())
        self._taken = np.flatnonzero(numbers < size)
        self.places: Array = numbers[self._taken]
        """What `random.choice` gives (uint16), if nothing else is asked for between."""
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

    def first(self) -> int:
        """Where the next choice stands in `places`."""
        return int(self._taken.searchsorted(self._at))

    def go_on(self, end: int) -> None:
        """Takes the numbers of `places` before `end` as used up."""
        self._at = int(self._taken[end - 1]) + 1


class _Text:
    """A text in trial: its draws, and its n-grams in the order of what can be drawn."""

    __slots__ = ("drawn", "draws", "total")

    def __init__(self, grams: Array, languages: int) -> None:
        self.draws = _Draws(len(grams))
        self.drawn = grams.take(self.draws.places)
        self.total = np.zeros(languages)


def _trial(texts: Sequence[_Text], shares: Array) -> None:
    """Adds to each text the probabilities after as many n-grams as it takes; looked at after the first, then after every five."""
    from langdetect.detector import Detector

    wide = shares.shape[1]
    weights = np.array([(Detector.ALPHA_DEFAULT + one.draws.gauss() * Detector.ALPHA_WIDTH) for one in texts])
    weights /= Detector.BASE_FREQ
    at = [one.draws.first() for one in texts]
    held = np.full((len(texts), wide), np.log(1 / wide))
    size, looks, left = 1, 1, 1 + Detector.ITERATION_LIMIT // STRIDE
    while texts:
        count = looks * size
        drawn = np.array([one.drawn[start : start + count] for one, start in zip(texts, at, strict=True)])
        # By place in a look, look, text, and language.
        factors = shares.take(drawn.reshape(len(texts), looks, size).T, axis=0)
        factors += weights[:, None]
        sums = factors[0]
        for others in factors[1:]:
            sums *= others
        np.log(sums, out=sums)
        sums[0] += held
        for place in range(1, looks):
            sums[place] += sums[place - 1]
        found = np.exp(sums - np.maximum.reduce(sums, axis=2, keepdims=True))
        whole = np.add.reduce(found, axis=2)
        # The best one stands at 1 of them.
        sure = 1 / whole > Detector.CONV_THRESHOLD
        left -= looks
        last = np.where(sure.any(axis=0), sure.argmax(axis=0), looks - 1 if left == 0 else -1).tolist()
        for place, (one, look) in enumerate(zip(texts, last, strict=True)):
            if look >= 0:
                one.total += found[look, place] / whole[look, place] / TRIALS
                one.draws.go_on(at[place] + (look + 1) * size)
        going = [place for place, look in enumerate(last) if look < 0]
        texts, at = [texts[place] for place in going], [at[place] + count for place in going]
        held, weights = sums[-1, going], weights[going]
        size, looks = STRIDE, min(LOOKS if len(texts) > 1 else ALONE, left)


def langdetect_verdicts(texts: Sequence[str], languages: Sequence[str] | None) -> list[list[Candidate]]:
    """Langdetect's languages for each text, best first; `und` where it finds none."""
    found: list[list[Candidate]] = []
    for start in range(0, len(texts), AT_ONCE):
        found += _verdicts(texts[start : start + AT_ONCE], languages)
    return found


def _verdicts(texts: Sequence[str], languages: Sequence[str] | None) -> Iterator[list[Candidate]]:
    from langdetect.detector import Detector

    profiles = load()
    columns = [
        place for place, code in enumerate(profiles.languages) if not languages or CODES.get(code, code) in languages
    ]
    grams, shares = profiles.found([text[:LONGEST] for text in texts])
    if columns and len(columns) < len(profiles.languages):
        shares = shares[:, columns]
    tried = [_Text(some, len(columns)) if columns and len(some) else None for some in grams]
    for _ in range(TRIALS):
        _trial([one for one in tried if one], shares)
    names = [profiles.languages[column] for column in columns]
    for one in tried:
        ranked = sorted(zip(one.total.tolist(), names, strict=True), key=lambda row: -row[0]) if one else []
        best = [(CODES.get(name, name), share) for share, name in ranked if share > Detector.PROB_THRESHOLD]
        yield [Candidate(code, round(share, 4)) for code, share in best] or [Candidate("und", 0.0)]
