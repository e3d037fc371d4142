"""Chinese, Japanese and Korean pages that lost bytes: each U+FFFD of the line is one byte that the wrong page could not
read, or another sign is two of them (`unreadable`).

The other characters give their bytes back. These are then read in the encoding that was written, UTF-8 or another such
page, with gaps: places as in `gaps`, filled by the same beam search and word lists. Only lines with at most two gaps
for each complete sequence are tried (three where a sign stands for two bytes).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from cleaner.document import Candidate
from cleaner.memory import cached_last
from cleaner.mojibake.accidents.gaps import OPEN, Choices, Loss, Reading, Slot, fillings, frequent
from cleaner.mojibake.accidents.steps import LENGTHS, Step, beyond_ascii
from cleaner.mojibake.accidents.unreadable import SIGNS, texts_of, tokens_of
from cleaner.mojibake.lost.filling import FILL_COST, FILL_MARGIN, Filled, Piece, fillings_of

LOST = "\ufffd"
PAGES = ("gb18030", "big5", "cp932", "cp949", "euc_jp")
WRITTEN = ("utf-8", "gb18030", "big5", "cp932", "cp949", "euc_jp")
FEWEST = 2
"""Fewest complete sequences of a line, besides half as many as it has gaps. With 1 as many texts become right
(benchmarks/results/mojibake.md), and one rare character before two gaps becomes Cyrillic."""
CONTINUATION = bytes(range(0x80, 0xC0))
LACK = "\u0100"
"""Stands for a lost byte in a string of bytes (as by latin-1)."""
KNOWN, FOLLOWING, RUN = (
    re.compile("[\xc3-\xef]"),
    re.compile("[\x80-\xbf\u0100]*"),
    re.compile("(?s:.)[\x80-\xbf\u0100]*"),
)
NEED = {chr(byte): LENGTHS[byte] for byte in range(0xC2, 0xF5)}
"""First byte -> length of its sequence."""
LATIN = ("\xc3", "\xc4", "\xc5")
"""The first bytes that are tried in a line where none is known."""
MARKS = "\xe2"
"""First byte of quotes and dashes, which any text can have."""
STEP_COST = 12.0
"""Nats of the accident: as of a mix-up with such an encoding (`steps.other_steps`)."""
MISSING = 4.0
"""Nats a character for a gap when readings are compared by their sure characters."""
TRIED, CLEARLY = 2, 1.0
"""How many readings are filled, and nats a character by which the first must be ahead for no other to be: of 262 lines,
in seven the second one won, whose sure characters were at most .3 nats a character behind."""
MOST = 10**12
"""Upper limit for counting the texts that a run could hold."""
CHARACTERS_HELD = 16_384
"""Size of the caches of characters by bytes, and of bytes by character."""
_Place = tuple[tuple[str, ...], int]
"""Choices of a character, and its number of bytes."""


class _Text(NamedTuple):
    """What a place becomes, what else it could be, and how many texts it could hold."""

    text: str
    others: tuple[Candidate, ...] = ()
    choices: int = 1


@dataclass(frozen=True, slots=True)
class _Wide:
    """A line as one pair of pages reads it: for each character of what was written its choices and its number of bytes."""

    step: Step
    places: list[_Place]
    gaps: int
    stray: int
    """Bytes that are not part of any character: a reading that has some is compared, but never chosen."""
    sure: str
    """The characters that lost nothing."""
    sizes: tuple[int, ...] = ()
    """How many bytes each character of the line stands for, where one sign can be two."""


def fill_wide(line: str) -> Filled | None:
    """`line` as Chinese, Japanese or Korean read in a page that lost bytes, its gaps filled; None where no reading is better."""
    from cleaner.mojibake.readings.evidence import likelihoods

    found = [held for wrong in PAGES if (data := _bytes(line, wrong)) for held in _readings(data, wrong)]
    found += [held for wrong in SIGNS if SIGNS[wrong] in line and (held := _in_pairs(line, wrong))]
    # Many such pages have Cyrillic and Greek at the same places: a reading that changes only gaps is not a mix-up.
    as_it_stands = set(line)
    found = [held for held in found if not as_it_stands.issuperset(held.sure)]
    if not found:
        return None
    own, *sure = likelihoods([line, *(held.sure for held in found)])
    scores = [
        score / len(held.sure) - MISSING * held.gaps / len(held.places) for score, held in zip(sure, found, strict=True)
    ]
    order = sorted(range(len(found)), key=lambda n: (-scores[n], n))[:TRIED]
    best: Filled | None = None
    for held in (found[n] for n in order if not found[n].stray):
        (filling,) = fillings_of([_in_full(held)])
        text = filling.text
        gain = likelihoods([text])[0] - own - held.step.cost - FILL_COST * held.gaps
        if gain > FILL_MARGIN and (best is None or gain > best.gain):
            slots = filling.texts()
            texts = [
                _Text(*next(slots), len(choices)) if len(choices) > 1 else _Text(choices[0])
                for choices, _ in held.places
            ]
            ends = list(accumulate(size for _, size in held.places))
            pieces = tuple(_pieces(line, held.sizes or _sizes(line, held.step.wrong), texts, ends))
            best = Filled(text, held.step, pieces, gain, "MOJ205", "bytes that this page can't read were lost")
        if best is not None and scores[order[0]] - scores[order[-1]] > CLEARLY:
            break
    return best


def _readings(data: str, wrong: str) -> Iterator[_Wide]:
    """`data`, which page `wrong` showed, read in each encoding that gives nearly every remaining byte a meaning."""
    for right in WRITTEN:
        places = None if right == wrong else _utf8(data) if right == "utf-8" else _double(data, right)
        if places:
            sure = "".join([choices[0] for choices, _ in places if len(choices) == 1])
            gaps, stray = len(places) - len(sure), sure.count(LOST)
            whole = beyond_ascii(sure)
            if gaps and OPEN not in sure and whole >= max(FEWEST, gaps / 2) and stray <= gaps:
                yield _Wide(Step(wrong, right, STEP_COST), places, gaps, stray, sure)


def _in_pairs(line: str, wrong: str) -> _Wide | None:
    """`line` as UTF-8 in which each pair of bytes that `wrong` could not read became a sign (`unreadable`)."""
    read = tokens_of(line, wrong)
    if read is None:
        return None
    tokens, sizes = read
    places = texts_of(tokens, line, wrong)
    if not all(choices for choices, _ in places):
        return None
    sure = "".join([choices[0] for choices, _ in places if len(choices) == 1])
    gaps = sum(len(choices) > 1 for choices, _ in places) + tokens.count(())
    if not gaps or beyond_ascii(sure) < max(FEWEST, gaps / 3):
        return None
    return _Wide(Step(wrong, "utf-8", STEP_COST), places, gaps, 0, sure, tuple(sizes))


def _in_full(held: _Wide) -> Reading:
    text = "".join([choices[0] if len(choices) == 1 else OPEN for choices, _ in held.places])
    slots = tuple([Slot(0, 0, choices, LOST) for choices, _ in held.places if len(choices) > 1])
    places = tuple([at for at, char in enumerate(text) if char == OPEN])
    return Reading(Loss(held.step.wrong, LOST, CONTINUATION), text, slots, places, len(held.sure), held.gaps, 0)


def _pieces(line: str, sizes: Sequence[int], texts: Sequence[_Text], ends: Sequence[int]) -> Iterator[Piece]:
    """The changed runs of the line between places where one of its characters and one of the text end together."""
    at = done = 0
    for place, number, _ in boundaries(sizes, ends):
        run = texts[done:number]
        text = "".join([one.text for one in run])
        if text != line[at:place]:
            choices = min(MOST, math.prod([one.choices for one in run]))
            yield Piece(at, place, text, choices > 1 or LOST in line[at:place], _otherwise(run), choices)
        at, done = place, number


def _otherwise(texts: Sequence[_Text]) -> tuple[Candidate, ...]:
    """The next likely text of a run, with another choice for its least sure character; its confidence is the doubt in the first."""
    doubts = [sum([other.confidence for other in one.others]) for one in texts]
    if not any(doubts):
        return ()
    at = max(range(len(doubts)), key=doubts.__getitem__)
    other = [one.text for one in texts]
    other[at] = texts[at].others[0].value
    return (Candidate("".join(other), round(1 - math.prod(1 - min(1.0, doubt) for doubt in doubts), 4)),)


def _bytes(line: str, wrong: str) -> str | None:
    """The bytes of `line` in page `wrong`, as a latin-1 string with LACK for lost ones; None where the page lacks a character."""
    try:
        return LACK.join([part.encode(wrong).decode("latin-1") for part in line.split(LOST)])
    except UnicodeError:
        return None


@cached_last(CHARACTERS_HELD)
def _encoded(char: str, wrong: str) -> bytes:
    try:
        return char.encode(wrong)
    except UnicodeError:
        return b""


ASCII: dict[str, _Place] = {chr(byte): ((chr(byte),), 1) for byte in range(0x80)}


def _places(data: str, read: Callable[[int], _Place]) -> list[_Place] | None:
    """Choices and number of bytes of each character of `data`; None where more bytes than were lost are not part of any
    character.

    `read` gives them for the character at an index whose byte is lost or not ASCII; no choices if it is not part of a
    character.
    """
    found: list[_Place] = []
    left = data.count(LACK)
    at, end = 0, len(data)
    while at < end:
        place = ASCII.get(data[at]) or read(at)
        if not place[0]:
            left -= 1
            if left < 0:
                return None
            place = (LOST,), place[1]
        found.append(place)
        at += place[1]
    return found


def _utf8(data: str) -> list[_Place] | None:
    """Places of UTF-8."""
    known = Counter(KNOWN.findall(data))
    leads = tuple(sorted(known, key=lambda lead: (-known[lead], lead))[:6]) or LATIN

    def read(at: int) -> _Place:
        lead = data[at]
        if lead != LACK:
            return _sequence(data[at : at + (NEED.get(lead) or 1)])
        return _unled(leads, RUN.match(data, at).end() - at, data[at + 1 : at + 4])  # type: ignore[union-attr]

    return _places(data, read)


@cached_last(CHARACTERS_HELD)
def _sequence(data: str) -> _Place:
    """What a known first byte can be with as many following bytes as it needs."""
    need = NEED.get(data[0])
    if not need or len(data) < need or FOLLOWING.fullmatch(data, 1) is None:
        return (), 1
    rest = tuple([None if char == LACK else ord(char) for char in data[1:]])
    return Choices(fillings(data[0].encode("latin-1"), rest, 0, CONTINUATION)), need


@cached_last(CHARACTERS_HELD)
def _unled(leads: tuple[str, ...], run: int, following: str) -> _Place:
    """What a sequence can be whose first byte is lost: first those that fill its `run` of bytes up to ASCII or a known
    first byte.
    """
    choices: tuple[str, ...] = ()
    size = 1
    likely = sorted({*leads, MARKS}, key=lambda lead: (run % NEED[lead] > 0, leads.index(lead) if lead in leads else 9))
    for lead in likely:
        texts, need = _sequence(lead + following[: NEED[lead] - 1])
        if need > 1 and (not choices or need == size):
            choices, size = (*choices, *texts), need
    return Choices(choices), size


def _double(data: str, right: str) -> list[_Place] | None:
    """Places of a page of one and two bytes."""
    return _places(data, lambda at: _pairs(data[at : at + 2], right))


@cached_last(CHARACTERS_HELD)
def _pairs(pair: str, right: str) -> _Place:
    """The most frequent characters of `right` that two bytes, one of them perhaps lost, can be; no choices if they can be none."""
    first, second = pair[0], pair[1:] or "\0"
    texts = []
    for one in range(0x81, 0xFF) if first == LACK else (ord(first),):
        for other in range(0x40, 0xFF) if second == LACK else (ord(second),):
            try:
                text = bytes([one, other]).decode(right)
            except UnicodeDecodeError:
                continue
            if len(text) == 1 and text > "\x7f":
                texts.append(text)
    choices = frequent(texts)
    return Choices(choices), 2 if choices else 1


def _sizes(line: str, wrong: str) -> list[int]:
    """How many bytes each character of `line` stands for."""
    return [1 if char == LOST else len(_encoded(char, wrong)) for char in line]


def boundaries(sizes: Sequence[int], ends: Sequence[int]) -> list[tuple[int, int, int]]:
    """(code point of the line, slot, byte) where a character of so many bytes and a slot end together."""
    places = {0: 0}
    at = 0
    for number, size in enumerate(sizes, 1):
        at += size
        places[at] = number
    return [(places[end], number, end) for number, end in enumerate(ends, 1) if end in places]
