r"""Words of many documents at once: their hashes, and which begin with a capital.

Words are runs of `\w`; scripts without spaces are cut into characters. All words of a batch are found and hashed in one
pass over its bytes (a polynomial by cumulative sums, Rabin and Karp 1987, taken apart at the borders of the words by the
inverse powers modulo 2**64). Nothing depends on what other documents stand beside a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

__all__ = [
    "CASELESS",
    "CHUNK",
    "FOREIGN",
    "LEAD",
    "MULTIPLIER",
    "WIDE",
    "WORD_BYTES",
    "Plain",
    "Tokens",
    "in_batches",
    "pieces_of",
    "plain",
    "plain_pieces",
    "tokens_of",
]

CHUNK = 1 << 18
"""Bytes read at a time: 256 KB keep all arrays of a pass in the processor's cache (1 MB was a third slower)."""
WIDE_RANGES = ((0xE00, 0xF00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x2E80, 0xA000), (0xF900, 0xFB00))
"""Code points of scripts without spaces; those above U+20000 are ideographs as well."""
WIDE = re.compile("[" + "".join(f"{chr(low)}-{chr(high - 1)}" for low, high in WIDE_RANGES) + "\U00020000-\U0003ffff]")
FIRST_WIDE = 0xE0
"""First byte of any character of these scripts in UTF-8."""
ODD, LEAD, FOREIGN, CASELESS, KNOWN = 1, 2, 4, 8, 128
"""Kinds of characters beyond ASCII, as bits: neither letters nor digits; and those of SIGNS."""
SIGNS = (
    (LEAD, re.compile(r"[\x80-\x9f\ufffdâÂÃÐÑ]")),
    (FOREIGN, re.compile(r"[\u0e00-\u0e7f\u0400-\u04ff\u0370-\u03ff\u4e00-\u9fff]")),
    (CASELESS, re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u10a0-\u10ff\uac00-\ud7af\u30a1-\u30fa\u30fc]")),
)
"""What a wrong decoding leaves; letters that stand beside Latin ones in a garbled word; scripts without capitals."""
MULTIPLIER = 0x9E3779B97F4A7C15 | 1
WORD_BYTES = b"abcdefghijklmnopqrstuvwxyz0123456789"
CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEM, STEM_WIDE = 6, 10
"""Bytes of a word that its stem keeps, where it begins in ASCII and elsewhere (five letters of two bytes)."""

IS_WORD = bytes(byte >= 0x80 or byte in WORD_BYTES + CAPITALS + b"_" for byte in range(256))
IS_END = bytes(byte in b'.!?:"\n' for byte in range(256))

Array = Any


@dataclass(frozen=True, slots=True)
class Plain:
    """A text's words as UTF-8 with ASCII between them; `lower` has the same length and every word in the same place."""

    data: bytes
    lower: bytes
    signs: int = 0
    """Which kinds of characters the text has: `LEAD`, `FOREIGN`, `CASELESS`."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of some texts. `borders[i]:borders[i + 1]` are the words of text `i`; places are bytes of `data`."""

    data: bytes
    starts: Array
    ends: Array
    hashes: Array
    """Of the word in lower case, uint64."""
    stems: Array
    """Of its first bytes, uint32."""
    upper: Array
    """Whether it begins with a capital."""
    first: Array
    """Whether it begins a sentence, a line or a quotation."""
    borders: list[int]


def plain(text: str) -> Plain:
    """`text` made ready for `tokens_of`."""
    if text.isascii():
        data = text.encode("ascii")
        return Plain(data, data.lower())
    import numpy as np

    text = unicodedata.normalize("NFC", text).replace("İ", "I")
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds_of(codes)
    odd = np.flatnonzero(kinds & ODD)
    if len(odd):
        codes = codes.copy()
        codes[odd] = 0x20
        text = codes.tobytes().decode("utf-32-le", "surrogatepass")
    data = text.encode("utf-8", "surrogatepass")
    lower = text.lower().encode("utf-8", "surrogatepass")
    # A few letters change their length: then no capital is known.
    return Plain(data if len(data) == len(lower) else lower, lower, int(np.bitwise_or.reduce(kinds)))


@cache
def _table() -> Array:
    import numpy as np

    return np.zeros(0x110000, np.uint8)


def _kinds_of(codes: Array) -> Array:
    """The kind of each of these code points, by a table whose blocks of 256 are worked out when one of them is met."""
    import numpy as np

    table = _table()
    kinds = table[codes]
    if not kinds.all():
        for block in np.unique(codes[kinds == 0] >> 8).tolist():
            table[block << 8 : (block + 1) << 8] = [_kind(code) for code in range(block << 8, (block + 1) << 8)]
        kinds = table[codes]
    return kinds


def _kind(code: int) -> int:
    char = chr(code)
    odd = 0 if code < 0x80 or char.isalnum() else ODD
    return KNOWN | odd | sum(bit for bit, chars in SIGNS if chars.match(char))


def in_batches(texts: Iterable[Plain]) -> Iterator[list[Plain]]:
    """`texts` in order, in lists of at most CHUNK bytes together; a larger text stands alone."""
    waiting: list[Plain] = []
    size = 0
    for one in texts:
        if waiting and size + len(one.data) + 1 > CHUNK:
            yield waiting
            waiting, size = [], 0
        waiting.append(one)
        size += len(one.data) + 1
    if waiting:
        yield waiting


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


def powers_of(count: int) -> tuple[Array, Array]:
    """The first `count` powers of the multiplier and of its inverse; `count` is at most CHUNK."""
    powers, inverse = _powers()
    return powers[:count], inverse[:count]


def tokens_of(texts: list[Plain], *, case: bool = True) -> Tokens:
    """The words of `texts`, one batch of at most CHUNK bytes; without `case` nothing but `hashes` and `borders`."""
    import numpy as np

    lower = b"\n".join([one.lower for one in texts])
    data = b"\n".join([one.data for one in texts]) if case else lower
    powers, inverse = _powers()
    octets = np.frombuffer(lower, np.uint8)
    size = len(octets)
    inside = np.frombuffer(b"".join((b"\0", lower.translate(IS_WORD), b"\0")), np.uint8)
    starts, ends = _words(octets, inside)
    sums: Array = np.empty(size + 1, np.uint64)
    sums[0] = 0
    np.multiply(octets, powers[:size], out=sums[1:])
    np.cumsum(sums[1:], out=sums[1:])
    begun, turned = sums[starts], inverse[starts]
    hashes = (sums[ends] - begun) * turned
    borders = [0, *np.searchsorted(starts, np.cumsum([len(one.lower) + 1 for one in texts])).tolist()]
    if not case:
        return Tokens(data, starts, ends, hashes, begun, begun, begun, borders)
    own = np.frombuffer(data, np.uint8)
    wide = octets[starts] >= 0x80
    stop = np.minimum(ends, starts + np.where(wide, STEM_WIDE, STEM))
    stems = ((sums[stop] - begun) * turned * np.uint64(MULTIPLIER) >> np.uint64(32)).astype(np.uint32)
    upper = own[starts] != octets[starts]
    letters = np.flatnonzero(wide & ~upper)
    upper[letters] = own[starts[letters] + 1] != octets[starts[letters] + 1]
    marks = np.flatnonzero(np.frombuffer(data.translate(IS_END), bool))
    seen: Array = np.searchsorted(marks, starts)
    first: Array = np.ones(len(starts), bool)
    np.not_equal(seen[1:], seen[:-1], out=first[1:])
    return Tokens(data, starts, ends, hashes, stems, upper, first, borders)


def pieces_of(text: Plain) -> Iterator[Plain]:
    """A large text in pieces of at most CHUNK bytes, cut at spaces where there are any."""
    for start, end in pairwise([0, *_cuts(text.lower), len(text.data)]):
        yield Plain(text.data[start:end], text.lower[start:end])


def plain_pieces(text: str) -> Iterator[Plain]:
    """`plain` of a large text, in such pieces; no more than one of them is held."""
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > CHUNK:
            cut = text.rfind(" ", start, start + CHUNK)  # no letter changes with what stands behind a space
            end = cut if cut > start else start + CHUNK
        yield from pieces_of(plain(text[start:end]))
        start = end


def _words(octets: Array, inside: Array) -> tuple[Array, Array]:
    """First byte of each word and the one behind it; `inside` is 1 in words, with a 0 before and behind."""
    import numpy as np

    wide = np.flatnonzero(octets >= FIRST_WIDE)
    if len(wide):
        padded = np.concatenate([octets, np.zeros(3, np.uint8)])
        lead, second, third = (padded[wide + step].astype(np.int32) for step in range(3))
        code = (lead & 15) << 12 | (second & 63) << 6 | third & 63
        four = lead >= 0xF0
        single = four & (second >= 0xA0) & (lead == 0xF0)
        for low, high in WIDE_RANGES:
            single |= ~four & (code >= low) & (code < high)
        if single.any():
            cut: Array = np.zeros(len(inside) + 3, bool)
            cut[wide[single] + 1] = True
            cut[wide[single] + 4 + four[single]] = True
            before, here, cut = inside[:-1] == 1, inside[1:] == 1, cut[1 : len(inside)]
            return np.flatnonzero(here & (~before | cut)), np.flatnonzero(before & (~here | cut))
    borders = np.flatnonzero(inside[1:] != inside[:-1])
    return borders[::2], borders[1::2]


def _cuts(data: bytes) -> Iterator[int]:
    """Places at which to cut `data` into pieces of at most CHUNK bytes: at spaces where there are any, never in a character."""
    start = 0
    while len(data) - start > CHUNK:
        cut = data.rfind(b" ", start, start + CHUNK)
        if cut <= start:
            cut = start + CHUNK
            while data[cut] & 0xC0 == 0x80:
                cut -= 1
        start = cut
        yield start
