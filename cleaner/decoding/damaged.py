"""Decoding with a known codec where some bytes don't fit it: each damaged run becomes one U+FFFD and keeps its bytes."""

from __future__ import annotations

from cleaner.decoding.reading import REPLACEMENT, Piece


def decode_damaged(data: bytes, codec: str) -> tuple[list[Piece], int]:
    """The pieces of `data` read with `codec`, and the number of its damaged bytes. Codecs without state only."""
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
