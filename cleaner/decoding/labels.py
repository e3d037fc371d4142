"""Names of encodings: WHATWG or IANA labels of Python codecs, and the codec that a label means in practice."""

from __future__ import annotations

import codecs

from cleaner.memory import cached

LABELS = {
    "ascii": "us-ascii",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-32-le": "utf-32le",
    "utf-32-be": "utf-32be",
    "cp932": "shift_jis",
    "shift_jis_2004": "shift_jis-2004",
    "cp949": "euc-kr",
    "cp950": "big5",
    "big5hkscs": "big5",
    "euc_jp": "euc-jp",
    "euc_jis_2004": "euc-jis-2004",
    "cp874": "windows-874",
    "mac_roman": "macintosh",
    "mac_cyrillic": "x-mac-cyrillic",
    "hz": "hz-gb-2312",
    "cp858": "ibm00858",
    "cp1140": "ibm01140",
    "cp037": "ibm037",
    "cp720": "cp720",
    "cp856": "cp856",
    "cp1006": "cp1006",
    "cp1125": "cp1125",
    "cp875": "cp875",
    "kz1048": "kz-1048",
}
MEANT = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "shift_jisx0213": "shift_jis_2004",
    "euc_jisx0213": "euc_jis_2004",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "euc_kr": "cp949",
    "utf-8-sig": "utf-8",
}
"""Codecs that browsers read as a superset, since documents that declare them use its characters (WHATWG)."""
ALIASES = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "windows-949": "cp949",
    "x-x-big5": "cp950",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "x-mac-ce": "mac_latin2",
    "x-mac-greek": "mac_greek",
    "x-mac-turkish": "mac_turkish",
    "dos-874": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "unicode-1-1-utf-8": "utf-8",
    "x-user-defined": "cp1252",
}
"""Labels in use that Python does not know."""


@cached
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
    if codec.startswith("iso2022_"):
        return "iso-2022-" + codec[8:].replace("_", "-")
    if codec.startswith("mac_"):
        return f"x-mac-{codec[4:]}"
    return codec.replace("_", "-")


def codec_of(label: str) -> str | None:
    """The Python codec that `label` means in practice, as browsers read it; None where there is no such text encoding."""
    name = ALIASES.get(label.strip().lower())
    if name is None:
        found = _looked_up(label) or _looked_up(label.replace("-", ""))
        if found is None or not getattr(found, "_is_text_encoding", True):
            return None
        name = found.name
    return MEANT.get(name, name)


def _looked_up(label: str) -> codecs.CodecInfo | None:
    try:
        return codecs.lookup(label)
    except (LookupError, ValueError):
        return None
