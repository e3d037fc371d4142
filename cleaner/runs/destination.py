"""Where a run writes: whether the folder may be written, and the ledger in it."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from cleaner.errors import CleanerError, ResourceError, UsageError
from cleaner.outputs.folder import MANIFEST, OUTPUTS
from cleaner.outputs.reading import read_rows
from cleaner.runs.ledger import NAME as LEDGER
from cleaner.runs.ledger import Ledger, LedgerInUseError, is_damage
from cleaner.sources import Entries

CORPUS = "corpus.jsonl"
STATE = ".state"
FULL = ("database or disk is full", "disk I/O error")
"""What SQLite says on a disk that is full."""
TOO_LITTLE = (os.strerror(errno.ENOMEM), "failed to map segment", "can't start new thread")
"""What the system's loader and Python's threads say without memory."""


def check_folders(inputs: Sequence[Path], out: Path, *, force: bool) -> None:
    """Raises UsageError where the input is missing, or the output would overwrite what is not ours."""
    if not inputs:
        raise UsageError("no input was named; give a file or a folder")
    for place in inputs:
        if not place.exists():
            raise UsageError(f"{place}: there is no such file or folder")
        if not (place.is_file() or place.is_dir()):
            raise UsageError(f"{place}: neither a file nor a folder")
        if not os.access(place, os.R_OK):
            raise UsageError(f"{place}: can't be read: permission denied")
        if is_within(out, place):
            raise UsageError(f"{out}: the output can't be inside the input {place}; name a folder beside it")
        if is_within(place, out):
            raise UsageError(f"{place}: the input can't be inside the output {out}; name another output")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: the output must be a folder, and this is a file")
    if out.is_dir() and any(out.iterdir()) and not force and not _is_ours(out):
        raise UsageError(
            f"{out}: the folder is not empty and was not written by cleaner; name another, or use --force to write "
            "into it"
        )
    held = sorted(name for name in (*OUTPUTS, STATE) if (out / name).exists())
    if held and not _is_ours(out):
        raise UsageError(
            f"{out}: holds {', '.join(held)} by another hand, which a run would replace; name another output"
        )


def is_within(place: Path, folder: Path) -> bool:
    """Whether `place` is `folder` or lies inside, also where that has other names, as `Docs` has on a Mac for `docs`."""
    whole = Path(os.path.realpath(place))  # `resolve` fails on a link that leads to itself
    return folder.exists() and any(one.exists() and one.samefile(folder) for one in (whole, *whole.parents))


def check_same_files(inputs: Sequence[Path], entries: Entries, out: Path) -> None:
    """Raises UsageError where the run in `out` was one over other files: none of its documents is among `entries`.

    Such a run would be replaced, with nothing left of it. One document in common is enough, usually the first one, also
    where one of the two runs had a single input and the other several, whose names are prefixed to those of their
    documents.
    """
    other = ""
    try:
        for row in read_rows(out / CORPUS, missing=True):
            other = row["id"]
            names = (other, other.partition("/")[2], *(f"{place.absolute().name}/{other}" for place in inputs))
            if any(_holds(entries, name) for name in names):
                return
    except (CleanerError, KeyError, TypeError, AttributeError):  # damaged: it is made again
        return
    if other:
        raise UsageError(
            f"{out}: holds a run over other files, such as {other}, and none of them is in this input; name another output, "
            "or use --force to replace that run"
        )


def _holds(entries: Entries, path: str) -> bool:
    at = bisect_left(range(len(entries)), path, key=entries.path)
    return at < len(entries) and entries.path(at) == path


def _is_ours(out: Path) -> bool:
    if (out / STATE / LEDGER).is_file():
        return True
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("generator") == "cleaner"


@contextmanager
def open_ledger(out: Path) -> Iterator[Ledger]:
    """The ledger of the run in `out`, closed in the end.

    Raises UsageError where the folder can't be written, another run writes there, or there is no more room, ResourceError
    where what is done with it lacks memory.
    """
    state = out.absolute() / STATE
    try:
        ledger = Ledger(state)
    except LedgerInUseError:
        raise UsageError(f"{out}: another run is writing there; wait for it, or name another output") from None
    except (OSError, sqlite3.Error) as error:
        raise _not_written(out, error) from None
    try:
        with closing(ledger):
            try:
                (state / ".gitignore").write_bytes(b"*\n")
            except OSError as error:
                raise _not_written(out, error) from None
            yield ledger
    except (MemoryError, OSError, ImportError, RuntimeError, sqlite3.Error) as error:
        if _lacks_memory(error):
            raise ResourceError(
                f"there is not enough memory ({_lacking(error)}); use fewer --jobs, or a machine with more; the same "
                "command goes on where it stopped"
            ) from None
        if _is_full(error):
            raise UsageError(
                f"{out}: can't be written: {_reason(error)}; make room, and run the same command again: it goes on "
                "where it was"
            ) from None
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            raise UsageError(
                f"{out}: can't be written: {_reason(error)}; its file system, or a limit of this session (ulimit -f), takes no "
                "larger file; name another output"
            ) from None
        if not isinstance(error, sqlite3.Error):
            raise
        if is_damage(error):
            os.truncate(state / LEDGER, 0)  # its place says that the folder is ours
            raise UsageError(
                f"{state / LEDGER}: was damaged meanwhile ({error}), and is emptied; the same command begins anew"
            ) from None
        raise UsageError(
            f"{state / LEDGER}: failed: {error}; run the same command again, or name another output"
        ) from None


def _not_written(out: Path, error: OSError | sqlite3.Error) -> UsageError:
    return UsageError(f"{out}: the output folder can't be written: {_reason(error)}; name another with --out")


def _lacks_memory(error: Exception) -> bool:
    """Whether `error` says so: a process, a thread and the parts of the program that are loaded late take memory as well."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    told = isinstance(error, (ImportError, RuntimeError)) and any(sign in str(error) for sign in TOO_LITTLE)
    return told or isinstance(error, MemoryError)


def _lacking(error: Exception) -> str:
    """What `error` says of it, on one line: numpy's fills a page where its libraries can't be loaded."""
    if isinstance(error, ImportError):
        return next(sign for sign in TOO_LITTLE if sign in str(error))
    return str(error) or "none is left"


def _is_full(error: Exception) -> bool:
    """Whether `error` says that the disk has no more room."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return str(error) in FULL


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
