"""The edits of a finished run that a person may want to review: least sure first, each with its surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cleaner.decisions import Decision
from cleaner.document import Edit, Span
from cleaner.edits import line_around
from cleaner.outputs.reading import Row, damage_told, read_rows
from cleaner.outputs.rows import edit_of
from cleaner.records import to_json

WIDTH = 60
"""Code points of the clean text that are shown on each side."""
TOLD = ("before", "after", "reason", "confidence", "kind", "evidence", "alternatives")
"""What is told of an edit beside its rule and its place."""


@dataclass(frozen=True, slots=True)
class Item:
    """One edit to decide about."""

    document: str
    sha256: str
    """Of the document's source."""
    edit: Edit
    left: str
    """Clean text before the edit, up to the line's beginning."""
    right: str
    """Clean text after it, up to the line's end."""

    @property
    def place(self) -> Span:
        """Where the edit was in the decoded source, in code points."""
        assert self.edit.source is not None
        return self.edit.source

    def decision(self, verdict: str, after: str | None = None) -> Decision:
        """The decision `verdict` about this edit; `after` is the text of a pick."""
        row = {**self._about(), "before": self.edit.before, "verdict": verdict}
        return Decision.of(row if after is None else {**row, "after": after})

    def record(self) -> Row:
        """The JSON record, for who decides by a program."""
        told = {name: to_json(getattr(self.edit, name)) for name in TOLD}
        return {**self._about(), **told, "left": self.left, "right": self.right}

    def _about(self) -> Row:
        place = {"start": self.place.start, "end": self.place.end}
        return {"document": self.document, "sha256": self.sha256, "rule": self.edit.rule, **place}


def items(out: Path, wanted: Callable[[Row], bool]) -> list[Item]:
    """The edits of the run in `out` for whose record `wanted` is true, least sure first, then in the order of the run.

    Raises UsageError where `out` holds no run or a record is damaged.
    """
    found: dict[str, list[Row]] = {}
    with damage_told(out):
        for edit in read_rows(out / "edits.jsonl"):
            if edit.get("source") is not None and wanted(edit):
                found.setdefault(edit["document"], []).append(edit)
        rows = read_rows(out / "corpus.jsonl")
        listed = [_item(row, edit_of(edit)) for row in rows for edit in found.get(row["id"], ())]
    return sorted(listed, key=lambda item: item.edit.confidence)


def kept_documents(out: Path) -> set[str]:
    """Ids of the documents that the run in `out` kept. Raises UsageError as `items` does."""
    with damage_told(out):
        return {row["id"] for row in read_rows(out / "corpus.jsonl")}


def all_documents(out: Path) -> set[str]:
    """Those, what a policy left out, and what was no text, which may be one in another encoding.

    Raises UsageError as `items` does.
    """
    left_out = (row["document"]["id"] for row in read_rows(out / "removed.jsonl", missing=True))
    rejected = (row["path"] for row in read_rows(out / "rejected.jsonl", missing=True))
    with damage_told(out):
        return kept_documents(out).union(left_out, rejected)


def _item(row: Row, edit: Edit) -> Item:
    text: str = row["text"]
    clean = edit.clean or Span(0, 0)
    line_start, line_end = line_around(text, clean.start, clean.end)
    left = text[max(line_start, clean.start - WIDTH) : clean.start]
    right = text[clean.end : min(line_end, clean.end + WIDTH)]
    return Item(row["id"], row["source"]["sha256"], edit, left, right)
