"""The keys by which texts are compared: hashes of word 5-grams as unsigned 64-bit integers.

A word's hash is made of its ASCII letters and digits only, so that garbling, which touches everything else, leaves most
keys alone; a word without any is hashed whole. Scripts without spaces are cut into characters.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

__all__ = ["Keys", "keys_of", "normalized_digest"]

WORD = re.compile(r"\w+")
WIDE = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f\u2e80-\u9fff\uf900-\ufaff]")
GARBLED = re.compile(r"[^a-z0-9\s]*[^\x00-\x7f][^a-z0-9\s]*")
SIZE, SHORT = 5, 3
FEW = 8
"""Words below which a text is compared by SHORT-grams."""

Array = Any
Keys = Array
"""Sorted distinct uint64 hashes."""


def normalized_digest(text: str) -> str:
    """Digest of the words of `text`, lower case: equal for texts that differ in case, spaces and punctuation only."""
    return hashlib.sha256(" ".join(WORD.findall(text.lower())).encode("utf-8", "surrogatepass")).hexdigest()


def keys_of(text: str, vocabulary: dict[str, int]) -> tuple[Keys, Keys]:
    """The keys of `text` as it is, and those that ignore what garbling touches (the same array where that is nothing).

    `vocabulary` remembers the hashes of words; it only saves time and never changes a result.
    """
    lower = text.lower()
    plain = _grams(_pieces(lower), vocabulary)
    if text.isascii():
        return plain, plain
    stripped = GARBLED.sub("", lower)
    return plain, _grams(WORD.findall(stripped), vocabulary) if stripped.strip() else plain


def _pieces(lower: str) -> list[str]:
    words = WORD.findall(lower)
    if not WIDE.search(lower):
        return words
    pieces: list[str] = []
    for word in words:
        if WIDE.search(word):
            pieces += word
        else:
            pieces.append(word)
    return pieces


def _grams(words: list[str], vocabulary: dict[str, int]) -> Keys:
    import numpy as np

    hashes = []
    for word in words:
        number = vocabulary.get(word)
        if number is None:
            number = vocabulary[word] = int.from_bytes(
                hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
            )
        hashes.append(number)
    own = np.array(hashes, np.uint64)
    size = SIZE if len(own) >= FEW else min(SHORT, max(1, len(own)))
    if len(own) < size:
        return own
    mixed = np.zeros(len(own) - size + 1, np.uint64)
    for place in range(size):
        mixed = (mixed * np.uint64(0x9E3779B97F4A7C15)) ^ own[place : place + len(mixed)]
        mixed ^= mixed >> np.uint64(32)
    return np.unique(mixed * np.uint64(0xD6E8FEB86659FD93))
