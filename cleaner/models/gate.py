"""How suspicious each pair of characters is: the table that lets clean text pass without a model.

A code unit (UTF-16) has one of `CLASSES` classes, a pair of classes a weight from -7 to 8: the nats by which garbled text
holds the pair more often than clean text; 0 for a pair of ASCII characters. Three sums tell garbled lines (`Evidence`).
The table is read in two ways that give the same sums: with numpy where numpy is there already or the text is long enough to
pay for loading it, else with the standard library alone. The same look tells where a word may be one of `mixups`.

Format of `gate.bin`: the class of each of the 65,536 code units (uint16, little-endian), then the weights of all
pairs plus 7, first class first, four bits each, low bits first. Not compressed: unpacking it took a hook 3 ms. Built by
`tools/build_gate.py`.
"""

from __future__ import annotations

import operator
import os
import re
import sys
from array import array
from collections.abc import Sequence
from functools import cache

from cleaner.models.mixups import telling_pairs, telling_places, tells

__all__ = [
    "CLASSES",
    "HIGHEST",
    "LONGEST",
    "LOWEST",
    "PATH",
    "Evidence",
    "evidence",
    "line_evidence",
    "pack",
    "pairs_in",
    "piece_end",
    "summed",
]

TYPE_CHECKING = False  # that of `typing`: loading it and `pathlib` costs a hook 4 ms
if TYPE_CHECKING:
    from typing import Any

    Array = Any

PATH = os.path.join(os.path.dirname(__file__), "data", "gate.bin")  # noqa: PTH118, PTH120
CLASSES = 1024
LOWEST, HIGHEST = -7, 8
UNITS = 65536
UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
LONG = 200_000
"""Code points from which loading numpy (0.1 s) is cheaper than reading the text without it (0.3 us a code point)."""
CHUNK = 16_384
"""Code points read at once: what keeps the intermediate arrays in the processor's cache."""
NEUTRAL = bytes(range(1 - LOWEST))
"""Weights, as stored, that speak for clean text or say nothing."""
SPEAKING = bytes(weight > -LOWEST for weight in range(256))
"""Makes weights that speak for garbling 1, others 0: to find them."""
TELLING = 16
"""Added to the weight of a pair of classes that holds a pair of characters which gives a mix-up's word away."""
PLAIN = bytes(range(TELLING)) * (256 // TELLING)
UNFLAGGED = bytes(range(TELLING))
UNHEARD = NEUTRAL + bytes(TELLING + weight for weight in NEUTRAL)
FLAGGED = bytes(weight >= TELLING for weight in range(256))

ASTRAL = re.compile("[\U00010000-\U0010ffff]")
BEYOND = re.compile("(?s)(.[^\x00-\x7f]+)(?=(.))")
"""A run beyond ASCII with what stands before it, and what stands behind it: the pairs that have a weight."""
LONGEST = 20_000
"""Code units of a line that is judged as one. A longer one is judged in pieces: in all of it anything says something."""
PIECE = 400
"""Code units of such a piece, at most: some sentences, as in a line of prose."""
SENTENCE_ENDS = (". ", "。", " ")
"""Where a piece ends, the first that its second half holds."""


class Evidence:
    """What the pairs of a text say, in nats.

    `against`: sum of the weights that speak for garbling; `total`: of all; `data`: the weight of each pair, less LOWEST.
    """

    __slots__ = ("against", "data", "total")

    def __init__(self, against: int, total: int, data: bytes = b"") -> None:
        self.against, self.total, self.data = against, total, data

    @property
    def run(self) -> int:
        """Highest sum of a run of neighbouring pairs: a garbled word in much clean text."""
        highest = 0
        at = (speaking := self.data.translate(SPEAKING)).find(1)
        while at >= 0:
            run = 0
            for weight in self.data[at:]:
                run += weight + LOWEST
                if run < 0:
                    break
                at += 1
                highest = max(highest, run)
            at = speaking.find(1, at)
        return highest


NONE = Evidence(0, 0)


def pack(classes: Array, weights: Array) -> bytes:
    """The file's bytes; `classes`: uint16[65536], `weights`: int8[CLASSES, CLASSES], numpy arrays."""
    flat = (weights.reshape(-1) - LOWEST).astype("u1")
    return bytes(classes.astype("<u2").tobytes() + (flat[0::2] | (flat[1::2] << 4)).tobytes())


def pairs_in(text: str) -> tuple[bytes, Sequence[int]]:
    """The weight of each pair of neighbours in `text` with line ends around it, less LOWEST; empty where none speaks for
    garbling. Beside it where pairs begin that may give a mix-up's word away, code points: `mixups` knows which of them do.
    """
    if "numpy" not in sys.modules and len(text) < LONG:
        return _pairs(text)
    data = _by_numpy().weights(text)
    rest = data.translate(None, NEUTRAL)
    if not rest:
        return b"", ()
    if not (flagged := rest.translate(None, UNFLAGGED)):
        return data, ()
    speaks = len(flagged) < len(rest) or rest.translate(None, UNHEARD)
    return data.translate(PLAIN) if speaks else b"", _flagged(text, data)


def _flagged(text: str, data: bytes) -> list[int]:
    """Where the pairs of `text` begin that are flagged in `data`."""
    found = []
    find = data.translate(FLAGGED).find
    at = find(1, 1)
    while at >= 0:
        found.append(at - 1)
        at = find(1, at + 1)
    if len(data) == len(text) + 1:
        return found
    shown = _in_units(text, data)
    return [at - shown.count("\udc00", 0, at) for at in found]


def _in_units(text: str, data: bytes) -> str:
    """`text` with each code point beyond the BMP as two, so that places in it are those in `data`."""
    return text if len(data) == len(text) + 1 else ASTRAL.sub("\ud800\udc00", text)


def evidence(text: str) -> Evidence:
    """What all of `text` says, line ends around it included; NONE where nothing speaks for garbling."""
    return summed(pairs_in(text)[0])


def line_evidence(text: str, data: bytes | None = None) -> list[tuple[int, int, Evidence]]:
    """(start, end, evidence) of the lines of `text` in which anything speaks for garbling; code points, without line ends.

    `data` is that of its pairs, where it is known. A line longer than `LONGEST` counts as several: its pieces of some sentences.
    """
    data = pairs_in(text)[0] if data is None else data
    if not data:
        return []
    shown = _in_units(text, data)
    found = []
    end = line_end = -1
    long = False
    speaking = data.translate(SPEAKING)
    # Pair number n is the code units n - 1 and n.
    while (at := speaking.find(1, end + 1)) >= 0:
        if at > line_end:
            start = end = shown.rfind("\n", line_end + 1, at) + 1 or line_end + 1
            line_end = shown.find("\n", at)
            line_end = len(shown) if line_end < 0 else line_end
            long = line_end - start > LONGEST
        if long:
            while end < at:
                start, end = end, piece_end(shown, end, line_end)
        else:
            end = line_end
        found.append((start, end, summed(data[start : end + 1])))
    return found if shown is text else _in_points(shown, found)


def piece_end(text: str, start: int, end: int) -> int:
    """Where the piece that begins at `start` of a long line ends; `end` is the end of the line."""
    if end - start <= PIECE:
        return end
    for sign in SENTENCE_ENDS:
        place = text.rfind(sign, start + PIECE // 2, start + PIECE)
        if place >= 0:
            return place + len(sign)
    return start + PIECE


def _in_points(units: str, found: list[tuple[int, int, Evidence]]) -> list[tuple[int, int, Evidence]]:
    """Places in code units made places in code points."""
    placed = []
    done = astral = 0
    for start, end, value in found:
        first = astral + units.count("\udc00", done, start)
        astral = first + units.count("\udc00", start, end)
        done = end
        placed.append((start - first, end - astral, value))
    return placed


def summed(data: bytes) -> Evidence:
    """The sums of `data`, weights as they are stored."""
    speaking = data.translate(None, NEUTRAL)
    if not speaking:
        return NONE
    against = sum(speaking) + LOWEST * len(speaking)
    return Evidence(against, sum(data) + LOWEST * len(data), data)


@cache
def _unpacked() -> tuple[bytes, bytes]:
    with open(PATH, "rb") as held:  # noqa: PTH123
        data = held.read()
    return data[: 2 * UNITS], data[2 * UNITS :]


@cache
def _tables() -> tuple[array[int], bytes]:
    classes = array("H", _unpacked()[0])
    if sys.byteorder != "little":
        classes.byteswap()
    return classes, _unpacked()[1]


def _pairs(text: str) -> tuple[bytes, Sequence[int]]:
    """`pairs_in` without numpy."""
    classes, weights = _tables()
    shown = f"\n{ASTRAL.sub(_surrogates, text) if ASTRAL.search(text) else text}\n"
    held = _Weights()
    for run, after in set(BEYOND.findall(shown)):
        for pair in map(operator.add, run, run[1:] + after):
            if pair not in held:
                place = classes[ord(pair[0])] * CLASSES + classes[ord(pair[1])]
                held[pair] = weights[place >> 1] >> 4 * (place & 1) & 15
    places = telling_places(text) if any(map(tells, held)) else []
    if max(held.values(), default=0) <= -LOWEST:
        return b"", places
    return bytes(map(held.__getitem__, map(operator.add, shown, shown[1:]))), places


class _Weights(dict[str, int]):
    """Weights of pairs, as they are stored; those of ASCII, which none is looked up for, say nothing."""

    def __missing__(self, pair: str) -> int:
        self[pair] = -LOWEST
        return -LOWEST


def _surrogates(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0x10000
    return chr(0xD800 | code >> 10) + chr(0xDC00 | code & 0x3FF)


class _Tables:
    """The table in numpy's arrays."""

    __slots__ = ("_class", "_read", "_unit", "_weight")

    def __init__(self) -> None:
        import numpy as np

        held, packed = (np.frombuffer(data, kind) for data, kind in zip(_unpacked(), ("<u2", "u1"), strict=True))
        classes = held.astype(np.int64)
        weights = np.empty(CLASSES * CLASSES, np.uint8)
        weights[0::2], weights[1::2] = packed & 15, packed >> 4
        words = np.array([chr(code).isalnum() or code == 0x5F for code in range(UNITS)])
        ends = np.unique(classes[~words])
        for pair in telling_pairs():
            first, second = map(ord, pair)
            weights[classes[first] * CLASSES + (ends if pair[1] == " " else classes[second])] |= TELLING
        self._read, self._unit = np.frombuffer, np.dtype(np.uint16)
        self._class, self._weight = classes.take, weights.take

    def weights(self, text: str) -> bytes:
        """The same as `_weights`, with TELLING added to some."""
        units = self._read(f"\n{text}\n".encode(UTF_16, "surrogatepass"), self._unit)
        if len(units) <= CHUNK:
            return self._of(units)
        return b"".join(self._of(units[at : at + CHUNK + 1]) for at in range(0, len(units) - 1, CHUNK))

    def _of(self, units: Array) -> bytes:
        classes = self._class(units)
        places = classes[:-1] * CLASSES
        places += classes[1:]
        found: bytes = self._weight(places).tobytes()
        return found


@cache
def _by_numpy() -> _Tables:
    return _Tables()
