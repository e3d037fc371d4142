"""Lines that quote garbled text on purpose: tables of repairs, tests, and documents about encodings.

In `replace("Ã©", "é")` and `BeÃ±at -> Beñat` the right text stands beside the garbled one. In a garbled line both would
be garbled; where one is right, and the other in quotation marks or across an arrow, the line is meant as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import unescape

from cleaner.document import Edit
from cleaner.mojibake.words.support import applied, touched_runs

PART = re.compile("[^\x00-\x40\\[-`{-\x7f]*")
"""Characters of a garbled word: ASCII letters, and everything beyond ASCII."""
ENCLOSED = {'"': '"', "'": "'", "`": "`", "/": "/", "[": "]"}
"""Mark before a quoted word -> mark after it."""
ARROW = re.compile(
    "[-=]>|[→⇒⟶]|\\b(?:instead of|rather than|should be|becomes|turns into|statt|anstelle von|au lieu de|en lugar de|вместо)\\b"
)
"""Says that one of the words on its two sides is the right form of the other."""
MARK, BEFORE_MARK = "ï»¿", "'\"`^/"
"""The byte-order mark read in a Western page, and what precedes it in code that looks for it."""
TOPIC = re.compile("[Mm]ojibake|\\.(?:en|de)code\\(|文字化け|乱码|亂碼|кракозябр")
"""Topics of lines that quote garbled text. Names of encodings are not among them: garbled files declare theirs."""
LONGEST = 2_000
"""Code points above which a line is not examined."""
ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|U\+([0-9A-Fa-f]{4,6})\b")


def cited(text: str, edits: Sequence[Edit]) -> set[int]:
    """Indices of those `edits` of `text` whose line already has, beside the garbled word, what they would make of it."""
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
    """Whether the line that has `word` garbled has it in its right form too. `place`: start of the line, start and end
    of the garbled word, end of the line.
    """
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
    r"""`text` as it stands, with its HTML entities resolved, and with its `\u` escapes and `U+` numbers resolved."""
    yield text
    if "&" in text:
        yield unescape(text)
    if "\\u" in text or "U+" in text:
        yield ESCAPED.sub(lambda match: chr(min(0x10FFFF, int(match[1] or match[2], 16))), text)
