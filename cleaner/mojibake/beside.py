"""UTF-8 in some words of a line whose other words are right: the garbled ones are explained as a line of their own.

Right words beside them must not decide what was garbled: `Łódź i café` has letters that no one language has, and `caf̩` has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cleaner.mojibake.gaps import gap_in
from cleaner.mojibake.gate import strangeness, suspicious
from cleaner.mojibake.layers import whole_layers
from cleaner.mojibake.steps import undone
from cleaner.mojibake.through import Explained

__all__ = ["explain_beside"]

WORD = re.compile("[^ \t\r\n]*[^\x00-\x7f][^ \t\r\n]*")
MARKS = "“”„‘’«»‹›…–—"
"""Marks around a word that need not be garbled with it."""


def explain_beside(
    line: str, explain: Callable[[str], Explained | None], *, complete: bool = False
) -> Explained | None:
    """`line` with those words undone that are UTF-8 all through, where every other word is right as it stands.

    `explain` is asked about them as a line. With `complete` no other word may look like what is left of a sequence whose other
    bytes are gone.
    """
    garbled = list(_garbled(line))
    if not garbled:
        return None
    rest, done = [], 0
    for start, end in garbled:
        rest.append(line[done:start])
        done = end
    rest.append(line[done:])
    right = " ".join(rest)
    if right.isascii() or suspicious(right):
        return None
    words = [line[start:end] for start, end in garbled]
    alone = " ".join(words)
    found = explain(alone)
    if found is None or any(step.right != "utf-8" for step in found.steps):
        return None
    gap = gap_in(found.steps[0].wrong) if complete else None
    if gap is not None and gap.search(right):
        return None
    made = [part for before, word in zip(rest, words, strict=False) for part in (before, undone(word, found.steps))]
    return Explained("".join([*made, rest[-1]]), found.steps, found.gain)


def _garbled(line: str) -> Iterator[tuple[int, int]]:
    """Where words beyond ASCII stand that are UTF-8 all through, with the marks around them or without."""
    for match in WORD.finditer(line):
        word, (start, end) = match[0], match.span()
        if _is_garbled(word):
            yield start, end
            continue
        bare = word.strip(MARKS)
        if bare != word and not bare.isascii() and _is_garbled(bare):
            start += word.index(bare)
            yield start, start + len(bare)


def _is_garbled(word: str) -> bool:
    """Whether `word` is UTF-8 all through and looks garbled: `дії` is valid UTF-8 in cp1251, and a word."""
    return strangeness(word) > 0 and bool(whole_layers(word))
