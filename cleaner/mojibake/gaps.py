"""A line read as UTF-8 in a page that loses bytes: which characters it can have held, place by place.

A first byte says how many bytes follow it, and what follows in the line is either one of them or the sign of a lost one.
So the places are fixed; only the characters at them are open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from cleaner.models.encodings import page

__all__ = ["Loss", "Reading", "Slot", "fillings", "frequent", "gap_in", "losses", "read", "shown"]

PAGES = (
    "cp1252",
    "iso8859-1",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1257",
    "cp874",
    "iso8859-11",
    "cp1255",
    "cp1256",
)
"""Pages of accidents that are known to lose bytes; others have all 256 meanings."""
REPLACEMENT, NBSP_BYTE = "\ufffd", 0xA0
MOST = 96
"""Characters considered at one place, the most frequent ones; two bytes lost in a page that loses 33 leave 1,089."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Which bytes are gone, and what stands in the place of each (`sign`, empty where nothing does)."""

    wrong: str
    sign: str
    lost: bytes


@dataclass(frozen=True, slots=True)
class Slot:
    """One place: code points `start` to `end` of the line, and the texts that they can stand for."""

    start: int
    end: int
    choices: tuple[str, ...]
    literal: str = ""
    """What stands there, where bytes were lost: one of the choices, because it can be right as it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A line under one loss. `whole`: sequences that lost nothing; `gaps`: sequences that did; `stray`: code points beyond
    ASCII that belong to neither.
    """

    loss: Loss
    slots: tuple[Slot, ...]
    whole: int
    gaps: int
    stray: int


@cache
def losses(wrong: str) -> tuple[Loss, ...]:
    """The ways in which page `wrong` is known to lose bytes."""
    undefined = bytes(byte for byte in range(0x80, 0xC0) if _undefined(wrong, byte))
    found = [Loss(wrong, sign, undefined) for sign in (REPLACEMENT, "?", "")] if undefined else []
    if NBSP_BYTE not in undefined:
        found += [Loss(wrong, sign, bytes([NBSP_BYTE])) for sign in (" ", "")]
        if undefined:
            found.append(Loss(wrong, "", bytes([*undefined, NBSP_BYTE])))
    return tuple(found)


def _undefined(wrong: str, byte: int) -> bool:
    try:
        shown = bytes([byte]).decode(wrong)
    except UnicodeDecodeError:
        return True
    # ISO pages have controls there, which programs drop; latin-1 is read as cp1252 or keeps them.
    return wrong == "iso8859-11" and byte <= 0xA0 and ord(shown) == byte


@cache
def shown(loss: Loss) -> str:
    """What the page of `loss` shows for its lost bytes, as browsers read it: a line that has these has not lost them."""
    meanings = page(loss.wrong) or ()
    return "".join(meanings[byte] for byte in loss.lost if meanings)


@cache
def _bytes_of(wrong: str) -> dict[str, int]:
    return {char: byte for byte, char in enumerate(page(wrong) or ()) if char and byte >= 0x80}


@cache
def gap_in(wrong: str) -> re.Pattern[str] | None:
    """Matches the first byte of a sequence, as page `wrong` shows it, that too few bytes follow; None for a multi-byte page."""
    shown = page(wrong)
    if shown is None:
        return None
    two, three, four, more = (
        "".join(re.escape(shown[byte]) for byte in range(first, last + 1) if shown[byte])
        for first, last in ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4), (0x80, 0xBF))
    )
    parts = [f"[{two}](?![{more}])"] if two else []
    parts += [f"[{three}](?![{more}]{{2}})"] if three else []
    parts += [f"[{four}](?![{more}]{{3}})"] if four else []
    return re.compile("|".join(parts)) if parts and more else None


def read(line: str, loss: Loss) -> Reading:
    """`line` as `loss` reads it."""
    held = _bytes_of(loss.wrong)
    slots: list[Slot] = []
    whole = gaps = stray = at = 0
    while at < len(line):
        char = line[at]
        lead = held.get(char, 0)
        found = _sequence(line, at, lead, held, loss.sign) if 0xC2 <= lead <= 0xF4 else None
        if found is not None:
            end, rest, missing = found
            choices = fillings(bytes([lead]), rest, missing, loss.lost)
            if choices:
                gap = missing > 0 or None in rest
                literal = line[at:end] if gap else ""
                if gap:
                    spaced = tuple(choice + " " for choice in choices) if loss.sign == " " and "  " not in line else ()
                    choices = tuple(dict.fromkeys((*choices, literal, *spaced)))
                slots.append(Slot(at, end, choices, literal))
                whole, gaps, at = whole + (not gap), gaps + gap, end
                continue
        slots.append(Slot(at, at + 1, (char,)))
        stray += char > "\x7f" and char != "\xa0"
        at += 1
    return Reading(loss, tuple(slots), whole, gaps, stray)


def _sequence(
    line: str, at: int, lead: int, held: dict[str, int], sign: str
) -> tuple[int, tuple[int | None, ...], int] | None:
    """(end, what follows `lead`: bytes, None where a sign of loss stands, how many are missing without a sign)."""
    need = 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3
    rest: list[int | None] = []
    end = at + 1
    while len(rest) < need and end < len(line):
        byte = held.get(line[end], 0)
        if 0x80 <= byte <= 0xBF:
            rest.append(byte)
        elif sign and line[end] == sign:
            rest.append(None)
        else:
            break
        end += 1
    missing = need - len(rest)
    return None if missing and sign else (end, tuple(rest), missing)


@cache
def fillings(lead: bytes, rest: tuple[int | None, ...], missing: int, lost: bytes) -> tuple[str, ...]:
    """All characters that `lead` with `rest`, and `missing` bytes more, can be; at most MOST, the most frequent."""
    found: dict[str, None] = {}
    need = len(rest) + missing
    for places in combinations(range(need), missing):
        left = iter(rest)
        wanted = [None if place in places else next(left) for place in range(need)]
        for filled in product(*((lost if byte is None else bytes([byte])) for byte in wanted)):
            text = _decoded(lead + bytes(filled))
            if text:
                found[text] = None
    return frequent(list(found))


def frequent(texts: list[str]) -> tuple[str, ...]:
    """`texts`, or the MOST most frequent of them."""
    from cleaner.models.characters import load

    if len(texts) <= MOST:
        return tuple(texts)
    scores = load().log_likelihoods(texts)
    return tuple(texts[place] for place in sorted(range(len(texts)), key=lambda n: (-scores[n], texts[n]))[:MOST])


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if 0x80 <= ord(text) < 0xA0 else text
