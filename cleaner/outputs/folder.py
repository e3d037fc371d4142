"""The output folder of a run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.document import Cluster, Document, Relation
from cleaner.outputs.atomic import write_atomic
from cleaner.outputs.rows import Membership, MergedRow, RejectedRow, RemovedRow, corpus_row, tagged
from cleaner.records import dumps, to_json

__all__ = ["MANIFEST", "Writing", "write_folder"]

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Writing:
    """Everything that a run has found, ready to be written."""

    version: str
    settings: Mapping[str, Any]
    documents: Sequence[Document]
    """Kept documents, in the order of their ids."""
    relations: Sequence[Relation]
    clusters: Sequence[Cluster]
    removed: Sequence[RemovedRow]
    rejected: Sequence[RejectedRow]
    merged: Sequence[MergedRow]
    report: bool
    rules: Mapping[str, str]
    """Rule code -> what it sees, for the report."""
    notes: Sequence[str] = ()
    """What a reader should know about the run, such as buckets that were too large to compare."""


def write_folder(out: Path, writing: Writing) -> None:
    """Writes every file of a run below `out`, each by way of a temporary name, the manifest last.

    Texts and reports of an earlier run that this one does not write again are removed.
    """
    memberships = _memberships(writing.clusters)
    rows = {
        "corpus.jsonl": (to_json(corpus_row(d, memberships.get(d.id, ()))) for d in writing.documents),
        "edits.jsonl": (tagged("document", d.id, edit) for d in writing.documents for edit in d.edits),
        "findings.jsonl": (tagged("document", d.id, finding) for d in writing.documents for finding in d.findings),
        "relations.jsonl": (
            *(tagged("type", "relation", relation) for relation in writing.relations),
            *(tagged("type", "cluster", cluster) for cluster in writing.clusters),
        ),
        "removed.jsonl": map(to_json, writing.removed),
        "rejected.jsonl": map(to_json, writing.rejected),
    }
    if writing.merged:
        rows["merged.jsonl"] = map(to_json, writing.merged)
    digests = {name: write_atomic(out / name, _lines(records)) for name, records in rows.items()}
    digests["text/"] = _write_texts(out / "text", writing)
    if writing.report:
        from cleaner.outputs.report import write_report

        digests["report.html"] = write_report(out, rules=writing.rules, manifest=_manifest(writing, digests))
    for stale in {"merged.jsonl", "report.html"} - set(digests):
        (out / stale).unlink(missing_ok=True)
    manifest = _manifest(writing, digests)
    write_atomic(out / MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"])


def _lines(records: Iterable[Any]) -> Iterator[str]:
    return (dumps(record) + "\n" for record in records)


def _memberships(clusters: Sequence[Cluster]) -> dict[str, list[Membership]]:
    found: dict[str, list[Membership]] = {}
    for cluster in clusters:
        for member in cluster.members:
            stands = member == cluster.representative
            other = (None, None) if stands else (cluster.representative, cluster.reason)
            found.setdefault(member, []).append(Membership(cluster.id, cluster.relation, stands, *other))
    return found


def _write_texts(folder: Path, writing: Writing) -> str:
    """The clean texts below `folder`; returns one digest of all their paths and contents."""
    texts = {document.output_path: document.text for document in writing.documents}
    texts |= {f"{row.id}.txt": row.text for row in writing.merged}
    digest = hashlib.sha256()
    for path, text in sorted(texts.items()):
        digest.update(f"{path}\0{write_atomic(folder / path, [text])}\n".encode())
    if folder.is_dir():
        stale = [
            path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).as_posix() not in texts
        ]
        for old in stale:
            old.unlink()
        for place in sorted(folder.rglob("*"), reverse=True):
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
    return digest.hexdigest()


def _manifest(writing: Writing, digests: Mapping[str, str]) -> dict[str, Any]:
    sources = sorted(
        [(d.source.path, d.source.size, d.source.sha256) for d in writing.documents]
        + [(r.document.source.path, r.document.source.size, r.document.source.sha256) for r in writing.removed]
        + [(row.path, row.size or 0, row.sha256 or "") for row in writing.rejected]
    )
    listing = "".join(f"{path}\0{digest}\n" for path, _, digest in sources)
    return {
        "generator": "cleaner",
        "version": writing.version,
        "settings": to_json(writing.settings),
        "counts": {
            "documents": len(writing.documents),
            "changed": sum(bool(document.edits) for document in writing.documents),
            "edits": sum(len(document.edits) for document in writing.documents),
            "findings": sum(len(document.findings) for document in writing.documents),
            "relations": len(writing.relations),
            "clusters": len(writing.clusters),
            "removed": len(writing.removed),
            "rejected": len(writing.rejected),
        },
        "input": {
            "files": len(sources),
            "bytes": sum(size for _, size, _ in sources),
            "sha256": hashlib.sha256(listing.encode()).hexdigest(),
        },
        "output": dict(sorted(digests.items())),
        "notes": list(writing.notes),
    }
