"""What is evidence for a mix-up of two pages, and what is not.

A likelihood alone would turn everything rare into letters: frames, formulas, units, rows of letters in a table. So only
words count that a mix-up would leave, and a word that would mix two scripts counts against it.

[halved]: only this constant was halved and doubled, over 5,280 garbled texts held back (5,071 right), 8,362 clean and
60 tricky ones: benchmarks/results/mojibake.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import eq, gt

from cleaner.models.rare import rare_cjk
from cleaner.mojibake.accidents.steps import BEYOND, SPACES, Step, beyond_ascii, encoded, sequences
from cleaner.mojibake.strangeness import ACCENT, with_accents
from cleaner.mojibake.words.listed import is_listed_word

MARGIN = 3.0
"""Nats by which a chain must be likelier than the line as it stands, beyond the cost of its steps: halved as many texts become
right, doubled two fewer [halved]."""
GOOD, CLEARLY = 3.5, 3.0
"""For a text without doubt: most nats a character, and least nats gained for each character beyond ASCII. Each halved
and doubled, as many become right, since most such texts are told by their pairs of characters before [halved]."""
SEPARATORS = r"""\s|=<>{}\\`_$"'()\[\],;:/*+"""
"""What separates the words of code, mark-up and tables."""
PARTS, PART = re.compile(f"[{SEPARATORS}]+"), re.compile(f"[^{SEPARATORS}]+")
SCRIPTS = (
    "A-Za-zÀ-ÖØ-öø-ɏ",
    "\u0370-\u03ff",
    "\u0400-\u052f",
    "\u0590-\u05ff",
    "\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc",
    "\u0e01-\u0e5b",
)
EASTERN = "\u3040-\u30fb\u30fd-\u9fff\uac00-\ud7af\uff66-\uff9f"
"""Chinese, Japanese and Korean, as one more script. Used sparingly: each class with it takes a millisecond to compile."""
MIXED = re.compile(
    f"(?:{'|'.join(f'[{one}](?![{one}])' for one in SCRIPTS)})[{''.join(SCRIPTS)}{EASTERN}]|[{EASTERN}][{''.join(SCRIPTS)}]"
)
"""Two letters of different scripts, side by side."""
WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
BAD = re.compile("[\x80-\x84\x86-\x9f\ufff0-\uffff\ue000-\uf8ff\U000323b0-\U000e00ff\U000f0000-\U0010ffff]")
"""What clean text does not hold: controls, private use, replacement characters."""
RARE = 0.3
"""Share of rare characters among the Chinese, Japanese and Korean ones from which a text is none: clean text has less than 3 %,
text in a wrong encoding a third and more. One rare character among three and more can be a name."""
MIXED_COST = 20.0
"""Nats against a word that mixes two scripts only after the repair."""
SIGN_MOST = 25.0
"""Most nats that a character of a word counts for: one that the model has never seen must not decide alone."""
REFINE = 4.0
"""Nats that a word must be likelier as it stood to be left out of the repair of a line, more where most words turn (`sampling`)."""
ROW, FALLS = 4, 0.25
"""Letters from which a word without repeated letters is a row if their code points ascend, and for each letter beyond
five how many pairs may descend all the same: of words of four distinct letters one in 24 ascends by chance, of nine one
in 300. Nobody writes rows of Chinese characters."""
NEXT = bytes([*range(1, 256), 0])
"""A table for `bytes.translate` that gives the byte that follows each; 0, which no page has here, follows the last."""
DRAWN = re.compile("[\u2190-\u22ff\u2500-\u25ff]")
ALONE = "\x00-\x7f\xa0\u2190-\u22ff\u239b-\u23b3\u2500-\u25ff"
"""Characters that may be beside a drawn sign in a frame or a formula, words apart: no letters beyond ASCII, and of
other signs only pieces of brackets."""
DRAWN_WORD = re.compile(f"(?<!\\w)(?<![^{ALONE}])[\u2190-\u22ff\u2500-\u25ff]+(?!\\w)(?![^{ALONE}])")
DRAWN_KINDS = 5
"""Most kinds of such signs in a line of a drawing: a frame has one or two, with arrows or bars four or five; Cyrillic
read as a DOS page has a dozen."""
LINES, DOUBLE, BLOCKS = "─━│┃┌┐└┘├┤┬┴┼", "═║╔╗╚╝╠╣╦╩╬", "▀▄█▌▐░▒▓"
FRAMES = str.maketrans(LINES + DOUBLE + BLOCKS, "─" * len(LINES) + "═" * len(DOUBLE) + "█" * len(BLOCKS))
"""Pieces of a frame of single and of double lines, and blocks: each is one kind. Those of both weights, as in `╨┐╤А`, frames seldom
have."""
UTF_8_DRAWN = re.compile("(?:[╨╤][░▒▓│┤╡╢╖╕╣║╗╝╜╛┐]){2}")
"""Cyrillic in UTF-8 that was read in a DOS page, which no frame looks like: `╨╜╨╡`."""
LETTER_SIGN = re.compile("[ªµº]")
"""Signs that are letters to Unicode."""
NAME = re.compile("(?:[A-Z]|[A-ZÀ-ÖØ-ÞĀ-Ž]{2,})[®™©]|µ[A-Za-z]{0,2}")
"""A name with its mark. `Â©` is none: no name is one letter beyond ASCII."""
NOTATION = re.compile(
    "[\\d.,]*[kKMGTmnpµμ]?[\u03a9\u2126]|[Δ∆]{1,2}[A-Za-z]{1,2}[°²³]?|\\d*π[A-Za-z][²³]?|[A-Z0-9]{2,}[α-ω]"
    "|[α-ωΑ-Ω](?:[\u2010-\u2015-][α-ωΑ-Ω])+"
)
"""Greek letters as science writes them beside Latin ones: `kΩ`, `ΔT`, `πr²`, `GSK3β`, `π–π`. Words that a Greek or DOS page shows
with them (`cafΘ`, `fόr`) are of small letters."""
AT_THE_END = re.compile("[²³¹°ºª®™©]+[!-/:-@\\[-`{-~\u2010-\u203a»]*$")
"""Signs that belong to the word before them, and punctuation."""
FIRST_BYTE = re.compile("(?<![^\\W\\d_])[Â¬┬][^\x00-\x7f\u2500-\u2590\u2593-\u259f]")
"""What Latin, Mac and DOS pages show of the two bytes of a sign (`©`, `£`, `°`)."""
INSIDE = re.compile(
    "(?<=[A-Za-zÀ-ɏ])[^\x00-\x7f\xa0\xb7\xd7\xb0\u2010-\u2015\u2018\u2019\u2026\u2022]{1,3}(?=[A-Za-zÀ-ɏ])"
)
"""A sign between two letters that does not join words."""
STUCK = re.compile(
    "[^\\W\x00-\x7f][^\\w\x00-\x7f\xa0\xa9\xab\xae\xb0\xb4\xb7\xbb\xd7\u2010-\u2015\u2018-\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
"""A letter beyond ASCII and right after it a sign that is not punctuation and does not belong to words."""
TORN = re.compile(
    "[a-z]\xa0+[a-z]|[A-Za-z][^\\w\x00-\xa0\xa9\xaa\xab\xae\xb0-\xb4\xb7\xb9-\xbb\xd7\u2010-\u2026\u2030-\u203a\u2122]"
    "|[^\\w\x00-\xa0\xab\xb7\xbb\xbf\xa1\xa3\xa5\xa7\xd7\u2010-\u2026\u2030-\u203a\u20ac][a-z]"
)
"""A sign in a word that is no punctuation, and a no-break space between small letters."""
LONE = re.compile("[\u00c2-\u00c5](?<=[a-z].)(?![^\x00-\x7f])")
"""A first byte after a small letter, and nothing of a second one: `modalitÃ `."""
UTF8_SHARE = 0.4
"""Share of the characters beyond ASCII in sequences of UTF-8, from which a line may be UTF-8 with bytes lost."""
LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅοινυαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijshdqwABEKMHOPCTYXIJSoivuaABEZHIKMNOPTYX"
)
"""Cyrillic and Greek letters that look like Latin ones, and stand for them in names that deceive and in words typed carelessly."""
BESIDE_LETTERS = re.compile("[A-Za-zÀ-ɏ]{2}[^\x00-\x7f]|[^\x00-\x7f][A-Za-zÀ-ɏ]{2}")

APART = 12.0
"""Nats that a text costs whose accents are written apart from their letters, which is seldom: a wrong page makes such accents, too.
`Ã£` is a dot below in Mac Roman, and `Apurinã` must not become `Apuriṇ`. Of 165 garbled texts with accents apart 157 are right with
6 and 12, 158 with none, 156 with 18; of 8,000 others none differs but one that is wrong with none."""


def likelihoods(texts: list[str]) -> list[float]:
    """Log-likelihoods in nats under the pooled character model, which knows letters with their accents composed."""
    from cleaner.models.characters import load

    model = load()
    found: list[float] = model.log_likelihoods(texts).tolist()
    apart = [number for number, text in enumerate(texts) if ACCENT.search(text)]
    if apart:
        joined = model.log_likelihoods([with_accents(texts[number]) for number in apart]).tolist()
        for number, score in zip(apart, joined, strict=True):
            found[number] = max(found[number], score - APART)
    return found


class Likelihoods:
    """`likelihoods`, cached: the stages of a search ask about many of the same texts."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: dict[str, float] = {}

    def __call__(self, texts: Sequence[str]) -> list[float]:
        held = self._held
        new = [text for text in dict.fromkeys(texts) if text not in held]
        if new:
            held.update(zip(new, likelihoods(new), strict=True))
        return [held[text] for text in texts]


def may_be_utf8(line: str) -> bool:
    """Whether `line`, which a mix-up of two other pages explains, may be UTF-8 with lost bytes all the same."""
    pattern = sequences("cp1252")
    held = sum(map(len, pattern.findall(line))) if pattern else 0
    return held > UTF8_SHARE * beyond_ascii(line) or LONE.search(line) is not None


def is_telling(text: str) -> bool:
    """Whether a word of `text` can be evidence, by itself or for the known word that it may give."""
    return may_tell(text) or has_torn_word(text)


def may_tell(text: str) -> bool:
    """Whether a word of `text` can be evidence at all."""
    return any(_speaks(part[0]) for part in PART.finditer(text) if not part[0].isascii())


def has_torn_word(text: str) -> bool:
    """Whether a word of `text` has a sign or a no-break space in it: evidence where that gives a known word."""
    return TORN.search(text) is not None


def _speaks(part: str) -> bool:
    """Whether the word `part` can be evidence: it is not a single letter, a repeated sign, a name with its mark, a unit
    with its power, or a symbol, and not of signs alone.
    """
    if NOTATION.fullmatch(part):
        return False
    if part.isalpha() and len(set(part)) > 1 and LETTER_SIGN.search(part) is None:
        return True
    if NAME.fullmatch(part):
        return False
    if FIRST_BYTE.search(part):
        return True
    part = AT_THE_END.sub("", part)
    beyond = BEYOND.findall(part)
    if not beyond or (len(part) > 1 and len(set(part)) == 1):
        return False
    if "\x80" <= min(beyond) < "\xa0":
        return True
    if len(part) == 1:
        return WIDE.match(part) is not None
    letters = sum(char.isalpha() for char in beyond)
    if letters == len(beyond) or (letters and len(beyond) > 2):
        return True
    kinds = set(beyond)
    strange = (pattern.search(part) for pattern in (BESIDE_LETTERS, INSIDE, STUCK))
    return any(strange) or len(kinds) > 2 + (letters == 0)


def is_drawing(line: str, *, code: bool = False) -> bool:
    """Whether all drawn or mathematical signs of `line` stand apart from letters, as in a frame or a formula.

    In a line of `code` there may be more kinds of them.
    """
    drawn = DRAWN.findall(line)
    if not drawn:
        return False
    words = DRAWN_WORD.findall(line)
    if sum(map(len, words)) < len(drawn):
        return False
    if UTF_8_DRAWN.search(line) is not None:
        return False
    return code or len(set("".join(drawn).translate(FRAMES))) <= DRAWN_KINDS or len(words) < 2


def is_rare(text: str) -> bool:
    """Whether many of the Chinese, Japanese and Korean characters of `text` are rare."""
    wide = len(WIDE.findall(text))
    return wide > 0 and len(rare_cjk().findall(text)) > (max(1, RARE * wide) if wide > 2 else 0)


def rare_in(text: str) -> int:
    """How many Chinese, Japanese and Korean characters of `text` are rare, if these are two in three of them; else 0."""
    wide = len(WIDE.findall(text))
    rare = len(rare_cjk().findall(text)) if wide else 0
    return rare if 3 * rare >= 2 * wide else 0


def is_common(text: str) -> bool:
    """Whether `text` has Chinese, Japanese or Korean characters, and no rare one."""
    return WIDE.search(text) is not None and rare_cjk().search(text) is None


def _listed(word: str, step: Step) -> bool:
    """Whether `word` is a row of a table: its bytes, or its code points, follow each other, or its letters are in their order."""
    word = PARTS.sub("", word)
    for row in (encoded(word, step.wrong) or b"", word.encode("utf-16-be", "surrogatepass")[1::2]):
        following = sum(map(eq, row.translate(NEXT), row[1:]))
        if following > 1 and 2 * following >= len(row) - 1:
            return True
    return _ascends(word)


def _ascends(word: str) -> bool:
    """Whether the letters of `word` beyond ASCII stand in the order of their code points, as in `À-ÖØ-öø-ÿ`; words do not."""
    letters = BEYOND.findall(word)
    if not ROW <= len(letters) == len(set(letters)) or WIDE.search(word) is not None:
        return False
    falls: int = sum(map(gt, letters, letters[1:]))
    return falls <= FALLS * max(0, len(letters) - ROW - 1)


def weighed(before: str, ways: Sequence[tuple[str, Step]], asked: Likelihoods) -> list[tuple[float, int]]:
    """For each of `ways`, texts that `before` can have been and the steps back: nats by which its words are likelier, and how
    many characters say so. `asked`: likelihoods that are known.
    """
    changed = [_changed(before, after, step) for after, step in ways]
    scores = iter(asked([f" {word} " for pairs in changed for pair in pairs for word in pair]))
    found = []
    for pairs in changed:
        total, signs = 0.0, 0
        for one, other in pairs:
            gain = -next(scores) + next(scores)
            if MIXED.search(other) and not MIXED.search(one):
                gain -= MIXED_COST
            if gain > 0:
                signs += beyond_ascii(one)
            if gain > -REFINE:
                total += min(SIGN_MOST * max(beyond_ascii(one), beyond_ascii(other)), gain)
        found.append((total, signs))
    return found


def _changed(before: str, after: str, step: Step) -> list[tuple[str, str]]:
    """The words of `before` that `after` changes and that can be evidence, each with what it becomes."""
    old, new = SPACES.split(before), SPACES.split(after)
    if len(old) != len(new):
        old, new = [before], [after]
    return [
        (one, other)
        for one, other in zip(old, new, strict=True)
        if one != other
        and (_speaks_where(one, other) or (TORN.search(one) and is_listed_word(other)))
        and not _listed(one, step)
    ]


def _speaks_where(before: str, after: str) -> bool:
    """Whether a part of the word `before` that `after` changes can be evidence: of `là;Ø` the `Ø` alone can't."""
    if len(before) != len(after):
        return may_tell(before)
    return any(
        _speaks(part[0])
        for part in PART.finditer(before)
        if not part[0].isascii() and after[part.start() : part.end()] != part[0]
    )
