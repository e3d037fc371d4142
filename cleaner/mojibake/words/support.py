"""Do words support a repair? Asked before a file is written in place, where a wrong change costs more than a missed
one.

Likelihood alone prefers other readings of some things that are not text: rows of letters, frames, formulas, patterns in
source code. When real damage is repaired, most of the words that the repairs of one accident touch are listed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from cleaner.document import Edit, Span
from cleaner.edits import OffsetMap, line_around

COMMON = frozenset({"encode cp1252", "encode latin-1", "encode iso8859-1", "encode windows-1252"})
"""First steps back after which exact UTF-8 needs no words: by far the most frequent accident, with few false readings."""
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LETTERS, TO_SPACE = re.compile(r"[^\W\d_]+"), re.compile(r"\S*")
"""A run of letters; and what stands up to the next space."""
MARKS = re.compile("[\u00a0\u2010-\u203a\u20ac]+")
SHARE = 0.5
"""Share of the touched words that must be known. Of 28,000 files of a Python installation 5 would be changed with it, 10 without:
tables of letters, and tests of encodings (benchmarks/results/commands.md)."""
LEAST = 4
"""Letters of known words that support a mix-up: nearly every word of three letters is one in some language."""
UNLISTED = 12
"""Letters of scripts without a list that support it."""


def by_chain(edits: Sequence[Edit], asked: Callable[[Edit], bool]) -> dict[tuple[str, ...], list[int]]:
    """Chain -> the indices of those of `edits` that have it and that `asked` accepts."""
    found: dict[tuple[str, ...], list[int]] = {}
    for number, edit in enumerate(edits):
        if asked(edit):
            found.setdefault(edit.chain, []).append(number)
    return found


def touched_runs(
    text: str, edits: Sequence[Edit], part: re.Pattern[str] = TO_SPACE
) -> Iterator[tuple[list[int], int, int]]:
    """The runs of `text` without spaces that `edits`, in order, touch: the indices of the edits in each, its start and
    its end.

    `part` matches what a run consists of.
    """
    numbers: list[int] = []
    first = last = -1
    for number, edit in enumerate(edits):
        start, end = edit.start, edit.end
        if end <= last:  # in the run of the edits before
            numbers.append(number)
            continue
        if start <= last:  # that run need not be walked again
            start = first
        while start and part.fullmatch(text, start - 1, start):
            start -= 1
        behind = part.match(text, end)
        end = behind.end() if behind else end
        if numbers and start > last:
            yield numbers, first, last
            numbers = []
        first, last = (min(first, start), max(last, end)) if numbers else (start, end)
        numbers.append(number)
    if numbers:
        yield numbers, first, last


def changed_runs(text: str, edits: Sequence[Edit], part: re.Pattern[str] = TO_SPACE) -> Iterator[tuple[int, int, str]]:
    """Start and end of the runs of `text` that `edits` touch (`touched_runs`), and what they become."""
    for numbers, start, end in touched_runs(text, edits, part):
        yield start, end, applied(text, [edits[number] for number in numbers], start, end)


class Change(Protocol):
    """Code points `start` to `end` of a text become `after`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def after(self) -> str: ...


def applied(text: str, edits: Iterable[Change], start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` with `edits` made, which lie in it, in order."""
    parts = []
    for edit in edits:
        parts += [text[start : edit.start], edit.after]
        start = edit.end
    return "".join([*parts, text[start:end]])


def by_passage(text: str, edits: Sequence[Edit], apart: float = math.inf) -> Iterator[list[Edit]]:
    """`edits` of `text`, in order, grouped: those of one chain in one line, at most `apart` code points from each other."""
    passage: list[Edit] = []
    for edit in edits:
        if passage:
            chain, end = passage[-1].chain, passage[-1].end
            if edit.chain != chain or edit.start - end > apart or "\n" in text[end : edit.start]:
                yield passage
                passage = []
        passage.append(edit)
    if passage:
        yield passage


def unsupported(text: str, edits: Sequence[Edit]) -> set[int]:
    """Indices of those `edits` of `text` that no word supports; the lost marks of Thai pages have evidence of their own."""
    chains = by_chain(edits, _needs_words)
    if not chains:
        return set()
    after, offsets = applied(text, edits), OffsetMap.of(edits)
    lines: dict[int, list[re.Match[str]]] = {}
    found: set[int] = set()
    for numbers in chains.values():
        touched: dict[int, str] = {}
        for number in numbers:
            if LETTERS.findall(edits[number].before) == LETTERS.findall(edits[number].after):
                continue  # only marks change: no word could support them
            place = offsets.forward(Span(edits[number].start, edits[number].end))
            line, stop = line_around(after, place.start, place.start)
            if line not in lines:
                lines[line] = list(WORD.finditer(after, line, stop))
            touched |= {
                word.start(): word[0] for word in lines[line] if word.start() < place.end and place.start < word.end()
            }
        if not mostly_known(list(touched.values())):
            found.update(numbers)
    return found


def _needs_words(edit: Edit) -> bool:
    if not edit.rule.startswith(("MOJ1", "MOJ201")):
        return False
    plain = edit.kind == "exact" and edit.chain and edit.chain[-1] == "decode utf-8"
    if plain and COMMON.intersection(edit.chain):
        return False
    return not (plain and len(edit.before) > 2 and MARKS.fullmatch(edit.after))


def any_known(words: Sequence[str]) -> bool:
    """Whether one of `words`, of at least four letters, or two shorter ones are words of some language.

    A word of two Chinese characters is four bytes: of 5,000 rows of four Latin letters three give such a word, while
    nearly all give two common characters.
    """
    size = sum(len(word) * (1 + is_wide_word(word)) for word in words if mostly_known([word]))
    return size >= LEAST or mostly_known(["".join(words)] if sum(map(len, words)) >= UNLISTED else [])


def is_wide_word(word: str) -> bool:
    """Whether `word` is a listed one of Chinese characters or of Korean syllables."""
    from cleaner.mojibake.words.lexicon import is_known

    return len(word) > 1 and ("\u2e80" <= word[0] <= "\u9fff" or "\uac00" <= word[0] <= "\ud7a3") and is_known(word)


def mostly_known(words: Sequence[str]) -> bool:
    """Whether most of `words` are words of some language."""
    from cleaner.models.rare import rare_cjk
    from cleaner.mojibake.words.lexicon import SCRIPTS, is_listed, script_of

    listed = told = loose = 0
    for word in words:
        script = script_of(word[0])
        if script == "han" or "\u2e80" <= word[0] <= "\u9fff" or "\uac00" <= word[0] <= "\ud7a3":
            told += 1
            listed += len(word) > 1 and len(rare_cjk().findall(word)) * 10 <= len(word)
        elif script in SCRIPTS:
            parts = [part.lower() for part in LETTERS.findall(word) if len(part) > 1]
            told += bool(parts)
            listed += bool(parts) and all(is_listed(str(script), part) for part in parts)
        else:
            loose += len(word)
    return listed >= SHARE * told if told else loose >= UNLISTED
