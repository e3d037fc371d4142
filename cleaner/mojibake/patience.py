"""Which lines of a document are searched where searches are in vain.

In text that is none, such as rows of random letters, each line takes the longest of all searches, and what is found is chance.
"""

from __future__ import annotations

from zlib import crc32

from cleaner.mojibake.accidents.steps import beyond_ascii
from cleaner.mojibake.readings.evidence import CLEARLY
from cleaner.mojibake.readings.sampling import SAMPLE

PATIENCE = 128
"""Lines in vain before some are passed over. Of 2,182 garbled texts as one document, in three orders, at most 83 are in vain
that others have not made good. Letters drawn at random gain 2.6 nats for each at most, garbled text 8 to 12."""
SHORT = 8
"""Lines in vain from which one that is explained must stand up to doubt to make them good. 64 KB of a dictionary with affix flags
take 1.1 s, with 4 1.0, with 16 1.4, without it 7.6."""
LONG = 500
"""Code points of a line for which it counts once more. 60 rows of 300 random words take 3 s, with 1,000 and without it 5 s; 2,400
garbled lines as one document become right as often with 250 and 1,000."""
BACK, SHORT_BACK = 8, 2
"""Lines in vain that one explained line makes good beside half of all, and those that one makes good which gains little: with 4
of these 2,000 random words, one a line, take 7 s for 1.5 s; of 2,400 garbled lines as many become right with 1 and 4, and with 4
lines beside half."""
LITTLE = 40
"""Nats that chance gains: of 900 words of 4 to 12 letters drawn at random, one a line, 216 are explained, 9 by more. A word that is
garbled gains 10 to 40; of a list of them nine in ten are explained, so that few are in vain."""


class Patience:
    """`vain`: how many lines are in vain, searched or passed over, that no others have made good.

    Where that are n more than PATIENCE, one of sqrt(2n) lines is searched, of n lines some sqrt(2n). Which one is told by its own
    characters, so that another look at the text chooses the same. Lines that are explained make others good. Affix flags
    (`szék/VËŻj×LnÓé`) are explained in most lines by chance that doubt refuses.
    """

    __slots__ = ("vain",)

    def __init__(self) -> None:
        self.vain = 0

    def is_spent(self) -> bool:
        """Whether lines are passed over."""
        return self.vain > PATIENCE

    def is_short(self) -> bool:
        """Whether a line must stand up to doubt to make others good."""
        return self.vain > SHORT

    def is_over(self, line: str) -> bool:
        """Whether `line` is passed over."""
        return (
            self.is_spent() and crc32(line.encode("utf-8", "surrogatepass")) ** 2 * 2 * (self.vain - PATIENCE) > 1 << 64
        )

    def spend(self, line: str) -> None:
        """Counts `line`, which is in vain unless it is restored."""
        self.vain += 1 + len(line) // LONG

    def restore(self, line: str, gain: float, most: float = SAMPLE / 2) -> None:
        """Counts `line` as explained, if it gains enough for each character beyond ASCII, of which `most` have been looked at."""
        if gain >= CLEARLY * min(beyond_ascii(line), most):
            vain = self.vain - len(line) // LONG
            self.vain = max(0, vain // 2 - BACK if gain > LITTLE else vain - SHORT_BACK)
