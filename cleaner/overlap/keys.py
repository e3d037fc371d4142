r"""The keys by which copies are found: hashes of word 5-grams as sorted distinct unsigned 64-bit integers.

Words are runs of `\w`, lower case; scripts without spaces are cut into characters, so that their keys are character
5-grams; a text of few words has 3-grams. Robust keys leave out everything but ASCII letters and digits inside a
run between spaces: garbling touches all the rest, so a garbled copy keeps these.

All words of many documents are hashed in one pass over their bytes (a polynomial by cumulative sums, Rabin and Karp
1987, taken apart at the borders of the words by the inverse powers modulo 2**64); nothing depends on what other
documents stand beside a text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

__all__ = [
    "FEW",
    "SHORT",
    "SIZE",
    "Keys",
    "keys_of",
    "looks_garbled",
    "normalized_digest",
    "plain_bytes",
    "robust_bytes",
]

SIZE, SHORT = 5, 3
FEW = 8
"""Words below which a text is compared by SHORT-grams: five-word keys of a sentence of seven words die of one edit."""
CHUNK = 1 << 18
"""Bytes hashed at a time: 256 KB keep all arrays of a pass in the processor's cache (1 MB was a third slower)."""
WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
ODD = re.compile(r"[^\w\x00-\x7f]+")
GARBLED = re.compile(
    r"[\x80-\x9f\ufffd]|[âÂÃÐÑ][^\x00-\x7fa-z]|[a-z][\u0e00-\u0e7f\u0400-\u04ff\u0370-\u03ff\u4e00-\u9fff]"
    r"|[\u0e00-\u0e7f\u0400-\u04ff\u0370-\u03ff][€™a-z]"
)
"""What decoding with a wrong table leaves: C1 controls, the lead bytes of UTF-8 as letters, two scripts in one word."""
MULTIPLIER = 0x9E3779B97F4A7C15 | 1
MIXER = 0xD6E8FEB86659FD93
WORD_BYTES = b"abcdefghijklmnopqrstuvwxyz0123456789"
SPACES = b" \t\n\r\x0b\x0c"
NOT_ROBUST = bytes(byte for byte in range(256) if byte not in WORD_BYTES + SPACES)

Array = Any
Keys = Array


def normalized_digest(text: str) -> str:
    """Digest of `text` in NFC with its runs of spaces as one: equal for texts that differ in layout only."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def looks_garbled(text: str) -> bool:
    """Whether `text` shows signs of a wrong decoding; only then are the robust keys consulted."""
    return not text.isascii() and GARBLED.search(text) is not None


def plain_bytes(text: str) -> bytes:
    """The words of `text` as UTF-8, lower case, everything between them ASCII."""
    lower = text.lower()
    if lower.isascii():
        return lower.encode("ascii")
    lower = ODD.sub(" ", unicodedata.normalize("NFC", lower))
    if WIDE.search(lower):
        lower = WIDE.sub(r" \g<0> ", lower)
    return lower.encode("utf-8", "surrogatepass")


def robust_bytes(text: str) -> bytes | None:
    """The ASCII letters and digits of `text` and its spaces; None where most of it is in other letters."""
    data = text.lower().encode("utf-8", "surrogatepass").translate(None, NOT_ROBUST)
    return data if 2 * len(data) >= len(text) else None


@cache
def _powers() -> tuple[Array, Array]:
    import numpy as np

    inverse = pow(MULTIPLIER, -1, 1 << 64)
    both = []
    for base in (MULTIPLIER, inverse):
        powers = np.full(CHUNK, base, np.uint64)
        powers[0] = 1
        both.append(np.multiply.accumulate(powers))
    return both[0], both[1]


@cache
def _word_table() -> Array:
    import numpy as np

    table = np.zeros(256, bool)
    table[list(WORD_BYTES + b"_")] = True
    table[0x80:] = True
    return table


def _word_hashes(data: bytes) -> tuple[Array, Array]:
    """Hash and first byte of each word in at most CHUNK bytes."""
    import numpy as np

    powers, inverse = _powers()
    octets = np.frombuffer(data, np.uint8)
    inside = np.zeros(len(octets) + 2, np.int8)
    inside[1:-1] = _word_table()[octets]
    borders = np.diff(inside)
    starts, ends = np.flatnonzero(borders == 1), np.flatnonzero(borders == -1)
    sums = np.zeros(len(octets) + 1, np.uint64)
    np.cumsum(octets * powers[: len(octets)], out=sums[1:])
    return (sums[ends] - sums[starts]) * inverse[starts], starts


def _pieces(data: bytes) -> Iterator[bytes]:
    """`data` in pieces of at most CHUNK bytes, cut at spaces where there are any."""
    start = 0
    while len(data) - start > CHUNK:
        cut = data.rfind(b" ", start, start + CHUNK)
        cut = cut if cut > start else start + CHUNK
        yield data[start:cut]
        start = cut
    yield data[start:]


def keys_of(texts: Iterable[bytes]) -> Iterator[Keys]:
    """The keys of each of `texts` (as `plain_bytes` or `robust_bytes` give them), in order."""
    waiting: list[bytes] = []
    size = 0
    for data in texts:
        if size + len(data) + 1 > CHUNK and waiting:
            yield from _keys_together(waiting)
            waiting, size = [], 0
        if len(data) >= CHUNK:
            yield _keys_of_large(data)
        else:
            waiting.append(data)
            size += len(data) + 1
    if waiting:
        yield from _keys_together(waiting)


def _keys_of_large(data: bytes) -> Keys:
    import numpy as np

    return _distinct(_grams(np.concatenate([_word_hashes(piece)[0] for piece in _pieces(data)]), SIZE))


def _keys_together(texts: list[bytes]) -> Iterator[Keys]:
    import numpy as np

    hashes, starts = _word_hashes(b" ".join(texts))
    ends = np.cumsum([len(text) + 1 for text in texts])
    borders = [0, *np.searchsorted(starts, ends).tolist()]
    grams = _grams(hashes, SIZE)
    for first, after in pairwise(borders):
        words = after - first
        if words >= FEW:
            yield _distinct(grams[first : after - SIZE + 1])
        else:
            yield _distinct(_grams(hashes[first:after], min(SHORT, max(1, words))))


def _grams(words: Array, size: int) -> Array:
    """Hashes of `size` words on end; none where there are fewer."""
    import numpy as np

    count = max(0, len(words) - size + 1)
    mixed = np.zeros(count, np.uint64)
    for place in range(size):
        mixed *= np.uint64(MULTIPLIER)
        mixed ^= words[place : place + count]
        mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(MIXER)
    mixed ^= mixed >> np.uint64(32)
    return mixed


def _distinct(keys: Array) -> Keys:
    import numpy as np

    keys = np.sort(keys)
    if len(keys) > 1:
        keep = np.empty(len(keys), bool)
        keep[0] = True
        np.not_equal(keys[1:], keys[:-1], out=keep[1:])
        keys = keys[keep]
    return keys
