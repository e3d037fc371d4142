"""The script of a text, by a short name, and what scripts tell of names: whether they have capitals, which are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from cleaner.arrays import Array, code_points
from cleaner.memory import cached
from cleaner.overlap.words.characters import looked_up
from cleaner.overlap.words.transliterate import BLOCKS

LATIN_END = "\u0250"
"""The first code point behind the Latin letters of languages (later blocks have phonetic ones)."""
KANA = 0.1
"""Share of kana beside Han characters from which a text is Japanese."""
SAMPLE = 500
"""Code points of a text that are read for its script."""
ASCII_LETTER = re.compile("[A-Za-z]")

INDIA = tuple(f"{block:x}" for block in BLOCKS[1:])
"""As `script_of` names the scripts of India but Devanagari: by their blocks."""
SCRIPTS, NO_LETTER = ("", "", "latin", "cyrillic", "han", "ac", *INDIA), 1
"""Scripts by number; behind them those that are named by the upper bits of their letters."""

CASELESS_SCRIPTS = frozenset({"5", "6", "7", "9", "10", "ac", *INDIA})
"""As `script_of` names Hebrew, Arabic, the scripts of India, Georgian and Hangul."""
SILENT_SCRIPTS = frozenset(INDIA)
"""Of these, those whose documents are compared by names with documents in TELLING_SCRIPTS only, where capitals tell names. With all
others, a folder in 75 languages has a third more related pairs, of computer help, and overlap takes 23 ns a byte more (of 55)."""
TELLING_SCRIPTS = frozenset({"latin", "cyrillic", "3"})
KANA_SCRIPT = "30"
SOLE_SCRIPTS = frozenset({KANA_SCRIPT, "ac"})
"""Scripts of one language each: a page in Korean with many commands in Latin letters passes for English."""


def script_of(text: str) -> str:
    """`latin`, `cyrillic`, `han` or a number for another script: that of most letters at the beginning of `text`.

    Kana (30) decide beside Han characters: Japanese is written in both. Hangul is ac, wherever its letters stand.
    """
    return scripts_of([text])[0]


def scripts_of(texts: Sequence[str]) -> list[str]:
    """The script of each of `texts`: a hundred at once cost a twentieth of what they cost one by one."""
    samples = [text[:SAMPLE] for text in texts]
    if any(map(str.isascii, samples)):
        others = iter(scripts_of([sample for sample in samples if not sample.isascii()]))
        return [("latin" if ASCII_LETTER.search(own) else "none") if own.isascii() else next(others) for own in samples]
    codes = code_points("".join(samples))
    owner = np.repeat(np.arange(len(texts)), list(map(len, samples)))
    numbers = looked_up(_scripts(), codes, lambda some: [_script(chr(code)) for code in some])
    used: Array = np.zeros(len(SCRIPTS) + 0x1100, bool)
    used[numbers] = True
    known = sorted((_script_name(number), number) for number in np.flatnonzero(used).tolist() if number != NO_LETTER)
    place: Array = np.full(len(used), len(known))
    place[[number for _, number in known]] = np.arange(len(known))
    width = len(known) + 1
    counts = np.bincount(owner * width + place[numbers], minlength=len(texts) * width).reshape(len(texts), width)
    counts[:, -1] = 0
    names = [*(name for name, _ in known), "none"]
    if {"30", "han"} <= set(names):
        kana, han = names.index("30"), names.index("han")
        counts[counts[:, kana] > KANA * counts[:, han], han] = 0
    best = np.where(counts.any(axis=1), counts.argmax(axis=1), width - 1)
    return [names[at] for at in best.tolist()]


def caseless_of(script: Array, scripts: Sequence[str]) -> Array:
    """Of each document, whose script is a place in `scripts`, whether it has no capitals, so that any word may be a name.

    Kana are among them: what is read of Japanese are foreign words, of which names are some.
    """
    return np.isin(script, [place for place, name in enumerate(scripts) if name in {*CASELESS_SCRIPTS, KANA_SCRIPT}])


@cached
def _scripts() -> Array:
    """Numbers of scripts by code point; 0 where it has not been met."""
    return np.zeros(0x110000, np.uint16)


def _script(char: str) -> int:
    """The number of a letter's script; NO_LETTER for other characters."""
    if not char.isalpha():
        return NO_LETTER
    if char < LATIN_END:
        return SCRIPTS.index("latin")
    if "\u3400" <= char <= "\u9fff":
        return SCRIPTS.index("han")
    if "가" <= char <= "힣":
        return SCRIPTS.index("ac")
    if BLOCKS[1] <= ord(char) < BLOCKS.stop:
        return SCRIPTS.index(INDIA[ord(char) // BLOCKS.step - BLOCKS[1] // BLOCKS.step])
    return SCRIPTS.index("cyrillic") if "Ѐ" <= char <= "ӿ" else len(SCRIPTS) + (ord(char) >> 8)


def _script_name(number: int) -> str:
    return SCRIPTS[number] if number < len(SCRIPTS) else f"{number - len(SCRIPTS):x}"
