"""Lists of letters: alphabets, letters in both cases, classes and ranges of regular expressions.

How often a language uses a letter says nothing about a list, in which each stands once: likelihood prefers most lists
as letters of another alphabet. `decoding.words` has the same test for bytes.

[people]: files that people wrote, in legacy encodings and in UTF-8: benchmarks/results/mojibake.md, "True files that
people wrote".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.document import Edit
from cleaner.mojibake.accidents.steps import BEYOND
from cleaner.mojibake.chains.layers import PROOF
from cleaner.mojibake.doubts.witness import CJK_STEPS, Told, turned
from cleaner.mojibake.readings.evidence import WIDE
from cleaner.mojibake.words.support import LETTERS

SHORT = 2
"""Letters up to which a word beside a list says nothing: `ΑΥ(ΑΕΗΙΟΩ)` is a rule of pronunciation."""
NAME = 5
"""Letters from which a capital before small letters, or the reverse, is a word: no row of letters is written so. Of
16,400 unseen garbled texts 18 more become right for it (`Õîðâàòñêèé`, `фБТЩИ`), none wrong; of 1.16 million true ones
as many are changed."""
LEAST = 3
"""Letters from which a known word supports a repair all the same."""
PIECE = re.compile(r"[^\W\d_]+|[^\w\s\x00-\x7f]+")
"""Letters, or signs beyond ASCII, which in Chinese pages are letters."""
FOREIGN = re.compile(r"[^\W\d_\x00-\x7f]+")
ASCII_LETTER = re.compile("[A-Za-z]")
CLASS = re.compile(r"\[\^?([^\[\]\s]*)\]")
RANGE = re.compile(r"([^\W\d_])-([^\W\d_])")


def in_rows(text: str, edits: Sequence[Edit]) -> bool:
    """Whether most of what `edits`, of one chain, change is lists of letters, and none becomes a known word."""
    chain = edits[0].chain
    pairs = turned(text, edits)
    if "decode utf-8" in chain and _proof(edits) >= PROOF:
        return False
    # Chinese read in another page is short words in which no letter need be repeated, as in a list.
    wide = not CJK_STEPS.isdisjoint(chain)
    lists = [before for before, _ in pairs if (_is_drawn_out(before) if wide else is_list(before))]
    told = [word for before, _ in pairs if before not in lists for word in PIECE.findall(before)]
    if wide:  # `[ГГГГ:мм]` and `[ЧА]` in one run
        lists += [word for word in told if _is_drawn_out(word)]
        told = [word for word in told if not _is_drawn_out(word)]
    else:
        told = [word for word in told if len(word) > SHORT]
    return bool(lists) and _foreign(lists) >= _foreign(told) and max(map(len, Told(pairs).known), default=0) < LEAST


def is_list(token: str) -> bool:
    """Whether `token`, a run without spaces, lists letters: a class or ranges of a regular expression, letters in both
    cases, or one letter drawn out.
    """
    if WIDE.search(token):
        return False
    if any(_is_class(held) for held in CLASS.findall(token)) or _has_ranges(token):
        return True
    words = [word for word in LETTERS.findall(token) if not word.isascii()]
    rows = [word for word in words if _is_drawn_out(word)]
    return bool(rows) and all(len(word) <= SHORT for word in words if word not in rows)


def _foreign(parts: Sequence[str]) -> int:
    return sum([len(BEYOND.findall(part)) for part in parts])


def _is_drawn_out(token: str) -> bool:
    """Whether each letter of `token` beyond ASCII is in both cases, or drawn out. Two equal ones inside a word of other
    letters are just its spelling (`väärtus`).
    """
    letters = FOREIGN.findall(token)
    spelt = ASCII_LETTER.search(token) is not None and max(map(len, letters), default=0) == 2
    return bool(letters) and all(map(_repeats, letters)) and not spelt


def _is_class(held: str) -> bool:
    letters = [char for char in held if char.isalpha()]
    return len(set(letters)) == len(letters) and sum(char > "\x7f" for char in letters) > 1


def _has_ranges(token: str) -> bool:
    """Whether half of the letters of `token` beyond ASCII are ends of ranges, as in `А-яё`."""
    ends = [char for first, last in RANGE.findall(token) if first < last for char in (first, last) if char > "\x7f"]
    return len(ends) > 1 and 2 * len(ends) >= sum(map(str.isalpha, BEYOND.findall(token)))


def is_name(word: str) -> bool:
    """Whether `word` begins with a capital before small letters, or the reverse, as no row of letters does."""
    one, rest = word[:1], word[1:]
    mixed = (one.isupper() and rest.islower()) or (one.islower() and rest.isupper())
    return mixed and len(word) >= NAME and one.lower() not in rest.lower()


def _repeats(letters: str) -> bool:
    """Whether each of `letters` is in both cases, as in `нНтТ`, or all are one letter."""
    if len(letters) < 2:
        return False
    one, other = letters[::2], letters[1::2]
    return len(set(letters)) == 1 or (len(one) == len(other) and all(map(_is_other_case, one, other)))


def _is_other_case(one: str, other: str) -> bool:
    return one != other and one.lower() == other.lower()


def _proof(edits: Sequence[Edit]) -> int:
    """Number of continuation bytes that the distinct `edits` take away."""
    made = {edit.before: edit.after for edit in edits}
    return sum(len(before) - len(after) for before, after in made.items())
