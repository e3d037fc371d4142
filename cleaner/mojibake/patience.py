"""How many lines of a document are searched: failed searches use up its patience, successful ones restore it.

In data that is not language (rows of random letters, keys, affix flags) every line takes the longest search, and what
that finds is due to chance. Once patience is spent, only a sample of the lines is searched.
"""

from __future__ import annotations

from zlib import crc32

from cleaner.mojibake.accidents.steps import beyond_ascii
from cleaner.mojibake.readings.evidence import CLEARLY
from cleaner.mojibake.readings.sampling import SAMPLE

PATIENCE = 128
"""Failed lines above which most lines are passed over. In 2,182 garbled texts as one document, in three orders, at most
83 have failed without being made up for. Letters drawn at random gain at most 2.6 nats each, garbled text 8 to 12."""
SHORT = 8
"""Failed lines above which an explained line counts only if no doubt refuses its repair. 64 KB of a dictionary with
affix flags take 1.1 s, with 4 1.0, with 16 1.4, without it 7.6."""
LONG = 500
"""A line counts once, and once more for each so many code points. 60 rows of 300 random words take 3 s, with 1,000 and
without it 5 s; 2,400 garbled lines as one document become right as often with 250 and 1,000."""
BACK, SHORT_BACK = 8, 2
"""How many failed lines an explained one makes up for: half of all and BACK more, or SHORT_BACK where it gains only
LITTLE. With 4 for SHORT_BACK 2,000 random words, one a line, take 7 s instead of 1.5 s; of 2,400 garbled lines as many
become right with 1 and 4, and with 4 for BACK."""
LITTLE = 40
"""Nats that chance can gain: of 900 words of 4 to 12 letters drawn at random, one a line, 216 are explained, 9 by more.
A garbled word gains 10 to 40; in a list of garbled words nine in ten are explained, so that few searches fail."""


class Patience:
    """`vain`: how many lines have failed (searched or passed over), less those that explained lines have made up for.

    When n more than PATIENCE have failed, one line in sqrt(2n) is still searched: some sqrt(2n) of n lines. A checksum of the line
    decides, so that a second look at the text searches the same ones. Affix flags (`szék/VËŻj×LnÓé`) are explained by chance in
    most lines, and the doubts refuse these repairs: hence SHORT.
    """

    __slots__ = ("vain",)

    def __init__(self) -> None:
        self.vain = 0

    def is_spent(self) -> bool:
        """Whether lines are passed over."""
        return self.vain > PATIENCE

    def is_short(self) -> bool:
        """Whether an explained line counts only if its repair stands up to the doubts."""
        return self.vain > SHORT

    def is_over(self, line: str) -> bool:
        """Whether `line` is passed over."""
        return (
            self.is_spent() and crc32(line.encode("utf-8", "surrogatepass")) ** 2 * 2 * (self.vain - PATIENCE) > 1 << 64
        )

    def spend(self, line: str) -> None:
        """Counts `line` as failed, until `restore` is called for it."""
        self.vain += 1 + len(line) // LONG

    def restore(self, line: str, gain: float, most: float = SAMPLE / 2) -> None:
        """Counts `line` as explained, if it gains enough for each character beyond ASCII, at most `most` of which were judged."""
        if gain >= CLEARLY * min(beyond_ascii(line), most):
            vain = self.vain - len(line) // LONG
            self.vain = max(0, vain // 2 - BACK if gain > LITTLE else vain - SHORT_BACK)
