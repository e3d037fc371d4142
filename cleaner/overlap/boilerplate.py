"""Lines that many documents share: page headings, notices, licences. They are named, and they make no story."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from cleaner.arrays import Array, heads_of
from cleaner.overlap.passages import plain_sentence
from cleaner.overlap.profiles import line_hashes
from cleaner.overlap.sentences import sentences_of
from cleaner.overlap.survey import Survey

LEAST = 5
"""Documents, copies counted once, from which a line that they share is boilerplate."""
LISTED = 100
"""Lines that are listed, those of most documents first."""
SHOWN = 20
"""Documents that are named with each line."""
AT_ONCE, MOST_SLICES = 1 << 19, 256
"""Lines that are looked at together, about, and slices into which all are divided at most."""


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A line that many documents share."""

    text: str
    """As the first of the documents has it."""
    count: int
    """Documents that hold it, copies counted once."""
    documents: tuple[str, ...]
    """The first of these, by id."""


def find_boilerplate(survey: Survey, copies: Iterable[str], text_of: Callable[[str], str]) -> tuple[Boilerplate, ...]:
    """Lines of LEAST documents and more; `copies` are the ids of documents for which another one stands."""
    left_out = frozenset(copies)
    kept = np.array([name not in left_out for name in survey.documents], bool)
    among = np.repeat(kept, survey.lengths)
    common = _common(survey.lines, among)
    wanted = dict(sorted(common, key=lambda row: (-row[1], row[0]))[:LISTED])
    if not wanted:
        return ()
    holders: dict[int, list[str]] = {number: [] for number in wanted}
    asked, ends = np.array(sorted(wanted), np.uint64), np.cumsum(survey.lengths)
    for start in range(0, len(among), AT_ONCE):
        lines = survey.lines[start : start + AT_ONCE]
        places = np.flatnonzero(asked[np.minimum(np.searchsorted(asked, lines), len(asked) - 1)] == lines)
        places = places[among[places + start]]
        documents = np.searchsorted(ends, places + start, side="right")
        for number, document in zip(lines[places].tolist(), documents.tolist(), strict=True):
            if len(holders[number]) < SHOWN:
                holders[number].append(survey.documents[document])
    found = []
    texts: dict[str, dict[int, str]] = {}
    for number, count in wanted.items():
        first = holders[number][0]
        if first not in texts:
            lines = [line.strip() for line in text_of(first).split("\n")]
            texts[first] = dict(zip(line_hashes(lines), lines, strict=True))
        found.append(Boilerplate(texts[first].get(number, ""), count, tuple(holders[number])))
    return tuple(sorted((one for one in found if one.text), key=lambda one: (-one.count, one.text)))


def _common(lines: Array, among: Array) -> list[tuple[int, int]]:
    """Those of the `lines` that are `among` those wanted LEAST times, and how often; one slice of them after the other."""
    found: list[tuple[int, int]] = []
    slices = 1 << min(MOST_SLICES - 1, len(lines) // AT_ONCE).bit_length()
    parts = range(0, len(lines), AT_ONCE)
    for number in range(slices):
        own = np.concatenate(
            [lines[:0], *(_slice(lines, among, slice(at, at + AT_ONCE), number, slices) for at in parts)]
        )
        own.sort()
        heads = heads_of(own)
        counts = np.diff(np.concatenate([heads, [len(own)]]))
        many = np.flatnonzero(counts >= LEAST)
        found += zip(own[heads[many]].tolist(), counts[many].tolist(), strict=True)
    return found


def _slice(lines: Array, among: Array, part: slice, number: int, slices: int) -> Array:
    """Of a part of the lines that are wanted those of a slice; how many `slices` there are is a power of two."""
    own = lines[part][among[part]]
    return own[own & np.uint64(slices - 1) == number]


def sentences_in(boilerplate: Iterable[Boilerplate]) -> frozenset[str]:
    """The sentences of these lines, as `passages.same_in_pairs` compares them."""
    return frozenset(
        plain_sentence(one.text[sentence.start : sentence.end])
        for one in boilerplate
        for sentence in sentences_of(one.text)
    )
