"""One key for a name in any script: letters as they sound, written in ASCII. Many names, one a line, cost little more than one.

Cyrillic, Greek, Armenian, Georgian, Hebrew, Arabic, Devanagari, kana and Hangul by small tables of our own; other scripts of
India by that of Devanagari, whose order they have; Latin letters lose their marks. The key folds what transliterations differ in: kh and h, c and k, w and v, y and i, double letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

import numpy as np

from cleaner.arrays import Array
from cleaner.memory import cached, cached_last


def _table(source: str, target: str) -> dict[str, str]:
    return dict(zip(source, target.split(" "), strict=True))


def _spellings(rows: str) -> list[tuple[bytes, bytes]]:
    """Pairs of letters and their replacement, in the order in which they are applied."""
    return [(old, new) for old, _, new in (row.partition(b"=") for row in rows.encode().split())]


TABLE: dict[str, str] = {
    **_table("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџѓќѕәғқңөұүһҳҷ", "a b v g d e e j z i i k l m n o p r s t u f h ts ch sh sh  i  e iu ia i i e g u j l n ch j j g k z e g k n o u u h h j"),
    **_table("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i t i k l m n x o p r s s t i f h ps o"),
    **_table("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", "a b g d e z e e t j i l h ts k h dz g ch m i n sh o ch p j r s v t r ts v p k o f"),
    **_table("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "a b g d e v z t i k l m n o p j r s t u f k g k sh ch ts dz ts ch h j h"),
    **_table("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "a b g d h u z h t i k k l m m n n s a p f ts ts k r sh t"),
    **_table("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةآأإئؤءپچژگکی", "a b t t j h h d z r z s sh s d t z a g f k k l m n h u i i a a a i i u  p ch j g k i"),
    **_table("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहअआइईउऊएऐओऔािीुूेैोौंँऋृऍऎऑऒॅॆॉॊळৎৰৱੰൺൻർൽൾൿ", "k k g g ch ch j j t t d d n t t d d n p f b b m i r l v sh sh s h a a i i u u e e o o a i i u u e e o o n n ri ri e e o o e e o o l t r v n n n r l l k"),
    **_table("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ", "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ia iu io ra ri ru re ro va o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po v"),
    **_table("ァィゥェォャュョッー", "a i u e o ia iu io  "),
}  # fmt: skip
SPECIAL = {"ß": "ss", "æ": "e", "œ": "e", "ø": "o", "đ": "d", "ð": "d", "þ": "t", "ł": "l", "ı": "i", "ŋ": "n"}
INITIAL = ["k", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
VOWEL = ["a", "e", "ia", "ie", "o", "e", "io", "ie", "o", "va", "ve", "ve", "io", "u", "vo", "ve", "vi", "iu", "", "i", "i"]  # fmt: skip
FINAL = ["", "k", "k", "ks", "n", "nj", "nh", "t", "l", "lk", "lm", "lp", "ls", "lt", "lp", "lh", "m", "p", "ps", "t", "t", "ng", "t", "t", "k", "t", "p", "h"]  # fmt: skip
SPELLINGS = _spellings(
    "dj=j dzh=j dge=je dgi=ji dgy=jy tsch=c tch=c kch=c sch=s ch=c ph=f kh=h gh=h sh=s th=t rh=r ck=k qu=k q=k x=ks lr=l zh=s z=s"
)
BLOCKS = range(0x900, 0xD80, 0x80)
"""Where the scripts of India begin whose letters stand in the order of Devanagari, up to Malayalam."""
SMALL_VOWEL = re.compile("([ウクグスズツテデトドフヴジシチ])([ァィゥェォ])")
PAIRED = (
    ("ο", re.compile("ο[υύ]"), "u"),
    ("υύ", re.compile("[υύ](?<=[αε][υύ])"), "u"),
    ("μ", re.compile("μπ(?<![αάεέηήιίοόυύωώ]μπ)"), "b"),
    ("ν", re.compile("ντ(?<![αάεέηήιίοόυύωώ]ντ)"), "d"),
    ("γ", re.compile("γκ"), "g"),
    ("τ", re.compile("τζ"), "j"),
    ("ո", re.compile("ու"), "u"),
    ("ו", re.compile(r"ו(?:ו|(?<!\wו))"), "v"),
    ("ה", re.compile(r"ה(?<=\w\wה)(?!\w)"), "e"),
    ("و", re.compile(r"و(?<!\wو)"), "v"),
    ("ه", re.compile(r"ه(?<=\w\wه)(?!\w)"), "e"),
    *(
        (stop, re.compile(f"{stop}(?!்)(?:(?<=[அ-ௌ]{stop})|(?<=[ஙஞணநமன]்{stop}))"), sound)
        for stop, sound in zip("கடதப", "गडदब", strict=True)
    ),
)
"""Letters of which one is looked for first, what is written for a sound by two letters or differs by its place, and the sound. Greek
writes b, d, g and j by two letters, and in the middle of a word nd as d; Armenian and Greek write u by two. Hebrew and Arabic write v
and u by one letter, which is v at the beginning, and end names in -e or -a by h. Each expression begins with its letter, which is
found in a nanosecond a character; one that looks behind first takes thirty."""


def _of_india(*ranges: tuple[int, int], blocks: Iterable[int] = BLOCKS) -> str:
    """Letters of the scripts of India as a class of an expression: first and last places in their blocks."""
    return f"[{''.join([f'{chr(block + one)}-{chr(block + last)}' for block in blocks for one, last in ranges])}]"


CONSONANT, NUKTA, LETTER, SIGN = ((0x15, 0x39), (0x58, 0x5F)), (0x3C, 0x3C), (0x00, 0x39), (0x3E, 0x4C)
FURTHER = (0x70, 0x71), (0x7A, 0x7F)
"""Places of letters that only some of the scripts have: a nasal of Gurmukhi, consonants of Malayalam without a vowel."""
UNHEARD = (0x900, 0xA00, 0xA80)
UNWRITTEN = re.compile(
    f"({_of_india(*CONSONANT)}{_of_india(NUKTA)}?)(?={_of_india(LETTER, *CONSONANT, *FURTHER)})"
    f"(?!(?<={_of_india((0x05, 0x39), SIGN, blocks=UNHEARD)}{_of_india(*CONSONANT, blocks=UNHEARD)})"
    f"{_of_india(*CONSONANT, blocks=UNHEARD)}{_of_india(SIGN, blocks=UNHEARD)})"
)
"""A consonant of a script of India behind which another letter stands: an a is heard between them, and not written; but not, in Devanagari,
Gurmukhi and Gujarati, between a vowel with a consonant and a consonant with a written vowel (Ohala 1983)."""
UNWRITTEN_R = re.compile(
    "(?:[거너더러머버어저처커터퍼허](?<=[가-힣].)(?![가-힣])|ー(?<=[ァ-ヴー][アカガサザタダナハバパマヤャラワ]ー)(?![ァ-ヴー]))"
)
"""What Korean and Japanese write at the end of foreign names for er and ar."""
VOWELS = b"aeiou"
PARTED = re.compile(
    "[\u1100-\u11ff\u3099\u309a\u0655]|[\u09c7\u0b47\u0b92\u0bc6\u0bc7\u0c46\u0cbf\u0cc6\u0cca\u0d46\u0d47]"
    "[\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e\u0d57]"
)
"""Letters that are written in parts: Hangul, kana with their marks, alif with hamza below, vowels around a letter of India. Other marks
change no letter's sound."""
TABLED = 64
"""Characters from which letters are looked up by arrays: a quarter of the time of `str.translate`."""
LETTERS_HELD = 1 << 14
"""Code points whose letters are held: 3 MB. All scripts but Han have 28,000, of which 11,172 are Hangul."""
LATER = _spellings("iu=u ou=u oo=u ee=i ea=i ie=i ei=i ai=i au=o")
OPEN = bytes.maketrans(b"eo", b"aa")
NOT_LETTER = bytes(byte for byte in range(256) if byte != 0x0A and not 0x61 <= byte <= 0x7A)
UNKNOWN = 0xFFFFFFFFFFFFFFFF
LINE_END = 0x0A


class _Letters(dict[int, str]):
    """Code point -> ASCII letters; what is not in the tables is worked out once, while no more than LETTERS_HELD are held."""

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
            letters = SPECIAL.get(base, base if base.isascii() else TABLE.get(base, ""))
            if not letters and BLOCKS.start <= ord(base) < BLOCKS.stop:
                letters = TABLE.get(chr(BLOCKS.start + ord(base) % BLOCKS.step), "")
        if len(self) < LETTERS_HELD:
            self[code] = letters
        return letters


LETTERS = _Letters({ord(char): letters for char, letters in TABLE.items()})


def latin(word: str) -> str:
    """`word` in lower-case ASCII letters, by table; letters without an entry are left out."""
    if word.isascii():
        return word.lower()
    lower = word.lower()
    if PARTED.search(lower):
        lower = unicodedata.normalize("NFC", lower)
    lower = _paired(SMALL_VOWEL.sub(_joined, lower))
    return lower.translate(LETTERS) if len(lower) < TABLED or "\0" in lower else _looked_up(lower)


def _paired(lower: str) -> str:
    """`lower` with one letter for sounds that are written by two; see PAIRED."""
    for letters, expression, sound in PAIRED:
        if letters[0] in lower or letters[-1] in lower:
            lower = expression.sub(sound, lower)
    return UNWRITTEN_R.sub(r"\g<0>r", UNWRITTEN.sub(r"\1a", lower))


@cached_last(1 << 14)
def spelt_alike(one: str, other: str, least: float) -> bool:
    """Whether the letters of two words, as `latin` gives them, are alike by `least` (Ratcliff and Obershelp 1988).

    That likeness depends on which word is the first: here it is the one that comes first in order, whichever is asked first.
    """
    if one == other:
        return True
    one, other = min(one, other), max(one, other)
    needed = least * (len(one) + len(other))
    if 2 * min(len(one), len(other)) < needed:
        return False
    common = sum([min(one.count(letter), other.count(letter)) for letter in set(one)])  # wherever they stand
    return 2 * common >= needed and SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


@cached
def _letters() -> Array:
    return np.full(1 << 16, UNKNOWN, np.uint64)


def _looked_up(lower: str) -> str:
    """`lower.translate(LETTERS)`, by a table of eight bytes a code point, filled in as they are met."""
    codes = _codes(lower)
    table = _letters()
    letters = table[codes]
    new = codes[letters == np.uint64(UNKNOWN)]
    if len(new):
        for code in sorted(set(new.tolist())):
            table[code] = int.from_bytes(LETTERS[code].encode("ascii").ljust(8, b"\0"), "little")
        letters = table[codes]
    octets = letters.astype("<u8", copy=False).view(np.uint8)
    return _as_text(octets[octets != 0])


def _codes(text: str) -> Array:
    """The code points of `text`, but halves of those above U+FFFF, which no table has."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")


def _as_text(letters: Array) -> str:
    return str(letters.tobytes(), "ascii")


def _joined(match: re.Match[str]) -> str:
    """The sound of a syllable with a small vowel behind it: フィ is fi, not fui."""
    lead = "v" if match[1] == "ウ" else LETTERS[ord(match[1])].rstrip("aiueo")
    return lead + LETTERS[ord(match[2])]


def sounds(words: str) -> str:
    """How `words`, in lower-case ASCII, one a line, sound, coarsely: equal for most spellings of one name."""
    data = words.encode("ascii", "ignore").translate(None, NOT_LETTER)
    for spelling, sound in SPELLINGS:
        data = data.replace(spelling, sound)
    key = np.frombuffer(data, np.uint8).copy()
    behind = _behind(key)
    places = np.flatnonzero(key == ord("c"))
    key[places] = np.where(_among(b"eiyh")[behind[places]], ord("s"), ord("k"))
    vowel = _among(VOWELS)
    places = np.flatnonzero(key == ord("h"))  # silent between a vowel and none
    places = places[vowel[_before(key)[places]] & ~vowel[behind[places]]]
    key = np.delete(key, places)
    before, behind = _before(key), _behind(key)
    places = np.flatnonzero(key == ord("w"))
    first, after, then = before[places], behind[places], _behind(behind)[places]
    sounded = (first == ord("e")) | (vowel[first] & ~vowel[after])  # Fowley
    sounded |= (first == ord("o")) & (after == ord("i")) & (then == ord("e"))
    key[places] = np.where(sounded, ord("u"), ord("v"))
    behind = _behind(key)
    key[(key == ord("y")) | ((key == ord("j")) & (vowel | _among(b"\n"))[behind])] = ord("i")
    data = key.tobytes()
    for spelling, sound in LATER:
        data = data.replace(spelling, sound)
    key = np.frombuffer(data, np.uint8).copy()
    key[_begins(key) & (key == ord("g"))] = ord("h")  # at the beginning both are one: Russian writes Гарри for Harry
    return _as_text(_single(key))


FOLDED = bytes.maketrans(b"pfvtgr", b"bbbdkl")
"""Consonants that some script or other does not tell apart: Arabic p and b, Korean t and d, Japanese l and r, Hebrew f, v, b and p."""


def folded(bones: str) -> str:
    """`bones` with like consonants as one, none of them twice on end."""
    return _as_text(_single(np.frombuffer(bones.encode("ascii").translate(FOLDED), np.uint8)))


def skeletons(sounds: str) -> str:
    """The first sound and the consonants of each: what is left of a name whose vowels were heard differently.

    A g behind n is not heard at the end.
    """
    key = np.frombuffer(sounds.encode("ascii"), np.uint8)
    key = key[(key != ord("g")) | (_before(key) != ord("n")) | (_behind(key) != LINE_END)]
    begins, vowel = _begins(key), _among(VOWELS)[key]
    key = np.where(begins & vowel & (key != ord("u")), np.uint8(ord("a")), key)
    return _as_text(key[begins | ~vowel])


def open_vowels(sounds: str) -> tuple[str, str]:
    """Each of `sounds` with vowels that are heard alike made one; and the same without vowels at the end."""
    key = np.frombuffer(sounds.encode("ascii").translate(OPEN), np.uint8).copy()
    key[_begins(key) & (key == ord("i"))] = ord("a")
    vowel = _among(VOWELS)[key]
    last = vowel & (_behind(key) == LINE_END)
    while (more := vowel[:-1] & last[1:] & ~last[:-1]).any():
        last[:-1] |= more
    return _as_text(key), _as_text(key[~last])


@cached
def _among(letters: bytes) -> Array:
    """For each byte, whether it is one of `letters`."""
    found: Array = np.zeros(256, bool)
    found[list(letters)] = True
    return found


def _before(key: Array) -> Array:
    """The letter before each, a line end before the first."""
    return np.concatenate([np.array([LINE_END], np.uint8), key[:-1]])[: len(key)]


def _behind(key: Array) -> Array:
    """The letter behind each, a line end behind the last."""
    return np.concatenate([key[1:], np.array([LINE_END], np.uint8)])[: len(key)]


def _begins(key: Array) -> Array:
    """Whether each letter begins its line."""
    return _before(key) == LINE_END


def _single(key: Array) -> Array:
    """`key` with each letter once that stands there several times on end."""
    return key[(key != _before(key)) | (key == LINE_END)]
