"""The values that flow through `cleaner`: frozen, slotted, without behaviour beyond small properties.

Offsets are half-open. In a text they count Unicode code points, in a source they count bytes; the name of a field or
its docstring says which. JSON form and schema of these values: `cleaner.records`. Composing and undoing edits:
`cleaner.edits` and `cleaner.restoring`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Kind = Literal["exact", "inferred"]
"""`exact`: replaying the accident on `after` gives `before`. `inferred`: something that was lost is filled in."""

ALWAYS = {"always": True}
"""Metadata of a field that stands in a record even where it holds its default."""
RelationKind = Literal["exact", "near", "contained", "story", "related"]
PassageKind = Literal["same_text", "same_event", "same_people", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range; in code points or in bytes, as the field that holds it says."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible answer (a text, a language code) and its confidence, 0 to 1."""

    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `text[start:end]`, which was `before`, became `after`.

    `start` and `end` are code points of the text that the stage was given. A stage leaves the last four fields alone;
    `cleaner.edits.compose` fills them in when a document is put together.
    """

    rule: str
    """Stable rule code, such as `MOJ101`; `cleaner explain MOJ101` tells about it."""
    start: int
    end: int
    before: str
    after: str
    reason: str
    """One sentence for a person: what happened and why this is the repair."""
    confidence: float
    """Probability, 0 to 1, that `after` is what the author wrote."""
    kind: Kind = field(default="exact", metadata=ALWAYS)
    evidence: tuple[str, ...] = ()
    """What speaks for the change: likelihood gain in nats, words found, neighbours repaired alike."""
    chain: tuple[str, ...] = ()
    """The accident undone, step by step: `("encode tis-620", "decode utf-8")`."""
    alternatives: tuple[Candidate, ...] = ()
    """Other values that `after` could have had, best first."""
    layer: int = 0
    """Which layer of edits this one belongs to, from 1; layers are undone in descending order."""
    source: Span | None = None
    """Where it was in the decoded source, in code points (the smallest range that covers it)."""
    source_bytes: Span | None = None
    """Where it was in the source, in bytes (the smallest range that covers it)."""
    clean: Span | None = None
    """Where it is in the clean text, in code points."""


class _Open:
    """An `Edit` while it is made."""

    __slots__ = tuple(field.name for field in fields(Edit))

    def __init__(self, *said: Any) -> None:
        (
            self.rule,
            self.start,
            self.end,
            self.before,
            self.after,
            self.reason,
            self.confidence,
            self.kind,
            self.evidence,
            self.chain,
            self.alternatives,
            self.layer,
            self.source,
            self.source_bytes,
            self.clean,
        ) = said


def edit_of(*said: Any) -> Edit:
    """`Edit(*said)` of all fields, or of all that a stage fills in, made in a quarter of the time."""
    edit: Any = _Open(*said) if len(said) == 15 else _Open(*said, 0, None, None, None)
    edit.__class__ = Edit
    made: Edit = edit
    return made


@dataclass(frozen=True, slots=True)
class Finding:
    """Something seen and left alone. `start` and `end` are code points of the text it was found in.

    A stage counts in the text that it returns; in a finished `Document` they count in the clean text.
    """

    rule: str
    start: int
    end: int
    reason: str
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    """What the span could be changed to, best first; empty where there is no proposal."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What a text stage returns: the new text, the edits that lead to it (in order, not overlapping), its findings."""

    text: str
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()


_new: Callable[[type[Revision]], Revision] = object.__new__
_set_text, _set_edits, _set_findings = (Revision.__dict__[name].__set__ for name in Revision.__slots__)


def unchanged(text: str) -> Revision:
    """`Revision(text)`, made in half the time: what a stage says of nearly every text."""
    revision = _new(Revision)
    _set_text(revision, text)
    _set_edits(revision, ())
    _set_findings(revision, ())
    return revision


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of source bytes and the decoded text it gave; the segments of a document cover both without gaps."""

    start: int
    """First byte in the source."""
    end: int
    """Byte after the last."""
    text_start: int
    """First code point in the decoded text."""
    text_end: int
    codec: str | None
    """Python codec name; None for damaged bytes (shown as one U+FFFD) and for a byte-order mark (shown as nothing)."""
    raw: bytes | None = None
    """The bytes themselves, kept where encoding the text with `codec` does not give them back."""


@dataclass(frozen=True, slots=True)
class EncodingCandidate:
    """Another encoding that fits, and whether it gives the same text as the one chosen."""

    encoding: str
    confidence: float
    same_text: bool


@dataclass(frozen=True, slots=True)
class Encoding:
    """The verdict on the bytes of a document."""

    encoding: str | None
    """Python codec name, of most bytes where the file is mixed; None for binary data only."""
    label: str | None
    """WHATWG label, or the IANA name where WHATWG has none."""
    confidence: float
    """Calibrated probability, 0 to 1, that the decoded text is the right one."""
    method: str
    """What decided: `bom`, `ascii`, `utf8`, `nul-pattern`, `escape`, `declared`, `statistics`, `binary`, `context` …"""
    evidence: tuple[str, ...] = ()
    alternatives: tuple[EncodingCandidate, ...] = ()
    bom: bool = False
    segments: tuple[Segment, ...] = ()
    """In order; covers all bytes and the whole decoded text. Empty for binary data and for an empty file."""

    @property
    def mixed(self) -> bool:
        """Whether text segments of more than one codec were found."""
        return len({segment.codec for segment in self.segments if segment.codec}) > 1


@dataclass(frozen=True, slots=True)
class Decoded:
    """What `decode` returns: the text (byte-order mark removed, one U+FFFD for a damaged run, "" for binary data)."""

    text: str
    encoding: Encoding
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageSpan:
    """A run of text in one language; code points, half-open."""

    start: int
    end: int
    code: str
    confidence: float


UNCERTAIN = 0.75
"""Confidence below which the verdict on a language is uncertain: the folder has a say, and the other engine is asked."""


@dataclass(frozen=True, slots=True)
class Language:
    """The verdict on the language of a text."""

    code: str
    """ISO 639-1, else 639-3; `und` where there is no language."""
    confidence: float
    """Calibrated probability, 0 to 1."""
    candidates: tuple[Candidate, ...] = ()
    """Ranked, the chosen one first."""
    group: str | None = None
    """Such as `hr|bs|sr`, where its members could not be told apart."""
    script: str | None = None
    """ISO 15924 code of the most frequent script, such as `Latn`."""
    spans: tuple[LanguageSpan, ...] = ()
    shares: tuple[Candidate, ...] = ()
    """Share of the letters in each language, 0 to 1; only where spans were asked for."""
    backend: str = ""
    """Engine and version that answered."""
    second_opinion: Candidate | None = None
    """What the other engine said, asked only where the verdict is uncertain."""
    second_backend: str = ""
    """That engine and its version."""

    @property
    def uncertain(self) -> bool:
        """Whether there is a language, and another could as well be right."""
        return self.code != "und" and self.confidence < UNCERTAIN


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from."""

    path: str
    """Relative to the input folder, POSIX form; bytes of a name that are not UTF-8 are shown as `\\xNN`."""
    size: int
    """Bytes."""
    sha256: str
    """Hex digest of the source bytes."""
    raw_path: bytes | None = None
    """The path's own bytes, where they are not UTF-8."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document after all stages. `restore(document)` gives its exact source bytes back."""

    id: str
    source: Source
    encoding: Encoding
    text: str
    language: Language
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    output_path: str = ""
    """Path of the clean text below `text/`, POSIX form."""
    name_edits: tuple[Edit, ...] = ()
    """Repairs of the file's name, which `output_path` shows; code points of the source's path."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Two places that tell the same; spans are code points in the clean texts of the relation's `a` and `b`."""

    a: Span
    b: Span
    kind: PassageKind
    score: float
    evidence: tuple[str, ...] = ()
    """The words that both share."""


@dataclass(frozen=True, slots=True)
class Relation:
    """An overlap of two documents, `a < b` by id. A pair has one relation of each kind that holds."""

    a: str
    b: str
    relation: RelationKind
    score: float
    """`exact`: 1; `near`: Jaccard of the keys; `contained`: share of the smaller set; `story`: similarity, 0 to 1."""
    direction: str | None = None
    """For `contained`: the id of the document that is contained in the other, which has more keys; where they have as many, the
    first."""
    evidence: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents joined by relations of one kind or a stronger one."""

    id: str
    relation: RelationKind
    members: tuple[str, ...]
    """Document ids, sorted."""
    representative: str
    reason: str
    """Why this document represents the others."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Why a document is left out, and which stays instead."""

    kept: str
    relation: RelationKind
    score: float
    reason: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedSentence:
    """A sentence of a merged text and where it was taken from; code points, half-open."""

    text: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One text made of several tellings of a story (`--overlap merge`)."""

    id: str
    members: tuple[str, ...]
    text: str
    sentences: tuple[MergedSentence, ...]
