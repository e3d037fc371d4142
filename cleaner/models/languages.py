"""Which language? Letter sequences (3 to 5, word borders counted in) and how much each speaks for each language, packed.

Languages compete within a script only: a sequence has one row, and what its columns mean depends on its script. `SHARED`
scripts are those that several languages write; the others decide by themselves.

Format of `languages.bin`: a line of ASCII (`Latn:af az …;Cyrl:be …`), then little-endian `displacements` (uint16, one a bucket)
and `prints` (uint16, one a slot) of a perfect hash table, then the levels that are not 0, in the order of slots and columns:
how far each is behind the last one (`gaps`, uint8, in columns, a slot has WIDTH; a level 0 stands between where it is
farther), and the levels themselves, two a byte, the first one below. A level is `STEP` nats of log(share / FLOOR), the share
among a language's sequences of that length. It is not compressed: to unpack it took 35 ms of a first answer.
`tools/build_language_model.py` owns the writing side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np

from cleaner.arrays import Array
from cleaner.memory import cached

PATH = Path(__file__).parent / "data" / "languages.bin"
LENGTHS = (3, 4, 5)
"""Letters of a sequence."""
STEP, FLOOR, HIGHEST = 1.3, 1e-8, 15
"""Nats of a level; share of a sequence that a language does not know; highest level. 16 levels cost 0.1 points on the
development words against full precision (82.5, 74.7), and make a row of 64 languages one cache line."""
WEIGHTS = {3: 0.7, 4: 1.0, 5: 1.3}
"""Weight of a length: the best of five mixes on the development words and sentences (all 1: 0.3 and 0.1 points less)."""
WIDTH = 64
"""Most languages of one script."""
PACKED = WIDTH // 2
"""Bytes of a row."""
LEVELS_AT_ONCE = 1 << 16
"""Levels that are put into rows at once: those rows are seven tenths of a megabyte, before two levels are put into a byte."""
LEVEL, FOUR = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(4)
"""The lower levels of eight bytes, and the bits of a level."""
ABOVE = np.uint64(0xFFFFFFFFFFFFFF00)
"""All bytes but the lowest."""
EVEN, EIGHT = np.uint64(0x00FF00FF00FF00FF), np.uint64(8)
"""Bytes at even places, and the bits of a byte."""
LANES = (
    np.array([(2 * (column >> 5) + (column & 1)) * 4 + (column >> 3 & 3) for column in range(WIDTH)]),
    np.array([column >> 1 & 3 for column in range(WIDTH)]),
)
"""Where the columns stand in words of four lanes of 16 bits: lower columns before higher ones, even ones before odd ones, by
their words in a row; and their lane."""
ADDED = 16
"""Levels of 4 bits that can be added in a byte."""
FITTING = 91
"""Sums of sixteen of each of three lengths that can be added in 16 bits: 91 * 3 * 240 < 65,536."""
STRIDE, PART = 2, 32
"""Letters from one sequence of four to the next that is looked at in a long text, and letters of a part of it."""
AT_ONCE, ADDED_AT_ONCE = 1 << 16, 1 << 9
"""Letters whose sequences are looked up at once: fewer cost calls. Sixteens of rows that are added at once: they are a quarter of a
megabyte, of the second cache's one.
"""
SLOT_BITS, BUCKET_BITS = 19, 17
"""Of the perfect hash table: it has two to the power of these slots and buckets."""
MOST_CODES = 4_096
"""Bytes that the line of languages has at the most."""
SPACE = 32
"""The border of a word."""
SCRIPTS = (
    "", "Latn", "Cyrl", "Arab", "Deva", "Grek", "Hebr", "Hang", "Hani", "Hira", "Kana", "Thai", "Geor", "Armn", "Beng", "Taml",
    "Telu", "Gujr", "Guru", "Knda", "Mlym", "Sinh", "Khmr", "Laoo", "Mymr", "Ethi", "Tibt", "Orya", "Thaa", "Syrc", "Mong", "Cher",
)  # fmt: skip
"""ISO 15924 codes; a letter's class in `alphabet` is the place here."""
DIGIT, SIGN, MARK = range(len(SCRIPTS), len(SCRIPTS) + 3)
"""Classes of digits, of the signs that code is full of, and of those that prose has as well."""
SIGNS, MARKS = "{}[]<>=|\\/_#$%^*+~`@", ';:"()&'
RANGES = (
    (0x41, 0x24F, "Latn"), (0x250, 0x2AF, "Latn"), (0x370, 0x3FF, "Grek"), (0x400, 0x52F, "Cyrl"),
    (0x531, 0x58F, "Armn"), (0x5D0, 0x5F4, "Hebr"), (0x620, 0x6FF, "Arab"), (0x700, 0x74F, "Syrc"),
    (0x750, 0x77F, "Arab"), (0x780, 0x7BF, "Thaa"), (0x900, 0x97F, "Deva"), (0x980, 0x9FF, "Beng"),
    (0xA00, 0xA7F, "Guru"), (0xA80, 0xAFF, "Gujr"), (0xB00, 0xB7F, "Orya"), (0xB80, 0xBFF, "Taml"),
    (0xC00, 0xC7F, "Telu"), (0xC80, 0xCFF, "Knda"), (0xD00, 0xD7F, "Mlym"), (0xD80, 0xDFF, "Sinh"),
    (0xE00, 0xE7F, "Thai"), (0xE80, 0xEFF, "Laoo"), (0xF00, 0xFFF, "Tibt"), (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"), (0x1100, 0x11FF, "Hang"), (0x1200, 0x139F, "Ethi"), (0x13A0, 0x13FF, "Cher"),
    (0x1780, 0x17FF, "Khmr"), (0x1800, 0x18AF, "Mong"), (0x1C90, 0x1CBF, "Geor"), (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"), (0x2D00, 0x2D2F, "Geor"), (0x3005, 0x3007, "Hani"), (0x3041, 0x309F, "Hira"),
    (0x30A1, 0x30FF, "Kana"), (0x3131, 0x318E, "Hang"), (0x31F0, 0x31FF, "Kana"), (0x3400, 0x9FFF, "Hani"),
    (0xA9E0, 0xA9FF, "Mymr"), (0xAA60, 0xAA7F, "Mymr"), (0xAC00, 0xD7A3, "Hang"), (0xF900, 0xFAFF, "Hani"),
    (0xFB1D, 0xFB4F, "Hebr"), (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFC, "Arab"), (0xFF21, 0xFF5A, "Latn"),
    (0xFF66, 0xFF9D, "Kana"),
)  # fmt: skip
"""First and last code point of the letters of a script (Unicode blocks, as far as they hold letters)."""
SILENT = ((0xAD, 0xAD), (0x300, 0x36F), (0x591, 0x5C7), (0x610, 0x61A), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670))
"""Code points that are left out of words: soft hyphen, combining accents, Hebrew and Arabic points, tatweel."""
MARKED = (0x900, 0x1100), (0x1780, 0x1800)
"""Where combining marks are letters: scripts of South and South-East Asia."""

FACTOR, SQUARE = np.uint32(0x9E3779B1), np.uint32(0x9E3779B1**2 & 0xFFFFFFFF)
"""What the hash of a sequence is multiplied with before the next letter is added; twice."""


@cached
def alphabet() -> tuple[Array, Array]:
    """For each code point of the BMP: what it is in a word (uint16: small letter, 0 for nothing, SPACE), and its class (uint8)."""
    folded = np.full(0x10000, SPACE, np.uint16)
    classes = np.zeros(0x10000, np.uint8)
    for first, last, script in RANGES:
        number = SCRIPTS.index(script)
        marked = any(first in range(low, high) for low, high in MARKED)
        chars = np.arange(first, last + 1, dtype=np.uint16).tobytes().decode("utf-16-le")
        kept = np.char.isalpha(np.arange(first, last + 1, dtype=np.uint32).view("U1"))
        if marked:
            kept |= np.fromiter((unicodedata.category(char)[0] == "M" for char in chars), bool, len(chars))
        small = chars if chars == chars.lower() else "".join(map(_small, chars))
        folded[first : last + 1][kept] = np.frombuffer(small.encode("utf-16-le"), np.uint16)[kept]
        classes[first : last + 1][kept] = number
    for first, last in SILENT:
        folded[first : last + 1] = 0
    classes[48:58] = DIGIT
    classes[[ord(sign) for sign in SIGNS]] = SIGN
    classes[[ord(sign) for sign in MARKS]] = MARK
    folded.setflags(write=False)
    classes.setflags(write=False)
    return folded, classes


def _small(char: str) -> str:
    """The small letter, as one character."""
    small = char.lower()
    return small if len(small) == 1 else "i" if char == "İ" else char


def fours(points: Array, stride: int) -> Array:
    """uint32 hashes of the sequences of four of `points` (uint32 array), each `stride` behind the last."""
    pairs = points[:-1] * FACTOR
    pairs += points[1:]
    found: Array = pairs[:-2:stride] * SQUARE
    found += pairs[2::stride]
    return found


def sequence_hashes(points: Array) -> list[Array]:
    """uint32 hashes of all sequences of `points` (uint32 array), one array for each of LENGTHS."""
    found, held = [], points
    for length in range(2, LENGTHS[-1] + 1):
        held = held[:-1] * FACTOR
        held += points[length - 1 :]
        if length in LENGTHS:
            found.append(held)
    return found


def mixed_up(hashes: Array) -> Array:
    """`hashes` (uint32), each bit of which every bit of the result depends on: the first ones are its bucket."""
    mixed = hashes ^ (hashes >> np.uint32(15))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    return mixed


def slots_of(mixed: Array, displacements: Array) -> Array:
    """Slot of each mixed hash, where its bucket has that displacement (uint32)."""
    return ((mixed ^ (displacements * np.uint32(0xC2B2AE35))) * np.uint32(0x27D4EB2F)) >> np.uint32(32 - SLOT_BITS)


class LanguageModel:
    """The loaded tables; immutable after loading."""

    __slots__ = ("_displacements", "_prints", "_rows", "codes")

    def __init__(self, data: bytes) -> None:
        codes, _, _ = data[:MOST_CODES].partition(b"\n")
        named = (part.split(":") for part in codes.decode("ascii").split(";"))
        self.codes: dict[str, tuple[str, ...]] = {script: tuple(codes.split()) for script, codes in named}
        """Languages of each script that several write, in the order of the columns."""
        at = len(codes) + 1
        self._displacements: Array = np.frombuffer(data, "<u2", 1 << BUCKET_BITS, at).astype(np.uint16)
        at += self._displacements.nbytes
        self._prints: Array = np.frombuffer(data, "<u2", 1 << SLOT_BITS, at).astype(np.uint16)
        at += self._prints.nbytes
        pairs = (len(data) - at) // 3
        gaps, levels = (
            np.frombuffer(data, np.uint8, 2 * pairs, at),
            np.frombuffer(data, np.uint8, pairs, at + 2 * pairs),
        )
        self._rows = _rows(gaps, levels)
        """Two levels a byte: those of the columns n and n + PACKED. Row 0 is empty. Two rows
        are one line of the processor's cache."""

    def rows(self, slots: Array) -> Array:
        """The rows at `slots`: levels (uint8, slots x WIDTH)."""
        held: Array = self._rows.take(slots, axis=0)
        return np.concatenate([held & LEVEL, (held >> FOUR) & LEVEL], axis=1).view(np.uint8)

    def gained(self, slots: Array, words: Array, columns: Array) -> Array:
        """What the rows of `slots` add to the words beside them, in the column of each word (float64 of whole numbers, one a word);
        0 where that is -1.
        """
        places = slots.astype(np.intp)
        places *= PACKED
        places += (columns & (PACKED - 1)).take(words)
        held: Array = self._rows.view(np.uint8).ravel().take(places)
        held >>= ((columns & PACKED) >> 3).astype(np.uint8).take(words)
        held &= HIGHEST
        sums: Array = np.bincount(words, held, len(columns))
        sums[columns < 0] = 0
        return sums

    def slots(self, hashes: Array) -> Array:
        """Row of each hash (uint32); 0 where the sequence is not known."""
        mixed = mixed_up(hashes)
        slots = slots_of(mixed, self._displacements.take(mixed >> np.uint32(32 - BUCKET_BITS)))
        prints = (hashes * np.uint32(0xB5297A4D)) >> np.uint32(16)
        slots *= self._prints.take(slots) == prints
        return slots

    def total(self, words: Array) -> Array:
        """What all sequences of `words` (letters, spaces at the borders) say: levels for each column (int64)."""
        hashes = np.concatenate(sequence_hashes(words.astype(np.uint32, copy=False)))
        slots = np.zeros(-(-len(hashes) // ADDED) * ADDED, np.uint32)
        slots[: len(hashes)] = self.slots(hashes)
        sums: Array = np.add.reduce(np.concatenate(self._added(slots), axis=1).view(np.uint8), axis=0, dtype=np.int64)
        return sums

    def totals(self, words: Sequence[Array]) -> Array:
        """The same of each of `words` (int64, words x WIDTH), in less time than one after the other."""
        if len(words) == 1:
            return self.total(words[0])[None]
        sums = np.zeros((len(words), WIDTH), np.int64)
        first = size = 0
        for place, some in enumerate(words, 1):
            size += len(some)
            if size >= AT_ONCE or place == len(words):
                part = words[first:place]
                sums[first:place] = self._totals(part) if len(part) > 1 else self.total(part[0])
                first, size = place, 0
        return sums

    def _totals(self, words: Sequence[Array]) -> Array:
        joined, bounds = _joined(words, [ADDED * max(1, -(-len(some) // ADDED)) for some in words])
        slots = np.zeros((len(LENGTHS), len(joined)), np.uint32)
        ends = [start + len(some) for start, some in zip(bounds, words, strict=False)]
        left = np.repeat(ends, np.diff(bounds)) - np.arange(len(joined))
        for length, row, hashes in zip(LENGTHS, slots, sequence_hashes(joined), strict=True):
            np.multiply(self.slots(hashes), left[: len(hashes)] >= length, out=row[: len(hashes)])
        lanes = np.empty((len(joined) // ADDED, 4, WIDTH // 16), np.uint64)
        for half, sums in enumerate(self._added(slots.ravel())):
            # Bytes in lanes of two, those at even places and those at odd ones: three lengths add up to 720 there.
            by_length = sums.reshape(len(LENGTHS), -1, WIDTH // 16)
            lanes[:, 2 * half] = np.add.reduce(by_length & EVEN, axis=0)
            lanes[:, 2 * half + 1] = np.add.reduce((by_length >> EIGHT) & EVEN, axis=0)
        cuts = [range(start // ADDED, end // ADDED, FITTING) for start, end in pairwise(bounds)]
        pieces = np.add.reduceat(lanes, [place for cut in cuts for place in cut]).view(np.uint16).reshape(-1, WIDTH)
        firsts = list(accumulate((len(cut) for cut in cuts[:-1]), initial=0))
        whole = np.add.reduceat(pieces, firsts, dtype=np.int64)
        by_column: Array = whole.reshape(-1, 2, 2, WIDTH // 16, 4).transpose(0, 1, 3, 4, 2).reshape(-1, WIDTH)
        return by_column

    def _added(self, slots: Array) -> tuple[Array, Array]:
        """Sums of the rows of every sixteen of `slots`, byte by byte (uint64): those of the lower and of the higher columns."""
        low_sums, high_sums = np.empty((2, len(slots) // ADDED, PACKED // 8), np.uint64)
        for start in range(0, len(low_sums), ADDED_AT_ONCE):
            part = slice(start, start + ADDED_AT_ONCE)
            some = slots[start * ADDED : part.stop * ADDED].reshape(-1, ADDED).T.ravel()
            rows = self._rows.take(some, axis=0, mode="clip")  # a third faster than "raise"
            high = rows >> FOUR
            rows &= LEVEL
            for half, sums in ((rows, low_sums[part]), (high, high_sums[part])):
                np.add.reduce(half.reshape(ADDED, -1), axis=0, out=sums.reshape(-1))
        # What stood below the higher levels of the next byte was added above them.
        high_sums -= (low_sums & ABOVE) >> FOUR
        return low_sums, high_sums

    def windows(self, words: Sequence[Array]) -> tuple[Array, list[int]]:
        """Sums of sequences of four of each of `words`, each STRIDE behind the last: sixteen are a part, two parts side by side a
        window (int16, 16 x windows x 4; `LANES` says where a column stands). And where the windows of each begin: one for
        each part, the last with nothing, and one more that is none. `words` have four letters or more.
        """
        joined, bounds = _joined(words, [PART * (1 - (3 - len(some)) // PART) for some in words])
        slots = np.zeros(len(joined) // STRIDE, np.uint32)
        hashes = fours(joined, STRIDE)
        slots[: len(hashes)] = self.slots(hashes)
        for some, start, end in zip(words, bounds[:-1], bounds[1:], strict=True):
            slots[(start + len(some) - 2) // STRIDE : end // STRIDE] = 0
        lanes = np.empty((4, WIDTH // 16, len(joined) // PART), np.uint64)
        for half, sums in enumerate(self._added(slots)):
            np.bitwise_and(sums.T, EVEN, out=lanes[2 * half])
            np.bitwise_and((sums >> EIGHT).T, EVEN, out=lanes[2 * half + 1])
        by_word = lanes.reshape(WIDTH // 4, -1)
        windows = by_word[:, :-1] + by_word[:, 1:]
        return windows.view(np.int16).reshape(WIDTH // 4, -1, 4), [start // PART for start in bounds]


def _joined(words: Sequence[Array], sizes: Sequence[int]) -> tuple[Array, list[int]]:
    """`words` one behind the other (uint32), each with as many letters' room as its size, spaces behind it; and where each begins,
    and the last one ends.
    """
    bounds = list(accumulate(sizes, initial=0))
    joined = np.full(bounds[-1], SPACE, np.uint32)
    for some, start in zip(words, bounds, strict=False):
        joined[start : start + len(some)] = some
    return joined, bounds


def _rows(gaps: Array, levels: Array) -> Array:
    """The rows of all slots (uint64, slots x PACKED // 8), of the levels as they are stored."""
    raw = np.zeros(((1 << SLOT_BITS) + 1) * PACKED, np.uint8)
    skipped = -raw.ctypes.data % PACKED
    rows: Array = raw[skipped : skipped + (PACKED << SLOT_BITS)].view(np.uint64).reshape(-1, PACKED // 8)
    place, wide = 0, WIDTH // 8
    for start in range(0, len(gaps), LEVELS_AT_ONCE):
        places = np.cumsum(gaps[start : start + LEVELS_AT_ONCE], dtype=np.intp)
        places += place % WIDTH
        first = place // WIDTH
        place = first * WIDTH + int(places[-1])
        some = np.empty((len(places) // 2, 2), np.uint8)
        two = levels[start // 2 : start // 2 + len(some)]
        np.bitwise_and(two, HIGHEST, out=some[:, 0])
        np.right_shift(two, 4, out=some[:, 1])
        held = np.zeros((place // WIDTH + 1 - first, wide), np.uint64)
        held.view(np.uint8).ravel()[places] = some.ravel()
        high = held[:, wide // 2 :] << FOUR
        high |= held[:, : wide // 2]
        rows[first : first + len(high)] |= high
    return rows


@cached
def load() -> LanguageModel:
    """The model shipped with the package."""
    return LanguageModel(PATH.read_bytes())
