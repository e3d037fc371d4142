"""Lines that many documents share: page headings, notices, licences. They are named, and they make no story."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from cleaner.arrays import among
from cleaner.overlap.documents.profiles import line_hashes
from cleaner.overlap.documents.survey import Survey
from cleaner.overlap.tellings.passages import plain_sentence
from cleaner.overlap.words.sentences import sentences_of

LEAST = 5
"""Documents, copies counted once, from which a line that they share is boilerplate."""
LISTED = 100
"""Lines that are listed, those of most documents first."""
SHOWN = 20
"""Documents that are named with each line."""


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
    kept = np.repeat(np.array([name not in left_out for name in survey.documents], bool), survey.lengths)
    hashes, counts = np.unique(survey.lines[kept], return_counts=True)
    many = np.flatnonzero(counts >= LEAST)
    common = sorted(zip(hashes[many].tolist(), counts[many].tolist(), strict=True), key=lambda row: (-row[1], row[0]))
    wanted = dict(common[:LISTED])
    if not wanted:
        return ()
    holders: dict[int, list[str]] = {number: [] for number in wanted}
    places = np.flatnonzero(among(survey.lines, np.array(list(wanted), np.uint64)) & kept)
    documents = np.searchsorted(np.cumsum(survey.lengths), places, side="right")
    for number, document in zip(survey.lines[places].tolist(), documents.tolist(), strict=True):
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


def sentences_in(boilerplate: Iterable[Boilerplate]) -> frozenset[str]:
    """The sentences of these lines, as `passages.same_in_pairs` compares them."""
    return frozenset(
        plain_sentence(one.text[sentence.start : sentence.end])
        for one in boilerplate
        for sentence in sentences_of(one.text)
    )
