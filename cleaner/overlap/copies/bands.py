"""Candidates of copies when the keys of all documents are more than memory holds: the same pairs as `cleaner.overlap.copies.near`.

Four steps, each made of independent tasks on files; no task holds more than its part, and whoever hands them out only the pairs
that are left in the end.

1. `write_part`: the keys of some documents, sorted, in one file. A band are the keys that end in the same bits; its rows stand
   together. Keys that cannot be in any sketch are dropped first, by a bit table that all sketches have set (`AskedTable`).
2. `join_band`: the rows of one band from all parts, sorted by key; each sketch's key meets the larger documents that hold it.
3. `count_shards`: what the bands have found for some of the asking documents, added up; pairs with enough hits are left.
4. The samples of the pairs whose larger document is one of a part are looked for in its keys (`near.are_likely`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.arrays import Array, heads_of, ranges
from cleaner.overlap.copies.near import (
    PROBES,
    SAMPLE,
    Limits,
    are_likely,
    enough,
    meetings,
    met_by,
    samples_of,
    sketch,
)
from cleaner.overlap.documents.keys import Keys
from cleaner.overlap.tables import column_data, save_table, store
from cleaner.overlap.words.tokens import summed

SHARD = 1 << 6
"""Asking documents whose hits stand together in the file of a band: each meets up to 2,400 others."""
HITS = 1 << 18
"""Hits that are read and added up at once, if these are not of one shard: that takes some 60 bytes a hit, 16 MB."""
SAMPLED = 1 << 14
"""Pairs of which samples are looked up at once, of 1,280 bytes each; a document has 256, which are mapped."""
BITS_A_KEY = 8
"""Size of the bit table for each key of a sketch: one key in eight that nobody asks for slips through."""

TABLE, SIZES, LOOSE, SAMPLES = "asked.npy", "sizes.npy", "loose.npy", "samples"
RANKS, BY_SIZE = "ranks.npy", "by_size.npy"
"""Files that the tasks share: the bit table, what `Limits` says of each document, a sample of its keys, its place in the order of
sizes, and this order."""

KeysOf = Callable[[], Sequence[Keys]]
"""Reads the keys of some documents."""
Doing = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""Does a function for many items, perhaps in other processes, and gives the results in order."""


class AskedTable:
    """Which keys may be in a sketch: one bit for each value of a key's lower bits. Never says no wrongly."""

    __slots__ = ("_bits", "_mask")

    def __init__(self, documents: int, bits: Array | None = None) -> None:
        size = 1 << max(16, (documents * PROBES * BITS_A_KEY - 1).bit_length())
        self._mask = np.uint64(size - 1)
        self._bits: Array = np.zeros(size // 8, np.uint8) if bits is None else bits

    @property
    def bits(self) -> Array:
        """The table itself, for a file that all workers map into memory."""
        return self._bits

    def add(self, keys: Keys) -> None:
        """Notes the keys of sketches."""
        places = np.sort(keys & self._mask)
        cells = places >> np.uint64(3)
        values = np.uint8(1) << (places & np.uint64(7)).astype(np.uint8)
        if len(cells):
            heads = heads_of(cells)
            self._bits[cells[heads]] |= np.bitwise_or.reduceat(values, heads)

    def may_hold(self, keys: Keys) -> Array:
        """For each of `keys` whether a sketch may have it."""
        places = keys & self._mask
        return (self._bits[places >> np.uint64(3)] >> (places & np.uint64(7)).astype(np.uint8)) & np.uint8(1) != 0


def _files(folder: Path, kind: str, number: int) -> Path:
    return folder / f"{kind}{number:06d}"


def _save(place: Path, cuts: Array, *columns: Iterable[Array]) -> None:
    """Columns of one length, in pieces, cut at `cuts`; each in a file of its own, so that a slice is read without the rest.

    They are written one after the other, and then `cuts`: both may be made meanwhile.
    """
    for number, column in enumerate(columns):
        store(Path(f"{place}.{number}"), map(column_data, column))
    store(Path(f"{place}.cuts"), [column_data(np.asarray(cuts, np.int64))])


def _cuts(place: Path, number: int = 0, count: int = -1) -> Array:
    """Where so many slices of the columns at `place` begin, from slice `number` on; -1: all, and where the last one ends."""
    return np.fromfile(f"{place}.cuts", np.int64, count, offset=8 * number)


def _joined(places: Iterable[Path], slices: Iterable[Sequence[int]], kinds: Sequence[Any]) -> list[Array]:
    """The columns of all `places`, which are of these `kinds`, joined: of each what is from where to where in its slice."""
    parts: list[list[Array]] = [[np.zeros(0, kind)] for kind in kinds]
    for place, (first, after) in zip(places, slices, strict=True):
        for column, kind in enumerate(kinds if after > first else ()):
            start = first * np.dtype(kind).itemsize
            parts[column].append(np.fromfile(f"{place}.{column}", kind, after - first, offset=start))
    return [np.concatenate(part) for part in parts]


def save_order(folder: Path, sizes: Array) -> None:
    """Writes which documents have more keys than which, of as many the earlier one; fewer than two billion."""
    by_size = np.lexsort((-np.arange(len(sizes)), sizes)).astype(np.uint32)
    ranks = np.empty(len(sizes), np.uint32)
    ranks[by_size] = np.arange(len(sizes), dtype=np.uint32)
    save_table(folder / BY_SIZE, by_size)
    save_table(folder / RANKS, ranks)


def write_part(folder: Path, part: int, first: int, keys: Sequence[Keys], bands: int, asked: AskedTable) -> None:
    """Writes the keys of the documents `first`, `first + 1` …; `bands` is a power of two.

    Beside each key stands the rank of its document, times two, and one more where the key is of its sketch.
    """
    lengths = np.array([len(own) for own in keys])
    joined = np.concatenate(keys)
    probes = np.zeros(len(joined), bool)
    probes[ranges(np.cumsum(lengths) - lengths, np.minimum(lengths, PROBES))] = True
    keep = np.flatnonzero(probes | asked.may_hold(joined))
    signs = np.load(folder / RANKS, mmap_mode="r")[first : first + len(keys)] << np.uint32(1)
    signs = np.repeat(signs, lengths)[keep] | probes[keep]
    joined = joined[keep]
    if bands > 1:  # sketches hold small keys: their last bits are spread evenly, so these are put in front
        bits = np.uint64((bands - 1).bit_length())
        joined = joined << (np.uint64(64) - bits) | joined >> bits
    order = np.argsort(joined)
    joined = joined[order]
    borders = np.arange(bands, dtype=np.uint64) << np.uint64(64 - (bands - 1).bit_length()) if bands > 1 else [0]
    cuts = np.append(np.searchsorted(joined, np.asarray(borders, np.uint64)), len(joined))
    _save(_files(folder, "part", part), cuts, [joined], [signs[order]])


def join_band(folder: Path, band: int, parts: int, documents: int) -> int:
    """Pairs of an asking document and a larger one that holds a key of its sketch, with the number of such keys in this band.

    Returns how many keys of sketches are cut short, as `near.met_by` says.
    """
    places = [_files(folder, "part", part) for part in range(parts)]
    slices = (_cuts(place, band, 2).tolist() for place in places)
    keys, signs = _joined(places, slices, (np.uint64, np.uint32))
    order = np.argsort(keys)
    keys = keys[order]
    sizes = np.diff(heads_of(keys), append=len(keys))
    signs = signs[order[np.repeat(sizes > 1, sizes)]]  # what one document has alone, nobody meets
    sizes = sizes[sizes > 1]
    rows = np.repeat(np.arange(len(sizes), dtype=np.uint64) << np.uint64(32), sizes) | signs
    rows.sort()
    holders = np.load(folder / BY_SIZE, mmap_mode="r")[(rows & np.uint64(0xFFFFFFFF)) >> np.uint64(1)]
    asking = np.flatnonzero(rows & np.uint64(1))
    group = (rows[asking] >> np.uint64(32)).view(np.int64)
    first, met, common = met_by(group, asking + 1, np.cumsum(sizes)[group])
    asker = holders[asking]
    wanted = np.flatnonzero(met)
    wanted = wanted[np.argsort(asker[wanted], kind="stable")]
    borders = np.arange(-(-documents // SHARD) + 1, dtype=np.uint64) * np.uint64(SHARD) << np.uint64(32)
    cuts, numbers = np.zeros(len(borders), np.int64), list[Array]()

    def codes() -> Iterator[Array]:
        for own, often in meetings(asker[wanted], first[wanted], met[wanted], holders):
            np.add(cuts, np.searchsorted(own, borders), out=cuts)
            numbers.append(often)
            yield own

    _save(_files(folder, "band", band), cuts, codes(), numbers)
    return common


def count_shards(folder: Path, shards: range, bands: int, limits: Limits) -> Iterator[Array]:
    """Pairs of the asking documents of `shards` that share enough, as `near.pairs_of_hits` gives them; of some at a time."""
    places = [_files(folder, "band", band) for band in range(bands)]
    cuts = np.array([_cuts(place, shards.start, len(shards) + 1) for place in places])
    ends, at = cuts.sum(axis=0), 0
    while at < len(shards):
        after = int(np.searchsorted(ends, ends[at] + HITS, side="right")) - 1
        after = min(len(shards), max(at + 1, after))
        codes, numbers = _joined(places, cuts[:, [at, after]].tolist(), (np.uint64, np.uint8))
        # Codes counted from there on are short enough to be sorted with their places.
        first = np.uint64((shards.start + at) * SHARD << 32)
        codes, times = summed(codes - first, numbers.astype(np.uint32))
        yield enough(codes + first, times, limits)
        at = after


def candidate_pairs_on_disk(
    folder: Path, parts: Sequence[KeysOf], limits: Limits, *, bands: int = 16, doing: Doing = map
) -> tuple[Iterable[Array], int]:
    """As `cleaner.overlap.copies.near.candidate_pairs`, by way of files in the empty `folder`; the pairs come as they are found.

    `parts` read the keys of some documents each, in order; each is asked three times. `doing` does the tasks: they can
    be sent to other processes that see `folder`, if the parts can.
    """
    count = len(limits.sizes)
    if count < 2:
        return (), 0
    starts = _asked(folder, parts, limits, doing)
    write = partial(_written, folder=folder, documents=count, bands=bands)
    for _ in doing(write, zip(range(len(parts)), starts, parts, strict=False)):
        continue
    common = sum(doing(partial(join_band, folder, parts=len(parts), documents=count), range(bands)))
    borders = limits.near, limits.contained
    cuts = np.array(starts, np.uint64) << np.uint64(32)
    for _ in doing(partial(_counted, folder=folder, bands=bands, borders=borders, cuts=cuts), range(bands)):
        continue
    handed = zip(range(len(parts)), starts, parts, strict=False)
    return doing(partial(_likely, folder=folder, bands=bands, borders=borders), handed), common


def _asked(folder: Path, parts: Sequence[KeysOf], limits: Limits, doing: Doing) -> list[int]:
    """Writes what the tasks share, and gives the first document of each part; behind them how many there are."""
    asked, starts = AskedTable(len(limits.sizes)), [0]

    def sampled() -> Iterator[memoryview]:
        for probes, samples in doing(_sketched, parts):
            starts.append(starts[-1] + len(samples))
            asked.add(probes)
            yield column_data(samples)

    store(folder / SAMPLES, sampled())
    for name, table in ((TABLE, asked.bits), (SIZES, limits.sizes), (LOOSE, limits.loose)):
        save_table(folder / name, table)
    save_order(folder, limits.sizes)
    return starts


def _sketched(part: KeysOf) -> tuple[Keys, Array]:
    """The keys of all sketches of a part, and its samples."""
    keys = part()
    return np.concatenate([sketch(own) for own in keys]), samples_of(keys, len(keys))


def _limits(folder: Path, borders: tuple[float, float]) -> Limits:
    sizes, loose = (np.load(folder / name, mmap_mode="r") for name in (SIZES, LOOSE))
    return Limits(sizes, loose, *borders)


def _written(handed: tuple[int, int, KeysOf], *, folder: Path, documents: int, bands: int) -> None:
    number, first, part = handed
    asked = AskedTable(documents, np.load(folder / TABLE, mmap_mode="r"))
    write_part(folder, number, first, part(), bands, asked)


def _counted(group: int, *, folder: Path, bands: int, borders: tuple[float, float], cuts: Array) -> None:
    """Writes the pairs of one of `bands` groups of shards, sorted, cut where the larger document is one of the next part."""
    limits = _limits(folder, borders)
    shards = -(-len(limits.sizes) // SHARD)
    own = range(group * shards // bands, (group + 1) * shards // bands)
    pairs = np.concatenate([np.zeros(0, np.uint64), *count_shards(folder, own, bands, limits)])
    pairs.sort()
    _save(_files(folder, "pairs", group), np.searchsorted(pairs, cuts), [pairs])


def _likely(handed: tuple[int, int, KeysOf], *, folder: Path, bands: int, borders: tuple[float, float]) -> Array:
    """The pairs whose larger document is one of a part, if they are likely by their samples; sorted."""
    number, first, part = handed
    places = [_files(folder, "pairs", group) for group in range(bands)]
    (pairs,) = _joined(places, (_cuts(place, number, 2).tolist() for place in places), [np.uint64])
    if not len(pairs):
        return pairs
    pairs.sort()
    keys, limits = part(), _limits(folder, borders)
    likely = []
    for at in range(0, len(pairs), SAMPLED):
        # Mapped anew each time, so that few pages are held.
        samples = np.asarray(np.memmap(folder / SAMPLES, np.uint16, "r")).reshape(-1, SAMPLE)
        likely.append(are_likely(pairs[at : at + SAMPLED], samples, lambda number: keys[number - first], limits))
    return pairs[np.concatenate(likely)]
