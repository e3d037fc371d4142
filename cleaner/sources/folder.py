"""Files and folders on this machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import UsageError

__all__ = ["Entry", "Skipped", "list_inputs"]

VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to read: where it is, and its path as a document has it."""

    file: str
    """Path for `open`; holds surrogate escapes where a name is not UTF-8."""
    path: str
    """Relative to its input, POSIX form, prefixed by the input's name where there are several; always UTF-8."""
    raw_path: bytes | None
    """The relative path as bytes, where it is not UTF-8."""
    size: int = 0
    """Bytes, when it was listed; 0 where that could not be told."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in an input that is no document."""

    path: str
    reason: str


def list_inputs(inputs: Sequence[Path]) -> tuple[list[Entry], list[Skipped]]:
    """All files of `inputs`, each a file or a folder, in the order of their paths, and what was passed over.

    Links to folders are not followed. Raises UsageError where an input does not exist or names collide.
    """
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    names: dict[str, Path] = {}
    for place in inputs:
        if not place.exists():
            raise UsageError(f"{place}: there is no such file or folder")
        name = place.resolve().name
        if names.setdefault(name, place) is not place:
            raise UsageError(
                f"{place} and {names[name]} have the same name: give one of them another, or run them apart"
            )
        prefix = name if len(inputs) > 1 and place.is_dir() else ""
        found = _walk(place, skipped, prefix) if place.is_dir() else iter([place])
        for file in found:
            relative = Path(prefix, file.relative_to(place)) if place.is_dir() else Path(file.name)
            entries.append(_entry(file, relative))
    entries.sort(key=lambda entry: (entry.path, entry.file))
    skipped.sort(key=lambda row: row.path)
    return entries, skipped


def _walk(place: Path, skipped: list[Skipped], prefix: str) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        skipped.append(Skipped(_shown(place, error.filename, prefix), f"can't be listed: {error.strerror}"))

    for folder, folders, files in os.walk(place, onerror=unreadable):
        for name in sorted(VERSION_CONTROL.intersection(folders)):
            folders.remove(name)
            skipped.append(Skipped(_shown(place, os.path.join(folder, name), prefix), "version control: not read"))  # noqa: PTH118
        links = [Path(folder) / name for name in sorted(folders) if (Path(folder) / name).is_symlink()]
        skipped += [Skipped(_shown(place, link, prefix), "link to a folder: not followed") for link in links]
        for name in files:
            path = Path(folder) / name
            try:
                kind = stat.S_IFMT(path.stat().st_mode)
            except OSError as error:
                skipped.append(Skipped(_shown(place, path, prefix), f"can't be read: {error.strerror}"))
                continue
            if kind == stat.S_IFREG:
                yield path
            else:
                skipped.append(Skipped(_shown(place, path, prefix), "not a regular file"))


def _shown(place: Path, path: str | Path, prefix: str) -> str:
    return _entry(Path(path), Path(prefix, Path(path).relative_to(place))).path


def _entry(file: Path, relative: Path) -> Entry:
    raw = os.fsencode(relative.as_posix())
    try:
        size = file.stat().st_size
    except OSError:
        size = 0
    try:
        return Entry(str(file), raw.decode("utf-8"), None, size)
    except UnicodeDecodeError:
        return Entry(str(file), raw.decode("utf-8", "backslashreplace"), raw, size)
