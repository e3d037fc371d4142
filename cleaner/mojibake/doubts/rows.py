"""What lists letters instead of making words of them: alphabets, both cases of each, classes of expressions, ranges.

How often a language writes a letter says nothing of a list, in which each stands once: likelihood likes most lists better as
letters of another alphabet. `decoding.words` asks the same of bytes.

[people]: files that people wrote, in legacy encodings and in UTF-8: benchmarks/results/mojibake.md, "True files that people wrote".
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
"""Letters of a word that says nothing beside a list: `ΑΥ(ΑΕΗΙΟΩ)` is a rule of pronunciation."""
NAME = 5
"""Letters of a word with one capital, or one small letter, before the rest: no row of letters is written so. Of 16,400 unseen
garbled texts 18 more become right for it (`Õîðâàòñêèé`, `фБТЩИ`), none wrong; of 1.16 million true ones as many are changed.
"""
LEAST = 3
"""Letters of a known word that speaks for a repair all the same."""
STROKE = re.compile(r"([^\x00-\x7f\ufffd])\1{7,}")
"""One character drawn out, as frames are of: `ÉÍÍÍÍÍÍÍÍ»` is `╔════════╗`; longer than voices draw out a letter."""
PIECE = re.compile(r"[^\W\d_]+|[^\w\s\x00-\x7f]+")
"""Letters, or signs beyond ASCII, which are letters in Chinese pages."""
FOREIGN = re.compile(r"[^\W\d_\x00-\x7f]+")
ASCII_LETTER = re.compile("[A-Za-z]")
CLASS = re.compile(r"\[\^?([^\[\]\s]*)\]")
RANGE = re.compile(r"([^\W\d_])-([^\W\d_])")


def in_rows(text: str, edits: Sequence[Edit]) -> bool:
    """Whether `edits`, of one chain, change lists of letters or frames, most of what they change, and give no known word."""
    chain = edits[0].chain
    pairs = turned(text, edits)
    drawn = [before for before, _ in pairs if is_drawing(before)]
    if len(drawn) == len(pairs):
        return True
    if "decode utf-8" in chain and _proof(edits) >= PROOF:
        return False
    # Two bytes of Chinese are letters of which none needs come twice, and short words.
    wide = not CJK_STEPS.isdisjoint(chain)
    lists = [before for before, _ in pairs if before in drawn or (_is_drawn_out(before) if wide else is_list(before))]
    told = [word for before, _ in pairs if before not in lists for word in PIECE.findall(before)]
    if wide:  # `[ГГГГ:мм]` and `[ЧА]` in one run
        lists += [word for word in told if _is_drawn_out(word)]
        told = [word for word in told if not _is_drawn_out(word)]
    else:
        told = [word for word in told if len(word) > SHORT]
    return bool(lists) and _foreign(lists) >= _foreign(told) and max(map(len, Told(pairs).known), default=0) < LEAST


def is_list(token: str) -> bool:
    """Whether `token`, a run without spaces, lists letters: a class or ranges of an expression, letters in both cases or drawn
    out.
    """
    if WIDE.search(token):
        return False
    if any(_is_class(held) for held in CLASS.findall(token)) or _has_ranges(token):
        return True
    words = [word for word in LETTERS.findall(token) if not word.isascii()]
    rows = [word for word in words if _is_drawn_out(word)]
    return bool(rows) and all(len(word) <= SHORT for word in words if word not in rows)


def is_drawing(token: str) -> bool:
    """Whether three in four of the characters of `token` beyond ASCII are of strokes, as of a frame in any page."""
    return 4 * sum([len(stroke[0]) for stroke in STROKE.finditer(token)]) >= 3 * len(BEYOND.findall(token)) > 0


def _foreign(parts: Sequence[str]) -> int:
    return sum([len(BEYOND.findall(part)) for part in parts])


def _is_drawn_out(token: str) -> bool:
    """Whether the letters of `token` beyond ASCII are each in both cases, or drawn out; two in a word of others are no more than
    spelling (`väärtus`).
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
    """Whether `word` begins with a capital, and small letters follow, or the other way round, as in no row of letters."""
    one, rest = word[:1], word[1:]
    mixed = (one.isupper() and rest.islower()) or (one.islower() and rest.isupper())
    return mixed and len(word) >= NAME and one.lower() not in rest.lower()


def _repeats(letters: str) -> bool:
    """Whether `letters` are each in both cases, as in `нНтТ`, or one drawn out."""
    if len(letters) < 2:
        return False
    one, other = letters[::2], letters[1::2]
    return len(set(letters)) == 1 or (len(one) == len(other) and all(map(_is_other_case, one, other)))


def _is_other_case(one: str, other: str) -> bool:
    return one != other and one.lower() == other.lower()


def _proof(edits: Sequence[Edit]) -> int:
    """Continuation bytes that `edits` take away, of equal ones once."""
    made = {edit.before: edit.after for edit in edits}
    return sum(len(before) - len(after) for before, after in made.items())
