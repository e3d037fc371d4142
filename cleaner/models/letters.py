"""Which letters and signs each language writes, and how often: what tells code pages apart by a handful of bytes.

The pooled character model (`characters`) knows how characters follow each other in any language; this one knows that a
text whose plain letters are French has no `ŧ`. `tools/build_letter_model.py` writes it; this module owns the format.

Format of `letters.npz` (numpy, compressed): `points` (uint32, sorted code points above 0x7F), `costs` (uint8, language ×
point), `wide_points` and `wide_costs` the same for Chinese characters and Hangul (languages of `WIDE`), `pairs` (uint8,
language × pair of folded letters). A value is a negative log-probability in steps of `STEP` nats.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np

from cleaner.arrays import Array
from cleaner.memory import cached

PATH = Path(__file__).parent / "data" / "letters.npz"
STEP = 0.1
"""Nats a step."""
_CODES = (
    "af ar be bg br bs ca cs cy da de dsb el en eo es et eu fa fi fo fr fy ga gd gl he hr hsb hu id is it ja kab kk ko "
    "ky la lt lv mk ms mt nb nl nn oc pl pt rm ro ru se sk sl sq sr sv sw tg th tl tr tt ug uk ur vi wo yi zh zh-Hant"
)
LANGUAGES = tuple(_CODES.split())
"""Languages that legacy encodings are used for, as far as there is text of them."""
_CODES = "be bg cs de el es fr hu lt pl pt ro ru sr tr uk"
SHOUTED = tuple(_CODES.split())
"""Languages that the tables hold a second time, as texts of capitals alone: titles, forms, old terminals."""
TABLED = (*LANGUAGES, *(code + " capitals" for code in SHOUTED))
"""What the rows of the file are."""
ROWS = (*TABLED, "en signs")
"""What the rows of the tables are. The last one is of any language that writes ASCII and signs, as sources, logs and tables do."""
COMMON_SIGNS = frozenset("©®™°µ²³½¼¾×÷±£€¢§·•–—…‘’“”«»¿¡†№¹ªº„‚‹›¥")
COMMON, UNCOMMON, NO_BREAK, BESIDE = 4.5, 7.5, 4.0, 5.0
"""Nats that these signs, others, the no-break space and a plain letter beside them cost in the last row (measured in
`decoding.signs`). Units are short, `µs`, `kg/m³`: of 1,500 texts with signs 94 fewer are right with the 14 of other letters; of 864
lists of names 35 fewer with the 3 of a letter in prose."""
WIDE = ("ja", "ko", "zh", "zh-Hant")
KINDS = 28
"""Kinds of folded bytes: 0 no letter, 1 to 26 the letters, 27 anything above 0x7F."""
FOLD = np.zeros(256, np.uint8)
"""The kind of each byte."""
FOLD[0x61:0x7B] = FOLD[0x41:0x5B] = np.arange(1, 27)
FOLD[0x80:] = 27
COST = {"control": 22.0, "letter": 14.0, "mark": 14.0, "symbol": 12.5, "wide": 13.5, "rare": 15.0}
"""Nats for a character that a language does not write, by what it is."""

WIDE_ELSEWHERE = 14.0
"""Nats for a wide character in a language that has none."""


def is_wide(character: str) -> bool:
    """Whether `character` is a Chinese character, kana, Hangul, or a sign of their width."""
    code = ord(character)
    return (
        0x3000 <= code <= 0x9FFF
        or 0xAC00 <= code <= 0xD7A3
        or 0xF900 <= code <= 0xFAFF
        or 0xFF00 <= code <= 0xFFEF
        or code >= 0x20000
    )


def are_wide(points: Array) -> Array:
    """Which of `points` (uint32) are Chinese characters, kana, Hangul, or signs of their width; bool array."""
    high = points >= 0x3000
    if not high.any():
        return high
    return (
        (high & (points <= 0x9FFF))
        | ((points >= 0xAC00) & (points <= 0xD7A3))
        | ((points >= 0xF900) & (points <= 0xFAFF))
        | ((points >= 0xFF00) & (points <= 0xFFEF))
        | (points >= 0x20000)
    )


def unseen(character: str) -> float:
    """Nats for a character that the text of a language never showed."""
    return COST[_kind(character)]


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Co", "Cn", "Cs"):
        return "control"
    if is_wide(character):
        return "wide"
    return "letter" if category[0] == "L" else "mark" if category[0] == "M" else "symbol"


def _among_signs(character: str) -> float:
    """Nats for a character of a text in ASCII and signs."""
    if character.isascii():
        return BESIDE
    if character in COMMON_SIGNS:
        return COMMON
    if character == "\u00a0":
        return NO_BREAK
    kind = _kind(character)
    return UNCOMMON if kind == "symbol" else COST[kind]


class LetterModel:
    """The loaded tables. Immutable after loading; safe to share between threads."""

    __slots__ = ("_costs", "_place", "pairs")

    def __init__(self, tables: dict[str, Array]) -> None:
        kinds = np.array([[round(cost / STEP) for cost in (*COST.values(), 0.0)]], np.uint8).T
        wide = np.full((len(tables["wide_points"]), len(TABLED)), round(WIDE_ELSEWHERE / STEP), np.uint8)
        wide[:, [ROWS.index(code) for code in WIDE]] = tables["wide_costs"].T
        costs = np.vstack([np.repeat(kinds, len(TABLED), axis=1), tables["costs"].T, wide])
        signs = [*(UNCOMMON if kind == "symbol" else cost for kind, cost in COST.items()), 0.0]
        signs += [_among_signs(chr(point)) for point in tables["points"].tolist()] + [WIDE_ELSEWHERE] * len(wide)
        self._costs: Array = np.hstack([costs, np.round(np.array([signs]).T / STEP).astype(np.uint8)])
        """In steps."""
        self._place: Array = _places()
        known = np.concatenate([tables["points"], tables["wide_points"]])
        self._place[known[known < BEYOND]] = np.flatnonzero(known < BEYOND) + len(kinds)
        self.pairs: Array = np.ascontiguousarray(tables["pairs"].T.astype(np.float32) * np.float32(STEP))
        """Cost of each pair of folded letters, pair × row of `TABLED`."""

    def costs(self, points: Array) -> Array:
        """Nats that each of `points` (uint32) costs in each of `ROWS`; 0 below 0x80 but for letters. float32, point × row."""
        return self._costs[self._place[np.minimum(points, BEYOND)]] * np.float32(STEP)

    def costs_of(self, rows: tuple[int, ...]) -> Array:
        """The same as a table of all points up to `BEYOND`, for few rows; a line for each place, places in `places`."""
        return np.ascontiguousarray(self._costs[:, list(rows)]) * np.float32(STEP)

    def places(self, points: Array) -> Array:
        """Where the lines of `points` (uint32) stand in the tables of `costs_of`."""
        return self._place[np.minimum(points, BEYOND)]


BEYOND = 0x10000
"""All code points from here on share a line; none of them is in a code page."""


def _places() -> Array:
    """The line of each code point before the known ones are set: what it is (`COST` in its order), or the line that costs
    nothing.
    """
    kinds = list(COST)
    place = np.full(BEYOND + 1, kinds.index("rare"), np.uint16)
    place[0xD800:0xF900] = kinds.index("control")
    for block in (range(0x3000), range(0xA000, 0xAC00), range(0xFB00, 0xFF00), range(0xFFF0, 0x10000)):
        # None of them is wide, so that a category is of one kind.
        categories = list(map(unicodedata.category, map(chr, block)))
        one_of = dict(zip(categories, block, strict=True))
        number = {category: kinds.index(_kind(chr(code))) for category, code in one_of.items()}
        place[block.start : block.stop] = [number[category] for category in categories]
    place[:0x80] = len(kinds)
    return place


@cached
def load() -> LetterModel:
    """The tables shipped with the package."""
    with np.load(PATH) as held:
        return LetterModel({name: held[name] for name in held.files})
