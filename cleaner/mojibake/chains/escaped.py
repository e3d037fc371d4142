"""Garbled text whose characters were then written as escapes: only those escapes are undone that its explanation needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cleaner.mojibake.accidents.steps import SPACES, Explained, Step, undone
from cleaner.mojibake.chains.by_ftfy import explained_by_ftfy
from cleaner.mojibake.chains.search import explain
from cleaner.mojibake.escapes import ESCAPE, KINDS, meaning, unescaped
from cleaner.mojibake.strangeness import strangeness

SIGNS = dict(zip("&\\%=", KINDS, strict=True))
"""What an escape begins with -> its kind."""
PRINTABLE = {sign: re.compile(f"{sign}([2-7][0-9A-Fa-f])(?<!7[Ff])") for sign in "%="}
"""ASCII that was escaped in the same way: the writer of `caf%C3%A9%20noir` meant a space."""
COST = 1.0
"""Nats of writing characters as escapes."""
TRIED = 40
"""Most escapes of a word that are tried one by one, which takes 2 ms; where there are more, all are undone."""
ADDRESS = re.compile(r"://|^www\.")
"""A URL: with other letters it would lead elsewhere."""


@dataclass(frozen=True, slots=True)
class EscapeStep(Step):
    """Garbled characters were written as escapes: `wrong` is "escapes", `right` is "text"."""

    kinds: tuple[str, ...]
    spelling: dict[int, str] = field(compare=False)
    """Code point -> how the line writes it."""

    @property
    def chain(self) -> tuple[str, ...]:
        """Which kinds of escapes are undone, as edits have it."""
        return tuple(f"unescape {kind}" for kind in self.kinds)

    def replay(self, text: str) -> str:
        """`text` with its characters written as the line writes them."""
        return text.translate(self.spelling)


def behind_escapes(line: str, first: tuple[tuple[Step, ...], ...], *, code: bool = False) -> Explained | None:
    """`line` explained as mojibake whose characters were then escaped; None where its escapes are just escapes.

    `first` are chains found before. Escapes that the explanation does not need stay, and so do those of URLs.
    """
    old = SPACES.split(line)
    plain = [word if ADDRESS.search(word) and "%" in word else unescaped(word) for word in old]
    text = "".join(plain)
    if text == line or not strangeness(text):
        return None
    inner = explain(text, first, code=code or None) or (None if code else explained_by_ftfy(text))
    if inner is None:
        return None
    new = SPACES.split(inner.text)
    if len(new) != len(old):
        return None
    unwritten: list[str] = []
    for place, (word, between) in enumerate(zip(old, plain, strict=True)):
        if new[place] == between:
            new[place] = word
        elif word != between:
            least = _least_unescaped(word, new[place], inner.steps)
            if least == word:
                new[place] = undone(word, inner.steps)
                continue
            unwritten.append(word)
            new[place] = _without_ascii(word, undone(least, inner.steps) if least else new[place])
    if not unwritten:
        return None
    step = _step(unwritten)
    return Explained("".join(new), (step, *inner.steps), inner.gain)


def _least_unescaped(word: str, after: str, steps: Sequence[Step]) -> str:
    """`word` with only those escapes undone that `steps` need to make `after` of it; "" where there are too many to
    try.
    """
    if unescaped(undone(word, steps)) == after:
        return word
    ends = [0, *(place for match in ESCAPE.finditer(word) for place in match.span()), len(word)]
    written = [word[start:end] for start, end in pairwise(ends)]
    if len(written) > 2 * TRIED:
        return ""
    parts = [unescaped(part) for part in written]
    for place in range(1, len(parts), 2):
        trial = [*parts[:place], written[place], *parts[place + 1 :]]
        if unescaped(undone("".join(trial), steps)) == after:
            parts = trial
    return "".join(parts)


def _without_ascii(word: str, after: str) -> str:
    """`after` with its ASCII unescaped too, if escaped in the same way as the other characters of `word`."""
    for sign, pattern in PRINTABLE.items():
        if any(match[0][0] == sign for match in ESCAPE.finditer(word)):
            after = pattern.sub(lambda match: chr(int(match[1], 16)), after)
    return after


def _step(words: list[str]) -> EscapeStep:
    """The step that escaped `words`."""
    kinds: dict[str, None] = {}
    spelling: dict[int, str] = {}
    for word in words:
        for match in ESCAPE.finditer(word):
            char = meaning(match)
            if char != match[0]:
                kinds[SIGNS[match[0][0]]] = None
                spelling[ord(char)] = match[0]
        for sign, pattern in PRINTABLE.items():
            if SIGNS[sign] in kinds:
                spelling.update((int(match[1], 16), match[0]) for match in pattern.finditer(word))
    return EscapeStep("escapes", "text", COST, tuple(kinds), spelling)
