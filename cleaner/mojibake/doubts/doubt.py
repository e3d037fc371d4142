"""Which repairs are not made after all: those whose result is not text, or that lack a second piece of evidence.

Likelihood alone is not enough. It prefers rows of letters (`ÄÖÜ`, `[À-ÖØ-öø-ÿ]`) as another script, and adds a byte
that was never lost to a letter that can begin a UTF-8 sequence (`Ålborg` beside `cafÃ©`). So a repair must write
characters that exist and fit the letters beside them; a word that is known as it stands is not filled; and a mix-up of
two pages that touches few words needs words that are listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from cleaner.document import Edit
from cleaner.models.categories import category
from cleaner.mojibake.accidents.blanks import without_breaks
from cleaner.mojibake.accidents.steps import BEYOND
from cleaner.mojibake.chains.layers import PROOF
from cleaner.mojibake.confidence import is_unsure
from cleaner.mojibake.doubts.capitals import abbreviated, formulas, half_lowered, humped
from cleaner.mojibake.doubts.chance import few_wide, quoted, stray, syllables
from cleaner.mojibake.doubts.citing import cited
from cleaner.mojibake.doubts.rows import in_rows, is_name
from cleaner.mojibake.doubts.standing import outnumbered
from cleaner.mojibake.doubts.witness import CONTROL, unworded
from cleaner.mojibake.readings.evidence import LOOKALIKES, PART, WIDE, likelihoods
from cleaner.mojibake.words.scripts import script
from cleaner.mojibake.words.support import (
    LETTERS,
    any_known,
    applied,
    by_chain,
    changed_runs,
    mostly_known,
    touched_runs,
)

FEW_WORDS = 6
"""A mix-up of two pages that touches more words needs no listed one: rows of letters are one or two, and some languages
have no list."""
UNFIT = ("Cn", "Co")
"""Categories of code points that no text has: unassigned, private use."""
PUNCTUATION = ".,;:!?()[]\"'“”‘’«»„…–—-"
SIGNS = "©®™²"
"""Signs that follow a word without being part of it."""
ASCII_LETTER, ASCII_LETTERS = re.compile("[A-Za-z]"), re.compile("[A-Za-z]+")
ROW = re.compile("(?:[^\\W\\d_\\x00-\\x7f\u1100-\u11ff\u2e80-\u9fff\uac00-\ufaff\uff66-\uffdc]|[\\x00-\\x7f])+")
"""A possible row of letters: letters of alphabets, and ASCII, but no controls and no other signs. The two classes are
disjoint, so that matching does not backtrack."""
LATIN_TEXT = re.compile("[\x00-\u024f\u2010-\u203a\u20ac\u2122]*")
"""Text in which every character exists and every letter is Latin."""
FRAMED = re.compile("[^\\W\\d_](?=[\u2500-\u259f])|[\u2500-\u259f](?=[^\\W\\d_])")
"""A letter beside a piece of a frame: the sign of a wrong DOS page."""
SEVERAL = 3
"""Chinese or Japanese characters from which these may stand beside Latin letters, as in `DVD光盤片`; a single one may not."""


def impossible(text: str, edits: Sequence[Edit]) -> set[int]:
    """Indices of those `edits` of `text` that make what no text has (code points without a meaning, adjacent letters of
    two scripts) or change a word that is known as it stands.
    """
    found: set[int] = set()
    made = "".join([edit.after for edit in edits])
    unfit = set() if made.isprintable() else {char for char in made if category(char) in UNFIT}
    whole = applied(text, edits)
    # In text of one script no letter stands beside one of another.
    unmixed = LATIN_TEXT.fullmatch(whole) is not None or len(set(map(script, set(whole))) - {""}) < 2
    told: list[int] = []
    for numbers, start, end in touched_runs(text, edits):
        own = [edits[number] for number in numbers]
        if unmixed and not unfit and "exact" in [edit.kind for edit in own]:
            continue
        before, after = text[start:end], applied(text, own, start, end)
        mixes = 0 if unmixed else _mixes(after)
        mixed = mixes and mixes > _mixes(before)
        if mixed and _is_proven(own):
            mixed = _mixes(ASCII_LETTERS.sub(" ", after)) > 0
        bad = mixed or (unfit and unfit.intersection(after) - set(before))
        if bad:
            found.update(numbers)
        elif _is_told(own, before, after):
            told += numbers
    cased = {edit.chain for number, edit in enumerate(edits) if edit.rule == "MOJ204" and number not in told}
    found.update(number for number in told if edits[number].rule != "MOJ204" or edits[number].chain not in cased)
    return found


def framed(text: str, edits: Sequence[Edit]) -> bool:
    """Whether `edits` put pieces of frames beside letters: `─┐` is UTF-8 in a DOS page. Not where most of what they
    make is known words: in a table letters do stand beside its lines.
    """
    beside = [text[max(0, edit.start - 1) : edit.start] + edit.after + text[edit.end : edit.end + 1] for edit in edits]
    if FRAMED.search(" ".join(beside)) is None:
        return False
    words: list[str] = []
    framing = False
    for start, end, after in changed_runs(text, edits):
        words += [word for word in LETTERS.findall(after) if text.find(word, start, end) < 0]
        framing = framing or len(FRAMED.findall(after)) > len(FRAMED.findall(text, start, end))
    return framing and not mostly_known(words)


def unspoken(text: str, edits: Sequence[Edit]) -> bool:
    """Whether `edits`, which undo a mix-up of two pages, change only rows of letters: few words without ASCII letters,
    no letter twice in a word, and none becomes a known word.
    """
    if edits[0].chain[-1:] in ((), ("decode utf-8",)):
        return False
    words: list[str] = []
    for start, end, after in changed_runs(text, edits, PART):
        words += LETTERS.findall(after)
        if len(words) > FEW_WORDS or ASCII_LETTER.search(text, start, end) is not None:
            return False
    return all(_is_row(edit.before) for edit in edits) and not any_known(words)


def by_chance(text: str, edits: Sequence[Edit]) -> bool:
    """Whether `edits`, of one chain, make a Chinese, Japanese or Korean character of three letters of an alphabet that
    are valid UTF-8 by chance, such as `Ùñî` and `дМС`.
    """
    chain = edits[0].chain
    if len(chain) != 2 or chain[-1] != "decode utf-8":
        return False
    before = " ".join([text[max(0, edit.start - 1) : edit.end + 1] for edit in edits])
    after = " ".join([edit.after for edit in edits])
    return len({*BEYOND.findall(after)}) == 1 and WIDE.search(after) is not None and _in_one_alphabet(before)


def _in_one_alphabet(text: str) -> bool:
    """Whether all that `text` holds beyond ASCII are letters of one alphabet."""
    scripts = {*map(script, BEYOND.findall(text))}
    return len(scripts) == 1 and scripts.isdisjoint(("", "CJK"))


def unlike(text: str, edits: Sequence[Edit]) -> bool:
    """Whether the only signs of the mix-up that `edits` undo are letters that look like Latin ones, and the words are
    as good with the Latin ones: `kі` is rather `ki` than `kö`.
    """
    if not all(_looks_latin(edit.before) for edit in edits):
        return False
    pairs: list[tuple[str, str]] = []
    for start, end, after in changed_runs(text, edits):
        latin = text[start:end].translate(LOOKALIKES)
        pairs += zip(LETTERS.findall(after), LETTERS.findall(latin), strict=False)
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    if not pairs:
        return False
    afters, latins = zip(*pairs, strict=True)
    worth, other = likelihoods([f" {' '.join(afters)} ", f" {' '.join(latins)} "])
    told, otherwise = sum(map(_is_known, afters)), sum(map(_is_known, latins))
    return other >= worth and (not told or told < otherwise)


def _looks_latin(text: str) -> bool:
    return all(ord(char) in LOOKALIKES for char in BEYOND.findall(text))


def _is_row(text: str) -> bool:
    """Whether every word of `text` could be a row of letters: no letter occurs in it twice."""
    words = LETTERS.findall(text)
    return ROW.fullmatch(text) is not None and all(len(set(word)) == len(word) and not is_name(word) for word in words)


def _is_proven(edits: Sequence[Edit]) -> bool:
    """Whether `edits` undo UTF-8 with enough continuation bytes to need no other proof, or one layer with a control; Thai writes
    Latin names without spaces, Hebrew a preposition before one.
    """
    exact = [edit for edit in edits if edit.kind == "exact" and edit.chain[-1:] == ("decode utf-8",)]
    proof = sum(len(edit.before) - len(edit.after) for edit in exact)
    return proof >= max(PROOF, len(edits) - len(exact)) or any(
        CONTROL.search(edit.before) and len(edit.chain) == 2 for edit in exact
    )


def _is_told(edits: Sequence[Edit], before: str, after: str) -> bool:
    """Whether `before` is a word as it stands, and all `edits` of it are guesses: they fill gaps, or undo a change of case."""
    if any(edit.kind == "exact" for edit in edits):
        return False
    if all(edit.rule in ("MOJ201", "MOJ203") for edit in edits):
        return _is_word_already(before, after)
    return all(edit.rule == "MOJ204" for edit in edits) and _is_known(before.rstrip(PUNCTUATION).rstrip(SIGNS))


def _mixes(text: str) -> int:
    """How often letters of two scripts are adjacent; Chinese and Japanese characters count as one script."""
    words = LETTERS.findall(text)
    if len(set(map(script, "".join(words)))) < 2:
        return 0
    scripts = [list(map(script, word)) for word in words]
    pairs = Counter(frozenset(pair) for word in scripts for pair in pairwise(word) if len({*pair} - {""}) > 1)
    if sum(word.count("CJK") for word in scripts) >= SEVERAL:
        del pairs[frozenset(("CJK", "LATIN"))]
    return pairs.total()


def _could_be_word(text: str) -> bool:
    """Whether `text`, but for punctuation around it, is letters in normal case: small, capitalised, or all capitals."""
    word = text.strip(PUNCTUATION)
    return len(word) > 2 and word.isalpha() and (word.islower() or word.isupper() or word[1:].islower())


def _is_known(text: str) -> bool:
    """Whether `text` could be a word and is listed."""
    from cleaner.mojibake.words.lexicon import is_known

    return _could_be_word(text) and is_known(text.strip(PUNCTUATION).lower())


def _is_word_already(before: str, after: str) -> bool:
    """Whether `before` is a known word, or could be a word where `after` is not a known one."""
    return _is_known(before) or (_could_be_word(before) and not _is_known(after))


Doubt = Callable[[str, Sequence[Edit]], set[int]]
"""From a text and its edits, in order, to the indices of the edits that are not made."""


def _of_chain(refuses: Callable[[str, Sequence[Edit]], bool], about: frozenset[str]) -> tuple[Doubt, frozenset[str]]:
    """A doubt that refuses all edits of a chain or none, among those of the rules that it is `about`."""

    def doubt(text: str, edits: Sequence[Edit]) -> set[int]:
        found: set[int] = set()
        for numbers in by_chain(edits, lambda edit: edit.rule in about).values():
            if refuses(text, [edits[number] for number in numbers]):
                found.update(numbers)
        return found

    return doubt, about


MIXED_UP, THAI = frozenset({"MOJ102"}), frozenset({"MOJ202"})
CHAINS = frozenset({"MOJ101", "MOJ102", "MOJ103", "MOJ104"})
UNDONE = CHAINS | {"MOJ204"}
READ = UNDONE | {"MOJ201", "MOJ203", "MOJ205"}
DOUBTS: tuple[tuple[Doubt, frozenset[str] | None], ...] = (
    (cited, None),
    (impossible, None),
    _of_chain(framed, CHAINS),
    _of_chain(unspoken, CHAINS),
    _of_chain(by_chance, UNDONE),
    _of_chain(few_wide, CHAINS - MIXED_UP),
    (quoted, None),
    (stray, UNDONE - MIXED_UP),
    (syllables, THAI),
    _of_chain(abbreviated, READ),
    _of_chain(humped, READ),
    _of_chain(formulas, MIXED_UP),
    _of_chain(half_lowered, READ),
    _of_chain(in_rows, CHAINS),
    (outnumbered, CHAINS),
    _of_chain(unlike, MIXED_UP),
    _of_chain(unworded, MIXED_UP),
)
"""The doubts in the order they are applied, each with the rules that it is about (None: all); others than these are not
its concern."""


def undoubted(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """Those of `edits` of `text` that no doubt refuses."""
    standing = [edit for edit in edits if not is_unsure(edit)]
    plain = without_breaks(text)
    asked = standing if plain == text else [_without_breaks(edit, plain) for edit in standing]
    rules = {edit.rule for edit in asked}
    for doubt, about in DOUBTS:
        bad = doubt(plain, asked) if about is None or not about.isdisjoint(rules) else None
        if bad:
            standing = [edit for number, edit in enumerate(standing) if number not in bad]
            asked = [edit for number, edit in enumerate(asked) if number not in bad]
            rules = {edit.rule for edit in asked}
    return standing


def _without_breaks(edit: Edit, plain: str) -> Edit:
    """`edit` as one of its text `plain`, which is `without_breaks`."""
    before = plain[edit.start : edit.end]
    return edit if before == edit.before else replace(edit, before=before, after=without_breaks(edit.after))
