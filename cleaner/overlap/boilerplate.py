"""Lines that many documents share: page headings, notices, licences. They are reported, and don't count for stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np

from cleaner.arrays import Array, among, without_repeats
from cleaner.markup import without_markup
from cleaner.overlap.documents.profiles import line_hashes
from cleaner.overlap.documents.survey import LINES_AT_ONCE, Lines, Survey
from cleaner.overlap.tellings.passages import plain_sentence
from cleaner.overlap.words.sentences import sentences_of

LEAST = 5
"""Documents, copies counted once, from which a line that they share is boilerplate."""
LISTED = 100
"""Most lines that are listed, those of most documents first."""
PARTS = 16
"""Number of parts in which lines are counted where there are many."""
SHOWN = 20
"""Most documents that are named for each line."""


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A line that many documents share."""

    text: str
    """As the first of the documents has it."""
    count: int
    """Documents that hold it, copies counted once."""
    documents: tuple[str, ...]
    """The first of these, by id."""


def find_boilerplate(survey: Survey, copies: Array, text_of: Callable[[str], str]) -> tuple[Boilerplate, ...]:
    """Lines of at least LEAST documents; `copies` are the numbers of documents that another one represents."""
    alone = np.ones(len(survey.documents), bool)
    alone[copies] = False
    kept = np.repeat(alone, survey.lengths)
    wanted = dict(nsmallest(LISTED, _counted(survey.lines, kept), key=lambda row: (-row[1], row[0])))
    if not wanted:
        return ()
    holders: dict[int, list[str]] = {number: [] for number in wanted}
    asked, ends, at = np.array(list(wanted), np.uint64), np.cumsum(survey.lengths), 0
    for lines in survey.lines:
        places = np.flatnonzero(among(lines, asked) & kept[at : at + len(lines)])
        documents = np.searchsorted(ends, at + places, side="right")
        at += len(lines)
        for number, document in zip(lines[places].tolist(), documents.tolist(), strict=True):
            if len(holders[number]) < SHOWN:
                holders[number].append(survey.documents[document])
    told = []
    texts: dict[str, dict[int, str]] = {}
    for number, count in wanted.items():
        first = holders[number][0]
        if first not in texts:
            lines = [line.strip() for line in without_markup(text_of(first)).split("\n")]
            texts[first] = dict(zip(line_hashes(lines), lines, strict=True))
        told.append(Boilerplate(texts[first].get(number, ""), count, tuple(holders[number])))
    return tuple(sorted((one for one in told if one.text), key=lambda one: (-one.count, one.text)))


def _counted(lines: Lines, kept: Array) -> Iterator[tuple[int, int]]:
    """Each of the `kept` lines that occurs LEAST times or more, and how often; one part (by the last bits) after the other."""
    parts = PARTS if len(kept) > LINES_AT_ONCE else 1
    for number in range(parts):
        found, at = [np.zeros(0, np.uint64)], 0
        for some in lines:
            found.append(some[kept[at : at + len(some)] & (some % np.uint64(parts) == np.uint64(number))])
            at += len(some)
        own: Array = np.concatenate(found)
        own.sort()
        behind = own[LEAST - 1 :]
        many: Array = without_repeats(behind[behind == own[: len(behind)]])
        counts = own.searchsorted(many, side="right") - own.searchsorted(many)
        yield from zip(many.tolist(), counts.tolist(), strict=True)


def sentences_in(boilerplate: Iterable[Boilerplate]) -> frozenset[str]:
    """The sentences of these lines, as `passages.same_in_pairs` compares them."""
    return frozenset(
        plain_sentence(one.text[sentence.start : sentence.end])
        for one in boilerplate
        for sentence in sentences_of(one.text)
    )
