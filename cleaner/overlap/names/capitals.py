"""Words that may be names, of many texts at once: those with capitals, and those of scripts that have none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, found_in, heads_of
from cleaner.memory import cached
from cleaner.overlap.names.caseless import Words
from cleaner.overlap.words.tokens import Tokens, cut_out, in_order

SHOUTING = 0.65
"""Share of capitalised words from which a text's capitals say nothing: headlines have nine in ten; a line that names a film's
hero, actor and director has up to six."""

HYPHEN, JOINING = 0x2D, 0x9E3779B1
"""The hyphen; the factor on the hash of what stands behind it."""


class Names(NamedTuple):
    """Words that may be names: written with a capital, or in a script that has none. Parallel arrays."""

    joined: bytes
    """The words as UTF-8, one a line."""
    counts: Array
    hashes: Array
    """32 bits of the hash of the word in lower case; 0 in scripts without capitals."""
    inside: Array
    """Whether it was capitalised inside a sentence, which says that it is a name."""

    @property
    def texts(self) -> list[str]:
        """The words."""
        return self.joined.decode().split("\n") if len(self.counts) else []


@cached
def no_names() -> Names:
    """Those of a text that has none."""
    none = np.zeros(0, np.uint32)
    return Names(b"", none, none, none.astype(bool))


def chosen(which: Array, borders: Array) -> tuple[Array, Array]:
    """The places where `which` is true, and how many of them stand before each of `borders`."""
    places = np.flatnonzero(which)
    return places, np.searchsorted(places, borders)


def names_of(tokens: Tokens, lowered: Array, low_cuts: Sequence[int]) -> list[Names]:
    """The capitalised words of each text, except those that it also writes small and capitalises only once.

    A name like Ki-taek stands there as well as Ki: of 819 pairs of our own tellings 8 more are found by it, none wrongly.
    """
    count = len(tokens.borders) - 1
    inner = ~tokens.first
    capital = np.flatnonzero(tokens.upper & (tokens.ends - tokens.starts > 1))
    if not len(capital):
        return [no_names()] * count
    stops, halves = tokens.ends[capital], tokens.halves[capital]
    whole = _hyphenated(tokens, capital)
    stops = np.concatenate([stops, tokens.ends[whole + 1]])
    halves = np.concatenate([halves, tokens.halves[whole] ^ tokens.halves[whole + 1] * np.uint32(JOINING)])
    capital = np.concatenate([capital, whole])
    edges = np.asarray(tokens.borders)
    others, capitals = (chosen(own, edges)[1] for own in (tokens.first, inner & tokens.upper))
    loud = np.diff(capitals) > SHOUTING * np.diff(edges - others)
    owner = np.searchsorted(edges, capital, side="right").astype(np.uint64) - np.uint64(1)
    codes, order = in_order(owner << np.uint64(32) | halves)
    order, stops = capital[order], stops[order]
    heads = heads_of(codes)
    counts = np.diff(np.concatenate([heads, [len(order)]])).astype(np.uint32)
    inside = np.add.reduceat(inner[order].astype(np.int32), heads)
    own = codes[heads]
    keep = np.arange(len(own))
    if len(lowered):
        low = np.repeat(np.arange(count, dtype=np.uint64) << np.uint64(32), np.diff(low_cuts)) | lowered
        keep = np.flatnonzero(~found_in(low, own)[1] | (inside > 1))
    texts = (own[keep] >> np.uint64(32)).astype(np.int64)
    inside = (inside[keep] > 0) & ~loud[texts]
    first = heads[keep]
    written, ends = cut_out(np.frombuffer(tokens.data, np.uint8), tokens.starts[order[first]], stops[first])
    hashes, counts = own[keep].astype(np.uint32), counts[keep]
    cuts = np.searchsorted(texts, np.arange(count + 1))
    rows = zip(pairwise(cuts.tolist()), pairwise(ends[cuts].tolist()), strict=True)
    return [
        Names(written[start : max(start, end - 1)], counts[one:other], hashes[one:other], inside[one:other])
        for (one, other), (start, end) in rows
    ]


def _hyphenated(tokens: Tokens, capital: Array) -> Array:
    """Those of the `capital` words that a hyphen joins to a small word: names that Hangul writes in one (Ki-taek, 기택)."""
    behind = capital[capital + 1 < len(tokens.starts)]
    behind = behind[tokens.starts[behind + 1] == tokens.ends[behind] + 1]
    octets = np.frombuffer(tokens.data, np.uint8)
    return behind[
        (octets[tokens.ends[behind]] == HYPHEN) & ~tokens.upper[behind + 1] & (tokens.lead[behind + 1] > 0x39)
    ]


def with_caseless(names: Names, words: Words) -> Names:
    """`names`, and `words` of scripts without capitals."""
    joined, counts = words
    if not len(counts):
        return names
    return Names(
        b"\n".join((names.joined, joined)) if len(names.counts) else joined,
        np.concatenate([names.counts, counts]),
        np.concatenate([names.hashes, np.zeros(len(counts), np.uint32)]),
        np.concatenate([names.inside, np.ones(len(counts), bool)]),
    )
