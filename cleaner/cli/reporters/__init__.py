"""What a command on files prints: one file a form, each a function from problems to lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import NamedTuple

from cleaner.checking import Problem
from cleaner.cli.common import Style

__all__ = ["Found", "report"]


class Found(NamedTuple):
    """The problems of one file."""

    path: str
    """As it is shown."""
    encoding: str | None
    problems: tuple[Problem, ...]


def report(form: str, found: Iterable[Found], *, style: Style) -> Iterator[str]:
    """The lines of a report on `found` in the form `form`, without line ends."""
    lines: Iterator[str] = import_module(f"cleaner.cli.reporters.as_{form}").lines(found, style)
    return lines
