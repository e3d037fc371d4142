"""Single steps back: encode in the wrong page, decode in the right encoding.

A step changes what it can and leaves the rest of a line alone: UTF-8 read as a page is undone sequence by sequence,
other mix-ups word by word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from cleaner.memory import cached
from cleaner.models.encodings import MULTI_BYTE, SINGLE_BYTE, decode_sloppy, encode_sloppy, page, prior

BEYOND = re.compile("[^\x00-\x7f]")
CAPITALS = "".join(char for char in map(chr, range(0xC0, 0x250)) if char.isupper())
"""Latin capitals beyond ASCII, as members of a character class."""
SPACES = re.compile(r"([ \t\r\n]+)")
"""White space between words."""
ASCII = frozenset(map(chr, range(128)))
LENGTHS = bytes([*[1] * 0x80, *[0] * 0x42, *[2] * 0x1E, *[3] * 0x10, *[4] * 5, *[0] * 11])
"""Length of the UTF-8 sequence that each byte begins; 0 for a byte that begins none."""
UTF8_COST = 4.0
"""Nats of a step back to UTF-8, whose sequences seldom arise by chance."""
PAIR_COST = 9.0
"""Nats of any other step: one word of evidence is not enough for it."""
CJK = ("gb18030", "big5", "cp932", "cp949", "euc_jp", "big5hkscs")
TWICE = 4
"""Most characters of a text with two spellings in cp932 for which both are tried: 16 ways. With none, 2 of 5,163 texts
are no longer right, with 6 as many are (constants varied: benchmarks/results/mojibake.md)."""
CHINESE, EURO = "gb18030", b"\x80"
RIGHT_CJK = ("cp932", "gb18030", "big5", "cp949", "euc_jp")
UNREAD = "・"
"""What Windows shows in cp932 for two bytes that it can't read (`unreadable`): seldom its own bytes, 81 45."""
WITH_CONTROLS = {"iso8859-9": 5.0}
"""Pages that programs read literally, with controls at 80 to 9F, and not as their superset of Windows -> cost in nats.
Without this page 4 of 5,163 texts are no longer right.
"""
UNLIKELY = 20.0
"""Pages with a prior from here on (EBCDIC) don't cause accidents on the web."""


@dataclass(frozen=True, slots=True)
class Step:
    """One mix-up: text in the encoding `right` was read in the page `wrong`; `cost` in nats."""

    wrong: str
    right: str
    cost: float

    @property
    def single(self) -> bool:
        """Whether the wrong page is a single-byte one."""
        return self.wrong not in CJK

    @property
    def chain(self) -> tuple[str, ...]:
        """The step back in words, as edits have it."""
        return (f"encode {self.wrong}", f"decode {self.right}")

    def undo(self, text: str) -> str:
        """`text` with this accident undone wherever it can be."""
        if self.right == "utf-8":
            return undo_utf8(text, self.wrong)
        whole = _turn(text, self.wrong, self.right)
        if whole is not None:
            return whole
        return _by_word(text, self.wrong, self.right)

    def replay(self, text: str) -> str | None:
        """The accident itself: `text` written in the right encoding and read in the wrong page; None where it can't be."""
        try:
            data = text.encode(self.right)
        except UnicodeError:
            data = encode_sloppy(text, self.right) or b""
        if not data:
            return None if text else ""
        if self.wrong in CJK:
            return shown_in(data, self.wrong)
        return decode_sloppy(data, self.wrong)


@dataclass(frozen=True, slots=True)
class Explained:
    """A line with its accidents undone."""

    text: str
    steps: tuple[Step, ...]
    gain: float
    """Nats by which the text is likelier than the line, less the costs of the steps."""
    runner_up: str | None = None
    """The text of the next best chain, where it differs."""
    others: tuple[Step, ...] = ()
    """Last steps of the next best chains, and of those that do the same to the sampled words."""
    whole: bool = False
    """Whether all of the line is UTF-8 read as a page, so that no byte is missing."""
    respaced: bool = False
    """Whether no-break spaces became spaces or were lost, so that the accident can't be replayed."""
    sure: bool = False
    """Whether the text is so good that no other accident need be compared."""


@cached
def utf8_steps() -> tuple[Step, ...]:
    """UTF-8 read as each page, the most common accident first."""
    pages = [codec for codec, cost in SINGLE_BYTE.items() if cost < UNLIKELY]
    steps = [Step(codec, "utf-8", UTF8_COST + 0.5 * prior(codec)) for codec in pages]
    steps += [Step(codec, "utf-8", UTF8_COST + 0.5 * cost) for codec, cost in WITH_CONTROLS.items()]
    steps += [Step(codec, "utf-8", UTF8_COST + 2.0) for codec in CJK[:5]]
    return tuple(sorted(steps, key=lambda step: (step.cost, step.wrong)))


@cached
def other_steps() -> tuple[Step, ...]:
    """Every other pair of a wrong page and a right encoding, single-byte and CJK."""
    pages = [codec for codec, cost in SINGLE_BYTE.items() if cost < 9.5]
    steps = []
    for wrong in (*pages, *WITH_CONTROLS, *CJK):
        for right in (*pages, *RIGHT_CJK):
            if wrong != right:
                cost = PAIR_COST + 0.5 * (
                    SINGLE_BYTE.get(wrong, WITH_CONTROLS.get(wrong, 2.0)) + min(8.0, prior(right))
                )
                steps.append(Step(wrong, right, cost + (2.0 if wrong in CJK or right in MULTI_BYTE else 0.0)))
    return tuple(steps)


@cached
def byte_classes(codec: str) -> tuple[str, str, str, str]:
    """What the single-byte page `codec` shows of the first bytes of sequences of two, three and four bytes, and of
    continuation bytes: members of a character class, "" where it shows none.
    """
    meanings = page(codec)
    ranges = (0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5), (0x80, 0xC0)
    two, three, four, more = ("".join(map(re.escape, filter(None, meanings[first:end]))) for first, end in ranges)
    return two, three, four, more


@cached
def sequences(codec: str) -> re.Pattern[str] | None:
    """Matches UTF-8 sequences as they look in single-byte `codec`; None where the page can't show them."""
    two, three, four, more = byte_classes(codec)
    if not (two and three and more):
        return None
    # One class of all first bytes comes first: a search passes over other text many times faster than with a choice of three.
    last = f"[{more}](?:(?<=[{three}]..)|[{more}])" if four else f"[{more}]"
    return re.compile(f"[{two}{three}{four}][{more}](?:(?<=[{two}].)|{last})", re.DOTALL)


def beyond_ascii(text: str) -> int:
    """How many characters of `text` are beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def chars_beyond(text: str) -> set[str]:
    """The characters of `text` that are beyond ASCII."""
    return set(text) - ASCII


def undo_utf8(text: str, wrong: str) -> str:
    """`text` with the sequences of UTF-8 undone that were read as `wrong`."""
    if wrong in CJK:
        whole = _turn(text, wrong, "utf-8")
        return whole if whole is not None else _by_word(text, wrong, "utf-8")
    pattern = sequences(wrong)
    if pattern is None:
        return text

    def decoded(match: re.Match[str]) -> str:
        data = encode_sloppy(match[0], wrong)
        try:
            return data.decode("utf-8") if data else match[0]
        except UnicodeDecodeError:
            return match[0]

    return pattern.sub(decoded, text)


def undone(text: str, steps: Sequence[Step]) -> str:
    """`text` with the accidents of `steps` undone, one after the other."""
    for step in steps:
        text = step.undo(text)
    return text


def replays(before: str, after: str, steps: tuple[Step, ...]) -> bool:
    """Whether the accident, replayed on `after`, gives `before`: what makes a repair provable."""
    text: str | None = after
    for step in reversed(steps):
        text = step.replay(text) if text is not None else None
    return text == before


def encoded(text: str, wrong: str) -> bytes | None:
    """`text` as bytes of the page that it was wrongly read in; None where a character is not in it."""
    if wrong not in CJK:
        return encode_sloppy(text, wrong)
    try:
        return text.encode(wrong)
    except UnicodeError:
        return None


def shown_in(data: bytes, wrong: str) -> str | None:
    """What the Chinese, Japanese or Korean page `wrong` shows of `data`; None where it can't read all of it."""
    parts: list[str] = []
    while True:
        try:
            return "".join([*parts, data.decode(wrong)])
        except UnicodeDecodeError as error:
            if wrong != CHINESE or data[error.start : error.start + 1] != EURO:
                return None
            parts += data[: error.start].decode(wrong), "€"
            data = data[error.start + 1 :]


def ways_written(text: str, wrong: str) -> list[bytes]:
    """The bytes that `text` can have been where it was read in the Chinese, Japanese or Korean page `wrong`; none where a character
    is not in it.
    """
    if wrong == "cp932":
        return twice_in_cp932(text)
    data = encoded(text, wrong)
    if data is None:
        return []
    if wrong != CHINESE or "€" not in text:
        return [data]
    # Windows and browsers read 80 there as the euro sign, which stands elsewhere, too.
    return [data, EURO.join([part.encode(wrong) for part in text.split("€")])]


def twice_in_cp932(text: str) -> list[bytes]:
    """The ways in which cp932 writes `text`, as Python does first; more than one where it has a character twice.

    Some 370 characters of cp932 stand in rows that NEC selected (ED, EE), as Python writes them, and in those of IBM (FA to FC).
    Of the bytes of another encoding either can have been read as such a character.
    """
    try:
        parts = [char.encode("cp932") for char in text]
    except UnicodeError:
        return []
    places = [place for place, data in enumerate(parts) if data in _ibm_rows()][:TWICE]
    ways = []
    for chosen in product((False, True), repeat=len(places)):
        row = parts.copy()
        for place, other in zip(places, chosen, strict=True):
            row[place] = _ibm_rows()[parts[place]] if other else parts[place]
        ways.append(b"".join(row))
    return ways


@cached
def _ibm_rows() -> dict[bytes, bytes]:
    """Bytes that Python writes -> the other ones that mean the same."""
    found: dict[bytes, bytes] = {}
    for first in (0xFA, 0xFB, 0xFC):
        for second in range(0x40, 0xFD):
            data = bytes([first, second])
            try:
                found[data.decode("cp932").encode("cp932")] = data
            except UnicodeError:
                continue
    return found


def _turn(text: str, wrong: str, right: str) -> str | None:
    """All of `text` encoded in `wrong` and decoded in `right`; None where that fails."""
    if wrong == "cp932" and right == "utf-8" and UNREAD in text:
        return None
    data: bytes | None
    data, *others = (ways_written(text, wrong) if wrong in CJK else [encoded(text, wrong)]) or [None]
    if data is None:
        return None
    if others:
        return likeliest([data, *others], right)
    try:
        return data.decode(right)
    except UnicodeError:
        return None


def likeliest(ways: list[bytes], right: str) -> str | None:
    """The likeliest text that one of `ways` is in `right`, or None where none is one."""
    from cleaner.models.characters import load

    texts = []
    for data in ways:
        try:
            texts.append(data.decode(right))
        except UnicodeError:
            continue
    scores = load().log_likelihoods(texts).tolist()
    return max(zip(scores, texts, strict=True))[1] if texts else None


def _by_word(text: str, wrong: str, right: str) -> str:
    """`text` with the words beyond ASCII turned for which that does not fail."""
    parts = []
    for word in SPACES.split(text):
        turned = None if word.isascii() else _turn(word, wrong, right)
        parts.append(word if turned is None else turned)
    return "".join(parts)
