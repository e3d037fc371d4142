"""What a run would do, and how long it would take, without doing it: `cleaner run --dry-run`."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import gcd
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

SAMPLE_SECONDS = 4.0
"""Time that is spent on a sample of the documents, where no earlier run tells how long they take. In 2 s of 6,000 sentences in 40
languages too few were seen to load what they need: they were thought to take half as long again."""
SAMPLE_BYTES = 1 << 16
"""What is sampled of a larger file: its beginning. Time is in proportion to size (benchmarks/results/engines.md)."""
BATCH_BYTES, BATCH_FILES = 1 << 18, 64
"""The most of a batch of the sample. A file alone takes 2.5 times as long as in the batches of a run, among 64 a tenth longer."""
PER_FILE = 1000
"""Bytes that a file counts more than it has, since a file costs time besides its bytes."""
REST = 0.7
"""Seconds that overlap and writing take for each that the documents take on one processor, loading apart: 0.6 to 0.8 on
folders of 1.7 and 30 MB, and of 6,000 sentences (benchmarks/results/engines.md). Half of it is shared out among the workers."""
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
    """What `clean_folder` would do with the same arguments. Writes nothing; reads every file where an earlier run may know it.

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
        load, alone = _sampled(new, work)
        rest = (alone * size / new_size if new_size else _sampled(entries, work)[1]) * REST
        return round(load + alone / workers + rest * (1 + 1 / workers) / 2, 1), "by a sample of the files"


def _sampled(entries: Sequence[Entry], work: Work) -> tuple[float, float]:
    """Seconds that it takes one process to load what cleaning `entries` needs, and then to clean them.

    A small file costs far more a byte than a large one. So the pace is that of files of a size, those within a factor of two. Half
    of the sample loads what is loaded once; the other half says how long the files take.
    """
    alone = Work.of(work.settings, work.context, work.shards, None)
    sizes: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        sizes[min(entry.size, SAMPLE_BYTES).bit_length()].append(entry)
    spread = [_spread(alike) for alike in sizes.values()]
    sums = [sum(map(_weight, some)) for some in spread]
    limits = [SAMPLE_SECONDS / 2 * own / sum(sums) for own in sums]
    first = [_cleaned(some[::2], alone, limit) for some, limit in zip(spread, limits, strict=True)]
    load = cleaning = 0.0
    for some, own, limit, (took, done) in zip(spread, sums, limits, first, strict=True):
        seconds, size = _cleaned(some[1::2] or some, alone, limit)
        load += took - seconds / size * done
        cleaning += seconds / size * own
    return max(0.0, load), cleaning


def _spread(entries: Sequence[Entry]) -> list[Entry]:
    """`entries` in an order of which any beginning has some from everywhere: steps of the golden section."""
    step = int(len(entries) * 0.618034) | 1
    while gcd(step, len(entries)) > 1:
        step += 2
    return [entries[number * step % len(entries)] for number in range(len(entries))]


def _weight(entry: Entry) -> int:
    """What a file counts in the estimate."""
    return entry.size + PER_FILE


def _cleaned(entries: Sequence[Entry], work: Work, limit: float) -> tuple[float, int]:
    """Cleans the first of `entries` for about `limit` seconds; the seconds that it took, and the weight of these files."""
    again = Work.of(work.settings, FolderContext(), work.shards, None)
    began, size = time.perf_counter(), 0
    sample = (_beginning(entry, work.shards) for entry in entries)
    for batch in batches(sample, _weight, lambda _: BATCH_BYTES, files=BATCH_FILES):
        cleaned = clean_batch(batch, work=work)
        doubtful = [entry for entry, one in zip(batch, cleaned, strict=True) if one.card and one.card.doubtful]
        if doubtful:  # the run cleans them again, with what the others say
            clean_batch(doubtful, work=again)
        size += sum(map(_weight, batch))
        if time.perf_counter() - began > limit:
            break
    return time.perf_counter() - began, size


def _beginning(entry: Entry, scratch: Path) -> Entry:
    """`entry`, or where it is large, a file in `scratch` with its beginning."""
    if entry.size <= SAMPLE_BYTES:
        return entry
    part = scratch / hashlib.sha256(os.fsencode(entry.file)).hexdigest()
    try:
        with Path(entry.file).open("rb") as file:
            part.write_bytes(file.read(SAMPLE_BYTES))
    except OSError:  # told, as the run would, by whoever reads it
        return entry
    return entry._replace(file=str(part), size=SAMPLE_BYTES)


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"
