"""Legacy encodings, how common each is, and what each byte of a code page means in practice.

A prior is a cost in nats: by how much the text of a reading must be better to win against cp1252. The classes follow
use on the web (WHATWG's list and the share of pages), then come DOS and Mac pages, EBCDIC last: benchmarks/RESULTS.md
has the figures with them.
"""

from __future__ import annotations

from codecs import charmap_build, charmap_decode, charmap_encode
from typing import Any

from cleaner.memory import cached

WEB, REGIONAL, RARE, DOS_MAC, EXOTIC, EBCDIC = 0.0, 2.0, 5.0, 7.0, 10.0, 22.0
"""Nats of a class of encodings."""

SINGLE_BYTE: dict[str, float] = {
    "cp1252": WEB,
    "cp1251": WEB + 0.5,
    "koi8-r": REGIONAL,
    "koi8-u": RARE,
    "iso8859-5": RARE,
    "cp1250": REGIONAL,
    "iso8859-2": REGIONAL,
    "cp1253": REGIONAL,
    "iso8859-7": RARE,
    "cp1254": RARE,
    "cp1255": REGIONAL,
    "iso8859-8": RARE,
    "cp1256": REGIONAL,
    "iso8859-6": RARE,
    "cp1257": RARE,
    "iso8859-13": RARE + 1,
    "iso8859-4": RARE + 2,
    "iso8859-10": RARE + 3,
    "cp1258": RARE,
    "cp874": REGIONAL,
    "iso8859-11": RARE,
    "iso8859-3": RARE + 2,
    "iso8859-14": RARE + 3,
    "iso8859-15": REGIONAL,
    "iso8859-16": RARE,
    "iso8859-1": REGIONAL - 1,
    "mac_roman": DOS_MAC,
    "mac_cyrillic": DOS_MAC,
    "mac_latin2": DOS_MAC,
    "mac_greek": DOS_MAC,
    "mac_turkish": DOS_MAC + 2,
    "mac_iceland": DOS_MAC + 3,
    "mac_croatian": DOS_MAC + 3,
    "mac_romanian": DOS_MAC + 3,
    "cp437": DOS_MAC,
    "cp850": DOS_MAC - 1,
    "cp858": DOS_MAC + 3,
    "cp852": DOS_MAC - 1,
    "cp855": DOS_MAC,
    "cp866": DOS_MAC - 3,
    "cp1125": DOS_MAC + 1,
    "cp737": DOS_MAC,
    "cp869": DOS_MAC + 1,
    "cp857": DOS_MAC,
    "cp775": DOS_MAC,
    "cp862": DOS_MAC,
    "cp864": DOS_MAC,
    "cp720": DOS_MAC,
    "cp860": DOS_MAC + 2,
    "cp861": DOS_MAC + 2,
    "cp863": DOS_MAC + 2,
    "cp865": DOS_MAC + 2,
    "kz1048": EXOTIC,
    "ptcp154": EXOTIC,
    "koi8-t": EXOTIC,
    "cp856": EXOTIC,
    "cp1006": EXOTIC,
    "hp-roman8": EXOTIC + 4,
    "cp037": EBCDIC,
    "cp500": EBCDIC,
    "cp1140": EBCDIC,
    "cp273": EBCDIC,
    "cp424": EBCDIC,
    "cp875": EBCDIC,
    "cp1026": EBCDIC,
}
MULTI_BYTE: dict[str, float] = {
    "cp932": WEB,
    "shift_jis_2004": EXOTIC,
    "euc_jp": REGIONAL,
    "euc_jis_2004": EXOTIC,
    "gb18030": WEB + 1,
    "big5hkscs": REGIONAL + 1,
    "cp950": REGIONAL,
    "cp949": WEB,
    "johab": EXOTIC,
}

WINDOWS = frozenset({"cp874", *(f"cp125{number}" for number in range(9))})


def prior(codec: str) -> float:
    """Cost of `codec` in nats, 0 for the most common."""
    return SINGLE_BYTE.get(codec, MULTI_BYTE.get(codec, EXOTIC))


@cached
def page(codec: str) -> tuple[str, ...]:
    """What each of the 256 bytes means in `codec`, as programs read it. Raises LookupError where there is no such codec.

    A byte below 0xA0 without a meaning is the control character of that number (WHATWG). Another one is "", in the pages of
    Windows the character of that number, where the page has it nowhere else (as lenient readers and ftfy's "sloppy" codecs do).
    """
    meanings = _meanings(codec)
    if codec in WINDOWS:
        held = set(meanings)
        meanings = [char or (chr(byte) if chr(byte) not in held else "") for byte, char in enumerate(meanings)]
    return tuple(meanings)


def _meanings(codec: str) -> list[str]:
    if codec in SINGLE_BYTE:  # all bytes at once: a tenth of the time
        shown = bytes(range(256)).decode(codec, "replace")
        return [
            (chr(byte) if 0x80 <= byte < 0xA0 else "") if char == "\ufffd" else char for byte, char in enumerate(shown)
        ]
    meanings = []
    for byte in range(256):
        try:
            meanings.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            meanings.append(chr(byte) if 0x80 <= byte < 0xA0 else "")
    return meanings


@cached
def charmap(codec: str) -> Any:
    """What `codecs.charmap_encode` takes to write single-byte `codec` as browsers do."""
    seen: set[str] = set()
    shown = ""
    for char in page(codec):
        # A character with two bytes is written with the first.
        shown += "\ufffe" if not char or char in seen else char
        seen.add(char)
    return charmap_build(shown)


@cached
def decoding_map(codec: str) -> str:
    """What `codecs.charmap_decode` takes to read single-byte `codec` as browsers do: 256 characters, U+FFFE for none."""
    return "".join(char or "\ufffe" for char in page(codec))


def encode_sloppy(text: str, codec: str) -> bytes | None:
    """`text` in single-byte `codec` as browsers write it, or None where it has a character that the page lacks."""
    try:
        data: bytes = charmap_encode(text, "strict", charmap(codec))[0]
    except UnicodeError:
        return None
    return data


def decode_sloppy(data: bytes, codec: str) -> str | None:
    """`data` as browsers read single-byte `codec`, or None where a byte has no meaning there."""
    try:
        text: str = charmap_decode(data, "strict", decoding_map(codec))[0]
    except UnicodeError:
        return None
    return text
