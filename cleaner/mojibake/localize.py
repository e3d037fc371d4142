"""From a repaired line to edits: the runs of words that changed, each as small as the accident allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.memory import cached
from cleaner.models.encodings import page
from cleaner.mojibake.accidents.steps import SPACES, Step, replays
from cleaner.patterns import ANY_NUMBER

SOLID = r"[\x00-\x08\x0b\x0c\x0e-\x1f!-\x7f]*+"
"""ASCII but for SPACES. Listed, since a class of all Unicode but some characters takes 3 ms to compile."""
RUN = re.compile(rf"[^\x00-\x7f]+(?:{SOLID}(?:[ \t\r\n]++{SOLID})?[^\x00-\x7f]+){ANY_NUMBER}")
"""From the first to the last character beyond ASCII of neighbouring words, all of which hold some."""

ASCII = re.compile("([\x00-\x7f]+)")
ASCII_ALONE, ANYTHING = "\x7f", "\U0010ffff"
"""The last code point of what is taken off the ends of a change."""
TRIMMED = ((ASCII_ALONE, ASCII_ALONE), (ANYTHING, ANYTHING), (ANYTHING, ASCII_ALONE), (ASCII_ALONE, ANYTHING))


def changes(before: str, after: str, steps: tuple[Step, ...]) -> list[tuple[int, int, str, bool]]:
    """(start, end, replacement, whether replaying the accident gives back what stood there) of each change, in order.

    Places are those of `before`; all changes together make `after`. Neighbouring words that changed are one run.
    """
    whole = bool(steps) and replays(before, after, steps)
    found = []
    for start, end, new in _runs(before, after):
        first, last, short = _trimmed(before[start:end], new)
        if whole or not steps or replays(before[start + first : start + last], short, steps):
            found.append((start + first, start + last, short, bool(steps)))
        elif replays(before[start:end], new, steps):
            found.append((start, end, new, True))
        else:  # garbled and right in one word
            found += [
                (start + first, start + last, short, exact)
                for first, last, short, exact in _apart(before[start:end], new, steps)
            ]
    return found


def whole_changes(before: str, after: str, steps: tuple[Step, ...]) -> list[tuple[int, int, str, bool]]:
    """The same for a line that is UTF-8 all through: everything beyond ASCII changes, and replaying gives it back."""
    if not all(_keeps_ascii(step.wrong) for step in steps):
        return changes(before, after, steps)
    return [(*run.span(), made, True) for run, made in zip(RUN.finditer(before), RUN.findall(after), strict=True)]


@cached
def _keeps_ascii(codec: str) -> bool:
    """Whether the single-byte page `codec` has ASCII at the places of ASCII and nowhere else; cp864 lacks the percent sign."""
    meanings = page(codec)
    return all(
        (meanings[byte] == chr(byte)) if byte < 0x80 else meanings[byte] > "\x7f"
        for byte in range(256)
        if meanings[byte]
    )


def _runs(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """The runs of words that differ, where both lines have as many words and the same spaces between; else the whole line."""
    old, new = SPACES.split(before), SPACES.split(after)
    if len(old) != len(new) or old[1::2] != new[1::2]:
        yield 0, len(before), after
        return
    at = start = 0
    run: list[str] = []
    for place in range(0, len(old), 2):
        if old[place] == new[place]:
            if run:
                yield start, at - len(old[place - 1]), "".join(run[:-1])
                run = []
        else:
            if not run:
                start = at
            run.append(new[place])
            if place + 1 < len(new):
                run.append(new[place + 1])
        at += len(old[place]) + (len(old[place + 1]) if place + 1 < len(old) else 0)
    if run:
        yield start, start + len(before) - start, "".join(run)


def _apart(before: str, after: str, steps: tuple[Step, ...]) -> Iterator[tuple[int, int, str, bool]]:
    """The changes of a run in which garbled and right stand together: what is between its ASCII, each without what stays as it is.

    The last byte of `»` looks like it in many pages: of `éÂ»` only `é` stays.
    """
    old, new = ASCII.split(before), ASCII.split(after)
    if old[1::2] != new[1::2]:
        old, new = [before], [after]
    at = 0
    for one, other in zip(old, new, strict=True):
        if one != other:
            ways = [_trimmed(one, other, first, last) for first, last in TRIMMED]
            exact = [way for way in ways if replays(one[way[0] : way[1]], way[2], steps)]
            start, end, short = exact[0] if exact else (0, len(one), other)
            yield at + start, at + end, short, bool(exact)
        at += len(one)


def _trimmed(before: str, after: str, first: str = ASCII_ALONE, last: str = ASCII_ALONE) -> tuple[int, int, str]:
    """The part of `before` that changes, and what it becomes, without what both begin with, up to the code point `first`, and end
    with, up to `last`.
    """
    limit = min(len(before), len(after))
    start = 0
    while start < limit and before[start] == after[start] <= first:
        start += 1
    back = 0
    while back < limit - start and before[-1 - back] == after[-1 - back] <= last:
        back += 1
    return start, len(before) - back, after[start : len(after) - back]
