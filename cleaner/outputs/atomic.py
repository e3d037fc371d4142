"""Files that exist whole or not at all, and what their writers share."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TEMPORARY = ".cleaner-part"
"""End of the temporary names; a killed run may leave one, and the next run writes over it or removes it."""
LONGEST = 255
"""Bytes of a file's name at the most."""


def _short(name: str) -> str:
    """`name`, or its digest where it leaves no room for more: file systems take names of 255 bytes."""
    data = os.fsencode(name)
    return name if len(data) + len(TEMPORARY) <= LONGEST else hashlib.sha256(data).hexdigest()


def temporary(path: Path) -> Path:
    """The name that the file `path` has while it is written."""
    return path.with_name(_short(path.name) + TEMPORARY)


@contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """Adds `path` to an OSError of the block that names no file."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


def write_all(file: int, data: bytes) -> None:
    """Writes `data` to the open `file`, in as many calls as that takes: one may take less, as on a disk that gets full."""
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def write_atomic(path: Path, chunks: Iterable[str | bytes]) -> str:
    """Writes `chunks` (text as UTF-8, line ends as they are) to `path` by way of a temporary name.

    The folder is made where it is missing. Returns the SHA-256 of what was written, in hex. Raises OSError that names `path`.
    """
    part, digest = temporary(path), hashlib.sha256()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for chunk in chunks:
                data = chunk.encode() if isinstance(chunk, str) else chunk
                digest.update(data)
                file.write(data)
        part.replace(path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from None
        raise
    return digest.hexdigest()
