"""Chinese names as other languages spell them: in pinyin, and in Russian after Palladius (Wukong, Укун)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from cleaner.memory import cached, cached_last
from cleaner.models.pinyin import pinyin
from cleaner.overlap.words.name_keys import without_case

LONGEST_SYLLABLE, MOST_SYLLABLES = 6, 2
LIKE_PINYIN = re.compile("(?:[bpmfdtnlgkhjqxrzcsyw]?h?[aeiouü]{1,3}(?:ng?|r)?){1,2}", re.IGNORECASE)
"""Much the same as syllables of pinyin, and fast."""
LIKE_PALLADIUS = re.compile(
    "(?:ц?[бпмфдтнлгкхжзчшщсц]{0,2}[аяоёэеиыуюй]{1,3}(?:нь?|р)?){1,2}[аеуыьюя]?(?:м|мь|ой|ем)?", re.IGNORECASE
)
GREEK, CYRILLIC_END = "\u0370", "\u0530"
"""The first code points after Latin letters, and after Cyrillic ones."""
INITIAL = re.compile("[zcs]h|[bpmfdtnlgkhjqxrzcs]|")


def _table(latin: str, cyrillic: str) -> dict[str, str]:
    return dict(zip(latin.split(), cyrillic.split(), strict=True))


INITIALS = _table("b p m f d t n l g k h j q x zh ch sh r z c s", "б п м ф д т н л г к х цз ц с чж ч ш ж цз ц с")
FINALS = _table(
    "a o e i u ai ei ao ou an en ang eng ong ia ie iao iu ian in iang ing iong ua uo uai ui uan un uang ue",
    "а о э и у ай эй ао оу ань энь ан эн ун я е яо ю янь инь ян ин юн уа о уай уй уань унь уан юэ",
)
ALONE = _table(
    "ya ye yao you yan yin yang ying yi yong yu yuan yun yue wa wo wai wei wan wen wang weng wu er hui",
    "я е яо ю янь инь ян ин и юн юй юань юнь юэ ва во вай вэй вань вэнь ван вэн у эр хуэй",
)
SOFT = {"u": "юй", "uan": "юань", "un": "юнь"}
"""Finals after j, q and x, and those with the vowel of lü."""

LONGEST_NAME = LONGEST_SYLLABLE * MOST_SYLLABLES

Syllables = tuple[str, ...]


def pinyin_among(names: Sequence[str]) -> list[int]:
    """The places of those of `names` that can be read as one or two syllables."""
    latin, palladius = LIKE_PINYIN.fullmatch, LIKE_PALLADIUS.fullmatch
    like = [
        place
        for place, name in enumerate(names)
        if name < CYRILLIC_END and len(name) <= LONGEST_NAME and (latin(name) if name < GREEK else palladius(name))
    ]
    return [place for place in like if syllables_of(names[place])]


@cached_last(1 << 12)
def syllables_of(name: str) -> tuple[Syllables, ...]:
    """The ways to read `name` as one or two syllables of pinyin."""
    lower = name.lower().replace("ü", "u")
    if not lower.isalpha() or len(lower) > LONGEST_NAME:
        return ()
    if lower.isascii():
        return tuple(_cut(lower, MOST_SYLLABLES, _latin()))
    if not "а" <= lower[0] <= "я":
        return ()
    bare = without_case(lower)
    forms = dict.fromkeys((lower, bare, f"{bare}ь", f"{bare}й"))
    return tuple(dict.fromkeys(way for form in forms for way in _cut(form, MOST_SYLLABLES, _palladius())))


def _cut(letters: str, most: int, known: Mapping[str, tuple[str, ...]]) -> Iterator[Syllables]:
    for syllable in known.get(letters, ()):
        yield (syllable,)
    for end in range(1, min(LONGEST_SYLLABLE, len(letters) - 1) + 1) if most > 1 else ():
        for syllable in known.get(letters[:end], ()):
            for rest in _cut(letters[end:], most - 1, known):
                yield (syllable, *rest)


@cached
def _latin() -> Mapping[str, tuple[str, ...]]:
    return {syllable: (syllable,) for syllable in pinyin().pieces}


@cached
def _palladius() -> Mapping[str, tuple[str, ...]]:
    """Spelling in Cyrillic -> the syllables that are spelt so."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for syllable in sorted(pinyin().pieces):
        match = INITIAL.match(syllable)
        initial = match[0] if match else ""
        final = syllable[len(initial) :]
        spelt = [ALONE[syllable]] if syllable in ALONE else []
        if not spelt and final in FINALS:
            soft = initial in ("j", "q", "x") and final in SOFT
            hissing = initial in ("z", "c", "s") and final == "i"
            spelt = [INITIALS.get(initial, "") + (SOFT[final] if soft else "ы" if hissing else FINALS[final])]
        if syllable in ("lu", "nu"):
            spelt.append(INITIALS[initial] + SOFT["u"])
        for one in spelt:
            found[one] = (*found[one], syllable)
    return found
