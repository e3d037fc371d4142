"""Folders for what is not whole yet: below `.state/`, under names that stay, so that the next run removes what a kill has left."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaner.errors import UsageError


def remove_left(folder: Path) -> None:
    """Removes `folder` with all that is in it. Raises UsageError where something stays: it would pass for a run's own."""
    if not os.path.lexists(folder):
        return
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise UsageError(
            f"{folder}: left by an earlier run, and can't be removed: {error.strerror or error}; remove it, and run the same "
            "command again: it goes on where it was"
        ) from None


def new_folder(folder: Path) -> Path:
    """Makes `folder`, empty, in place of what an earlier run has left there. Raises UsageError where that stays."""
    remove_left(folder)
    folder.mkdir(parents=True)
    return folder


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """A new folder in `folder` while the block lasts; no other run gives one the same name.

    Windows removes no file that a process has mapped, as workers have until they end: what stays is in nobody's way, and is
    removed by `remove_scratch`.
    """
    remove_scratch(folder)
    try:
        own = folder / os.urandom(8).hex()
        own.mkdir(parents=True)
        yield own
    finally:
        remove_scratch(folder)


def remove_scratch(folder: Path) -> None:
    """Removes what scratch folders have left in `folder`, as far as it can be removed."""
    shutil.rmtree(folder, ignore_errors=True)
