"""Many documents: list them, clean them on an engine, compare them, write the corpus; taken up again where it was."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from cleaner import __version__
from cleaner.cleaning import FolderContext, clean
from cleaner.document import Document
from cleaner.engines import Engine, ProcessEngine, SerialEngine
from cleaner.errors import CleanerError, NotTextError, UsageError
from cleaner.ledger import Ledger, ledger_key, look_up
from cleaner.outputs import Writing, write_folder
from cleaner.outputs.folder import MANIFEST
from cleaner.outputs.rows import MergedRow, MergedSentence, RejectedRow, RemovedRow
from cleaner.records import dumps, from_json, to_json
from cleaner.rules import rule_codes, rule_summary
from cleaner.settings import Settings
from cleaner.sources import Entry, list_inputs

if TYPE_CHECKING:
    from cleaner.decoding import EncodingContext
    from cleaner.mojibake import RepairContext

__all__ = ["Summary", "clean_folder"]

STATE = ".state"
SURE = 0.95
"""From this confidence on an encoding verdict speaks for its neighbours and does not listen to them. Of the
verdicts above 0.9, 99.1 % are right (benchmarks/encoding_calibration.py); a little more is asked of a witness."""
PAYS = 4_000_000
"""Bytes of input from which worker processes are started: below, starting them takes longer than the work."""

Progress = Callable[[int, int], None]
"""Called with the number of documents done and of all documents."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. Everything else about it stands in its output folder."""

    out: Path
    writing: Writing
    reused: int
    """Documents whose result an earlier run of the same folder had left."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of an entry: a document or a rejection; `key` is its place in the ledger."""

    key: str
    document: Document | None = None
    rejected: RejectedRow | None = None
    reused: bool = False


def clean_folder(
    inputs: Path | Sequence[Path],
    out: Path,
    *,
    settings: Settings | None = None,
    jobs: int | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Cleans all files of `inputs` into the folder `out`; DESIGN of its files: docs/reference/output.md.

    `jobs` is the number of worker processes (None: as many as pay); the result is the same for any number. A run into
    its own earlier output takes it up or brings it up to date; any other folder that is not empty is refused unless
    `force`. A file that can't be read or is no text becomes a row of `rejected.jsonl`.

    Raises UsageError where an input is missing, or `out` lies inside an input or is refused.
    """
    settings = settings or Settings()
    places = [inputs] if isinstance(inputs, (str, os.PathLike)) else list(inputs)
    places = [Path(place) for place in places]
    out = Path(out)
    _check_folders(places, out, force=force)
    entries, skipped = list_inputs(places)
    engine = _engine(entries, jobs)
    state = out / STATE
    ledger = Ledger(state)
    (state / ".gitignore").write_text("*\n", encoding="utf-8")
    try:
        results = _Cleaning(settings, engine, ledger).all(entries, progress)
    finally:
        ledger.close()
    documents = _named([result.document for result in results if result.document])
    rejected = [result.rejected for result in results if result.rejected]
    rejected += [RejectedRow(row.path, "SRC102", row.reason) for row in skipped]
    writing = _compared(documents, sorted(rejected, key=lambda row: row.path), settings)
    write_folder(out, writing)
    return Summary(out, writing, sum(result.reused for result in results if result.document))


def _check_folders(inputs: Sequence[Path], out: Path, *, force: bool) -> None:
    if not inputs:
        raise UsageError("no input was named; give a file or a folder")
    for place in inputs:
        if not place.exists():
            raise UsageError(f"{place}: there is no such file or folder")
        here, there = place.resolve(), out.resolve()
        if there == here or here in there.parents:
            raise UsageError(f"{out}: the output can't be inside the input {place}; name a folder beside it")
        if there in here.parents:
            raise UsageError(f"{place}: the input can't be inside the output {out}; name another output")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: the output must be a folder, and this is a file")
    if out.is_dir() and any(out.iterdir()) and not force and not _is_ours(out):
        raise UsageError(
            f"{out}: the folder is not empty and was not written by cleaner; name another, or use --force to write "
            "into it"
        )


def _is_ours(out: Path) -> bool:
    if (out / STATE).is_dir():
        return True
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("generator") == "cleaner"


def _engine(entries: Sequence[Entry], jobs: int | None) -> Engine:
    if jobs is None:
        size = sum(entry.size for entry in entries)
        jobs = (os.cpu_count() or 1) if size >= PAYS else 1
    return SerialEngine() if jobs <= 1 or len(entries) < 2 else ProcessEngine(jobs)


@dataclass(frozen=True, slots=True)
class _Cleaning:
    """How the documents of one run are cleaned."""

    settings: Settings
    engine: Engine
    ledger: Ledger

    def all(self, entries: Sequence[Entry], progress: Progress | None) -> list[_Result]:
        """One result an entry, in order: each document on its own, then the doubtful ones with what the others say."""
        results: list[_Result] = []
        for result in self.each(entries, FolderContext()):
            results.append(result)
            if progress:
                progress(len(results), len(entries))
        keys = [result.key for result in results]
        doubtful = [number for number, result in enumerate(results) if result.document and _doubtful(result.document)]
        context = _context([result.document for result in results if result.document])
        if doubtful and (context.encodings or context.repairs):
            again = self.each([entries[number] for number in doubtful], context)
            for number, result in zip(doubtful, again, strict=True):
                results[number] = result
                keys.append(result.key)
        self.ledger.keep_only(keys)
        return results

    def each(self, entries: Sequence[Entry], context: FolderContext) -> Iterator[_Result]:
        """One result an entry, in order; new ones go into the ledger."""
        self.ledger.flush()
        work = partial(_clean_entry, settings=self.settings, context=context, ledger=self.ledger.path)
        for result in self.engine.map(work, entries):
            if not result.reused:
                self.ledger.put(result.key, dumps(_stored(result)))
            yield result


def _clean_entry(entry: Entry, *, settings: Settings, context: FolderContext, ledger: Path) -> _Result:
    """Reads and cleans one file, or takes the stored result; never raises for what the file holds."""
    try:
        data = Path(entry.file).read_bytes()
    except OSError as error:
        reason = f"can't be read: {error.strerror}"
        return _Result(ledger_key(entry.path, reason), rejected=RejectedRow(entry.path, "SRC101", reason))
    sha256 = hashlib.sha256(data).hexdigest()
    key = ledger_key(entry.path, sha256, settings.digest, __version__, repr(context))
    stored = look_up(ledger, key)
    if stored is not None:
        return _taken_up(key, json.loads(stored))
    try:
        document = clean(data, path=entry.path, settings=settings, context=context)
    except NotTextError as error:
        reason = str(error).removeprefix(f"{entry.path}: ")
        return _Result(key, rejected=RejectedRow(entry.path, "ENC901", reason, len(data), sha256))
    except CleanerError as error:
        return _Result(key, rejected=RejectedRow(entry.path, "SRC103", str(error), len(data), sha256))
    return _Result(key, replace(document, source=replace(document.source, raw_path=entry.raw_path)))


def _stored(result: _Result) -> dict[str, Any]:
    held = result.document or result.rejected
    return {"document" if result.document else "rejected": to_json(held)}


def _taken_up(key: str, stored: dict[str, Any]) -> _Result:
    if "document" in stored:
        return _Result(key, from_json(Document, stored["document"]), None, reused=True)
    return _Result(key, None, from_json(RejectedRow, stored["rejected"]), reused=True)


def _doubtful(document: Document) -> bool:
    return document.encoding.confidence < SURE or any(finding.rule.startswith("MOJ") for finding in document.findings)


def _context(documents: Sequence[Document]) -> FolderContext:
    """What the confident documents of a folder agree on."""
    from cleaner.decoding import EncodingContext
    from cleaner.mojibake import RepairContext

    sure = [document for document in documents if document.encoding.confidence >= SURE]
    encodings: EncodingContext | None = EncodingContext.of(document.encoding for document in sure)
    repairs: RepairContext | None = RepairContext.of(edit for document in sure for edit in document.edits)
    return FolderContext(encodings or None, repairs or None)


def _named(documents: Sequence[Document]) -> list[Document]:
    """`documents` in the order of their ids, each with its output path: repaired, `.txt` added, no two alike."""
    from cleaner.mojibake import repair_name

    taken: set[str] = set()
    named = []
    for document in sorted(documents, key=lambda one: one.id):
        repaired = repair_name(document.source.path)
        path = repaired.text if repaired.text.endswith(".txt") else repaired.text + ".txt"
        path, stem, number = _safe(path), PurePosixPath(_safe(path)), 1
        while path.casefold() in taken:
            number += 1
            path = str(stem.with_name(f"{stem.stem}~{number}{stem.suffix}"))
        taken.add(path.casefold())
        named.append(replace(document, output_path=path, name_edits=repaired.edits))
    return named


def _safe(path: str) -> str:
    """`path` without what would lead out of its folder; a repaired name could hold such a part."""
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    return "/".join(part.replace("\0", "") for part in parts)


def _compared(documents: list[Document], rejected: list[RejectedRow], settings: Settings) -> Writing:
    """Overlap of `documents`, and the policy carried out."""
    from cleaner.overlap import PolicyDocument, apply_policy, find_duplicates

    changes = {document.id: len(document.edits) for document in documents}
    overlap = find_duplicates(
        {document.id: document.text for document in documents},
        digests={document.id: document.source.sha256 for document in documents},
        changes=changes,
        languages={document.id: document.language.code for document in documents},
    )
    result = apply_policy(
        settings.overlap,
        [PolicyDocument(d.id, d.text, d.language.code, changes[d.id]) for d in documents],
        overlap.pairs,
        overlap.clusters,
        per_language=settings.per_language,
    )
    left_out = {removal.id: removal for removal in result.removed}
    by_id = {document.id: document for document in documents}
    return Writing(
        version=__version__,
        settings=asdict(settings),
        documents=[document for document in documents if document.id not in left_out],
        relations=overlap.pairs,
        clusters=overlap.clusters,
        removed=[RemovedRow(by_id[r.id], r.kept, r.relation, r.score, r.reason, r.evidence) for r in result.removed],
        rejected=rejected,
        merged=[
            MergedRow(
                m.id, m.members, m.text, tuple(MergedSentence(s.text, s.document, s.start, s.end) for s in m.sentences)
            )
            for m in result.merged
        ],
        report=settings.report,
        rules={code: rule_summary(code) for code in rule_codes()},
        notes=overlap.notes,
    )
