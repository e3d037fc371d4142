"""One key for a name in any script: letters as they sound, written in ASCII. Many names, one a line, cost little more than one.

Cyrillic, Greek, Armenian, Georgian, Hebrew, Arabic, Devanagari, kana and Hangul by small tables of our own; Latin letters
lose their marks. The key folds what transliterations differ in: kh and h, c and k, w and v, y and i, double letters.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["folded", "latin", "open_vowels", "skeletons", "sounds"]


def _table(source: str, target: str) -> dict[str, str]:
    return dict(zip(source, target.split(" "), strict=True))


TABLE: dict[str, str] = {
    **_table("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџѓќѕ", "a b v g d e e j z i i k l m n o p r s t u f h ts ch sh sh  i  e iu ia i i e g u j l n ch j j g k z"),
    **_table("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i t i k l m n x o p r s s t i f h ps o"),
    **_table("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", "a b g d e z e e t j i l h ts k h dz g ch m i n sh o ch p j r s v t r ts v p k o f"),
    **_table("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "a b g d e v z t i k l m n o p j r s t u f k g k sh ch ts dz ts ch h j h"),
    **_table("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "a b g d h u z h t i k k l m m n n s a p f ts ts k r sh t"),
    **_table("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةآأإئؤءپچژگکی", "a b t t j h h d z r z s sh s d t z a g f k k l m n h u i i a a a i i u  p ch j g k i"),
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
SMALL_VOWEL = re.compile("([ウクグスズツテデトドフヴジシチ])([ァィゥェォ])")
HARD_C = re.compile("c(?![eiyh])")
VOWEL_W = re.compile("(?<=e)w|(?<=[aiou])w(?![aeiou])|(?<=o)w(?=ie)")
"""A w that sounds like a vowel: Fowley."""
SILENT_H = re.compile("(?<=[aeiou])h(?![aeiou])")
SOFT = re.compile("y|j(?=[aeiou]|$)", re.MULTILINE)
LATER = (
    ("iu", "u"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ea", "i"),
    ("ie", "i"),
    ("ei", "i"),
    ("ai", "i"),
    ("au", "o"),
)
DOUBLE = re.compile(r"(.)\1+")
NOT_LETTER = re.compile("[^a-z\n]")
FIRST_VOWEL = re.compile("^[eio]", re.MULTILINE)
LATER_VOWEL = re.compile("(?<=.)[aeiou]")
OPEN = str.maketrans("eo", "aa")


class _Letters(dict[int, str]):
    """Code point -> ASCII letters; what is not in the tables is worked out once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if "가" <= char <= "힣":
            number = code - 0xAC00
            letters = INITIAL[number // 588] + VOWEL[number % 588 // 28] + FINAL[number % 28]
        elif "ぁ" <= char <= "ゖ":
            letters = TABLE.get(chr(code + 0x60), "")
        elif char.isascii():
            letters = char
        else:
            base = unicodedata.normalize("NFD", char)[0]
            letters = SPECIAL.get(char, base if base.isascii() else TABLE.get(base, ""))
        self[code] = letters
        return letters


LETTERS = _Letters({ord(char): letters for char, letters in TABLE.items()})


def latin(word: str) -> str:
    """`word` in lower-case ASCII letters, by table; letters without an entry are left out."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", SMALL_VOWEL.sub(_joined, word.lower())).translate(LETTERS)


def _joined(match: re.Match[str]) -> str:
    """The sound of a syllable with a small vowel behind it: フィ is fi, not fui."""
    lead = "v" if match[1] == "ウ" else LETTERS[ord(match[1])].rstrip("aiueo")
    return lead + LETTERS[ord(match[2])]


def sounds(words: str) -> str:
    """How `words`, in lower-case ASCII, one a line, sound, coarsely: equal for most spellings of one name."""
    key = NOT_LETTER.sub("", words)
    for spelling, sound in SPELLINGS:
        key = key.replace(spelling, sound)
    key = HARD_C.sub("k", key).replace("c", "s")
    key = SILENT_H.sub("", key)
    key = VOWEL_W.sub("u", key).replace("w", "v")
    key = SOFT.sub("i", key)
    for spelling, sound in LATER:
        key = key.replace(spelling, sound)
    one_h = f"\n{key}".replace("\ng", "\nh")[1:]  # at the beginning g and h are one: Russian writes Гарри for Harry
    return DOUBLE.sub(r"\1", one_h)


FOLDED = str.maketrans("pfvtgr", "bbbdkl")
"""Consonants that some script or other does not tell apart: Arabic p and b, Korean t and d, Japanese l and r, Hebrew f, v, b and p."""


def folded(bones: str) -> str:
    """`bones` with like consonants as one, none of them twice on end."""
    return DOUBLE.sub(r"\1", bones.translate(FOLDED))


def skeletons(sounds: str) -> str:
    """The first sound and the consonants of each: what is left of a name whose vowels were heard differently."""
    first = FIRST_VOWEL.sub("a", sounds)
    return LATER_VOWEL.sub("", first)


def open_vowels(sounds: str) -> str:
    """Each of `sounds` with its vowels, those alike that are heard alike."""
    return FIRST_VOWEL.sub("a", sounds.translate(OPEN))
