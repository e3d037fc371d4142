"""Turns what was found about a line into edits with rule, reason, evidence and confidence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.document import Candidate, Edit, edit_of
from cleaner.memory import cached_last
from cleaner.mojibake.accidents.steps import CJK
from cleaner.mojibake.confidence import BY_FTFY, NOT_REPLAYED, SPACES_MOST, Gap, filled_confidence, scaled
from cleaner.mojibake.localize import changes, whole_changes
from cleaner.mojibake.lost.thai import restore_thai

if TYPE_CHECKING:
    from cleaner.mojibake.accidents.frames import Frame
    from cleaner.mojibake.accidents.steps import Explained, Step
    from cleaner.mojibake.lost.filling import Filled

ROW = 4
"""Consecutive controls from which a line is a table of them; in garbled text hardly two are consecutive."""
FRAMED = 0.98
"""Confidence in the pieces of a frame that a border proves."""
HELD = 256
"""Chains whose names are kept."""
WHOLE = {"MOJ205": "MOJ103"}
"""Rule of filled gaps -> rule of the pieces of the same line that lost nothing, where it is not MOJ101."""

SHOWN_BY_CP874 = re.compile("[\u20ac\u2026\u2018-\u201d\u2022\u2013\u2014]")
"""What cp874 shows of the bytes 80 to 9F, which TIS-620 lacks."""


def explained_edits(line: str, explained: Explained, offset: int, *, inferred: bool) -> list[Edit]:
    """The edits of `line` at `offset` by its explanation: those that replaying the accident proves, and others where `inferred`."""
    rule, what, chain = _named(explained.steps)
    if explained.respaced:
        what += "; no-break spaces became spaces or were lost"
    sure = 1 / (1 + math.exp(-min(40.0, explained.gain) / 5))
    said = (f"line is {explained.gain:.0f} nats more likely",)
    found = (whole_changes if explained.whole else changes)(line, explained.text, explained.steps)
    proven, unsure = round(min(sure, 0.999), 4), SPACES_MOST if explained.respaced else round(NOT_REPLAYED * sure, 4)
    other = round(1 - unsure, 4)
    edits: list[Edit] = []
    for start, end, after, exact in found:
        before = line[start:end]
        if exact and not explained.respaced:
            how: tuple[object, ...] = proven, "exact", said, chain, ()
        elif inferred:
            how = unsure, "inferred", said, chain, (Candidate(before, other),)
        else:
            continue
        edits.append(edit_of(rule, offset + start, offset + end, before, after, what, *how))
    return edits


def _lists_controls(line: str) -> bool:
    """Whether `line` has controls in ascending order, as a table of a page has."""
    controls = [ord(char) for char in line if "\x80" <= char < "\xa0"]
    return sum(other - one == 1 for one, other in pairwise(controls)) >= ROW


def ftfy_edits(line: str, offset: int) -> Iterator[Edit]:
    """The edits that ftfy makes where the search found nothing, if the result is likelier."""
    from cleaner.mojibake.chains.by_ftfy import repaired_by_ftfy

    found = repaired_by_ftfy(line)
    if found is None or _lists_controls(line):
        return
    text, chain, gain = found
    sure = round(min(BY_FTFY, 1 / (1 + math.exp(-gain / 5))), 4)
    why = "UTF-8 read as another page, as ftfy knows it"
    said = ("repaired by ftfy's rules", f"line is {gain:.0f} nats more likely")
    for start, end, after, _ in changes(line, text, ()):
        before = line[start:end]
        other = (Candidate(before, round(1 - sure, 4)),)
        yield edit_of("MOJ101", offset + start, offset + end, before, after, why, sure, "inferred", said, chain, other)


def filled_edits(line: str, filled: Filled, offset: int) -> Iterator[Edit]:
    """The edits of the `filled` line: of sequences that lost nothing, and of filled gaps, each with its confidence."""
    chain = filled.step.chain
    reason = f"{'UTF-8' if filled.step.right == 'utf-8' else filled.step.right} read as {filled.step.wrong}"
    evidence = (f"line is {filled.gain:.0f} nats more likely",)
    gaps = sum([piece.filled for piece in filled.pieces])
    whole = sum([piece.sequences for piece in filled.pieces]) - gaps
    exact = WHOLE.get(filled.rule, "MOJ101")
    for piece in filled.pieces:
        start, end, others = piece.start, piece.end, piece.alternatives
        before = line[start:end]
        if not piece.filled:
            yield edit_of(
                exact, offset + start, offset + end, before, piece.text, reason, 0.98, "exact", evidence, chain, others
            )
            continue
        rule = "MOJ203" if piece.text == "\N{NO-BREAK SPACE}" else filled.rule
        sure = 1 - sum([other.confidence for other in others])
        gap = Gap(sure, piece.choices, gaps, whole, filled.gain, filled.step.wrong)
        sure = round(filled_confidence("MOJ203" if filled.spaces else rule, gap), 4)
        others = scaled(others or (Candidate(before, 0.02),), 1 - sure)
        why = f"{reason}; {filled.reason}"
        yield edit_of(
            rule, offset + start, offset + end, before, piece.text, why, sure, "inferred", evidence, chain, others
        )


def thai_edits(text: str) -> Iterator[Edit]:
    """The edits of the Thai accident in `text`."""
    for mark in restore_thai(text):
        before = text[mark.start : mark.end]
        page = "cp874" if SHOWN_BY_CP874.search(before) else "tis-620"
        yield Edit(
            "MOJ101" if mark.exact else "MOJ203" if "\N{NO-BREAK SPACE}" in mark.after else "MOJ202",
            mark.start,
            mark.end,
            before,
            mark.after,
            f"UTF-8 read as {page.replace('tis', 'TIS')}, its undefined bytes dropped: {mark.why}",
            round(mark.confidence, 4),
            "exact" if mark.exact else "inferred",
            ("lone Thai letter in text of another script",),
            (f"encode {page}", "decode utf-8"),
            mark.alternatives,
        )


def frame_edits(text: str, frames: Sequence[Frame]) -> Iterator[Edit]:
    """The edits of `frames` in `text`."""
    evidence = ("a border of strokes between corners that fit them stands in the text",)
    for start, end, drawn, wrong, right in frames:
        what, chain = f"{right} read as {wrong}: a frame", (f"encode {wrong}", f"decode {right}")
        yield edit_of("MOJ102", start, end, text[start:end], drawn, what, FRAMED, "exact", evidence, chain, ())


@cached_last(HELD)
def _named(steps: tuple[Step, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Rule code, reason and chain of steps."""
    chain = tuple(part for step in steps for part in step.chain)
    real = [step for step in steps if step.right != "text"]
    read = ", then ".join(f"{step.right} read as {step.wrong}" for step in reversed(real))
    hidden = [part.removeprefix("unescape ") for step in steps if step.right == "text" for part in step.chain]
    then = f", then written as escapes ({', '.join(hidden)})" if hidden else ""
    if len(real) > 1:
        return "MOJ104", f"several accidents: {read}{then}", chain
    if real[0].right == "utf-8":
        return "MOJ101", f"UTF-8 read as {real[0].wrong}{then}", chain
    return ("MOJ102" if {real[0].wrong, real[0].right}.isdisjoint(CJK) else "MOJ103"), read + then, chain
