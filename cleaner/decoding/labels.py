"""WHATWG labels of Python codecs; the IANA name where WHATWG has none."""

from __future__ import annotations

__all__ = ["label_of"]

LABELS = {
    "ascii": "us-ascii",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp950": "big5",
    "big5hkscs": "big5",
    "euc_jp": "euc-jp",
    "gb18030": "gb18030",
    "iso2022_jp": "iso-2022-jp",
    "iso2022_kr": "iso-2022-kr",
    "cp874": "windows-874",
    "mac_roman": "macintosh",
    "mac_cyrillic": "x-mac-cyrillic",
    "cp866": "ibm866",
    "hz": "hz-gb-2312",
}


def label_of(codec: str) -> str:
    """The label of `codec`: `windows-1252` for `cp1252`, `iso-8859-2` for `iso8859-2`."""
    if codec in LABELS:
        return LABELS[codec]
    if codec.startswith("cp125"):
        return f"windows-{codec[2:]}"
    if codec.startswith("iso8859"):
        return "iso-8859" + codec[7:]
    if codec.startswith("cp") and codec[2:].isdigit():
        return f"ibm{codec[2:]}"
    return codec.replace("_", "-")
