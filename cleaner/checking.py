"""One file checked in place: what would change and why, and the bytes that `fix` writes.

The stages are those of `cleaning`; only the use of their edits differs. The file keeps its encoding, its byte-order
mark, its line ends and its last newline: each edit replaces the bytes it stands for, and no other byte is touched.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cleaner.choosing import Choice, left_alone
from cleaner.cleaning import FolderContext, text_stages, without_repeated_loss
from cleaner.decoding import decode
from cleaner.document import Candidate, Decoded, Edit, Encoding, Finding, Revision, Segment, Span
from cleaner.edits import ByteMap, OffsetMap, apply, is_stateful, merge, through
from cleaner.mojibake.words.support import unsupported
from cleaner.pragmas import Pragmas
from cleaner.settings import Settings
from cleaner.spoofing import spoofing

SURE, PROVEN = 0.95, 0.8
"""Confidence from which an inferred edit, and an exact one, is written where the user names none. Of the inferred edits from
0.95 on 99 % are right, of those from 0.9 to there 92 %; of the exact ones from 0.8 on 99.8 %, of those below 93 %
(benchmarks/fix_precision.py). An exact edit below that can be replayed, but so can others: two accidents give the same text."""
ROUNDS = 4
"""Most times that the result is checked again until nothing is left to write."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to change or to look at. Spans are half-open."""

    rule: str
    start: int
    """First code point in the decoded file."""
    end: int
    bytes: Span
    """Where it stands in the file, in bytes."""
    line: int
    """From 1, as editors count."""
    column: int
    """From 1, in code points."""
    before: str
    after: str | None
    """What it becomes; None where it is only reported."""
    reason: str
    confidence: float
    kind: str
    """`exact` or `inferred` for a change, `finding` for what is only reported."""
    evidence: tuple[str, ...] = ()
    alternatives: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a file."""

    encoding: Encoding
    problems: tuple[Problem, ...] = ()
    """In the order of their places; those with `after` are written by `fix`."""
    text: str = ""
    """The decoded file, byte-order mark removed."""
    fixed: bytes | None = None
    """The file as `fix` writes it; None where nothing changes."""
    fixed_text: str = ""
    notes: tuple[str, ...] = ()
    """What a person should know besides the problems: remarks in the file that name an unknown rule."""

    @property
    def binary(self) -> bool:
        """Whether the file is no text; then there is nothing else to say."""
        return self.encoding.encoding is None


def check_bytes(data: bytes, *, path: str, settings: Settings) -> Checked:
    """What `settings` want changed or reported in `data`, the file `path` (its suffix tells Markdown)."""
    decoded = decode(data, hints=settings.encodings)
    if decoded.encoding.encoding is None:
        return Checked(decoded.encoding)
    text, segments = decoded.text, decoded.encoding.segments
    pragmas = Pragmas.of(text)

    def wanted(rule: str, span: Span) -> bool:
        return settings.wants(rule) and not pragmas.silence(rule, span.start)

    choice = Choice(wanted, _hindrance(settings, segments), doubtful=unsupported)
    edits, findings, stable = _settled(decoded, path, settings, choice)
    if any("TXT8".startswith(code) or code.startswith("TXT8") for code in settings.select):
        findings += [one for one in spoofing(text) if wanted(one.rule, Span(one.start, one.end))]
    fixed = _spliced(data, text, segments, edits) if edits else None
    if fixed is not None and not (stable and _reads_as(fixed, apply(text, edits), settings)):
        why = "the file would not be read as the same text afterwards"
        findings = [*findings, *(left_alone(edit, why) for edit in edits)]
        edits, fixed = (), None
    places = ByteMap(text, segments)
    everything: list[Edit | Finding] = [*edits, *findings]
    found = sorted(everything, key=lambda one: (one.start, one.end, one.rule))
    problems = [_problem(one, text, pragmas, places) for one in found]
    return Checked(decoded.encoding, tuple(problems), text, fixed, apply(text, edits), pragmas.notes())


def _settled(
    decoded: Decoded, path: str, settings: Settings, choice: Choice
) -> tuple[tuple[Edit, ...], list[Finding], bool]:
    """One layer of edits of the decoded text, the findings in that text, and whether nothing is left to write after them."""
    text = decoded.text
    findings = [one for one in decoded.findings if choice.wanted(one.rule, Span(one.start, one.end))]
    edits: tuple[Edit, ...] = ()
    now = decoded
    for number in range(ROUNDS):
        shifted = _shifted(choice, edits) if edits else choice
        layers = text_stages(now, path=path, settings=settings, context=FolderContext(), choice=shifted)
        made: tuple[Edit, ...] = ()
        for layer in layers:
            made = merge(now.text, made, layer.edits)
        if number == 0:
            findings = without_repeated_loss([*findings, *_in_source(layers)])
        if not made:
            return edits, findings, True
        edits = merge(text, edits, made)
        now = Decoded(layers[-1].text, decoded.encoding)
    return edits, findings, False


def _shifted(choice: Choice, done: Sequence[Edit]) -> Choice:
    """`choice`, to be asked about places of the text that the edits `done` led to."""
    back = OffsetMap.of(done).backward
    return Choice(
        lambda rule, span: choice.wanted(rule, back(span)),
        lambda edit, span: choice.hindrance(edit, back(span)),
        doubtful=choice.doubtful,
    )


def _in_source(layers: Sequence[Revision]) -> list[Finding]:
    """The findings of `layers`, placed in the decoded text."""
    found = []
    for index, layer in enumerate(layers):
        maps = [OffsetMap.of(one.edits) for one in reversed(layers[: index + 1])]
        for finding in layer.findings:
            span = through(Span(finding.start, finding.end), maps, forward=False)
            found.append(replace(finding, start=span.start, end=span.end))
    return found


def _hindrance(settings: Settings, segments: Sequence[Segment]) -> Callable[[Edit, Span], str]:
    """Why an edit is not written: too little confidence, or an encoding that can't write it."""
    floors = {"inferred": SURE, "exact": PROVEN}
    starts = [segment.text_start for segment in segments]

    def hindrance(edit: Edit, span: Span) -> str:
        least = floors[edit.kind] if settings.min_confidence is None else settings.min_confidence
        if edit.confidence < least:
            return f"its confidence is below {least:g}"
        first = max(0, bisect_right(starts, span.start) - 1)
        last = max(first, bisect_right(starts, max(span.start, span.end - 1)) - 1)
        held = segments[first : last + 1]
        codecs = {_codec(segment) for segment in held if segment.text_end > segment.text_start}
        if None in codecs or len(codecs) > 1:
            return "the bytes there are damaged or in more than one encoding"
        for codec in codecs:
            if codec and not _writable(edit.after, codec):
                return f"the file is in {codec}, which can't write it in place"
        return ""

    return hindrance


def _codec(segment: Segment) -> str | None:
    """The codec in which a part of `segment` can be written; None where it can't."""
    if segment.codec is None or segment.raw is not None:
        return None
    return "utf-8" if segment.codec == "ascii" else segment.codec


def _writable(text: str, codec: str) -> bool:
    if is_stateful(codec):  # bytes can't be replaced in the middle
        return False
    try:
        return text.encode(codec).decode(codec) == text
    except UnicodeError:
        return False


def _spliced(data: bytes, text: str, segments: Sequence[Segment], edits: Sequence[Edit]) -> bytes:
    """`data` with the bytes of each edit replaced, all others as they are."""
    places = ByteMap(text, segments)
    starts = [segment.text_start for segment in segments]
    parts, done = [], 0
    for edit in edits:
        span = places.backward(Span(edit.start, edit.end))
        codec = _codec(segments[bisect_right(starts, edit.start) - 1]) or _main_codec(segments)
        parts += [data[done : span.start], edit.after.encode(codec)]
        done = span.end
    return b"".join([*parts, data[done:]])


def _main_codec(segments: Sequence[Segment]) -> str:
    return next((codec for segment in segments if (codec := _codec(segment))), "utf-8")


def _reads_as(data: bytes, text: str, settings: Settings) -> bool:
    """Whether the file as it would be written is read as `text` again. A short legacy or UTF-16 text may not be, once the
    characters that spoke for its encoding are gone; then it is left as it is.
    """
    return decode(data, hints=settings.encodings).text == text


def _problem(one: Edit | Finding, text: str, pragmas: Pragmas, places: ByteMap) -> Problem:
    if isinstance(one, Edit):
        after, kind, others = one.after, str(one.kind), one.alternatives
    else:
        after, kind, others = None, "finding", one.candidates
    span, before = places.backward(Span(one.start, one.end)), text[one.start : one.end]
    line, column = pragmas.place(one.start)
    return Problem(
        one.rule, one.start, one.end, span, line, column, before, after, one.reason, one.confidence, kind, one.evidence, others
    )  # fmt: skip
