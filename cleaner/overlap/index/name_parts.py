"""The names of some documents, in arrays: made in any process, put into a file, joined to an index (`name_index`).

A name is identified by its key, which is how it sounds (`name_keys.name_keys`), and by the hash of that key. Of a profile
only its names are read; how often a word is capitalised in the whole folder says whether it is a name.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, Lookup, heads_of, ranges
from cleaner.overlap.documents.profiles import BUCKETS, Profile
from cleaner.overlap.documents.survey import Survey
from cleaner.overlap.tables import column_data, from_files, in_files, store
from cleaner.overlap.words.name_keys import bare_sounds_of, bounds_of, keys_of_sounds
from cleaner.overlap.words.scripts import SILENT_SCRIPTS
from cleaner.overlap.words.tokens import LINE_END, cut_out, distinct, hashed_lines, in_order, lines_in

PART = 2048
"""Most documents in one part: some 2 MB, and 60 MB while it is made. The sound of a word is computed once a part."""
CAPITALISED = 0.6
"""Share of the documents with a word in which it is capitalised inside a sentence, from which it is a name (findings: a
name in .6 and more of 664 documents)."""
OFTEN, CAPITALISED_LEAST = 3, 0.2
"""A word that a text capitalises so often is a name there, unless most other documents write it small (Tara, Hope)."""
FEW = 150
"""Words of an `aside` text up to which words without capitals that occur only once may be names: the heroes of a page
have four mentions. In a folder in 75 languages 11,500 of 28,000 words in scripts of India are left, and .7 of the 3.4
ns a byte that they take."""
CAPITALS = ("hashes", "times", "lowered")
HEAD = struct.Struct("<10Q")
SMALL = (("a", "z"), ("а", "џ"))
"""Small letters: a word with one of them is not in capitals throughout."""


class NameColumns(NamedTuple):
    """The words of one document that may be names: the columns of `profiles.Names`, with the words as UTF-8, one a line."""

    texts: bytes
    counts: Array
    hashes: Array
    aside: bool
    """Whether its names are those that other documents have: it is in Chinese, or in one of SILENT_SCRIPTS."""

    @classmethod
    def of(cls, profile: Profile) -> NameColumns:
        """Those of `profile`."""
        names = profile.names
        return cls(names.joined, names.counts, names.hashes, bool(profile.han) or profile.script in SILENT_SCRIPTS)


class Capitals(NamedTuple):
    """How often words are capitalised, and how often they are not, in all documents."""

    hashes: Array
    """As `Survey.capitals` has them."""
    times: Array
    lowered: Array
    """`Frequencies.lowered`."""
    heard: bool
    """Whether there are Chinese texts, in which names are looked for by how they sound letter by letter."""

    @classmethod
    def of(cls, survey: Survey) -> Capitals:
        """Those of the documents of `survey`."""
        hashes, times = survey.capitals
        return cls(hashes, times, survey.frequencies.lowered, bool(survey.chinese.any()))

    def stored(self, folder: Path) -> Capitals:
        """The same in files of `folder`: small, to be sent to workers."""
        return self._replace(**in_files(self, CAPITALS, folder))

    def opened(self) -> Capitals:
        """What `stored` gave, its tables open to be read, as far as they are looked at."""
        return self._replace(**from_files(self, CAPITALS))

    def are_names(self, hashes: Array, counts: Array) -> Array:
        """Whether each word is a name; `hashes` and `counts` are columns of one document's `NameColumns`."""
        capital = np.zeros(len(hashes), np.int64)
        if len(self.hashes):
            places, known = Lookup(self.hashes).places(hashes)
            capital = np.where(known, self.times[places], 0).astype(np.int64)
        small = self.lowered[hashes >> np.uint32(32 - BUCKETS)].astype(np.int64)
        share = capital / np.maximum(1, capital + small)
        often = (counts >= OFTEN) & (share > CAPITALISED_LEAST)
        return (hashes == 0) | (share > CAPITALISED) | often


class NamePart(NamedTuple):
    """The names of some documents, those of each sorted by the hash of their keys."""

    sizes: Array
    """How many names each document has, uint32."""
    rows: Array
    """For each name the number of its key, that of its most frequent spelling in the document, and how often it occurs there."""
    spare: Array
    """For each name whether the same document has another spelling of it that is likelier."""
    keys: Array
    """Hashes of the keys, sorted, uint64."""
    words: Array
    """Hashes of the words, uint64."""
    spelt: Array
    """Keys with their words, sorted, and how many documents have them; without those that stand `aside`."""
    ends: Array
    """Ends in `texts`, line end included, of each key, then of each word, then, if asked for, of its sound; uint32."""
    texts: bytes | memoryview

    def keys_at(self, numbers: Array) -> list[str]:
        """The keys with these numbers."""
        return self._lines(numbers)

    def words_at(self, numbers: Array) -> list[str]:
        """The words with these numbers."""
        return self._lines(np.asarray(numbers, np.int64) + len(self.keys))

    def sounds_at(self, numbers: Array) -> list[str]:
        """How the words with these numbers sound (`name_keys.bare_sounds`); only if that was asked for."""
        return self._lines(np.asarray(numbers, np.int64) + len(self.keys) + len(self.words))

    def _lines(self, numbers: Array) -> list[str]:
        numbers = np.asarray(numbers, np.int64)
        if not len(numbers):
            return []
        starts = np.where(numbers > 0, self.ends[numbers - 1], 0).astype(np.int64)
        written, _ = cut_out(np.frombuffer(self.texts, np.uint8), starts, self.ends[numbers].astype(np.int64) - 1)
        return written[:-1].decode("utf-8", "surrogatepass").split("\n")

    def store(self, file: Path) -> None:
        """Writes the part to `file`."""
        columns = (self.keys, self.words, self.rows, self.spelt, self.sizes, self.ends, self.spare)
        head = HEAD.pack(*(len(column) for column in columns), len(self.texts), 0, 0)
        store(file, [head, *map(column_data, columns), self.texts])

    @classmethod
    def opened(cls, file: Path) -> NamePart:
        """The part in `file`; what is looked at is read."""
        with file.open("rb") as handle:
            data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        sizes = HEAD.unpack_from(data)
        kinds = (
            (np.uint64, 1),
            (np.uint64, 1),
            (np.uint32, 3),
            (np.uint32, 3),
            (np.uint32, 1),
            (np.uint32, 1),
            (bool, 1),
        )
        columns, at = [], HEAD.size
        for size, (kind, width) in zip(sizes[:7], kinds, strict=True):
            column: Array = np.frombuffer(data, kind, size * width, at)
            columns.append(column.reshape(size, width) if width > 1 else column)
            at += column.nbytes
        keys, words, rows, spelt, lengths, ends, spare = columns
        return cls(lengths, rows, spare, keys, words, spelt, ends, memoryview(data)[at : at + sizes[7]])


def names_of(documents: Sequence[NameColumns], capitals: Capitals) -> NamePart:
    """The names of `documents`.

    Words in capitals throughout are abbreviations (README, CF), which texts of all kinds share.
    """
    named = [one for one in documents if len(one.counts)]
    counts, hashes = (
        np.concatenate([np.zeros(0, np.uint32), *(getattr(one, column) for one in named)])
        for column in ("counts", "hashes")
    )
    sizes = [len(one.counts) for one in documents]
    long = np.array([one.aside and len(one.counts) > FEW for one in documents], bool)
    once = np.repeat(long, sizes) & (hashes == 0) & (counts == 1)
    good = np.flatnonzero(capitals.are_names(hashes, counts) & ~once)
    owner = np.repeat(np.arange(len(documents)), sizes)[good]
    counts, cased = counts[good], hashes[good] != 0
    ids, spelt, first, words = _distinct(b"\n".join([one.texts for one in named]), good)
    sounds = bare_sounds_of(words) if len(ids) else ""
    keys = keys_of_sounds(sounds) if len(ids) else ""
    cased = cased[first]
    begins, ends = lines_in(np.frombuffer(keys.encode("ascii"), np.uint8))
    says = (ends - begins)[: len(first)] > np.where(cased, 2, 3)
    says &= ~_shouted(words, cased & says)
    told = np.flatnonzero(says[spelt])
    return part_of(
        (owner[told], spelt[told], counts[told]),
        Spelling(words, keys, sounds if capitals.heard else "", ids),
        np.array([one.aside for one in documents], bool),
    )


def _distinct(data: bytes, good: Array) -> tuple[Array, Array, Array, str]:
    """Of the lines of `data` with these numbers: the distinct hashes, the number of each, a line with each, and the lines."""
    ids = hashed_lines(data)[good] if len(good) else np.zeros(0, np.uint64)
    first, spelt = distinct(ids)
    octets = np.frombuffer(data, np.uint8)
    starts, stops = lines_in(octets)
    written, _ = cut_out(octets, starts[good[first]], stops[good[first]])
    return ids[first], spelt, first, written[:-1].decode("utf-8", "surrogatepass")


def _shouted(words: str, asked: Array) -> Array:
    """Of each line of `words` whether it is in capitals throughout, where that is `asked`."""
    found = np.zeros(len(asked), bool)
    rows = np.flatnonzero(asked)
    if len(rows):
        codes, starts, stops = bounds_of(words)
        second = codes[np.minimum(starts[rows] + 1, len(codes) - 1)]  # that of most words is a small letter
        for first, last in SMALL:
            large = (second < ord(first)) | (second > ord(last))
            rows, second = rows[large], second[large]
        places = zip(starts[rows].tolist(), stops[rows].tolist(), strict=True)
        found[rows] = [words[start:stop].isupper() for start, stop in places]
    return found


class Spelling(NamedTuple):
    """Words of some documents, by number: texts of one line each."""

    words: str
    keys: str
    sounds: str
    """Empty where it was not asked for."""
    ids: Array
    """Hashes of the words."""


def part_of(
    columns: tuple[Array, Array, Array], spelling: Spelling, aside: Array, spare: Array | None = None
) -> NamePart:
    """The part of the documents that are `aside` or not (`NameColumns`); names by column, in the order of the documents.

    The columns are the document, the word, how often it stands there; `spare` is told of each word.
    """
    width = len(spelling.ids)
    keys = spelling.keys.encode("utf-8", "surrogatepass")
    every = hashed_lines(keys) if width else np.zeros(0, np.uint64)
    first, key_of = distinct(every)
    owner, spelt, count = _merged(*columns, key_of, spelling.ids)
    key = key_of[spelt]
    told = ~aside[owner]
    codes, times = np.unique(key[told].astype(np.int64) * (width + 1) + spelt[told], return_counts=True)
    octets = np.frombuffer(keys, np.uint8)
    starts, stops = lines_in(octets)
    own, _ = cut_out(octets, starts[first], stops[first])
    texts = f"{spelling.words}\n{spelling.sounds}\n" if spelling.sounds else f"{spelling.words}\n"
    data = own + texts.encode("utf-8", "surrogatepass") if width else b""
    return NamePart(
        np.bincount(owner, minlength=len(aside)).astype(np.uint32),
        np.stack([key, spelt, count], axis=1).astype(np.uint32),
        np.zeros(0, bool) if spare is None else spare[spelt],
        every[first],
        spelling.ids,
        np.stack([codes // (width + 1), codes % (width + 1), times], axis=1).astype(np.uint32),
        np.flatnonzero(np.frombuffer(data, np.uint8) == LINE_END).astype(np.uint32) + np.uint32(1),
        data,
    )


def _merged(owner: Array, spelt: Array, counts: Array, key_of: Array, ids: Array) -> tuple[Array, Array, Array]:
    """Rows with one of each key in each document, as it is written most often there; by document, then key."""
    codes, order = in_order(owner.astype(np.uint64) * np.uint64(len(key_of) + 1) + key_of[spelt].astype(np.uint64))
    heads = heads_of(codes)
    sizes, first = np.diff(np.append(heads, len(order))), order[heads]
    owner, shown = owner[first], spelt[first]
    several = np.flatnonzero(sizes > 1)
    rows = order[ranges(heads[several], sizes[several])]
    ranked = rows[np.lexsort((ids[spelt[rows]], -counts[rows].astype(np.int64), np.repeat(several, sizes[several])))]
    shown[several] = spelt[ranked[np.cumsum(sizes[several]) - sizes[several]]]
    return owner, shown, np.add.reduceat(counts[order], heads) if len(heads) else counts
