"""The profiles: which rules run, and in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Literal, get_args

from cleaner.arguments import as_text, check_one_of
from cleaner.document import Edit, Revision
from cleaner.edits import apply, inside_of, merge
from cleaner.normalization import boilerplate, punctuation, residue, unicode, whitespace
from cleaner.normalization.change import Rule

Profile = Literal["encoding", "text", "corpus"]
CODE = re.compile(r"(?ms)^(```|~~~).*?^\1[^\n]*$|^(?: {4}|\t)[^\n]*$")
"""Fenced and indented code of Markdown."""


def normalize(
    text: str, *, profile: Profile = "text", markdown: bool = False, drop_boilerplate: bool = False
) -> Revision:
    """`text` normalised, as one step: edits of rules that touch are joined, and named after the first of them.

    `cleaner.normalization.normalize_layers` gives the steps apart, each edit with its own rule. Raises ArgumentError for
    what is no text, and UsageError where there is no such profile.
    """
    as_text(text, "normalize")
    check_one_of(profile, get_args(Profile), "profile")
    layers = normalize_layers(text, profile=profile, markdown=markdown, drop_boilerplate=drop_boilerplate)
    if not layers:
        return Revision(text)
    edits: tuple[Edit, ...] = ()
    for layer in layers:
        edits = merge(text, edits, layer.edits)
    return Revision(layers[-1].text, edits, layers[-1].findings)


Filter = Callable[[str, Revision, Sequence[Revision]], Revision]
"""Called with a text, the step that a rule proposes for it, and the steps before; returns the step that is made."""


def normalize_layers(
    text: str,
    *,
    profile: Profile,
    markdown: bool = False,
    drop_boilerplate: bool = False,
    allow: Filter | None = None,
) -> tuple[Revision, ...]:
    """`text` normalised step by step: one Revision for each rule that changed something, and a last one with findings.

    Profiles, each with what the one before does: `encoding` changes nothing; `text` does what no reader sees; `corpus`
    what a corpus does not want. In Markdown, line breaks by two spaces and code stay. `allow` can hold edits back.
    """
    if profile == "encoding":
        return ()
    layers: list[Revision] = []
    for rule in _rules(profile, markdown=markdown, drop=drop_boilerplate):
        found = tuple(rule(text))
        if not found:
            continue
        edits = tuple(sorted(found, key=lambda change: change.start))
        step = Revision(apply(text, edits), edits)
        if allow is not None:
            step = allow(text, step, layers)
        if step.edits or step.findings:
            layers.append(step)
            text = step.text
    findings = (*boilerplate.mark_boilerplate(text), *residue.missing_spaces(text)) if profile == "corpus" else ()
    if findings:
        step = Revision(text, (), findings)
        layers.append(step if allow is None else allow(text, step, layers))
    return tuple(layers)


@cache
def _rules(profile: Profile, *, markdown: bool, drop: bool) -> tuple[Rule, ...]:
    return tuple(_rules_of(profile, markdown=markdown, drop=drop))


def _rules_of(profile: Profile, *, markdown: bool, drop: bool) -> Iterator[Rule]:
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
        yield guard(whitespace.doubled_spaces)  # before marks and stops, which have one space before them at most
        yield guard(residue.citation_marks)
        yield guard(residue.doubled_stops)
        yield guard(residue.cut_gaps)
        yield guard(punctuation.hyphenation)
        if drop:
            yield boilerplate.drop_boilerplate
            yield partial(whitespace.trailing_spaces, markdown=markdown)
            yield whitespace.blank_lines


def _outside_code(rule: Rule) -> Rule:
    def guarded(text: str) -> Iterator[Edit]:
        inside = inside_of([match.span() for match in CODE.finditer(text)])
        for change in rule(text):
            if not inside(change.start, change.end):
                yield change

    return guarded
