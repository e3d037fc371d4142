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
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array
from cleaner.memory import cached, cached_last

PATH = Path(__file__).parent / "data" / "words.zip"
STEP = 0.08
"""Nats a step: 0 to 20.4 fits a byte; the rarest word of a list costs about 15."""
FREQUENT = "_frequent"
HELD = 8
"""Lists that are kept: 0.4 MB a language, unpacked again in 5 ms."""

TOGETHER = 3
"""Letters that are compared in all words; the others are in those that are left."""


class WordList:
    """The words of one or more languages. Immutable; safe to share between threads."""

    __slots__ = ("_starts", "columns", "languages", "letters", "places", "steps")

    def __init__(
        self,
        languages: tuple[str, ...],
        alphabet: str,
        columns: list[Array],
        costs: list[Array],
        starts: list[list[int]],
    ) -> None:
        self.languages = languages
        self.letters = np.array([0, *map(ord, alphabet)], np.uint32)
        """Code points of the alphabet, from place 1 on."""
        self.places = {char: place for place, char in enumerate(alphabet, 1)}
        # For each length from 1: where the words of each language begin, and where the last ones end.
        self._starts = starts
        self.steps = costs
        """For each length from 1: the costs of the words, in steps of STEP nats."""
        self.columns = columns
        """For each length from 1: the words letter by letter, as places in the alphabet, counted from 1."""

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
        # A place with few letters leaves few words to look at for the others.
        order = sorted(range(length), key=lambda at: len(wanted[at]))
        starts = self._starts[length - 1]
        parts = [(0, starts[-1])] if among is None else [(starts[place], starts[place + 1]) for place in among]
        found = [rows for first, end in parts if len(rows := self._rows(length, wanted, order, first, end))]
        if not found:
            return None
        return Match(self, length, found[0] if len(found) == 1 else np.concatenate(found))

    def _rows(self, length: int, wanted: Sequence[list[int]], order: Sequence[int], first: int, end: int) -> Array:
        """Those of the rows `first` to `end` of the words of `length` letters whose letters are among `wanted`, in order."""
        columns = self.columns[length - 1]
        sure = [at for at in order[:TOGETHER] if len(wanted[at]) == 1]
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
        if len(places) == 1:
            return rows[column == places[0]]
        allowed = np.zeros(len(self.letters), bool)
        allowed[places] = True
        return rows[allowed[column]]

    def points(self, length: int, rows: Array) -> Array:
        """The code points of the words of `length` letters at `rows`, a word a row."""
        points: Array = self.letters[self.columns[length - 1][:, rows].T]
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
        alphabet = "".join(sorted({char for held in lists for char in held.places}))
        place_of = {char: place for place, char in enumerate(alphabet, 1)}
        turned: list[Array] = [
            np.array([0, *(place_of[char] for char in held.places)], _width(alphabet)) for held in lists
        ]
        columns, costs, starts = [], [], []
        for length in range(1, max(len(held.columns) for held in lists) + 1):
            parts = [(n, held) for n, held in enumerate(lists) if length <= len(held.columns)]
            sizes = [len(held.steps[length - 1]) if length <= len(held.steps) else 0 for held in lists]
            starts.append([*accumulate(sizes, initial=0)])
            columns.append(np.concatenate([turned[n][held.columns[length - 1]] for n, held in parts], axis=1))
            costs.append(np.concatenate([held.steps[length - 1] for _, held in parts]))
        return cls(tuple(held.languages[0] for held in lists), alphabet, columns, costs, starts)


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
