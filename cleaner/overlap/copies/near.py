"""Copies: near-duplicates by Jaccard, and texts contained in others; candidates by sketches, every pair verified.

The sketch of a text is its PROBES smallest keys: a sample without bias (Broder 1997, "min-wise" in one permutation). A
probe is looked up in *all* keys of every other text, not only in their sketches: that finds a short text inside a long
one, where sketches of both sides have next to nothing in common. Time and memory grow with the sum of the keys.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, islice, pairwise
from operator import ge, itemgetter, sub
from typing import NamedTuple, TypeVar

import numpy as np

from cleaner.arrays import Array, Lookup, heads_of, places_in, ranges, without_repeats
from cleaner.memory import cached
from cleaner.overlap.documents.keys import Keys
from cleaner.overlap.grouping import in_groups

PROBES = 24
"""Keys in a sketch: measured recall of all pairs from J .5 on is 100 %."""
MISSED = 4e-5
"""Chance that a pair on the very border of being copies is not compared, since too few keys of a sketch are in the other text: of
24 there must be 10 where the texts must share .8 of the smaller, 6 where two thirds. In a folder of 100 MB 139,000 pairs share 7,
57,000 as many as they must, and 5,900 are copies, of which none is missed; with 1e-5 and 1e-6 there are 73,000 and 98,000."""
SAMPLE = 128
"""Keys of the smaller text of such a pair, of which all are looked for in the larger one by their upper bits. In 1,000 MB 422,000
pairs are copies; 730,000 are left to be compared, 1,460,000 with 64 keys, 480,000 with 256. Of 5,800 copies none is lost by any."""
LOOSE = 7
"""Keys of a sketch that must be in the other text where every copy is of interest: about a quarter."""
FILTER = 20
"""Bits of a key by which most keys that nobody asks for are passed over."""
BUCKET, FEWEST_MET = 100, 8
"""Texts that one key pairs all with all at the most. Where more have it, such as a licence or a quotation, each that asks for it
meets the next larger ones, so many that there are BUCKET² meetings, and FEWEST_MET at least: copies have about one size. Of 457
copies among 100 to 300 texts that share a passage none is missed; 119 were when each met the first eight that have the key. The
note in the answer says how many keys were cut short."""
TOGETHER = 1 << 18
"""Keys that are looked up at once: 2 MB, which stay in the processor's cache."""
MET = 5
"""Keys that two texts must meet in, also where the rest of what copies share may be keys that the one is cut short in. Where keys
are cut from 32 texts on instead of 100, 400 MB have .8 million candidates if such keys count for nothing, 1.4 with five, 2.9
with three, 8.1 with one. Of 229 copies planted among texts with one passage none is missed with five, and none of 1,437 texts is
left without its copies, as 361 of 838 are where such keys count for nothing."""
EXPANDED = 1 << 18
"""Meetings of two texts in a key that are held at once: 2 MB an array."""
SIEVE = 16
"""Upper bits of a key, a table of 64 KB, by which most keys that a text lacks are passed over."""

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


class Limits(NamedTuple):
    """Which pairs of texts, by number, are copies."""

    sizes: Array
    """Keys of each text."""
    loose: Array
    """Of each text whether any likeness to another is of interest."""
    near: float
    """Jaccard from which two texts are copies."""
    contained: float
    """The same for the share of the smaller text's keys that the other has."""

    def least(self, one: Array, other: Array) -> Array:
        """Keys that two texts share at least which are copies; one where one of them is loose."""
        first, second = self.sizes[one].astype(np.int64), self.sizes[other].astype(np.int64)
        share = np.minimum(self.contained * np.minimum(first, second), self.near * (first + second) / (1 + self.near))
        return np.where(self.loose[one] | self.loose[other], 1, np.maximum(1, share.astype(np.int64)))

    def fewest(self, one: Array, other: Array, drawn: int) -> Array:
        """How many of so many smallest keys of `one`, the smaller text, `other` has at least if they are copies, but for MISSED.

        These keys are a sample without replacement, which strays less than one with replacement (Hoeffding 1963).
        """
        least, size = self.least(one, other), np.maximum(1, self.sizes[one].astype(np.int64))
        sampled = np.where(size > drawn, _fewest(drawn)[np.minimum(100, least * 100 // size)], least)
        loose = np.minimum(LOOSE, np.maximum(1, np.minimum(drawn, size) // 2))
        return np.where(self.loose[one] | self.loose[other], loose, sampled)


@cached
def _fewest(drawn: int) -> Array:
    """Of so many keys drawn, by the percentage of those that another text has, how many it has at least but for MISSED."""

    def fewest(share: float) -> int:
        chance, few = 0.0, 0
        while few < drawn:
            chance += math.comb(drawn, few) * share**few * (1 - share) ** (drawn - few)
            if chance > MISSED:
                break
            few += 1
        return max(1, few)

    return np.array([fewest(percent / 100) for percent in range(101)])


def sketch(keys: Keys) -> Keys:
    """The smallest keys of a text: what is sent around when documents are spread over machines."""
    return keys[:PROBES].copy()  # a view would hold all keys


def asked_keys(probes: Iterable[Keys]) -> Keys:
    """All keys of all sketches, sorted and distinct: what every text is searched for."""
    held = list(probes)
    return without_repeats(np.sort(np.concatenate(held))) if held else np.zeros(0, np.uint64)


def hits_in(keys: Iterable[Keys], asked: Keys) -> Iterator[Array]:
    """Places in `asked` of the keys that each text holds, ascending int32: small, and many texts at a time."""
    if not len(asked):
        yield from (np.zeros(0, np.int32) for _ in keys)
        return
    wanted, lookup = np.zeros(1 << FILTER, bool), Lookup(asked)
    wanted[_upper(asked, FILTER)] = True
    for group in in_groups(keys, TOGETHER):
        joined = np.concatenate(group)
        rows = np.flatnonzero(wanted[_upper(joined, FILTER)])
        places, held = lookup.places(joined[rows])
        rows, places = rows[held], places[held]
        cuts = np.searchsorted(rows, np.cumsum([0, *map(len, group)])).tolist()
        for first, after in pairwise(cuts):
            yield places[first:after]


def _upper(keys: Keys, bits: int) -> Array:
    """The upper `bits` of each key, as places in a table."""
    return (keys >> np.uint64(64 - bits)).view(np.int64)


def candidate_pairs(keys_of: Callable[[int], Keys], limits: Limits) -> tuple[Array, int]:
    """Pairs worth comparing, as `pairs_of_hits` gives them, and how many probes were in more than BUCKET texts.

    `keys_of` reads the keys of a text, by number; it is asked three times at the most, and none is kept but a sample.
    """
    probes: list[Keys] = []

    def read() -> Iterator[Keys]:
        for own in map(keys_of, range(len(limits.sizes))):
            probes.append(sketch(own))
            yield own

    samples = samples_of(read(), len(limits.sizes))
    asked = asked_keys(probes)
    pairs, common = pairs_of_hits(asked, probes, list(hits_in(map(keys_of, range(len(probes))), asked)), limits)
    return pairs[are_likely(pairs, samples, keys_of, limits)], common


def samples_of(keys: Iterable[Keys], count: int) -> Array:
    """Upper bits of the SAMPLE smallest keys of each of so many texts, a row each, uint16; behind those of a shorter text zeros."""
    samples = np.zeros((count, SAMPLE), np.uint16)
    for row, own in zip(samples, keys, strict=True):
        row[: len(own)] = _upper(own[:SAMPLE], SIEVE)
    return samples


def are_likely(pairs: Array, samples: Array, keys_of: Callable[[int], Keys], limits: Limits) -> Array:
    """Of each of `pairs` whether the larger text may have as many keys of the smaller one's sample as copies share.

    `samples` are those of all texts. The keys of each larger text are read once.
    """
    large, small = numbers_of(pairs)
    table, heads = np.zeros(1 << SIEVE, bool), heads_of(large)
    found = [np.zeros(0, np.int64)]
    for first, after in pairwise([*heads.tolist(), len(large)]):
        upper = _upper(keys_of(int(large[first])), SIEVE)
        table[upper] = True
        found.append(np.count_nonzero(table[samples[small[first:after]]], axis=1))
        table[upper] = False
    likely: Array = np.concatenate(found) >= limits.fewest(small, large, SAMPLE)
    return likely


def pairs_of_hits(asked: Keys, probes: Sequence[Keys], hits: Sequence[Array], limits: Limits) -> tuple[Array, int]:
    """`candidate_pairs` from the sketches of all texts, and what `hits_in` found in each.

    A pair is (number of the larger text << 32 | number of the smaller), uint64, sorted. Of two texts the smaller one asks: a long
    text has few of its probes in an excerpt. One that has no probes is asked about.
    """
    if len(probes) < 2:
        return np.zeros(0, np.uint64), 0
    asking = np.searchsorted(asked, np.concatenate(probes))
    asks = np.array([len(own) for own in probes], np.int64)
    asker = np.repeat(np.arange(len(probes)), asks)
    by_size = np.lexsort((-np.arange(len(probes)), limits.sizes, asks == 0))
    rank = np.empty(len(probes), np.uint64)
    rank[by_size] = np.arange(len(probes), dtype=np.uint64)
    holder = np.concatenate(hits).astype(np.uint64) << np.uint64(32)
    ends = np.cumsum(np.bincount((holder >> np.uint64(32)).view(np.int64), minlength=len(asked)))
    holder |= np.repeat(rank, [len(own) for own in hits])
    holder.sort()  # sorting these is faster than finding their order
    several = np.flatnonzero(np.diff(ends, prepend=0)[asking] > 1)
    asking, asker = asking[several], asker[several]
    first = np.searchsorted(holder, asking.astype(np.uint64) << np.uint64(32) | rank[asker]) + 1
    holders: Array = by_size[(holder & np.uint64(0xFFFFFFFF)).view(np.int64)]
    first, met, common = met_by(asking, first, ends[asking])
    found = [enough(codes, numbers, limits) for codes, numbers in meetings(asker, first, met, holders)]
    return np.sort(np.concatenate([np.zeros(0, np.uint64), *found])), common


def met_by(keys: Array, first: Array, after: Array) -> tuple[Array, Array, int]:
    """From which holder on each asker meets how many by a key, and how many keys are cut short.

    `keys` are the places of the keys, one for each asker; the larger texts that have it stand from `first` to `after`, behind the
    asker. By a key that is cut short an asker meets itself, too.
    """
    askers, behind = np.bincount(keys)[keys], after - first
    met = np.minimum(behind, np.maximum(FEWEST_MET, BUCKET**2 // askers))
    short = met < behind
    return first - short, met + short, len(np.unique(keys[short]))


def meetings(asker: Array, first: Array, counts: Array, holders: Array) -> Iterator[tuple[Array, Array]]:
    """Codes (asker << 32 | holder), sorted, and how often each pair meets; of every asker all at once, of some at a time.

    By each of its probes an `asker` (ascending) meets so many of `holders` from `first` on.
    """
    ends = np.flatnonzero(np.append(asker[1:] != asker[:-1], True))[: len(asker)] + 1  # behind the keys of each asker
    met = np.append(0, np.cumsum(counts))
    at = start = 0
    while at < len(ends):
        at = max(at + 1, int(np.searchsorted(met[ends], met[start] + EXPANDED, side="right")))
        stop = int(ends[at - 1])
        own = counts[start:stop]
        codes = np.repeat(asker[start:stop].astype(np.uint64) << np.uint64(32), own)
        codes |= holders[ranges(first[start:stop], own)].astype(np.uint64)
        codes.sort()
        heads = heads_of(codes)
        yield codes[heads], np.diff(heads, append=len(codes)).astype(np.uint8)  # PROBES at the most
        start = stop


def enough(codes: Array, numbers: Array, limits: Limits) -> Array:
    """Those of `codes` (asker << 32 | holder) whose texts meet often enough, as `pairs_of_hits` gives them.

    Probes in which the asker is cut short, so that it meets itself, may all be in the other text as well; MET are to be met
    all the same.
    """
    one, other = numbers_of(codes)
    itself, rows = np.flatnonzero(one == other), np.flatnonzero(one != other)
    askers, short = np.append(one[itself], np.iinfo(np.int64).max), np.append(numbers[itself].astype(np.int64), 0)
    one, other, numbers = one[rows], other[rows], numbers[rows]
    place = askers.searchsorted(one)
    unmet = np.where(askers[place] == one, short[place], 0)
    fewest = limits.fewest(one, other, PROBES)
    rows = np.flatnonzero(numbers >= np.maximum(fewest - unmet, np.minimum(fewest, MET)))
    one, other = one[rows], other[rows]
    mine, theirs = limits.sizes[one], limits.sizes[other]
    swap = (mine > theirs) | ((mine == theirs) & (one < other))
    large, small = np.where(swap, one, other), np.where(swap, other, one)
    return np.asarray(large, np.uint64) << np.uint64(32) | np.asarray(small, np.uint64)


def numbers_of(pairs: Array) -> tuple[Array, Array]:
    """The two numbers of each of `pairs`, of which one stands in the upper and one in the lower 32 bits."""
    return (pairs >> np.uint64(32)).view(np.int64), (pairs & np.uint64(0xFFFFFFFF)).view(np.int64)


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
    return [shared for shared, _ in _compared(pairs, keys_of)]


def shares_of(pairs: Iterable[tuple[Name, Name]], keys_of: Callable[[Name], Keys]) -> list[float]:
    """Of each pair the share of the smaller text's keys that the other has."""
    return [shared / max(1, size) for shared, size in _compared(((a, b, 1) for a, b in pairs), keys_of)]


def _compared(pairs: Iterable[tuple[Name, Name, int]], keys_of: Callable[[Name], Keys]) -> Iterator[tuple[int, int]]:
    """Of each pair what `shared_at_least` gives, and how many keys the smaller text has."""
    table = np.zeros(1 << SIEVE, bool)
    for name, group in groupby(pairs, key=itemgetter(0)):
        own = keys_of(name)
        rows = [(keys_of(other), least) for _, other, least in group]
        leasts = iter([least for _, least in rows])
        for part in in_groups([keys for keys, _ in rows], TOGETHER):
            sizes = [min(len(own), len(keys)) for keys in part]
            yield from zip(_shared(own, part, list(islice(leasts, len(part))), table), sizes, strict=True)


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
        held = table.take(_upper(keys, SIEVE)).nonzero()[0]
        table[upper] = False
        cuts = held.searchsorted(ends).tolist()
        shared = list(map(sub, cuts[1:], cuts))
        if any(map(ge, shared, leasts)):
            found = keys[held]
            places = places_in(own, found)
            cuts = held[own[places] == found].searchsorted(ends).tolist()
            shared = list(map(sub, cuts[1:], cuts))
    return [both if both >= least else 0 for both, least in zip(shared, leasts, strict=True)]
