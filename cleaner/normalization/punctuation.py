"""Words broken at line ends, joined only where the document itself has the whole word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import Edit
from cleaner.normalization.change import edit

BROKEN = re.compile(r"(?<![\w-])([^\W\d_]{2,})-\n([^\W\d_a-z]?[^\W\d_A-Z]+)(?![\w-])")
WORDS = re.compile(r"[^\W\d_]+")


def hyphenation(text: str) -> Iterator[Edit]:
    """`docu-` at a line end and `ment` after it become `document`, where `document` stands elsewhere in the text."""
    broken = list(BROKEN.finditer(text))
    if not broken:
        return
    words = {word.lower() for word in WORDS.findall(text)}
    for match in broken:
        joined = match[1] + match[2]
        if joined.lower() in words and match[2][0].islower():
            yield edit("TXT304", text, match.end(1), match.start(2), "", "word broken at a line end", 0.95)
