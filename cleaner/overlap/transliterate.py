"""One key for a name in any script: letters as they sound, written in ASCII.

Cyrillic, Greek, Armenian, Georgian, Hebrew, Arabic, Devanagari, kana and Hangul by small tables of our own; Latin letters
lose their marks. The key folds what transliterations differ in: kh and h, c and k, w and v, y and i, double letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["latin", "skeleton", "sound_key"]


def _table(source: str, target: str) -> dict[str, str]:
    return dict(zip(source, target.split(" "), strict=True))


TABLE: dict[str, str] = {
    **_table("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџѓќѕ", "a b v g d e e j z i i k l m n o p r s t u f h ts ch sh sh  i  e iu ia i i e g u j l n ch j j g k z"),
    **_table("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i t i k l m n x o p r s s t i f h ps o"),
    **_table("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", "a b g d e z e e t j i l h ts k h dz g ch m i n sh o ch p j r s v t r ts v p k o f"),
    **_table("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "a b g d e v z t i k l m n o p j r s t u f k g k sh ch ts dz ts ch h j h"),
    **_table("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "a b g d h v z h t i k k l m m n n s a p f ts ts k r sh t"),
    **_table("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةآأإئؤءپچژگکی", "a b t t j h h d z r z s sh s d t z a g f k k l m n h v i i a a a i i u  p ch j g k i"),
    **_table("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहअआइईउऊएऐओऔािीुूेैोौंँ", "k k g g ch ch j j t t d d n t t d d n p f b b m i r l v sh sh s h a a i i u u e e o o a i i u u e e o o n n"),
    **_table("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ", "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ia iu io ra ri ru re ro va o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po v"),
    **_table("ァィゥェォャュョッー", "a i u e o ia iu io  "),
}  # fmt: skip
SPECIAL = {"ß": "ss", "æ": "e", "œ": "e", "ø": "o", "đ": "d", "ð": "d", "þ": "t", "ł": "l", "ı": "i", "ŋ": "n"}
INITIAL = ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
VOWEL = [
    "a",
    "e",
    "ia",
    "ie",
    "o",
    "e",
    "io",
    "ie",
    "o",
    "va",
    "ve",
    "ve",
    "io",
    "u",
    "vo",
    "ve",
    "vi",
    "iu",
    "u",
    "i",
    "i",
]
FINAL = [
    "",
    "k",
    "k",
    "ks",
    "n",
    "nj",
    "nh",
    "t",
    "l",
    "lk",
    "lm",
    "lp",
    "ls",
    "lt",
    "lp",
    "lh",
    "m",
    "p",
    "ps",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "h",
]
SPELLINGS = (
    *(("dj", "j"), ("dzh", "j"), ("dg", "j")),
    *(("tsch", "c"), ("tch", "c"), ("kch", "c"), ("sch", "s"), ("ch", "c"), ("ph", "f"), ("kh", "h"), ("gh", "h")),
    *(
        ("sh", "s"),
        ("th", "t"),
        ("rh", "r"),
        ("ck", "k"),
        ("qu", "k"),
        ("q", "k"),
        ("x", "ks"),
        ("zh", "s"),
        ("z", "s"),
    ),
)
HARD_C = re.compile("c(?![eiyh])")
VOWEL_W = re.compile("(?<=e)w|(?<=[aiou])w(?![aeiou])|(?<=o)w(?=ie)")
SOFT = re.compile("y|j(?=[aeiou]|$)")
LATER = (("iu", "u"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ea", "i"), ("ie", "i"), ("ei", "i"))
DOUBLE = re.compile(r"(.)\1+")
NOT_LETTER = re.compile("[^a-z]")
"""At the beginning g and h are one, since Russian writes Гарри for Harry; w behind a vowel is one (Fowley)."""
VOWELS = re.compile("[aeiou]+")


@lru_cache(maxsize=1 << 16)
def latin(word: str) -> str:
    """`word` in lower-case ASCII letters, by table; letters without an entry are left out."""
    if word.isascii():
        return word.lower()
    parts = []
    for char in unicodedata.normalize("NFC", word.lower()):
        if char.isascii():
            parts.append(char)
        elif char in TABLE:
            parts.append(TABLE[char])
        elif "가" <= char <= "힣":
            number = ord(char) - 0xAC00
            parts += [INITIAL[number // 588], VOWEL[number % 588 // 28], FINAL[number % 28]]
        elif "ぁ" <= char <= "ゖ":
            parts.append(TABLE.get(chr(ord(char) + 0x60), ""))
        else:
            base = unicodedata.normalize("NFD", char)[0]
            parts.append(SPECIAL.get(char, base if base.isascii() else TABLE.get(base, "")))
    return "".join(parts)


@lru_cache(maxsize=1 << 16)
def sound_key(word: str) -> str:
    """How `word` sounds, coarsely: equal for most spellings of one name."""
    key = NOT_LETTER.sub("", latin(word))
    for spelling, sound in SPELLINGS:
        if spelling in key:
            key = key.replace(spelling, sound)
    if "c" in key:
        key = HARD_C.sub("k", key).replace("c", "s")
    if "w" in key:
        key = VOWEL_W.sub("u", key).replace("w", "v")
    key = SOFT.sub("i", key)
    for spelling, sound in LATER:
        if spelling in key:
            key = key.replace(spelling, sound)
    if key.startswith("g"):
        key = "h" + key[1:]
    return DOUBLE.sub(r"\1", key)


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The first sound and the consonants of `word`: what is left of a name whose vowels were heard differently."""
    key = sound_key(word)
    return key[:1].replace("e", "a").replace("i", "a").replace("o", "a") + VOWELS.sub("", key[1:]) if key else ""
