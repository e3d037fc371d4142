"""Bidirectional controls: those that change what is shown, and those that are opened and closed as they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import Finding

CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
LINE_END = re.compile("\r\n?|[\n\u2028\u2029\x85]")
NAMES = {
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
OVERRIDES = "\u202d\u202e"
ISOLATES = "\u2066\u2067\u2068"
CLOSED_BY = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": ISOLATES}


def bidi_controls(text: str) -> Iterator[Finding]:
    """A finding for each control: TXT801 where it overrides the order or is not paired in its line, else TXT802."""
    if not CONTROL.search(text):
        return
    start = 0
    for end in (*(match.end() for match in LINE_END.finditer(text)), len(text)):
        line = text[start:end]
        if CONTROL.search(line):
            yield from _in_line(line, start)
        start = end


def _in_line(line: str, offset: int) -> Iterator[Finding]:
    opened: list[int] = []
    paired: set[int] = set()
    controls = [match.start() for match in CONTROL.finditer(line)]
    for at in controls:
        if line[at] not in CLOSED_BY:
            opened.append(at)
        elif opened and line[opened[-1]] in CLOSED_BY[line[at]]:
            paired |= {opened.pop(), at}
    for at in controls:
        name = NAMES[line[at]]
        if line[at] in OVERRIDES:
            rule, why = "TXT801", f"{name} reverses or forces the order in which the text behind it is shown"
        elif at not in paired:
            rule, why = "TXT801", f"{name} is not paired in its line, so that it moves text that follows"
        else:
            rule, why = "TXT802", f"{name}, paired in its line, changes the order in which text is shown"
        yield Finding(rule, offset + at, offset + at + 1, why, 1.0, (f"U+{ord(line[at]):04X}",))
