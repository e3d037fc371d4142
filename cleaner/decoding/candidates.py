"""Which encodings are candidates, how common each is, and for whose language it was made.

A prior is a cost in nats: by how much a reading must be better to win against an encoding that everybody uses. It has
two parts. How common an encoding is at all: pages of the web first (WHATWG's list and the share of web pages), then DOS
and Mac, then pages of a few systems. And for whom it was made: text in a language outside its region costs
`FOREIGN_LANGUAGE` more, since nobody there had a reason to use it. The costs in `cleaner.models.encodings` are others:
how likely a page is to garble text.
"""

from __future__ import annotations

WEB, REGIONAL, RARE, DOS_MAC, EXOTIC = 0.0, 1.0, 2.5, 3.5, 7.0
FOREIGN_LANGUAGE, FOREIGN_RARITY = 6.0, 2.0
"""Nats for a language outside the region: the first, and the prior times the second, since rare encodings seldom travel."""
ONE_PEOPLE = 60.0
"""The same for `NATIONAL` pages, which differ from a common one by the letters of one language and which nobody else
uses. Else English with a no-break space was `mac_arabic`, where that byte is a plain space, which costs less."""

WEST = "af br ca da de en es eu fi fo fr fy ga gd gl id is it kab la ms nb nl nn oc pt rm se sq sv sw tl wo et"
CENTRAL = "bs cs dsb hr hsb hu pl ro sk sl sq"
"""Central Europe, without German and English: these pages write them with the same bytes as the Western ones."""
BALTIC = "et fi lt lv se en pl"
CYRILLIC = "be bg ky mk ru sr tt uk"
TURKISH = "tr kab en"

SINGLE_BYTE: dict[str, tuple[float, str]] = {
    "cp1252": (WEB, WEST),
    "iso8859-1": (REGIONAL, WEST),
    "iso8859-15": (REGIONAL, WEST),
    "cp1250": (WEB, CENTRAL),
    "iso8859-2": (REGIONAL, CENTRAL),
    "cp1251": (WEB, CYRILLIC),
    "koi8-r": (REGIONAL, "ru"),
    "koi8-u": (REGIONAL + 0.5, "uk ru be"),
    "iso8859-5": (RARE, CYRILLIC),
    "cp1253": (WEB, "el"),
    "iso8859-7": (REGIONAL, "el"),
    "cp1254": (WEB, TURKISH),
    "iso8859-9": (REGIONAL, TURKISH),
    "cp1255": (WEB, "he yi"),
    "iso8859-8": (REGIONAL, "he"),
    "cp1256": (WEB, "ar fa ur"),
    "iso8859-6": (RARE, "ar"),
    "cp1257": (WEB, BALTIC),
    "iso8859-13": (REGIONAL, BALTIC),
    "iso8859-4": (RARE, BALTIC),
    "iso8859-10": (RARE, "se fi is fo nb sv da lt lv et"),
    "cp1258": (WEB, "vi"),
    "cp874": (WEB, "th"),
    "iso8859-11": (REGIONAL, "th"),
    "iso8859-3": (RARE, "eo mt"),
    "iso8859-14": (RARE, "cy ga gd br"),
    "iso8859-16": (RARE, "ro"),
    "mac_roman": (DOS_MAC, WEST),
    "mac_cyrillic": (DOS_MAC, CYRILLIC),
    "mac_latin2": (DOS_MAC, CENTRAL),
    "mac_greek": (DOS_MAC, "el"),
    "mac_turkish": (DOS_MAC, "tr"),
    "mac_iceland": (DOS_MAC, "is fo"),
    "mac_croatian": (DOS_MAC, "hr bs sl"),
    "mac_romanian": (DOS_MAC, "ro"),
    "mac_arabic": (EXOTIC, "ar"),
    "mac_farsi": (EXOTIC, "fa"),
    "cp437": (DOS_MAC, WEST),
    "cp850": (DOS_MAC, WEST),
    "cp858": (DOS_MAC + 1, WEST),
    "cp852": (DOS_MAC, CENTRAL),
    "cp855": (DOS_MAC, CYRILLIC),
    "cp866": (REGIONAL, "ru be bg"),
    "cp1125": (DOS_MAC, "uk be ru"),
    "cp737": (DOS_MAC, "el"),
    "cp869": (DOS_MAC, "el"),
    "cp857": (DOS_MAC, "tr"),
    "cp775": (DOS_MAC, BALTIC),
    "cp862": (DOS_MAC, "he"),
    "cp856": (EXOTIC, "he"),
    "cp864": (DOS_MAC, "ar"),
    "cp720": (DOS_MAC, "ar"),
    "cp860": (DOS_MAC, "pt"),
    "cp861": (DOS_MAC, "is fo"),
    "cp863": (DOS_MAC, "fr"),
    "cp865": (DOS_MAC, "da nb nn"),
    "kz1048": (EXOTIC, "kk"),
    "ptcp154": (EXOTIC, "kk ky tt tg"),
    "koi8-t": (EXOTIC, "tg"),
    "cp1006": (EXOTIC, "ur"),
    "hp-roman8": (EXOTIC, WEST),
    "palmos": (EXOTIC, WEST),
}
"""The cost of each, and the languages that it was made for (of `letters.LANGUAGES`)."""
NATIONAL = frozenset({"koi8-t", "kz1048", "ptcp154", "cp1006", "mac_farsi", "mac_arabic", "cp856"})
"""Pages that differ from a common one by the letters of one language (`ONE_PEOPLE`)."""
EBCDIC: dict[str, tuple[float, str]] = {
    "cp037": (DOS_MAC, WEST),
    "cp500": (DOS_MAC, WEST),
    "cp1140": (DOS_MAC + 1, WEST),
    "cp273": (DOS_MAC, "de"),
    "cp424": (DOS_MAC, "he"),
    "cp875": (DOS_MAC, "el"),
    "cp1026": (DOS_MAC, "tr"),
}
"""Asked only where a text has EBCDIC's spaces, so that they cost no more than a DOS page."""
ALSO: dict[str, str] = {
    "iso8859-3": TURKISH + " it",
    "iso8859-4": "da nb sv",
    "iso8859-9": WEST,
    "iso8859-10": BALTIC,
    "iso8859-16": CENTRAL + " it ga fr de",
    "mac_croatian": CENTRAL,
    "mac_romanian": CENTRAL,
    "mac_turkish": WEST,
    "cp1254": WEST,
    "cp857": WEST,
}
"""Languages that an encoding can write, though hardly anybody used it for them: considered, at the cost of a foreign one."""
MULTI_BYTE: dict[str, tuple[float, str]] = {
    "cp932": (WEB, "ja"),
    "euc_jp": (REGIONAL, "ja"),
    "shift_jis_2004": (EXOTIC, "ja"),
    "euc_jis_2004": (EXOTIC, "ja"),
    "gb18030": (WEB, "zh"),
    "cp950": (WEB, "zh-Hant"),
    "big5hkscs": (REGIONAL, "zh-Hant"),
    "cp949": (WEB, "ko"),
    "johab": (EXOTIC, "ko"),
}


LATIN = frozenset(f"{WEST} {CENTRAL} {BALTIC} tr vi eo mt cy".split())
"""Languages in Latin letters that encodings were made for."""


_ENTRIES = {**SINGLE_BYTE, **MULTI_BYTE, **EBCDIC}
_UNKNOWN = (EXOTIC, "")


def prior(codec: str) -> float:
    """Cost of `codec` in nats for a language of its region, 0 for the most common."""
    return _ENTRIES.get(codec, _UNKNOWN)[0]


def foreign(codec: str) -> float:
    """What `codec` costs on top, in nats, for a language that it was not made for."""
    return ONE_PEOPLE if codec in NATIONAL else FOREIGN_LANGUAGE + FOREIGN_RARITY * prior(codec)


def writes_latin(codec: str) -> bool:
    """Whether a language that is written in Latin letters is in the region of `codec`."""
    return bool(regions(codec) & LATIN)


def regions(codec: str) -> frozenset[str]:
    """The languages that `codec` was made for."""
    return frozenset(_ENTRIES.get(codec, _UNKNOWN)[1].split())
