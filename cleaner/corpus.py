"""Many documents: list them, clean them on an engine, compare them, write the corpus; resume a run that was stopped."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import chain, compress
from operator import not_
from os import PathLike
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from cleaner import __version__
from cleaner.arguments import check_kind
from cleaner.cleaning import FIRST, FolderContext
from cleaner.decisions import Decision, DocumentDecisions, notes_on_decisions
from cleaner.document import Encoding
from cleaner.engines import Engine, EngineName, start
from cleaner.errors import UsageError
from cleaner.memory import give_back_memory
from cleaner.outputs import (
    Begun,
    Part,
    RejectedRow,
    Sections,
    Writing,
    Written,
    begin_folder,
    is_fresh,
    remove_scratch,
    write_folder,
    write_part,
)
from cleaner.outputs.atomic import write_atomic
from cleaner.rules import rule_summaries
from cleaner.runs.comparing import SCRATCH, compared
from cleaner.runs.destination import check_folders, check_same_files, open_ledger
from cleaner.runs.entries import PROFILE, TEXT, Cleaned, Work, clean_batch
from cleaner.runs.ledger import PIECE, Ledger, Place, Reader
from cleaner.runs.remembered import Counts, Documents, Remembered, Sources
from cleaner.settings import Settings
from cleaner.sources import Entries, Entry, Skipped, list_inputs

TIMINGS = "timings.json"
PAYS = 4_000_000
"""Bytes of input from which worker processes are started: below, starting them takes longer than the work."""
BATCH_BYTES, BATCH_FILES = 1_000_000, 256
"""The most that a worker is handed at once: a third of a second's work."""
SMALLEST = 32_000
"""Bytes of a batch towards the end of a list, where batches get smaller so that all workers end at nearly the same time."""
SHARES = 3
"""Batches for each worker into which what is left is divided."""
MODULES = (
    *("cleaner.decoding.detect", "cleaner.mojibake.repairing", "cleaner.normalization", "cleaner.language"),
    "cleaner.overlap",
)
"""The modules that cleaning and comparing load."""
PART_BYTES = 16_000_000
"""Most bytes of text in one part of the output; a larger document is a part of its own."""

Item = TypeVar("Item")
Stage = Literal["clean", "clean again", "compare", "write"]
Progress = Callable[[Stage, int, int], None]
"""Called with the stage, the number of documents it is done with, and the number of all. Cleaning counts its documents;
each other stage calls it once, when it begins."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. Everything else about it stands in its output folder."""

    out: Path
    writing: Writing
    counts: Counts
    reused: int
    """Documents whose result an earlier run of the same folder had left."""
    seconds: dict[str, float]
    """Time by stage; `clean` is all stages of single documents, on all workers together as it passes on the clock."""


def clean_folder(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    settings: Settings | None = None,
    jobs: int | None = None,
    engine: Engine | EngineName | None = None,
    address: str | None = None,
    decisions: Iterable[Decision] = (),
    leave_out: Callable[[str], bool] | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Cleans all files of `inputs` into the folder `out`; its files: docs/reference/output.md.

    `jobs` is the number of workers (None: as many as pay), `engine` what runs them: `serial`, `process`, `ray` (on the
    cluster at `address`, else on this machine), or one of your own, which stays open; the result is the same for any. A
    script calls this below `if __name__ == "__main__":`, since workers that can't be forked run the script again. A
    run into its own earlier output takes it up or brings it up to date; one into that of a run over other files, or another
    folder that is not empty, is refused unless `force`, and always where it would replace what others left there. A file that
    can't be read or is no text becomes a row of `rejected.jsonl`.
    `decisions` are what a person has decided (`cleaner.decisions`); those without effect are told in the notes.
    `leave_out` says of a file's path whether it is not wanted, as `.gitignore` does; such a file is listed as rejected.

    Raises ArgumentError for arguments of a wrong type, UsageError where an input is missing, `out` lies inside an
    input or is refused, the disk is full, what a stopped run left there can't be removed, or there is no such engine;
    ResourceError where the memory is not enough or a worker is lost: the same call goes on where it stopped.
    """
    _check(inputs, out, settings, jobs)
    settings = settings or Settings()
    named = [inputs] if isinstance(inputs, (str, os.PathLike)) else list(inputs)
    places = [Path(place) for place in named]
    check_folders(places, Path(out), force=force)
    clock = _Clock()
    entries, skipped = listed(places, leave_out)
    if not force:
        check_same_files(places, entries, Path(out))
    own = _engine(entries, jobs, engine, address) if engine is None or isinstance(engine, str) else engine
    clock.stop("list")
    with ExitStack() as ending:
        if own is not engine:
            ending.callback(own.close)
        ledger = ending.enter_context(open_ledger(Path(out)))
        if own is not engine:  # workers end while nobody else can write there
            ending.callback(remove_scratch, ledger.folder / SCRATCH)
            ending.callback(own.close)
        run = _Run(Path(out), settings, own, ledger, clock, DocumentDecisions.by_document(decisions))
        return run.all(entries, [RejectedRow(row.path, "SRC102", row.reason) for row in skipped], progress)


def listed(places: Sequence[Path], leave_out: Callable[[str], bool] | None) -> tuple[Entries, list[Skipped]]:
    """The files of `places` that are wanted, and what was passed over."""
    entries, skipped = list_inputs([place.absolute() for place in places])
    if leave_out is None:
        return entries, skipped
    left = [leave_out(one.file) for one in entries]
    skipped += [Skipped(one.path, "named in .gitignore") for one in compress(entries, left)]
    return Entries(compress(entries, map(not_, left))), skipped


def _check(inputs: object, out: object, settings: object, jobs: object) -> None:
    if not isinstance(inputs, (str, os.PathLike)):
        check_kind(inputs, Iterable, "inputs must be a path, or a list of paths")
        for one in inputs if isinstance(inputs, Sequence) else ():
            check_kind(one, (str, os.PathLike), "inputs must be paths")
    check_kind(out, (str, os.PathLike), "out must be the path of the folder to write")
    if settings is not None:
        check_kind(settings, Settings, "settings must be a cleaner.Settings, as Settings.of({…}) makes one")
    if jobs is not None and (type(jobs) is not int or jobs < 1):
        raise UsageError(f"jobs is {jobs!r}; it must be a number of workers, 1 or more")


def _engine(entries: Entries, jobs: int | None, name: EngineName | None, address: str | None) -> Engine:
    if name == "ray" or address:
        return start("ray", jobs or 0, address)
    workers = workers_for(entries, jobs, name)
    return start(name or ("process" if workers > 1 else "serial"), workers, modules=MODULES)


def workers_for(entries: Entries, jobs: int | None, name: EngineName | None = None) -> int:
    """How many workers of the engine `name` clean `entries`: `jobs` (None: as many as pay), but no more than there are files."""
    if jobs is None:
        jobs = processors() if name == "process" or _pays(entries) else 1
    return max(1, min(jobs, len(entries)))


def _pays(entries: Entries) -> bool:
    """Whether there is enough to do for worker processes, and they can be started from here."""
    if entries.bytes < PAYS:
        return False
    from cleaner.engines import starts_by_itself

    return starts_by_itself()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._began = time.perf_counter()

    def stop(self, stage: str) -> None:
        """Books the time since the last call under `stage`."""
        now = time.perf_counter()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self._began, 4)
        self._began = now


class _Run(NamedTuple):
    """One run: what it works on, and how."""

    out: Path
    settings: Settings
    engine: Engine
    ledger: Ledger
    clock: _Clock
    decisions: dict[str, DocumentDecisions]

    def all(self, entries: Entries, skipped: list[RejectedRow], progress: Progress | None) -> Summary:
        """The run, from the entries to the summary; `entries` are let go when their documents are known."""
        results = self.clean(entries, progress)
        self.clock.stop("clean")
        results.settle()
        documents, size = results.documents(entries), entries.bytes
        entries.clear()
        give_back_memory()
        # What is written does not depend on what overlaps, where no policy leaves documents out. Into a folder that a reader
        # may look into nothing is written before all is known: a run that is stopped while it compares leaves it as it was.
        if progress:
            progress("compare", 0, len(documents))
        early = self.settings.overlap == "annotate" and is_fresh(self.out)
        begun = self.begin(documents) if early else None
        found = compared(documents, self.ledger.shards, self.settings, self.engine)
        self.clock.stop("overlap")
        kept = documents.without({row.id for row in found.removed})
        if progress:
            progress("write", 0, len(kept))
        counts = kept.counted()
        rejected = sorted([*skipped, *results.rejected()], key=lambda row: row.path)
        writing = Writing(
            version=__version__,
            settings=self.settings.record(),
            counts=counts.totals(),
            sources=Sources(documents, rejected),
            relations=found.relations,
            clusters=found.clusters,
            removed=found.removed,
            rejected=rejected,
            merged=found.merged,
            report=self.settings.report,
            rules=rule_summaries(),
            notes=[
                *self.settings.without_effect(),
                *found.notes,
                *notes_on_decisions(self.decisions, documents.ids, counts.findings),
            ],
        )
        places = documents.column(results.place)
        with Reader(self.ledger.shards) as reader:
            write_folder(self.out, begun or self.begin(kept), writing, lambda name: _stored(reader, places[name]))
        self.clock.stop("write")
        self._remember(size, results.made())
        return Summary(self.out, writing, counts, results.reused(), self.clock.seconds)

    def _remember(self, size: int, made: int) -> None:
        """Leaves behind how long the run took, for the estimate of the next."""
        timings = {"bytes": size, "made": made, "workers": self.engine.workers, "seconds": self.clock.seconds}
        write_atomic(self.ledger.folder / TIMINGS, [json.dumps(timings) + "\n"])

    def clean(self, entries: Entries, progress: Progress | None) -> Remembered:
        """What becomes of the entries, in order: each document on its own, then the doubtful ones with what the others say."""
        known = self.ledger.known()
        results = Remembered()
        doubtful: list[int] = []
        for batch in self.each(entries, FIRST, known):
            for one in batch:
                if one.card and one.card.doubtful:
                    doubtful.append(len(results))
                results.add(one, entries.path(len(results)))
            if progress:
                progress("clean", len(results), len(entries))
        context = _context(results)
        before = []
        if not (context.encodings or context.repairs or context.languages):  # a second opinion is all that there is
            doubtful = [number for number in doubtful if results.card(number, "").uncertain]
        if doubtful:
            if progress:
                progress("clean again", 0, len(doubtful))
            before = list(results.keys(doubtful))
            again = self.each(Entries(entries[number] for number in doubtful), context, known)
            for number, one in zip(doubtful, (one for batch in again for one in batch), strict=True):
                results.replace(number, one, entries.path(number))
        self.ledger.keep_only(chain(results.keys(), before))
        return results

    def each(self, entries: Entries, context: FolderContext, known: Path | None) -> Iterator[list[Cleaned]]:
        """Results of the entries in order, by batches; new ones go into the ledger."""
        work = partial(clean_batch, work=Work.of(self.settings, context, self.ledger.shards, known, self.decisions))
        for batch in self.engine.map(work, shrinking_batches(entries, self.engine.workers)):
            for one in batch:
                if one.lasting and not one.reused:
                    self.ledger.put(one.row())
            yield batch

    def begin(self, kept: Documents) -> Begun:
        """Has the parts of the output written by the workers, in the order of the documents."""
        writer = partial(self.parts, kept)
        return begin_folder(self.out, self.ledger.folder, kept.ids, kept.output_paths, writer)

    def parts(self, kept: Documents, parts: Path, texts: Path, *, fresh: bool) -> Iterator[Written]:
        """The parts of the output, in the order of the documents, as the workers write them."""
        most = min(PART_BYTES, sum(map(kept.bytes, range(len(kept)))) // (3 * self.engine.workers) + 1)
        cut = batches(range(len(kept)), kept.bytes, lambda _: most, files=1 << 30)
        work = partial(_write_part, folder=parts, texts=texts, shards=self.ledger.shards, fresh=fresh)
        numbered = (
            (number, [(Part(*kept.names(at)), kept.place(at)) for at in batch]) for number, batch in enumerate(cut)
        )
        return self.engine.map(work, numbered)


def _write_part(
    numbered: tuple[int, Sequence[tuple[Part, Place]]], *, folder: Path, texts: Path, shards: Path, fresh: bool
) -> Written:
    number, documents = numbered
    with Reader(shards) as reader:
        held = ((one, _stored(reader, place)) for one, place in documents)
        return write_part(folder / f"{number:08d}", texts, held, fresh=fresh)


def _stored(reader: Reader, place: Place) -> Sections:
    """The outputs' sections at `place`; a large text is read in pieces when it is asked for."""
    if place.lengths[TEXT] > PIECE:
        return Sections(reader.pieces(place, TEXT), *reader.sections(place, TEXT + 1, PROFILE))
    text, *rest = reader.sections(place, TEXT, PROFILE)
    return Sections([text], *rest)


def batches(
    items: Iterable[Item], size: Callable[[Item], int], most: Callable[[int], int], *, files: int = BATCH_FILES
) -> Iterator[list[Item]]:
    """`items` in order, in lists of at most `files` items and of the size `most(done)`, where `done` is the size of all
    lists before; a larger item is a list of its own.
    """
    batch: list[Item] = []
    done = total = 0
    limit = most(done)
    for item in items:
        own = size(item)
        if batch and (total + own > limit or len(batch) >= files):
            yield batch
            done += total
            batch, total, limit = [], 0, most(done)
        batch.append(item)
        total += own
    if batch:
        yield batch


def shrinking_batches(entries: Entries, workers: int) -> Iterator[list[Entry]]:
    """`entries` in batches for `workers`: large ones first, smaller ones when less is left."""
    whole, parts = entries.bytes, SHARES * workers

    def most(done: int) -> int:
        return BATCH_BYTES if workers == 1 else min(BATCH_BYTES, max(SMALLEST, (whole - done) // parts))

    return batches(entries, lambda entry: entry.size, most)


def _context(results: Remembered) -> FolderContext:
    """What the confident documents of a folder agree on."""
    from cleaner.decoding import EncodingContext
    from cleaner.language.context import LanguageContext
    from cleaner.mojibake import RepairContext

    encodings, repairs = [], []
    languages = LanguageContext.of(results.languages())
    for card in results.telling():
        if card.sure:
            encodings.append(Encoding(card.encoding, None, card.confidence, card.method))
            repairs.append(card.chains)
    found = EncodingContext.of(encodings), RepairContext.joined(repairs)
    return FolderContext(found[0] or None, found[1] or None, languages or None)
