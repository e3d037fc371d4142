"""Workflow commands of GitHub Actions: a remark beside the line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.checking import Problem
from cleaner.cli.common import Style, printable
from cleaner.cli.reporters import Found
from cleaner.cli.reporters.as_text import line as text_line


def lines(found: Iterable[Found], style: Style) -> Iterator[str]:  # noqa: ARG001
    """A command a problem."""
    for file in found:
        for problem in file.problems:
            yield _command(file.path, problem)


def _command(path: str, problem: Problem) -> str:
    said = text_line("", problem, Style(on=False)).split(": ", 1)[1]
    level = "warning" if problem.after is not None else "notice"
    where = f"file={_property(printable(path))},line={problem.line},col={problem.column}"
    return f"::{level} {where},title=cleaner {problem.rule}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
