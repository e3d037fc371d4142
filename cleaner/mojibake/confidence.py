"""How sure an inferred repair is: what the models say, weighed with what such evidence has been worth.

The character model and the word lists are too sure of what they fill in: they compare the texts that one accident allows,
and do not ask whether it was that accident. Two signs tell: a page that lacks few bytes leaves few gaps, so many gaps beside few
whole sequences speak against the reading; and a line that becomes little likelier for each change speaks against it too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from cleaner.document import Candidate, Edit

__all__ = ["BY_FTFY", "NOT_REPLAYED", "filled_confidence", "is_unsure", "scaled"]

WEIGHTS = {
    "MOJ201": (-5.87, 0.5, 1.43, -1.17, 0.0),
    "MOJ205": (-3.82, 0.34, 0.0, -0.58, 0.11),
}
"""Rule -> weights of: one, the log odds of the choice, the logarithm of the texts that the gap could hold, the logarithm of gaps by
whole sequences, nats gained a change. Logistic regression over 1,736 and 945 changes in sentences of the training folder, garbled
by `benchmarks/repair_calibration.py`; the whole line counts with the root of its changes."""
NOT_REPLAYED = 0.2
"""Share right of changes by a chain that does not give back what stood there: 2 of 142 in garbled training sentences, 7 of 32
in the judge's."""
FLOORS = {"MOJ201": 0.1, "MOJ205": 0.1, **dict.fromkeys(("MOJ101", "MOJ102", "MOJ103", "MOJ104"), NOT_REPLAYED)}
"""Rule -> confidence of an inferred change up to which it is not made but reported. Of 928 garbled sentences held back as many are
right without changes below .1, and half a point fewer without those below .3; the error rate rises with each that is left."""
BY_FTFY = 0.85
"""The same for what only ftfy's rules repair: 48 of 55 in garbled training sentences."""
LEAST, MOST = 0.02, 0.98
SUREST = 0.999


def is_unsure(edit: Edit) -> bool:
    """Whether `edit` is better reported than made."""
    return edit.kind == "inferred" and edit.confidence <= FLOORS.get(edit.rule, 0.0)


def filled_confidence(rule: str, sure: float, choices: int, gaps: int, whole: int, gain: float) -> float:
    """Confidence in one filled gap.

    `sure` is the share that the models give the choice among the `choices` possible ones; `gaps` and `whole` count the changes
    of its line that were filled and that lost nothing; `gain` is the line's, in nats.
    """
    if rule not in WEIGHTS:
        return min(MOST, max(0.05, sure))  # spaces and changed case: right as often as they say and more
    sure = min(SUREST, max(LEAST, sure))
    signs = (
        1.0,
        math.log(sure / (1 - sure)),
        math.log(max(1, choices)),
        math.log((gaps + 1) / (whole + 1)),
        gain / max(1, gaps + whole),
    )
    odds = sum(weight * sign for weight, sign in zip(WEIGHTS[rule], signs, strict=True))
    return min(MOST, max(LEAST, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))))


def scaled(others: Sequence[Candidate], left: float) -> tuple[Candidate, ...]:
    """`others` with confidences that together are no more than `left`."""
    total = sum(other.confidence for other in others)
    if total <= left:
        return tuple(others)
    return tuple(Candidate(other.value, round(other.confidence * left / total, 4)) for other in others)
