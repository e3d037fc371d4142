"""Which letters occur together: every language has its own, and garbled text mixes those of several.

Latin letters beyond ASCII are judged by the alphabets of languages, Chinese characters by the standards of countries.
"""

from __future__ import annotations

import codecs
import os
import re

from cleaner.memory import cached

PATH = os.path.join(os.path.dirname(__file__), "data", "alphabets.txt")  # noqa: PTH118, PTH120
"""A string: loading `pathlib` costs a hook 4 ms."""
ASCII = bytes(range(128))
IN_LATIN_1, IN_UTF_8, FROM_UTF_8 = codecs.latin_1_encode, codecs.utf_8_encode, codecs.utf_8_decode
LETTER = re.compile("[\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1ea0-\u1ef9]")
HAN, KANA, HANGUL = "\u4e00-\u9fff", "[\u3041-\u30f6]", "[\uac00-\ud7a3]"
"""Patterns that are compiled when they are first used: a large set of characters costs a hook 1 ms."""


@cached
def _languages() -> tuple[dict[str, int], list[int]]:
    """Latin letter beyond ASCII -> the languages that have it, a bit for each; and the same for each byte of Latin-1, -1 for what
    is no such letter.
    """
    found = dict.fromkeys(LETTER.findall("".join(map(chr, range(0xAA, 0x1EFA)))), 0)
    with open(PATH, encoding="utf-8") as file:  # noqa: PTH123
        lines = file.read().split()
    for number, line in enumerate(lines):
        for char in line:
            if char in found:
                found[char] |= 1 << number
    return found, [found.get(chr(byte), -1) for byte in range(256)]


def one_alphabet(line: str) -> bool:
    """Whether some language has all the Latin letters beyond ASCII, and all the Chinese characters, that `line` holds."""
    return one_latin_alphabet(line) and one_standard(line)


def one_latin_alphabet(line: str) -> bool:
    """Whether some language has all the Latin letters beyond ASCII that `line` holds."""
    languages, by_byte = _languages()
    shared = -1
    data = IN_LATIN_1(line, "ignore")[0]
    if len(data) == len(line):
        for byte in set(data.translate(None, ASCII)):
            shared &= by_byte[byte]
        return shared != 0
    if LETTER.search(line) is None:
        return True
    beyond = IN_UTF_8(line, "surrogatepass")[0].translate(None, ASCII)
    # Where there are many characters beyond ASCII, an expression finds the letters faster.
    few = len(beyond) <= len(line)
    for char in set(FROM_UTF_8(beyond, "surrogatepass")[0] if few else LETTER.findall(line)):
        shared &= languages.get(char, -1)
    return shared != 0


@cached
def _chinese() -> re.Pattern[str]:
    """A Chinese character. Compiled when it is first used, which takes a hook 1 ms."""
    return re.compile(f"[{HAN}]")


def one_standard(line: str) -> bool:
    """Whether some country's standard has all the Chinese characters of `line`, that of Japan where there are kana."""
    if _chinese().search(line) is None:
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
