"""What the other documents of a folder are in: an explicit argument that sharpens short and doubtful ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

SURE = 0.95
"""Confidence from which a document counts for its folder."""
OPEN = 0.2
"""Part of the folder's say that is shared by all languages, so that a new one can still be found."""
ANY = 100
"""Languages that this part is shared by."""


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
        """How likely a document of the folder is to be in each of `codes`, before it is read."""
        shares = dict(self.shares)
        return [OPEN / ANY + (1 - OPEN) * shares.get(code, 0.0) if shares else 1.0 for code in codes]
