"""Whether a text is prose, or a list, data, code: there names stand side by side, and nobody does anything."""

from __future__ import annotations

import re
from unicodedata import category

from cleaner.overlap.words.characters import WIDE_RANGES

RUNNING = 0.5
"""Share of the words that are joined to the next one by spaces alone, from which a text is prose. Of 1,250 tellings and other texts
of the development set and of our own the least has .54, a list of actors .47; the least of 30 samples of eight sentences in each of
135 languages has .58. JSON, CSV, YAML, SQL and tables have at most .34, pages about interfaces that are mostly code up to .49."""
MOSTLY_NAMES = 0.75
"""Share of the words that have a capital, from which a text is a list of names, though spaces join them: `Role: Actor`, one a line,
has 1, `Actor as Role` .8. Of 1,320 tellings and other texts of the development set and of our own the most has .73 (films, each by
its actors), of 30 samples of eight sentences in each of 135 languages .46."""
SAMPLE = 20_000
"""Code points of a text that are looked at."""
LINK = re.compile(r"\[\[?(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]?(?:\([^\s()]*\))?")
"""A link in Markdown or a wiki, of which its words are read."""
PASSED = re.compile(r"https?://[^\s<>\"')\]]+|(?<=[^\W\d_])['’ʼʻ‘`](?=[^\W\d_])")
"""Addresses of pages, and apostrophes in words."""
WORD = re.compile(r"[^\W\d_]+")
GAP = re.compile(r"(?<=[^\W\d_])[\W\d_]+(?=[^\W\d_])")
BREAK = re.compile(r"\t|\n[^\S\n]*\n")
WIDE = re.compile(f"[{''.join(f'{chr(first)}-{chr(after - 1)}' for first, after in WIDE_RANGES)}]")
"""A letter of a script without spaces, which counts as a word."""
UNHEARD = frozenset({"Mn", "Mc", "Me", "Cf"})
PLAIN = {**str.maketrans("", "", "0123456789"), **str.maketrans("\u0f0b\u0f0c\u1361", "   ")}
"""Digits say nothing; the signs between syllables in Tibetan, and between words in Ethiopic, are spaces."""


def is_prose(text: str) -> bool:
    """Whether `text`, without mark-up, is prose. Numbers and addresses of pages say nothing."""
    sample = text[:SAMPLE]
    marks = dict.fromkeys(ord(char) for char in set(sample) if category(char) in UNHEARD)
    sample = PASSED.sub("", LINK.sub(r"\1", sample.translate({**PLAIN, **marks})))
    words = WORD.findall(sample)
    if sum(map(str.istitle, words)) > MOSTLY_NAMES * len(words):
        return False
    gaps, wide = GAP.findall(sample), len(WIDE.findall(sample))
    joined = wide + sum(gap.isspace() and not BREAK.search(gap) for gap in gaps)
    return bool(joined >= RUNNING * (len(gaps) + wide))
