"""What a run would do, and how long it would take, without doing it: `cleaner run --dry-run`."""

from __future__ import annotations

import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.cleaning import FIRST, FolderContext
from cleaner.corpus import TIMINGS, batches, listed, workers_for
from cleaner.decisions import Decision, DocumentDecisions
from cleaner.plurals import counted, lasting
from cleaner.runs.destination import STATE, check_folders, check_same_files
from cleaner.runs.entries import Work, clean_batch, key_of
from cleaner.runs.ledger import copied, look_up
from cleaner.settings import Settings
from cleaner.sources import Entries, Entry

SAMPLE_SECONDS = 2.0
"""Time that is spent on a sample of the documents, where no earlier run tells how long they take."""
SAMPLE_FILES = 200
SAMPLE_BYTES = 1 << 18
"""What is sampled of a larger file: its beginning. Time is in proportion to size (benchmarks/results/engines.md)."""
REST = 0.6
"""Seconds that overlap and writing take for each that the documents take on one processor; measured on a mixed corpus of
20 MB (benchmarks/results/engines.md). Half of it is shared out among the workers."""
ENOUGH = 0.5
"""Share of its bytes that the earlier run must have cleaned itself for its time to count: what it found done it only
read and hashed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do."""

    files: int
    size: int
    """Bytes of all files."""
    known: int
    """Files whose result an earlier run has left."""
    new_size: int
    """Bytes of the files that would be cleaned."""
    skipped: int
    """Things in the input that are no files to read."""
    workers: int
    seconds: float
    basis: str
    """What the estimate rests on."""

    def told(self) -> str:
        """The plan in words."""
        new = self.files - self.known
        passed = counted(self.skipped, "other thing in the input is", "other things in the input are")
        workers = counted(self.workers, "process", "processes")
        lines = [
            f"{counted(self.files, 'file')}, {_size(self.size)}" + (f"; {passed} not read" if self.skipped else ""),
            f"  to clean    {counted(new, 'file')}, {_size(self.new_size)}, with {workers}",
            f"  known       {counted(self.known, 'file')} cleaned by an earlier run",
            "  overlap     is looked for among all of them, and every file of the output brought up to date",
            f"  time        about {lasting(self.seconds)}, {self.basis}",
            "Nothing was written.",
        ]
        return "\n".join(lines)


def plan_folder(
    inputs: Sequence[Path],
    out: Path,
    *,
    settings: Settings,
    jobs: int | None = None,
    decisions: Iterable[Decision] = (),
    leave_out: Callable[[str], bool] | None = None,
    force: bool = False,
) -> Plan:
    """What `clean_folder` would do with the same arguments. Reads and hashes every file, writes nothing.

    Raises UsageError as `clean_folder` does.
    """
    check_folders(inputs, out, force=force)
    entries, skipped = listed(inputs, leave_out)
    if not force:
        check_same_files(inputs, entries, out)
    size = entries.bytes
    workers = workers_for(entries, jobs)
    with tempfile.TemporaryDirectory() as scratch:
        known = copied(out / STATE, Path(scratch))
        work = Work.of(settings, FIRST, Path(scratch), known, DocumentDecisions.by_document(decisions))
        new = _new(entries, work) if known else entries
        new_size = sum(entry.size for entry in new)
        seconds, basis = _estimate(out / STATE / TIMINGS, entries, new, work, workers)
    return Plan(len(entries), size, len(entries) - len(new), new_size, len(skipped), workers, seconds, basis)


def _new(entries: Sequence[Entry], work: Work) -> list[Entry]:
    """The entries that no earlier run has cleaned."""
    new = []
    for batch in batches(entries, lambda entry: entry.size, lambda _: 64_000_000):
        keys = [key_of(entry, work) for entry in batch]
        rows = look_up(work.known, keys, sound=False)
        new += [entry for entry, key in zip(batch, keys, strict=True) if key not in rows]
    return new


def _estimate(timings: Path, entries: Entries, new: Sequence[Entry], work: Work, workers: int) -> tuple[float, str]:
    """Seconds that the run takes, and what that rests on; only `new` ones of the `entries` are still to be cleaned."""
    size, new_size = entries.bytes, sum(entry.size for entry in new)
    try:
        before = json.loads(timings.read_text(encoding="utf-8"))
        own, made = before["seconds"], before["made"]
        if new and made < ENOUGH * before["bytes"]:
            raise ValueError("too little was cleaned")
        rest = (own["overlap"] + own["write"]) / before["bytes"] * size
        clean = own["clean"] * before["workers"] / made * new_size / workers if new else 0
        return round(clean + rest, 1), "by the run before"
    except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError):
        alone = _sampled(new, work)
        rest = (alone * size / new_size if new_size else _sampled(entries, work)) * REST
        return round(alone / workers + rest * (1 + 1 / workers) / 2, 1), "by a sample of the files"


def _sampled(entries: Sequence[Entry], work: Work) -> float:
    """Seconds that cleaning all of `entries` takes in one process.

    A small file costs far more a byte than a large one. So files are sampled by size, those within a factor of two together.
    """
    own = Work.of(work.settings, work.context, work.shards, None)
    sizes: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        sizes[entry.size.bit_length()].append(entry)
    _clean_some(entries, own, SAMPLE_SECONDS / 3)  # loads most of what is loaded once
    seconds = 0.0
    for alike in sizes.values():
        took, done = _clean_some(alike, own, SAMPLE_SECONDS / len(sizes))
        seconds += took / done * sum(max(entry.size, 1) for entry in alike)
    return seconds


def _clean_some(entries: Sequence[Entry], work: Work, limit: float) -> tuple[float, int]:
    """Cleans some of `entries` for about `limit` seconds; the seconds that it took, and the bytes of these files."""
    again = Work.of(work.settings, FolderContext(), work.shards, None)
    began, done = time.perf_counter(), 0
    for number in range(min(len(entries), SAMPLE_FILES)):
        # Steps of the golden section spread over all of them, wherever time runs out.
        part = _beginning(entries[int(number * 0.618034 % 1 * len(entries))], work.shards)
        (one,) = clean_batch([part], work=work)
        if one.card and one.card.doubtful:  # the run cleans it again, with what the others say
            clean_batch([part], work=again)
        done += max(part.size, 1)
        if time.perf_counter() - began > limit:
            break
    return time.perf_counter() - began, done


def _beginning(entry: Entry, scratch: Path) -> Entry:
    """`entry`, or where it is large, a file in `scratch` with its beginning."""
    if entry.size <= SAMPLE_BYTES:
        return entry
    part = scratch / "beginning"
    try:
        with Path(entry.file).open("rb") as file:
            part.write_bytes(file.read(SAMPLE_BYTES))
    except OSError:  # told, as the run would, by whoever reads it
        return entry
    return entry._replace(file=str(part), size=SAMPLE_BYTES)


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"
