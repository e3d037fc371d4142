"""One document through the stages, in order: the only place that knows the order."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from os import PathLike, fspath
from posixpath import splitext
from typing import TYPE_CHECKING, NamedTuple

from cleaner.arguments import as_bytes, check_kind
from cleaner.choosing import Choice, chosen_revision
from cleaner.decisions import DocumentDecisions, Ruling
from cleaner.document import Decoded, Document, Edit, Finding, Language, Revision, Source, Span
from cleaner.edits import compose
from cleaner.errors import NotTextError, RestoreError
from cleaner.restoring import gives_back
from cleaner.second_look import joined, needs_another, settled
from cleaner.settings import Settings

if TYPE_CHECKING:
    from cleaner.decoding import EncodingContext
    from cleaner.language.context import LanguageContext
    from cleaner.mojibake import RepairContext
    from cleaner.normalization import Filter

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
ROUNDS = 8
"""Most times that a text is repaired and normalised; of 30,000 made-up texts with mixed accidents 105 took three, none more."""
REPAIR = "MOJ"
"""How the codes of the rules of repair begin."""


@dataclass(frozen=True, slots=True)
class FolderContext:
    """What the other documents of a folder were found to be; sharpens short and doubtful ones."""

    encodings: EncodingContext | None = None
    repairs: RepairContext | None = None
    languages: LanguageContext | None = None
    provisional: bool = False
    """Whether the documents in doubt are cleaned once more, with what the others say: no second opinion is asked before, and no
    spans where the language is uncertain."""


FIRST = FolderContext(provisional=True)
"""Nothing is known of the others yet."""


def clean(
    data: bytes | bytearray | memoryview | str,
    *,
    path: str | PathLike[str] = "document.txt",
    settings: Settings | None = None,
    context: FolderContext | None = None,
    decisions: DocumentDecisions | None = None,
) -> Document:
    """The document made of `data`: decoded, repaired, normalised, its language found, every change recorded.

    `data` may be text: it has no encoding to detect, and its source is its UTF-8 bytes (lone surrogates as UTF-8 would
    write them). `path` names the document and tells its kind (`.md`). `decisions` are what a person has decided about
    it; one that no longer fits becomes a finding. Raises NotTextError for binary data, ArgumentError for arguments of a
    wrong type.

    `cleaner.restore(document)` gives the bytes back; that is checked here, before the document is returned.
    """
    if settings is not None:
        check_kind(settings, Settings, "settings must be a cleaner.Settings, as Settings.of({…}) makes one")
    check_kind(path, (str, PathLike), "path must be the name of the document, as text or a Path")
    settings, context, path = settings or Settings(), context or FolderContext(), fspath(path)
    read = read_text(data, path=path, settings=settings, context=context, decisions=decisions)
    (found,) = languages_of([read], settings, context)
    return finished(read, found)


class Read(NamedTuple):
    """A document whose text is clean and whose language is not known yet."""

    data: bytes
    source: Source
    decoded: Decoded
    layers: list[Revision]
    """The decoded text, repaired, and normalised rule by rule."""
    choice: Choice | None
    language: str | None
    """What a person says that it is in."""


Found = tuple[Language, Language | None]
"""The language of a document, and that of its text before repair where it was repaired."""


def read_text(
    data: bytes | bytearray | memoryview | str,
    *,
    path: str,
    settings: Settings,
    context: FolderContext,
    decisions: DocumentDecisions | None = None,
    sha256: str | None = None,
) -> Read:
    """The stages before language: decoded, repaired, normalised. Raises NotTextError for binary data.

    `sha256` is the digest of `data`, where it is known.
    """
    if isinstance(data, str):
        from cleaner.decoding import decode_text

        data, decoded = decode_text(data)
    else:
        data = as_bytes(data, "clean")
        decoded = _decoded(data, settings, context, decisions)
    source = Source(path, len(data), sha256 or hashlib.sha256(data).hexdigest())
    if decoded.encoding.encoding is None:
        raise NotTextError(f"{path}: binary data, no text: {'; '.join(decoded.encoding.evidence)}")
    choice = _choice(settings, decisions, source.sha256)
    layers = text_stages(decoded, path=path, settings=settings, context=context, choice=choice)
    return Read(data, source, decoded, layers, choice, decisions.language if decisions else None)


def languages_of(documents: Sequence[Read], settings: Settings, context: FolderContext) -> list[Found]:
    """The language of each document. Many are asked about at once: that takes half the time of one after the other."""
    again = [place for place, one in enumerate(documents) if context.provisional and not one.language]
    after = _languages([one.layers[-1].text for one in documents], settings, context, again=frozenset(again))
    repaired = [place for place, one in enumerate(documents) if one.layers[0].edits]
    before = _languages([documents[place].decoded.text for place in repaired], settings, context, spans=False)
    flipped = dict(zip(repaired, before, strict=True))
    return [(language, flipped.get(place)) for place, language in enumerate(after)]


def finished(read: Read, found: Found) -> Document:
    """The document: changes of all stages composed, and checked to give the bytes back."""
    (language, before), layers, choice = found, read.layers, read.choice
    if before is not None:
        layers = _with_flip(layers, before, language)
    if read.language:
        language = replace(language, code=read.language, confidence=1.0, backend="decided in review")
    decoded, path, text = read.decoded, read.source.path, layers[-1].text
    edits, findings = compose(
        [Revision(decoded.text, (), _wanted(decoded.findings, choice)), *layers],
        decoded.text,
        decoded.encoding.segments,
    )
    findings = (*without_repeated_loss(findings), *_wanted(_doubtful(language, len(text)), choice))
    if choice and choice.ruling:
        findings = (*findings, *choice.ruling.unmet(len(text)))
    document = Document(path, read.source, decoded.encoding, text, language, edits, findings, path)
    if not gives_back(text, document.edits, document.encoding.segments, read.data):
        raise RestoreError(f"{path}: the clean text would not give the source bytes back; nothing was written for it")
    return document


def without_repeated_loss(findings: Sequence[Finding]) -> list[Finding]:
    """`findings` of one text without those of U+FFFD (MOJ301) that stands for damaged bytes: ENC101 reports these already."""
    damaged = {place for one in findings if one.rule == "ENC101" for place in range(one.start, one.end)}
    if not damaged:
        return list(findings)
    return [
        one
        for one in findings
        if one.rule != "MOJ301" or one.start == one.end or not damaged.issuperset(range(one.start, one.end))
    ]


def text_stages(
    decoded: Decoded, *, path: str, settings: Settings, context: FolderContext, choice: Choice | None = None
) -> list[Revision]:
    """The stages that change text, in order: repair, then one layer for each rule of normalisation that changes it;
    both once more where normalisation made something repairable, so that cleaning the result would change nothing.

    `choice` holds back what is not wanted. Findings have their places in the text of their layer.
    """
    from cleaner.mojibake import looks_clean, repair_suspicious
    from cleaner.normalization import normalize_layers

    markdown = splitext(path)[1].lower() in MARKDOWN
    text = decoded.text
    layers: list[Revision] = []
    for number in range(ROUNDS):
        clean = looks_clean(text)
        proposed = Revision(text)
        if not clean:
            proposed = repair_suspicious(text, level=settings.level, context=context.repairs)
        wanted = settled(choice) if choice and number else choice
        repaired = chosen_revision(text, proposed, layers, wanted)
        if number and not repaired.edits:
            return joined(layers, [repaired])

        normalized = normalize_layers(
            repaired.text,
            profile=settings.profile,
            markdown=markdown,
            drop_boilerplate=settings.drop_boilerplate,
            allow=_allowed(choice, (*layers, repaired)),
        )
        layers = joined(layers, [repaired, *normalized]) if number else [repaired, *normalized]
        if not needs_another(normalized, clean=clean):
            break
        text = layers[-1].text
    return layers


def _allowed(choice: Choice | None, done: Sequence[Revision]) -> Filter | None:
    """The filter that normalisation asks about each step: `choice`, with the layers `done` before it."""
    if choice is None:
        return None
    return lambda text, step, before: chosen_revision(text, step, (*done, *before), choice)


def _decoded(data: bytes, settings: Settings, context: FolderContext, decisions: DocumentDecisions | None) -> Decoded:
    from cleaner.decoding import decode, decode_as

    if decisions and decisions.encoding:
        return decode_as(data, decisions.encoding)
    return decode(data, hints=settings.encodings, context=context.encodings)


def _choice(settings: Settings, decisions: DocumentDecisions | None, sha256: str) -> Choice | None:
    """What is wanted of a document; None where that is everything."""
    ruling = Ruling(decisions, sha256) if decisions and decisions.edits else None
    if not (settings.select or settings.ignore or settings.min_confidence or ruling):
        return None
    least = settings.min_confidence or 0.0
    return Choice(
        lambda rule, _: settings.wants(rule),
        lambda edit, _: f"its confidence is below {least}" if edit.confidence < least else "",
        ruling,
    )


def _wanted(findings: tuple[Finding, ...], choice: Choice | None) -> tuple[Finding, ...]:
    if choice is None:
        return findings
    return tuple(one for one in findings if choice.wanted(one.rule, Span(one.start, one.end)))


def _languages(
    texts: Sequence[str],
    settings: Settings,
    context: FolderContext,
    *,
    spans: bool = True,
    again: Container[int] = (),
) -> list[Language]:
    from cleaner.language import detect_languages

    return detect_languages(
        texts,
        languages=settings.languages or None,
        spans=spans,
        backend=settings.language_backend,
        second_opinion=spans and not context.provisional,
        context=context.languages,
        again=again,
    )


def _doubtful(language: Language, size: int) -> tuple[Finding, ...]:
    """The finding that no language is clearly more likely than the others."""
    if not language.uncertain:
        return ()
    ranked = ", ".join(f"{one.value} {one.confidence:.2f}" for one in language.candidates)
    evidence = [f"candidates {ranked}"]
    if language.group:
        evidence.append(f"group {language.group}")
    if language.second_opinion:
        evidence.append(f"{language.second_backend} says {language.second_opinion.value}")
    reason = "no language is clearly more likely than the others"
    return (Finding("LNG101", 0, size, reason, round(1 - language.confidence, 4), tuple(evidence)),)


def _with_flip(layers: Sequence[Revision], before: Language, after: Language) -> list[Revision]:
    """`layers`, with evidence for each repair that the language changed with it: a sign that it was right."""
    if before.code == after.code:
        return list(layers)
    said = f"language {before.code} became {after.code}"

    def told(edit: Edit) -> Edit:
        return replace(edit, evidence=(*edit.evidence, said)) if edit.rule.startswith(REPAIR) else edit

    return [replace(layer, edits=tuple(map(told, layer.edits))) for layer in layers]
