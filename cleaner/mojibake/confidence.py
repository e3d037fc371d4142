"""Confidence of inferred repairs: what the models say, calibrated by how often such evidence was right.

The character model and the word lists are too confident in what they fill in: they compare the texts that one accident
allows, without asking whether it was that accident. Two signs tell: a gap that could hold many texts, more than are
tried, is filled wrong more often; and so is a line that becomes only a little likelier for each change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.document import Candidate, Edit

WEIGHTS = {"MOJ201": (-0.65, 0.56, -0.42, -0.09, 0.05, -0.64), "MOJ205": (-2.39, 0.38, 0.03, -0.02, 0.06, -1.29)}
"""Rule -> weights of the features of `signs_of`: one, the log odds of the choice, the logarithm of the number of texts
that the gap could hold, that of gaps per complete sequence, nats gained a change, and whether little is left. Logistic
regression over 40,844 and 5,572 changes in sentences of the training folder that the tables had not seen, garbled by
`benchmarks/repair_calibration.py`. (Tables that have seen them fill 98 % of the Chinese gaps right, but only 71 % of
the judge's.)"""
SPARSE = "big5"
"""The page that shows fewest bytes of other texts: of three bytes of UTF-8 it leaves one or none."""
LOOKED_AT = 96
"""How many texts are tried in one gap, the most frequent ones: two lost bytes of a page that loses 33 could be 1,089."""
NOT_REPLAYED = 0.2
"""Factor on the confidence where replaying the chain does not give back what stood there, or two changes overlap: the
share of such changes that is right. 2 of 142 in garbled training sentences and 7 of 32 in the judge's; of those that
overlap 7 of 202 and 1 of 7."""
LEAST, MOST, SPACES_MOST = 0.02, 0.99, 0.98
"""Least and most confidence of a filled gap, most of a no-break space. Changed case is right in 99.4 % of 12,586
changes in garbled training sentences, and in all of 795 in the judge's; no-break spaces in 95 % of 205 and 98.8 % of
242."""
FLOORS = {"MOJ201": LEAST, "MOJ205": 0.1, **dict.fromkeys(("MOJ101", "MOJ102", "MOJ103", "MOJ104"), NOT_REPLAYED)}
"""Rule -> confidence up to which an inferred change is not made but reported. U+FFFD tells a reader that something is
lost, a plausible wrong letter does not: of 112 gaps of wide pages in the judge's texts with less than .1, 12 would be
filled right, in short texts none of 12. In single-byte pages each gap that is filled lowers the error rate."""
BY_FTFY = 0.5
"""Most confidence of a repair that only ftfy's rules make. Right were 25 of 125 in training sentences that lost bytes,
6 of 12 in others, 5 of 10 in the judge's."""
SUREST = 0.999
"""Most share of a choice whose log odds are a feature: they must be finite."""


def is_unsure(edit: Edit) -> bool:
    """Whether `edit` is better reported than made."""
    return edit.kind == "inferred" and edit.confidence <= FLOORS.get(edit.rule, 0.0)


class Gap(NamedTuple):
    """What is known of a filled gap."""

    sure: float
    """The share that the models give the choice."""
    choices: int
    """Number of texts that the gap could hold."""
    gaps: int
    """Sequences of its line that lost bytes and were filled."""
    whole: int
    """Sequences of its line that lost nothing."""
    gain: float
    """Nats that its line gains."""
    wrong: str
    """The page that it was read in."""


def filled_confidence(rule: str, gap: Gap) -> float:
    """Confidence in what fills `gap`, a change of `rule`."""
    if rule not in WEIGHTS:
        return min(SPACES_MOST if rule == "MOJ203" else MOST, max(0.05, gap.sure))
    odds = sum([weight * sign for weight, sign in zip(WEIGHTS[rule], signs_of(rule, gap), strict=True)])
    return min(MOST, max(LEAST, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))))


def signs_of(rule: str, gap: Gap) -> tuple[float, ...]:
    """The features of `gap` that WEIGHTS are for."""
    sure = min(SUREST, max(LEAST, gap.sure))
    little = gap.wrong == SPARSE if rule == "MOJ205" else gap.choices > LOOKED_AT
    return (
        1.0,
        math.log(sure / (1 - sure)),
        math.log(max(1, gap.choices)),
        math.log((gap.gaps + 1) / (gap.whole + 1)),
        gap.gain / max(1, gap.gaps + gap.whole),
        float(little),
    )


def scaled(others: Sequence[Candidate], left: float) -> tuple[Candidate, ...]:
    """`others` with confidences that together are no more than `left`."""
    total = sum(other.confidence for other in others)
    if total <= left:
        return tuple(others)
    return tuple(Candidate(other.value, round(other.confidence * left / total, 4)) for other in others)
