"""Which of the edits that a stage proposes are made: by rule, by confidence, by what a person has decided.

A stage proposes, a `Choice` decides. An edit that is not made becomes a finding that names the proposal, so that
nothing is silent; only what a user has switched off, by rule or by a remark in the file, is dropped without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from cleaner.decisions import Ruling
from cleaner.document import Candidate, Edit, Finding, Revision, Span
from cleaner.edits import OffsetMap, apply, through


def _any_rule(_rule: str, _span: Span) -> bool:
    return True


def _no_hindrance(_edit: Edit, _span: Span) -> str:
    return ""


def _no_doubts(_text: str, _edits: Sequence[Edit]) -> set[int]:
    return set()


class Choice(NamedTuple):
    """What is wanted of one document. Spans are code points of the decoded text."""

    wanted: Callable[[str, Span], bool] = _any_rule
    """Whether a rule is wanted at a place; what is not is dropped."""
    hindrance: Callable[[Edit, Span], str] = _no_hindrance
    """Why an edit is not made, empty where it is; asked where no person has decided."""
    ruling: Ruling | None = None
    """What a person has decided about this document."""
    doubtful: Callable[[str, Sequence[Edit]], set[int]] = _no_doubts
    """Indices of the edits of a text that are left alone because no known word speaks for them."""

    def divide(
        self, text: str, edits: Sequence[Edit], before: Sequence[Revision]
    ) -> tuple[tuple[Edit, ...], list[Finding]]:
        """The edits of `text` that are made, and findings for those that are not, both placed in `text`.

        `before` are the layers that led from the decoded text to `text`.
        """
        made, left = [], []
        doubts = self.doubtful(text, edits)
        for number, (edit, span) in enumerate(zip(edits, _source_spans(edits, before), strict=True)):
            if not self.wanted(edit.rule, span):
                continue
            decided = self.ruling.of(edit, span) if self.ruling else None
            if decided is None:
                why = self.hindrance(edit, span) or ("no known word speaks for it" if number in doubts else "")
            else:
                why = "rejected in review" if decided.after == decided.before else ""
            if why:
                left.append(left_alone(edit, why))
            else:
                made.append(decided or edit)
        return tuple(made), left


def chosen_revision(text: str, proposed: Revision, before: Sequence[Revision], choice: Choice | None) -> Revision:
    """`proposed`, a revision of `text`, with only those edits that `choice` wants; its findings moved along."""
    if choice is None or not (proposed.edits or proposed.findings):
        return proposed
    edits, left = choice.divide(text, proposed.edits, before)
    was, now = OffsetMap.of(proposed.edits), OffsetMap.of(edits)
    findings = [replace(one, start=span.start, end=span.end) for one in left for span in [now.forward(_span(one))]]
    maps = [OffsetMap.of(layer.edits) for layer in reversed(before)]
    for finding in proposed.findings:
        own = was.backward(_span(finding))
        source = through(own, maps, forward=False)
        if choice.wanted(finding.rule, source):
            span = now.forward(own)
            findings.append(replace(finding, start=span.start, end=span.end))
    findings.sort(key=lambda one: (one.start, one.end, one.rule))
    return Revision(apply(text, edits), edits, tuple(findings))


def _source_spans(edits: Sequence[Edit], before: Sequence[Revision]) -> list[Span]:
    """Where `edits` of a layer stand in the decoded text."""
    maps = [OffsetMap.of(layer.edits) for layer in reversed(before)]
    return [through(_span(edit), maps, forward=False) for edit in edits]


def _span(one: Edit | Finding) -> Span:
    return Span(one.start, one.end)


def left_alone(edit: Edit, why: str) -> Finding:
    """The finding that stands for an edit that is not made."""
    others = (other for other in edit.alternatives if other.value not in (edit.before, edit.after))
    proposal = Candidate(edit.after, edit.confidence)
    reason = f"{edit.reason}; left as it is: {why}"
    return Finding(edit.rule, edit.start, edit.end, reason, edit.confidence, edit.evidence, (proposal, *others))
