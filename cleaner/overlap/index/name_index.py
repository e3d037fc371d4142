"""The names of all documents: parts of some documents each, perhaps in files, and what all documents say of a name.

In memory are some tens of bytes for each document, and for each key how many documents have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cleaner.arrays import Array, among, places_in, ranges
from cleaner.overlap.documents.survey import HAN_WORD, Survey, Tally
from cleaner.overlap.index.name_parts import NamePart
from cleaner.overlap.names.chinese import READ
from cleaner.overlap.tables import from_files, in_files
from cleaner.overlap.words.scripts import SILENT_SCRIPTS, TELLING_SCRIPTS

MOST = 50
"""Most documents with a name that makes candidates: 1,225 pairs a name. Stories of the development set share names of 2
to 9 documents."""
PRIOR, PRIOR_SEEN = 100, 3
"""Additional documents that are assumed, without the term and with it: this smooths the weights of small folders."""
NAMES_LEAST = 0.5
"""Least names of a text, as a factor on the square root of the words that are read: where a Chinese text has fewer, the
others were not recognised. (Of 521 texts of the development set with 16 to 8,000 words, half have .5 to 1.1.)"""
NAMES_MOST = 1.5
"""Most names that are assumed of a text in a script without capitals, where any word may be one, as a factor on the
same root. Without this bound 57 of 85 tellings in two scripts are found, with 2, 1.5 and 1.2 times the root 63, 64 and
65, with 1.2 a wrong pair too."""
OPEN = 12
"""Most parts that are kept open: 60 MB, if all of each is read."""
COLUMNS = ("keys", "seen", "part", "first", "sizes", "norms", "totals", "rich", "silent", "telling", "known", "meeting")

Parts = Sequence[NamePart]


class PartFiles(Sequence[NamePart]):
    """Parts in files, opened when they are needed; the last ones stay open."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = tuple(files)
        self._opened = lru_cache(OPEN)(NamePart.opened)

    def __getitem__(self, number: Any) -> Any:
        return self._opened(self.files[number])

    def __iter__(self) -> Iterator[NamePart]:
        """Each part in turn, closed when the next one is asked for, unless something still refers to it."""
        return map(NamePart.opened, self.files)

    def __len__(self) -> int:
        return len(self.files)

    def __reduce__(self) -> tuple[type[PartFiles], tuple[tuple[Path, ...]]]:
        return PartFiles, (self.files,)


class Held(NamedTuple):
    """The names of some documents, row by row; those of document `d` are `borders[d]:borders[d + 1]`, sorted by hash of the key."""

    parts: Parts
    borders: Array
    keys: Array
    """Hashes of the keys."""
    words: Array
    """Hashes of the words as they are written there first."""
    counts: Array
    """How often each is named."""
    part: Array
    key_number: Array
    word_number: Array

    def keys_at(self, rows: Array) -> list[str]:
        """The keys of rows."""
        return self._texts(rows, NamePart.keys_at, self.key_number)

    def words_at(self, rows: Array) -> list[str]:
        """How the names of rows are written."""
        return self._texts(rows, NamePart.words_at, self.word_number)

    def _texts(self, rows: Array, texts_of: Callable[[NamePart, Array], list[str]], numbers: Array) -> list[str]:
        part, found, order = self.part[rows], list[str](), [np.zeros(0, np.int64)]
        for number in np.flatnonzero(np.bincount(part)).tolist():
            places = np.flatnonzero(part == number)
            found += texts_of(self.parts[number], numbers[rows[places]])
            order.append(places)
        if len(order) < 3:
            return found
        row: Array = np.empty(len(found), np.int64)
        row[np.concatenate(order)] = np.arange(len(found))
        return list(map(found.__getitem__, row.tolist()))


class NameIndex(NamedTuple):
    """The names of documents, by number, in their parts."""

    parts: Parts
    documents: int
    keys: Array
    """Hashes of all keys, sorted."""
    seen: Array
    """Number of documents with each key. Silent ones count only in words that telling ones have too, since in their
    scripts any word may be a name."""
    part: Array
    """The part of each document."""
    first: Array
    """Its first row there."""
    sizes: Array
    """How many names it has."""
    norms: Array
    """Length of its vector of names."""
    totals: Array
    """Sum of the weights of its names."""
    rich: Array
    """How many rare names it has."""
    silent: Array
    """Whether it is in one of SILENT_SCRIPTS."""
    telling: Array
    """Whether it is in one of TELLING_SCRIPTS; silent documents are compared with these only."""
    known: Array
    """Whether a telling document has each key; empty where no document is silent."""
    meeting: Array
    """As `seen`, with silent documents included for keys that are `known`."""

    def apart(self, words: Array, caseless: Array) -> tuple[Array, Array]:
        """`norms` and `totals` for pairs of two scripts; `words` and `caseless` are those of the documents.

        A text in a script without capitals is taken to have no more names than other texts of its length.
        """
        if not caseless.any():
            return self.norms, self.totals
        most = NAMES_MOST * np.sqrt(words)
        unseen = float(_weights(self.documents, np.array(1)))
        norms = np.where(caseless, np.minimum(self.norms, np.sqrt(most) * unseen), self.norms)
        return norms, np.where(caseless, np.minimum(self.totals, most * unseen), self.totals)

    @property
    def skipped(self) -> int:
        """Number of names that more than MOST documents have."""
        return int(np.count_nonzero(self.seen > MOST))

    def seen_of(self, keys: Array) -> Array:
        """How many documents have each of these keys, which must be in the index."""
        return self.seen[np.searchsorted(self.keys, keys)]

    def weights_of(self, seen: Array) -> Array:
        """Inverse document frequency of keys that so many documents hold, in nats."""
        return _weights(self.documents, seen)

    def held(self, numbers: Array) -> Held:
        """The names of the documents with these numbers, in this order."""
        sizes = self.sizes[numbers].astype(np.int64)
        borders = np.concatenate([[0], np.cumsum(sizes)])
        rows = ranges(self.first[numbers].astype(np.int64), sizes)
        part = np.repeat(self.part[numbers], sizes)
        found: Array = np.zeros((len(rows), 3), np.uint32)
        keys, words = np.zeros(len(rows), np.uint64), np.zeros(len(rows), np.uint64)
        for number in np.flatnonzero(np.bincount(part)).tolist():
            one: NamePart = self.parts[number]
            places = np.flatnonzero(part == number)
            own = one.rows[rows[places]]
            found[places], keys[places], words[places] = own, one.keys[own[:, 0]], one.words[own[:, 1]]
        return Held(self.parts, borders, keys, words, found[:, 2], part, found[:, 0], found[:, 1])

    def spellings(self, key: int) -> Mapping[str, int]:
        """Spellings of the names with this key -> how many documents use each."""
        found: dict[str, int] = {}
        wanted = np.uint64(key)
        for part in self.parts:
            place = int(np.searchsorted(part.keys, wanted))
            if place == len(part.keys) or part.keys[place] != wanted:
                continue
            column = part.spelt[:, 0]
            start, end = np.searchsorted(column, place), np.searchsorted(column, place, side="right")
            rows = part.spelt[start:end]
            for text, times in zip(part.words_at(rows[:, 1]), rows[:, 2].tolist(), strict=True):
                found[text] = found.get(text, 0) + times
        return found

    def rows_of(self, first: int, after: int, most: int) -> tuple[Array, Array, Array]:
        """The names of the documents `first` to `after` (half-open) that two to `most` documents have, by document: its
        number, the index of the key in `keys`, and how often it is named.
        """
        columns = [(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint32))]
        place = self.part[first:after], self.first[first:after], self.sizes[first:after]
        for part, documents, rows in _by_part(self.parts, *place):
            own = part.rows[rows]
            used = np.flatnonzero(np.bincount(own[:, 0], minlength=len(part.keys)))
            key: Array = np.zeros(len(part.keys), np.int32)
            key[used] = places_in(self.keys, part.keys[used])
            seen = _numbers(self.meeting, key)
            good = ((seen > 1) & (seen <= most))[own[:, 0]]
            owner = np.repeat((documents + first).astype(np.int32), place[2][documents])
            if len(self.known):
                good &= ~self.silent[owner] | self.known[key[own[:, 0]]]
            wanted = np.flatnonzero(good)
            columns.append((owner[wanted], key[own[wanted, 0]], own[wanted, 2]))
        owner, key, count = (np.concatenate(column) for column in zip(*columns, strict=True))
        if (owner[1:] < owner[:-1]).any():  # names in Chinese texts are the last part
            order = np.argsort(owner, kind="stable")
            owner, key, count = owner[order], key[order], count[order]
        return owner, key, count

    def stored(self, folder: Path) -> NameIndex:
        """The same in files of `folder`."""
        return self._replace(parts=stored_parts(self.parts, folder), **in_files(self, COLUMNS, folder))

    def opened(self) -> NameIndex:
        """What `stored` gave, its columns open to be read."""
        return self._replace(**from_files(self, COLUMNS))


def stored_parts(parts: Parts, folder: Path) -> PartFiles:
    """`parts` in files of `folder`; what is in a file stays there."""
    if isinstance(parts, PartFiles):
        return parts
    files = [folder / f"names-{number}" for number in range(len(parts))]
    for part, file in zip(parts, files, strict=True):
        part.store(file)
    return PartFiles(files)


def index_of(parts: Parts, survey: Survey, rare: float) -> NameIndex:
    """The index of the documents of `survey`, whose names are in `parts` in their order.

    A name is rare if at most `rare` documents have it. Where there are Chinese texts, the last part has their names,
    which replace those in the parts before.
    """
    width = len(survey.documents)
    place = np.zeros(width, np.int32), np.zeros(width, np.uint32), np.zeros(width, np.uint32)
    at = 0
    for number, one in enumerate(parts):
        sizes = one.sizes
        last = number == len(parts) - 1 and survey.chinese.any()
        documents = np.flatnonzero(survey.chinese) if last else np.arange(at, at + len(sizes))
        at += len(sizes)
        for column, values in zip(place, (number, np.cumsum(sizes) - sizes, sizes), strict=True):
            column[documents] = values
    silent, telling = (
        among(survey.script, np.array([number for number, name in enumerate(survey.scripts) if name in held], np.int32))
        for held in (SILENT_SCRIPTS, TELLING_SCRIPTS)
    )
    keys, seen, known, meeting = _seen_in(parts, place, silent, telling)
    norms, totals, rich = np.zeros(width), np.zeros(width), np.zeros(width, np.int32)
    unseen = float(_weights(width, np.array(1)))
    for part, documents, rows in _by_part(parts, *place):
        held = _numbers(seen, places_in(keys, part.keys))
        own = part.rows[rows]
        weights = _weights(width, held)[own[:, 0]]
        if len(part.spare):
            weights = np.where(part.spare[rows], 0.0, weights)
        owner, count = np.repeat(np.arange(len(documents)), place[2][documents]), len(documents)
        squares = np.bincount(owner, (times_of(own[:, 2]) * weights) ** 2, count)
        sums = np.bincount(owner, weights, count)
        missing = NAMES_LEAST * np.sqrt(np.minimum(survey.words[documents], READ / HAN_WORD)) - np.bincount(
            owner, weights > 0, count
        )
        missing = np.where(survey.chinese[documents], np.maximum(0.0, missing), 0.0)
        norms[documents] = np.sqrt(squares + missing * unseen**2)
        totals[documents] = sums + missing * unseen
        rich[documents] = np.bincount(owner, (held <= rare)[own[:, 0]], count)
    return NameIndex(parts, width, keys, seen, *place, norms, totals, rich, silent, telling, known, meeting)


def _seen_in(
    parts: Parts, place: tuple[Array, Array, Array], silent: Array, telling: Array
) -> tuple[Array, Array, Array, Array]:
    """`keys`, `seen`, `known` and `meeting` of `NameIndex`."""
    tallies = seen_in, silent_in, told_in = Tally(), Tally(), Tally()
    spelt = np.zeros(0, np.uint64)
    if silent.any():
        rows = (
            part.words[np.unique(part.rows[own[np.repeat(telling[documents], place[2][documents])], 1])]
            for part, documents, own in _by_part(parts, *place)
        )
        spelt = np.unique(np.concatenate([spelt, *rows]))
    for part, documents, rows in _by_part(parts, *place):
        mute = np.repeat(silent[documents], place[2][documents])
        if mute.any():
            mute[mute] = ~among(part.words[part.rows[rows[mute], 1]], spelt)
        which = (~mute, mute, np.repeat(telling[documents], place[2][documents]))
        for tally, own in zip(tallies, which, strict=True) if len(spelt) else ((seen_in, which[0]),):
            times = np.bincount(part.rows[rows[own], 0], minlength=len(part.keys))
            tally.add(part.keys[times > 0], times[times > 0])
    keys, seen = seen_in.table()
    if not silent.any():
        return keys, seen, np.zeros(0, bool), seen
    (told, _), (muted, times) = told_in.table(), silent_in.table()
    seen_in.add(muted, np.zeros(len(muted), np.uint32))
    keys, seen = seen_in.table()
    known, at, meeting = among(keys, told), np.searchsorted(keys, muted), seen.copy()
    meeting[at] += np.where(known[at], times, 0).astype(seen.dtype)
    return keys, seen, known, meeting


def times_of(count: Array) -> Array:
    """Factor on the weight of a name for so many mentions."""
    return np.sqrt(1 + np.log(count.astype(float)))


def _weights(documents: int, seen: Array) -> Array:
    return np.log((documents + PRIOR) / (seen + float(PRIOR_SEEN)))


def _by_part(parts: Parts, part: Array, first: Array, sizes: Array) -> Iterator[tuple[NamePart, Array, Array]]:
    """Each part, the documents whose names it has, and the places of these among its rows; columns as `NameIndex` has them."""
    for number in np.flatnonzero(np.bincount(part)).tolist():
        one, documents = parts[number], np.flatnonzero(part == number)
        own = sizes[documents].astype(np.int64)
        rows = ranges(first[documents].astype(np.int64), own)
        yield one, documents, rows


def _numbers(seen: Array, places: Array) -> Array:
    """`seen` at `places`; 0 where it is empty, since no document has a name."""
    return seen[places] if len(seen) else np.zeros(len(places), seen.dtype)
