"""Bytes to text: what encoding a document is in, and what it says.

Methods are asked in the order of their evidence, one file a method: parts in UTF-16 beside others, byte-order mark, escape
sequences, NUL patterns, EBCDIC, binary, plain ASCII, UTF-8, UTF-8 with broken or foreign bytes, statistics with what the
document declares. The first that is sure wins.
"""

from __future__ import annotations

from cleaner.decoding.context import EncodingContext
from cleaner.decoding.detect import decode, decode_as, decode_text, detect_encoding
from cleaner.decoding.stream import decode_stream

__all__ = ["EncodingContext", "decode", "decode_as", "decode_stream", "decode_text", "detect_encoding"]
