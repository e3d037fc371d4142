"""The join of keys on Ray: its hash shuffle (`groupby().map_groups`) against tasks that pass files on, on the same rows.

    python -m benchmarks.ray_overlap [--documents 200000] [--workers 2]

Needs Ray (extra `ray`). Both count the pairs that share a key of a sketch; the counts must be equal.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.overlap_scale import keys_of_part
from cleaner.engines.ray import RayEngine
from cleaner.overlap.copies.bands import AskedTable, join_band, save_order, write_part
from cleaner.overlap.copies.near import PROBES

PART, BANDS, KEYS = 8192, 16, 64


def filtered(first: int, count: int, asked: AskedTable) -> tuple[np.ndarray[Any, Any], ...]:
    """Keys, holders and signs of sketches of some documents, without keys that are in no sketch."""
    rows = keys_of_part(first, count, KEYS)
    probes = np.zeros(rows.shape, bool)
    probes[:, :PROBES] = True
    holders = np.repeat(np.arange(first, first + count, dtype=np.int64), KEYS)
    keep = probes.ravel() | asked.may_hold(rows.ravel())
    return rows.ravel()[keep], holders[keep], probes.ravel()[keep]


def table(documents: int) -> AskedTable:
    """The bit table of all sketches."""
    asked = AskedTable(documents)
    for first in range(0, documents, PART):
        asked.add(keys_of_part(first, min(PART, documents - first), KEYS)[:, :PROBES].ravel())
    return asked


def by_shuffle(documents: int, asked: AskedTable) -> int:
    """Pairs of a sketch's key and another holder of it, by way of the hash shuffle."""
    import ray

    bits = ray.put(asked.bits)

    def rows_of(batch: dict[str, Any]) -> dict[str, Any]:
        own = AskedTable(documents, ray.get(bits))
        parts = [filtered(int(first), min(PART, documents - int(first)), own) for first in batch["first"]]
        keys, holders, probes = (np.concatenate(column) for column in zip(*parts, strict=True))
        band = (keys >> np.uint64(60)).astype(np.int64)
        return {"band": band, "key": keys.view(np.int64), "holder": holders, "probe": probes}

    def joined(group: dict[str, Any]) -> dict[str, Any]:
        _, inverse, sizes = np.unique(group["key"], return_inverse=True, return_counts=True)
        asking = sizes[inverse[group["probe"]]] - 1
        return {"pairs": np.array([int(asking.sum())])}

    starts = ray.data.from_items([{"first": first} for first in range(0, documents, PART)])
    grouped = starts.map_batches(rows_of, batch_size=1).groupby("band").map_groups(joined)
    return int(sum(row["pairs"] for row in grouped.iter_rows()))


def _part(part: int, *, documents: int, folder: Path) -> None:
    asked = AskedTable(documents, np.load(folder / "asked.npy", mmap_mode="r"))
    first = part * PART
    rows = keys_of_part(first, min(PART, documents - first), KEYS)
    write_part(folder, part, first, list(rows), BANDS, asked)


def _band(band: int, *, documents: int, folder: Path, parts: int) -> int:
    join_band(folder, band, parts, documents)
    codes = np.fromfile(folder / f"band{band:06d}.0", np.uint64)
    numbers = np.fromfile(folder / f"band{band:06d}.1", np.uint8)
    apart = (codes >> np.uint64(32)) != (codes & np.uint64(0xFFFFFFFF))
    return int(numbers[apart].sum())


def by_tasks(documents: int, asked: AskedTable, engine: RayEngine, folder: Path) -> int:
    """The same by tasks and files."""
    np.save(folder / "asked.npy", asked.bits)
    save_order(folder, np.full(documents, KEYS, np.uint32))
    parts = -(-documents // PART)
    list(engine.map(partial(_part, documents=documents, folder=folder), range(parts)))
    return sum(engine.map(partial(_band, documents=documents, folder=folder, parts=parts), range(BANDS)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    engine = RayEngine(workers=options.workers)
    asked = table(options.documents)
    list(engine.map(abs, range(8)))  # starts the workers
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        tasks = by_tasks(options.documents, asked, engine, Path(folder))
        middle = time.perf_counter()
        shuffled = by_shuffle(options.documents, asked)
        ended = time.perf_counter()
    engine.close()
    print(
        json.dumps(
            {
                "tasks_s": round(middle - began, 1),
                "shuffle_s": round(ended - middle, 1),
                "pairs": [tasks, shuffled],
                "documents": options.documents,
            }
        )
    )


if __name__ == "__main__":
    main()
