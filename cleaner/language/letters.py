"""What of a text is language: words, without code, addresses, markup, digests and identifiers; and in which script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

__all__ = ["WORD", "main_script", "only_language", "script_of"]

WORD = re.compile(
    r"[^\W\d_]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0fff\u1780-\u17ff\u200c\u200d'’]+[^\W\d_]+|[\u0900-\u0fff\u1780-\u17ff]+)*"
)
NOT_LANGUAGE = re.compile(
    r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\S+@\S+\.\S+|<[^<>]{1,300}>|&\w{2,8};"
    r"|\b[0-9a-fA-F]{8,}\b|\b(?=\w*\d)(?=\w*[a-zA-Z])[\w-]{6,}\b|[A-Za-z0-9+/]{24,}={0,2}"
    r"|\b\w+(?:[_/\\]\w+)+\b|\b[a-z]+[A-Z]\w*\b|\b\w+\.\w+\(|\b[\w-]+\.(?:com|org|net|io|py|js|html?|json|xml|txt|png|jpg)\b",
)
CODE = re.compile(
    r"(?m)^\s*(?:def|class|import|from|return|if|for|while|else|elif|try|except|with|func|function|var|let|const|public|private"
    r"|static|void|int|#include|package|use|fn|struct|SELECT|INSERT|UPDATE|DELETE|CREATE)\b.*[(){}\[\];:=<>].*$"
    r"|^\s*(?:return|import|from|pass|break|continue|raise|yield|print|echo|end|fi|done|then|else)\b[^.!?\n]*$"
    r"|^[^\n]*(?:[;{}]|\)\s*:|=>|->|::|==|\+=|!=|&&|\|\|)\s*$|^\s*[\w.\[\]]+\s*[-+*/|&^%]?=\s*\S.*$"
)
JSON = re.compile(r"""["'][\w-]+["']\s*:|[\[{]\s*["'{\[]|["'}\]]\s*[\]}],?""")
SYMBOLS = re.compile(r"[{}\[\]<>=;:\"|\\/_#$%^*+~`()]")
CODE_SHARE = 0.12
"""Share of code's signs in a text from which lines that look like code are taken for code."""


def only_language(text: str) -> str:
    """`text` without what is no language."""
    signs = len(SYMBOLS.findall(text))
    if signs > CODE_SHARE * len(text) and JSON.search(text):
        return ""
    if signs > 0.04 * len(text):
        text = CODE.sub(" ", text)
    return NOT_LANGUAGE.sub(" ", text)


SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "CJK": "Hani", "HIRAGANA": "Hira",
    "KATAKANA": "Kana", "HANGUL": "Hang", "THAI": "Thai", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GEORGIAN": "Geor",
    "ARMENIAN": "Armn", "TAMIL": "Taml", "TELUGU": "Telu", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "KANNADA": "Knda",
    "MALAYALAM": "Mlym", "SINHALA": "Sinh", "KHMER": "Khmr", "LAO": "Laoo", "MYANMAR": "Mymr", "ETHIOPIC": "Ethi", "TIBETAN": "Tibt",
}  # fmt: skip
ONE_LANGUAGE = {
    "Grek": "el", "Hebr": "he", "Hira": "ja", "Kana": "ja", "Hang": "ko", "Thai": "th", "Geor": "ka", "Armn": "hy", "Taml": "ta",
    "Telu": "te", "Gujr": "gu", "Guru": "pa", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Khmr": "km", "Laoo": "lo", "Mymr": "my",
}  # fmt: skip
"""Scripts that one language of the model writes, nearly always."""


@cache
def _script(block: int, char: str) -> str:
    del block
    name = unicodedata.name(char, "").split(" ")[0]
    return SCRIPTS.get(name.removesuffix("-"), "")


def script_of(char: str) -> str:
    """ISO 15924 code of a letter's script, "" where it has none of those known here."""
    return _script(ord(char) >> 4, char) if not char.isascii() else ("Latn" if char.isalpha() else "")


def main_script(words: list[str]) -> tuple[str | None, Counter[str]]:
    """The most frequent script of `words`, and the letters in each."""
    counts: Counter[str] = Counter()
    for word in words:
        if word.isascii():
            counts["Latn"] += len(word)
        else:
            for char in word:
                if char.isalpha():
                    counts[script_of(char)] += 1
    counts.pop("", None)
    best = max(sorted(counts), key=lambda script: counts[script]) if counts else None
    return best, counts
