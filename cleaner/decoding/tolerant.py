"""UTF-8 with a few bytes that are not: damaged, cut off, or lines and runs in a legacy encoding."""

from __future__ import annotations

import re

from cleaner.decoding.context import EncodingContext
from cleaner.decoding.legacy import rank, sample_of
from cleaner.decoding.reading import REPLACEMENT, Piece, Reading, strict

__all__ = ["LARGE", "is_doubtful", "read_tolerant"]

LARGE = 1 << 18
"""Bytes from which a sample decides whether a file may be UTF-8 with accidents."""

SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)
SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
HIGH = bytes(range(0x80, 0x100))
LETTER = re.compile(rb"[A-Za-z]")


def read_tolerant(data: bytes, context: EncodingContext | None) -> Reading | None:
    """A reading of `data`, which is not valid UTF-8, as mostly UTF-8; None where too little of it is.

    By line: a valid line is UTF-8. In others, bytes that are part of no sequence are damage where the line has
    sequences too, and the line is in a legacy encoding where it has none. All legacy lines are judged together.
    """
    if not _promising(data):
        return None
    lines = data.splitlines(keepends=True) if b"\r" in data else _lines(data)
    kinds = [_kind(line) for line in lines]
    sequences = len(SEQUENCE.findall(data))
    valid = sum(kind == "utf-8" for kind in kinds)
    legacy_lines = [line for line, kind in zip(lines, kinds, strict=True) if kind == "legacy"]
    broken = sum(kind == "broken" for kind in kinds)
    if not _believable(data, sequences, valid, broken, legacy_lines):
        return None
    codec = None
    if legacy_lines:
        ranked = rank(b"".join(legacy_lines), context)
        codec = ranked[0][0] if ranked else "cp1252"
    pieces: list[Piece] = []
    for line, kind in zip(lines, kinds, strict=True):
        if kind in ("ascii", "utf-8"):
            pieces.append(Piece(len(line), line.decode("utf-8"), "utf-8"))
        elif kind == "legacy" and codec is not None and strict(line, codec) is not None:
            pieces.append(Piece(len(line), line.decode(codec), codec))
        else:
            pieces += _broken_line(line, codec)
    return _reading(pieces, legacy_lines, broken, codec)


def is_doubtful(data: bytes) -> bool:
    """Whether lone bytes are so many beside the sequences that a legacy text could look like this by chance."""
    part = sample_of(data)
    return 4 * _lone(part) >= len(SEQUENCE.findall(part))


def _promising(data: bytes) -> bool:
    """Whether there are sequences at all, and, in a large file, not far more lone bytes in a sample of it."""
    if len(data) < LARGE:
        return SEQUENCE.search(data) is not None
    part = sample_of(data)
    return _lone(part) <= 2 * len(SEQUENCE.findall(part))


def _reading(pieces: list[Piece], legacy: list[bytes], broken: int, codec: str | None) -> Reading:
    by_codec: dict[str, int] = {}
    for piece in pieces:
        if piece.codec:
            by_codec[piece.codec] = by_codec.get(piece.codec, 0) + piece.length
    encoding = max(by_codec, key=lambda name: (by_codec[name], name)) if by_codec else "utf-8"
    evidence = []
    if legacy:
        evidence.append(f"{len(legacy)} lines are no UTF-8 and read as {codec}")
    if broken:
        evidence.append(f"{broken} lines are UTF-8 with foreign or damaged bytes")
    sure = 0.97 if broken <= 3 and not legacy else 0.93
    return Reading(encoding, sure, "mixed" if legacy else "utf8-broken", tuple(evidence), tuple(pieces))


def _lines(data: bytes) -> list[bytes]:
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _kind(line: bytes) -> str:
    if line.isascii():
        return "ascii"
    if strict(line, "utf-8") is not None:
        return "utf-8"
    sequences = SEQUENCE.findall(line)
    rest = _lone(line)
    # A legacy line can hold what looks like a sequence by chance; more than its lone bytes it can't.
    return "broken" if sequences and len(sequences) * 2 >= rest else "legacy"


def _lone(data: bytes) -> int:
    """How many bytes above 0x7F are part of no UTF-8 sequence."""
    rest = SEQUENCE.sub(b"", data)
    return len(rest) - len(rest.translate(None, HIGH))


def _believable(data: bytes, sequences: int, valid: int, broken: int, legacy: list[bytes]) -> bool:
    """Whether `data` is UTF-8 with accidents rather than a legacy text that looks like it in places."""
    lone = _lone(data)
    if valid + broken == 0:
        return False
    if not legacy:
        return sequences * 2 >= lone
    # Chance sequences in a legacy text are rare beside its lone bytes, and never fill whole lines.
    return valid >= 1 and (valid * 4 >= len(legacy) or sequences * 3 >= lone)


def _broken_line(line: bytes, codec: str | None) -> list[Piece]:
    """The pieces of a line that holds UTF-8 sequences and other bytes."""
    pieces: list[Piece] = []
    at = 0
    while at < len(line):
        try:
            pieces.append(Piece(len(line) - at, line[at:].decode("utf-8"), "utf-8"))
            break
        except UnicodeDecodeError as error:
            if error.start:
                pieces.append(Piece(error.start, line[at : at + error.start].decode("utf-8"), "utf-8"))
            start = at + error.start
            pair = SURROGATES.match(line, start)
            if pair:
                text = pair[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le")
                pieces.append(Piece(6, text, "utf-8", pair[0]))
                at = start + 6
                continue
            end = start + max(1, error.end - error.start)
            while end < len(line) and line[end] >= 0x80 and not SEQUENCE.match(line, end):
                end += 1
            raw = line[start:end]
            pieces.append(_foreign(line, start, end, raw, codec))
            at = end
    return pieces


def _foreign(line: bytes, start: int, end: int, raw: bytes, codec: str | None) -> Piece:
    """Bytes in a UTF-8 line that are no UTF-8: a legacy character between letters, or damage."""
    page = codec or "cp1252"
    beside = LETTER.match(line[start - 1 : start]) and LETTER.match(line[end : end + 1])
    text = strict(raw, page) if len(raw) == 1 and beside and raw[0] >= 0xC0 else None
    if text is not None and text.isalpha() and codec is not None:
        return Piece(len(raw), text, page)
    return Piece(len(raw), REPLACEMENT, None, raw)
