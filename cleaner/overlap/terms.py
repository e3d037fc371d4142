"""What a story is recognised by: the names and the rare words of a text, in a form that fits other scripts.

A name is a word whose capitalised share away from the beginnings of sentences is high over all documents. Names are
reduced to how they sound (`transliterate`), so that Шеннон and Shannon meet; in scripts without capitals any word may
be a name, and counts as one where it meets a name of another text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cleaner.overlap.keys import WIDE
from cleaner.overlap.transliterate import latin, skeleton, sound_key

__all__ = ["Terms", "name_key", "stem", "terms_of"]

TOKEN = re.compile(r"[^\W\d_]+(?:[’'`-][^\W\d_]+)*")
INITIAL = re.compile(r"[.!?…:\"“”«]\s*$")
CAPITALISED = 0.6
"""Share of capitalised uses from which a word is a name (findings: a name in .6 and more of 664 documents)."""
CASE_ENDINGS = re.compile(
    r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ом|ем|ём|ой|ей|ою|ею|ым|им|ых|их|ую|юю|ая|яя|ах|ях|ов|ев|[аеёиоуыэюяйьъ])$"
)
"""Endings of Slavic declension; what is left is the stem that a name in the nominative has as well."""
SEMITIC_PREFIX = re.compile(r"^(?:وال|بال|كال|فال|لل|ال|[ושהבלמכ](?=[א-ת]{3}))")
KOREAN_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:에게서|에게|에서|으로|이라는|라는|은|는|이|가|을|를|의|와|과|도|로|에)$"
)
CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u10a0-\u10ff\uac00-\ud7af\u30a0-\u30ff]")
KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{3,}")
LONG = 6
"""Letters from which a word is compared with other languages by sound; shorter ones meet by chance."""
COGNATE = 5
"""First letters by which words of two languages in Latin script are compared."""
LITTLE = 12
"""Short words kept of each text, to see whether two texts are in one language."""
SUFFIXES = re.compile(r"(?:'s|’s|ing|edly|ed|ies|es|s|ly|er|ers|ment|ion|ions|e|y)$")


@dataclass(frozen=True, slots=True)
class Terms:
    """Counts of a text's terms. Keys of `names` start with `~` (by sound), those of `words` are stems."""

    names: Mapping[str, int]
    words: Mapping[str, int]
    shown: Mapping[str, str]
    """How a term was first written in this text."""
    script: str
    """`latin`, `cyrillic` … : words are compared within a script only."""
    sounds: Mapping[str, str]
    """Sound of a long word, and the word: what other languages have borrowed or passed on (gladiator, гладиатор)."""
    little: frozenset[str]
    """The most frequent short words."""


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """`word` without what it is inflected with, roughly."""
    if not word.isascii() and "а" <= word[0] <= "ё":
        return CASE_ENDINGS.sub("", word) if len(word) > 4 else word
    shorter = SUFFIXES.sub("", word)
    return shorter if len(shorter) >= 4 else word


@lru_cache(maxsize=1 << 16)
def name_key(word: str) -> str:
    """How the name `word` sounds without its ending: consonants, and the vowels where there are few consonants."""
    lower = re.sub(r"[’'`]s$", "", word.lower())
    if "а" <= lower[:1] <= "ё" and len(lower) > 3:
        lower = CASE_ENDINGS.sub("", lower)
    lower = KOREAN_PARTICLE.sub("", SEMITIC_PREFIX.sub("", lower))
    bones = skeleton(latin(lower))
    if len(bones) >= 4:
        return "~" + bones
    sound = sound_key(latin(lower))
    return "~" + re.sub("[aeiou]+$", "", sound[:1] + sound[1:].replace("e", "a").replace("o", "a"))


def _script(text: str) -> str:
    sample = text[:2000]
    counts = Counter(
        "latin" if char < "\u0250" else "cyrillic" if "Ѐ" <= char <= "ӿ" else f"{ord(char) >> 8:x}"
        for char in sample
        if char.isalpha()
    )
    return max(sorted(counts), key=counts.__getitem__) if counts else "none"


def _tokens(text: str) -> list[tuple[str, bool]]:
    """Words of `text`, and whether each begins a sentence."""
    found, last = [], 0
    for match in TOKEN.finditer(text):
        gap = text[last : match.start()]
        first = last == 0 or bool(INITIAL.search(gap)) or "\n" in gap
        found.append((match.group(), first))
        last = match.end()
    return found


def terms_of(texts: Mapping[str, str]) -> dict[str, Terms]:
    """Terms of every text; the capitals of all of them together decide what a name is."""
    tokens = {name: _tokens(texts[name]) for name in sorted(texts)}
    upper: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    for own in tokens.values():
        for word, first in own:
            if not first or word[0].islower():
                total[word.lower()] += 1
                upper[word.lower()] += word[0].isupper()
    known = {word for word, count in total.items() if upper[word] > CAPITALISED * count}
    return {name: _terms(texts[name], own, known) for name, own in tokens.items()}


def _terms(text: str, tokens: list[tuple[str, bool]], known: set[str]) -> Terms:
    names: Counter[str] = Counter()
    words: Counter[str] = Counter()
    shown: dict[str, str] = {}
    sounds: dict[str, str] = {}
    script = _script(text)
    for word, _ in tokens:
        key = ""
        if word[0].isupper() and word.lower() in known:
            parts = [part for part in re.split(r"-", word) if len(part) > 1] or [word]
            for part in parts:
                key = name_key(part)
                if len(key) > 2:
                    names[key] += 1
                    shown.setdefault(key, part)
        elif CASELESS.search(word):
            key = name_key(word)
            if len(key) > 3:
                names[key] += 1
                shown.setdefault(key, word)
        lower = stem(word.lower())
        if len(word) >= LONG:
            sound = name_key(word)
            if len(sound) > 4:
                sounds.setdefault(sound, word)
            if script == "latin" and not key:
                sounds.setdefault("=" + latin(word)[:COGNATE], word)
        if len(lower) > 2 and not key and not WIDE.search(word):
            words[lower] += 1
            shown.setdefault(lower, word)
    for run in KATAKANA.findall(text):
        names[name_key(run)] += 1
        shown.setdefault(name_key(run), run)
    if WIDE.search(text):
        wide = "".join(WIDE.findall(text))
        for place in range(len(wide) - 1):
            words[wide[place : place + 2]] += 1
            shown.setdefault(wide[place : place + 2], wide[place : place + 2])
    short = Counter(word.lower() for word, _ in tokens if len(word) <= 3)
    little = sorted(short, key=lambda word: (-short[word], word))[:LITTLE]
    return Terms(names, words, shown, script, sounds, frozenset(little))
