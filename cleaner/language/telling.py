"""What the letter sequences of many texts tell of their languages, and which verdicts are beyond doubt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array
from cleaner.language.letters import Letters, spelt
from cleaner.memory import cached
from cleaner.models.languages import SPACE, STEP, WIDTH, load

WORTH, SUREST = 0.0005, 0.9995
"""Least probability that is worth naming, and the most that is claimed: above .9995, 1 in 1,000 sentences was wrong."""
NOTHING = 0.9 * WORTH
"""Probability of all others together below which none of them is worth naming, however it is rounded."""
TEMPER, SHORT, BEND, ENOUGH = 0.15, 69, 1.23, 450
"""Part of a nat that counts, by the number `n` of a text's sequences, which overlap: TEMPER / (1 + n / SHORT) ** BEND, `n` at
most ENOUGH. Fitted to the likelihood of the right answers on the development texts: calibration error 1.5 % on words and
pairs, 0.5 % on sentences."""
KNOWN = 1.0
"""Levels that a possible sequence adds on average, below which there is no language: 2 of 9,000 words, pairs and sentences."""
FAMILIAR = {"Latn": 1.0, "Cyrl": 0.85, "Arab": 0.7, "Deva": 0.65}
USUAL, SPREAD = 5.6, 13.0
"""Levels that a sequence adds at the least in a text of a language that is in the tables, part of them by script: USUAL less SPREAD
by the root of the number of sequences. 2 % of 3,900 texts in 83 languages that the tables have not seen stay below, and of 1,291
of more than 100 sequences in languages that no table has three quarters."""
STRANGER, LOWEST = 0.35, 0.3
"""What the verdict loses with each level that is missing, and what it is worth at the least."""
SCARCE, BEYOND = {"Deva": {"ne": 2.1}}, 60
"""Levels that each sequence of a text beyond so many lacks in languages that the tables were made of little text for, by script:
57 sentences of Nepali. Of its catalogues 29 of 100 were told without, 57 are with it; more, and from the first sequence on, takes
more from Hindi and Marathi than it gives. Serbian in Latin letters lacks .65, but gains less than Bosnian loses."""
LETTERS = 2.0
"""Letters that words have on average at the least; the words of garbled text are single letters between signs."""


class Told(NamedTuple):
    """What the sequences of many texts say, in scripts that several languages share."""

    scripts: Sequence[str]
    levels: Array
    """What they say for each language (int64, texts x WIDTH), -1 where the column is none that is asked about."""
    numbers: Sequence[int]
    """Words of each."""
    sizes: Sequence[int]
    """Their letters."""
    possible: Sequence[int]
    """The sequences that they have."""

    @classmethod
    def of(cls, letters: Sequence[Letters], languages: Sequence[str] | None) -> Told:
        """What the letters of each text tell, among `languages` if these are given."""
        words, scripts = [spelt(some) for some in letters], [some.script or "" for some in letters]
        spaces = [int(np.count_nonzero(some == SPACE)) for some in words]
        numbers = [count - 1 for count in spaces]
        sizes = [len(some) - count for some, count in zip(words, spaces, strict=True)]
        possible = [max(1, 3 * size - 2 * number) for size, number in zip(sizes, numbers, strict=True)]
        levels = load().totals(words)
        _add_scarce(levels, scripts, possible)
        levels[np.array([_left_out(script, tuple(languages or ())) for script in scripts])] = -1
        return cls(scripts, levels, numbers, sizes, possible)

    def beyond_doubt(self) -> list[int]:
        """The column of the best language of each text where no other one is worth naming, and its sequences are as well known as
        those of a language are; else -1. It is what `_by_sequences` would find.
        """
        most, possible = self.levels.max(axis=1), np.array(self.possible)
        temper = np.array([tempered(number) for number in self.possible])
        weights = np.exp((self.levels - most[:, None]) * temper[:, None])
        sure = weights.sum(axis=1) * (1 - NOTHING) < 1
        least = np.array([familiar(*row) for row in zip(self.scripts, self.possible, strict=True)])
        sure &= (most >= least * possible) & (np.array(self.sizes) >= LETTERS * np.array(self.numbers))
        found: list[int] = np.where(sure, self.levels.argmax(axis=1), -1).tolist()
        return found


def _add_scarce(levels: Array, scripts: Sequence[str], possible: Sequence[int]) -> None:
    """Adds what is lacking in columns of SCARCE languages."""
    for script, lacking in SCARCE.items():
        rows = [row for row, one in enumerate(scripts) if one == script and possible[row] > BEYOND]
        if rows:
            beyond = np.array([possible[row] for row in rows]) - BEYOND
            for code, level in lacking.items():
                levels[rows, load().codes[script].index(code)] += (level * beyond).astype(np.int64)


@cached
def _left_out(script: str, languages: tuple[str, ...]) -> Array:
    """Which columns are no language of the script, or not asked about (bool)."""
    asked = [not languages or code in languages for code in load().codes[script]]
    left_out = np.ones(WIDTH, bool)
    left_out[: len(asked)] = np.logical_not(asked)
    left_out.setflags(write=False)
    return left_out


def tempered(possible: int) -> float:
    """What a level counts, in nats, in a text of so many sequences."""
    return float(STEP * TEMPER / (1 + min(possible, ENOUGH) / SHORT) ** BEND)


def familiar(script: str, possible: int) -> float:
    """Levels that each of so many sequences adds at the least in a language of the script that is known."""
    return FAMILIAR[script] * (USUAL - SPREAD / math.sqrt(possible))


def trusted(script: str, possible: int, known: float) -> float:
    """What a verdict is worth on a text whose sequences add `known` levels each: that of a language that is not in the tables, or
    of garbled text, is not sure.
    """
    return min(1.0, max(LOWEST, 1 - STRANGER * (familiar(script, possible) - known) / FAMILIAR[script]))
