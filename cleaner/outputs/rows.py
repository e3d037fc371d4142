"""The records of a run's files, and their schemas. Each line of a `.jsonl` file is one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.document import (
    Cluster,
    Document,
    Edit,
    Encoding,
    Finding,
    Language,
    MergedRow,
    Relation,
    RelationKind,
    Removal,
    Source,
)
from cleaner.records import from_json, schema


@dataclass(frozen=True, slots=True)
class Membership:
    """A cluster that a document belongs to, and whether it stands for it."""

    cluster: str
    relation: RelationKind
    representative: bool
    represented_by: str | None = None
    """The document that represents it, where another one does."""
    reason: str | None = None
    """Why that document was chosen."""


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """One kept document; with its rows of edits.jsonl it gives the source bytes back."""

    id: str
    text: str
    source: Source
    encoding: Encoding
    language: Language
    output_path: str
    edits: Mapping[str, int]
    """Number of changes by rule."""
    findings: Mapping[str, int]
    """Number of findings by rule."""
    clusters: tuple[Membership, ...] = ()
    name_edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """Something in the input that became no document."""

    path: str
    rule: str
    reason: str
    size: int | None = None
    """Bytes, where known."""
    sha256: str | None = None
    """Hex digest of the bytes, where they could be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedRow(Removal):
    """A document that the overlap policy left out, whole: it can be restored like a kept one."""

    document: Document


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document to write to removed.jsonl, by its id."""

    id: str
    output_path: str
    why: Removal


def document_of(row: Mapping[str, Any], edits: Sequence[Mapping[str, Any]]) -> Document:
    """The document of a row of corpus.jsonl and its rows of edits.jsonl. Raises ValueError where they are malformed."""
    held = from_json(CorpusRow, row)
    own = tuple(map(edit_of, edits))
    return Document(
        held.id, held.source, held.encoding, held.text, held.language, own, (), held.output_path, held.name_edits
    )


def edit_of(row: Mapping[str, Any]) -> Edit:
    """The edit of a row of edits.jsonl. Raises ValueError where it is malformed."""
    return from_json(Edit, {key: value for key, value in row.items() if key != "document"})


def schemas() -> dict[str, dict[str, Any]]:
    """File or value name -> JSON Schema of one record of it."""
    document = {"document": {"type": "string", "description": "Id of the document."}}
    relation = {"type": {"const": "relation"}}
    cluster = {"type": {"const": "cluster"}}
    kinds = [schema(Relation, extra=relation), schema(Cluster, extra=cluster)]
    definitions = {name: body for kind in kinds for name, body in kind.pop("$defs").items()}
    dialect = {kind.pop("$schema") for kind in kinds}.pop()
    return {
        "corpus": schema(CorpusRow, title="Line of corpus.jsonl"),
        "document": schema(Document),
        "edits": schema(Edit, title="Line of edits.jsonl", extra=document),
        "findings": schema(Finding, title="Line of findings.jsonl", extra=document),
        "merged": schema(MergedRow, title="Line of merged.jsonl"),
        "rejected": schema(RejectedRow, title="Line of rejected.jsonl"),
        "relations": {"$schema": dialect, "title": "Line of relations.jsonl", "oneOf": kinds, "$defs": definitions},
        "removed": schema(RemovedRow, title="Line of removed.jsonl"),
    }
