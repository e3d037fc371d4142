"""What a method answers with, and the pieces it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cleaner.document import EncodingCandidate, Segment

SURROGATES = frozenset({"utf-7"})
"""Codecs whose strict decoding may give lone surrogates."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class Piece(NamedTuple):
    """A run of bytes with one codec (None: damaged, or a byte-order mark) and its text."""

    length: int
    """Bytes."""
    text: str
    codec: str | None
    raw: bytes | None = None
    """The bytes, for a piece without a codec."""


class Reading(NamedTuple):
    """One method's answer: the encoding, how sure it is and why, and the whole text in pieces."""

    encoding: str
    confidence: float
    method: str
    evidence: tuple[str, ...]
    pieces: tuple[Piece, ...]
    alternatives: tuple[EncodingCandidate, ...] = ()


def strict(data: bytes, codec: str) -> str | None:
    """`data` decoded, or None where it is not valid or gives lone surrogates."""
    try:
        text = data.decode(codec)
        if codec in SURROGATES:
            text.encode("utf-8")
    except (UnicodeError, LookupError, ValueError):
        return None
    return text


def assemble(pieces: Iterable[Piece]) -> tuple[str, tuple[Segment, ...]]:
    """The text of `pieces` and the segments that describe it; adjacent pieces in one codec become one segment."""
    texts: list[str] = []
    segments: list[Segment] = []
    byte_at = text_at = 0
    for piece in pieces:
        if not piece.length:
            continue
        start, text_start = byte_at, text_at
        byte_at, text_at = byte_at + piece.length, text_at + len(piece.text)
        if segments and piece.codec == segments[-1].codec and piece.codec and piece.raw is None is segments[-1].raw:
            last = segments.pop()
            start, text_start = last.start, last.text_start
        segments.append(Segment(start, byte_at, text_start, text_at, piece.codec, piece.raw))
        texts.append(piece.text)
    return "".join(texts), tuple(segments)


def decode_damaged(data: bytes, codec: str) -> tuple[list[Piece], int]:
    """The pieces of `data` read with `codec`, and the number of its damaged bytes: each damaged run is one U+FFFD and keeps its
    bytes. Codecs without state only.
    """
    pieces: list[Piece] = []
    at = damaged = 0
    view = memoryview(data)
    while at < len(data):
        try:
            text = str(view[at:], codec)
        except UnicodeDecodeError as error:
            if error.start:
                pieces.append(Piece(error.start, str(view[at : at + error.start], codec), codec))
            bad = max(1, error.end - error.start)
            start = at + error.start
            raw = bytes(view[start : start + bad])
            damaged += len(raw)
            if pieces and pieces[-1].codec is None:
                last = pieces.pop()
                raw = (last.raw or b"") + raw
            pieces.append(Piece(len(raw), REPLACEMENT, None, raw))
            at = start + bad
        else:
            pieces.append(Piece(len(data) - at, text, codec))
            break
    return pieces, damaged
