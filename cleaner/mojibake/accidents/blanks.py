r"""Line ends and format specifiers as code writes them (`\n`, `%s`), and frames: they touch words without being part of them.

They are made blank before a line is examined, so that the `n` of `\n` does not join the word after it. Offsets stay, so that
edits between blanks are edits of the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cleaner.document import Candidate, Edit

VALUE = r"%[-+#0]*\d*(?:\.\d+)?(?:hh?|ll?|[Ljqtz])?[cdefgiosuxX]"
BREAKS = re.compile(rf"(?:\\(?:[nrt]|[Nh](?=[^\x00-\x7f]))|{VALUE}(?=[^\x00-\x7f]))+")
"""Line ends, tabs and spaces as code and subtitles write them, and format specifiers (`%s`, `%5.2lf`)."""
BLANK = "\r"
"""White space that no line has, in the place of what is not part of a word."""
BLANKS = re.compile(f"{BLANK}+")


def without_breaks(text: str) -> str:
    r"""`text` with BLANKs for BREAKS, so that `\nПривет` is not a word of two alphabets; offsets stay."""
    if "\\" not in text and "%" not in text:
        return text
    return BREAKS.sub(lambda found: BLANK * len(found[0]), text)


def between_blanks(edit: Edit, text: str) -> Iterator[Edit]:
    """`edit`, made of `text` with BLANKs, as edits of `text` itself, between the BLANKs; none where it changed their number."""
    if text[edit.start : edit.end] == edit.before:
        yield edit
        return
    old, new = BLANKS.split(edit.before), BLANKS.split(edit.after)
    others = [(BLANKS.split(other.value), other.confidence) for other in edit.alternatives]
    if len(old) != len(new):
        return
    ends = [*(found.end() for found in BLANKS.finditer(edit.before)), 0]
    at = 0
    for number, (before, after, end) in enumerate(zip(old, new, ends, strict=True)):
        first, last = edit.start + at, edit.start + at + len(before)
        if before != after and text[first:last] == before:
            left = [(parts[number], sure) for parts, sure in others if len(parts) == len(old)]
            alternatives = tuple([Candidate(value, sure) for value, sure in left if value != after])
            yield replace(edit, start=first, end=last, before=before, after=after, alternatives=alternatives)
        at = end
