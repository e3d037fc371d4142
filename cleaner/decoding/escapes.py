"""Encodings made of ASCII bytes: ISO-2022-*, HZ, and UTF-7 on strong evidence only."""

from __future__ import annotations

import re

from cleaner.decoding.reading import Piece, Reading, strict

ISO_2022 = (
    (re.compile(rb"\x1b\$\)C"), ("iso2022_kr",)),
    (
        re.compile(rb"\x1b(?:\$[@B]|\([BJI]|\$\([DOPQ]|\.[AF]|\$A)"),
        ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_ext"),
    ),
)
HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{3,}-?")
SURE_RUNS = 2
"""Encoded runs that UTF-7 needs at the least. With one, `+AbC-` in code and mail addresses would pass: 1 of 400
Python source files is called UTF-7 by a detector that asks for one only."""
FEW = 200
"""Plus signs that are looked at one by one before the rest is searched at once; a megabyte of prose has some tens."""
NEAR = 1 << 20
"""Bytes at the beginning in which shifts by printable characters (UTF-7, HZ) are looked for."""


def may_shift(data: bytes) -> bool:
    """Whether `data`, all below 0x80, may hold shifts or escape sequences."""
    near = data[:NEAR]
    return b"\x1b" in data or b"+" in near or (b"~" in near and b"~{" in near)


def read_escapes(data: bytes) -> Reading | None:
    """A reading of `data`, all of whose bytes are below 0x80, in an encoding that shifts by escape sequences."""
    for sign, codecs in ISO_2022 if b"\x1b" in data else ():
        if sign.search(data):
            for codec in codecs:
                text = strict(data, codec)
                if text is not None and not text.isascii():
                    return _reading(data, text, codec, "escape sequences")
    if b"~" in data and HZ.search(data):  # one byte is found 30 times as fast as two
        text = strict(data, "hz")
        if text is not None and not text.isascii():
            return _reading(data, text, "hz", "HZ shifts ~{ ~}")
    if b"+" in data:
        return _utf7(data)
    return None


def _utf7(data: bytes) -> Reading | None:
    at = data.find(b"+")
    for _ in range(FEW):
        if at < 0:
            return None
        if UTF7.match(data, at):
            break
        at = data.find(b"+", at + 1)
    runs = UTF7.findall(data, at)
    if len(runs) < SURE_RUNS:
        return None
    text = strict(data, "utf-7")
    if text is None or text.isascii() or not all(c.isprintable() or c.isspace() for c in text):
        return None
    foreign = [c for c in text if not c.isascii()]
    letters = sum(c.isalpha() for c in foreign)
    blocks = {ord(c) >> 8 for c in foreign}
    # By chance, Base64 gives letters of many scripts at once; a text has letters of one or two.
    if letters * 2 < len(foreign) or len(blocks) > max(2, len(foreign) // 4) or text.encode("utf-7") != data:
        return None
    return _reading(data, text, "utf-7", f"{len(runs)} encoded runs, all of them canonical")


def _reading(data: bytes, text: str, codec: str, evidence: str) -> Reading:
    return Reading(codec, 0.99, "escape", (evidence,), (Piece(len(data), text, codec),))
