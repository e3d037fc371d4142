"""The first promise: clean text, edits and encoding verdict give back the exact source bytes.

Decoding describes the bytes as segments. `seal` checks each segment by encoding its text again, and keeps the bytes
themselves where that does not give them back: damaged bytes, byte-order marks, encodings with several ways to write
one character (ISO-2022-*, UTF-7, some CJK pages). `restore` undoes the edits, layer by layer, and encodes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cleaner.arguments import check_kind
from cleaner.document import Document, Edit, Segment
from cleaner.edits import PIECE, is_stateful, undo, undone
from cleaner.errors import RestoreError


def restore(document: Document) -> bytes:
    """The exact bytes that `document` was made from.

    Raises RestoreError where text, edits and verdict are not of one run, or where the digest differs; ArgumentError for
    what is no Document.
    """
    check_kind(document, Document, "restore takes a Document, as cleaner.clean gives")
    data = encode(undo_layers(document.text, document.edits), document.encoding.segments)
    if hashlib.sha256(data).hexdigest() != document.source.sha256:
        raise RestoreError(
            f"{document.id}: the restored bytes have another digest than the source had; text, edits or record were "
            "changed after the run"
        )
    return data


def undo_layers(text: str, edits: Iterable[Edit]) -> str:
    """The decoded text from clean `text` and the composed `edits` of a document."""
    for layer in _layers(edits):
        text = undo(text, layer)
    return text


def _layers(edits: Iterable[Edit]) -> list[list[Edit]]:
    """The edits of each layer in order, the last layer first."""
    layers: dict[int, list[Edit]] = {}
    for edit in edits:
        layers.setdefault(edit.layer, []).append(edit)
    return [sorted(layers[number], key=lambda edit: (edit.start, edit.end)) for number in sorted(layers, reverse=True)]


def encode(text: str, segments: Sequence[Segment]) -> bytes:
    """The source bytes from the decoded `text` and its sealed `segments`.

    Raises RestoreError where a segment's codec is unknown or can't write its text.
    """
    parts = []
    for segment in segments:
        written = segment.raw if segment.raw is not None else _written(text, segment)
        if written is None:
            raise RestoreError(f"bytes {segment.start}:{segment.end} can't be written in {segment.codec}")
        parts.append(written)
    return b"".join(parts)


def is_source(document: Document) -> bool:
    """Whether the clean text of `document` is its source, as UTF-8, as it was."""
    if document.edits or len(document.encoding.segments) != 1:
        return False
    (segment,) = document.encoding.segments
    return segment.raw is None and segment.codec in ("ascii", "utf-8")


def gives_back(text: str, edits: Iterable[Edit], segments: Sequence[Segment], data: bytes) -> bool:
    """Whether `undo_layers` and `encode` make `data` of clean `text`; the last steps are done and compared in pieces."""
    layers = _layers(edits)
    for layer in layers[:-1]:
        text = undo(text, layer)
    if len(segments) == 1 and segments[0].raw is None and len(text) <= PIECE:  # most documents
        return _written("".join(undone(text, layers[-1])) if layers else text, segments[0]) == data
    stream = _Stream(undone(text, layers[-1] if layers else ()))
    at = 0
    for segment in segments:
        stream.skip_to(segment.text_start)
        if segment.start != at:
            return False
        if segment.raw is not None:
            if not data.startswith(segment.raw, at):
                return False
            at += len(segment.raw)
            continue
        step = PIECE if _is_cut(segment.codec) else segment.text_end - segment.text_start
        while stream.at < segment.text_end:
            piece = stream.take(min(step, segment.text_end - stream.at))
            written = _encoded(piece, segment.codec)
            if not piece or written is None or not data.startswith(written, at):
                return False
            at += len(written)
        if at != segment.end:
            return False
    return at == len(data)


class _Stream:
    """A text that comes in parts, taken so many code points at a time."""

    __slots__ = ("_held", "_parts", "_used", "at")

    def __init__(self, parts: Iterator[str]) -> None:
        self._parts, self._held, self._used = parts, "", 0
        self.at = 0
        """Code points taken so far."""

    def take(self, size: int) -> str:
        """The next `size` code points; fewer at the end."""
        found = self._held[self._used : self._used + size]
        self._used += len(found)
        while len(found) < size and (part := next(self._parts, None)) is not None:
            self._held, self._used = part, size - len(found)
            found += part[: self._used]
        self.at += len(found)
        return found

    def skip_to(self, place: int) -> None:
        """Takes what stands before `place`."""
        while self.at < place and self.take(min(PIECE, place - self.at)):
            pass


def seal(data: bytes, text: str, segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """`segments` with `raw` set wherever encoding again does not give the bytes of `data` back.

    Where only some lines of a segment differ, the segment is cut so that only their bytes are kept.
    """
    sealed: list[Segment] = []
    for segment in segments:
        if segment.raw is not None or _is_written(text, segment, data):
            sealed.append(segment)
        else:
            sealed += _sealed_lines(data, text, segment)
    return tuple(sealed)


def _is_written(text: str, segment: Segment, data: bytes) -> bool:
    """Whether `segment` is written as the bytes of `data` at its place."""
    size, at = segment.end - segment.start, segment.start
    if segment.text_end - segment.text_start <= PIECE or not _is_cut(segment.codec):
        written = _written(text, segment)
        return written is not None and len(written) == size and data.startswith(written, at)
    for start in range(segment.text_start, segment.text_end, PIECE):
        piece = replace(segment, text_start=start, text_end=min(start + PIECE, segment.text_end))
        written = _written(text, piece)
        if written is None or not data.startswith(written, at):
            return False
        at += len(written)
    return at == segment.end


def _is_cut(codec: str | None) -> bool:
    """Whether text in `codec` may be cut anywhere: what a byte means does not depend on those before."""
    wide = ("utf-16", "utf-32", "utf_16", "utf_32")
    return codec is not None and not is_stateful(codec) and not codec.startswith(wide)


def _written(text: str, segment: Segment) -> bytes | None:
    return _encoded(text[segment.text_start : segment.text_end], segment.codec)


def _encoded(text: str, codec: str | None) -> bytes | None:
    if codec is None:
        return None
    try:
        return text.encode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _sealed_lines(data: bytes, text: str, segment: Segment) -> Iterator[Segment]:
    """`segment` cut at line feeds, `raw` set on the lines that need it; whole where lines do not correspond."""
    held = data[segment.start : segment.end]
    whole = replace(segment, raw=held)
    codec = segment.codec
    if not _is_cut(codec):
        yield whole
        return
    byte_lines = held.split(b"\n")
    text_lines = text[segment.text_start : segment.text_end].split("\n")
    if len(byte_lines) != len(text_lines) or len(byte_lines) == 1:
        yield whole
        return
    byte_at, text_at = segment.start, segment.text_start
    start, text_start, state = byte_at, text_at, None
    last = len(byte_lines) - 1
    for number, (byte_line, text_line) in enumerate(zip(byte_lines, text_lines, strict=True)):
        end, text_end = byte_at + len(byte_line) + (number < last), text_at + len(text_line) + (number < last)
        line = Segment(byte_at, end, text_at, text_end, codec)
        same = _written(text, line) == data[byte_at:end]
        if state is not None and same != state:
            yield _run(data, Segment(start, byte_at, text_start, text_at, codec), same=state)
            start, text_start = byte_at, text_at
        state, byte_at, text_at = same, end, text_end
    yield _run(data, Segment(start, byte_at, text_start, text_at, codec), same=bool(state))


def _run(data: bytes, segment: Segment, *, same: bool) -> Segment:
    return segment if same else replace(segment, raw=data[segment.start : segment.end])
