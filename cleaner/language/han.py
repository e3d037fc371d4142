"""Chinese or Japanese? Told by the Chinese characters that only one of them uses, according to their old character sets."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cleaner.arrays import Array, code_points
from cleaner.memory import cached
from cleaner.models.languages import SCRIPTS

HAN, KANA = SCRIPTS.index("Hani"), (SCRIPTS.index("Hira"), SCRIPTS.index("Kana"))
"""Classes of Chinese characters and of kana."""
GRAMMAR = "是我也，"
"""Characters of Chinese grammar that are in few Japanese words, and the comma, which Japanese has only beside kana."""
CHINESE, JAPANESE = 0.2, 0.09
"""Share of the characters that only Chinese, and that only Japanese uses, in its texts: the first .19 in traditional
characters, .33 in simplified ones, .0006 in Japanese; the second .09, and 0 in Chinese."""
BARE = 0.25
"""Share of Japanese among short texts that are all Chinese characters; an estimate."""
SURE = 0.1
"""Share of characters that only Chinese uses from which a passage is Chinese, whatever is beside it."""
SUREST, BY_ONE = 0.995, 0.97
"""Confidence where characters that only Chinese, or only Japanese uses decide."""
BESIDE_KANA = 0.75
"""The same for Chinese beside kana. Of 3,000 Chinese sentences with a Japanese quotation and 3,000 Japanese ones with a
Chinese one 1,282 were recognised so, 39 of them Japanese; but so is Japanese in UTF-8 that was read as cp932 (five of
300 judged garbled texts), for which no language should be claimed."""


@cached
def only_chinese() -> Array:
    """Which code points of the BMP Chinese uses and Japanese hardly ever does: those in GB 2312 or Big5's first level
    that are not in the first level of JIS X 0208 (bool).
    """
    return _marked(_pairs("gb2312", range(0xB0, 0xF8)) + _pairs("big5", range(0xA4, 0xC7)), _first_of_japanese())


@cached
def only_japanese() -> Array:
    """Which ones Japanese uses and Chinese does not: those of its first level that neither of the other sets has (bool)."""
    return _marked(_first_of_japanese(), _pairs("gb2312", range(0xB0, 0xF8)) + _pairs("big5", range(0xA4, 0xFA)))


def _first_of_japanese() -> str:
    return _pairs("euc_jp", range(0xB0, 0xD0))


def _pairs(codec: str, leads: Iterable[int]) -> str:
    """What the pairs of bytes with these first ones stand for."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)] if codec == "big5" else range(0xA1, 0xFF)
    return bytes(byte for lead in leads for trail in trails for byte in (lead, trail)).decode(codec, "ignore")


def _marked(held: str, others: str) -> Array:
    marked = np.zeros(0x10000, bool)
    marked[code_points(held)] = True
    marked[code_points(others)] = False
    marked[:0x3400] = False
    marked.setflags(write=False)
    return marked


def told(points: Array, kana: int, han: int) -> tuple[str, float]:
    """`zh` or `ja` for a text of these code points (uint16), with so many kana and Chinese characters, and how sure that is."""
    chinese = int(np.count_nonzero(only_chinese().take(points)))
    if kana:
        return ("zh", BESIDE_KANA) if chinese >= SURE * han and han > 3 * kana else ("ja", SUREST)
    japanese = int(np.count_nonzero(only_japanese().take(points)))
    chinese += int(np.count_nonzero(np.isin(points, code_points(GRAMMAR))))
    if chinese != japanese:
        return ("zh", SUREST) if chinese > japanese else ("ja", BY_ONE)
    zh, ja = (1 - BARE) * (1 - CHINESE) ** han, BARE * (1 - JAPANESE) ** han
    return ("zh", round(zh / (zh + ja), 4)) if zh >= ja else ("ja", round(ja / (zh + ja), 4))
