"""UTF-8 in some words of a line whose other words are right: the garbled ones are explained as a line of their own.

Right words beside them must not decide how they were garbled: no single language has all letters of `Łódź i café`, and
so the letters of `Łódź i caf̩` would be no worse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from cleaner.mojibake.accidents.steps import Explained, undone
from cleaner.mojibake.chains.layers import whole_layers
from cleaner.mojibake.gate import worth_a_search
from cleaner.mojibake.strangeness import strangenesses, suspicious

UNPAGED = "\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00010000-\U0010ffff"
"""Chinese, Japanese and Korean characters, and emoji: no single-byte page has one, so they end a garbled word."""
REST = re.compile(f"[^\x00-\x7f{UNPAGED}][^ \t\r\n{UNPAGED}]*")
"""The rest of a word, from its first character beyond ASCII on."""
BETWEEN = re.compile(f"[ \t\r\n{UNPAGED}]")
"""A character between words."""
MARKS = "“”„‘’«»‹›…–—"
"""Marks around a word that need not be garbled with it."""


def explain_beside(line: str, explain: Callable[[str], Explained | None]) -> Explained | None:
    """`line` with the words repaired that are UTF-8 all through, where every other word is right as it stands.

    `explain` gets these words as a line of their own.
    """
    garbled = list(_places(line))
    if not garbled:
        return None
    rest, done = [], 0
    for start, end in garbled:
        rest.append(line[done:start])
        done = end
    rest.append(line[done:])
    right = " ".join(rest)
    if right.isascii() or not _is_right(right, explain):
        return None
    words = [line[start:end] for start, end in garbled]
    alone = " ".join(words)
    found = explain(alone)
    if found is None or any(step.right != "utf-8" for step in found.steps):
        return None
    made = [part for before, word in zip(rest, words, strict=False) for part in (before, undone(word, found.steps))]
    return Explained("".join([*made, rest[-1]]), found.steps, found.gain)


def _is_right(words: str, explain: Callable[[str], Explained | None]) -> bool:
    """Whether `words` look right, or a search finds nothing in them: `20 °C` only looks odd."""
    return not (suspicious(words) and worth_a_search(words)) or explain(words) is None


def _places(line: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word beyond ASCII that is UTF-8 all through, with or without the marks around it."""
    found = list(_words(line))
    garbled = _garbled_of(word for _, word in found)
    bared = _garbled_of(bare for _, word in found if word not in garbled and (bare := word.strip(MARKS)) != word)
    for start, word in found:
        if word in garbled:
            yield start, start + len(word)
        elif bared and (bare := word.strip(MARKS)) in bared:
            at = start + word.index(bare)
            yield at, at + len(bare)


def _words(line: str) -> Iterator[tuple[int, str]]:
    """The words of `line` that hold more than ASCII, each with its start."""
    done = 0
    for match in REST.finditer(line):
        start = match.start()
        while start > done and not BETWEEN.match(line, start - 1):
            start -= 1
        done = match.end()
        yield start, line[start:done]


def _garbled_of(words: Iterable[str]) -> set[str]:
    """Those of `words` that are UTF-8 all through and look garbled: `дії` is valid UTF-8 in cp1251, and a word."""
    asked = [word for word in dict.fromkeys(words) if not word.isascii()]
    strange = zip(asked, strangenesses(asked), strict=True)
    return {word for word, said in strange if said > 0 and whole_layers(word)}
