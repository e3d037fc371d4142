"""Candidates of copies when the keys of all documents are more than memory holds: the same pairs as `cleaner.overlap.near`.

Three steps, each made of independent tasks on files; no task holds more than its part.

1. `write_part`: the keys of some documents, sorted, in one file. A band are the keys that end in the same bits; its rows stand
   together. Keys that cannot be in any sketch are dropped first, by a bit table that all sketches have set (`AskedTable`).
2. `join_band`: the rows of one band from all parts, sorted by key; each sketch's key meets all documents that hold it.
3. `count_shard`: what the bands have found for one range of asking documents, added up; pairs with enough hits are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.arrays import Array, heads_of, ranges, without_repeats
from cleaner.overlap.keys import Keys
from cleaner.overlap.near import (
    PROBES,
    SAMPLE,
    Limits,
    are_likely,
    enough,
    meetings,
    met_by,
    numbers_of,
    samples_of,
)
from cleaner.overlap.tables import column_data, save_table, store
from cleaner.overlap.tokens import summed

SHARD = 1 << 10
"""Asking documents whose hits are read in one task: each meets up to 2,400 others, in 9 bytes each, twice while they are joined."""
ASKERS = 1 << 9
"""Asking documents whose hits are added up at once: that takes some 60 bytes a hit."""
BITS_A_KEY = 8
"""Size of the bit table for each key of a sketch: one key in eight that nobody asks for slips through."""

TABLE, SIZES, LOOSE, SAMPLES = "asked.npy", "sizes.npy", "loose.npy", "samples"
"""Files that the tasks share: the bit table, what `Limits` says of each document, and a sample of its keys."""

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


def _save(place: Path, cuts: Array, *columns: Sequence[Array]) -> None:
    """Columns of one length, in pieces, cut at `cuts`; each in a file of its own, so that a slice is read without the rest."""
    store(Path(f"{place}.cuts"), [column_data(np.asarray(cuts, np.int64))])
    for number, column in enumerate(columns):
        store(Path(f"{place}.{number}"), map(column_data, column))


def _slices(places: Iterable[Path], number: int, kinds: Sequence[Any]) -> list[Array]:
    """Slice `number` of the columns of all `places`, which are of these `kinds`, joined."""
    parts: list[list[Array]] = [[np.zeros(0, kind)] for kind in kinds]
    for place in places:
        first, after = np.fromfile(f"{place}.cuts", np.int64, 2, offset=8 * number).tolist()
        for column, kind in enumerate(kinds if after > first else ()):
            start = first * np.dtype(kind).itemsize
            parts[column].append(np.fromfile(f"{place}.{column}", kind, after - first, offset=start))
    return [np.concatenate(part) for part in parts]


def write_part(folder: Path, part: int, first: int, keys: Sequence[Keys], bands: int, asked: AskedTable) -> None:
    """Writes the keys of the documents `first`, `first + 1` …; `bands` is a power of two."""
    lengths = np.array([len(own) for own in keys])
    joined = np.concatenate(keys)
    probes = ranges(0, lengths) < PROBES
    keep = probes | asked.may_hold(joined)
    holders = np.repeat(np.arange(first, first + len(keys), dtype=np.uint32), lengths)[keep]
    joined, probes = joined[keep], probes[keep]
    if bands > 1:  # sketches hold small keys: their last bits are spread evenly, so these are put in front
        bits = np.uint64((bands - 1).bit_length())
        joined = joined << (np.uint64(64) - bits) | joined >> bits
    order = np.argsort(joined, kind="stable")
    joined = joined[order]
    borders = np.arange(bands, dtype=np.uint64) << np.uint64(64 - (bands - 1).bit_length()) if bands > 1 else [0]
    cuts = np.append(np.searchsorted(joined, np.asarray(borders, np.uint64)), len(joined))
    _save(_files(folder, "part", part), cuts, [joined], [holders[order]], [probes[order]])


def join_band(folder: Path, band: int, parts: int, documents: int) -> int:
    """Pairs of an asking document and a larger one that holds a key of its sketch, with the number of such keys in this band.

    Returns how many keys of sketches are cut short, as `near.met_by` says.
    """
    places = (_files(folder, "part", part) for part in range(parts))
    keys, holders, probes = _slices(places, band, (np.uint64, np.uint32, bool))
    sizes = np.load(folder / SIZES, mmap_mode="r")[holders]
    order = np.lexsort((~holders, sizes, keys))
    keys, holders, probes = keys[order], holders[order], probes[order]
    edges = heads_of(keys)
    sizes = np.diff(np.append(edges, len(keys)))
    group = np.repeat(np.arange(len(edges)), sizes)[probes]
    first, met, common = met_by(group, np.flatnonzero(probes) + 1, (edges + sizes)[group])
    asker = holders[probes]
    wanted = np.flatnonzero(met)
    wanted = wanted[np.argsort(asker[wanted], kind="stable")]
    borders = np.arange(-(-documents // SHARD) + 1, dtype=np.uint64) * np.uint64(SHARD) << np.uint64(32)
    cuts, pieces = np.zeros(len(borders), np.int64), [(np.zeros(0, np.uint64), np.zeros(0, np.uint8))]
    for codes, numbers in meetings(asker[wanted], first[wanted], met[wanted], holders):
        cuts += np.searchsorted(codes, borders)
        pieces.append((codes, numbers))
    _save(_files(folder, "band", band), cuts, *zip(*pieces, strict=True))
    return common


def count_shard(folder: Path, shard: int, bands: int, limits: Limits) -> Array:
    """Pairs of the asking documents of a shard that share enough, as `near.pairs_of_hits` gives them."""
    places = (_files(folder, "band", band) for band in range(bands))
    codes, numbers = _slices(places, shard, (np.uint64, np.uint8))
    askers = codes >> np.uint64(32)
    found = []
    for first in range(shard * SHARD, (shard + 1) * SHARD, ASKERS):
        own = (askers >= first) & (askers < first + ASKERS)
        met, times = summed(codes[own], numbers[own].astype(np.uint32))
        found.append(enough(met, times, limits))
    return np.concatenate(found)


def candidate_pairs_on_disk(
    folder: Path, parts: Sequence[KeysOf], limits: Limits, *, bands: int = 16, doing: Doing = map
) -> tuple[Array, int]:
    """As `cleaner.overlap.near.candidate_pairs`, by way of files in the empty `folder`.

    `parts` read the keys of some documents each, in order; each is asked three times. `doing` does the tasks: they can
    be sent to other processes that see `folder`, if the parts can.
    """
    count = len(limits.sizes)
    if count < 2:
        return np.zeros(0, np.uint64), 0
    asked, starts = AskedTable(count), [0]

    def sampled() -> Iterator[memoryview]:
        for samples in doing(_sketched, parts):
            starts.append(starts[-1] + len(samples))
            sizes = limits.sizes[slice(*starts[-2:])]
            asked.add(samples[:, :PROBES][np.arange(PROBES) < sizes[:, None]])
            yield column_data(samples)

    store(folder / SAMPLES, sampled())
    for name, table in ((TABLE, asked.bits), (SIZES, limits.sizes), (LOOSE, limits.loose)):
        save_table(folder / name, table)
    write = partial(_written, folder=folder, documents=count, bands=bands)
    for _ in doing(write, zip(range(len(parts)), starts, parts, strict=False)):
        continue
    common = sum(doing(partial(join_band, folder, parts=len(parts), documents=count), range(bands)))
    borders = limits.near, limits.contained
    codes = np.concatenate(
        list(doing(partial(_counted_shard, folder=folder, bands=bands, borders=borders), range(-(-count // SHARD))))
    )
    codes.sort()
    codes = without_repeats(codes)  # sorted where they stand: `numpy.unique` takes twice the memory
    cuts = np.searchsorted(codes, np.array(starts, np.uint64) << np.uint64(32)).tolist()
    handed = (
        (at, part, codes[first:after]) for at, part, first, after in zip(starts, parts, cuts, cuts[1:], strict=False)
    )
    likely = doing(partial(_likely, folder=folder, borders=borders), handed)
    return codes[np.concatenate(list(likely))], common


def _sketched(part: KeysOf) -> Array:
    keys = part()
    return samples_of(keys, len(keys))


def _limits(folder: Path, borders: tuple[float, float]) -> Limits:
    sizes, loose = (np.load(folder / name, mmap_mode="r") for name in (SIZES, LOOSE))
    return Limits(sizes, loose, *borders)


def _likely(handed: tuple[int, KeysOf, Array], *, folder: Path, borders: tuple[float, float]) -> Array:
    """Of each of the pairs whose larger document is one of a part whether it is likely by its sample."""
    first, part, pairs = handed
    if not len(pairs):
        return np.zeros(0, bool)
    keys, limits = part(), _limits(folder, borders)
    small = without_repeats(np.sort(numbers_of(pairs)[1]))
    samples = np.empty((len(small), SAMPLE), np.uint64)
    with (folder / SAMPLES).open(
        "rb", buffering=0
    ) as file:  # mapped, it is soon in memory as a whole: pages come with their neighbours
        for row, number in zip(samples, small.tolist(), strict=True):
            file.seek(number * row.nbytes)
            file.readinto(column_data(row))
    return are_likely(pairs, lambda own: samples[small.searchsorted(own)], lambda number: keys[number - first], limits)


def _written(handed: tuple[int, int, KeysOf], *, folder: Path, documents: int, bands: int) -> None:
    number, first, part = handed
    asked = AskedTable(documents, np.load(folder / TABLE, mmap_mode="r"))
    write_part(folder, number, first, part(), bands, asked)


def _counted_shard(shard: int, *, folder: Path, bands: int, borders: tuple[float, float]) -> Array:
    return count_shard(folder, shard, bands, _limits(folder, borders))
