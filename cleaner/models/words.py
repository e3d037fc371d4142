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
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["FREQUENT", "PATH", "STEP", "Match", "WordList", "codes", "compress", "frequent", "load", "pack", "unpack"]

PATH = Path(__file__).parent / "data" / "words.zip"
STEP = 0.08
"""Nats a step: 0 to 20.4 fits a byte; the rarest word of a list costs about 15."""
FREQUENT = "_frequent"

Array = Any


class WordList:
    """The words of one or more languages. Immutable; safe to share between threads."""

    __slots__ = ("_owners", "columns", "languages", "letters", "places", "steps")

    def __init__(
        self, languages: tuple[str, ...], alphabet: str, columns: list[Array], costs: list[Array], owners: list[Array]
    ) -> None:
        self.languages = languages
        self.letters = np.array([0, *map(ord, alphabet)], np.uint32)
        """Code points of the alphabet, from place 1 on."""
        self.places = {char: place for place, char in enumerate(alphabet, 1)}
        self._owners = owners
        self.steps = costs
        """For each length from 1: the costs of the words, in steps of STEP nats."""
        self.columns = columns
        """For each length from 1: the words letter by letter, as places in the alphabet, counted from 1."""

    def matches(self, slots: Sequence[str]) -> Match | None:
        """The words whose letter at each place is one of the characters of `slots`; None where there are none."""
        if not 0 < len(slots) <= len(self.columns):
            return None
        columns = self.columns[len(slots) - 1]
        rows: Array = None
        # A place with few letters leaves few words to look at for the others.
        for at in sorted(range(len(slots)), key=lambda at: len(slots[at])):
            places = [self.places[char] for char in slots[at] if char in self.places]
            if not places:
                return None
            column = columns[at] if rows is None else columns[at][rows]
            if len(places) == 1:
                hit = np.flatnonzero(column == places[0])
            else:
                allowed = np.zeros(len(self.letters), bool)
                allowed[places] = True
                hit = np.flatnonzero(allowed[column])
            rows = hit if rows is None else rows[hit]
            if not len(rows):
                return None
        return Match(self, len(slots), rows)

    def texts(self, length: int, rows: Array) -> list[str]:
        """The words of `length` letters at `rows`."""
        points = self.letters[self.columns[length - 1][:, rows].T]
        joined = points.tobytes().decode("utf-32-le")
        return [joined[at : at + length] for at in range(0, len(joined), length)]

    def costs(self, length: int, rows: Array) -> Array:
        """Negative log-probability in nats of the words of `length` letters at `rows`, each in its own language."""
        return self.steps[length - 1][rows] * np.float32(STEP)

    def owners(self, length: int, rows: Array) -> Array:
        """Places in `languages` of the words of `length` letters at `rows`."""
        return self._owners[length - 1][rows]

    @classmethod
    def together(cls, lists: Sequence[WordList]) -> WordList:
        """One list that holds the words of all `lists`."""
        points = np.unique(np.concatenate([held.letters[1:] for held in lists]))
        longest = max(len(held.columns) for held in lists)
        columns, costs, owners = [], [], []
        places = [np.append(0, np.searchsorted(points, held.letters[1:]) + 1).astype(np.uint16) for held in lists]
        for length in range(1, longest + 1):
            parts = [(n, held) for n, held in enumerate(lists) if length <= len(held.columns)]
            columns.append(np.concatenate([places[n][held.columns[length - 1]] for n, held in parts], axis=1))
            costs.append(np.concatenate([held.steps[length - 1] for _, held in parts]))
            sizes = [len(held.steps[length - 1]) for _, held in parts]
            owners.append(np.repeat(np.array([n for n, _ in parts], np.uint8), sizes))
        alphabet = points.astype(np.uint32).tobytes().decode("utf-32-le")
        return cls(tuple(held.languages[0] for held in lists), alphabet, columns, costs, owners)


@dataclass(frozen=True, slots=True)
class Match:
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
    return WordList((code,), header["alphabet"], columns, costs, [np.zeros(len(group), np.uint8) for group in costs])


@cache
def codes() -> tuple[str, ...]:
    """The languages that have a list."""
    with zipfile.ZipFile(PATH) as held:
        return tuple(sorted(set(held.namelist()) - {FREQUENT}))


@cache
def frequent() -> dict[str, tuple[str, ...]]:
    """The most frequent words of each language, some 60, without loading its list: what tells languages apart."""
    with zipfile.ZipFile(PATH) as held:
        raw = zlib.decompress(held.read(FREQUENT))
    return {code: tuple(words) for code, words in json.loads(raw).items()}


@cache
def load(languages: tuple[str, ...]) -> WordList:
    """The words of `languages` as one list; KeyError where one has none."""
    with zipfile.ZipFile(PATH) as held:
        return WordList.together([unpack(code, held.read(code)) for code in languages])
