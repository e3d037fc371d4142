"""Asks the methods in order, and makes the verdict from the first that answers."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from cleaner.arguments import as_bytes, check_encodings
from cleaner.decoding.binary import binary_sign, has_controls, is_sure_magic, magic_sign
from cleaner.decoding.bom import marks_at_start, read_bom
from cleaner.decoding.context import EncodingContext
from cleaner.decoding.declared import declared_encoding
from cleaner.decoding.ebcdic import looks_like_ebcdic, read_ebcdic
from cleaner.decoding.escapes import may_shift, read_escapes
from cleaner.decoding.joined import read_joined
from cleaner.decoding.labels import label_of
from cleaner.decoding.nul_patterns import read_nul_patterns
from cleaner.decoding.reading import Piece, Reading, assemble, decode_damaged, strict
from cleaner.document import Decoded, Encoding, Finding, Segment
from cleaner.errors import UsageError
from cleaner.memory import cached
from cleaner.models.encodings import SINGLE_BYTE, page
from cleaner.restoring import seal

Buffer = bytes | bytearray | memoryview

UTF8_MARK = b"\xef\xbb\xbf"
CANONICAL = frozenset({"ascii", "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
"""Codecs that write each text in one way only: encoding again always gives the bytes."""
DOUBTFUL = 0.8
"""Below this confidence a verdict is reported as a finding."""


def detect_encoding(
    data: Buffer, *, hints: Sequence[str] | None = None, context: EncodingContext | None = None
) -> Encoding:
    """The verdict on `data`: which encoding, how sure, why, and what else it could be. See `decode`."""
    return decode(as_bytes(data, "detect_encoding"), hints=hints, context=context).encoding


def decode(data: Buffer, *, hints: Sequence[str] | None = None, context: EncodingContext | None = None) -> Decoded:
    """`data` as text, with the verdict that says how it was read.

    `hints` are encodings that legacy bytes may be in (Python names); `context` says what neighbours are in. The byte-order
    mark is removed; a damaged run of bytes is one U+FFFD; binary data gives "" and a verdict without encoding. The
    segments of the verdict give the bytes back: `cleaner.restoring.encode(text, segments) == data`. Raises ArgumentError
    for what is not bytes, and UsageError for a hint that Python does not know.
    """
    data = as_bytes(data, "decode")
    if hints:
        check_encodings(hints)
    if not data:
        return Decoded("", Encoding("ascii", label_of("ascii"), 1.0, "empty", ("no bytes",)))
    if data.isascii():
        if not (may_shift(data) or has_controls(data) or looks_like_ebcdic(data)):
            return _plain(data, "ascii")
    elif data[:3] != UTF8_MARK and not has_controls(data) and not binary_sign(data):
        text = strict(data, "utf-8")
        if text is not None and not looks_like_ebcdic(data):
            return _plain(data, "utf-8", text)
    reading = _read(data, hints, context)
    if reading is None:
        sign = binary_sign(data) or "no encoding gives text"
        return Decoded("", Encoding(None, None, 0.99, "binary", (sign,)))
    if reading.method in ("ascii", "utf8"):
        return _plain(data, reading.encoding, reading.pieces[0].text)
    return verdict_of(data, reading)


def decode_as(data: bytes, codec: str) -> Decoded:
    """`data` read in the encoding `codec`, because a person says so; bytes without a meaning there are findings.

    Raises UsageError where Python does not know `codec`. Of UTF-16 and UTF-32 name the byte order (`utf-16-le`).
    """
    name = _python_name(codec)
    marked = read_bom(data)
    if marked is not None and marked.encoding == name:
        return verdict_of(data, marked._replace(confidence=1.0, evidence=(*marked.evidence, "named by a person")))
    text = strict(data, name)
    pieces = decode_damaged(data, name)[0] if text is None else [Piece(len(data), text, name)]
    return verdict_of(data, Reading(name, 1.0, "decided", ("named by a person",), tuple(pieces)))


def decode_text(text: str) -> tuple[bytes, Decoded]:
    """The UTF-8 bytes of `text`, and the verdict on them: it is text already, so that no encoding is guessed.

    Byte-order marks at its beginning are removed. A lone surrogate is written as UTF-8 would write it, and kept in its segment.
    """
    data = text.encode("utf-8", "surrogatepass")
    codec = "ascii" if data.isascii() else "utf-8"
    marks = marks_at_start(data, UTF8_MARK)
    pieces = [Piece(len(data) - len(marks), text[len(marks) // 3 :], codec)]
    if marks:
        pieces.insert(0, Piece(len(marks), "", None, marks))
    held, segments = assemble(pieces)
    evidence: tuple[str, ...] = ("given as text",)
    if strict(data, "utf-8") is None:
        segments, evidence = seal(data, held, segments), (*evidence, "lone surrogates in it")
    return data, Decoded(held, Encoding(codec, label_of(codec), 1.0, "text", evidence, (), bool(marks), segments))


def _python_name(codec: str) -> str:
    try:
        found = codecs.lookup(codec)
    except (LookupError, ValueError):
        found = None
    if found is None or not getattr(found, "_is_text_encoding", True) or found.name == "utf-7":
        raise UsageError(f"there is no encoding {codec!r} that a file could be read in; names are like 'cp1252'")
    return {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(found.name, found.name)


def _plain(data: bytes, codec: str, text: str | None = None) -> Decoded:
    """The usual case: one segment, nothing to check."""
    text = data.decode(codec) if text is None else text
    segments = (Segment(0, len(data), 0, len(text), codec),)
    method, said = ("ascii", "bytes below 0x80 only") if codec == "ascii" else ("utf8", "valid UTF-8")
    return Decoded(text, Encoding(codec, label_of(codec), 1.0, method, (said,), (), False, segments))


DOUBLE_BYTE = frozenset({"cp932", "cp949", "cp950"})
WORTH = 200_000
"""Length of a text from which looking for characters with two spellings is cheaper than encoding it again."""


@cached
def _respelled(codec: str) -> re.Pattern[str]:
    """Matches the characters that `codec` has more than one spelling for."""
    twice: set[str] = set()
    for first in range(0x81, 0xFF):
        for second in range(0x40, 0xFF):
            data = bytes((first, second))
            try:
                text = data.decode(codec)
                if text.encode(codec) != data:
                    twice.update(text)
            except UnicodeError:
                continue
    return re.compile(f"[{re.escape(''.join(sorted(twice)))}]" if twice else "(?!)")


@cached
def _canonical(codec: str) -> bool:
    """Whether `codec` writes each text in one way only, so that encoding again always gives the bytes."""
    if codec in CANONICAL:
        return True
    meanings = page(codec) if codec in SINGLE_BYTE else None
    return meanings is not None and len(set(meanings)) == 256  # 256 bytes, 256 different characters


def _spelled_once(codec: str, text: str) -> bool:
    """Whether encoding `text` again is sure to give the bytes it came from."""
    if codec in DOUBLE_BYTE:
        return len(text) > WORTH and _respelled(codec).search(text) is None
    return _canonical(codec)


def _read(data: bytes, hints: Sequence[str] | None, context: EncodingContext | None) -> Reading | None:
    """The first method that is sure; None for binary data."""
    if b"\0" in data and not magic_sign(data):
        reading = read_joined(data)
        if reading:
            return reading
    reading = read_bom(data)
    if reading:
        return _after_mark(data, reading, context)
    if data.isascii() and b"\x1b" in data and b"\0" not in data:
        reading = read_escapes(data)
        if reading:
            return reading
    if has_controls(data) and not is_sure_magic(data):
        # NUL and other control bytes are half of many UTF-16 and UTF-32 units.
        reading = read_nul_patterns(data)
        if reading:
            return reading
    reading = read_ebcdic(data)
    if reading:
        return reading
    if binary_sign(data):
        return None
    if data.isascii():
        return read_escapes(data) or Reading(
            "ascii", 1.0, "ascii", (), (Piece(len(data), data.decode("ascii"), "ascii"),)
        )
    text = strict(data, "utf-8")
    if text is not None:
        return Reading("utf-8", 1.0, "utf8", (), (Piece(len(data), text, "utf-8"),))
    from cleaner.decoding.statistics import read_statistics
    from cleaner.decoding.tolerant import read_tolerant

    return read_tolerant(data, context) or read_statistics(data, hints, context, declared_encoding(data))


def _after_mark(data: bytes, reading: Reading, context: EncodingContext | None) -> Reading:
    """`reading` by a byte-order mark; where bytes after UTF-8's mark are not UTF-8, they are read by `tolerant`."""
    if reading.encoding != "utf-8" or reading.confidence == 1.0:
        return reading
    from cleaner.decoding.tolerant import read_tolerant

    rest = read_tolerant(data[reading.pieces[0].length :], context)
    if rest is None:
        return reading
    evidence = (*reading.evidence, *rest.evidence)
    return rest._replace(method="bom", evidence=evidence, pieces=(reading.pieces[0], *rest.pieces))


def verdict_of(data: bytes, reading: Reading) -> Decoded:
    """`data` as a method has read it, with segments that give the bytes back and findings on damaged bytes and doubtful
    encodings.
    """
    text, segments = assemble(reading.pieces)
    if not all(segment.raw is not None or _spelled_once(segment.codec or "", text) for segment in segments):
        segments = seal(data, text, segments)
    findings = [
        Finding(
            "ENC101",
            segment.text_start,
            segment.text_end,
            f"bytes without a meaning in {reading.encoding}; kept in the verdict",
            evidence=(f"bytes {segment.start}:{segment.end} are {(segment.raw or b'')[:32].hex(' ')}",),
        )
        for segment in segments
        if segment.codec is None and segment.text_end > segment.text_start
    ]
    encoding = Encoding(
        reading.encoding,
        label_of(reading.encoding),
        round(reading.confidence, 4),
        reading.method,
        reading.evidence,
        reading.alternatives,
        reading.method == "bom",
        segments,
    )
    if encoding.mixed:
        others = [segment for segment in segments if segment.codec not in (reading.encoding, None)] or segments
        start, end = others[0].text_start, others[-1].text_end
        findings.append(Finding("ENC201", start, end, "; ".join(reading.evidence), reading.confidence))
    if reading.confidence < DOUBTFUL and text:
        fitting = ", ".join(other.encoding for other in reading.alternatives if not other.same_text)
        fit = "; others that fit give the same text" if reading.alternatives else ", though no other fits"
        fit = f"; others that fit: {fitting}" if fitting else fit
        findings.append(Finding("ENC301", 0, len(text), f"the encoding is doubtful{fit}", 1 - reading.confidence))
    return Decoded(text, encoding, tuple(findings))
