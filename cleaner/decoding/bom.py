"""First method: a byte-order mark names the encoding."""

from __future__ import annotations

import codecs

from cleaner.decoding.reading import Piece, Reading, decode_damaged, strict

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
UTF7_MARK = b"+/v8-"
"""The mark of UTF-7, shifted back to ASCII right after it; else the mark and the first letters share bytes."""


def read_bom(data: bytes) -> Reading | None:
    """A reading where `data` begins with a byte-order mark that the rest agrees with."""
    if data.startswith(UTF7_MARK):
        rest = data[len(UTF7_MARK) :]
        text = strict(rest, "utf-7")
        if text is not None:
            parts = (Piece(len(UTF7_MARK), "", None, UTF7_MARK), Piece(len(rest), text, "utf-7"))
            return Reading("utf-7", 0.99, "bom", ("byte-order mark",), parts)
    for mark, codec in MARKS:
        if not data.startswith(mark):
            continue
        marks = marks_at_start(data, mark)
        rest = data[len(marks) :]
        if codec == "utf-32-le" and (len(rest) % 4 or decode_damaged(rest, codec)[1]):
            continue  # UTF-16 that begins with U+0000
        pieces, damaged = decode_damaged(rest, codec)
        if codec != "utf-8" and damaged * 20 > len(data):
            continue  # two bytes that only happen to look like a mark
        mark_piece = Piece(len(marks), "", None, marks)
        return Reading(codec, 1.0 if not damaged else 0.98, "bom", ("byte-order mark",), (mark_piece, *pieces))
    return None


def marks_at_start(data: bytes, mark: bytes) -> bytes:
    """The byte-order marks that `data` begins with: programs that write one each time leave several."""
    end = 0
    while data.startswith(mark, end):
        end += len(mark)
    return data[:end]
