"""Garbled text whose case was changed afterwards: `cafÃ©` in small letters is `cafã©`, and `ã` is the byte E3, not C3.

A letter may then stand for the byte of either letter that the change of case makes the same. What follows nearly always
tells which: only one of the two bytes begins a valid sequence. The case of the result is changed too, because that of
the whole text was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

from cleaner.memory import cached
from cleaner.models.encodings import page
from cleaner.mojibake.accidents.gaps import OPEN, Loss, Reading, Slot
from cleaner.mojibake.accidents.steps import BEYOND, LENGTHS, undo_utf8

CHANGES: dict[str, Callable[[str], str]] = {"small letters": str.lower, "capitals": str.upper}
PAGES = ("cp1252", "iso8859-1", "cp1250", "cp1251", "cp1254", "cp1253", "mac_roman", "cp437", "cp850")
SIGNED = ("cp1252", "iso8859-1")
"""Pages that show the second byte of most sequences as a sign, so that a row of sequences is unmistakable even in changed case."""
CAPITAL = re.compile("[A-Z]")
FEWEST = 0.9
"""Share of the characters beyond ASCII that sequences must explain."""


def changed(line: str) -> str | None:
    """How the case of `line` was changed, if it was: all its letters are small, or all capitals."""
    small, large = line.lower(), line.upper()  # `ª` and `º` are small letters to `isupper`, and have no capitals
    return None if small == large else "small letters" if line == small else "capitals" if line == large else None


def may_be_cased(line: str) -> bool:
    """Whether all of `line` is UTF-8 read as one of the most common pages, its case changed afterwards.

    `cafã©` as it stands is UTF-8 in cp850 too: `cafƸ`. The more common page and a change of case are likelier. `SEÃ±OR`
    as it stands is UTF-8, but would have a small letter among capitals.
    """
    how = changed(line)
    if how is None:
        return False
    for wrong in SIGNED:
        plain = undo_utf8(line, wrong)
        if plain != line and (how == "small letters" or changed(plain) == how or not CAPITAL.search(line)):
            continue
        reading = read_cased(line, wrong, how)
        if reading is not None and not reading.stray:
            return True
    return False


@cached
def _sources(wrong: str, how: str) -> dict[str, tuple[int, ...]]:
    """Character of page `wrong` after the change -> the bytes that it can have been."""
    found: dict[str, tuple[int, ...]] = {}
    for byte, char in enumerate(page(wrong)):
        if byte >= 0x80 and char:
            made = CHANGES[how](char)
            if len(made) == 1:
                found[made] = (*found.get(made, ()), byte)
    return found


@cached
def _pattern(wrong: str, how: str) -> re.Pattern[str] | None:
    """Matches what may be a sequence of UTF-8 as page `wrong` shows it after the change; None where it shows none."""
    held = _sources(wrong, how)
    more = "".join([re.escape(char) for char, bytes_ in held.items() if any(0x80 <= byte <= 0xBF for byte in bytes_)])
    parts = []
    for length in (4, 3, 2):
        first = "".join(
            [re.escape(char) for char, bytes_ in held.items() if any(LENGTHS[byte] == length for byte in bytes_)]
        )
        if first and more:
            parts.append(f"[{first}][{more}]{{{length - 1}}}")
    return re.compile("|".join(parts)) if parts else None


def read_cased(line: str, wrong: str, how: str) -> Reading | None:
    """`line` as UTF-8 read as `wrong`, then changed as `how` says; None where that explains too little of it."""
    held = _sources(wrong, how)
    beyond = BEYOND.findall(line)
    if OPEN in line or sum(map(held.__contains__, beyond)) < FEWEST * len(beyond):
        return None
    pattern = _pattern(wrong, how)
    if pattern is None or sum(map(len, pattern.findall(line))) < FEWEST * len(beyond):
        return None
    parts: list[str] = []
    slots: list[Slot] = []
    places: list[int] = []
    stray = at = 0
    while at < len(line):
        char = line[at]
        end, texts = _sequence(line, at, held, how) if char in held else (at + 1, ())
        if texts:
            slots.append(Slot(at, end, (*texts, line[at:end]), line[at:end]))
            places.append(len(parts))
        else:
            stray += char > "\x7f"
        parts.append(OPEN if texts else char)
        at = end
    explained = sum(slot.end - slot.start for slot in slots)
    if not slots or explained < FEWEST * (explained + stray):
        return None
    return Reading(Loss(wrong, "", b""), "".join(parts), tuple(slots), tuple(places), len(slots), len(slots), stray)


def _sequence(line: str, at: int, held: dict[str, tuple[int, ...]], how: str) -> tuple[int, tuple[str, ...]]:
    """The end of the longest valid sequence at `at`, and what it can stand for; (at + 1, ()) where there is none."""
    for length in (4, 3, 2):
        options = [held.get(char, ()) for char in line[at : at + length]]
        if len(options) < length or not all(options):
            continue
        first = [byte for byte in options[0] if LENGTHS[byte] == length]
        rest = [[byte for byte in option if 0x80 <= byte <= 0xBF] for option in options[1:]]
        texts: dict[str, None] = {}
        for data in product(first, *rest):
            try:
                text = bytes(data).decode("utf-8")
            except UnicodeDecodeError:
                continue
            if not 0x80 <= ord(text) < 0xA0:
                texts[CHANGES[how](text)] = None
        if texts:
            return at + length, tuple(texts)
    return at + 1, ()
