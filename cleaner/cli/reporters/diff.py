"""The changes of a file as a unified diff of its decoded text."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from cleaner.cli.common import Style, printable

COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def diff_lines(path: str, before: str, after: str, style: Style) -> Iterator[str]:
    """The lines of the diff, without line ends; carriage returns and other controls of the file stay in the lines, so that it can
    be applied, but for a terminal (colours), where they are escaped.
    """
    name = printable(path)
    rows = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}", lineterm="")
    for number, row in enumerate(rows):
        if number < 2:
            yield style(row, "bold")
            continue
        body, _, rest = row.partition("\n")
        if style.on:
            body = "\t".join(map(printable, body.split("\t")))
        yield style(body, COLOURS[body[0]]) if body[:1] in COLOURS else body
        if rest:
            yield rest


def _lines(text: str) -> list[str]:
    """The lines of `text`; a last one without a line end says so, as patch tools expect."""
    lines = text.split("\n")
    if lines[-1] == "":
        return lines[:-1]
    return [*lines[:-1], lines[-1] + "\n\\ No newline at end of file"]
