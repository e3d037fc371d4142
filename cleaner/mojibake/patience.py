"""How many lines of a document are searched where searches are in vain.

In text that is none, such as rows of random letters, each line takes the longest of all searches, and what is found is chance.
"""

from __future__ import annotations

from cleaner.mojibake.evidence import CLEARLY
from cleaner.mojibake.sampling import SAMPLE
from cleaner.mojibake.steps import BEYOND

PATIENCE = 128
"""Searches in vain before lines are passed over. Of 2,182 garbled texts as one document, in three orders, at most 83 are in vain
that others have not made good. Letters drawn at random gain 2.6 nats for each at most, garbled text 8 to 12."""
LONG = 500
"""Code points of a line for which its search counts once more."""
BACK = 8
"""Searches in vain that one explained line makes good."""


class Patience:
    """After PATIENCE searches in vain each further one is followed by as many lines that are passed over as were in vain beyond
    that: of n lines some sqrt(2n) are searched. Lines that are explained make searches good.
    """

    __slots__ = ("_passed", "_vain")

    def __init__(self) -> None:
        self._vain = self._passed = 0

    def is_spent(self) -> bool:
        """Whether lines are passed over."""
        return self._vain > PATIENCE

    def is_over(self) -> bool:
        """Whether the line at hand is passed over."""
        return self._passed > 0

    def wait(self) -> None:
        """Passes one line over."""
        self._passed -= 1

    def spend(self, line: str) -> None:
        """Counts a search of `line`, which is in vain unless it is restored."""
        self._vain += 1 + len(line) // LONG
        self._passed = max(0, self._vain - PATIENCE)

    def restore(self, line: str, gain: float, most: float = SAMPLE / 2) -> None:
        """Counts `line` as explained, if it gains enough for each character beyond ASCII, of which `most` have been looked at."""
        if gain >= CLEARLY * min(beyond_ascii(line), most):
            self._vain = max(0, self._vain - 1 - len(line) // LONG - BACK)
            self._passed = 0


def beyond_ascii(line: str) -> int:
    """How many characters of `line` are beyond ASCII."""
    return len(BEYOND.findall(line))
