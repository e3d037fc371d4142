"""The letters of a text as arrays, and the script most of them are in."""

from __future__ import annotations

from typing import Any

import numpy as np

from cleaner.language.gate import SUSPECT, only_language
from cleaner.models.languages import DIGIT, MARK, SCRIPTS, alphabet

__all__ = ["GROUPS", "ONE_LANGUAGE", "USUAL", "Letters", "letters_of", "points_of", "script_counts"]

CLOSELY = 400
"""Code points up to which every text is looked at for what is no language; a longer one only from PLAIN or DATED on."""
PLAIN, DATED = 0.02, 0.05
"""Share of code's signs, and of these and digits, up to which a longer text is taken for prose: one address in it, or a few
dates, decide nothing."""
SIGNED = 0.04
"""Share of code's signs in a short text from which its lines may be code."""
ONE_LANGUAGE = {
    "Grek": "el", "Hebr": "he", "Hira": "ja", "Kana": "ja", "Hang": "ko", "Thai": "th", "Geor": "ka", "Armn": "hy", "Beng": "bn",
    "Taml": "ta", "Telu": "te", "Gujr": "gu", "Guru": "pa", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Khmr": "km", "Laoo": "lo",
    "Mymr": "my", "Ethi": "am", "Tibt": "bo", "Orya": "or", "Thaa": "dv", "Syrc": "syr", "Cher": "chr", "Hani": "zh",
}  # fmt: skip
"""Scripts that one language writes, nearly always (Chinese characters: Japanese where there is kana, see `script_counts`)."""
GROUPS = ("hr|bs|sr", "id|ms", "nb|da|nn", "cs|sk", "xh|zu", "pt|gl|es", "hi|mr|ne", "mk|bg")
"""Languages so near to each other that a short text, and some long ones, can't be told to be in one of them."""
USUAL = {"Cyrl": "ru", "Arab": "ar", "Deva": "hi"}
"""The language of most text in a script that several languages write, where one stands out."""
LATIN = 0.7
"""What a Latin letter counts against one of another script: names and terms in Latin letters stand in texts of all scripts."""
KANA = 1 / 12
"""Share of kana among Chinese characters from which a text is Japanese."""

Array = Any


def points_of(text: str) -> Array:
    """Code points (uint16), those beyond the BMP as U+FFFF: one for each character of `text`."""
    try:
        return np.frombuffer(text.encode("latin-1"), np.uint8)
    except UnicodeEncodeError:
        pass
    held = text.encode("utf-16-le", "surrogatepass")
    if len(held) == 2 * len(text):
        return np.frombuffer(held, np.uint16)
    return np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32), 0xFFFF).astype(np.uint16)


class Letters:
    """The words of a text as arrays, for the script most of it is in."""

    __slots__ = ("classes", "counts", "digits", "marks", "points", "script", "signs", "total")

    def __init__(self, points: Array) -> None:
        self.points = points
        self.classes = alphabet()[1].take(points)
        held = np.bincount(self.classes, minlength=MARK + 1).tolist()
        self.counts: dict[str, int] = script_counts(held)
        self.total = sum(self.counts.values())
        self.digits, self.signs, self.marks = held[DIGIT : MARK + 1]
        best = max(self.counts, key=lambda name: self.counts[name] * (LATIN if name == "Latn" else 1), default="")
        self.script: str | None = best or None
        """ISO 15924 code of the script of most letters."""

    def words(self) -> Array:
        """The words of that script in small letters, a space before and behind each (uint32)."""
        assert self.script is not None
        folded = alphabet()[0].take(self.points)
        if len(self.counts) > 1:
            folded[(self.classes != SCRIPTS.index(self.script)) & (folded > 0)] = 32
        if folded.size and not folded.all():
            folded = folded[folded > 0]
        spaces = np.empty(len(folded) + 2, np.uint32)
        spaces[0] = spaces[-1] = 32
        spaces[1:-1] = folded
        blank = spaces != 32
        blank[0] = True
        blank[1:] |= blank[:-1]
        return spaces[blank]


def script_counts(held: list[int]) -> dict[str, int]:
    """Letters in each script that there are letters of; all of Japanese under `Kana`."""
    counts = {SCRIPTS[place]: count for place, count in enumerate(held[: len(SCRIPTS)]) if place and count}
    kana, han = counts.get("Hira", 0) + counts.get("Kana", 0), counts.get("Hani", 0)
    if kana and kana >= KANA * han:
        counts.pop("Hira", None)
        counts.pop("Hani", None)
        counts["Kana"] = kana + han
    return counts


def letters_of(sampled: str) -> Letters:
    """The letters of `sampled` that are language."""
    letters = Letters(points_of(sampled))
    if len(sampled) <= CLOSELY:
        doubtful = letters.signs + letters.marks > SIGNED * len(sampled) or SUSPECT.search(sampled) is not None
    else:
        signs = letters.signs + _humps(letters.points)
        doubtful = signs > PLAIN * len(sampled) or signs + letters.digits > DATED * len(sampled)
    if doubtful:
        rest = only_language(sampled)
        if rest != sampled:
            letters = Letters(points_of(rest))
    return letters


def _humps(points: Array) -> int:
    """Capitals right behind small letters, as identifiers have them."""
    small, capital = points[:-1] - 97 < 26, points[1:] - 65 < 26
    return int(np.count_nonzero(small & capital))
