"""Applying edits, undoing them, composing those of several stages, and mapping positions through them."""

from __future__ import annotations

import codecs
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from cleaner.document import Candidate, Edit, Finding, Revision, Segment, Span, edit_of
from cleaner.errors import RestoreError

PIECE, LARGE = 1 << 20, 1 << 24
"""Code points that are copied at a time, and those above which a text is put together piece by piece."""


def apply(text: str, edits: Sequence[Edit]) -> str:
    """`text` with `edits` made; they are in order and don't overlap.

    Raises ValueError where an edit does not fit the text: its `before` is not what stands there.
    """
    return _whole(_applied(text, edits), len(text)) if edits else text


def _applied(text: str, edits: Sequence[Edit]) -> Iterator[str]:
    done = 0
    for edit in edits:
        if edit.start < done or text[edit.start : edit.end] != edit.before:
            raise ValueError(f"edit {edit.rule} at {edit.start}:{edit.end} does not fit the text")
        yield from pieces(text, done, edit.start)
        yield edit.after
        done = edit.end
    yield from pieces(text, done, len(text))


def undo(text: str, edits: Sequence[Edit]) -> str:
    """The text that a stage was given, from the `text` it returned and its `edits`.

    Raises RestoreError where an edit does not fit the text.
    """
    return _whole(undone(text, edits), len(text))


def undone(text: str, edits: Sequence[Edit]) -> Iterator[str]:
    """The same in pieces."""
    done, shift = 0, 0
    for edit in edits:
        start = edit.start + shift
        end = start + len(edit.after)
        if start < done or text[start:end] != edit.after:
            raise RestoreError(
                f"{edit.rule} at {edit.start}:{edit.end} does not fit the text: text and edits are not of one run, "
                "or one of them was changed by hand"
            )
        yield from pieces(text, done, start)
        yield edit.before
        done = end
        shift += len(edit.after) - len(edit.before)
    yield from pieces(text, done, len(text))


def pieces(text: str, start: int = 0, end: int | None = None) -> Iterator[str]:
    """`text[start:end]`, in pieces where it is long: a copy of a gigabyte is not made to be thrown away."""
    end = len(text) if end is None else end
    if end - start <= PIECE:
        yield text[start:end]
        return
    for at in range(start, end, PIECE):
        yield text[at : min(at + PIECE, end)]


def _whole(parts: Iterator[str], size: int) -> str:
    """`parts` as one text, of about `size` code points."""
    if size <= LARGE:
        return "".join(parts)
    whole = ""
    for part in parts:
        whole += part  # grows where it stands, so that the parts and the whole are not held side by side
    return whole


def line_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the lines that `text[start:end]` lies in, without the last line end."""
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last


def inside_of(spans: Sequence[tuple[int, int]]) -> Callable[[int, int], bool]:
    """Tells whether a range has a code point in common with one of `spans`, half-open, in order, not overlapping."""
    starts = [start for start, _ in spans]

    def inside(start: int, end: int) -> bool:
        number = bisect_left(starts, end) - 1
        return number >= 0 and start < spans[number][1]

    return inside


Ranges = tuple[list[int], list[int]]
"""Where edits begin, and where they end, in order."""


class OffsetMap:
    """Positions of a text before a layer of edits, and after it, mapped both ways.

    A position outside every edit maps to itself, shifted. A range that touches an edit grows to cover the whole of
    it, because a position inside replaced text has no counterpart.
    """

    __slots__ = ("_after", "_before")

    def __init__(self, edits: Iterable[tuple[int, int, int]]) -> None:
        """`edits`: (start, end, length of the replacement), in code points before the layer, in order."""
        self._before: Ranges = ([], [])
        self._after: Ranges = ([], [])
        shift = 0
        for start, end, length in edits:
            self._before[0].append(start)
            self._before[1].append(end)
            self._after[0].append(start + shift)
            self._after[1].append(start + shift + length)
            shift += length - (end - start)

    @classmethod
    def of(cls, edits: Iterable[Edit]) -> OffsetMap:
        """The map of a layer of edits, which are in order."""
        return cls((edit.start, edit.end, len(edit.after)) for edit in edits)

    def forward(self, span: Span) -> Span:
        """The range after the layer that holds all that `span`, a range before it, turned into."""
        return _mapped(span, self._before, self._after)

    def backward(self, span: Span) -> Span:
        """The range before the layer that `span`, a range after it, came from."""
        return _mapped(span, self._after, self._before)


def _mapped(span: Span, own: Ranges, other: Ranges) -> Span:
    """`span` on the other side of the layer; a range that cuts an edit grows to its borders there."""
    return Span(_position(span.start, own, other, at_end=False), _position(span.end, own, other, at_end=True))


def _position(at: int, own: Ranges, other: Ranges, *, at_end: bool) -> int:
    (starts, ends), (to_starts, to_ends) = own, other
    index = bisect_right(starts, at) - 1
    if not at_end:
        # An edit that is empty on this side and stands at the start belongs to the range.
        while index > 0 and starts[index] == at and ends[index - 1] == at == starts[index - 1]:
            index -= 1
    if index < 0:
        return at
    if starts[index] == at < ends[index]:
        # A range that ends where the edit begins ends outside it.
        return to_starts[index]
    if starts[index] <= at < ends[index] or (starts[index] == at == ends[index]):
        return to_ends[index] if at_end else to_starts[index]
    return to_ends[index] + (at - ends[index])


PAIRED, SECOND = ("_2004", "jisx0213"), frozenset("\u309a\u0300\u0301\u02e5\u02e9")
"""Encodings in which two code points can be one character, and its second ones: a place between the two counts as before both."""


def is_stateful(codec: str) -> bool:
    """Whether what a byte means in `codec` depends on those before it, by escapes and shifts."""
    return codec in ("hz", "utf-7") or codec.startswith("iso2022")


class ByteMap:
    """Ranges of decoded text mapped to ranges of source bytes, through the segments of a verdict.

    Linear for ranges asked in ascending order: counting goes on from the last place. The last answer is remembered too,
    as thousands of edits of a later layer can lie in one long edit of the first.
    """

    __slots__ = ("_asked", "_byte", "_encoder", "_found", "_index", "_point", "_segments", "_starts", "_text")

    def __init__(self, text: str, segments: Sequence[Segment]) -> None:
        self._text = text
        self._segments = segments
        self._starts = [segment.text_start for segment in segments]
        self._index = self._point = self._byte = 0
        self._encoder: codecs.IncrementalEncoder | None = None
        self._asked: Span | None = None
        self._found = Span(0, 0)

    def backward(self, span: Span) -> Span:
        """The source bytes that the range `span` of the decoded text came from."""
        if self._segments and span != self._asked:
            start = self._position(span.start, at_end=False)
            self._asked, self._found = span, Span(start, max(start, self._position(span.end, at_end=True)))
        return self._found

    def _position(self, at: int, *, at_end: bool) -> int:
        index = bisect_right(self._starts, at) - 1
        if at_end:
            while index > 0 and self._starts[index] >= at:
                index -= 1
        segment = self._segments[index]
        if at >= segment.text_end:
            return segment.end
        if at <= segment.text_start:
            return segment.start
        if segment.codec is None or segment.raw is not None:
            return segment.end if at_end else segment.start
        paired = segment.codec.endswith(PAIRED)
        # Else no code point takes less than a byte: where there are as many bytes, each takes one.
        if not paired and segment.end - segment.start == segment.text_end - segment.text_start:
            return segment.start + at - segment.text_start
        if index != self._index or not segment.text_start <= self._point <= at:
            self._index, self._point, self._byte, self._encoder = index, segment.text_start, segment.start, None
        if is_stateful(segment.codec):
            return self._by_lines(segment.codec, at)
        if paired and self._point < at < segment.text_end and self._text[at] in SECOND:
            one, both = (len(self._text[at - 1 : end].encode(segment.codec, "ignore")) for end in (at, at + 1))
            at -= one == both
        for piece in pieces(self._text, self._point, at):
            self._byte += len(piece.encode(segment.codec))
        self._point = at
        return self._byte

    def _by_lines(self, codec: str, at: int) -> int:
        """The same in a stateful `codec`: what stands before the last line end is counted once, and the state there is
        kept. The bytes that end a shift belong to the character after it.
        """
        if self._encoder is None:
            self._encoder = codecs.getincrementalencoder(codec)()
        line = self._text.rfind("\n", self._point, at) + 1 or self._point
        self._byte += len(self._encoder.encode(self._text[self._point : line]))
        self._point, state = line, self._encoder.getstate()
        rest = self._encoder.encode(self._text[line:at])
        self._encoder.setstate(state)
        # UTF-7 has no state: each part is ended.
        ended = codec == "utf-7" and rest.endswith(b"-") and self._text[at - 1] != "-"
        return self._byte + len(rest) - ended


def compose(
    layers: Sequence[Revision], text: str, segments: Sequence[Segment]
) -> tuple[tuple[Edit, ...], tuple[Finding, ...]]:
    """Edits and findings of consecutive stages, placed in source and clean text.

    `layers` are the results of the stages in order, `text` is the decoded text that the first of them was given and
    `segments` say which bytes it came from. Stages that changed nothing take no layer number. Findings are moved to
    the clean text.
    """
    if not any(layer.edits or layer.findings for layer in layers):
        return (), ()
    maps = [OffsetMap.of(layer.edits) if layer.edits else None for layer in layers]
    source_map = ByteMap(text, segments)
    edits: list[Edit] = []
    findings: list[Finding] = []
    number = 0
    for index, layer in enumerate(layers):
        number += bool(layer.edits)
        before, after = list(filter(None, reversed(maps[:index]))), list(filter(None, maps[index + 1 :]))
        for edit, place in zip(layer.edits, _placed(layer.edits), strict=True):
            source = through(Span(edit.start, edit.end), before, forward=False)
            clean = through(place, after, forward=True)
            edits.append(_with_places(edit, number, source, source_map.backward(source), clean))
        for finding in layer.findings:
            moved = through(Span(finding.start, finding.end), after, forward=True)
            findings.append(replace(finding, start=moved.start, end=moved.end) if after else finding)
    findings.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
    return tuple(edits), tuple(findings)


def _with_places(edit: Edit, layer: int, source: Span, source_bytes: Span, clean: Span) -> Edit:
    """`edit` with its places; `dataclasses.replace` takes twice as long."""
    said = edit.rule, edit.start, edit.end, edit.before, edit.after, edit.reason, edit.confidence, edit.kind
    shown = edit.evidence, edit.chain, edit.alternatives
    return edit_of(*said, *shown, layer, source, source_bytes, clean)


def _placed(edits: Iterable[Edit]) -> Iterator[Span]:
    """Where each edit of a layer stands in the text that the layer gave."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield Span(start, start + len(edit.after))
        shift += len(edit.after) - (edit.end - edit.start)


def through(span: Span, maps: Iterable[OffsetMap], *, forward: bool) -> Span:
    """`span` mapped through layers, in the order given; forward or backward through each."""
    for offsets in maps:
        span = offsets.forward(span) if forward else offsets.backward(span)
    return span


def merge(text: str, first: Sequence[Edit], second: Sequence[Edit], *, trust: float = 1.0) -> tuple[Edit, ...]:
    """One layer of edits of `text` that does what `first` and then `second` do.

    An edit that touches no other stays as it is, placed in `text`. Edits that touch are joined into one. Where an exact edit of
    `second` changes just what an exact one of `first` has written, the joined one is exact: both chains can be replayed, one after
    the other, and it has both. Any other is inferred, with the rule, the reason and the chain of its first part, and
    `trust` times the confidence of its least confident part.
    """
    if not first or not second:
        return tuple(first or second)
    between = apply(text, first)
    spans = [(span.start, span.end, 0, edit) for edit, span in zip(first, _placed(first), strict=True)]
    spans += [(edit.start, edit.end, 1, edit) for edit in second]
    offsets = OffsetMap.of(first)
    merged = []
    for group in _touching(sorted(spans, key=lambda row: row[:3])):
        start, end = group[0][0], max(row[1] for row in group)
        own = [edit for _, _, layer, edit in group if layer == 0]
        then = [edit for _, _, layer, edit in group if layer == 1]
        if not then:
            merged += own
            continue
        place = offsets.backward(Span(start, end))
        if own:  # the group begins and ends with one of them, or with text between them
            head, tail = offsets.backward(Span(start, start)), offsets.backward(Span(end, end))
            place = Span(min(own[0].start, head.start), max(own[-1].end, tail.end))
        after, done = [], start
        for edit in then:
            after += [between[done : edit.start], edit.after]
            done = edit.end
        new, before = "".join([*after, between[done:end]]), text[place.start : place.end]
        if new != before:
            merged.append(_joined(own, then, place, before, new, trust))
    return tuple(merged)


def _joined(own: Sequence[Edit], then: Sequence[Edit], place: Span, before: str, after: str, trust: float) -> Edit:
    parts = [*own, *then]
    lead = parts[0]
    placed = replace(lead, start=place.start, end=place.end, before=before, after=after)
    if len(parts) == 1:
        return placed
    sure = min(part.confidence for part in parts)
    if (
        len(own) == len(then) == 1
        and own[0].after == then[0].before
        and all(part.kind == "exact" and part.chain for part in parts)
    ):
        reason = f"{own[0].reason}; then {then[0].reason}"
        return replace(placed, reason=reason, chain=(*own[0].chain, *then[0].chain), confidence=sure)
    sure = round(trust * sure, 4)
    return replace(placed, kind="inferred", confidence=sure, alternatives=(Candidate(before, round(1 - sure, 4)),))


Placed = tuple[int, int, int, Edit]


def _touching(spans: Iterable[Placed]) -> Iterator[list[Placed]]:
    """Groups of spans of the middle text that touch or overlap."""
    group: list[Placed] = []
    last = -1  # the farthest end in the group
    for row in spans:
        if group and row[0] > last:
            yield group
            group, last = [], -1
        group.append(row)
        last = max(last, row[1])
    if group:
        yield group
