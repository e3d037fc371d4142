"""One JSON array with all problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.cli.common import Style
from cleaner.cli.reporters import Found
from cleaner.cli.reporters.as_jsonl import lines as records


def lines(found: Iterable[Found], style: Style) -> Iterator[str]:
    """The array, a line a problem."""
    begun = False
    for line in records(found, style):
        yield ("," if begun else "[") + line
        begun = True
    yield "]" if begun else "[]"
