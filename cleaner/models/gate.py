"""How suspicious each pair of characters is: the table that lets clean text pass without a model.

A code unit (UTF-16) has one of `CLASSES` classes, a pair of classes a weight from -7 to 8: the nats by which garbled text
holds the pair more often than clean text; 0 for a pair of ASCII characters. Three sums tell garbled lines (`Evidence`).
The table is read in two ways that give the same sums: with numpy where numpy is there already or the text is long enough to
pay for loading it, else with the standard library alone.

Format of `gate.bin` (zlib): the class of each of the 65,536 code units (uint16, little-endian), then the weights of all
pairs plus 7, first class first, four bits each, low bits first. Built by `tools/build_gate.py`.
"""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

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
    "piece_end",
]

PATH = Path(__file__).parent / "data" / "gate.bin"
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
SPEAKING = re.compile(rb"[\x08-\x0f]")

ASTRAL = re.compile("[\U00010000-\U0010ffff]")
LONGEST = 20_000
"""Code units of a line that is judged as one. A longer one is judged in pieces: in all of it anything says something."""
PIECE = 400
"""Code units of such a piece, at most: some sentences, as in a line of prose."""
SENTENCE_ENDS = (". ", "。", " ")
"""Where a piece ends, the first that its second half holds."""

Array = Any


class Evidence(NamedTuple):
    """What the pairs of a text say, in nats."""

    against: int
    """Sum of the weights that speak for garbling."""
    total: int
    """Sum of all weights."""
    data: bytes = b""
    """The weight of each pair, less LOWEST."""

    @property
    def run(self) -> int:
        """Highest sum of a run of neighbouring pairs: a garbled word in much clean text."""
        highest = run = 0
        for weight in self.data:
            run += weight + LOWEST
            if run < 0:
                run = 0
            elif run > highest:
                highest = run
        return highest


NONE = Evidence(0, 0)


def pack(classes: Array, weights: Array) -> bytes:
    """The file's bytes; `classes`: uint16[65536], `weights`: int8[CLASSES, CLASSES], numpy arrays."""
    flat = (weights.reshape(-1) - LOWEST).astype("u1")
    return zlib.compress(classes.astype("<u2").tobytes() + (flat[0::2] | (flat[1::2] << 4)).tobytes(), 9)


def evidence(text: str) -> Evidence:
    """What all of `text` says, line ends around it included; NONE where nothing speaks for garbling."""
    if "numpy" in sys.modules or len(text) >= LONG:
        return _summed(_by_numpy().weights(text))
    return _summed(_weights(text))


def line_evidence(text: str) -> list[tuple[int, int, Evidence]]:
    """(start, end, evidence) of the lines of `text` in which anything speaks for garbling; code points, without line ends.

    A line longer than `LONGEST` counts as several: its pieces of some sentences.
    """
    data = _by_numpy().weights(text) if "numpy" in sys.modules or len(text) >= LONG else _weights(text)
    # Code points beyond the BMP are two code units, so that places in `data` are not places in `text`.
    shown = ASTRAL.sub("\ud800\udc00", text) if ASTRAL.search(text) else text
    found = []
    end = line_end = -1
    long = False
    for match in SPEAKING.finditer(data):
        # Pair number n is the code units n - 1 and n.
        at = match.start()
        if at <= end:
            continue
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
        found.append((start, end, _summed(data[start : end + 1])))
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


def _summed(data: bytes) -> Evidence:
    """The sums of `data`, weights as they are stored."""
    speaking = data.translate(None, NEUTRAL)
    if not speaking:
        return NONE
    against = sum(speaking) + LOWEST * len(speaking)
    return Evidence(against, sum(data) + LOWEST * len(data), data)


@cache
def _unpacked() -> tuple[bytes, bytes]:
    data = zlib.decompress(PATH.read_bytes())
    return data[: 2 * UNITS], data[2 * UNITS :]


@cache
def _tables() -> tuple[array[int], bytes]:
    classes = array("H", _unpacked()[0])
    if sys.byteorder != "little":
        classes.byteswap()
    return classes, _unpacked()[1]


def _weights(text: str) -> bytes:
    """The weight of each pair of neighbours in `text`, line ends around it included, as stored; without numpy."""
    classes, weights = _tables()
    units = array("H", f"\n{text}\n".encode(UTF_16, "surrogatepass"))
    held: dict[tuple[int, int], int] = {}
    found = bytearray()
    for pair in pairwise(units):
        weight = held.get(pair)
        if weight is None:
            place = classes[pair[0]] * CLASSES + classes[pair[1]]
            weight = held[pair] = weights[place >> 1] >> 4 * (place & 1) & 15
        found.append(weight)
    return bytes(found)


class _Tables:
    """The table in numpy's arrays."""

    __slots__ = ("_classes", "_np", "_weights")
    _classes: Array
    _weights: Array

    def __init__(self) -> None:
        import numpy as np

        self._np = np
        classes, weights = _unpacked()
        self._classes = np.frombuffer(classes, "<u2").astype(np.int64)
        packed = np.frombuffer(weights, np.uint8)
        self._weights = np.empty(CLASSES * CLASSES, np.uint8)
        self._weights[0::2], self._weights[1::2] = packed & 15, packed >> 4

    def weights(self, text: str) -> bytes:
        """The same as `_weights`."""
        units = self._np.frombuffer(f"\n{text}\n".encode(UTF_16, "surrogatepass"), self._np.uint16)
        if len(units) <= CHUNK:
            return self._of(units)
        return b"".join(self._of(units[at : at + CHUNK + 1]) for at in range(0, len(units) - 1, CHUNK))

    def _of(self, units: Array) -> bytes:
        classes = self._classes.take(units)
        places = classes[:-1] * CLASSES
        places += classes[1:]
        found: bytes = self._weights.take(places).tobytes()
        return found


@cache
def _by_numpy() -> _Tables:
    return _Tables()
