"""A whole run, timed by stage, beside the floor and beside another program on the same folder.

    python benchmarks/whole_run.py FOLDER [--jobs 1 2] [--against COMMAND] [--no-stages]

The floor is reading every file, decoding it as UTF-8, hashing, encoding and writing it. Stages are timed inside one serial
run, by processor time, so that the rows add up to the whole; `other` is what no row names. `--against` runs a
command (`{folder}` and `{out}` are filled in) whose seconds are compared with those of each number of jobs: a ratio within
one session on one machine. One JSON object on the last line.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import importlib
import json
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STAGES = {
    "decode": ["cleaner.decoding:decode"],
    "repair": ["cleaner.mojibake:looks_clean", "cleaner.mojibake:repair_suspicious"],
    "repair of names": ["cleaner.mojibake:repair_name"],
    "normalise": ["cleaner.normalization:normalize_layers"],
    "language": ["cleaner.language:detect_languages"],
    "edits composed": ["cleaner.cleaning:compose"],
    "restore checked": ["cleaner.cleaning:gives_back"],
    "records made": ["cleaner.runs.entries:sections_of"],
    "profiles packed": ["cleaner.overlap:packed"],
    "profiles made, results put down": ["cleaner.runs.entries:append"],
    "read and hashed": ["cleaner.runs.entries:_read"],
    "passages": ["cleaner.runs.comparing:_passages_of"],
    "overlap": ["cleaner.corpus:compared"],
    "output written": ["cleaner.corpus:write_folder"],
    "list": ["cleaner.corpus:list_inputs"],
}


def files_of(folder: Path) -> list[Path]:
    """All files below `folder`."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def floor(folder: Path, out: Path) -> float:
    """Seconds that reading, decoding, hashing, encoding and writing the files take, in the same folders."""
    began = time.process_time()
    for path in files_of(folder):
        data = path.read_bytes()
        hashlib.sha256(data).hexdigest()
        text = data.decode("utf-8", "surrogateescape")
        place = out / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8", "surrogateescape"))
    return time.process_time() - began


class Timers:
    """Exclusive seconds of wrapped functions."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = []

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, its own time booked under `stage`, without that of wrapped functions that it calls."""

        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            began = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*arguments, **named)
            finally:
                spent = time.process_time() - began
                self.seconds[stage] = self.seconds.get(stage, 0.0) + spent - self._inner.pop()
                if self._inner:
                    self._inner[-1] += spent

        return timed


def by_stage(folder: Path, out: Path, stages: dict[str, list[str]]) -> tuple[float, dict[str, float]]:
    """Seconds of a serial run, in all and by stage."""
    from cleaner.corpus import clean_folder
    from cleaner.memory import collected_seldom
    from cleaner.settings import Settings

    timers = Timers()
    undo = []
    for stage, names in stages.items():
        for name in names:
            module, attribute = name.split(":")
            held = importlib.import_module(module)
            undo.append((held, attribute, getattr(held, attribute)))
            setattr(held, attribute, timers.wrap(stage, getattr(held, attribute)))
    began = time.process_time()
    with collected_seldom():
        clean_folder(folder, out, settings=Settings(report=False), jobs=1)
    total = time.process_time() - began
    for held, attribute, function in undo:
        setattr(held, attribute, function)
    return total, timers.seconds


def command_seconds(command: str) -> float:
    """Seconds that a command takes from start to end."""
    began = time.perf_counter()
    subprocess.run(shlex.split(command), check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, nargs="*", default=[])
    parser.add_argument("--against", metavar="COMMAND")
    parser.add_argument("--no-stages", action="store_true")
    options = parser.parse_args()
    size = sum(path.stat().st_size for path in files_of(options.folder))
    made: dict[str, Any] = {"bytes": size, "files": len(files_of(options.folder))}
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        (place / "floor").mkdir()
        made["floor_ns"] = round(floor(options.folder, place / "floor") / size * 1e9, 2)
        shutil.rmtree(place / "floor")
        print(f"floor {made['floor_ns']} ns a byte")
        if not options.no_stages:
            total, seconds = by_stage(options.folder, place / "stages", STAGES)
            rows = {**seconds, "other": total - sum(seconds.values())}
            for stage, spent in sorted(rows.items(), key=lambda row: -row[1]):
                print(f"{stage:>32} {spent / size * 1e9:9.2f} ns a byte {spent / total * 100:5.1f} %")
            print(f"{'all':>32} {total / size * 1e9:9.2f} ns a byte, {size / total / 1e6:.2f} MB/s")
            made["stages_ns"] = {stage: round(spent / size * 1e9, 2) for stage, spent in rows.items()}
        against = 0.0
        if options.against:
            against = command_seconds(options.against.format(folder=options.folder, out=place / "against"))
            made["against_mb_s"] = round(size / against / 1e6, 3)
            print(f"{options.against.split()[1]}: {against:.1f} s")
        for jobs in options.jobs:
            out = place / f"jobs{jobs}"
            run = f"{sys.executable} -m cleaner run {options.folder} --out {out} --no-report --quiet --jobs {jobs}"
            spent = command_seconds(run)
            made[f"jobs_{jobs}_mb_s"] = round(size / spent / 1e6, 3)
            ratio = f", {against / spent:.1f} times as fast" if against else ""
            print(f"{jobs} jobs: {spent:.2f} s, {size / spent / 1e6:.2f} MB/s{ratio}")
    made["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    made["peak_child_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(json.dumps(made))


if __name__ == "__main__":
    main()
