"""Which encodings the other documents of a folder are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.document import Encoding

MOST = 8.0
"""Nats that a folder full of one encoding adds to it: as much as the step from a DOS page to a web page."""


@dataclass(frozen=True, slots=True)
class EncodingContext:
    """Legacy encodings of confident neighbours with the number of documents in each, most frequent first."""

    counts: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, verdicts: Iterable[Encoding]) -> EncodingContext:
        """The context of `verdicts`; UTF-8 and ASCII say nothing about other documents."""
        counted = Counter(
            verdict.encoding
            for verdict in verdicts
            if verdict.encoding not in (None, "ascii", "utf-8") and verdict.method != "bom"
        )
        return cls(tuple(sorted(counted.items(), key=lambda row: (-row[1], row[0]))))

    def __bool__(self) -> bool:
        return bool(self.counts)

    def bonus(self, codec: str) -> float:
        """Nats in favour of `codec`: its share among the neighbours, weaker where they are few."""
        if not self.counts:
            return 0.0
        total = sum(number for _, number in self.counts)
        number = dict(self.counts).get(codec, 0)
        return MOST * number / (total + 1) if number else 0.0
