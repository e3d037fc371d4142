"""Sentences that stand in two texts word for word: all sentences of many texts are compared at once, by hashes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, among, found_in, ranges, runs_of
from cleaner.document import Passage, PassageKind, Span
from cleaner.overlap.words.sentences import WORD, TextsRead, codes_of, kinds_of, lowered_places, read
from cleaner.overlap.words.tokens import MIXER, MULTIPLIER, hashes_of

MOST = 60
"""Passages of a pair that are listed."""
SHORTEST = 30
"""Code points of a sentence that counts as the same text: shorter ones are alike by chance."""
WORDS = re.compile(r"\w+")


class Sentences(NamedTuple):
    """The sentences of some texts, in order: parallel arrays."""

    starts: Array
    """In code points of their own texts."""
    ends: Array
    owner: Array
    """The text of each."""
    keys: Array
    """A hash of its words (`plain_sentence`), uint64."""
    long: Array
    """Whether it is long enough to count."""


def sentences_in(texts: Iterable[str], also: Callable[[TextsRead], None] | None = None) -> Sentences:
    """The sentences of all `texts`, which are read one after the other and let go; `also` gets each part that is read."""
    parts = []
    for one in read(texts):
        parts.append((one.starts + one.shift, one.ends + one.shift, one.owner, *_keys(one)))
        if also is not None:
            also(one)
    if not parts:
        none = np.zeros(0, np.int64)
        return Sentences(none, none, none, none.astype(np.uint64), none.astype(bool))
    return Sentences(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _keys(held: TextsRead) -> tuple[Array, Array]:
    """A hash of the words of each sentence in lower case, and whether they are long enough with a space between two words."""
    kinds, starts, ends = held.kinds, held.starts, held.ends
    lower = held.text.lower()
    codes = codes_of(lower)
    starts, ends = lowered_places(held.text, codes, starts, ends)
    if len(lower) != len(held.text):
        kinds = kinds_of(lower)
    begun, ended = runs_of(kinds[:-1] & WORD != 0)
    words = hashes_of(codes, begun, ended)
    words = (words ^ words >> np.uint64(32)) * np.uint64(MIXER)  # or letters of two words might change places
    first, after = np.searchsorted(begun, starts), np.searchsorted(begun, ends)
    sizes = np.cumsum(np.concatenate([[0], ended - begun + 1]))
    return hashes_of(words, first, after), sizes[after] - sizes[first] > SHORTEST


def same_in_pairs(
    held: Sentences, pairs: Sequence[tuple[int, int]], boilerplate: Collection[str] = ()
) -> list[tuple[Passage, ...]]:
    """For each of `pairs` of the texts the sentences that are in both, in the order of the first, neighbours joined.

    Those of `boilerplate` (as `plain_sentence` gives them) are marked as such. Always whole sentences.
    """
    found: list[list[Passage]] = [[] for _ in pairs]
    pair, mine, theirs = _met(held, pairs)
    common = among(held.keys[mine], sentences_in(boilerplate).keys if boilerplate else ())
    joined = (np.diff(pair) == 0) & (np.diff(mine) == 1) & (np.diff(theirs) == 1) & ~np.diff(common)
    heads = np.flatnonzero(np.concatenate([[True], ~joined]))[: len(pair)]
    tails = np.concatenate([heads[1:], [len(pair)]])[: len(heads)] - 1
    columns = (
        pair[heads],
        common[heads],
        *(places[rows[at]] for rows in (mine, theirs) for places, at in ((held.starts, heads), (held.ends, tails))),
    )
    for number, shared, *spans in zip(*(column.tolist() for column in columns), strict=True):
        own = found[number]
        if len(own) < MOST:
            kind: PassageKind = "boilerplate" if shared else "same_text"
            own.append(Passage(Span(*spans[:2]), Span(*spans[2:]), kind, 1.0))
    return [tuple(own) for own in found]


def _met(held: Sentences, pairs: Sequence[tuple[int, int]]) -> tuple[Array, Array, Array]:
    """Pair, and numbers of the sentences, of all sentences that stand in both: what stands there several times, one by one."""
    rows = np.flatnonzero(held.long)
    owner, keys = held.owner[rows], held.keys[rows]
    order = np.lexsort((keys, owner))
    rows, owner, keys = rows[order], owner[order], keys[order]
    again = np.zeros(len(rows), bool)
    again[1:] = (owner[1:] == owner[:-1]) & (keys[1:] == keys[:-1])
    heads = np.flatnonzero(~again)
    times = np.arange(len(rows)) - np.repeat(heads, np.diff(np.concatenate([heads, [len(rows)]])))
    distinct, number = np.unique(keys + times.astype(np.uint64) * np.uint64(MULTIPLIER), return_inverse=True)
    width = len(distinct)
    codes = owner * width + number
    order = np.argsort(codes)
    rows, owner, number, codes = rows[order], owner[order], number[order], codes[order]
    one, other = np.array(pairs, np.int64).reshape(-1, 2).T
    first, after = np.searchsorted(owner, one), np.searchsorted(owner, one, side="right")
    sizes = after - first
    pair = np.repeat(np.arange(len(pairs)), sizes)
    mine = ranges(first, sizes)
    wanted = other[pair] * width + number[mine]
    theirs, there = found_in(codes, wanted)
    both = np.flatnonzero(there)
    pair, mine, theirs = pair[both], rows[mine[both]], rows[theirs[both]]
    order = np.lexsort((mine, pair))
    return pair[order], mine[order], theirs[order]


def plain_sentence(sentence: str) -> str:
    """The words of a sentence in lower case, one space between them: what two sentences are compared by."""
    return " ".join(WORDS.findall(sentence.lower()))
