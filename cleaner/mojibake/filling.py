"""Readings of a damaged line made text: a beam and the word lists choose the characters at the places that are open."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.document import Candidate
from cleaner.mojibake.beam import Stretch, decode, stretches
from cleaner.mojibake.gaps import Loss, Reading
from cleaner.mojibake.steps import Step
from cleaner.mojibake.wording import add_words

__all__ = ["FILL_COST", "FILL_MARGIN", "Filled", "Piece", "filled_texts", "texts_of"]

FILL_COST = 1.5
"""Nats that each filled gap costs on top of the accident."""
FILL_MARGIN = 10.0
"""Nats that a filling must win by: of 7,300 clean lines none reaches them, of damaged lines nearly all do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the line and what it becomes; `alternatives` only where a gap was filled."""

    start: int
    end: int
    text: str
    filled: bool
    alternatives: tuple[Candidate, ...] = ()
    choices: int = 1
    """Texts that the page could have lost there."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A line with its gaps filled."""

    text: str
    step: Step
    pieces: tuple[Piece, ...]
    gain: float
    rule: str = "MOJ201"
    reason: str = "bytes that this page lacks were lost"
    loss: Loss | None = None
    """What it went through, where sequences of it are whole."""
    spaces: bool = False
    """Whether only no-break spaces were lost, by a page that lacks no byte."""


def texts_of(readings: Sequence[Reading]) -> list[list[tuple[str, tuple[Candidate, ...]]]]:
    """For each of these readings of a line the best text at each place, and what else it could be."""
    found = [stretches(reading.slots) for reading in readings]
    decode([part for parts in found for part in parts])
    add_words([(reading.slots, parts) for reading, parts in zip(readings, found, strict=True)])
    texts = []
    for reading, parts in zip(readings, found, strict=True):
        chosen: dict[int, tuple[str, tuple[Candidate, ...]]] = {}
        for part in parts:
            chosen.update(_chosen(part))
        texts.append([chosen.get(place, (slot.choices[0], ())) for place, slot in enumerate(reading.slots)])
    return texts


def filled_texts(readings: Sequence[Reading]) -> Iterator[tuple[str, list[Piece]]]:
    """The line with its gaps filled, by each of its readings, and its changed pieces."""
    for reading, texts in zip(readings, texts_of(readings), strict=True):
        pieces = [
            Piece(slot.start, slot.end, text, bool(slot.literal), others, len(slot.choices))
            for slot, (text, others) in zip(reading.slots, texts, strict=True)
            if text != slot.literal and (slot.end - slot.start > 1 or len(slot.choices) > 1)
        ]
        yield "".join(text for text, _ in texts), pieces


def _chosen(part: Stretch) -> Iterator[tuple[int, tuple[str, tuple[Candidate, ...]]]]:
    """The choice at each open place of the best reading, with what the other readings have there."""
    top = part.readings[0][0]
    weights = [math.exp(max(-30.0, score - top)) for score, _ in part.readings]
    total = sum(weights)
    for number, at in enumerate(part.open):
        shares: Counter[str] = Counter()
        for weight, (_, chosen) in zip(weights, part.readings, strict=True):
            shares[chosen[number]] += weight / total  # type: ignore[assignment]
        best = part.readings[0][1][number]
        others = sorted((-share, text) for text, share in shares.items() if text != best and share >= 0.001)
        yield at, (best, tuple(Candidate(text, round(-share, 3)) for share, text in others[:5]))
