"""One document through the stages, in order: the only place that knows the order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cleaner.document import Decoded, Document, Language, Revision, Source
from cleaner.edits import compose
from cleaner.errors import NotTextError, RestoreError
from cleaner.restoring import encode, undo_layers
from cleaner.settings import Settings

if TYPE_CHECKING:
    from cleaner.decoding import EncodingContext
    from cleaner.mojibake import RepairContext

__all__ = ["FolderContext", "clean"]

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})


@dataclass(frozen=True, slots=True)
class FolderContext:
    """What the other documents of a folder were found to be; sharpens short and doubtful ones."""

    encodings: EncodingContext | None = None
    repairs: RepairContext | None = None


def clean(
    data: bytes | str,
    *,
    path: str = "document.txt",
    settings: Settings | None = None,
    context: FolderContext | None = None,
) -> Document:
    """The document made of `data`: decoded, repaired, normalised, its language found, every change recorded.

    `data` may be text, which counts as its UTF-8 bytes. `path` names the document and tells its kind (`.md`).
    Raises NotTextError for binary data. `cleaner.restore(document)` gives the bytes back; that is checked here, before
    the document is returned.
    """
    from cleaner.decoding import decode

    settings, context = settings or Settings(), context or FolderContext()
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    source = Source(path, len(data), hashlib.sha256(data).hexdigest())
    decoded = decode(data, hints=settings.encodings or None, context=context.encodings)
    if decoded.encoding.encoding is None:
        raise NotTextError(f"{path}: binary data, no text: {'; '.join(decoded.encoding.evidence)}")
    layers, language = _through_stages(decoded, PurePosixPath(path).suffix.lower() in MARKDOWN, settings, context)
    edits, findings = compose(
        [Revision(decoded.text, (), decoded.findings), *layers], decoded.text, decoded.encoding.segments
    )
    document = Document(path, source, decoded.encoding, layers[-1].text, language, edits, findings, path)
    if encode(undo_layers(document.text, document.edits), document.encoding.segments) != data:
        raise RestoreError(f"{path}: the clean text would not give the source bytes back; nothing was written for it")
    return document


def _through_stages(
    decoded: Decoded, markdown: bool, settings: Settings, context: FolderContext
) -> tuple[list[Revision], Language]:
    from cleaner.mojibake import repair
    from cleaner.normalization import normalize_layers

    repaired = repair(decoded.text, level=settings.level, context=context.repairs)
    normalized = normalize_layers(
        repaired.text, profile=settings.profile, markdown=markdown, drop_boilerplate=settings.drop_boilerplate
    )
    layers = [repaired, *normalized]
    language = _language(layers[-1].text, settings)
    if repaired.edits:
        layers[0] = _with_flip(repaired, _language(decoded.text, settings), language)
    return layers, language


def _language(text: str, settings: Settings) -> Language:
    from cleaner.language import detect_language

    return detect_language(
        text, languages=settings.languages or None, spans=True, backend=settings.language_backend, second_opinion=True
    )


def _with_flip(repaired: Revision, before: Language, after: Language) -> Revision:
    """`repaired`, its edits told that the language changed with the repair: a sign that the repair was right."""
    if before.code == after.code:
        return repaired
    said = f"language {before.code} became {after.code}"
    edits = tuple(replace(edit, evidence=(*edit.evidence, said)) for edit in repaired.edits)
    return replace(repaired, edits=edits)
