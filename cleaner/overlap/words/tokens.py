r"""Words of many documents at once: their hashes, and which begin with a capital.

Words are runs of `\w`; scripts without spaces are cut into characters. All words of a batch are found and hashed in one
pass over its bytes (a polynomial by cumulative sums, Rabin and Karp 1987, divided at the borders of the words by the
inverse powers modulo 2**64). The result for a text does not depend on the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, heads_of
from cleaner.memory import cached
from cleaner.nfc import composed
from cleaner.overlap.grouping import in_groups
from cleaner.overlap.words.characters import BEYOND, SINGLE, Beyond

CHUNK = 1 << 18
"""Bytes read at a time: 256 KB keep all arrays of a pass in the processor's cache (1 MB was a third slower)."""
MULTIPLIER = 0x9E3779B97F4A7C15
"""Base of the polynomials: 2**64 by the golden ratio, odd, so that its powers have inverses."""
MIXER = 0xD6E8FEB86659FD93
"""The factor of degski's 64-bit mixer. Hashes are mixed before they become parts of others: else two parts might change places."""
LINE_END = 0x0A
WORD_BYTES = b"abcdefghijklmnopqrstuvwxyz0123456789"
CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEM, STEM_WIDE = 6, 10
"""Bytes of a word that its stem keeps, where it begins in ASCII and elsewhere (five letters of two bytes)."""

INNER, END = 1, 2
BYTES = bytes(
    INNER if byte >= 0x80 or byte in WORD_BYTES + CAPITALS + b"_" else END if byte in b'.!?:"\n' else 0
    for byte in range(256)
)
"""Of each byte whether it is one of a word, or ends a sentence, a line or the words before a quotation."""
IS_INNER = bytes(0x80 <= byte < BEYOND for byte in range(256))


class Plain(NamedTuple):
    """A text in NFC as UTF-8; `lower` has the same length and every word in the same place."""

    data: bytes
    lower: bytes


class Tokens(NamedTuple):
    """The words of some texts. `borders[i]:borders[i + 1]` are the words of text `i`; places are bytes of `data`."""

    data: bytes
    starts: Array
    ends: Array
    hashes: Array
    """The hash of each word in lower case, uint64."""
    halves: Array
    """The upper half of these hashes, multiplied, uint32."""
    stems: Array
    """The same for the stem, the first bytes of the word."""
    lead: Array
    """Its first byte."""
    upper: Array
    """Whether it begins with a capital."""
    first: Array
    """Whether it begins a sentence, a line or a quotation."""
    lines: Array
    """How many words stand before each line end."""
    borders: list[int]
    kinds: list[int]
    """Which kinds of characters beyond ASCII each text has."""


def plain(text: str) -> Plain:
    """`text` made ready for `tokens_of`."""
    if text.isascii():
        data = text.encode("ascii")
        return Plain(data, data.lower())
    text = composed(text).replace("İ", "I")
    data, lower = text.encode("utf-8", "surrogatepass"), text.lower().encode("utf-8", "surrogatepass")
    # A few letters change their length: then no capital is known.
    return Plain(data if data.translate(IS_INNER) == lower.translate(IS_INNER) else lower, lower)


def in_batches(texts: Iterable[Plain]) -> Iterator[list[Plain]]:
    """`texts` in order, in lists of at most CHUNK bytes together; a larger text is a list of its own."""
    return in_groups(texts, CHUNK, lambda one: len(one.data) + 1)


@cached
def _powers() -> tuple[Array, Array]:
    return _made_powers(CHUNK)


def _made_powers(count: int) -> tuple[Array, Array]:
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


def hashes_of(values: Array, first: Array, after: Array) -> Array:
    """A hash of each stretch `first:after` of `values`, uint64, whatever its place."""
    powers, inverse = powers_of(len(values) + 1)
    sums: Array = np.zeros(len(values) + 1, np.uint64)
    np.multiply(values, powers[:-1], out=sums[1:])
    np.cumsum(sums[1:], out=sums[1:])
    found: Array = (sums[after] - sums[first]) * inverse[first]
    return found


def tokens_of(texts: list[Plain], *, case: bool = True) -> Tokens:
    """The words of `texts`, quickest of at most CHUNK bytes; without `case` nothing but `hashes`, `borders` and `kinds`."""
    lower = b"\n".join([one.lower for one in texts])
    data = b"\n".join([one.data for one in texts]) if case else lower
    octets = np.frombuffer(lower, np.uint8)
    ends = np.cumsum([len(one.lower) + 1 for one in texts])
    return tokens_in(data, octets, Beyond.of(octets), ends, case=case)


def tokens_in(data: bytes, octets: Array, beyond: Beyond, ends: Array, *, case: bool = True) -> Tokens:
    """The same for texts joined by line ends; `octets` are `data` in small letters, `ends` the byte after each text's line end."""
    size = len(octets)
    powers, inverse = powers_of(size)
    bytes_in = np.frombuffer(data.translate(BYTES), np.uint8)
    starts, after = _words(bytes_in, beyond)
    sums: Array = np.empty(size + 1, np.uint64)
    sums[0] = 0
    sums[1:] = octets
    sums[1:] *= powers[:size]
    np.cumsum(sums[1:], out=sums[1:])
    begun, turned = sums.take(starts), inverse.take(starts)
    hashes = (sums.take(after) - begun) * turned
    borders: list[int] = np.searchsorted(starts, np.concatenate([[0], ends])).tolist()
    kinds: list[int] = beyond.by_text(ends).tolist()
    if not case:
        return Tokens(data, starts, after, hashes, *(begun,) * 6, borders, kinds)
    own = np.frombuffer(data, np.uint8)
    lead, small = own.take(starts), octets.take(starts)
    wide = small >= 0x80
    upper = lead != small
    letters = np.flatnonzero(wide & ~upper)
    second = starts[letters] + 1
    upper[letters] = own[second] != octets[second]
    halves = _half(hashes)
    stems, kept = halves.copy(), np.where(wide, STEM_WIDE, STEM)
    long = np.flatnonzero(after - starts > kept)
    stems[long] = _half((sums.take(starts[long] + kept[long]) - begun[long]) * turned[long])
    marks = np.flatnonzero(bytes_in == END)
    behind = np.searchsorted(starts, marks)
    first: Array = np.zeros(len(starts) + 1, bool)
    first[:1] = True
    first[behind] = True
    lines = behind[own[marks] == LINE_END]
    return Tokens(data, starts, after, hashes, halves, stems, lead, upper, first[:-1], lines, borders, kinds)


def _half(hashes: Array) -> Array:
    return (hashes * np.uint64(MULTIPLIER) >> np.uint64(32)).astype(np.uint32)


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
            cut = text.rfind(" ", start, start + CHUNK)  # no letter depends on what follows a space
            end = cut if cut > start else start + CHUNK
        yield from pieces_of(plain(text[start:end]))
        start = end


def distinct(hashes: Array) -> tuple[Array, Array]:
    """The index of one occurrence of each distinct hash, sorted by hash; and for each of `hashes` which of these it is.

    `numpy.unique` does the same, and finds the first place of each; that takes several times as long.
    """
    order = np.argsort(hashes)
    new: Array = np.ones(len(hashes), bool)
    np.not_equal(hashes[order[1:]], hashes[order[:-1]], out=new[1:])
    number = np.empty(len(hashes), np.int64)
    number[order] = np.cumsum(new) - 1
    return order[new], number


def in_order(codes: Array) -> tuple[Array, Array]:
    """`codes`, uint64, sorted, and their indices, ascending for equal ones; a stable sort takes three times as long."""
    bits = np.uint64(len(codes).bit_length())
    if len(codes) and int(codes.max()).bit_length() + int(bits) > 64:
        order = np.argsort(codes, kind="stable")
        return codes[order], order
    both = np.sort(codes << bits | np.arange(len(codes), dtype=np.uint64))
    return both >> bits, (both & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)


def summed(codes: Array, *columns: Array) -> tuple[Array, ...]:
    """The distinct `codes`, uint64, sorted; and for each of `columns` its sums by code."""
    codes, order = in_order(codes)
    heads = heads_of(codes)
    return codes[heads], *(np.add.reduceat(own[order], heads) if len(heads) else own for own in columns)


def cut_out(octets: Array, starts: Array, stops: Array) -> tuple[bytes, Array]:
    """The stretches of `octets` from `starts` to `stops`, one a line, and where each begins; behind these the length of all."""
    sizes = stops - starts
    ends = np.concatenate([[0], np.cumsum(sizes + 1)])
    rows = np.repeat(starts - ends[:-1], sizes + 1) + np.arange(int(ends[-1]))
    rows[ends[1:] - 1] = 0
    written = octets[rows]
    written[ends[1:] - 1] = LINE_END
    return written.tobytes(), ends


def lines_in(letters: Array) -> tuple[Array, Array]:
    """Where each line of `letters`, which are bytes or code points, begins, and where it ends."""
    ends = np.concatenate([np.flatnonzero(letters == LINE_END), [len(letters)]])
    return np.concatenate([[0], ends[:-1] + 1]), ends


def hashed_lines(data: bytes) -> Array:
    """A hash of each line of `data`, uint64, whatever its place; for a line of more than CHUNK bytes that of the first CHUNK."""
    powers, inverse = _powers()
    octets = np.frombuffer(data, np.uint8)
    starts, ends = lines_in(octets)
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


def _words(bytes_in: Array, beyond: Beyond) -> tuple[Array, Array]:
    """First byte of each word and the one after it; `bytes_in` says what each byte is by itself (`BYTES`)."""
    inside = np.zeros(len(bytes_in) + 2, bool)
    np.equal(bytes_in, INNER, out=inside[1:-1])
    beyond.blank(inside[1:-1], 0)
    before, here = inside[:-1], inside[1:]
    edge = before != here
    single = beyond.having(SINGLE)
    if not len(single):
        borders = np.flatnonzero(edge)
        return borders[::2], borders[1::2]
    edge[beyond.places[single]] = True
    edge[beyond.places[single] + beyond.sizes(single)] = True
    return np.flatnonzero(here & edge), np.flatnonzero(before & edge)


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
