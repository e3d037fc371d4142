"""What a person has decided about a run's edits: one JSON object a line, written by `cleaner review` and the report.

    {"document": id, "sha256": source digest, "rule": code, "start": n, "end": n, "before": "…", "verdict": "accept"}
    {…, "verdict": "reject"}                   the edit is not made
    {…, "verdict": "pick", "after": "…"}       made with another text
    {"document": id, "encoding": "cp1252"}     overrides the verdict on the encoding
    {"document": id, "language": "fr"}         overrides the verdict on the language

`start` and `end` are code points of the decoded source, the `source` span of the edit. A later line about the same thing
replaces an earlier one. `sha256` may be missing: then the decision holds for whatever the source is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from cleaner.document import Edit, Finding, Span
from cleaner.errors import UsageError
from cleaner.known import wrong_encoding, wrong_language
from cleaner.plurals import counted

Verdict = Literal["accept", "reject", "pick"]
STALE = "SRC104"
"""Rule of a decision that no longer fits its document."""
HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a decisions file: about an edit, or an override of encoding or language."""

    document: str
    sha256: str | None = None
    """Hex digest of the source that the decision was made for."""
    rule: str | None = None
    start: int | None = None
    """First code point in the decoded source."""
    end: int | None = None
    before: str | None = None
    verdict: Verdict | None = None
    after: str | None = None
    """The text to write, for `pick`."""
    encoding: str | None = None
    """Python codec name that overrides the verdict."""
    language: str | None = None
    """ISO 639 code that overrides the verdict."""

    @property
    def about(self) -> tuple[Any, ...]:
        """What is decided; of two decisions about the same thing the later one holds."""
        if self.verdict:
            return (self.document, "edit", self.start, self.end, self.rule, self.before)
        return (self.document, "encoding" if self.encoding else "language")

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Decision:
        """The decision that `row` describes. Raises ValueError where it is malformed."""
        known = set(cls.__dataclass_fields__)
        unknown = sorted(set(row) - known)
        if unknown:
            raise ValueError(f"unknown field {', '.join(map(repr, unknown))}; known are {', '.join(sorted(known))}")
        if not isinstance(row.get("document"), str):
            raise ValueError("the field 'document' is missing")
        decision = cls(**row)
        texts = (decision.sha256, decision.rule, decision.before, decision.after, decision.encoding, decision.language)
        if any(held is not None and not isinstance(held, str) for held in texts):
            raise ValueError("every field but 'start' and 'end' must be a text")
        if any(HALF.search(held) for held in (decision.document, *texts) if held is not None):
            raise ValueError("a field holds half of a character (U+D800 to U+DFFF), which no text can")
        if decision.verdict is None:
            if (decision.encoding is None) == (decision.language is None):
                raise ValueError("give either a verdict about an edit, or an encoding, or a language")
            if decision.encoding is not None and (wrong := wrong_encoding(decision.encoding)):
                raise ValueError(f"'encoding' is {decision.encoding!r}, {wrong}")
            if decision.language is not None and (wrong := wrong_language(decision.language)):
                raise ValueError(f"'language' is {decision.language!r}, {wrong}")
            return decision
        if decision.verdict not in ("accept", "reject", "pick"):
            raise ValueError(f"the verdict is {decision.verdict!r}; it must be accept, reject or pick")
        if type(decision.start) is not int or type(decision.end) is not int or decision.rule is None:
            raise ValueError("a verdict needs 'rule', 'start' and 'end'")
        if (decision.verdict == "pick") != (decision.after is not None):
            raise ValueError("'after' belongs to the verdict 'pick', and only there")
        return decision

    def record(self) -> dict[str, Any]:
        """The JSON record, fields in their order, those without a value left out."""
        names = self.__dataclass_fields__
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}


@dataclass(frozen=True, slots=True)
class DocumentDecisions:
    """All that was decided about one document."""

    edits: tuple[Decision, ...] = ()
    encoding: str | None = None
    language: str | None = None

    def __len__(self) -> int:
        return len(self.edits) + bool(self.encoding) + bool(self.language)

    @classmethod
    def by_document(cls, decisions: Iterable[Decision]) -> dict[str, DocumentDecisions]:
        """Document id -> what was decided about it; the last word counts."""
        last = {decision.about: decision for decision in decisions}
        found: dict[str, DocumentDecisions] = {}
        for decision in last.values():
            held = found.get(decision.document, cls())
            if decision.verdict:
                held = replace(held, edits=(*held.edits, decision))
            elif decision.encoding:
                held = replace(held, encoding=decision.encoding)
            else:
                held = replace(held, language=decision.language)
            found[decision.document] = held
        return found


@dataclass(slots=True)
class Ruling:
    """The decisions about one document while it is cleaned, and which of them were met."""

    decisions: DocumentDecisions
    sha256: str
    """Of the source as it is now."""
    met: set[Decision] = field(default_factory=set)
    _by_place: dict[tuple[int | None, int | None, str | None], list[Decision]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._by_place = {}
        for one in self.decisions.edits:
            self._by_place.setdefault((one.start, one.end, one.rule), []).append(one)

    def of(self, edit: Edit, span: Span) -> Edit | None:
        """What was decided about `edit`, whose source is `span`: the edit to make, one whose `after` is its `before` where it
        was rejected, or None where nothing was decided.
        """
        for decision in self._by_place.get((span.start, span.end, edit.rule), ()):
            if decision.sha256 not in (None, self.sha256) or decision.before not in (None, edit.before):
                continue
            self.met.add(decision)
            if decision.verdict == "reject":
                return replace(edit, after=edit.before)
            if decision.verdict == "pick" and decision.after is not None and decision.after != edit.after:
                evidence = (*edit.evidence, "picked in review")
                return replace(edit, after=decision.after, kind="inferred", confidence=1.0, evidence=evidence)
            return replace(edit, evidence=(*edit.evidence, "accepted in review"))
        return None

    def settles(self, edit: Edit, span: Span) -> bool:
        """Whether a rejected or picked edit of the same stage overlaps `span`, the source of `edit`."""
        return any(
            decision.verdict != "accept"
            and (decision.rule or "")[:3] == edit.rule[:3]
            and span.start < (decision.end or 0)
            and (decision.start or 0) < span.end
            for decision in self.met
        )

    def unmet(self, length: int) -> Iterator[Finding]:
        """A finding for each decision that fits nothing any more, in a text of `length` code points."""
        for decision in self.decisions.edits:
            if decision in self.met:
                continue
            start = min(max(decision.start or 0, 0), length)
            end = min(max(decision.end or 0, start), length)
            changed = decision.sha256 not in (None, self.sha256)
            why = "the source has changed since" if changed else "no such change is proposed there any more"
            said = f"decision {decision.verdict!r} about {decision.rule} at {decision.start}:{decision.end} has no effect: {why}"
            yield Finding(STALE, start, end, said)


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in the file `path`, in its order. Raises UsageError where it can't be read or a line is malformed."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
        raise UsageError(f"{path}: the decisions can't be read: {reason}") from None
    decisions = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = _parsed(line)
            if not isinstance(row, dict):
                raise ValueError("a line must be a JSON object; `cleaner review` and report.html write such files")
            decisions.append(Decision.of(row))
        except (ValueError, TypeError) as error:
            raise UsageError(f"{path}:{number}: no decision: {error}") from None
    return decisions


def _parsed(line: str) -> object:
    """What `line` says; None where it is no JSON."""
    try:
        return json.loads(line)
    except ValueError:
        return None


def notes_on_decisions(
    decisions: Mapping[str, DocumentDecisions], documents: Iterable[str], findings: Mapping[str, int]
) -> list[str]:
    """Notes of a run on its decisions: how many had an effect, how many did not and why.

    `documents` are those of the run, `findings` its findings by rule.
    """
    if not decisions:
        return []
    present = set(documents)
    unknown = sorted(set(decisions) - present)
    total = sum(map(len, decisions.values()))
    elsewhere = sum(len(decisions[name]) for name in unknown)
    unfit = findings.get(STALE, 0)
    notes = [f"{total - elsewhere - unfit:,} of {total:,} decisions of a person applied"]
    if unfit:
        fit = counted(unfit, "decision no longer fits its document", "decisions no longer fit their documents")
        notes.append(f"{fit}: see {STALE} in findings.jsonl")
    if unknown:
        about = counted(elsewhere, "decision is", "decisions are")
        notes.append(f"{about} about what is no document of this run: {', '.join(unknown[:5])}")
    return notes
