"""The letters of a text as arrays, and the script most of them are in."""

from __future__ import annotations

from itertools import compress
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, code_points
from cleaner.language.gate import SUSPECT, only_language
from cleaner.models.languages import DIGIT, MARK, SCRIPTS, SPACE, alphabet

PART, LONG = 240, 960
"""Code points of each of the three parts that a text of more than LONG is judged by: beginning, middle, end. Up to a third of a
part is cut off at its ends, to a line or a word."""
WIDE, BARE = 2400, 20
"""Code points of each part where of the usual ones less than a twentieth is letters of a language, and that share: pages that begin
with scripts and end with them."""
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
OTHERS = {
    "yi": ("Hebr", "ײװױ"), "ti": ("Ethi", "ኦሓኾኽኹቕኡዃኻቓ"), "as": ("Beng", "ৰৱ"), "mnw": ("Mymr", "ၚၜ"), "shn": ("Mymr", "ၼၵၸႁၶၽၾၺ"),
}  # fmt: skip
"""Other languages of these scripts, and letters that they write and the usual language does not: 3 % of those of Yiddish, 7 to 40 %
of the others', under .01 % of theirs."""
SOME_OTHERS = 0.015
"""Share of a text's letters from which it is in such a language."""
WRITTEN = tuple(ONE_LANGUAGE.items()) + tuple((script, code) for code, (script, _) in OTHERS.items())
"""Scripts and the languages that write them and no other language of the tables."""
GROUPS = ("hr|bs|sr", "id|ms", "nb|da|nn", "cs|sk", "xh|zu", "pt|gl|es", "hi|mr|ne", "mk|bg")
"""Languages so near to each other that a short text, and some long ones, can't be told to be in one of them."""
GROUP_OF = {code: group for group in GROUPS for code in group.split("|")}
USUAL = {"Cyrl": "ru", "Arab": "ar", "Deva": "hi"}
"""The language of most text in a script that several languages write, where one stands out."""
LATIN = 0.7
"""What a Latin letter counts against one of another script: names and terms in Latin letters stand in texts of all scripts."""
WORTH = np.array([{"Hani": 3, "Hira": 2, "Kana": 2, "Hang": 2}.get(script, 1) for script in SCRIPTS])
"""How many letters of an alphabet say what one of a script does, by its place in SCRIPTS: the Universal Declaration of Human Rights
has 8,400 in English, 2,300 in Chinese, 3,600 in Japanese, 3,300 in Korean."""
JAPANESE = ("Hira", "Kana", "Hani")
KANA = 1 / 12
"""Share of kana among Chinese characters from which a text is Japanese."""


def sampled_letters(text: str) -> Letters:
    """The letters that `text` is judged by. Where hardly anything in the sample of a long one is language, as in the head of a
    page, longer parts are asked.
    """
    letters = letters_of(sample(text))
    if len(text) > LONG and letters.total * BARE < 3 * PART:
        wide = letters_of(sample(text, WIDE))
        if wide.total * BARE >= min(len(text), 3 * WIDE):
            return wide
    return letters


def sample(text: str, part: int = PART) -> str:
    """What a text is judged by: all of it, or beginning, middle and end of a long one, in whole words where there are spaces."""
    if len(text) <= LONG or len(text) <= 3 * part:
        return text
    middle, end, line = (len(text) - part) // 2, len(text) - part, PART // 3
    first, second, third = text[:part], text[middle : middle + part], text[end:]
    return "\n".join(
        (first[: _tail(first, line)], second[_head(second, line) : _tail(second, line)], third[_head(third, line) :])
    )


def _head(part: str, line: int) -> int:
    """Where the first whole line, or word, of `part` begins, if that is within `line` code points of its start."""
    place = part.find("\n", 0, line)
    return max(0, place if place >= 0 else part.find(" ", 0, line))


def _tail(part: str, line: int) -> int:
    """Where the last whole one ends, if that is within `line` code points of its end."""
    start = len(part) - line
    place = part.rfind("\n", start)
    place = place if place >= 0 else part.rfind(" ", start)
    return place if place >= 0 else len(part)


def points_of(text: str) -> Array:
    """Code points (uint16), those beyond the BMP as U+FFFF: one for each character of `text`."""
    try:
        return np.frombuffer(text.encode("latin-1"), np.uint8)
    except UnicodeEncodeError:
        pass
    held = text.encode("utf-16-le", "surrogatepass")
    if len(held) == 2 * len(text):
        return np.frombuffer(held, np.uint16)
    return np.minimum(code_points(text), 0xFFFF).astype(np.uint16)


class Letters(NamedTuple):
    """The letters of a text, and the signs beside them."""

    points: Array
    """Code points, as `points_of` gives them."""
    classes: Array
    """Their classes (uint8)."""
    counts: dict[str, int]
    """Letters in each script that there are letters of (ISO 15924)."""
    digits: int
    signs: int
    marks: int
    humps: int
    """Capitals right behind small letters, as identifiers have them; counted where more than CLOSELY code points are looked at."""
    script: str | None
    """The script of most letters."""

    @property
    def total(self) -> int:
        """How many letters there are."""
        return sum(self.counts.values())


def _read(text: str) -> Letters:
    """The letters of `text`, whatever they are."""
    points = points_of(text)
    classes = alphabet()[1].take(points)
    counted = np.bincount(classes, minlength=MARK + 1).tolist()
    counts = script_counts(counted)
    best = next(iter(counts), None)
    if len(counts) > 1:
        best = max(counts, key=lambda name: counts[name] * (LATIN if name == "Latn" else WORTH[SCRIPTS.index(name)]))
    humps = int(np.count_nonzero(_humps(points))) if len(points) > CLOSELY else 0
    digits, signs, marks = counted[DIGIT : MARK + 1]
    return Letters(points, classes, counts, digits, signs, marks, humps, best)


def spelt(letters: Letters) -> Array:
    """The words of the script of most letters, in small letters, a space before and behind each (uint16)."""
    assert letters.script is not None
    folded = alphabet()[0].take(letters.points)
    if len(letters.counts) > 1:
        folded[(letters.classes != SCRIPTS.index(letters.script)) & (folded > 0)] = SPACE
    if folded.size and not folded.all():
        folded = folded[folded > 0]
    words = np.empty(len(folded) + 2, np.uint16)
    words[0] = words[-1] = SPACE
    words[1:-1] = folded
    blank = words != SPACE
    blank[0] = True
    blank[1:] |= blank[:-1].copy()
    return words[blank]


def script_counts(held: list[int]) -> dict[str, int]:
    """Letters in each script that there are letters of; all of Japanese under `Kana`."""
    letters = held[1 : len(SCRIPTS)]
    counts = dict(zip(compress(SCRIPTS[1:], letters), filter(None, letters), strict=True))
    kana, han = counts.get("Hira", 0) + counts.get("Kana", 0), counts.get("Hani", 0)
    if kana and kana >= KANA * han:
        counts.pop("Hira", None)
        counts.pop("Hani", None)
        counts["Kana"] = kana + han
    return counts


def letters_of(sampled: str) -> Letters:
    """The letters of a sample that are language."""
    letters = _read(sampled)
    if _doubtful(sampled, letters) and (rest := only_language(sampled)) != sampled:
        return _read(rest)
    return letters


def _doubtful(sampled: str, letters: Letters) -> bool:
    """Whether `sampled` may hold something that is no language."""
    if len(sampled) <= CLOSELY:
        return letters.signs + letters.marks > SIGNED * len(sampled) or SUSPECT.search(sampled) is not None
    signs = letters.signs + letters.humps
    return signs > PLAIN * len(sampled) or signs + letters.digits > DATED * len(sampled)


def _humps(points: Array) -> Array:
    """Which code points are small letters before a capital."""
    small, capital = points[:-1] - 97 < 26, points[1:] - 65 < 26
    small &= capital
    return small
