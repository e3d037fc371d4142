"""Chinese, Japanese and Korean pages that lost bytes: each U+FFFD of the line is one byte that the wrong page could not read.

The other characters give their bytes back. What was written, UTF-8 or another such page, is then read over them, with gaps: places
as in `gaps`, filled by the same beam and word lists. Only lines with at most two gaps for each whole sequence are tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from cleaner.mojibake.gaps import Loss, Reading, Slot, fillings, frequent
from cleaner.mojibake.steps import Step

__all__ = ["LOST", "boundaries", "read_wide", "wide_steps"]

LOST = "\ufffd"
PAGES = ("gb18030", "big5", "cp932", "cp949", "euc_jp")
WRITTEN = ("utf-8", "gb18030", "big5", "cp932", "cp949", "euc_jp")
FEWEST = 1
"""Whole sequences that a line must have, and half as many as it has gaps."""
CONTINUATION = bytes(range(0x80, 0xC0))
LATIN = (0xC3, 0xC4, 0xC5)
"""First bytes of a line of which none is known."""
MARKS = 0xE2
"""First byte of quotes and dashes, which any text can have."""
Bytes = tuple[int | None, ...]


@cache
def wide_steps() -> tuple[Step, ...]:
    """Every pair of a page of these and what was written."""
    return tuple(Step(wrong, right, 12.0) for wrong in PAGES for right in WRITTEN if wrong != right)


def read_wide(line: str, step: Step) -> tuple[Reading, tuple[int, ...]] | None:
    """`line` as `step` reads it, and for each of its slots the number of the byte after it; None where it does not fit."""
    data = _bytes(line, step.wrong)
    if data is None:
        return None
    found = _utf8(data) if step.right == "utf-8" else _double(data, step.right)
    slots = tuple(Slot(0, 0, choices, LOST if len(choices) > 1 else "") for choices, _ in found)
    whole = sum(len(choices) == 1 and choices[0] > "\x7f" for choices, _ in found)
    gaps = sum(len(choices) > 1 for choices, _ in found)
    stray = sum(choices == (LOST,) for choices, _ in found)
    if not gaps or whole < max(FEWEST, gaps / 2) or stray > gaps:
        return None
    ends, at = [], 0
    for _, size in found:
        at += size
        ends.append(at)
    return Reading(Loss(step.wrong, LOST, CONTINUATION), slots, whole, gaps, stray), tuple(ends)


def _bytes(line: str, wrong: str) -> Bytes | None:
    data: list[int | None] = []
    for char in line:
        if char == LOST:
            data.append(None)
        else:
            raw = _encoded(char, wrong)
            if not raw:
                return None
            data += raw
    return tuple(data)


@cache
def _encoded(char: str, wrong: str) -> bytes:
    try:
        return char.encode(wrong)
    except UnicodeError:
        return b""


def _utf8(data: Bytes) -> list[tuple[tuple[str, ...], int]]:
    """Choices and number of bytes of each character of UTF-8."""
    known = [byte for byte in data if byte is not None and 0xC3 <= byte <= 0xEF]
    leads = tuple(sorted(set(known), key=lambda byte: (-known.count(byte), byte))[:6]) or LATIN
    found: list[tuple[tuple[str, ...], int]] = []
    ends = _ends(data)
    at = 0
    while at < len(data):
        byte = data[at]
        if byte is not None and byte < 0x80:
            found.append(((chr(byte),), 1))
            at += 1
            continue
        choices: tuple[str, ...] = ()
        size = 1
        for lead in (byte,) if byte is not None else _likely(leads, ends[at] - at):
            need = _need(lead)
            rest = data[at + 1 : at + need]
            fits = need and len(rest) == need - 1 and all(one is None or 0x80 <= one <= 0xBF for one in rest)
            if fits and (not choices or need == size):
                choices, size = (*choices, *fillings(bytes([lead]), rest, 0, CONTINUATION)), need
        found.append((choices or (LOST,), size))
        at += size
    return found


def _ends(data: Bytes) -> list[int]:
    """For each byte where the run ends that begins with it and goes on with lost and continuation bytes."""
    ends = list(range(1, len(data) + 1))
    for at in range(len(data) - 2, -1, -1):
        following = data[at + 1]
        if following is None or 0x80 <= following <= 0xBF:
            ends[at] = ends[at + 1]
    return ends


def _likely(leads: tuple[int, ...], run: int) -> list[int]:
    """The first bytes that a lost one can be: first those whose sequences fill its `run`, up to ASCII or a known first byte."""
    return sorted({*leads, MARKS}, key=lambda lead: (run % _need(lead) > 0, leads.index(lead) if lead in leads else 9))


def _need(lead: int) -> int:
    return 2 if 0xC2 <= lead <= 0xDF else 3 if 0xE0 <= lead <= 0xEF else 4 if 0xF0 <= lead <= 0xF4 else 0


def _double(data: Bytes, right: str) -> list[tuple[tuple[str, ...], int]]:
    """Choices and number of bytes of each character of a page of one and two bytes."""
    found: list[tuple[tuple[str, ...], int]] = []
    at = 0
    while at < len(data):
        byte = data[at]
        if byte is not None and byte < 0x80:
            found.append(((chr(byte),), 1))
            at += 1
            continue
        choices = _pairs(byte, data[at + 1], right) if at + 1 < len(data) else ()
        found.append((choices or (LOST,), 2 if choices else 1))
        at += 2 if choices else 1
    return found


@cache
def _pairs(first: int | None, second: int | None, right: str) -> tuple[str, ...]:
    """The characters of `right` that two bytes, one of them perhaps lost, can be; the most frequent."""
    texts = []
    for one in range(0x81, 0xFF) if first is None else (first,):
        for other in range(0x40, 0xFF) if second is None else (second,):
            try:
                text = bytes([one, other]).decode(right)
            except UnicodeDecodeError:
                continue
            if len(text) == 1 and text > "\x7f":
                texts.append(text)
    return frequent(texts)


def boundaries(line: str, wrong: str, ends: Sequence[int]) -> list[tuple[int, int, int]]:
    """(code point of `line`, slot, byte) where a character of the line and a slot end together."""
    places = {0: 0}
    at = 0
    for number, char in enumerate(line, 1):
        at += 1 if char == LOST else len(_encoded(char, wrong))
        places[at] = number
    return [(places[end], number, end) for number, end in enumerate(ends, 1) if end in places]
