"""The languages of the other documents of a folder: an explicit argument that sharpens short and doubtful verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

SURE = 0.95
"""Confidence from which a document counts for its folder."""
OPEN = 0.2
"""Share of the prior that is divided among all languages, so that a new one can still be found."""
ANY = 100
"""Number of languages that it is divided among."""


@dataclass(frozen=True, slots=True)
class LanguageContext:
    """Share of each language among the confident documents of a folder."""

    shares: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, verdicts: Iterable[tuple[str, float]]) -> LanguageContext:
        """The context that confident verdicts (code, confidence) make; empty (false) where there is none."""
        counts = Counter(code for code, confidence in verdicts if code != "und" and confidence >= SURE)
        total = sum(counts.values())
        return cls(tuple((code, round(counts[code] / total, 4)) for code in sorted(counts)))

    def __bool__(self) -> bool:
        return bool(self.shares)

    def weights(self, codes: Iterable[str]) -> list[float]:
        """The prior probability of each of `codes` for a document of the folder."""
        shares = dict(self.shares)
        return [OPEN / ANY + (1 - OPEN) * shares.get(code, 0.0) if shares else 1.0 for code in codes]
