"""The profiles: which rules run, and in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal

from cleaner.document import Edit, Finding, Revision
from cleaner.edits import apply
from cleaner.normalization import boilerplate, punctuation, residue, unicode, whitespace
from cleaner.normalization.change import Rule

__all__ = ["normalize", "normalize_layers"]

Profile = Literal["encoding", "text", "corpus"]
CODE = re.compile(r"(?ms)^(```|~~~).*?^\1[^\n]*$|^(?: {4}|\t)[^\n]*$")
"""Fenced and indented code of Markdown."""


def normalize(
    text: str, *, profile: Profile = "text", markdown: bool = False, drop_boilerplate: bool = False
) -> Revision:
    """`text` normalised, as one step: edits of rules that touch are joined, and named after the first of them.

    `cleaner.normalization.normalize_layers` gives the steps apart, each edit with its own rule.
    """
    layers = normalize_layers(text, profile=profile, markdown=markdown, drop_boilerplate=drop_boilerplate)
    if not layers:
        return Revision(text)
    edits: tuple[Edit, ...] = ()
    current = text
    for layer in layers:
        edits = _joined(text, current, edits, layer.edits)
        current = layer.text
    return Revision(current, edits, layers[-1].findings)


def normalize_layers(
    text: str, *, profile: Profile = "text", markdown: bool = False, drop_boilerplate: bool = False
) -> tuple[Revision, ...]:
    """`text` normalised step by step: one Revision for each rule that changed something, and a last one with findings.

    Profiles, each with what the one before does: `encoding` changes nothing; `text` does what no reader sees; `corpus`
    what a corpus does not want. In Markdown, line breaks by two spaces and code stay.
    """
    if profile == "encoding":
        return ()
    layers: list[Revision] = []
    for rule in _rules(profile, markdown=markdown, drop=drop_boilerplate):
        edits = tuple(sorted(rule(text), key=lambda change: change.start))
        if edits:
            text = apply(text, edits)
            layers.append(Revision(text, edits))
    findings = tuple(_findings(text)) if profile == "corpus" else ()
    if findings:
        layers.append(Revision(text, (), findings))
    return tuple(layers)


def _rules(profile: Profile, *, markdown: bool, drop: bool) -> Iterator[Rule]:
    yield unicode.drop_marks
    yield whitespace.line_ends
    yield unicode.drop_controls
    yield unicode.compose
    if profile == "corpus":
        yield unicode.plain_spaces
    yield partial(whitespace.trailing_spaces, markdown=markdown)
    yield whitespace.blank_lines
    if profile == "corpus":
        guard: Callable[[Rule], Rule] = _outside_code if markdown else (lambda rule: rule)
        yield whitespace.leading_lines
        yield guard(whitespace.indentation)
        yield guard(residue.citation_marks)
        yield guard(residue.doubled_stops)
        yield guard(residue.cut_gaps)
        yield guard(whitespace.doubled_spaces)
        yield guard(punctuation.hyphenation)
        if drop:
            yield boilerplate.drop_boilerplate
            yield partial(whitespace.trailing_spaces, markdown=markdown)
            yield whitespace.blank_lines


def _outside_code(rule: Rule) -> Rule:
    def guarded(text: str) -> Iterator[Edit]:
        blocks = [match.span() for match in CODE.finditer(text)]
        for change in rule(text):
            if not any(start < change.end and change.start < end for start, end in blocks):
                yield change

    return guarded


def _findings(text: str) -> Iterator[Finding]:
    yield from boilerplate.mark_boilerplate(text)
    yield from residue.missing_spaces(text)


def _joined(text: str, current: str, first: tuple[Edit, ...], second: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits of `text` that do what `first` (giving `current`) and then `second` do."""
    if not first:
        return second
    if not second:
        return first
    # Cut both texts where neither layer touches, and pair what lies between.
    spans: list[tuple[int, int, str]] = []
    shift = 0
    for change in first:
        start = change.start + shift
        spans.append((start, start + len(change.after), change.rule))
        shift += len(change.after) - (change.end - change.start)
    groups = _groups([*spans, *((change.start, change.end, change.rule) for change in second)])
    joined = []
    for low, high, rule in groups:
        start, end = _back(low, first, at_end=False), _back(high, first, at_end=True)
        inside = [change for change in second if low <= change.start and change.end <= high]
        after, done = [], low
        for change in inside:
            after += [current[done : change.start], change.after]
            done = change.end
        new = "".join([*after, current[done:high]])
        if new != text[start:end]:
            source = next(change for change in (*first, *second) if change.rule == rule)
            joined.append(Edit(rule, start, end, text[start:end], new, source.reason, source.confidence))
    return tuple(joined)


def _groups(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Ranges that touch, joined; each with the rule of its first."""
    joined: list[tuple[int, int, str]] = []
    for start, end, rule in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), joined[-1][2])
        else:
            joined.append((start, end, rule))
    return joined


def _back(at: int, edits: tuple[Edit, ...], *, at_end: bool) -> int:
    """The place before `edits` of a place after them that lies in none of their insides."""
    shift = 0
    for change in edits:
        start = change.start + shift
        after_end = start + len(change.after)
        if at < start or (at == start and at_end and after_end > start) or (at == start and not at_end):
            return at - shift
        shift += len(change.after) - (change.end - change.start)
    return at - shift
