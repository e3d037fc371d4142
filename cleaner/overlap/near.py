"""Copies: near-duplicates by Jaccard, and texts contained in others; candidates by sketches, every pair verified.

The sketch of a text is its PROBES smallest keys: a sample without bias (Broder 1997, "min-wise" in one permutation). A
probe is looked up in *all* keys of every other text, not only in their sketches: that finds a short text inside a long
one, where sketches of both sides have next to nothing in common. Time and memory grow with the sum of the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby, islice, pairwise
from operator import ge, itemgetter, sub
from typing import NamedTuple, TypeVar

import numpy as np

from cleaner.arrays import Array, places_in, ranges, without_repeats
from cleaner.overlap.grouping import in_groups
from cleaner.overlap.keys import Keys

PROBES = 24
"""Keys in a sketch. At Jaccard .5 two thirds of a text's keys are in the other: the chance that fewer than HITS of 24
are found is 4e-5, at a containment of .8 1e-8; measured recall of all pairs from J .5 on is 100 %."""
HITS = 7
"""Probes of one text that must be in the other for the pair to be compared: asks for about a quarter in common. With four, three
times as many pairs of a folder of 20 MB are compared, and none more is found."""
FILTER = 20
"""Bits of a key by which most keys that nobody asks for are passed over."""
BUCKET = 100
"""Texts that may share a probe before only the first FIRST of them are paired with the others: licence texts,
quotations. Clusters stay connected, and the note in the answer says how many keys were cut short."""
FIRST = 8
TOGETHER = 1 << 18
"""Keys that are looked up at once: 2 MB, which stay in the processor's cache."""
SIEVE = 16
"""Bits of a key by which most keys that a text lacks are passed over, 64 KB."""

Name = TypeVar("Name")


class Measured(NamedTuple):
    """A pair of texts by number, `a` < `b`, with exact figures of their keys."""

    a: int
    b: int
    jaccard: float
    containment: float
    smaller: int
    """Which of the two has fewer keys."""
    shared: int

    @classmethod
    def of(cls, a: int, b: int, sizes: tuple[int, int], shared: int) -> Measured:
        """The figures of two texts of so many keys, at least one each, that share so many."""
        small = min(sizes)
        return cls(a, b, shared / (sum(sizes) - shared), shared / small, a if sizes[0] <= sizes[1] else b, shared)


def sketch(keys: Keys) -> Keys:
    """The smallest keys of a text: what is sent around when documents are spread over machines."""
    return keys[:PROBES].copy()  # a view would hold all keys


def asked_keys(probes: Iterable[Keys]) -> Keys:
    """All keys of all sketches, sorted and distinct: what every text is searched for."""
    held = list(probes)
    return without_repeats(np.sort(np.concatenate(held))) if held else np.zeros(0, np.uint64)


def hits_in(own: Keys, asked: Keys, wanted: Array | None = None) -> Array:
    """Places in `asked` of the keys that a text holds, ascending int32: small, and one text at a time.

    With `wanted` (`filter_of`) of the same keys it is faster.
    """
    if not len(own) or not len(asked):
        return np.zeros(0, np.int32)
    if len(asked) < len(own):
        places = places_in(own, asked)
        return np.flatnonzero(own[places] == asked).astype(np.int32)
    if wanted is not None:
        own = own[wanted[_upper(own, FILTER)]]
    places = places_in(asked, own)
    return places[asked[places] == own].astype(np.int32)


def all_hits(keys: Iterable[Keys], asked: Keys) -> Iterator[Array]:
    """`hits_in` of each of `keys`, in order, many texts at a time."""
    wanted = filter_of(asked)
    for group in in_groups(keys, TOGETHER):
        if len(group) == 1:
            yield hits_in(group[0], asked, wanted)
            continue
        joined = np.concatenate(group)
        rows = np.flatnonzero(wanted[_upper(joined, FILTER)])
        own = joined[rows]
        places = places_in(asked, own)
        held = asked[places] == own if len(asked) else np.zeros(0, bool)
        rows, places = rows[held], places[held].astype(np.int32)
        cuts = np.searchsorted(rows, np.cumsum([0, *map(len, group)])).tolist()
        for first, after in pairwise(cuts):
            yield places[first:after]


def _upper(keys: Keys, bits: int) -> Array:
    """The upper `bits` of each key, as places in a table."""
    return (keys >> np.uint64(64 - bits)).view(np.int64)


def filter_of(asked: Keys) -> Array:
    """Whether a key with these upper bits is asked for: a table for `hits_in`."""
    wanted = np.zeros(1 << FILTER, bool)
    wanted[_upper(asked, FILTER)] = True
    return wanted


def candidate_pairs(keys: Sequence[Keys], probes: Sequence[Keys]) -> tuple[list[tuple[int, int]], int]:
    """Pairs of numbers worth comparing, sorted, and how many probes were in more than BUCKET texts."""
    asked = asked_keys(probes)
    sizes = [len(own) for own in keys]
    return pairs_of_hits(asked, probes, list(all_hits(keys, asked)), sizes)


def pairs_of_hits(
    asked: Keys, probes: Sequence[Keys], hits: Sequence[Array], sizes: Sequence[int]
) -> tuple[list[tuple[int, int]], int]:
    """`candidate_pairs` from the sketches of all texts, what `hits_in` found in each, and how many keys each has."""
    if len(probes) < 2:
        return [], 0
    asking = np.searchsorted(asked, np.concatenate(probes))
    asker = np.repeat(np.arange(len(probes), dtype=np.int64), [len(own) for own in probes])
    holding = np.concatenate(hits).astype(np.int64)
    holder = np.repeat(np.arange(len(probes), dtype=np.int64), [len(own) for own in hits])
    ends = np.cumsum(np.bincount(holding, minlength=len(asked)))
    holder = np.sort(holding * len(probes) + holder) % len(probes)  # sorting these is faster than finding their order
    after = ends[asking]
    first = np.where(asking > 0, ends[asking - 1], 0)
    common = len(set(asking[after - first > BUCKET].tolist()))
    wanted = after - first > 1
    return _counted(asker[wanted], first[wanted], after[wanted], holder, probes, np.array(sizes)), common


def _counted(
    asker: Array, first: Array, after: Array, holder: Array, probes: Sequence[Keys], lengths: Array
) -> list[tuple[int, int]]:
    """Pairs of an asker and the holders of its probes, that share enough of them.

    Of two texts that both ask the smaller one decides: at Jaccard .5 as at a containment of .8 two thirds of its keys are in
    the other, whereas a long text has few of its probes in an excerpt.
    """
    width = len(probes)
    capped = np.minimum(after, np.where(after - first > BUCKET, first + FIRST, after))
    sizes = capped - first
    others = holder[ranges(first, sizes)]
    askers = np.repeat(asker, sizes)
    codes, counts = np.unique(askers * width + others, return_counts=True)
    asks = np.array([len(own) for own in probes], np.int64)
    needed = np.minimum(HITS, np.maximum(1, asks // 2))
    one, other = codes // width, codes % width
    good = (one != other) & (counts >= needed[one]) & ((lengths[one] <= lengths[other]) | (asks[other] == 0))
    low, high = np.minimum(one[good], other[good]), np.maximum(one[good], other[good])
    return [divmod(code, width) for code in without_repeats(np.sort(low * width + high)).tolist()]


def shared_keys(one: Keys, other: Keys) -> int:
    """How many keys two texts share."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    if not len(small):
        return 0
    places = places_in(large, small)
    return int(np.count_nonzero(large[places] == small))


def shared_at_least(pairs: Iterable[tuple[Name, Name, int]], keys_of: Callable[[Name], Keys]) -> list[int]:
    """How many keys the two of each pair share; 0 where they are fewer than the pair's third member.

    Pairs with the same first name on end are compared at once.
    """
    table = np.zeros(1 << SIEVE, bool)
    counts: list[int] = []
    for name, group in groupby(pairs, key=itemgetter(0)):
        own = keys_of(name)
        rows = [(keys_of(other), least) for _, other, least in group]
        leasts = iter([least for _, least in rows])
        for part in in_groups([keys for keys, _ in rows], TOGETHER):
            counts += _shared(own, part, list(islice(leasts, len(part))), table)
    return counts


def _shared(own: Keys, others: Sequence[Keys], leasts: Sequence[int], table: Array) -> list[int]:
    """How many keys each of `others` shares with `own`; 0 where they are fewer than its part of `leasts`.

    The upper bits of `own`, put into `table`, pass over most of the others' keys, and tell how many are shared at the most.
    """
    keys = np.concatenate(others)
    if len(keys) > TOGETHER or not len(own):  # one large text
        shared = [shared_keys(own, other) for other in others]
    else:
        upper, ends = _upper(own, SIEVE), list(accumulate(map(len, others), initial=0))
        table[upper] = True
        held = np.flatnonzero(table[_upper(keys, SIEVE)])
        table[upper] = False
        cuts = held.searchsorted(ends).tolist()
        shared = list(map(sub, cuts[1:], cuts))
        if any(map(ge, shared, leasts)):
            found = keys[held]
            places = places_in(own, found)
            cuts = held[own[places] == found].searchsorted(ends).tolist()
            shared = list(map(sub, cuts[1:], cuts))
    return [both if both >= least else 0 for both, least in zip(shared, leasts, strict=True)]


def shares_of(pairs: Iterable[tuple[Name, Name]], keys_of: Callable[[Name], Keys]) -> list[float]:
    """Of each pair the share of the smaller text's keys that the other has."""
    held = list(pairs)
    shared = shared_at_least([(a, b, 1) for a, b in held], keys_of)
    return [both / max(1, min(len(keys_of(a)), len(keys_of(b)))) for (a, b), both in zip(held, shared, strict=True)]


def measure(pairs: Iterable[tuple[int, int]], keys: Sequence[Keys] | Mapping[int, Keys]) -> Iterator[Measured]:
    """Exact Jaccard and containment of each pair."""
    for a, b in pairs:
        one, other = keys[a], keys[b]
        if len(one) and len(other):
            yield Measured.of(a, b, (len(one), len(other)), shared_keys(one, other))
