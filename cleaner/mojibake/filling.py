"""Readings of a damaged line made text: a beam and the word lists choose the characters at the places that are open."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import contains

from cleaner.document import Candidate
from cleaner.mojibake.beam import Stretch, decode, stretches
from cleaner.mojibake.gaps import Loss, Reading, Slot
from cleaner.mojibake.steps import Step
from cleaner.mojibake.wording import add_words

__all__ = ["FILL_COST", "FILL_MARGIN", "Filled", "Piece", "filled_texts", "texts_of"]

FILL_COST = 1.5
"""Nats that each filled gap costs on top of the accident. With none as many texts become right, with 4 four of 322 fewer."""
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
    wider = _wider(readings)
    _fill(readings, found, [number for number in range(len(readings)) if number not in wider])
    narrow: dict[int, list[Stretch]] = {}
    for number, other in wider.items():
        for part, held in zip(found[number], found[other], strict=True):
            allowed = [readings[number].slots[at].choices for at in part.open]
            part.readings = [row for row in held.readings if all(map(contains, allowed, row[1]))]
        narrow[number] = [part for part in found[number] if not part.readings]
    _fill(readings, narrow, [number for number, parts in narrow.items() if parts])
    texts = []
    for reading, parts in zip(readings, found, strict=True):
        chosen: dict[int, tuple[str, tuple[Candidate, ...]]] = {}
        for part in parts:
            chosen.update(_chosen(part))
        texts.append([chosen.get(place, (slot.choices[0], ())) for place, slot in enumerate(reading.slots)])
    return texts


def _fill(
    readings: Sequence[Reading], found: Mapping[int, list[Stretch]] | list[list[Stretch]], numbers: list[int]
) -> None:
    """Fills the stretches `found` of the readings of these `numbers`."""
    decode([part for number in numbers for part in found[number]])
    add_words([(readings[number].slots, found[number]) for number in numbers])


def _wider(readings: Sequence[Reading]) -> dict[int, int]:
    """Number of a reading -> that of one in which each place has all of its choices: it has been filled with that one."""
    sizes = [sum(len(slot.choices) for slot in reading.slots) for reading in readings]
    found: dict[int, int] = {}
    for number in sorted(range(len(readings)), key=lambda number: -sizes[number]):
        for other, held in enumerate(readings):
            if (
                other != number
                and other not in found
                and sizes[other] >= sizes[number]
                and number not in found.values()
            ):
                slots = readings[number].slots
                if len(slots) == len(held.slots) and all(map(_within, slots, held.slots)):
                    found[number] = other
                    break
    return found


def _within(slot: Slot, other: Slot) -> bool:
    return slot == other or (
        slot.start == other.start
        and slot.end == other.end
        and slot.literal == other.literal
        and len(slot.choices) > 1
        and set(slot.choices) <= set(other.choices)
    )


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
