"""The source files of a finished run, given back from its records."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.document import Document, Source
from cleaner.errors import RestoreError, UsageError
from cleaner.outputs.atomic import write_atomic
from cleaner.outputs.naming import is_refused, on_disk
from cleaner.outputs.reading import Grouped, Row, read_manifest, read_rows
from cleaner.outputs.rows import RemovedRow, document_of
from cleaner.plurals import counted
from cleaner.records import from_json
from cleaner.restoring import restore
from cleaner.runs.destination import is_within

ON_WINDOWS = os.name == "nt"
OF_THE_NAME = frozenset(
    {errno.EINVAL, errno.EILSEQ, errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}
)
"""Errors for a name that a system refuses: macOS for bytes that are not UTF-8, Windows for a path that is too long;
also where a file and a folder differ only in case."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How many documents were given back, what went wrong, and how many files of the input never were documents."""

    restored: int
    failures: tuple[str, ...]
    rejected: int


def restore_folder(out: Path, to: Path) -> Restored:
    """Writes the source bytes of every document that the run in `out` kept or left out to the folder `to`.

    Raises UsageError where `out` holds no run, or `to` is not empty, lies inside `out` or can't be written.
    """
    if not (out / "corpus.jsonl").is_file():
        raise UsageError(f"{out}: holds no corpus.jsonl; name a folder that `cleaner run` wrote")
    if is_within(to, out):
        raise UsageError(f"{to}: lies inside {out}; name a folder beside it")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise UsageError(f"{to}: is not an empty folder; name a new one")
    restored, failures = 0, []
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{to}: can't be written: {error.strerror}; name another folder") from None
    for document in read_documents(out):
        try:
            place, data = _place(to, document.source), restore(document)
            if os.path.lexists(place):
                raise RestoreError(
                    f"{document.source.path}: this file system takes its name for that of another; not written"
                )
            write_atomic(place, [data])
        except RestoreError as error:
            failures.append(str(error))
        except OSError as error:
            if error.errno not in OF_THE_NAME:
                raise UsageError(
                    f"{to}: can't be written: {error.strerror}, after {restored:,} of the documents; make room, empty that "
                    "folder and run the command again, or name another"
                ) from None
            failures.append(f"{document.source.path}: can't be written here: {error.strerror}")
        else:
            restored += 1
    lost = _counted(out) - restored - len(failures)
    if lost > 0:
        documents = counted(lost, "document that manifest.json counts is", "documents that manifest.json counts are")
        failures.append(f"{out}: {documents} neither in corpus.jsonl nor in removed.jsonl")
    return Restored(restored, tuple(failures), sum(1 for _ in _rows(out, "rejected.jsonl")))


def _counted(out: Path) -> int:
    """How many documents the run in `out` had; 0 where its manifest doesn't say so."""
    try:
        counts = read_manifest(out)["counts"]
        return int(counts["documents"]) + int(counts["removed"])
    except (UsageError, KeyError, TypeError, ValueError):
        return 0


def read_documents(out: Path) -> Iterator[Document]:
    """Every document of the run in `out`: the kept ones in order, then those that a policy left out.

    Their findings are left out. Raises RestoreError where a record is damaged.
    """
    edits = Grouped(_rows(out, "edits.jsonl"))
    for row in _rows(out, "corpus.jsonl"):
        try:
            yield document_of(row, edits.of(row.get("id")))
        except ValueError as error:
            raise RestoreError(f"{out / 'corpus.jsonl'}: {row.get('id')}: {error}") from None
    if edits.next is not None:
        raise RestoreError(
            f"{out / 'edits.jsonl'}: has changes of {edits.next.get('document')!r}, out of the order of corpus.jsonl"
        )
    for row in _rows(out, "removed.jsonl"):
        try:
            yield from_json(RemovedRow, row).document
        except ValueError as error:
            raise RestoreError(f"{out / 'removed.jsonl'}: {error}") from None


def _rows(out: Path, name: str) -> Iterator[Row]:
    return read_rows(out / name, missing=True, error=RestoreError)


def _place(to: Path, source: Source) -> Path:
    relative = on_disk(source.path) if source.raw_path is None else os.fsdecode(source.raw_path)
    if relative.startswith("/") or ".." in relative.split("/"):
        raise RestoreError(f"{source.path}: leads out of the folder; not written")
    if ON_WINDOWS and is_refused(relative):
        raise RestoreError(f"{source.path}: a name that Windows does not take; not written")
    return to / relative
