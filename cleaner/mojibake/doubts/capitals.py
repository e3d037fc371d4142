"""Repairs that change nothing but abbreviations: `ФЛ и ЮЛ`, `60 ΣΤ / ΤΨ`, `NŁ ĎŤ`.

In abbreviations any letter can follow any other. So nearly each is a listed word of two or three letters in some page,
and one in thirty is valid UTF-8. Such a repair needs longer words as evidence, or letters before it that no alphabet
has together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from cleaner.document import Edit
from cleaner.models.alphabets import one_latin_alphabet
from cleaner.mojibake.accidents.steps import BEYOND, CAPITALS
from cleaner.mojibake.doubts.witness import AROUND, WORD, Told, languages_near, turned, words_around
from cleaner.mojibake.readings.evidence import MIXED, likelihoods
from cleaner.mojibake.words.lexicon import languages_of, script_of
from cleaner.mojibake.words.listed import is_listed_word
from cleaner.mojibake.words.support import changed_runs

LONGEST, JOINING = 4, 3
"""Most letters of an abbreviation, and of a small word between two."""
MARKS = frozenset("«»“”„‘’‚‹›–—")
"""Marks that can stand around an abbreviation."""
ASCII = "".join(map(chr, range(0x21, 0x30))) + ":;?[]{|}"
NOTHING = 2
"""How many letters of each known word do not count: nearly any two letters are a word in some language."""
ENOUGH = 3
"""Letters that known words must have together, not counting NOTHING of each, to support a repair. Of 22,440 true texts
with random abbreviations in 20 languages 164, 42, 6 and 3 are changed with 1, 2, 3 and 4; of 15,450 garbled ones with
short capitals 14,241, 14,250, 14,248 and 14,248 become right. With 3 letters as LONGEST 129 and 14,252, with 5 as with
4; with 2 as JOINING 43 and 14,247."""
SIGNS = re.compile("[\x00-@\\[-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf×÷]+")
"""Signs of Latin-1, which no word could speak for: `В§ 5` and `ТЇ_70` are `§`."""
SMALL = "a-zß-öø-ÿ"
HUMP, APART = re.compile(f"([{SMALL}])((?!Ã)[{CAPITALS}][{SMALL}]+)"), r"\1 \2"
"""A capital beyond ASCII and small letters, after a small letter. No word begins with `Ã`."""
LETTER = re.compile("[^\\W\\d_]*")
LIKELY = 9.0
"""Nats by which the word may be likelier once it is repaired than with a space before that capital. Of 448 words that lost a byte
and were repaired rightly one in twenty gains less; of 1,637 names in code 114 are changed without this rule, 7 with it; of 712
garbled lines with such a capital 638 become right without it, 636 with it."""
SYMBOL = "[ΓΔΘΛΞΠΣΦΨΩ]"
FORMULA, TELLING = re.compile(f"[A-Za-z]{{1,4}}{SYMBOL}|{SYMBOL}[A-Za-z]{{1,4}}|[A-Za-z]{SYMBOL}[A-Za-z]"), 5
"""A Greek capital that Latin lacks, and a short name or a letter beside it; letters of a word that tells that it is no symbol:
`cosé` and `xót` are listed, too. Of 770 garbled lines that hold such words 650 become right without this rule, 649 with it."""
INSIDE = re.compile(f"[{SMALL}][{CAPITALS}]")
"""A capital beyond ASCII after a small letter. Of 600 lines that were made small by halves 108 are changed without `half_lowered`,
21 with it; of 10,604 garbled lines with such capitals 10,420 become right either way."""
WESTERN = frozenset({"encode cp1252", "encode latin-1", "encode iso8859-1", "encode cp1254"})
"""First steps back from pages in which no two capitals that are neighbours in some language are valid UTF-8."""


def abbreviated(text: str, edits: Sequence[Edit]) -> bool:
    """Whether `edits`, of one chain, change only abbreviations in capitals, and no word supports them."""
    chain = edits[0].chain
    if chain[0] in WESTERN and "decode utf-8" in chain:
        return False
    pairs = turned(text, edits)
    words = [word for before, _ in pairs for word in WORD.findall(before) if not word.isascii()]
    if not any(map(str.isupper, words)) or not all(map(_is_short, words)):
        return False
    if not all(map(_is_plain, [before for before, _ in pairs])) or not all(map(one_latin_alphabet, words)):
        return False
    told = Told(pairs)
    known = {word.lower() for word in told.known}
    if sum(max(0, len(word) - NOTHING) for word in known) >= ENOUGH:
        return False
    made = "".join([edit.after for edit in edits])
    return SIGNS.fullmatch(made) is None and not _is_at_home(text, edits, words, told)


def humped(text: str, edits: Sequence[Edit]) -> bool:
    """Whether all that `edits`, of one chain, change are capitals after small letters with which words begin: `getÄnderungen` is a
    name in code, `unterstÅtzt` is not, since `unterstützt` is a word.
    """
    if HUMP.search(text) is None:
        return False
    words = _changed_words(text, edits)
    humps = [hump for before, _ in words if (hump := HUMP.search(before))]
    if len(humps) < len(words):
        return False
    asked = [word for before, after in words for word in (f" {HUMP.sub(APART, before)} ", f" {after} ")]
    likely = likelihoods(asked)
    return all(
        not is_listed_word(after) and (is_listed_word(hump[2]) or parts > made - LIKELY)
        for (_, after), hump, parts, made in zip(words, humps, likely[::2], likely[1::2], strict=True)
    )


def formulas(text: str, edits: Sequence[Edit]) -> bool:
    """Whether all that `edits`, of one chain, change are words like `cosΘ`, `xΔt` and `pepΔ`, and none becomes a long listed word.
    In longer words DOS shows `é` as `Θ` and `ä` as `Σ`.
    """
    if FORMULA.search(text) is None:
        return False
    words = _changed_words(text, edits)
    return all(
        FORMULA.fullmatch(before) and not (len(after) >= TELLING and after.isalpha() and is_listed_word(after))
        for before, after in words
    )


def _changed_words(text: str, edits: Sequence[Edit]) -> list[tuple[str, str]]:
    """The words that `edits` of `text` change, and what they become; a run of words in which a space comes or goes is one."""
    found: list[tuple[str, str]] = []
    for start, end, after in changed_runs(text, edits, LETTER):
        old, new = text[start:end].split(" "), after.split(" ")
        pairs = zip(old, new, strict=True) if len(old) == len(new) else [(text[start:end], after)]
        found += [pair for pair in pairs if pair[0] != pair[1]]
    return found


def half_lowered(text: str, edits: Sequence[Edit]) -> bool:
    """Whether more of the words that `edits`, of one chain, change are listed as they stand, but for capitals after small letters,
    than as they become: `das mÄdchen` was made small by a program that knows ASCII only.
    """
    if INSIDE.search(text) is None:
        return False
    words = {pair for pair in _changed_words(text, edits) if INSIDE.search(pair[0])}
    stood, made = (sum([is_listed_word(pair[side]) for pair in words]) for side in (0, 1))
    return stood > made


def _is_short(word: str) -> bool:
    return len(word) <= (LONGEST if word.isupper() else JOINING if word.islower() else 0)


def _is_plain(token: str) -> bool:
    """Whether what `token` has beyond ASCII are letters of one alphabet, but for marks on both sides."""
    core = token.strip(ASCII)
    if MARKS.issuperset(core[:1] + core[-1:]):
        core = core[1:-1]
    return all(char.isupper() or char.islower() for char in BEYOND.findall(core)) and not MIXED.search(core)


def _is_at_home(text: str, edits: Sequence[Edit], old: Sequence[str], told: Told) -> bool:
    """Whether what `edits` make of the words `old` is in the language or the script of the words around, where `old` is not."""
    made = "".join([edit.after for edit in edits])
    scripts = {script_of(char) for char in made if char.isalpha()}
    if len(scripts) != 1 or None in scripts:
        return False
    (script,) = scripts
    beside = islice(words_around(text, edits, str(script)), AROUND)
    others = [word for word in beside if len(word) > JOINING and word not in told.old]
    if not others:
        return False
    if script_of(old[0][0]) != script:
        return True
    near = languages_near(str(script), others)
    return any(near.intersection(languages_of(str(script), word.lower())) for word in told.known)
