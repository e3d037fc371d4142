"""Lines that many documents share: page headings, notices, licences. They are named, and they make no story."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cleaner.overlap.passages import plain_sentence
from cleaner.overlap.profiles import line_hash
from cleaner.overlap.sentences import sentences_of
from cleaner.overlap.survey import Survey

__all__ = ["LEAST", "Boilerplate", "find_boilerplate", "sentences_in"]

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
    import numpy as np

    left_out = frozenset(copies)
    kept = np.array([name not in left_out for name in survey.documents], bool)
    owner = np.repeat(np.arange(len(kept), dtype=np.int32), survey.lengths)
    among = kept[owner]
    owner, lines = owner[among], survey.lines[among]
    if not len(lines):
        return ()
    hashes, counts = np.unique(lines, return_counts=True)
    common = np.flatnonzero(counts >= LEAST)
    common = common[np.lexsort((hashes[common], -counts[common]))][:LISTED]
    wanted = dict(zip(hashes[common].tolist(), counts[common].tolist(), strict=True))
    if not wanted:
        return ()
    holders: dict[int, list[str]] = {number: [] for number in wanted}
    for place in np.flatnonzero(np.isin(lines, hashes[common])).tolist():
        held = holders[int(lines[place])]
        if len(held) < SHOWN:
            held.append(survey.documents[owner[place]])
    found = []
    texts: dict[str, dict[int, str]] = {}
    for number, count in wanted.items():
        first = holders[number][0]
        if first not in texts:
            texts[first] = {line_hash(line): line.strip() for line in text_of(first).split("\n") if line.strip()}
        found.append(Boilerplate(texts[first].get(number, ""), count, tuple(holders[number])))
    return tuple(sorted((one for one in found if one.text), key=lambda one: (-one.count, one.text)))


def sentences_in(boilerplate: Iterable[Boilerplate]) -> frozenset[str]:
    """The sentences of these lines, as `passages.same_sentences` compares them."""
    return frozenset(
        plain_sentence(one.text[sentence.start : sentence.end])
        for one in boilerplate
        for sentence in sentences_of(one.text)
    )
