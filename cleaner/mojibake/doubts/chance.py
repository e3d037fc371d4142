"""Repairs of few letters that are due to chance: letters that happen to be UTF-8, or Chinese, in a page nobody read
them in.

`дБ` is UTF-8 in ISO 8859-5, `áłą` in ISO 8859-2; a row of one table of characters is a row of another. Truly garbled
words are garbled as a whole, stand beside letters that they do not fit, or give a known word.

[unseen]: as in `witness`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.document import Edit
from cleaner.models.categories import category
from cleaner.mojibake.accidents.steps import BEYOND
from cleaner.mojibake.chains.layers import PROOF
from cleaner.mojibake.doubts.witness import (
    CJK_STEPS,
    CONTROL,
    ORDINARY,
    WORD,
    Told,
    is_cased,
    is_sure,
    turned,
    words_of,
)
from cleaner.mojibake.readings.evidence import MIXED, is_common, rare_in
from cleaner.mojibake.words.scripts import script
from cleaner.mojibake.words.support import by_chain
from cleaner.nfc import composed

FEW_WIDE = 4
"""Distinct characters up to which a repair changes few, unless so many stand in a row. [unseen] Of 240 texts in UTF-8
read as a Chinese, Japanese or Korean page that have so few, all but four have them beside Latin letters; of 1,613 true
texts that were changed none has."""
RARE = 3
"""Distinct characters from which a repair is trusted that turns rare characters (two in three of them) into common
ones. Of 754 Chinese and Japanese words of at most five characters 710 become right with 2 and 3, 623 with 6."""
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]{3}")
"""Japanese syllables: three that fit are six bytes or more, as in `ƒtƒ@ƒCƒ‹`, `ファイル`."""
LONGEST = 40
"""Most letters on each side that are taken as one word: with 5, 20 and 80 the same texts are changed [unseen]."""
BEYOND_RUN, DIGIT = re.compile("[^\x00-\x7f]+"), re.compile("[0-9]")
"""Runs of characters beyond ASCII; and a digit, which the second of four bytes of GB 18030 is."""
MARKS = ("Mn", "Mc")
"""Categories of marks that are written with a letter: `הֲ`, `ปิ`."""
HALF_WIDTH, HANGUL = re.compile("[\uff61-\uff9f]"), re.compile("[\u3131-\u318e\uac00-\ud7a3]")
SYLLABLE = re.compile("[!-/:-@\\[-`{-~]*(?:<[^ ]*>)?[!-/:-@\\[-`{-~]*[\u0e01-\u0e5b]{2,}[^\\w]*(?:[<;].*)?")
"""Thai letters by themselves between spaces, with ASCII punctuation or fields of a table around them."""
OFTEN = frozenset(
    f"encode {page}" for page in ("cp1252", "iso8859-1", "latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850")
)
"""First steps back from the pages in which UTF-8 is read most. With none, 5 of 6,839 garbled texts, most of them words,
are left that become right so; with all pages 13 true texts more are changed [unseen]."""
ODD = re.compile("[\u0250-\u0258\u025a-\u02b8\u02c0-\u036f\u0530-\u058f\u0700-\u08ff\u1cd0-\u1cff]")
"""Phonetic letters, marks, and letters of rare scripts, which two letters of other pages give as UTF-8; not `ʻ` and its
like, which are letters of Uzbek, Hawaiian and Latin transcriptions. Without this 5 true texts more are changed, and no
garbled one of 5,280 becomes right [unseen]."""
TONE = re.compile("[\u02c2-\u02c5\u02d2-\u02ff]")
"""Signs that hardly any text has."""
NOTED = re.compile("(?:[^\\W\\d_][²³¹]|[\x00-\x7f])+")
"""Letters, each with a power or the number of a note after it: `JOSÉ² RENÉ³`."""
BEHIND = "²³¹°ªº©®™†‡…"
"""Signs that follow words."""
QUOTED = re.compile("([“«‘„‚‹»’”›])(?<![^\\W_].)([^\\W\\d_]+)([”»’“‘›«‹])(?![^\\W_])")
"""A word in quotation marks."""
PAIRS = frozenset(["“”", "«»", "‘’", "„“", "„”", "‚‘", "‚’", "‹›", "»«", "’’", "””", "›‹"])


def quoted(text: str, edits: Sequence[Edit]) -> set[int]:
    """Indices of those `edits` of `text` that take a quoted letter, or a letter and the closing quotation mark, for
    UTF-8: `«Р»`, `“Π”`. Only where all edits of a chain are such: a text garbled by it would have others.
    """
    places: dict[int, int] = {}
    for found in QUOTED.finditer(text):
        if found[1] + found[3] in PAIRS:
            places.update(dict.fromkeys(range(found.start(), found.end()), -1 if len(found[2]) == 1 else found.end()))
    if not places:
        return set()
    bad: set[int] = set()
    for numbers in by_chain(edits, bool).values():
        if all(_is_quoted(edits[number], places) for number in numbers):
            bad.update(numbers)
    return bad


def _is_quoted(edit: Edit, places: dict[int, int]) -> bool:
    ends = {places.get(place) for place in range(edit.start, edit.end)}
    return ends in ({-1}, {edit.end})


def stray(text: str, edits: Sequence[Edit]) -> set[int]:
    """Indices of those `edits` of `text` that undo UTF-8 of too few bytes to prove it, and of edits of the same chain
    that fill gaps, where letters are UTF-8 by chance: `дБ` in ISO 8859-5, `áłą` in ISO 8859-2.

    Three signs of chance: another letter beyond ASCII of the same word stays, although a garbled word is garbled as a
    whole; the result is a character that hardly any language has; or, in a rare page, the word before the repair looks
    like a word. A known word among the results outweighs them.
    """
    chains = by_chain(
        edits,
        lambda edit: (
            (edit.kind == "exact" or edit.rule == "MOJ204")
            and "decode utf-8" in edit.chain
            and edit.chain[0] not in CJK_STEPS
        ),
    )
    covered: set[int] = set()
    found: set[int] = set()
    for chain, numbers in chains.items():
        made = {edits[number].before: edits[number].after for number in numbers}
        proof = sum(len(before) - len(after) for before, after in made.items() if not _is_noted(before))
        if proof >= 2 * PROOF or (proof >= PROOF and chain[0] in OFTEN) or any(map(CONTROL.search, made)):
            continue
        covered = covered or {place for edit in edits for place in range(edit.start, edit.end)}
        if proof >= PROOF and not all(_stands_beside(text, edits[number], covered) for number in numbers):
            continue
        # Filled gaps of the chain count: a word that lost a byte is known only when that is filled.
        same = [number for number, edit in enumerate(edits) if edit.chain == chain]
        pairs = turned(text, [edits[number] for number in same])
        tones = TONE.search("".join(made.values()))
        if (
            any(_stands_beside(text, edits[number], covered) for number in numbers)
            or tones
            or any(_is_odd(text, edits[number]) for number in numbers)
            or (
                chain[0] not in OFTEN
                and all(_is_written(before) and _is_word(before, after) for before, after in pairs)
            )
        ) and not (is_sure(pairs, shrinks=True) or (not tones and any(len(word) > 2 for word in Told(pairs).known))):
            found.update(same)
    return found


def few_wide(text: str, edits: Sequence[Edit]) -> bool:
    """Whether `edits`, of one chain with a Chinese, Japanese or Korean page in it, change few characters and make no
    known word.

    A table has such a character by itself between spaces, and `кБ` is one in a Chinese page: both are right as they
    stand. Beside Latin letters such a character is garbled.
    """
    chain = edits[0].chain
    if CJK_STEPS.isdisjoint(chain) or chain.count("decode utf-8") > 1:  # twice valid is no chance
        return False
    before = [edit.before for edit in edits]
    chars = {char for part in before for char in BEYOND.findall(part)}
    longest = max([len(run) for part in before for run in BEYOND_RUN.findall(part)], default=0)
    if len(chars) > FEW_WIDE or (len(chars) > 1 and longest >= FEW_WIDE) or not all(map(_is_plain, chars)):
        return False
    if HALF_WIDTH.search("".join(chars)) or any(map(DIGIT.search, before)):
        return False
    if any(map(HANGUL.match, chars)) and not all(map(HANGUL.match, chars)):
        return False
    if len(chars) >= RARE and rare_in("".join(chars)) and all(is_common(edit.after) for edit in edits):
        return False
    if max(chars, default="") < "\u2e80" and all(KANA.search(edit.after) for edit in edits):
        return False
    pairs = turned(text, edits)
    return not (any(MIXED.search(before) for before, _ in pairs) or is_sure(pairs) or Told(pairs).known)


def syllables(text: str, edits: Sequence[Edit]) -> set[int]:
    """Indices of those `edits` of `text` that take Thai syllables for marks that a Thai page lost: they stand beside no
    other letters, and the text has no other edits.
    """
    numbers = [number for number, edit in enumerate(edits) if edit.rule == "MOJ202"]
    if len(numbers) < len(edits):
        return set()
    pairs = turned(text, [edits[number] for number in numbers])
    return set(numbers) if pairs and all(SYLLABLE.fullmatch(before) for before, _ in pairs) else set()


def _stands_beside(text: str, edit: Edit, covered: set[int]) -> bool:
    """Whether `edit` leaves a letter beyond ASCII in the word that it touches, at a place not `covered` by any edit.

    Letters of a script that only its result has don't count, since they support it, nor does a capital after a small
    letter, which is damage too. Chinese, Japanese and Korean characters, which no single-byte page has, end the word.
    """
    start, end = edit.start, edit.end
    first, last = max(0, start - LONGEST), min(len(text), end + LONGEST)
    while start > first and text[start - 1].isalpha() and script(text[start - 1]) != "CJK":
        start -= 1
    while end < last and text[end].isalpha() and script(text[end]) != "CJK":
        end += 1
    made = {script(char) for char in edit.after} - {script(char) for char in edit.before}
    return any(
        text[place] > "\x7f"
        and script(text[place]) not in made
        and not (place > start and text[place].isupper() and text[place - 1].islower())
        for place in range(start, end)
        if place not in covered
    )


def _is_odd(text: str, edit: Edit) -> bool:
    """Whether `edit` of `text` makes an odd character of letters alone. An accent of the letter before it is none."""
    made = composed(text[max(0, edit.start - 1) : edit.start] + edit.after)
    return ODD.search(made) is not None and all(map(str.isalnum, BEYOND.findall(edit.before)))


def _is_plain(char: str) -> bool:
    """Whether `char` is a letter, a mark of one, or a sign that texts have as it is."""
    return char.isalpha() or char in ORDINARY or category(char) in MARKS


def _is_noted(text: str) -> bool:
    return not text.isascii() and NOTED.fullmatch(text) is not None


def _is_word(before: str, after: str) -> bool:
    """Whether `after` has a word, or both are letters of other alphabets than the Latin one: `иІ`, which gives an Arabic letter."""
    return bool(words_of(after)) or (WORD.search(after) is not None and min(BEYOND.findall(before + after)) > "\u036f")


def _is_written(token: str) -> bool:
    """Whether all that `token` has beyond ASCII are letters of words in normal case, and signs that follow words."""
    beyond = BEYOND.findall(token.rstrip(BEHIND))
    return all(map(str.isalpha, beyond)) and all(map(is_cased, WORD.findall(token))) and not MIXED.search(token)
