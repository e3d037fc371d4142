"""The lines of a run's files, read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cleaner.errors import CleanerError, UsageError

MARK = "\ufeff"
"""What some editors put at the beginning of a file."""

Row = dict[str, Any]


def read_rows(path: Path, *, missing: bool = False, error: type[CleanerError] = UsageError) -> Iterator[Row]:
    """The records of the file `path`, a JSON object a line, in order.

    With `missing`, a file that is not there has none. Raises UsageError where it is needed and missing, and `error` where a
    line is damaged.
    """
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = json.loads(line if number > 1 else line.removeprefix(MARK))
                except ValueError as wrong:
                    raise error(f"{path}:{number}: is no JSON record: {wrong}; run `cleaner run` again") from None
                if not isinstance(row, dict):
                    raise error(f"{path}:{number}: is no JSON object; run `cleaner run` again")
                yield row
    except FileNotFoundError:
        if not missing:
            raise UsageError(f"{path.parent}: holds no {path.name}; name a folder that `cleaner run` wrote") from None
    except (OSError, UnicodeDecodeError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else "it is not in UTF-8"
        raise error(f"{path}: can't be read: {reason}; run `cleaner run` again") from None


def read_manifest(out: Path) -> Row:
    """What manifest.json of the run in `out` holds. Raises UsageError where there is no finished run."""
    try:
        held: Row = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        if held["generator"] != "cleaner" or not isinstance(held["settings"], dict):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"{out}: holds no finished run; name a folder that `cleaner run` wrote") from None
    return held


@contextmanager
def damage_told(*runs: Path) -> Iterator[None]:
    """Has a record of one of these `runs` that lacks a field, or has another kind of value there, told as a UsageError."""
    try:
        yield
    except UsageError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        where = " or ".join(map(str, runs))
        reason = f"a record lacks {error}" if isinstance(error, KeyError) else error
        raise UsageError(f"{where}: a file of the run is damaged: {reason}; run `cleaner run` again") from None


class Grouped:
    """Rows by the document that they belong to, taken in the order in which they stand in the file."""

    __slots__ = ("_rows", "next")

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.next = next(rows, None)
        """The first row that was not asked for."""

    def of(self, document: Any) -> list[Row]:
        """The next rows, as long as they belong to `document`."""
        own = []
        while self.next is not None and self.next.get("document") == document:
            own.append(self.next)
            self.next = next(self._rows, None)
        return own
