"""What of a finished run a person may want to look at: its inferred edits, least sure first, each with its surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cleaner.decisions import Decision
from cleaner.document import Candidate
from cleaner.edits import line_around
from cleaner.outputs.reading import Row, read_rows

WIDTH = 60
"""Code points of the clean text that are shown on each side."""


@dataclass(frozen=True, slots=True)
class Item:
    """One edit to decide about."""

    document: str
    sha256: str
    """Of the document's source."""
    rule: str
    start: int
    """First code point in the decoded source."""
    end: int
    before: str
    after: str
    reason: str
    confidence: float
    kind: str
    evidence: tuple[str, ...]
    alternatives: tuple[Candidate, ...]
    left: str
    """Clean text before the edit, up to the line's beginning."""
    right: str
    """Clean text behind it, up to the line's end."""

    def decision(self, verdict: str, after: str | None = None) -> Decision:
        """The decision `verdict` about this edit; `after` is the text of a pick."""
        row: Row = {
            "document": self.document,
            "sha256": self.sha256,
            "rule": self.rule,
            "start": self.start,
            "end": self.end,
            "before": self.before,
            "verdict": verdict,
        }
        return Decision.of(row if after is None else {**row, "after": after})


def items(out: Path, wanted: Callable[[Row], bool]) -> list[Item]:
    """The edits of the run in `out` for whose record `wanted` is true, least sure first, then in the order of the run.

    Raises UsageError where `out` holds no run or a record is damaged.
    """
    found: dict[str, list[Row]] = {}
    for edit in read_rows(out / "edits.jsonl"):
        if edit.get("source") is not None and wanted(edit):
            found.setdefault(edit["document"], []).append(edit)
    rows = read_rows(out / "corpus.jsonl")
    listed = [_item(row, edit) for row in rows for edit in found.get(row["id"], ())]
    return sorted(listed, key=lambda item: item.confidence)


def kept_documents(out: Path) -> set[str]:
    """Ids of the documents that the run in `out` kept. Raises UsageError as `items` does."""
    return {row["id"] for row in read_rows(out / "corpus.jsonl")}


def all_documents(out: Path) -> set[str]:
    """Those, what a policy left out, and what was no text, which may be one in another encoding.

    Raises UsageError as `items` does.
    """
    left_out = (row["document"]["id"] for row in read_rows(out / "removed.jsonl", missing=True))
    rejected = (row["path"] for row in read_rows(out / "rejected.jsonl", missing=True))
    return kept_documents(out).union(left_out, rejected)


def _item(row: Row, edit: Row) -> Item:
    text: str = row["text"]
    clean = edit.get("clean") or {"start": 0, "end": 0}
    start, end = clean["start"], clean["end"]
    line_start, line_end = line_around(text, start, end)
    return Item(
        row["id"],
        row["source"]["sha256"],
        edit["rule"],
        edit["source"]["start"],
        edit["source"]["end"],
        edit["before"],
        edit["after"],
        edit["reason"],
        float(edit["confidence"]),
        edit.get("kind", "exact"),
        tuple(edit.get("evidence", ())),
        tuple(Candidate(one["value"], one["confidence"]) for one in edit.get("alternatives", ())),
        text[max(line_start, start - WIDTH) : start],
        text[end : min(line_end, end + WIDTH)],
    )
