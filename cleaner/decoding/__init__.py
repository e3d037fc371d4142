"""Bytes to text: what encoding a document is in, and what it says.

Methods are asked in the order of their evidence, one file a method: byte-order mark, escape sequences, plain ASCII, NUL
patterns, binary, UTF-8, UTF-8 with broken or foreign bytes, declarations, statistics. The first that is sure wins.
"""

from __future__ import annotations

from cleaner.decoding.context import EncodingContext
from cleaner.decoding.detect import decode, decode_as, detect_encoding

__all__ = ["EncodingContext", "decode", "decode_as", "detect_encoding"]
