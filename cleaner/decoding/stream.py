"""Decoding of files that are too large for memory: two passes, a block at a time.

The first pass looks at every byte: whether all of it is ASCII or UTF-8, and where the bytes above 0x7F stand. It keeps
a sample of bounded size. The second pass decodes block by block in the encoding of the sample.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from cleaner.arguments import check_encodings
from cleaner.decoding.context import EncodingContext
from cleaner.decoding.detect import decode, verdict_of
from cleaner.decoding.reading import Piece, Reading, decode_damaged
from cleaner.document import Decoded, Encoding
from cleaner.errors import ArgumentError, UsageError

BLOCK = 1 << 20
"""Bytes read at once."""
HEAD, PLACE, SAMPLE = 1 << 14, 1 << 11, 1 << 16
"""Bytes of the sample: of the beginning, of each place with bytes above 0x7F, and of all such places together."""
SMALLEST = 16
"""Bytes of the smallest block: the longest character must fit in."""
TAIL = 8
"""Bytes at the end of a block that may belong to the next: the longest character of any encoding, doubled."""
UNITS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


def decode_stream(
    source: BinaryIO, *, hints: Sequence[str] | None = None, context: EncodingContext | None = None, block: int = BLOCK
) -> Iterator[Decoded]:
    """The text of `source`, a seekable binary file at its beginning, in parts of about `block` bytes.

    Joined, the texts of the parts are the text of the file. Each part has its own verdict, whose segments count from the
    part's first byte and character and give its bytes back. Memory is bounded by `block`, whatever the size. One part
    without encoding where the data is binary; nothing for an empty file. Raises ArgumentError where `source` is no such file.
    """
    if not (callable(getattr(source, "read", None)) and callable(getattr(source, "seek", None)) and _goes_back(source)):
        raise ArgumentError("decode_stream takes a file opened with open(path, 'rb'), one that it can go back in")
    if isinstance(source, io.TextIOBase):
        raise ArgumentError("decode_stream takes a file opened with open(path, 'rb'); this one gives text already")
    if hints:
        check_encodings(hints)
    if type(block) is not int or block < SMALLEST:
        raise UsageError(f"block is {block!r}; it must be a number of bytes, {SMALLEST} or more")
    return _streamed(source, hints, context, block)


def _goes_back(source: BinaryIO) -> bool:
    """Whether `source` can be read twice; True where it does not say."""
    says = getattr(source, "seekable", None)
    return not callable(says) or bool(says())


def _streamed(
    source: BinaryIO, hints: Sequence[str] | None, context: EncodingContext | None, block: int
) -> Iterator[Decoded]:
    sample, plain = _survey(source, block)
    source.seek(0)
    if not sample:
        return
    verdict = decode(sample, hints=hints, context=context).encoding
    if verdict.encoding is None:
        yield Decoded("", verdict)
        return
    for number, part in enumerate(_parts(source, block, verdict)):
        yield _decoded(part, verdict, hints, context, plain=plain, first=number == 0)


def _survey(source: BinaryIO, block: int) -> tuple[bytes, bool]:
    """A sample of all of `source`, and whether all of it is valid UTF-8."""
    check = codecs.getincrementaldecoder("utf-8")()
    valid = True
    parts: list[bytes] = []
    size, wide = 0, False
    while data := source.read(block):
        if valid:
            try:
                check.decode(data)
            except UnicodeDecodeError:
                valid = False
        if not parts:
            wide = b"\0" in data[:HEAD]  # places in UTF-16 can't be put together
            parts.append(_head(data, wide=wide, more=len(data) == block))
        if not wide and not data.isascii():
            place = _foreign_place(data)
            # Later places push earlier ones out, so that the sample stays one of the whole.
            parts.append(place)
            size += len(place)
            if size > SAMPLE:
                parts = [parts[0], *parts[1::2]]
                size = sum(map(len, parts[1:]))
    if valid:
        try:
            check.decode(b"", final=True)
        except UnicodeDecodeError:
            valid = False
    return b"\n".join(parts) if len(parts) > 1 else b"".join(parts), valid


def _head(data: bytes, *, wide: bool, more: bool) -> bytes:
    """The beginning of the first block, cut after a line, or after a unit of UTF-32."""
    if len(data) <= HEAD and not more:
        return data
    head = data[:HEAD]
    return head[: len(head) // 4 * 4] if wide else head[: head.rfind(b"\n") + 1 or len(head)]


def _foreign_place(data: bytes) -> bytes:
    """Whole lines of `data` around its first byte above 0x7F."""
    try:
        data.decode("ascii")
        return b""
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        if error.start - start > PLACE:
            start = error.start
        return data[start : data.rfind(b"\n", start, start + PLACE) + 1 or start + PLACE]


def _parts(source: BinaryIO, block: int, verdict: Encoding) -> Iterator[bytes]:
    """The bytes of `source` in parts that end after a line, or at least after a character."""
    rest = b""
    unit, little = UNITS.get(verdict.encoding or "", 1), (verdict.encoding or "").endswith("-le")
    while data := source.read(block):
        data = rest + data
        cut = _cut(data, unit, little=little, escaped=verdict.method == "escape", limit=8 * block)
        if cut:
            yield data[:cut]
        rest = data[cut:]
    if rest:
        yield rest


def _cut(data: bytes, unit: int, *, little: bool, escaped: bool, limit: int) -> int:
    """Where `data` may be cut; 0 where more of it is needed."""
    if unit > 1:
        end = (len(data) - TAIL) // unit * unit if len(data) > TAIL else 0
        high = data[end - 1 : end] if little else data[end - 2 : end - 1]
        return end - 2 if unit == 2 and high and 0xD8 <= high[0] <= 0xDB else end  # surrogates stay together
    found = data.rfind(b"\n") + 1
    if escaped:
        # At a line's end, ISO-2022 and HZ are back in ASCII.
        return found
    if found:
        return found
    if len(data) < limit // 8:
        return 0
    for place in range(len(data) - TAIL, max(0, len(data) - 4096), -1):
        if data[place - 1] < 0x30 or (data[place - 1] < 0x80 and data[place] < 0x80):
            return place
    return max(0, len(data) - TAIL)


def _decoded(
    part: bytes,
    verdict: Encoding,
    hints: Sequence[str] | None,
    context: EncodingContext | None,
    *,
    plain: bool,
    first: bool,
) -> Decoded:
    """`part` decoded by the `verdict` on the whole."""
    damaged = verdict.encoding == "utf-8" and not plain
    codec = "utf-8" if plain and verdict.encoding == "ascii" else verdict.encoding or "utf-8"
    if verdict.method == "escape" or verdict.mixed or damaged:
        alone = decode(part, hints=hints, context=context)
        if alone.encoding.encoding is not None:
            return alone
        if verdict.method == "escape":  # alone it is no text, as where a disk left a hole of NULs: then without a state
            codec = "ascii"
    mark = (verdict.segments[0].raw or b"") if first and verdict.bom else b""
    pieces, _ = decode_damaged(part[len(mark) :], codec)
    if mark:
        pieces.insert(0, Piece(len(mark), "", None, mark))
    reading = Reading(codec, verdict.confidence, verdict.method, verdict.evidence, tuple(pieces), verdict.alternatives)
    decoded = verdict_of(part, reading)
    return replace(decoded, encoding=replace(decoded.encoding, bom=bool(mark)))
