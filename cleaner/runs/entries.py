"""A batch of entries through the stages, as a worker does it: read, clean, put into the shard, report in short.

What the leading process gets is small: a card for each entry, and where its result is. Texts and records stay in the
shard until the outputs are written from it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from unicodedata import unidata_version

from cleaner import __version__
from cleaner.cleaning import FolderContext, Found, Read, finished, languages_of, read_text
from cleaner.decisions import DocumentDecisions
from cleaner.document import UNCERTAIN, Document
from cleaner.errors import CleanerError, NotTextError
from cleaner.outputs import RejectedRow, by_rule, sections_of
from cleaner.records import dumps, to_json
from cleaner.restoring import is_source
from cleaner.runs.ledger import PIECE, READ, Place, Row, Section, append, ledger_key, look_up
from cleaner.settings import Settings
from cleaner.sources import Entry

FORM = 10
"""Of what is put down of a document, its profile included. One more with each change of it, also where the version stays:
what another form has left is done again, not misread."""

SURE = 0.95
"""From this confidence on an encoding verdict speaks for its neighbours and does not listen to them. Of the
verdicts above 0.9, 99.1 % are right (benchmarks/encoding_calibration.py); a little more is asked of a witness."""

TEXT, PROFILE = 0, 5
"""Which section is the clean text, and which the profile for overlap."""

FAULT = "SRC105"
"""The rule of a document that the program failed on."""

WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)
"""Flag for opening a file without waiting for whoever writes to it."""

OF_THE_MACHINE = frozenset({errno.ENOMEM, errno.EMFILE, errno.ENFILE})
"""Reasons why no file could be read: memory, open files."""

Done = TypeVar("Done")
Chains = list[tuple[tuple[str, ...], int]]


class Card(NamedTuple):
    """What is remembered of a document while a run lasts."""

    sha256: str
    size: int
    encoding: str
    method: str
    confidence: float
    language: str
    language_confidence: float
    name: str
    """The document's path, repaired."""
    edits: dict[str, int]
    """Number of changes by rule."""
    findings: dict[str, int]
    chains: Chains
    """Accidents undone, with the number of edits each."""

    @property
    def sure(self) -> bool:
        """Whether the encoding is so sure that it counts for other documents."""
        return self.confidence >= SURE

    @property
    def uncertain(self) -> bool:
        """Whether the language is uncertain."""
        return self.language != "und" and self.language_confidence < UNCERTAIN

    @property
    def doubtful(self) -> bool:
        """Whether the folder may help with this document."""
        return self.uncertain or not self.sure or any(rule.startswith("MOJ") for rule in self.findings)

    @classmethod
    def of(cls, document: Document, name: str) -> Card:
        """The card of `document`."""
        return cls(
            document.source.sha256,
            document.source.size,
            document.encoding.encoding or "",
            document.encoding.method,
            document.encoding.confidence,
            document.language.code,
            document.language.confidence,
            name,
            by_rule(document.edits),
            by_rule(document.findings),
            sorted(Counter([edit.chain for edit in document.edits if edit.chain]).items()) if document.edits else [],
        )

    def dumps(self) -> str:
        """The card as JSON."""
        return dumps(tuple(self))

    @classmethod
    def loads(cls, text: str) -> Card:
        """The card that `dumps` gave."""
        *plain, chains = json.loads(text)
        held: list[Any] = [*plain, [(tuple(chain), count) for chain, count in chains]]
        return cls(*held)


class Cleaned(NamedTuple):
    """What became of an entry: a document's card and place, or a rejection; `key` is its place in the ledger."""

    key: bytes
    card: Card | None
    place: Place | None
    rejected: RejectedRow | None = None
    reused: bool = False

    @property
    def lasting(self) -> bool:
        """Whether the result holds as long as the key does; a fault of the program may be gone the next time."""
        return self.rejected is None or self.rejected.rule != FAULT

    def row(self) -> Row:
        """The ledger's row."""
        return Row(self.key, self.card.dumps() if self.card else dumps(to_json(self.rejected)), self.place)

    @classmethod
    def taken_up(cls, row: Row) -> Cleaned:
        """What the ledger's `row` says."""
        if row.place is None:
            return cls(row.key, None, None, RejectedRow(**json.loads(row.card)), reused=True)
        return cls(row.key, Card.loads(row.card), row.place, reused=True)


@dataclass(frozen=True, slots=True)
class Work:
    """How the entries of a run are cleaned, and where results go."""

    settings: Settings
    context: FolderContext
    stamp: str
    """What decides a result beside path and content: settings, version, the form of what is put down, context, and the version
    of Unicode, which says what is a letter."""
    shards: Path
    known: Path | None
    """What earlier runs have done (`Ledger.known`)."""
    decisions: Mapping[str, DocumentDecisions] = field(default_factory=dict)
    """What a person has decided, by document."""

    @classmethod
    def of(
        cls,
        settings: Settings,
        context: FolderContext,
        shards: Path,
        known: Path | None,
        decisions: Mapping[str, DocumentDecisions] | None = None,
    ) -> Work:
        """Work with its stamp."""
        stamp = f"{settings.digest}\0{__version__}\0{FORM}\0{context!r}\0{unidata_version}"
        return cls(settings, context, stamp, shards, known, decisions or {})

    def key(self, entry: Entry, sha256: str) -> bytes:
        """The ledger's key of the document `entry` with the digest `sha256`."""
        more = [repr(one) for one in (self.decisions.get(entry.path), entry.raw_path) if one]
        return ledger_key(entry.path, sha256, self.stamp, *more)


class _Finished(NamedTuple):
    """A document, its repaired path, and the clean text as UTF-8; None where it is large."""

    document: Document
    name: str
    encoded: bytes | None


Made = _Finished | RejectedRow
"""A document, or what kept an entry from being one."""


def clean_batch(batch: Sequence[Entry], *, work: Work) -> list[Cleaned]:
    """Reads and cleans each entry, or finds its stored result; never raises for what a file holds."""
    keys, held = [], {}
    for entry in batch:
        key, data, sha256 = _read(entry, work)
        keys.append(key)
        held[key] = _Given(entry, data, sha256)
    stored = look_up(work.known, keys) if work.known else {}
    wanted = [key for key in dict.fromkeys(keys) if key not in stored]
    made = dict(zip(wanted, _cleaned([held.pop(key) for key in wanted], work), strict=True))
    documents = {key: one for key, one in made.items() if not isinstance(one, RejectedRow)}
    places = append(work.shards, _sections(documents.values())) if documents else []
    placed = dict(zip(documents, places, strict=True))
    cleaned = []
    for key in keys:
        if key in stored:
            cleaned.append(Cleaned.taken_up(stored[key]))
            continue
        one = made[key]
        if isinstance(one, RejectedRow):
            cleaned.append(Cleaned(key, None, None, one))
        else:
            cleaned.append(Cleaned(key, Card.of(one.document, one.name), placed[key]))
    return cleaned


def _sections(documents: Collection[_Finished]) -> Iterator[list[Section]]:
    """The sections that are stored of each document: those of the outputs, then the profile for overlap."""
    from cleaner.overlap import packed_parts, profiles_of

    profiles = profiles_of([one.document.text for one in documents], [one.encoded for one in documents])
    for (document, _, text), profile in zip(documents, profiles, strict=True):
        yield [*sections_of(document, text), packed_parts(profile)]


class _Given(NamedTuple):
    """An entry, and what was read of it."""

    entry: Entry
    data: bytes | RejectedRow
    """Its bytes, or why they can't be read."""
    sha256: str
    """Their digest, hex."""


def _read(entry: Entry, work: Work) -> tuple[bytes, bytes | RejectedRow, str]:
    """The key of an entry, its bytes or why they can't be read, and their digest."""
    try:
        data = _data(entry)
    except OSError as error:
        if error.errno in OF_THE_MACHINE:
            raise
        reason = f"can't be read: {error.strerror}"
        return ledger_key(entry.path, reason), RejectedRow(entry.path, "SRC101", reason), ""
    sha256 = hashlib.sha256(data).hexdigest()
    return work.key(entry, sha256), data, sha256


def _data(entry: Entry) -> bytes:
    """The bytes of the file; a file object would ask the system for four things more. Since it was listed, it may have become a
    pipe, at which a reader waits for a writer.
    """
    file, parts = os.open(entry.file, READ | WITHOUT_WAITING), []
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        size = entry.size + 1
        while part := os.read(file, size):
            parts.append(part)
            size = PIECE
    finally:
        os.close(file)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def key_of(entry: Entry, work: Work) -> bytes:
    """The key of an entry's result: reads and hashes the file."""
    return _read(entry, work)[0]


def _cleaned(given: Sequence[_Given], work: Work) -> Iterator[Made]:
    """What becomes of each entry. Their languages are found together.

    All of a batch are held until the last is finished: a megabyte of bytes (`corpus.BATCH_BYTES`), which takes 10 to 20 MB, or one
    larger document.
    """
    read = [_tried(partial(_read_one, one, work), one) for one in given]
    documents = [one for one in read if isinstance(one, Read)]
    try:
        found: list[Found | None] = list(languages_of(documents, work.settings, work.context))
    except Exception:  # one document must not end the run of all others: each is tried alone
        found = [None] * len(documents)
    languages = iter(found)
    for one, own in zip(read, given, strict=True):
        if isinstance(one, RejectedRow):
            yield one
        else:
            yield _tried(partial(_finished_one, own.entry, one, next(languages), work), own)


def _read_one(one: _Given, work: Work) -> Read | RejectedRow:
    entry, data, sha256 = one
    if isinstance(data, RejectedRow):
        return data
    return read_text(
        data,
        path=entry.path,
        settings=work.settings,
        context=work.context,
        decisions=work.decisions.get(entry.path),
        sha256=sha256,
    )


def _finished_one(entry: Entry, read: Read, found: Found | None, work: Work) -> _Finished:
    from cleaner.mojibake import repair_name

    if found is None:
        (found,) = languages_of([read], work.settings, work.context)
    document = finished(read, found)
    repaired = repair_name(entry.path)
    if entry.raw_path is not None:
        document = replace(document, source=replace(document.source, raw_path=entry.raw_path))
    if repaired.edits:
        document = replace(document, name_edits=repaired.edits)
    if len(read.data) > PIECE or len(document.text) > PIECE:
        return _Finished(document, repaired.text, None)
    return _Finished(document, repaired.text, read.data if is_source(document) else document.text.encode())


def _tried(stage: Callable[[], Done], one: _Given) -> Done | RejectedRow:
    """What `stage` makes of an entry, or why it is rejected.

    Too little memory, and a part or a table of the program that can't be read, say nothing about the document: they end
    the run.
    """
    path = one.entry.path
    try:
        return stage()
    except NotTextError as error:
        rule, reason = "ENC901", str(error).removeprefix(f"{path}: ")
    except CleanerError as error:
        rule, reason = "SRC103", str(error)
    except MemoryError:
        raise MemoryError(f"at {path}") from None
    except (OSError, ImportError):
        raise
    except Exception as error:  # one document must not end the run of all others
        rule, reason = FAULT, f"the program failed on it: {type(error).__name__}: {error}"
    assert isinstance(one.data, bytes)
    return RejectedRow(path, rule, reason, len(one.data), one.sha256)
