"""Words that only a mix-up of two pages makes: `hoþuna` is `hoşuna` (Turkish) read as a Western page, and no word of any language.

The gate's pairs of characters do not tell them: every pair is one that some language has. So the frequent words
of each language were garbled, and those results kept that stand in no word list. A set of 24-bit digests holds them.

Format of `mixups.bin` (zlib): the pairs of letters that give a garbled word away (a space is the end of a word), UTF-8, a
line end, then 2**24 bits, that of each word's digest set, low bits first. Built by `tools/build_mixups.py` from the word lists.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

__all__ = ["BITS", "PATH", "digest", "made_by_mixup", "mixup_words", "pack"]

PATH = Path(__file__).parent / "data" / "mixups.bin"
BITS = 24
"""One clean word in some hundred that have a telling letter has the digest of a garbled one; the search decides."""
WORD = re.compile(r"[^\W\d_]+")
HEADER = 1 << 16
"""Bytes that the pairs take at most."""


def digest(word: str) -> int:
    """The number of `word`, BITS bits; equal for a word and the same word with its first letter in upper case."""
    word = word[:1].lower() + word[1:]
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) >> (32 - BITS)


def pack(words: Iterable[str], pairs: Iterable[str]) -> bytes:
    """The file's bytes."""
    held = bytearray(1 << (BITS - 3))
    for word in words:
        number = digest(word)
        held[number >> 3] |= 1 << (number & 7)
    return zlib.compress(("".join(pairs) + "\n").encode() + bytes(held), 9)


@cache
def _telling() -> re.Pattern[str]:
    """Matches the letter beyond ASCII of a pair that gives a garbled word away."""
    pairs = zlib.decompressobj().decompress(PATH.read_bytes(), HEADER).partition(b"\n")[0].decode()
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for first, second in zip(pairs[::2], pairs[1::2], strict=True):
        if not first.isascii():
            after[first] = after.get(first, "") + (second if second != " " else r"\W")
        if not second.isascii():
            before[second] = before.get(second, "") + first
    parts = []
    for char in sorted(before.keys() | after.keys()):
        ways = [f"(?<=[{before[char]}]{char})"] if char in before else []
        ways += [f"(?=[{after[char]}])"] if char in after else []
        parts.append(f"{char}(?:{'|'.join(ways)})")
    return re.compile("|".join(parts))


@cache
def _held() -> bytes:
    return zlib.decompress(PATH.read_bytes()).partition(b"\n")[2]


def made_by_mixup(text: str) -> bool:
    """Whether a word of `text` is one that a mix-up makes of a frequent word."""
    return next(mixup_words(text), None) is not None


def mixup_words(text: str) -> Iterator[int]:
    """Where in `text` the words stand that a mix-up makes of a frequent word, code points."""
    telling, end = _telling(), 0
    found = telling.search(text)
    while found is not None:
        at = found.start()
        word = WORD.search(text, max(end, text.rfind(" ", end, at)))
        while word is not None and word.end() <= at:
            word = WORD.search(text, word.end())
        if word is None:
            return
        end = word.end()
        number = digest(word[0])
        if _held()[number >> 3] >> (number & 7) & 1:
            yield word.start()
        found = telling.search(text, end)
