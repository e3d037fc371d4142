"""UTF-16 and 8-bit text in one file: a log that two programs append to, files that were joined.

In UTF-16, half of the bytes of plain letters are NUL, so that a stretch of printable bytes without any is not UTF-16.
"""

from __future__ import annotations

import re

from cleaner.decoding.nul_patterns import read_nul_patterns
from cleaner.decoding.reading import Piece, Reading, strict

NARROW = re.compile(
    rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){24,}"
)
"""A stretch of printable UTF-8. In UTF-16 of another script, 24 bytes in a row look like ASCII once in 10**10 places."""
MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
SHORTEST = 24
"""Fewest bytes of a printable stretch, as in `NARROW`."""
LARGE, ENDS = 1 << 16, 1 << 12
"""A larger file is searched only where its first or last bytes hold 8-bit text: files are joined at their ends."""
LEAST = 16
"""Fewest bytes of a part in UTF-16 without a mark."""


def read_joined(data: bytes) -> Reading | None:
    """A reading of `data`, which holds NUL bytes, as parts in UTF-16 and in UTF-8; None where it does not consist of these."""
    if len(data) > LARGE and not (NARROW.search(data[:ENDS]) or NARROW.search(data[-ENDS:])):
        return None
    if len(data) <= LARGE and max(map(len, data.split(b"\0"))) < SHORTEST:
        return None
    pieces: list[Piece] = []
    wide = narrow = 0
    codec = None
    at = 0
    for match in [*NARROW.finditer(data), None]:
        start, end = match.span() if match else (len(data), len(data))
        if start > at:
            found = _between(data, at, start, codec, shared=bool(pieces))
            if found is None:
                return None
            begin, cut, parts = found
            if begin < at:
                last = pieces.pop()
                pieces.append(Piece(last.length - 1, last.text[:-1], last.codec))
                narrow -= 1
            codec = parts[-1].codec
            pieces += parts
            wide += cut - begin
            start = cut
        if end > start:
            text = strict(data[start:end], "utf-8")
            if text is None:
                return None
            pieces.append(Piece(end - start, text, "utf-8"))
            narrow += end - start
        at = end
    if not wide or not narrow or codec is None:
        return None
    said = (f"{wide} bytes have the NUL bytes of {codec}, {narrow} bytes are plain UTF-8",)
    return Reading(codec if wide > narrow else "utf-8", 0.97, "mixed", said, tuple(pieces))


def _between(
    data: bytes, at: int, start: int, codec: str | None, *, shared: bool
) -> tuple[int, int, list[Piece]] | None:
    """Where the part in UTF-16 between two printable stretches begins and ends, and its pieces.

    The first or the last byte of the part may be printable and so lie in the stretch beside it, unless it belongs to a
    character there.
    """
    for begin in (at, at - 1) if shared and data[at - 1] < 0x80 else (at,):
        for cut in (start, start + 1) if start < len(data) and data[start] < 0x80 else (start,):
            found = _wide(data[begin:cut], codec)
            if found is not None:
                return begin, cut, found
    return None


def _wide(part: bytes, codec: str | None) -> list[Piece] | None:
    """The pieces of a part in UTF-16: by its mark, else by its NUL bytes, else in the `codec` of the part before."""
    if len(part) % 2:
        return None
    for mark, marked in MARKS:
        if part.startswith(mark):
            text = strict(part[2:], marked)
            return None if text is None else [Piece(2, "", None, mark), Piece(len(part) - 2, text, marked)]
    reading = read_nul_patterns(part) if len(part) >= LEAST else None
    if reading is not None:
        return list(reading.pieces) if all(piece.codec for piece in reading.pieces) else None
    text = strict(part, codec) if codec else None
    return (
        None
        if text is None or (not text.isprintable() and not text.strip().isprintable())
        else [Piece(len(part), text, codec)]
    )
