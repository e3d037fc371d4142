"""The search for copies out of core, on simulated signatures: time, memory, disk, and growth.

    python benchmarks/overlap_scale.py --documents 100000 1000000 10000000 [--keys 64] [--folder FOLDER]

A document is KEYS random 64-bit keys; one in ten is a copy of the document before it that keeps four fifths of its keys. All
pairs have to be found, and nothing else, by the steps of a run. One process; a row for each size; one JSON object on the last line.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.arrays import Array
from cleaner.overlap.clusters import connected
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
    ends = np.stack([pairs >> np.uint64(32), pairs & np.uint64(0xFFFFFFFF)])
    members = np.unique(ends)
    joined = int((connected(len(members), *members.searchsorted(ends)) != np.arange(len(members))).sum())
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
        print(rows[-1], flush=True)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
