"""Lines that many documents share: page headings, notices, licences. They are named, and they make no story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from cleaner.arrays import Array, among, without_repeats
from cleaner.overlap.documents.profiles import line_hashes
from cleaner.overlap.documents.survey import Survey
from cleaner.overlap.tellings.passages import plain_sentence
from cleaner.overlap.words.sentences import sentences_of

LEAST = 5
"""Documents, copies counted once, from which a line that they share is boilerplate."""
LISTED = 100
"""Lines that are listed, those of most documents first."""
AT_ONCE = 1 << 18
"""Lines that are counted at once, about: 2 MB."""
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


def find_boilerplate(survey: Survey, copies: Array, text_of: Callable[[str], str]) -> tuple[Boilerplate, ...]:
    """Lines of LEAST documents and more; `copies` are the numbers of documents for which another one stands."""
    alone = np.ones(len(survey.documents), bool)
    alone[copies] = False
    kept = np.repeat(alone, survey.lengths)
    common = sorted(_counted(survey.lines, kept), key=lambda row: (-row[1], row[0]))
    wanted = dict(common[:LISTED])
    if not wanted:
        return ()
    holders: dict[int, list[str]] = {number: [] for number in wanted}
    asked, parts = np.array(list(wanted), np.uint64), range(0, len(kept), AT_ONCE)
    found = [at + np.flatnonzero(among(survey.lines[at : at + AT_ONCE], asked)) for at in parts]
    places = np.concatenate(found)
    places = places[kept[places]]
    documents = np.searchsorted(np.cumsum(survey.lengths), places, side="right")
    for number, document in zip(survey.lines[places].tolist(), documents.tolist(), strict=True):
        if len(holders[number]) < SHOWN:
            holders[number].append(survey.documents[document])
    told = []
    texts: dict[str, dict[int, str]] = {}
    for number, count in wanted.items():
        first = holders[number][0]
        if first not in texts:
            lines = [line.strip() for line in text_of(first).split("\n")]
            texts[first] = dict(zip(line_hashes(lines), lines, strict=True))
        told.append(Boilerplate(texts[first].get(number, ""), count, tuple(holders[number])))
    return tuple(sorted((one for one in told if one.text), key=lambda one: (-one.count, one.text)))


def _counted(lines: Array, kept: Array) -> Iterator[tuple[int, int]]:
    """Of the `lines` that are `kept` each that stands there LEAST times, and how often; those with some equal bits at a time."""
    parts = min(256, 1 << (len(lines) // AT_ONCE).bit_length())
    bits = lines.view(np.uint8)[::8] & np.uint8(parts - 1)
    for number in range(parts):
        own = lines[kept & (bits == number)]
        own.sort()
        behind = own[LEAST - 1 :]
        many = without_repeats(behind[behind == own[: len(behind)]])
        counts = own.searchsorted(many, side="right") - own.searchsorted(many)
        yield from zip(many.tolist(), counts.tolist(), strict=True)


def sentences_in(boilerplate: Iterable[Boilerplate]) -> frozenset[str]:
    """The sentences of these lines, as `passages.same_in_pairs` compares them."""
    return frozenset(
        plain_sentence(one.text[sentence.start : sentence.end])
        for one in boilerplate
        for sentence in sentences_of(one.text)
    )
