"""Line ends, spaces at line ends, blank lines; indentation and doubled spaces in profile `corpus`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import Edit
from cleaner.normalization.change import edit, substituted

LINE_END = re.compile(r"\r\n?")
ENDED = re.compile(r"\n(?<=[ \t]\n)"), re.compile(r"\n(?:(?<=[ \t]\n)|(?<=[ \t]\r\n))")
"""A line end behind a space or tab: from the line ends on, that is found twice as fast as by its spaces. CR LF counts like LF, here
and below: a file that keeps its line ends (`cleaner fix`) has them still."""
BREAK = re.compile(r"(?<=[^\s])  (?=\r?\n[ \t]*[^\s])")
"""Two spaces at the end of a line of text: a line break in Markdown."""
BLANK = re.compile(r"\n\n\n+")
"""Begins as a string does, which is found ten times as fast as a repetition."""
BLANK_CRLF = re.compile(r"(?:\r\n){3,}")
LEADING = re.compile(r"\A(?:[ \t]*\r?\n)+")
INDENT = re.compile(r"(?m)^ {1,3}(?=[^\s\-*+>|#\d•])")
"""Up to three spaces before a sentence: more is code or a layout, and before a sign it may be a list."""
DOUBLED = re.compile(r"(?<=[^\s|]) {2,3}(?=[^\s|])")
DRAWN = re.compile("[\u2500-\u259f]")
"""Frames, trees and blocks: each space of their lines is measured."""

line_ends = substituted("TXT102", LINE_END, "\n", "line end of another system", needs="\r")
_blank = substituted("TXT106", BLANK, "\n\n", "more than one blank line")
_blank_crlf = substituted("TXT106", BLANK_CRLF, "\r\n\r\n", "more than one blank line", needs="\r\n\r\n\r\n")
leading_lines = substituted("TXT202", LEADING, "", "blank lines before the text")


def blank_lines(text: str) -> Iterator[Edit]:
    """Two and more blank lines in a row, made one."""
    yield from _blank(text)
    if "\r" in text:
        yield from _blank_crlf(text)


def trailing_spaces(text: str, *, markdown: bool) -> Iterator[Edit]:
    """Spaces and tabs before a line end; in Markdown the two of a line break stay."""
    ends = [match.start() for match in ENDED["\r" in text].finditer(text)]
    if text.endswith((" ", "\t")):
        ends.append(len(text))
    breaks = {match.start() for match in BREAK.finditer(text)} if markdown and ends else set()
    for at in ends:
        start = end = at - (text[at - 1] == "\r")
        while start and text[start - 1] in " \t":
            start -= 1
        if start not in breaks:
            yield edit("TXT105", text, start, end, "", "spaces at the end of a line")


def indentation(text: str) -> Iterator[Edit]:
    """Single indented paragraphs; a block of lines indented alike is a layout, and stays."""
    lines = text.split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines]
    start = 0
    for number, line in enumerate(lines):
        match = INDENT.match(line)
        if match and not _alike(indents, lines, number):
            yield edit("TXT203", text, start, start + match.end(), "", "indentation of a paragraph")
        start += len(line) + 1


def _alike(indents: list[int], lines: list[str], number: int) -> bool:
    """Whether a neighbouring line of text has the same indentation."""
    near = [other for other in (number - 1, number + 1) if 0 <= other < len(lines) and lines[other].strip()]
    return any(indents[other] == indents[number] for other in near)


def doubled_spaces(text: str) -> Iterator[Edit]:
    """Two or three spaces inside a line of prose; lines with several such gaps in columns are tables, and stay, as drawings do."""
    start = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        gaps = list(DOUBLED.finditer(line))
        if gaps and not _columns(lines, number, gaps) and not DRAWN.search(line):
            for gap in gaps:
                yield edit("TXT204", text, start + gap.start(), start + gap.end(), " ", "doubled space")
        start += len(line) + 1


def _columns(lines: list[str], number: int, gaps: list[re.Match[str]]) -> bool:
    """Whether a gap ends where one of a neighbouring line ends: then they line up on purpose."""
    ends = {gap.end() for gap in gaps}
    near = [lines[other] for other in (number - 1, number + 1) if 0 <= other < len(lines)]
    found = {match.end() for line in near for match in re.finditer(r"(?<=\S) {2,}(?=\S)", line)}
    return len(lines[number]) < 160 and bool(ends & found)
