"""Lines that say themselves what their garbled text stands for: tables of repairs, tests and documents about encodings.

In `replace("Ã©", "é")` and `BeÃ±at -> Beñat` the right text stands beside the garbled one. A line that was garbled has both
garbled; where one is right, and the other in quotation marks or on the other side of an arrow, it is meant as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import unescape

from cleaner.document import Edit
from cleaner.mojibake.words.support import applied, touched_runs

PART = re.compile("[^\x00-\x40\\[-`{-\x7f]*")
"""What a garbled word is made of: ASCII letters, and everything beyond ASCII."""
ENCLOSED = {'"': '"', "'": "'", "`": "`", "/": "/", "[": "]"}
"""Marks that a word stands in which is quoted."""
ARROW = re.compile(
    "[-=]>|[→⇒⟶]|\\b(?:instead of|rather than|should be|becomes|turns into|statt|anstelle von|au lieu de|en lugar de|вместо)\\b"
)
"""What says that of the words on its two sides one is the right one."""
MARK, BEFORE_MARK = "ï»¿", "'\"`^/"
"""The byte-order mark in a Western page, and what stands before it in code that looks for it."""
TOPIC = re.compile("[Mm]ojibake|\\.(?:en|de)code\\(|文字化け|乱码|亂碼|кракозябр")
"""What a line is about that quotes garbled text. Names of encodings tell nothing: garbled files declare theirs."""
LONGEST = 2_000
"""Code points of a line that is looked through."""
ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|U\+([0-9A-Fa-f]{4,6})\b")


def cited(text: str, edits: Sequence[Edit]) -> set[int]:
    """Numbers of those `edits` of `text` that stand in a line beside what they would make."""
    found: set[int] = set()
    starts = [edit.start for edit in edits]
    first, last, told, pointed = 0, -1, False, False
    for numbers, start, end in touched_runs(text, edits, PART):
        if start > last:
            first = text.rfind("\n", max(0, last), start) + 1
            last = text.find("\n", end)
            last = len(text) if last < 0 else last
            told = last - first > LONGEST
            pointed = not told and ARROW.search(text, first, last) is not None
        if text[start:end] == MARK and start > first and text[start - 1] in BEFORE_MARK:
            told = True
            found.update(range(bisect_left(starts, first), bisect_right(starts, last)))
        if not told and (pointed or _is_quoted(text, start, end)):
            word = applied(text, [edits[number] for number in numbers], start, end)
            told = _is_cited(text, word, (first, start, end, last))
            if told:
                found.update(range(bisect_left(starts, first), bisect_right(starts, last)))
    return found


def _is_quoted(text: str, start: int, end: int) -> bool:
    return start > 0 and ENCLOSED.get(text[start - 1]) == text[end : end + 1]


def _is_cited(text: str, word: str, place: tuple[int, int, int, int]) -> bool:
    """Whether `word`, which stands garbled at `place` (of its line, of itself; its end, the line's), stands there as it is, too."""
    first, start, end, last = place
    before, behind = text[first:start], text[end:last]
    if _is_quoted(text, start, end) and (
        TOPIC.search(text, first, last) or any(_stands_in(word, part) for part in (before, behind))
    ):
        return True
    arrow = ARROW.search(behind)
    if arrow is not None and _stands_in(word, behind[arrow.end() :]):
        return True
    *_, arrow = None, *ARROW.finditer(before)  # what stands before any arrow stands before the last
    return arrow is not None and _stands_in(word, before[: arrow.start()])


def _stands_in(word: str, text: str) -> bool:
    """Whether `word` is one of the words of `text`, as it is or escaped."""
    return any(
        re.search(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", shown) is not None
        for shown in _readings(text)
        if word in shown
    )


def _readings(text: str) -> Iterator[str]:
    """`text` as it stands, and with what its escapes and the numbers of characters in it stand for."""
    yield text
    if "&" in text:
        yield unescape(text)
    if "\\u" in text or "U+" in text:
        yield ESCAPED.sub(lambda match: chr(min(0x10FFFF, int(match[1] or match[2], 16))), text)
