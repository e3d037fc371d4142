"""Lines that many documents share: page headings, notices, licences. They are named, and they make no story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cleaner.overlap.passages import plain_sentence
from cleaner.overlap.profiles import Profile, line_hash
from cleaner.overlap.sentences import sentences_of

__all__ = ["LEAST", "Boilerplate", "find_boilerplate", "sentences_in"]

LEAST = 5
"""Documents, copies counted once, from which a line that they share is boilerplate."""
LISTED = 100
"""Lines that are listed, those of most documents first."""
SHOWN = 20
"""Documents that are named with each line."""

Array = Any


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A line that many documents share."""

    text: str
    """As the first of the documents has it."""
    count: int
    """Documents that hold it, copies counted once."""
    documents: tuple[str, ...]
    """The first of these, by id."""


def find_boilerplate(
    profiles: Mapping[str, Profile], copies: Iterable[str], text_of: Callable[[str], str]
) -> tuple[Boilerplate, ...]:
    """Lines of LEAST documents and more; `copies` are the ids of documents for which another one stands."""
    import numpy as np

    left_out = frozenset(copies)
    names = [name for name in sorted(profiles) if name not in left_out]
    lines = [profiles[name].lines.copy() for name in names]  # a view would hold the whole profile
    if not lines or not sum(map(len, lines)):
        return ()
    hashes, counts = np.unique(np.concatenate(lines), return_counts=True)
    common = np.flatnonzero(counts >= LEAST)
    common = common[np.lexsort((hashes[common], -counts[common]))][:LISTED]
    wanted = dict(zip(hashes[common].tolist(), counts[common].tolist(), strict=True))
    if not wanted:
        return ()
    among = np.sort(hashes[common])
    holders: dict[int, list[str]] = {number: [] for number in wanted}
    for name, own in zip(names, lines, strict=True):
        for number in np.intersect1d(own, among, assume_unique=True).tolist():
            if len(holders[number]) < SHOWN:
                holders[number].append(name)
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
