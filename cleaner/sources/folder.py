"""Files and folders on this machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import UsageError
from cleaner.sources.listed import Entries, Entry

JUNCTION = 0xA0000003
"""Windows' IO_REPARSE_TAG_MOUNT_POINT."""
VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})


class Skipped(NamedTuple):
    """Something in an input that is no document."""

    path: str
    reason: str


def list_inputs(inputs: Sequence[Path]) -> tuple[Entries, list[Skipped]]:
    """All files of `inputs`, each a file or a folder that is there, in the order of their paths, and what was passed over.

    Links to folders are not followed. Raises UsageError where names collide.
    """
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    names: dict[str, Path] = {}
    for place in inputs:
        name = place.resolve().name
        if names.get(name) == place:
            raise UsageError(f"{place}: was named twice; name it once")
        if names.setdefault(name, place) is not place:
            raise UsageError(
                f"{place} and {names[name]} have the same name: give one of them another, or run them apart"
            )
        if place.is_dir():
            prefix = f"{name}/" if len(inputs) > 1 else ""
            entries += (_entry(*found) for found in _walk(str(place), prefix, skipped))
        else:
            entries.append(_entry(str(place), place.name, place.stat().st_size))
    entries = sorted(_told_apart(sorted(entries, key=attrgetter("path", "file"))), key=attrgetter("path"))
    skipped.sort(key=lambda row: row.path)
    return Entries(entries), skipped


def _walk(place: str, prefix: str, skipped: list[Skipped]) -> Iterator[tuple[str, str, int]]:
    """Every regular file below the folder `place`: its path, the same with `prefix` in place of the folder, its bytes."""
    folders = [(place, prefix)]
    while folders:
        folder, shown = folders.pop()
        try:
            held = list(os.scandir(folder))
        except OSError as error:
            skipped.append(Skipped(recorded(shown.rstrip("/")), f"can't be listed: {error.strerror}"))
            continue
        for item in held:
            name = shown + item.name
            try:
                if item.is_dir():
                    reason = _passed_over(item)
                    if reason:
                        skipped.append(Skipped(recorded(name), reason))
                    else:
                        folders.append((item.path, f"{name}/"))
                    continue
                found = item.stat()
            except OSError as error:
                skipped.append(Skipped(recorded(name), f"can't be read: {error.strerror}"))
                continue
            if stat.S_ISREG(found.st_mode):
                yield item.path, name, found.st_size
            else:
                skipped.append(Skipped(recorded(name), "not a regular file"))


def _passed_over(folder: os.DirEntry[str]) -> str:
    """Why a folder is not read; "" where it is."""
    if folder.name in VERSION_CONTROL:
        return "version control: not read"
    return "link to a folder: not followed" if folder.is_symlink() or is_junction(folder) else ""


def is_junction(folder: os.DirEntry[str]) -> bool:
    """Whether a folder is Windows' other kind of link, which is no symlink to Python; it may lead in a circle."""
    return getattr(folder.stat(follow_symlinks=False), "st_reparse_tag", 0) == JUNCTION


def recorded(path: str) -> str:
    """`path` as records have it: the bytes of its name that are not UTF-8 are written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _entry(file: str, relative: str, size: int) -> Entry:
    relative = relative.replace(os.sep, "/")
    if relative.isascii():
        return Entry(file, relative, None, size)
    name = os.fsencode(relative)  # its bytes: the locale may read them as something else
    try:
        return Entry(file, name.decode(), None, size)
    except UnicodeDecodeError:
        return Entry(file, recorded(relative), name, size)


def _told_apart(entries: Sequence[Entry]) -> Sequence[Entry]:
    """`entries`, no two of one path: the byte E9 in a name is written out as others have it in theirs, four characters long. Then
    a number is added to the path of the one that is not UTF-8.
    """
    if all(one.raw_path is None for one in entries):
        return entries
    taken = {one.path for one in entries if one.raw_path is None}
    apart = []
    for one in entries:
        path, number = one.path, 1
        while one.raw_path is not None and path in taken:
            number += 1
            path = f"{one.path}~{number}"
        taken.add(path)
        apart.append(one._replace(path=path))
    return apart
