"""From a repaired line to edits: as many small ones as the accident allows, each checked by replaying it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.mojibake.steps import Step

__all__ = ["changes", "replays"]

SPACES = re.compile(r"([ \t\r\n]+)")
ANCHOR = re.compile(r"[ \t]+|[^ \t]+")


def changes(before: str, after: str, steps: tuple[Step, ...]) -> list[tuple[int, int, str]]:
    """(start, end, replacement) in `before`, in order, which together make `after`."""
    pieces: list[tuple[int, int, str]] = []
    at = 0
    rebuilt = []
    for match in ANCHOR.finditer(before):
        if match.start() > at:
            rebuilt.append(before[at : match.start()])
        word = match[0]
        turned = word
        if not word.isascii():
            for step in steps:
                turned = step.undo(turned)
        rebuilt.append(turned)
        if turned != word:
            pieces += [(match.start() + s, match.start() + e, new) for s, e, new in _narrowed(word, turned, steps)]
        at = match.end()
    if "".join(rebuilt) + before[at:] == after:
        return pieces
    words = _word_by_word(before, after)
    return words if words is not None else [_trimmed(before, after)]


def _word_by_word(before: str, after: str) -> list[tuple[int, int, str]] | None:
    """The words that differ, where both lines have as many and the same spaces between them."""
    old, new = SPACES.split(before), SPACES.split(after)
    if len(old) != len(new) or old[1::2] != new[1::2]:
        return None
    found = []
    at = 0
    for one, other in zip(old, new, strict=True):
        if one != other:
            found.append((at, at + len(one), other))
        at += len(one)
    return found


def replays(before: str, after: str, steps: tuple[Step, ...]) -> bool:
    """Whether the accident, replayed on `after`, gives `before`: what makes a repair provable."""
    text: str | None = after
    for step in reversed(steps):
        text = step.replay(text) if text is not None else None
    return text == before


def _narrowed(word: str, turned: str, steps: tuple[Step, ...]) -> Iterator[tuple[int, int, str]]:
    """The change within one word, without the ASCII that both begin and end with, where it still replays."""
    start, end, new = _trimmed(word, turned)
    if replays(word[start:end], new, steps):
        yield start, end, new
    else:
        yield 0, len(word), turned


def _trimmed(before: str, after: str) -> tuple[int, int, str]:
    limit = min(len(before), len(after))
    start = 0
    while start < limit and before[start] == after[start] and before[start].isascii():
        start += 1
    back = 0
    while back < limit - start and before[-1 - back] == after[-1 - back] and before[-1 - back].isascii():
        back += 1
    return start, len(before) - back, after[start : len(after) - back]
