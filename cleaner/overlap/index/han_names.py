"""The names of Chinese texts: those that the other documents know are looked for in them (`chinese`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from cleaner.arrays import Array, found_in
from cleaner.overlap.index.name_index import Parts
from cleaner.overlap.index.name_parts import NamePart, Spelling, part_of
from cleaner.overlap.names.chinese import Known
from cleaner.overlap.names.spellings import pinyin_among
from cleaner.overlap.words.tokens import hashed_lines


def part_of_chinese(parts: Parts, chinese: Array, texts: Iterable[str]) -> NamePart:
    """The names of the texts that are `chinese`: those of `parts`, written in other letters, and those found in Han.

    `texts` are the Han characters of these texts (`Profile.han`).
    """
    numbers = np.flatnonzero(chinese)
    words: dict[tuple[str, str, bool], int] = {}
    rows: list[tuple[int, int, int]] = []
    found = _known(parts, chinese).names_in(texts)
    for place, (own, named) in enumerate(zip(_own_names(parts, numbers), found, strict=True)):
        held = [(written, key, False, count) for written, key, count in own]
        more = [(name.written, key, at > 0, name.times) for name in named for at, key in enumerate(name.keys)]
        for written, key, spare, count in (*held, *sorted(more, key=lambda row: row[2])):
            rows.append((place, words.setdefault((written, key, spare), len(words)), count))
    owner, word, times = np.array(rows, np.int64).reshape(-1, 3).T
    written, keys = "\n".join([written for written, _, _ in words]), "\n".join([key for _, key, _ in words])
    ids = hashed_lines(written.encode("utf-8", "surrogatepass"))[: len(words)]
    return part_of(
        (owner, word, times),
        Spelling(written, keys, "", ids),
        np.zeros(len(numbers), bool),
        np.array([spare for _, _, spare in words], bool),
    )


def _own_names(parts: Parts, numbers: Array) -> Iterator[list[tuple[str, str, int]]]:
    """The names in other letters of the documents with these numbers: the word, its key, how often it stands there."""
    at = 0
    for part in parts:
        ends = np.cumsum(part.sizes)
        for document in (numbers[(numbers >= at) & (numbers < at + len(ends))] - at).tolist():
            rows = part.rows[ends[document] - part.sizes[document] : ends[document]]
            texts = part.words_at(rows[:, 1]), part.keys_at(rows[:, 0]), rows[:, 2].tolist()
            yield list(zip(*texts, strict=True))
        at += len(ends)


def _known(parts: Parts, chinese: Array) -> Known:
    """The names of the documents that are not in Chinese."""
    seen: Array = np.zeros(0, np.uint64)
    names: list[str] = []
    keys: list[str] = []
    bare: list[str] = []
    hashes = []
    for part in parts:
        rows = part.spelt[np.argsort(part.spelt[:, 1])]  # a word has one key
        own = part.words[rows[:, 1]]
        place = np.minimum(np.searchsorted(seen, own), max(0, len(seen) - 1))
        rows = rows[seen[place] != own] if len(seen) else rows
        seen = np.sort(np.concatenate([seen, part.words[rows[:, 1]]]))
        names += part.words_at(rows[:, 1])
        hashes.append(part.words[rows[:, 1]])
        bare += part.sounds_at(rows[:, 1])
        numbers, place = np.unique(rows[:, 0], return_inverse=True)
        keys += map(part.keys_at(numbers).__getitem__, place.tolist())
    native = pinyin_among(names)
    return Known(names, keys, bare, _holders(parts, chinese, native, np.concatenate([seen[:0], *hashes])[native]))


def _holders(parts: Parts, chinese: Array, native: list[int], hashes: Array) -> Iterator[tuple[int, Array]]:
    """Each of the names with these numbers and hashes, and the documents, but Chinese ones, that have it."""
    order = np.argsort(hashes)
    hashes, names = hashes[order], np.array(native, np.int32)[order]
    owners, named = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    at = 0
    for part in parts if len(names) else ():
        place, known = found_in(hashes, part.words)
        owner = np.repeat(np.arange(at, at + len(part.sizes), dtype=np.int32), part.sizes)
        at += len(part.sizes)
        rows = np.flatnonzero(known[part.rows[:, 1]] & ~chinese[owner])
        owners.append(owner[rows])
        named.append(names[place[part.rows[rows, 1]]])
    owner, name = np.concatenate(owners), np.concatenate(named)
    order = np.argsort(name, kind="stable")
    owner, name = owner[order], name[order]
    heads = np.flatnonzero(np.diff(name, prepend=-1))
    yield from zip(name[heads].tolist(), np.split(owner, heads[1:]), strict=True) if len(heads) else ()
