"""Everything about whole runs in one command: kinds of text, growth, engines, workers, memory, and runs that are killed.

    python -m benchmarks.engines FOLDER [--sizes 10 100 1000] [--jobs 1 2] [--engines process ray] [--plots DIR]

FOLDER is any folder of documents; `--sizes` (megabytes) takes parts of it, the same for the same folder. Figures are printed
as Markdown tables, and as one JSON object on the last line. `--parts` chooses some of: plain, kinds, growth, engines, kills.
Speeds are of this machine at this hour: compare rows of one call only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.plots import bars, lines
from benchmarks.processes import Run, killed, measured

MOMENTS = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)
"""Shares of an undisturbed run's time after which runs are killed; `tests/engines/test_resume.py` kills at changes to files."""
WITHOUT_SPACES = frozenset({"Hani", "Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"})
"""Scripts written without spaces between words (Unicode Standard Annex 14)."""


def files_of(folder: Path) -> list[Path]:
    """All files below `folder`, in one order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def part_of(folder: Path, megabytes: float, to: Path) -> int:
    """Links random files of `folder` into `to` until they are so many megabytes; returns their bytes."""
    files = files_of(folder)
    random.Random(1).shuffle(files)
    size = 0
    for path in files:
        if size >= megabytes * 1e6:
            break
        place = to / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place)
        except OSError:  # another file system
            shutil.copyfile(path, place)
        size += path.stat().st_size
    return size


def kind_of(document: Any) -> str:
    """The kind of text of a cleaned document."""
    if any(edit.rule.startswith("MOJ") for edit in document.edits):
        return "garbled, of any script"
    codec = document.encoding.encoding or ""
    if codec.startswith("utf-16"):
        return "UTF-16"
    if codec not in {"utf-8", "ascii"}:
        return "legacy encodings"
    if document.text.isascii():
        return "ASCII"
    if document.language.script in WITHOUT_SPACES:
        return "UTF-8, written without spaces"
    return "UTF-8, Latin letters" if document.language.script == "Latn" else "UTF-8, other letters"


def kinds(folder: Path) -> dict[str, dict[str, float]]:
    """Kind -> documents, megabytes, and nanoseconds a byte of `cleaner.clean` alone, without overlap and outputs."""
    import cleaner

    found: dict[str, list[float]] = {}
    for _turn in range(2):  # the first turn loads the tables
        found.clear()
        for path in files_of(folder):
            data = path.read_bytes()
            began = time.process_time()
            try:
                document = cleaner.clean(data, path=path.name)
            except cleaner.CleanerError:
                continue
            spent = time.process_time() - began
            row = found.setdefault(kind_of(document), [0, 0, 0])
            for place, value in enumerate((1, len(data), spent)):
                row[place] += value
    return {
        kind: {"documents": count, "megabytes": round(size / 1e6, 2), "ns": round(spent / size * 1e9, 1)}
        for kind, (count, size, spent) in sorted(found.items(), key=lambda row: row[1][2] / row[1][1])
    }


def plain(scratch: Path) -> list[dict[str, float]]:
    """Decode, repair and normalise on clean ASCII, beside reading, hashing, decoding, encoding and writing the same files.

    One row a size of document; two megabytes of invented words each.
    """
    import cleaner

    rng = random.Random(1)
    words = ["".join(rng.choices("aeiounrstldm", k=rng.randint(1, 9))) for _ in range(5_000)]
    rows = []
    for size in (5_000, 50_000, 1_000_000):
        lines_ = size // 60
        texts = [
            "\n".join(" ".join(rng.choices(words, k=10)) for _ in range(lines_)).encode()
            for _ in range(2_000_000 // size)
        ]
        held = sum(map(len, texts))
        places = [scratch / f"plain{number}" for number in range(len(texts))]
        for place, data in zip(places, texts, strict=True):
            place.write_bytes(data)
        spent = {}
        for name, work in (("floor", floor_of), ("three stages", lambda data, _: stages_of(cleaner, data))):
            for _turn in range(2):
                began = time.process_time()
                for place, data in zip(places, texts, strict=True):
                    work(data, place)
                spent[name] = time.process_time() - began
        for place in places:
            place.unlink()
        rows.append({"bytes": size, **{f"{name}, ns": round(value / held * 1e9, 2) for name, value in spent.items()}})
    return rows


def floor_of(data: bytes, place: Path) -> None:
    """What every program that rewrites a text has to do."""
    data = place.read_bytes()
    hashlib.sha256(data).hexdigest()
    place.write_bytes(data.decode().encode())


def stages_of(cleaner: Any, data: bytes) -> None:
    """The three stages of text."""
    cleaner.normalize(cleaner.repair(cleaner.decode(data).text).text)


def row_of(run: Run, size: int) -> dict[str, Any]:
    """A run as figures."""
    return {
        "seconds": round(run.seconds, 2),
        "mb_s": round(size / run.seconds / 1e6, 2),
        "ns": round(run.processor / size * 1e9, 1),
        "leading_mb": run.leading,
        "worker_mb": run.worker,
        "digest": run.digest[:12],
    }


def growth(folder: Path, sizes: Sequence[float], jobs: int, scratch: Path) -> list[dict[str, Any]]:
    """One row a size, the largest with everything."""
    rows = []
    for megabytes in sizes:
        part, out = scratch / "part", scratch / "out"
        size = part_of(folder, megabytes, part)
        run = measured(part, out, "--jobs", str(jobs))
        rows.append({"bytes": size, "files": len(files_of(part)), **row_of(run, size)})
        shutil.rmtree(part)
        shutil.rmtree(out)
    return rows


def engines(folder: Path, jobs: Sequence[int], names: Sequence[str], scratch: Path) -> list[dict[str, Any]]:
    """One row for each engine and number of workers; all digests have to be equal."""
    size = sum(path.stat().st_size for path in files_of(folder))
    rows = []
    for name, count in [("serial", 1), *((name, count) for name in names for count in jobs)]:
        out = scratch / "out"
        run = measured(folder, out, "--engine", name, "--jobs", str(count))
        rows.append({"engine": name, "jobs": count, **row_of(run, size)})
        shutil.rmtree(out)
    return rows


def kills(folder: Path, jobs: int, scratch: Path) -> list[dict[str, Any]]:
    """One row for each moment: when the run was killed, what resuming it took, and the digest of the result."""
    whole = measured(folder, scratch / "whole", "--jobs", str(jobs))
    rows: list[dict[str, Any]] = [
        {"killed_after": None, "seconds": round(whole.seconds, 2), "digest": whole.digest[:12]}
    ]
    for share in MOMENTS:
        out = scratch / "killed"
        moment = share * whole.seconds
        if killed(folder, out, moment, "--jobs", str(jobs)):
            run = measured(folder, out, "--jobs", str(jobs))
            rows.append({"killed_after": round(moment, 2), "seconds": round(run.seconds, 2), "digest": run.digest[:12]})
        shutil.rmtree(out, ignore_errors=True)
    return rows


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Rows as a Markdown table."""
    names = list(rows[0])
    head = [f"| {' | '.join(names)} |", "|" + "---|" * len(names)]
    return "\n".join([*head, *(f"| {' | '.join(str(row[name]) for name in names)} |" for row in rows)])


def draw(made: dict[str, Any], folder: Path) -> None:
    """Writes the plots of what was measured."""
    drawn: dict[str, Callable[[], str]] = {
        "kinds": lambda: bars(
            {row["kind"]: row["ns"] for row in made["kinds"]}, "nanoseconds a byte, without overlap and output"
        ),
        "growth": lambda: lines(
            [(row["bytes"] / 1e6, row["seconds"]) for row in made["growth"]], "megabytes", "seconds"
        ),
        "engines": lambda: bars(
            {f"{row['engine']}, {row['jobs']}": row["mb_s"] for row in made["engines"]}, "megabytes a second"
        ),
        "memory": lambda: bars(
            {
                f"{part}, {row['bytes'] / 1e6:.0f} MB": row[f"{part}_mb"]
                for row in made["growth"]
                for part in ("leading", "worker")
            },
            "megabytes of memory, by size of the corpus",
        ),
    }
    for name, plot in drawn.items():
        if ("growth" if name == "memory" else name) in made:
            (folder / f"run-{name}.svg").write_text(plot(), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=float, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engines", nargs="+", default=["process"], choices=["process", "ray"])
    parser.add_argument("--parts", nargs="+", default=["plain", "kinds", "growth", "engines", "kills"])
    parser.add_argument("--plots", type=Path, metavar="DIR")
    options = parser.parse_args()
    held = sum(path.stat().st_size for path in files_of(options.folder)) / 1e6
    sizes = sorted({min(size, held) for size in options.sizes})
    made: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(dir=options.folder.parent) as scratch:
        place = Path(scratch)
        small = place / "small"
        part_of(options.folder, sizes[0], small)
        parts: dict[str, Callable[[], list[dict[str, Any]]]] = {
            "plain": lambda: plain(place),
            "kinds": lambda: [{"kind": kind, **row} for kind, row in kinds(small).items()],
            "growth": lambda: growth(options.folder, sizes, max(options.jobs), place),
            "engines": lambda: engines(small, options.jobs, options.engines, place),
            "kills": lambda: kills(small, max(options.jobs), place),
        }
        for name in options.parts:
            made[name] = parts[name]()
            print(f"\n{name}\n\n{table(made[name])}", flush=True)
    if options.plots:
        draw(made, options.plots)
    print(json.dumps(made))


if __name__ == "__main__":
    main()
