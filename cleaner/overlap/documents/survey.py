"""What overlap keeps in memory of all documents: columns of some hundred bytes a document.

Profiles are read one after the other, and none is kept; they may be on disk.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import BinaryIO, NamedTuple
from zlib import crc32

import numpy as np

from cleaner.arrays import Array, heads_of
from cleaner.overlap.documents.profiles import TOGETHER, Frequencies, Profile
from cleaner.overlap.grouping import in_parts
from cleaner.overlap.words.scripts import INDIA

HAN_WORD = 1.6
"""Characters of a Chinese text that count as one word."""
PIECES = {"30": 2.1, **dict.fromkeys(("9", *INDIA, "d"), 2.2), "e": 4.0, "17": 3.5}
"""Script (`scripts.script_of`) -> pieces that count as one word, where words are cut at each character or at vowel signs:
Japanese, the scripts of India, Thai and Lao, Khmer. The Universal Declaration of Human Rights has so many pieces for
each word in English: Japanese 2.16, eleven languages of India 2.0 to 2.9, Thai 4.1, Lao 4.3, Khmer 3.5."""
MANY = 4096
"""Documents from which free memory is given back between steps."""
AT_ONCE = 1 << 18
"""Least hashes that are collected before they are counted: 1 MB."""
LINES_AT_ONCE = 1 << 17
"""Hashes of lines that are read at once: 1 MB."""


class Lines:
    """Hashes of the lines of all documents, one document after the other, in a file; read as uint64 arrays of bounded size."""

    __slots__ = ("_file",)

    def __init__(self, file: BinaryIO) -> None:
        """`file` is empty."""
        self._file = file

    def add(self, hashes: Array) -> None:
        """Appends the hashes of the next document's lines."""
        self._file.write(np.ascontiguousarray(hashes, np.uint64).data)

    def __iter__(self) -> Iterator[Array]:
        self._file.seek(0)
        while data := self._file.read(8 * LINES_AT_ONCE):
            yield np.frombuffer(data, np.uint64)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


class Survey(NamedTuple):
    """All documents in numbers. A document's number is its place in `documents`; parallel arrays."""

    documents: tuple[str, ...]
    """Ids, sorted."""
    words: Array
    """Pieces of a text that is cut into more than words, divided by HAN_WORD or PIECES."""
    garbled: Array
    script: Array
    """Its place in `scripts`."""
    scripts: tuple[str, ...]
    chinese: Array
    """Whether its profile has Han characters, in which names are looked for."""
    marks: Array
    """A hash of each document's keys, equal for texts with the same keys, uint64."""
    frequencies: Frequencies
    capitals: tuple[Array, Array]
    """Hashes of words in lower case, sorted uint32, and in how many documents each is capitalised inside a sentence."""
    lines: Lines
    lengths: Array
    """How many lines each document has."""

    @property
    def many(self) -> bool:
        """Whether it is worthwhile to give free memory back between steps."""
        return len(self.documents) >= MANY

    def without_names(self) -> Survey:
        """The same without what says whether a word is a name: 8 MB, and 8 bytes a word."""
        none = np.zeros(0, np.uint32)
        stems = Frequencies(self.frequencies.documents, self.frequencies.stems)
        return self._replace(frequencies=stems, capitals=(none, none))

    def without_lines(self) -> Survey:
        """The same without the lines, of which there are some twenty a document: 8 bytes each."""
        self.lines.close()
        return self._replace(lengths=self.lengths[:0].copy())


def survey_of(profiles: Mapping[str, Profile], file: Callable[[], BinaryIO] = BytesIO) -> Survey:
    """The columns of all `profiles`; `file` makes the one that lines lie in."""
    documents = tuple(sorted(profiles))
    frequencies = Frequencies()
    scripts: dict[str, int] = {}
    columns: list[list[Array]] = [[] for _ in range(6)]
    capitals, lines = Tally(), Lines(file())
    for held in in_parts((profiles[name] for name in documents), TOGETHER):
        frequencies.add(held)
        own = (
            np.array([_words(one) for one in held], np.int64),
            np.array([one.garbled for one in held], bool),
            np.array([scripts.setdefault(one.script, len(scripts)) for one in held], np.int32),
            np.array([bool(one.han) for one in held], bool),
            np.array([len(one.keys) << 32 | crc32(one.keys[:4].tobytes()) for one in held], np.uint64),
            np.array([len(one.lines) for one in held], np.int64),
        )
        for column, part in zip(columns, own, strict=True):
            column.append(part)
        lines.add(np.concatenate([one.lines for one in held]))
        named = np.concatenate([one.names.hashes[one.names.inside] for one in held])
        capitals.add(named, np.ones(len(named), np.uint32))
    kinds = (np.int64, bool, np.int32, bool, np.uint64, np.int64)
    words, garbled, script, chinese, marks, lengths = (
        np.concatenate([np.zeros(0, kind), *column]) for kind, column in zip(kinds, columns, strict=True)
    )
    return Survey(
        documents, words, garbled, script, tuple(scripts), chinese, marks, frequencies, capitals.table(), lines, lengths
    )


def _words(profile: Profile) -> int:
    """How many words the text of `profile` would have if it were cut as others are."""
    pieces = HAN_WORD if profile.han else PIECES.get(profile.script)
    return math.ceil(profile.words / pieces) if pieces else profile.words


class Tally:
    """How often each hash was added."""

    __slots__ = ("_counted", "_waiting", "_waits")

    def __init__(self) -> None:
        self._counted: tuple[Array, Array] = (np.zeros(0, np.uint32), np.zeros(0, np.uint32))
        self._waiting: list[tuple[Array, Array]] = []
        self._waits = 0

    def add(self, hashes: Array, times: Array) -> None:
        """Adds `times` to each of `hashes`. They are collected until they are as many as the table has: then sorting
        costs little each.
        """
        self._waiting.append((hashes, times.astype(np.uint32, copy=False)))
        self._waits += len(hashes)
        if self._waits > max(AT_ONCE, len(self._counted[0])):
            self.table()

    def table(self) -> tuple[Array, Array]:
        """The distinct hashes, sorted, and how often each was added, uint32."""
        if self._waits:
            hashes, times = (np.concatenate(column) for column in zip(*self._waiting, self._counted, strict=True))
            self._waiting.clear()
            self._waits = 0
            order = np.argsort(hashes)
            hashes, times = hashes[order], times[order]
            heads = heads_of(hashes)
            self._counted = hashes[heads], np.add.reduceat(times, heads, dtype=np.uint32)
        return self._counted
