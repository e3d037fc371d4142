"""Is anything suspicious? A table of pairs of characters, without a model: what it passes is left alone.

Garbled text holds pairs that clean text does not: controls, symbols inside words, two scripts in one word, capitals in the
middle of words, Han and kana that nobody uses. `cleaner.models.gate` has how much each pair says; here is how much is
enough. Where the pairs leave a doubt, the letters of the whole line are asked: no language has both `ì` and `ř`.
"""

from __future__ import annotations

from cleaner.models.alphabets import one_alphabet
from cleaner.models.gate import Evidence, evidence, line_evidence

__all__ = ["strangeness", "suspicious", "suspicious_lines"]

TOTAL = -2
"""Nats of all pairs of a line above which it is suspicious."""
RUN = 8
"""Nats of neighbouring pairs above which a line is suspicious whatever the rest of it says."""


def _enough(line: str, found: Evidence) -> bool:
    return found.against > 0 and (
        found.total > TOTAL or (found.against > RUN and found.run > RUN) or not one_alphabet(line)
    )


def suspicious(text: str) -> bool:
    """Whether a line of `text` holds what garbled text holds and clean text seldom does."""
    if text.isascii():
        return False
    if "\n" not in text:
        return _enough(text, evidence(text))
    return any(_enough(text[start:end], found) for start, end, found in line_evidence(text))


def strangeness(text: str) -> int:
    """Nats that speak for garbling, whatever speaks against it; 0 for most clean text."""
    return 0 if text.isascii() else evidence(text).against


def suspicious_lines(text: str) -> list[tuple[int, int]]:
    """Ranges of the lines of `text` (without their line ends) that are suspicious, in code points."""
    if text.isascii():
        return []
    return [(start, end) for start, end, found in line_evidence(text) if _enough(text[start:end], found)]
