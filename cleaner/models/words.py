"""Words of many languages with how frequent each is, for letters that were lost: which words have these letters here?

`tools/build_word_lists.py` writes the file; this module owns the format. Nothing loads it but a repair that fills lost
bytes, and then only the languages that are asked for.

Format of `words.zip`: one member a language. A member is zlib of: a header line in JSON (`alphabet`: the characters, sorted;
`counts`: words of each length, from length 1), then for each length the words in order of their letters, written column
by column (first letters, second letters ...) as places in the alphabet, counted from 1 (uint8, or uint16 where the
alphabet is larger); then for each length the
costs: uint8, negative log-probability in steps of `STEP` nats. Words are in lower case and NFC. The member `_frequent` is
zlib of a JSON object: language -> its most frequent words of two letters and more, the most frequent first.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array
from cleaner.letting_go import cached, cached_last

PATH = Path(__file__).parent / "data" / "words.zip"
STEP = 0.08
"""Nats a step: 0 to 20.4 fits a byte; the rarest word of a list costs about 15."""
FREQUENT = "_frequent"
HELD = 8
"""Lists that are kept: 0.4 MB a language, unpacked again in 5 ms."""

BYTE = 255
FEW_RARE = 16
"""Of so many letters one at most may need more than a byte where they are to take a byte each: in Chinese and Japanese most do."""
SAMPLED = 2_048
"""Letters of a length, and a little more, that are counted to tell which are frequent: any order of them gives the same words."""
TOGETHER = 3
"""Letters that are compared in all words; the others are in those that are left."""
NO_RARE: Array = np.zeros((3, 0), np.int32)


class WordList:
    """The words of one or more languages. Immutable; safe to share between threads."""

    __slots__ = ("_rare", "_starts", "columns", "languages", "letters", "places", "steps")

    def __init__(
        self,
        languages: tuple[str, ...],
        alphabet: str,
        columns: list[Array],
        costs: list[Array],
        starts: list[list[int]],
        rare: list[Array] | None = None,
    ) -> None:
        self.languages = languages
        self.letters = np.array([0, *map(ord, alphabet)], np.uint32)
        """Code points of the alphabet, from place 1 on."""
        self.places = {char: place for place, char in enumerate(alphabet, 1)}
        # For each length from 1: where the words of each language begin, and where the last ones end.
        self._starts = starts
        self._rare = rare or [NO_RARE] * len(columns)
        self.steps = costs
        """For each length from 1: the costs of the words, in steps of STEP nats."""
        self.columns = columns
        """For each length from 1: the words letter by letter, as places in the alphabet, counted from 1; 0 for a letter
        whose place needs more than a byte where others fit one (`_rare`: its row, its place in the word and in the alphabet).
        """

    def matches(self, slots: Sequence[str], among: Sequence[int] | None = None) -> Match | None:
        """The words whose letter at each place is one of the characters of `slots`; None where there are none.

        `among` are places in `languages`: only their words are looked at, each language's behind those of the one before it.
        """
        length = len(slots)
        if not 0 < length <= len(self.columns):
            return None
        wanted = [[self.places[char] for char in letters if char in self.places] for letters in slots]
        if not all(wanted):
            return None
        # A place with few letters leaves few words to look at for the others, and a rare letter does.
        order = sorted(range(length), key=lambda at: (len(wanted[at]), -wanted[at][0]))
        starts = self._starts[length - 1]
        parts = [(0, starts[-1])] if among is None else [(starts[place], starts[place + 1]) for place in among]
        found = [rows for first, end in parts if len(rows := self._rows(length, wanted, order, first, end))]
        if not found:
            return None
        return Match(self, length, found[0] if len(found) == 1 else np.concatenate(found))

    def _rows(self, length: int, wanted: Sequence[list[int]], order: Sequence[int], first: int, end: int) -> Array:
        """Those of the rows `first` to `end` of the words of `length` letters whose letters are among `wanted`, in order."""
        columns, rare = self.columns[length - 1], self._rare[length - 1]
        sure = [at for at in order[:TOGETHER] if len(wanted[at]) == 1 and (not rare.size or wanted[at][0] <= BYTE)]
        rows: Array = None
        if sure:
            hit = columns[sure[0], first:end] == wanted[sure[0]][0]
            for at in sure[1:]:
                hit &= columns[at, first:end] == wanted[at][0]
            rows = hit.nonzero()[0] + first
        for at in order:
            if at not in sure:
                if rows is not None and not len(rows):
                    break
                rows = self._with(length, at, wanted[at], np.arange(first, end) if rows is None else rows)
        return rows

    def _with(self, length: int, at: int, places: list[int], rows: Array) -> Array:
        """Those of `rows` of the words of `length` letters whose letter `at` is one of `places`, in order."""
        column = self.columns[length - 1][at][rows]
        rare = self._rare[length - 1] if max(places) > BYTE else NO_RARE
        if len(places) == 1 and not rare.size:
            return rows[column == places[0]]
        allowed = np.zeros(len(self.letters), bool)
        allowed[places] = True
        hit = allowed[column]
        if rare.size:
            hit |= np.isin(rows, rare[0][(rare[1] == at) & allowed[rare[2]]])
        return rows[hit]

    def points(self, length: int, rows: Array) -> Array:
        """The code points of the words of `length` letters at `rows`, a word a row."""
        points = self.letters[self.columns[length - 1][:, rows].T]
        if points.size and not points.all():
            rare = self._rare[length - 1]  # in order of its rows
            first = rare[0].searchsorted(rows)
            counts = rare[0].searchsorted(rows, "right") - first
            at = np.arange(len(rows)).repeat(counts)
            word = np.arange(len(at)) + (first - counts.cumsum() + counts).repeat(counts)
            points[at, rare[1][word]] = self.letters[rare[2][word]]
        return points

    def texts(self, length: int, rows: Array) -> list[str]:
        """The words of `length` letters at `rows`."""
        joined = self.points(length, rows).tobytes().decode("utf-32-le")
        return [joined[at : at + length] for at in range(0, len(joined), length)]

    def costs(self, length: int, rows: Array) -> Array:
        """Negative log-probability in nats of the words of `length` letters at `rows`, each in its own language."""
        return self.steps[length - 1][rows] * np.float32(STEP)

    def owners(self, length: int, rows: Array) -> Array:
        """Places in `languages` of the words of `length` letters at `rows`."""
        return np.array(self._starts[length - 1][1:]).searchsorted(rows, "right")

    @classmethod
    def together(cls, lists: Sequence[WordList]) -> WordList:
        """One list that holds the words of all `lists`."""
        if len(lists) == 1:
            return lists[0]
        counts: Counter[str] = Counter()
        for held in lists:
            used = np.bincount(np.concatenate(list(map(_some, held.columns))), minlength=len(held.letters))
            counts.update({char: int(used[place]) for char, place in held.places.items()})
        # The most frequent letters come first: where the others are so few that they can stand apart, a letter takes one byte.
        alphabet = sorted(counts, key=lambda char: (-counts[char], char))
        place_of = {char: place for place, char in enumerate(alphabet, 1)}
        many = FEW_RARE * sum(counts[char] for char in alphabet[BYTE:]) > counts.total()
        turned = [np.array([0, *(place_of[char] for char in held.places)], np.uint16) for held in lists]
        tables = [_table(held, places) for held, places in zip(lists, turned, strict=True)]
        columns, costs, starts, rares = [], [], [], []
        for length in range(1, max(len(held.columns) for held in lists) + 1):
            parts = [(n, held) for n, held in enumerate(lists) if length <= len(held.columns)]
            sizes = [len(held.steps[length - 1]) if length <= len(held.steps) else 0 for held in lists]
            starts.append([*accumulate(sizes, initial=0)])
            made, end = np.empty((length, sum(sizes)), np.uint16 if many else np.uint8), 0
            rare = []
            for n, held in parts:
                size = sizes[n]
                own, table = held.columns[length - 1], tables[n]
                if table:
                    letters = np.frombuffer(own.tobytes().translate(table), np.uint8)
                    made[:, end : end + size] = letters.reshape(own.shape)
                else:
                    places = turned[n][own]
                    at, row = np.nonzero((places > BYTE) & (not many))
                    rare.append(np.array([row + end, at, places[at, row]], np.int32))
                    places[at, row] = 0
                    made[:, end : end + size] = places
                end += size
            columns.append(made)
            costs.append(np.concatenate([held.steps[length - 1] for _, held in parts]))
            every = np.concatenate([NO_RARE, *rare], axis=1)
            rares.append(every[:, every[0].argsort(kind="stable")] if every.size else every)
        return cls(tuple(held.languages[0] for held in lists), "".join(alphabet), columns, costs, starts, rares)


def _some(column: Array) -> Array:
    """Letters of the words of one length, evenly spread: all where they are few."""
    return column.ravel()[:: max(1, column.size // SAMPLED)]


def _table(held: WordList, places: Array) -> bytes | None:
    """What `bytes.translate` takes to turn the letters of `held` into `places`, a third of the time of an array's; None where
    either needs more than a byte.
    """
    if places.max() > BYTE or held.columns[0].dtype != np.uint8:
        return None
    return bytes(places.astype(np.uint8)).ljust(BYTE + 1, b"\0")


class Match(NamedTuple):
    """Words of one length that fit: their rows in the list."""

    held: WordList
    length: int
    rows: Array

    def by_language(self, unknown: float) -> Array:
        """Cost of the most frequent fitting word in each language, nats; `unknown` where it has none."""
        costs = np.full(len(self.held.languages), unknown, np.float32)
        np.minimum.at(costs, self.held.owners(self.length, self.rows), self.held.costs(self.length, self.rows))
        return costs

    def best(self, extra: Array, most: int) -> list[tuple[str, float]]:
        """The `most` cheapest words, where each language adds its own `extra` nats; words in order of cost."""
        costs = self.held.costs(self.length, self.rows) + extra[self.held.owners(self.length, self.rows)]
        order = np.argsort(costs, kind="stable")[:most]
        order = order[np.isfinite(costs[order])]
        words = self.held.texts(self.length, self.rows[order])
        found: dict[str, float] = {}
        for word, cost in zip(words, costs[order].tolist(), strict=True):
            found.setdefault(word, cost)
        return list(found.items())


def pack(words: dict[str, int]) -> bytes:
    """One member of the file; `words`: lower-case word -> cost in steps of STEP, 0 to 255."""
    alphabet = "".join(sorted({char for word in words for char in word}))
    places = {char: place for place, char in enumerate(alphabet, 1)}
    longest = max(map(len, words))
    ordered = [sorted(word for word in words if len(word) == length) for length in range(1, longest + 1)]
    body = []
    for group in ordered:
        table: Array = np.array([[places[char] for char in word] for word in group], _width(alphabet))
        body.append(table.T.tobytes() if group else b"")
    costs = [bytes(words[word] for word in group) for group in ordered]
    header = json.dumps({"alphabet": alphabet, "counts": [len(group) for group in ordered]}, ensure_ascii=False)
    data = header.encode() + b"\n" + b"".join(body) + b"".join(costs)
    return compress(data)


def compress(data: bytes) -> bytes:
    """`data` as the members of the file hold it."""
    return zlib.compress(data, 9)


def _width(alphabet: str) -> type:
    return np.uint8 if len(alphabet) < 256 else np.dtype("<u2").type


def unpack(code: str, data: bytes) -> WordList:
    """The list of language `code` that `pack` wrote."""
    raw = zlib.decompress(data)
    end = raw.index(b"\n")
    header = json.loads(raw[:end])
    width = np.dtype(_width(header["alphabet"]))
    columns, costs, at = [], [], end + 1
    for length, count in enumerate(header["counts"], 1):
        columns.append(np.frombuffer(raw, width, length * count, at).reshape(length, count))
        at += length * count * width.itemsize
    for count in header["counts"]:
        costs.append(np.frombuffer(raw, np.uint8, count, at))
        at += count
    return WordList((code,), header["alphabet"], columns, costs, [[0, count] for count in header["counts"]])


@cached
def codes() -> tuple[str, ...]:
    """The languages that have a list."""
    with zipfile.ZipFile(PATH) as held:
        return tuple(sorted(set(held.namelist()) - {FREQUENT}))


@cached
def frequent() -> dict[str, tuple[str, ...]]:
    """The most frequent words of each language, some 60, without loading its list: what tells languages apart."""
    with zipfile.ZipFile(PATH) as held:
        raw = zlib.decompress(held.read(FREQUENT))
    return {code: tuple(words) for code, words in json.loads(raw).items()}


@cached_last(HELD)
def load(languages: tuple[str, ...]) -> WordList:
    """The words of `languages` as one list; KeyError where one has none."""
    with zipfile.ZipFile(PATH) as held:
        return WordList.together([unpack(code, held.read(code)) for code in languages])
