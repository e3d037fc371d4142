"""Which letters go together: every language has its own, and garbled text mixes those of several.

Latin letters beyond ASCII by the alphabets of languages, Chinese characters by the standards of countries.
"""

from __future__ import annotations

import os
import re

from cleaner.letting_go import cached

__all__ = ["HAN", "LETTER", "one_alphabet", "one_latin_alphabet", "one_standard"]

PATH = os.path.join(os.path.dirname(__file__), "data", "alphabets.txt")  # noqa: PTH118, PTH120
"""A string: loading `pathlib` costs a hook 4 ms."""
LETTER = re.compile("[\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1ea0-\u1ef9]")
LETTERS = LETTER.findall
HAN, KANA, HANGUL = "\u4e00-\u9fff", "[\u3041-\u30f6]", "[\uac00-\ud7a3]"
CHINESE = re.compile(f"[{HAN}]")
"""Patterns that are compiled when they are first used: a large set of characters costs a hook 1 ms."""


@cached
def _languages() -> dict[str, int]:
    """Letter -> the languages that have it, a bit for each."""
    found: dict[str, int] = {}
    with open(PATH, encoding="utf-8") as file:  # noqa: PTH123
        lines = file.read().split()
    for number, line in enumerate(lines):
        for char in line:
            found[char] = found.get(char, 0) | 1 << number
    return found


def one_alphabet(line: str) -> bool:
    """Whether some language has all the Latin letters beyond ASCII, and all the Chinese characters, that `line` holds."""
    return one_latin_alphabet(line) and one_standard(line)


def one_latin_alphabet(line: str) -> bool:
    """Whether some language has all the Latin letters beyond ASCII that `line` holds."""
    languages = _languages()
    shared = -1
    for char in set(LETTERS(line)):
        shared &= languages.get(char, 0)
    return shared != 0


def one_standard(line: str) -> bool:
    """Whether some country's standard has all the Chinese characters of `line`, that of Japan where there are kana."""
    if CHINESE.search(line) is None:
        return True
    wide = "".join(re.findall(f"[{HAN}]+", line))
    standards = (
        ("cp932",) if re.search(KANA, line) else ("cp949",) if re.search(HANGUL, line) else ("gb2312", "big5", "cp932")
    )
    return any(_written(wide, codec) for codec in standards)


def _written(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
