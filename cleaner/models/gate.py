"""How suspicious each pair of characters is: the table that lets clean text pass without a model.

A code unit (UTF-16) has one of `CLASSES` classes, a pair of classes a weight from -7 to 8: the nats by which garbled text
holds the pair more often than clean text; 0 for a pair of ASCII characters. Three sums tell garbled lines (`Evidence`).
The table is read in two ways that give the same sums: with numpy where numpy is there already or the text is long enough to
pay for loading it, else with the standard library alone. The same look tells where a word may be one of `mixups`.
"""

from __future__ import annotations

import operator
import re
import sys
from array import array
from itertools import accumulate

from cleaner.memory import cached
from cleaner.models.gate_table import CLASSES, FLAG, KIND, LOUD, LOWEST, TELLING, unpacked
from cleaner.models.mixups import tells

TYPE_CHECKING = False  # that of `typing`: loading it and `pathlib` costs a hook 4 ms
if TYPE_CHECKING:
    from collections.abc import Callable


LONG = 600_000
"""Code points, of one text or of many, from which loading numpy (0.1 s) is cheaper than reading them without it (0.15 us each)."""
SILENT = bytes([-LOWEST])
PLAIN = bytes(range(TELLING)) * (256 // TELLING)
"""Makes of weights, whatever was added to them, weights alone."""
NEUTRAL = bytes(weight for weight in range(256) if PLAIN[weight] <= -LOWEST)
"""Weights, whatever was added to them, that speak for clean text or say nothing."""
NOT_FOR = bytes(weight for weight in range(256) if PLAIN[weight] >= -LOWEST)
"""Those that do not speak for clean text."""
SPEAKING = bytes(weight > -LOWEST for weight in PLAIN)
"""Makes weights that speak for garbling 1, others 0: to find them."""
FLAGGED = bytes(weight // TELLING & 1 for weight in range(256))

ASTRAL = re.compile("[\U00010000-\U0010ffff]")
BEYOND = re.compile("[^\x00-\x7f]+(?:[\x00-\x7f]{1,2}[^\x00-\x7f]+)*")
"""A run beyond ASCII, with single signs and spaces in it: pairs in it and around it have a weight."""
MET = 50_000
"""Pairs whose weights are kept, 6 MB: a text has some hundred, one in Chinese some thousand."""
LONGEST = 20_000
"""Code units of a line that is judged as one. A longer one is judged in pieces: in all of it anything says something."""
PIECE = 400
"""Code units of such a piece, at most: some sentences, as in a line of prose."""
SENTENCE_ENDS = (". ", "。", " ")
"""Where a piece ends, the first that its second half holds."""


class Evidence:
    """What the pairs of a text say, in nats.

    `against`: sum of the weights that speak for garbling, 0 where none does; `weights`: those of all pairs (`weights_in`);
    `kind`: LATIN_LETTERS, OTHER_LETTERS or NO_LETTERS where the letters are known to be such, else 0.
    """

    __slots__ = ("against", "kind", "weights")

    def __init__(self, against: int, weights: bytes = b"", kind: int = 0) -> None:
        self.against, self.weights, self.kind = against, weights, kind

    @property
    def data(self) -> bytes:
        """The weight of each pair, less LOWEST, and nothing added to it."""
        return self.weights.translate(PLAIN)

    @property
    def total(self) -> int:
        """Sum of all weights."""
        return sum(self.data) + LOWEST * len(self.weights)

    @property
    def ceiling(self) -> int:
        """What `total` is at most, as each weight that speaks for clean text is one nat at least; five times as fast."""
        return self.against - len(self.weights.translate(None, NOT_FOR))

    @property
    def run(self) -> int:
        """Highest sum of a run of neighbouring pairs: a garbled word in much clean text."""
        return self._run(sys.maxsize)[0]

    def has_run(self, nats: int) -> bool:
        """Whether `run` is more than `nats`: of a garbled line a few pairs tell."""
        return self.against > nats and self._run(nats)[0] > nats

    def first_run(self, nats: int) -> tuple[int, int] | None:
        """The code units whose pairs are the first run of more than `nats`; None where there is none."""
        run, start, end = self._run(nats) if self.against > nats else (0, 0, 0)
        return (start - 1, end) if run > nats else None

    def _run(self, enough: int) -> tuple[int, int, int]:
        """`run`, or the first sum above `enough` with the pairs that it is the sum of."""
        highest = start = 0
        data = self.data
        at = (speaking := data.translate(SPEAKING)).find(1)
        while at >= 0:
            run, start = 0, at
            for weight in data[at:]:
                run += weight + LOWEST
                if run < 0:
                    break
                at += 1
                if run > highest:
                    highest = run
                    if run > enough:
                        return run, start, at
            at = speaking.find(1, at)
        return highest, 0, 0


NONE = Evidence(0)
SILENT_TEXT = NONE, b""
"""What most clean text says (`pairs_in`)."""


def weights_in(text: str) -> bytes:
    """The weight of each pair of neighbours in `text` with line ends around it, less LOWEST, with what is added to some and to all.

    They are ASCII where no pair speaks for garbling and none tells: in most clean texts.
    """
    if "numpy" not in sys.modules and _of_pairs().suffices(text):
        return _weights(text)
    return _by_numpy()(text)


@cached
def reader() -> Callable[[str], bytes]:
    """`weights_in`, without asking each time whether numpy is there once it is."""
    return _by_numpy() if "numpy" in sys.modules else _until_numpy


def _until_numpy(text: str) -> bytes:
    if "numpy" in sys.modules:
        reader.cache_clear()
    return weights_in(text)


def pairs_in(text: str) -> tuple[Evidence, bytes]:
    """What the pairs of `text` say, line ends around it included; NONE where none speaks for garbling.

    Beside it 1 for each pair that may give a mix-up's word away, else 0, empty where nothing does or speaks: `mixups` knows
    which of them do.
    """
    return heard(weights_in(text))


def heard(weights: bytes) -> tuple[Evidence, bytes]:
    """What pairs of these `weights` (`weights_in`) say, as `pairs_in` tells it."""
    if weights.isascii():
        return SILENT_TEXT
    speaking, flags = weights.translate(PLAIN, NEUTRAL), weights.translate(FLAGGED)
    if not speaking:
        return NONE, flags
    return Evidence(sum(speaking) + LOWEST * len(speaking), weights, weights[0] & KIND), flags


def flagged(text: str, flags: bytes) -> list[int]:
    """Where the pairs of `text` begin that have 1 in `flags` (`pairs_in`), code points in order."""
    found = []
    at = flags.find(1, 1)
    while at > 0:
        found.append(at - 1)
        at = flags.find(1, at + 1)
    if not found or len(flags) == len(text) + 1:
        return found
    shown = in_units(text, flags)
    ends = zip([0, *found], found, strict=False)
    before = accumulate([shown.count("\udc00", start, end) for start, end in ends])
    return [at - astral for at, astral in zip(found, before, strict=True)]


def in_units(text: str, data: bytes) -> str:
    """`text` with each code point beyond the BMP as two, so that places in it are those in `data`."""
    return text if len(data) == len(text) + 1 else ASTRAL.sub("\ud800\udc00", text)


def evidence(text: str) -> Evidence:
    """What all of `text` says, line ends around it included; NONE where nothing speaks for garbling."""
    return pairs_in(text)[0]


def line_evidence(text: str, said: Evidence | None = None) -> list[tuple[int, int, Evidence]]:
    """(start, end, evidence) of the lines of `text` in which anything speaks for garbling; code points, without line ends.

    `said` is what its pairs say, where that is known. A line longer than `LONGEST` counts as several: its pieces of some sentences.
    """
    said = evidence(text) if said is None else said
    data, kind = said.weights, said.kind
    if not data:
        return []
    shown = in_units(text, data)
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
            while end < at or start == end:
                start, end = end, piece_end(shown, end, line_end)
        else:
            end = line_end
        found.append((start, end, _summed(data[start : end + 1], kind)))
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


def _summed(data: bytes, kind: int) -> Evidence:
    """The sums of `data`, weights of pairs."""
    speaking = data.translate(PLAIN, NEUTRAL)
    return Evidence(sum(speaking) + LOWEST * len(speaking), data, kind) if speaking else NONE


@cached
def _tables() -> tuple[array[int], bytes]:
    classes = array("H", unpacked()[0])
    if sys.byteorder != "little":
        classes.byteswap()
    return classes, unpacked()[1]


def _weights(text: str) -> bytes:
    """The weight of each pair of neighbours in `text` with line ends around it, less LOWEST, with TELLING added to some."""
    shown = f"\n{ASTRAL.sub(_surrogates, text) if ASTRAL.search(text) else text}\n"
    weight = _of_pairs().__getitem__
    data = bytearray(SILENT) * (len(shown) - 1)
    for match in BEYOND.finditer(shown):
        start, end = match.span()
        data[start - 1 : end] = bytes(map(weight, map(operator.add, shown[start - 1 : end], shown[start : end + 1])))
    return bytes(data)


class _OfPairs(dict[str, int]):
    """Weights of pairs of characters, as they are stored, looked up when a pair is first met."""

    __slots__ = ("read",)

    def __init__(self) -> None:
        self.read = 0

    def suffices(self, text: str) -> bool:
        """Whether this is the way to read `text`: with those before it, it is not LONG."""
        self.read += len(text)
        return self.read < LONG

    def __missing__(self, pair: str) -> int:
        if pair.isascii():
            weight = -LOWEST
        else:
            classes, weights = _tables()
            place = classes[ord(pair[0])] * CLASSES + classes[ord(pair[1])]
            weight = weights[place >> 1] >> 4 * (place & 1) & 15
            weight |= (LOUD if weight > -LOWEST else 0) | (FLAG if tells(pair) else 0)
        if len(self) >= MET:
            self.clear()
        self[pair] = weight
        return weight


@cached
def _of_pairs() -> _OfPairs:
    return _OfPairs()


def _surrogates(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0x10000
    return chr(0xD800 | code >> 10) + chr(0xDC00 | code & 0x3FF)


@cached
def _by_numpy() -> Callable[[str], bytes]:
    """What `_weights` does, with numpy's arrays."""
    from cleaner.models.gate_arrays import by_numpy

    return by_numpy(*unpacked())
