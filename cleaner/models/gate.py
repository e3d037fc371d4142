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

import codecs
import operator
import os
import re
import sys
from array import array

from cleaner.letting_go import cached
from cleaner.models.mixups import telling_pairs, tells

__all__ = [
    "CLASSES",
    "HIGHEST",
    "LATIN_LETTERS",
    "LONGEST",
    "LOWEST",
    "NO_LETTERS",
    "OTHER_LETTERS",
    "PATH",
    "SILENT_TEXT",
    "Evidence",
    "evidence",
    "flagged",
    "in_units",
    "line_evidence",
    "pack",
    "pairs_in",
    "piece_end",
]

TYPE_CHECKING = False  # that of `typing`: loading it and `pathlib` costs a hook 4 ms
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Array = Any

PATH = os.path.join(os.path.dirname(__file__), "data", "gate.bin")  # noqa: PTH118, PTH120
CLASSES = 1024
LOWEST, HIGHEST = -7, 8
UNITS = 65536
IN_UTF_16 = codecs.utf_16_le_encode if sys.byteorder == "little" else codecs.utf_16_be_encode
"""Faster by .2 us than `str.encode`, which looks the codec up."""
LONG = 600_000
"""Code points, of one text or of many, from which loading numpy (0.1 s) is cheaper than reading them without it (0.15 us each)."""
SHORT = 600
"""Code points up to which one call for a product of sums is faster than four of simple arithmetic."""
CHUNK = 16_384
"""Code points read at once: what keeps the intermediate arrays in the processor's cache."""
SILENT = bytes([-LOWEST])
NEUTRAL = bytes(range(1 - LOWEST))
"""Weights, as stored, that speak for clean text or say nothing."""
NOT_FOR = bytes(range(-LOWEST, 256))
"""Those that do not speak for clean text."""
SPEAKING = bytes(weight > -LOWEST for weight in range(256))
"""Makes weights that speak for garbling 1, others 0: to find them."""
TELLING = 16
"""Added to the weight of a pair of classes that holds a pair of characters which gives a mix-up's word away."""
LOUD = 128
"""Added to weights that speak for garbling or tell: most clean texts have none, and are ASCII then."""
FLAG = TELLING | LOUD
LATIN_LETTERS, OTHER_LETTERS, NO_LETTERS = 32, 64, 96
"""Added to all weights of a text that, beyond ASCII, has no letters but Latin ones; none but Greek, Cyrillic or Hebrew ones and
others that go together; none that `alphabets` has to tell apart."""
KIND = 96
PLAIN = bytes(range(TELLING)) * (256 // TELLING)
QUIET = bytes(range(LOUD))
UNHEARD = bytes(weight for weight in range(256) if PLAIN[weight] in NEUTRAL)
"""Neutral weights, whatever was added to them."""
UNFLAGGED = bytes(weight for weight in range(256) if not weight & TELLING)
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

    `against`: sum of the weights that speak for garbling, 0 where none does; `data`: the weight of each pair, less LOWEST;
    `kind`: LATIN_LETTERS, OTHER_LETTERS or NO_LETTERS where the letters are known to be such, else 0.
    """

    __slots__ = ("against", "data", "kind")

    def __init__(self, against: int, data: bytes = b"", kind: int = 0) -> None:
        self.against, self.data, self.kind = against, data, kind

    @property
    def total(self) -> int:
        """Sum of all weights."""
        return sum(self.data) + LOWEST * len(self.data)

    @property
    def ceiling(self) -> int:
        """What `total` is at most, as each weight that speaks for clean text is one nat at least; five times as fast."""
        return self.against - len(self.data.translate(None, NOT_FOR))

    @property
    def run(self) -> int:
        """Highest sum of a run of neighbouring pairs: a garbled word in much clean text."""
        return self._run(sys.maxsize)

    def has_run(self, nats: int) -> bool:
        """Whether `run` is more than `nats`: of a garbled line a few pairs tell."""
        return self.against > nats and self._run(nats) > nats

    def _run(self, enough: int) -> int:
        """`run`, or the first sum above `enough`."""
        highest = 0
        at = (speaking := self.data.translate(SPEAKING)).find(1)
        while at >= 0:
            run = 0
            for weight in self.data[at:]:
                run += weight + LOWEST
                if run < 0:
                    break
                at += 1
                if run > highest:
                    highest = run
                    if run > enough:
                        return run
            at = speaking.find(1, at)
        return highest


NONE = Evidence(0)
SILENT_TEXT = NONE, b""
"""What most clean text says (`pairs_in`)."""


def pack(classes: Array, weights: Array) -> bytes:
    """The file's bytes; `classes`: uint16[65536], `weights`: int8[CLASSES, CLASSES], numpy arrays."""
    flat = (weights.reshape(-1) - LOWEST).astype("u1")
    return bytes(classes.astype("<u2").tobytes() + (flat[0::2] | (flat[1::2] << 4)).tobytes())


def pairs_in(text: str) -> tuple[Evidence, bytes]:
    """What the pairs of `text` say, line ends around it included; NONE where none speaks for garbling.

    Beside it 1 for each pair that may give a mix-up's word away, else 0, empty where none does: `mixups` knows which of them do.
    """
    without = "numpy" not in sys.modules and _of_pairs().suffices(text)
    data = _weights(text) if without else _by_numpy()(text)
    if data.isascii():
        return SILENT_TEXT
    loud = data.translate(None, QUIET)
    flags = data.translate(FLAGGED) if loud.translate(None, UNFLAGGED) else b""
    speaking = loud.translate(PLAIN, UNHEARD)
    if not speaking:
        return NONE, flags
    return Evidence(
        sum(speaking) + LOWEST * len(speaking), data.translate(PLAIN), data[0] & (NO_LETTERS | OTHER_LETTERS)
    ), flags


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
    return [at - shown.count("\udc00", 0, at) for at in found]


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
    data, kind = said.data, said.kind
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
    """The sums of `data`, weights as they are stored."""
    speaking = data.translate(None, NEUTRAL)
    return Evidence(sum(speaking) + LOWEST * len(speaking), data, kind) if speaking else NONE


@cached
def _unpacked() -> tuple[bytes, bytes]:
    with open(PATH, "rb") as held:  # noqa: PTH123
        data = held.read()
    return data[: 2 * UNITS], data[2 * UNITS :]


@cached
def _tables() -> tuple[array[int], bytes]:
    classes = array("H", _unpacked()[0])
    if sys.byteorder != "little":
        classes.byteswap()
    return classes, _unpacked()[1]


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
    import numpy as np

    from cleaner.models.one_byte import reader

    classes, table = _arrays()
    class_of, weight_of, pairs = classes.take, table.take, np.correlate
    read, unit, role = np.frombuffer, np.dtype(np.uint16), np.array([CLASSES, 1])

    def by_classes(text: str) -> bytes:
        if 0 < len(text) <= SHORT:  # beyond its ends there is class 0, that of line ends
            units = read(IN_UTF_16(text, "surrogatepass")[0], unit)
            return weight_of(pairs(class_of(units), role, "full")).tobytes()  # type: ignore[no-any-return]
        units = read(IN_UTF_16(f"\n{text}\n", "surrogatepass")[0], unit)
        if len(units) <= CHUNK:
            return weights_of(units)
        return b"".join(weights_of(units[at : at + CHUNK + 1]) for at in range(0, len(units) - 1, CHUNK))

    def weights_of(units: Array) -> bytes:
        held = class_of(units)
        places = held[:-1] * CLASSES
        places += held[1:]
        found: bytes = weight_of(places).tobytes()
        return found

    return reader(_weights_between, telling_pairs(), FLAG, by_classes)


def _arrays() -> tuple[Array, Array]:
    """The class of each code unit, int64, 0 for a line end; and the weights of all pairs of classes, as `_weights` gives them."""
    import numpy as np

    held, packed = (np.frombuffer(data, kind) for data, kind in zip(_unpacked(), ("<u2", "u1"), strict=True))
    classes: Array = held.astype(np.int64)
    weights = np.empty(CLASSES * CLASSES, np.uint8)
    weights[0::2], weights[1::2] = packed & 15, packed >> 4
    square: Array = weights.reshape(CLASSES, CLASSES)
    # A pair of ASCII characters says nothing, whatever characters the table has in their classes.
    shared = np.intersect1d(classes[:128], classes[128:])
    spare = np.setdiff1d(np.arange(CLASSES), classes)[: len(shared)]
    for old, new in zip(shared.tolist(), spare.tolist(), strict=True):
        square[new], square[:, new] = square[old], square[:, old]
        square[new, new] = square[old, old]
        classes[:128][classes[:128] == old] = new
    letters = np.unique(classes[:128])
    square[np.ix_(letters, letters)] = -LOWEST
    chars = np.arange(UNITS, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    ends = np.unique(classes[np.array(list(map(ord, "".join(re.findall(r"\W+", chars)))))])
    firsts, seconds = (np.array(list(map(ord, chars))) for chars in zip(*telling_pairs(), strict=True))
    last = seconds == ord(" ")
    weights |= (weights > -LOWEST) * np.uint8(LOUD)
    weights[(classes[firsts[last], None] * CLASSES + ends).reshape(-1)] |= FLAG
    weights[classes[firsts[~last]] * CLASSES + classes[seconds[~last]]] |= FLAG
    # Characters that stand together in texts, as those of a script do, are given neighbouring classes: less to hold in the cache.
    kinds, first = np.unique(classes, return_index=True)
    first[kinds == classes[ord("\n")]] = -1
    order = np.concatenate([kinds[first.argsort()], np.setdiff1d(np.arange(CLASSES), kinds)])
    return order.argsort()[classes], square.take(order, 0).take(order, 1).reshape(-1)


def _weights_between(chars: str) -> Array:
    """The weights of all pairs of `chars`, an alphabet of `one_byte`, as `_weights` gives them, without FLAG; uint8[first, second].

    To all of them LATIN_LETTERS, OTHER_LETTERS or NO_LETTERS is added.
    """
    import numpy as np

    held, packed = (np.frombuffer(data, kind) for data, kind in zip(_unpacked(), ("<u2", "u1"), strict=True))
    points = np.array(list(map(ord, chars)))
    classes = held.take(points).astype(np.int64)
    places = classes[:, None] * CLASSES + classes
    weights: Array = packed.take(places >> 1) >> (places & 1) * 4 & 15
    weights[np.ix_(points < 128, points < 128)] = -LOWEST
    weights |= (weights > -LOWEST) * LOUD
    latin, other = (
        any(((points >= first) & (points < end)).any() for first, end in ranges)
        for ranges in (((0xC0, 0x250),), ((0x370, 0x530), (0x5D0, 0x5EB)))
    )
    weights |= LATIN_LETTERS if latin else OTHER_LETTERS if other else NO_LETTERS
    return weights.astype(np.uint8)
