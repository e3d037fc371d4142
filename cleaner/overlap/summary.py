"""A summary of two overlapping texts for a person: what both tell, what only the one does, what only the other does."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cleaner.document import Passage, PassageKind, Span
from cleaner.overlap.words.sentences import sentences_of

TELLING: frozenset[PassageKind] = frozenset({"same_text", "same_event", "boilerplate"})
"""Passages whose sentences count as told by both; two that name the same people may tell different things."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that both texts have."""

    kind: PassageKind
    a: str
    b: str
    score: float
    evidence: tuple[str, ...]
    """The words that both share."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences of one text that stand together and have no counterpart; code points, half-open."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of two texts. Each part is in the order of its text, `both` and `people` in the order of `a`."""

    both: tuple[Shared, ...]
    people: tuple[Shared, ...]
    """Sentences that name the same people, as of two languages often no more can be said; they do not count as told by both."""
    only_a: tuple[Part, ...]
    only_b: tuple[Part, ...]
    covered_a: float
    """Share of the sentences of `a` that `b` tells as well."""
    covered_b: float


def summarise(a: str, b: str, passages: Iterable[Passage]) -> Summary:
    """The summary of texts `a` and `b` with these `passages` of their relation."""
    placed = sorted(passages, key=lambda p: (p.a.start, p.b.start))
    told = [p for p in placed if p.kind in TELLING]

    def shared(kinds: Collection[PassageKind]) -> tuple[Shared, ...]:
        return tuple(
            Shared(p.kind, a[p.a.start : p.a.end], b[p.b.start : p.b.end], p.score, p.evidence)
            for p in placed
            if p.kind in kinds
        )

    only_a, covered_a = _alone(a, [p.a for p in told])
    only_b, covered_b = _alone(b, [p.b for p in told])
    both, people = shared(TELLING - {"boilerplate"}), shared({"same_people"})
    return Summary(both, people, only_a, only_b, covered_a, covered_b)


def _alone(text: str, spans: list[Span]) -> tuple[tuple[Part, ...], float]:
    sentences = sentences_of(text)
    parts: list[Part] = []
    told, start = 0, -1
    end = 0
    for sentence in sentences:
        if any(span.start < sentence.end and sentence.start < span.end for span in spans):
            told += 1
            if start >= 0:
                parts.append(Part(Span(start, end), text[start:end]))
            start = -1
        else:
            start, end = (sentence.start if start < 0 else start), sentence.end
    if start >= 0:
        parts.append(Part(Span(start, end), text[start:end]))
    return tuple(parts), round(told / len(sentences), 4) if sentences else 0.0
