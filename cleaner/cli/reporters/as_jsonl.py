"""One JSON object a line for each problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cleaner.checking import Problem
from cleaner.cli.common import Style
from cleaner.cli.reporters import Found
from cleaner.records import dumps, to_json
from cleaner.sources import recorded


def lines(found: Iterable[Found], style: Style) -> Iterator[str]:  # noqa: ARG001
    """A record a problem."""
    for file in found:
        yield from (dumps(record(file, problem)) for problem in file.problems)


def record(file: Found, problem: Problem) -> dict[str, Any]:
    """The record of one problem; `fixable` says whether `fix` changes it."""
    return {
        "path": recorded(file.path),
        "encoding": file.encoding,
        "fixable": problem.after is not None,
        **to_json(problem),
    }
