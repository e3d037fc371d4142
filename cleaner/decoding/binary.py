"""Is it text at all? Known beginnings of binary formats, and control bytes that no text has."""

from __future__ import annotations

import re

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"%PDF-", "PDF"),
    (b"\x7fELF", "ELF"),
    (b"\xca\xfe\xba\xbe", "Java class"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE document"),
    (b"SQLite format 3\0", "SQLite"),
    (b"OggS\0", "Ogg"),
    (b"fLaC", "FLAC"),
    (b"ID3", "MP3"),
    (b".snd\0\0", "Sun audio"),
    (b"\0\0\1\0", "icon"),
    (b"wOFF", "web font"),
    (b"wOF2", "web font"),
    (b"\0asm", "WebAssembly"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
BEGINNINGS = tuple(magic for magic, _ in MAGIC)
TEXTUAL = frozenset({"PDF", "MP3", "bzip2"})
"""Beginnings that a text may have by chance: they need a control byte after them, a PDF the line that follows."""
PDF = re.compile(rb"%PDF-[12]\.\d[ \t]*[\r\n]+(?:%[\x80-\xff]{4}|\d+ \d+ obj\b)")
"""The beginning of a PDF whose first bytes hold no control byte: the comment of four high bytes that the standard asks
for (ISO 32000, 7.5.2), or an object."""
SURE = 4
"""Length of a magic number from which no text in UTF-16 or UTF-32 begins like it by chance; a zero byte is half a letter there."""
CONTROLS = bytes([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
"""Control bytes that no text has: all but tab, line ends, form feed and escape."""
SHARE = 0.05
"""Share of control bytes from which data is binary. Random bytes have 11 %; damaged or EBCDIC texts stay below 4 %."""
PROBE = 1 << 16
"""Bytes at the beginning, the middle and the end in which control bytes are counted."""
NEAR = 512
"""Bytes at the beginning that are searched for control bytes other than NUL."""


def magic_sign(data: bytes) -> str | None:
    """Which binary format `data` begins like, in words; None where it begins like none."""
    for magic, name in MAGIC if data.startswith(BEGINNINGS) else ():
        if data.startswith(magic) and (
            name not in TEXTUAL or len(data[:PROBE].translate(None, CONTROLS)) < len(data[:PROBE]) or PDF.match(data)
        ):
            return f"begins as {name} files do"
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "begins as RIFF files do"
    if data[4:8] == b"ftyp":
        return "begins as MP4 files do"
    return None


def is_sure_magic(data: bytes) -> bool:
    """Whether `data` begins like a binary format, and can't be UTF-16 or UTF-32."""
    return any(
        data.startswith(magic) for magic, _ in MAGIC if len(magic) >= SURE and not magic.startswith(b"\0") and magic[-1]
    )


def binary_sign(data: bytes) -> str | None:
    """Why `data` is no text, or None where it may be one."""
    sign = magic_sign(data)
    if sign:
        return sign
    probe = data if len(data) <= 3 * PROBE else data[:PROBE] + data[len(data) // 2 :][:PROBE] + data[-PROBE:]
    controls = len(probe) - len(probe.translate(None, CONTROLS))
    nuls = probe.count(0) if controls else 0
    if nuls and nuls * 100 >= len(probe):
        return f"{nuls} NUL bytes in {len(probe)} without the pattern of UTF-16 or UTF-32"
    if controls >= 3 and controls > SHARE * len(probe):
        return f"{controls} control bytes in {len(probe)}"
    return None


def has_controls(data: bytes) -> bool:
    """Whether `data` has a NUL anywhere, or another of `CONTROLS` among its first bytes."""
    return b"\0" in data or len(data[:NEAR].translate(None, CONTROLS)) < min(len(data), NEAR)
