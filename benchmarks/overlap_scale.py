"""The search for copies out of core, on simulated signatures: time, memory, disk, and growth.

    overlap_scale.py --documents 100000 1000000 10000000 [--keys 64] [--folder FOLDER]

A document is KEYS random 64-bit keys; one in ten is a copy of the document before it that keeps four fifths of its keys. All
pairs have to be found, and nothing else, by the steps of a run. One process; a row for each size; one JSON object on the last line.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.arrays import Array
from cleaner.overlap.copies.bands import candidate_pairs_on_disk
from cleaner.overlap.copies.near import Limits
from cleaner.thresholds import CONTAINED, NEAR

PART = 65_536
"""Documents in a part."""


def keys_of_part(first: int, count: int, keys: int) -> np.ndarray[Any, Any]:
    """Keys of the documents from `first`, sorted, one row a document; the same for the same numbers."""
    rng = np.random.default_rng(first)
    rows = rng.integers(0, 1 << 64, (count, keys), np.uint64)
    copies = np.arange(9, count, 10)
    kept = keys * 4 // 5
    rows[copies, :kept] = np.sort(rows[copies - 1])[:, rng.permutation(keys)[:kept]]
    rows.sort(axis=1)
    return rows


def connected(documents: int, pairs: Iterable[Array], parents: Array | None = None) -> Array:
    """The lowest document connected with each document by `pairs` (arrays of lower << 32 | higher).

    `parents` may be an int64 array in a memory-mapped file; else it is made. Each array of pairs is applied until it
    changes nothing, and need not be kept afterwards: what it joins stays joined.
    """
    root: Array = np.empty(documents, np.int64) if parents is None else parents
    root[:] = np.arange(documents)
    for codes in pairs:
        a, b = (codes >> np.uint64(32)).astype(np.int64), (codes & np.uint64(0xFFFFFFFF)).astype(np.int64)
        while len(a):
            a, b = _roots(root, a), _roots(root, b)
            apart = a != b
            a, b = a[apart], b[apart]
            np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
    for first in range(0, documents, PART):
        own = slice(first, min(documents, first + PART))
        root[own] = _roots(root, np.arange(own.start, own.stop))
    return root


def _roots(root: Array, numbers: Array) -> Array:
    above = root[numbers]
    while (above != numbers).any():
        numbers, above = above, root[above]
    return above


@dataclass(frozen=True, slots=True)
class Part:
    """The documents of a part: what reads their keys, as those of a run are read from its files."""

    first: int
    count: int
    keys: int
    seconds: Counter[str]

    def __call__(self) -> list[Array]:
        began = time.process_time()
        rows = list(keys_of_part(self.first, self.count, self.keys))
        self.seconds["simulating"] += time.process_time() - began
        return rows


def measured(documents: int, keys: int, folder: Path, rows_a_band: int) -> dict[str, Any]:
    """One size; seconds of processor time, and how long it took by the clock."""
    seconds = Counter[str]()
    disk = 0

    def doing(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """One step after the other, and the processor time of each without making its keys."""
        nonlocal disk
        step = getattr(function, "func", function).__name__.strip("_")
        for item in items:
            before, began = seconds["simulating"], time.process_time()
            result = function(item)
            seconds[step] += time.process_time() - began - (seconds["simulating"] - before)
            yield result
        disk = max(disk, sum(path.stat().st_size for path in folder.iterdir()))

    bands = 1 << max(0, (documents * 30 // rows_a_band).bit_length())
    starts = range(0, documents, PART)
    parts = [Part(first, min(PART, documents - first), keys, seconds) for first in starts]
    limits = Limits(np.full(documents, keys, np.uint32), np.zeros(documents, bool), NEAR, CONTAINED)
    clock, began = time.perf_counter(), time.process_time()
    likely, _ = candidate_pairs_on_disk(folder, parts, limits, bands=bands, doing=doing)
    pairs = np.concatenate(list(likely))
    groups = time.process_time()
    parents = np.lib.format.open_memmap(folder / "parents.npy", "w+", np.int64, (documents,))
    root = connected(documents, [pairs], parents)
    joined = int((root != np.arange(documents)).sum())
    ended = time.process_time()
    seconds["groups"] = ended - groups
    seconds["the rest"] = ended - began - sum(seconds.values())
    return {
        "documents": documents,
        "pairs": len(pairs),
        "wanted": sum(len(range(9, part.count, 10)) for part in parts),
        "joined": joined,
        "seconds": {step: round(took, 1) for step, took in seconds.items()},
        "without_simulating": round(ended - began - seconds["simulating"], 1),
        "clock": round(time.perf_counter() - clock, 1),
        "bands": bands,
        "disk_mb": disk // 1_000_000,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--keys", type=int, default=64)
    parser.add_argument("--rows", type=int, default=2_000_000, help="rows that a band should have at most")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    rows = []
    for documents in options.documents:
        with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
            rows.append(measured(documents, options.keys, Path(scratch), options.rows))
            shutil.rmtree(scratch, ignore_errors=True)
            Path(scratch).mkdir()
        print(rows[-1], flush=True)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
