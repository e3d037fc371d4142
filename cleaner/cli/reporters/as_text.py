"""`PATH:LINE:COLUMN: CODE 'before' → 'after' (confidence) reason`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.checking import Problem
from cleaner.cli.common import Style, printable, sure
from cleaner.cli.reporters import Found

LONGEST = 40
"""Characters of a changed text that are shown."""


def lines(found: Iterable[Found], style: Style) -> Iterator[str]:
    """A line a problem."""
    for file in found:
        yield from (line(file.path, problem, style) for problem in file.problems)


def line(path: str, problem: Problem, style: Style) -> str:
    """The line of one problem."""
    place = f"{style(printable(path), 'bold')}:{problem.line}:{problem.column}:"
    return f"{place} {style(problem.rule, 'cyan')} {_what(problem, style)}{printable(problem.reason)}"


def _what(problem: Problem, style: Style) -> str:
    before = quoted(problem.before)
    if problem.after is not None:
        return f"{style(before, 'red')} → {style(quoted(problem.after), 'green')} ({sure(problem.confidence)}) "
    if problem.alternatives:
        first = problem.alternatives[0]
        return f"{style(before, 'yellow')}, perhaps {quoted(first.value)} ({sure(first.confidence)}): "
    return f"{style(before, 'yellow')}: " if 0 < len(problem.before) <= LONGEST else ""


def quoted(text: str) -> str:
    """`text` in quotes, shortened, with nothing that could steer a terminal."""
    shown = printable(text)
    return f"'{shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + '…'}'"
