"""What a story is recognised by beside its names: the sounds of long words, its script, its short words.

Names are reduced to how they sound (`transliterate`), so that Шеннон and Shannon meet.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from cleaner.overlap.transliterate import LIKE_A, OPEN, folded, latin, skeleton, sound_key

__all__ = [
    "alphabet_of",
    "little_words",
    "name_key",
    "particles_of",
    "same_alphabet",
    "script_of",
    "sounds_of",
    "words_in",
]

CASE_ENDINGS = re.compile(
    r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ом|ем|ём|ой|ей|ою|ею|ым|им|ых|их|ую|юю|ая|яя|ах|ях|ов|ев|[аеёиоуыэюяйьъ])$"
)
"""Endings of Slavic declension; what is left is the stem that a name in the nominative has as well."""
ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)")
GREEK_ENDINGS = re.compile(r"(?:ους|ος|ης|ής|ός|ας|άς|ις|ου|ού|ων|ών|[αάεέηήιίοόω])$")
GEORGIAN_ENDINGS = re.compile(r"(?:იდან|თან|ისა|ის|ით|მა|ად|ში|ზე|[სიმ])$")
ARMENIAN_ENDINGS = re.compile(r"(?:ներ(?:ից|ին|ի|ով|ը)?|ից|ով|ում|ը)$")
"""Without the article ն and the case in ին, in which names end as well (Napoleon, Martin)."""
BONES = 4
"""Consonants from which a name is known by them alone."""
KOREAN_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:에게서|에게|에서|으로|이라는|라는|은|는|이|가|을|를|의|와|과|도|로|에)$"
)
LONG = 6
"""Letters from which a word is compared with other languages by sound; shorter ones meet by chance."""
COGNATE, COGNATE_LETTERS = 4, 5
"""First letters by which words of two languages in Latin script are compared, and letters that such words have at least; how alike
they must be spelt is up to `stories`."""
LATIN_END = "\u0250"
"""The first code point behind the Latin letters of languages (later blocks have phonetic ones)."""
TELLING = {"і": 120, "ј": 120, "ы": 300}
"""Letters of some languages in Cyrillic, and code points in which one has them: of a hundred letters of Ukrainian and Belarusian five
are і, of Serbian and Macedonian three ј, of Russian and Belarusian two ы."""
LITTLE = 12
"""Short words kept of each text, to see whether two texts are in one language."""
SAMPLE, LITTLE_SAMPLE, SOUNDS_SAMPLE = 500, 4_000, 20_000
"""Code points of a text that are read for its script, its short words, and its sounds."""
SHORT_WORD = re.compile(r"\b[^\W\d_]{1,3}\b")
ANY_WORD = re.compile(r"[^\W\d_]{2,}")
LONG_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
COGNATE_WORD = re.compile(rf"[^\W\d_]{{{COGNATE_LETTERS},}}")


JOINED = re.compile(r"\b(?=([^\W\d_]{1,4})( |\. ?|[-'’`‘ʼ´])([^\W\d_]{2,}))")
PARTICLES = frozenset(
    re.findall(r"\w+", "af al av ben bin da das de del della den der di do dos du el fon ibn la le san ten ter van von")
)
"""Words inside names, as `latin` gives them; others count if a mark joins them to the name."""


def particles_of(text: str) -> dict[tuple[str, str], str]:
    """Particles and initials before the words at the beginning of `text`: their sound and the word's key -> what stands there.

    `von` and `фон` sound alike, and so do `O'` and `О'`.
    """
    found: dict[tuple[str, str], str] = {}
    for particle, mark, name in JOINED.findall(text[:SOUNDS_SAMPLE]):
        if not name.islower() and (mark != " " or latin(particle) in PARTICLES):
            found.setdefault((folded(sound_key(latin(particle))), name_key(name)), f"{particle}{mark}{name}")
    return found


@lru_cache(maxsize=1 << 16)
def name_key(word: str) -> str:
    """How the name `word` sounds without its ending: consonants, and the vowels where there are few consonants."""
    lower = word.lower()
    if lower.endswith(("'s", "’s")):
        lower = lower[:-2]
    if not lower.isascii():
        if "а" <= lower[:1] <= "ё" and len(lower) > 3:
            lower = CASE_ENDINGS.sub("", lower)
        elif "α" <= lower[:1] <= "ώ" and len(lower) > 4:
            lower = GREEK_ENDINGS.sub("", lower)
        elif "ა" <= lower[:1] <= "ჰ" and len(lower) > 4:
            lower = GEORGIAN_ENDINGS.sub("", lower)
        elif "ա" <= lower[:1] <= "ֆ" and len(lower) > 4:
            lower = ARMENIAN_ENDINGS.sub("", lower)
        lower = latin(KOREAN_PARTICLE.sub("", ARABIC_ARTICLE.sub("", lower)))
    sound = sound_key(lower)
    bones = skeleton(sound.removesuffix("g") if sound.endswith("ng") else sound)
    if len(bones) >= BONES:
        return "~" + folded(bones)
    vowels = sound[:1].translate(LIKE_A) + sound[1:].translate(OPEN)
    bare = vowels.rstrip("aiu")
    return "~" + (bare if len(bare) > 1 else vowels)


def script_of(text: str) -> str:
    """`latin`, `cyrillic` or a number for another script: that of most letters at the beginning of `text`."""
    counts: Counter[str] = Counter()
    for char, times in Counter(text[:SAMPLE]).items():
        if char.isalpha():
            counts["latin" if char < LATIN_END else "cyrillic" if "Ѐ" <= char <= "ӿ" else f"{ord(char) >> 8:x}"] += (
                times
            )
    return max(sorted(counts), key=counts.__getitem__) if counts else "none"


def alphabet_of(text: str) -> frozenset[str]:
    """The letters at the beginning of a text in Cyrillic by which its language is told; those it is too short to miss as well."""
    sample = text[:LITTLE_SAMPLE].lower()
    found = frozenset(sample) & TELLING.keys()
    return found | {f"{letter}?" for letter, least in TELLING.items() if letter not in found and len(sample) < least}


def same_alphabet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two of these alphabets may be one."""
    return all(f"{letter}?" in one | other for letter in (one ^ other) & TELLING.keys())


def little_words(text: str) -> frozenset[str]:
    """The most frequent short words of `text`: articles, prepositions, by which a language is known."""
    short = Counter(SHORT_WORD.findall(text[:LITTLE_SAMPLE].lower()))
    return frozenset(sorted(short, key=lambda word: (-short[word], word))[:LITTLE])


def words_in(text: str) -> frozenset[str]:
    """The words at the beginning of `text`, in lower case."""
    return frozenset(ANY_WORD.findall(text[:LITTLE_SAMPLE].lower()))


def sounds_of(text: str, *, latin_script: bool) -> dict[str, str]:
    """Sound of each long word, and the word: what other languages have borrowed or passed on (gladiator, гладиатор)."""
    sounds: dict[str, str] = {}
    for word in dict.fromkeys((COGNATE_WORD if latin_script else LONG_WORD).findall(text[:SOUNDS_SAMPLE])):
        sound = name_key(word) if len(word) >= LONG else ""
        if len(sound) > 4:
            sounds.setdefault(sound, word)
        if latin_script:
            sounds.setdefault("=" + latin(word)[:COGNATE], word)
    return sounds
