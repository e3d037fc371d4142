"""Turns readings of a damaged line into text: a beam search and the word lists choose the characters at the open places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from cleaner.document import Candidate
from cleaner.mojibake.accidents.gaps import OPEN, Loss, Reading
from cleaner.mojibake.accidents.steps import Step
from cleaner.mojibake.readings.wording import Worded, worded

FILL_COST = 1.5
"""Nats that each filled gap costs on top of the accident. With none as many texts become right, with 4 four of 322 fewer."""
FILL_MARGIN = 10.0
"""Nats that a filling must gain: of 7,300 clean lines none reaches them, of damaged lines nearly all do."""


START = attrgetter("start")


class Piece(NamedTuple):
    """A run of the line and what it becomes; `alternatives` only where a gap was filled."""

    start: int
    end: int
    text: str
    filled: bool
    alternatives: tuple[Candidate, ...] = ()
    choices: int = 1
    """Number of texts that can have stood there."""
    sequences: int = 1
    """Number of sequences in it."""


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
    """The loss that the line went through, where some of its sequences are complete."""
    spaces: bool = False
    """Whether only no-break spaces were lost, by a page that has a character for every byte."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A reading of a line with a choice for each of its open places."""

    reading: Reading
    chosen: tuple[str, ...]
    parts: tuple[Worded, ...]

    @property
    def text(self) -> str:
        """The filled line."""
        texts = [text for fixed in self.reading.text.split(OPEN) for text in (fixed, "")]
        texts[1:-1:2] = self.chosen
        return "".join(texts)

    @property
    def filled(self) -> int:
        """How many open places change."""
        return sum([text != slot.literal for text, slot in zip(self.chosen, self.reading.slots, strict=True)])

    def texts(self) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
        """What each open slot of the reading becomes, and what else it could be."""
        return zip(self.chosen, [other for part in self.parts for other in part.others()], strict=True)

    def pieces(self) -> list[Piece]:
        """The changed pieces of the line."""
        found = [Piece(start, end, text, False, sequences=len(text)) for start, end, (text,), _ in self.reading.sure]
        found += [
            Piece(slot.start, slot.end, text, bool(slot.literal), others, len(slot.choices))
            for slot, (text, others) in zip(self.reading.slots, self.texts(), strict=True)
            if text != slot.literal
        ]
        return sorted(found, key=START)


def fillings_of(readings: Sequence[Reading]) -> list[Filling]:
    """For each of `readings`, the line with its gaps filled."""
    return [
        Filling(reading, tuple([text for part in parts for text in part.readings[0][1]]), tuple(parts))
        for reading, parts in zip(readings, worded(readings), strict=True)
    ]
