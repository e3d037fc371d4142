"""The HTML report: one file, no network, safe against whatever a document holds.

The page is a fixed template; everything about the documents is JSON data in it, which the page's own script shows as
text and never as markup. A content security policy lets only that script run.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from cleaner.document import Cluster, Document, Edit, Relation
from cleaner.records import to_json
from cleaner.restoring import undo_layers

__all__ = ["ReportData", "render_report"]

WHOLE = 40
"""Documents whose whole texts are shown; in larger runs only what surrounds each change is."""
LONGEST = 60_000
"""Code points of a text that is shown whole."""
AROUND = 70
"""Code points on each side of a change that are shown in larger runs."""
MOST_CHANGES = 200
"""Changes of a document that are shown; the others are counted."""


@dataclass(frozen=True, slots=True)
class ReportData:
    """What the report tells about."""

    version: str
    profile: str
    settings: Mapping[str, Any]
    documents: Sequence[Document]
    relations: Sequence[Relation]
    clusters: Sequence[Cluster]
    rejected: Sequence[Mapping[str, Any]]
    removed: Sequence[Mapping[str, Any]]
    rules: Mapping[str, str]
    """Rule code -> what it sees."""


def render_report(report: ReportData) -> Iterator[str]:
    """The page in pieces; the same bytes for the same data."""
    template, style, script = (_asset(name) for name in ("report.html", "report.css", "report.js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    head, tail = template.split("@DATA@")
    yield head.replace("@STYLE@", style).replace("@SCRIPT_DIGEST@", digest)
    yield _escaped(_overview(report))
    for document in report.documents:
        yield ",\n" + _escaped(_shown(document, whole=len(report.documents) <= WHOLE))
    yield tail.replace("@SCRIPT@", script)


def _asset(name: str) -> str:
    return (files("cleaner.outputs.report") / name).read_text(encoding="utf-8")


def _escaped(data: Any) -> str:
    """JSON that may stand inside a script element whatever its strings hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _overview(report: ReportData) -> dict[str, Any]:
    used = {edit.rule for d in report.documents for edit in d.edits} | {
        f.rule for d in report.documents for f in d.findings
    }
    texts = {document.id: document.text for document in report.documents}
    return {
        "version": report.version,
        "profile": report.profile,
        "settings": to_json(dict(report.settings)),
        "rules": {rule: report.rules.get(rule, "") for rule in sorted(used)},
        "relations": [_relation(relation, texts) for relation in report.relations],
        "clusters": [to_json(cluster) for cluster in report.clusters],
        "rejected": list(report.rejected),
        "removed": list(report.removed),
        "confidence": _histogram(edit.confidence for d in report.documents for edit in d.edits),
    }


def _histogram(values: Iterator[float]) -> list[int]:
    counts = Counter(min(9, int(value * 10)) for value in values)
    return [counts[place] for place in range(10)]


def _relation(relation: Relation, texts: Mapping[str, str]) -> dict[str, Any]:
    """A relation with the texts of its passages, where both documents are kept."""
    a, b = texts.get(relation.a, ""), texts.get(relation.b, "")
    passages = [
        {
            "kind": p.kind,
            "score": p.score,
            "evidence": list(p.evidence),
            "a": a[p.a.start : p.a.end],
            "b": b[p.b.start : p.b.end],
        }
        for p in relation.passages
        if a and b
    ]
    return {**to_json(relation), "passages": passages}


def _shown(document: Document, *, whole: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": document.id,
        "size": document.source.size,
        "encoding": document.encoding.encoding,
        "encodingSure": document.encoding.confidence,
        "encodingWhy": list(document.encoding.evidence),
        "language": document.language.code,
        "languageSure": document.language.confidence,
        "edits": len(document.edits),
        "rules": dict(sorted(Counter(edit.rule for edit in document.edits).items())),
        "findings": [
            {**to_json(finding), "text": document.text[finding.start : finding.end][:300]}
            for finding in document.findings
        ],
    }
    if document.edits:
        source = undo_layers(document.text, document.edits)
        row["changes"] = [_change(edit, source, document.text) for edit in document.edits[:MOST_CHANGES]]
        if whole and len(source) <= LONGEST:
            row["source"], row["text"] = source, document.text
    return row


def _change(edit: Edit, source: str, clean: str) -> dict[str, Any]:
    record: dict[str, Any] = to_json(edit)
    s, c = edit.source, edit.clean
    assert s is not None
    assert c is not None
    return {
        **record,
        "sourceSpan": [s.start, s.end],
        "cleanSpan": [c.start, c.end],
        "left": clean[max(0, c.start - AROUND) : c.start],
        "right": clean[c.end : c.end + AROUND],
        "was": source[s.start : s.end],
    }
