r"""Words of many documents at once: their hashes, and which begin with a capital.

Words are runs of `\w`; scripts without spaces are cut into characters. All words of a batch are found and hashed in one
pass over its bytes (a polynomial by cumulative sums, Rabin and Karp 1987, taken apart at the borders of the words by the
inverse powers modulo 2**64). Nothing depends on what other documents stand beside a text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cleaner.letting_go import cached

__all__ = [
    "CASELESS",
    "CHUNK",
    "FOREIGN",
    "LEAD",
    "MARK",
    "MULTIPLIER",
    "WORD_BYTES",
    "Beyond",
    "Plain",
    "Tokens",
    "hashed_lines",
    "in_batches",
    "lowered",
    "pieces_of",
    "plain",
    "plain_pieces",
    "tokens_in",
    "tokens_of",
]

CHUNK = 1 << 18
"""Bytes read at a time: 256 KB keep all arrays of a pass in the processor's cache (1 MB was a third slower)."""
WIDE_RANGES = (
    (0xE00, 0xF00),
    (0x1000, 0x10A0),
    (0x1780, 0x1800),
    (0x2E80, 0xA000),
    (0xF900, 0xFB00),
    (0x20000, 0x40000),
)
"""Code points of scripts without spaces."""
BEYOND, THREE, FOUR = 0xC0, 0xE0, 0xF0
"""First bytes of UTF-8: from these on a character has two, three, four bytes."""
ODD, LEAD, FOREIGN, CASELESS, SINGLE, CASED, MARK, KNOWN = (1 << bit for bit in range(8))
"""Kinds of characters beyond ASCII, as bits: neither letters nor digits; those of SIGNS; words by themselves; capitals; those that
normalisation may change or join to the one before."""
JAMO = (0x1100, 0x1200)
SIGNS = (
    (LEAD, ((0x80, 0xA0), (0xFFFD, 0xFFFE), *((ord(char), ord(char) + 1) for char in "âÂÃÐÑ"))),
    (FOREIGN, ((0x370, 0x500), (0xE00, 0xE80), (0x4E00, 0xA000))),
    (
        CASELESS,
        ((0x590, 0x900), (0x900, 0xE00), (0x10A0, 0x1100), (0xAC00, 0xD7B0), (0x30A1, 0x30FB), (0x30FC, 0x30FD)),
    ),
    (SINGLE, WIDE_RANGES),
)
"""What a wrong decoding leaves; letters that stand beside Latin ones in a garbled word; scripts without capitals; scripts without
spaces."""
MULTIPLIER = 0x9E3779B97F4A7C15 | 1
WORD_BYTES = b"abcdefghijklmnopqrstuvwxyz0123456789"
CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEM, STEM_WIDE = 6, 10
"""Bytes of a word that its stem keeps, where it begins in ASCII and elsewhere (five letters of two bytes)."""

IS_WORD = bytes(byte >= 0x80 or byte in WORD_BYTES + CAPITALS + b"_" for byte in range(256))
IS_INNER = bytes(0x80 <= byte < BEYOND for byte in range(256))
IS_END = bytes(byte in b'.!?:"\n' for byte in range(256))

Array = Any


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in NFC as UTF-8; `lower` has the same length and every word in the same place."""

    data: bytes
    lower: bytes


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
    kinds: list[int]
    """Which kinds of characters beyond ASCII each text has."""


def plain(text: str) -> Plain:
    """`text` made ready for `tokens_of`."""
    if text.isascii():
        data = text.encode("ascii")
        return Plain(data, data.lower())
    text = unicodedata.normalize("NFC", text).replace("İ", "I")
    data, lower = text.encode("utf-8", "surrogatepass"), text.lower().encode("utf-8", "surrogatepass")
    # A few letters change their length: then no capital is known.
    return Plain(data if data.translate(IS_INNER) == lower.translate(IS_INNER) else lower, lower)


def lowered(data: bytes, beyond: Beyond) -> tuple[Array, Array]:
    """`data` in small letters, each in the place of its capital, as octets; and the places where that is not possible.

    The capital sigma is such a letter as well: which small one stands for it is up to its neighbours.
    """
    import numpy as np

    octets = np.frombuffer(bytearray(data.lower()), np.uint8)
    capital = np.flatnonzero(beyond.kinds & CASED)
    if not len(capital):
        return octets, capital
    codes, places = _tables()[1][beyond.codes[capital]], beyond.places[capital]
    for least, most, size in ((0x80, 0x800, 2), (0x800, 0x10000, 3), (0x10000, 0x110000, 4)):
        own = np.flatnonzero((codes >= least) & (codes < most))
        code, place = codes[own], places[own]
        for step in range(size - 1, 0, -1):
            octets[place + step] = 0x80 | code & 0x3F
            code = code >> 6
        octets[place] = (0, 0, BEYOND, THREE, FOUR)[size] | code
    return octets, places[codes == 0]


@dataclass(frozen=True, slots=True)
class Beyond:
    """The characters beyond ASCII of some UTF-8: parallel arrays."""

    places: Array
    """Of their first bytes."""
    codes: Array
    kinds: Array

    @classmethod
    def of(cls, octets: Array) -> Beyond:
        """Those of `octets`."""
        import numpy as np

        places = np.flatnonzero(octets >= BEYOND)
        if not len(places):
            return cls(places, places, np.zeros(0, np.uint8))
        first = octets[places].astype(np.int32)
        codes = (first & 0x1F) << 6 | octets[places + 1] & 0x3F
        longer = np.flatnonzero(first >= THREE)
        if len(longer):
            first, at = first[longer], places[longer]
            own = (codes[longer] & 0x3FF) << 6 | octets[at + 2] & 0x3F
            four = np.flatnonzero(first >= FOUR)
            own[four] = (first[four] & 7) << 18 | (own[four] & 0xFFF) << 6 | octets[at[four] + 3] & 0x3F
            codes[longer] = own
        return cls(places, codes, _kinds_of(codes))

    def sizes(self, rows: Array) -> Array:
        """How many bytes the characters at `rows` have."""
        codes = self.codes[rows]
        return 2 + (codes >= 0x800) + (codes >= 0x10000)

    def blank(self, octets: Array, filling: int = 0x20) -> None:
        """Puts `filling` in the places of those that are neither letters nor digits."""
        import numpy as np

        odd = np.flatnonzero(self.kinds & ODD)
        if len(odd):
            places, sizes = self.places[odd], self.sizes(odd)
            for step in range(4):
                octets[places[sizes > step] + step] = filling

    def by_text(self, ends: Array) -> Array:
        """All kinds that stand in each text, where the texts end at these bytes."""
        import numpy as np

        cuts = np.concatenate([[0], np.searchsorted(self.places, ends)])
        kinds = np.zeros(len(ends), np.uint8)
        held = np.flatnonzero(cuts[1:] > cuts[:-1])
        if len(held):
            kinds[held] = np.bitwise_or.reduceat(self.kinds, cuts[held])
        return kinds


@cached
def _tables() -> tuple[Array, Array]:
    """By code point: kinds, and the letter in lower case; 0 where it has another size, or is one of several."""
    import numpy as np

    return np.zeros(0x110000, np.uint8), np.zeros(0x110000, np.int32)


def _kinds_of(codes: Array) -> Array:
    """The kind of each of these code points, by a table whose blocks of 256 are worked out when one of them is met."""
    import numpy as np

    table, small = _tables()
    kinds = table[codes]
    if not kinds.all():
        for block in np.unique(codes[kinds == 0] >> 8).tolist():
            first, after = block << 8, (block + 1) << 8
            chars = list(map(chr, range(first, after)))
            small[first:after] = [_small(char) for char in chars]
            table[first:after] = _kinds(first, chars)
        kinds = table[codes]
    return kinds


def _kinds(first: int, chars: list[str]) -> Array:
    """The kinds of 256 characters from code point `first` on."""
    import numpy as np

    found = np.full(256, KNOWN, np.uint8)
    for bit, ranges in SIGNS:
        for low, high in ranges:
            found[max(0, low - first) : max(0, high - first)] |= np.uint8(bit)
    normalize, category = unicodedata.normalize, unicodedata.category
    for place, char in enumerate(chars):
        if not char.isalnum():
            found[place] |= ODD
        if char.lower() != char:
            found[place] |= CASED
        if category(char)[0] == "M" or JAMO[0] <= first + place < JAMO[1] or normalize("NFC", char) != char:
            found[place] |= MARK
    return found


def _small(char: str) -> int:
    small = char.lower()
    same = len(small.encode("utf-8", "surrogatepass")) == len(char.encode("utf-8", "surrogatepass"))
    return ord(small) if same and len(small) == 1 and char != "Σ" else 0


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


@cached
def _powers() -> tuple[Array, Array]:
    return _made_powers(CHUNK)


def _made_powers(count: int) -> tuple[Array, Array]:
    import numpy as np

    inverse = pow(MULTIPLIER, -1, 1 << 64)
    both = []
    for base in (MULTIPLIER, inverse):
        powers = np.full(count, base, np.uint64)
        powers[0] = 1
        both.append(np.multiply.accumulate(powers))
    return both[0], both[1]


def powers_of(count: int) -> tuple[Array, Array]:
    """The first `count` powers of the multiplier and of its inverse; up to CHUNK they are kept."""
    powers, inverse = _powers() if count <= CHUNK else _made_powers(count)
    return powers[:count], inverse[:count]


def tokens_of(texts: list[Plain], *, case: bool = True) -> Tokens:
    """The words of `texts`, one batch of at most CHUNK bytes; without `case` nothing but `hashes`, `borders` and `kinds`."""
    import numpy as np

    lower = b"\n".join([one.lower for one in texts])
    data = b"\n".join([one.data for one in texts]) if case else lower
    octets = np.frombuffer(lower, np.uint8)
    ends = np.cumsum([len(one.lower) + 1 for one in texts])
    return tokens_in(data, octets, Beyond.of(octets), ends, case=case)


def tokens_in(data: bytes, octets: Array, beyond: Beyond, ends: Array, *, case: bool = True) -> Tokens:
    """The same of texts joined by line ends; `octets` are `data` in small letters, `ends` the byte behind each text's line end."""
    import numpy as np

    powers, inverse = _powers()
    size = len(octets)
    starts, after = _words(data, beyond)
    sums: Array = np.empty(size + 1, np.uint64)
    sums[0] = 0
    np.multiply(octets, powers[:size], out=sums[1:])
    np.cumsum(sums[1:], out=sums[1:])
    begun, turned = sums[starts], inverse[starts]
    hashes = (sums[after] - begun) * turned
    borders: list[int] = np.searchsorted(starts, np.concatenate([[0], ends])).tolist()
    kinds: list[int] = beyond.by_text(ends).tolist()
    if not case:
        return Tokens(data, starts, after, hashes, begun, begun, begun, borders, kinds)
    own = np.frombuffer(data, np.uint8)
    wide = octets[starts] >= 0x80
    stop = np.minimum(after, starts + (STEM + (STEM_WIDE - STEM) * wide))
    stems = ((sums[stop] - begun) * turned * np.uint64(MULTIPLIER) >> np.uint64(32)).astype(np.uint32)
    upper = own[starts] != octets[starts]
    letters = np.flatnonzero(wide & ~upper)
    upper[letters] = own[starts[letters] + 1] != octets[starts[letters] + 1]
    marks = np.flatnonzero(np.frombuffer(data.translate(IS_END), bool))
    first: Array = np.zeros(len(starts) + 1, bool)
    first[:1] = True
    first[np.searchsorted(starts, marks)] = True
    return Tokens(data, starts, after, hashes, stems, upper, first[:-1], borders, kinds)


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


def hashed_lines(data: bytes) -> Array:
    """A hash of each line of `data`, uint64, the same wherever it stands; of a line of more than CHUNK bytes, of the first ones."""
    import numpy as np

    powers, inverse = _powers()
    octets = np.frombuffer(data, np.uint8)
    ends = np.concatenate([np.flatnonzero(octets == 0x0A), [len(octets)]])
    starts = np.concatenate([[0], ends[:-1] + 1])
    found: Array = np.empty(len(ends), np.uint64)
    line = 0
    while line < len(ends):
        first = int(starts[line])
        after = max(line + 1, int(np.searchsorted(ends, first + CHUNK, side="right")))
        part = octets[first : min(first + CHUNK, int(ends[after - 1]))]
        sums: Array = np.zeros(len(part) + 1, np.uint64)
        np.cumsum(part * powers[: len(part)], out=sums[1:])
        begun = starts[line:after] - first
        found[line:after] = (sums[np.minimum(ends[line:after] - first, len(part))] - sums[begun]) * inverse[
            np.minimum(begun, CHUNK - 1)
        ]
        line = after
    found ^= found >> np.uint64(29)
    found *= np.uint64(MULTIPLIER)
    return found ^ (found >> np.uint64(32))


def _words(data: bytes, beyond: Beyond) -> tuple[Array, Array]:
    """First byte of each word and the one behind it."""
    import numpy as np

    inside = np.zeros(len(data) + 2, bool)
    inside[1:-1] = np.frombuffer(data.translate(IS_WORD), bool)
    beyond.blank(inside[1:-1], 0)
    single = np.flatnonzero(beyond.kinds & SINGLE)
    if not len(single):
        borders = np.flatnonzero(inside[1:] != inside[:-1])
        return borders[::2], borders[1::2]
    cut: Array = np.zeros(len(data) + 1, bool)
    cut[beyond.places[single]] = True
    cut[beyond.places[single] + beyond.sizes(single)] = True
    before, here = inside[:-1], inside[1:]
    return np.flatnonzero(here & (~before | cut)), np.flatnonzero(before & (~here | cut))


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
