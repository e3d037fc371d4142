"""Words that mix letters of two scripts which look alike, and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cleaner.document import Candidate, Finding

LOOKS_LIKE = {
    # Cyrillic
    "а": "a", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "ӏ": "l", "о": "o", "р": "p", "ԛ": "q", "ѕ": "s",
    "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "І": "I", "Ј": "J", "К": "K",
    "М": "M", "О": "O", "Р": "P", "Ԛ": "Q", "Ѕ": "S", "Т": "T", "Ԝ": "W", "Х": "X", "У": "Y", "Ү": "Y",
    # Greek
    "α": "a", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "υ": "u", "ϲ": "c", "ϳ": "j", "Α": "A", "Β": "B", "Ε": "E",
    "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X", "Ϲ": "C",
    # Armenian
    "օ": "o", "ս": "u", "ո": "n", "հ": "h", "ց": "g", "զ": "q", "Օ": "O", "Ս": "U",
}  # fmt: skip
"""Letter -> the Latin letter that most typefaces draw alike; a hand-picked part of confusables.txt of Unicode TR 39."""
LATIN_ALIKE = frozenset(LOOKS_LIKE.values())
MIXED = re.compile(r"(?<![-\\])[^\W\d_]*(?:[A-Za-z][\u0370-\u058f]|[\u0370-\u058f][A-Za-z])[^\W\d_]*")
"""Not behind a backslash (`\\n` before a Cyrillic word is an escape) or hyphen (`A-ZА-Я` is a range)."""
INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060-\u2064\ufeff](?<=\\w.)(?=\\w)|[\u115f\u1160\u3164\uffa0]|[\U000e0001-\U000e007f]+", re.DOTALL
)
"""Between letters; Hangul fillers, which count as letters in identifiers; tag characters, outside a flag."""
ACRONYM = re.compile("[A-Z]{2,}(?=[а-яё])")
THIN = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Scripts without spaces between words, which mark the borders of words by U+200B."""


def lookalike_words(text: str) -> Iterator[Finding]:
    """Words of Latin letters and letters of another script, all of one side of which could be of the other."""
    for match in MIXED.finditer(text):
        word = match[0]
        foreign = [char for char in word if "\u0370" <= char <= "\u058f"]
        latin = [char for char in word if char.isascii()]
        as_latin = "".join(LOOKS_LIKE.get(char, char) for char in word)
        if not all(char in LOOKS_LIKE for char in foreign) and not _disguised(word, foreign, latin):
            continue
        fewer = foreign if len(foreign) <= len(latin) else latin
        seen = ", ".join(f"{char} is {unicodedata.name(char, f'U+{ord(char):04X}')}" for char in dict.fromkeys(fewer))
        candidates = (Candidate(as_latin, 0.5),) if as_latin.isascii() else ()
        reason = "letters of two scripts that look alike in one word"
        yield Finding("TXT803", match.start(), match.end(), reason, 0.9, (seen,), candidates)


def _disguised(word: str, foreign: list[str], latin: list[str]) -> bool:
    """Whether a Cyrillic word holds Latin letters that could be its own; acronyms (`ITшник`) and formulas (`μs`) do not count."""
    cyrillic = all("\u0400" <= char <= "\u052f" for char in foreign)
    return cyrillic and all(char in LATIN_ALIKE for char in latin) and not ACRONYM.match(word)


def invisible_characters(text: str) -> Iterator[Finding]:
    """Characters inside words that nobody sees; joiners and direction marks, which scripts need, are none of them."""
    for match in INVISIBLE.finditer(text):
        at = match.start()
        if match[0] == "\u200b" and (THIN.match(text, at - 1) or THIN.match(text, at + 1)):
            continue
        if match[0][0] >= "\U000e0000" and text[at - 1 : at] == "\N{WAVING BLACK FLAG}":
            continue
        name = unicodedata.name(match[0][0], f"U+{ord(match[0][0]):04X}")
        yield Finding("TXT804", at, match.end(), f"{name} is not seen, and a program does not skip it", 0.9)
