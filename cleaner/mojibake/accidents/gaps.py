"""A line read as UTF-8 in a page that loses bytes: which characters it can have held, place by place.

A first byte says how many bytes follow it, and what follows in the line is either one of them or the sign of a lost one.
So the places are fixed; only the characters at them are open.
"""

from __future__ import annotations

import re
from codecs import charmap_encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from cleaner.letting_go import cached, cached_last
from cleaner.models.encodings import charmap, page
from cleaner.mojibake.accidents.steps import LENGTHS, byte_classes, chars_beyond
from cleaner.mojibake.confidence import LOOKED_AT

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
REPLACEMENT, NBSP_BYTE, HYPHEN_BYTE = "\ufffd", 0xA0, 0xAD
OPEN = "\uffff"
"""Stands for an open place: a code point that no text has. A line that has it is not read."""
CONTROLS = bytes(range(0x80, 0xA0))
"""What ISO 8859-1 shows as controls, which many programs drop."""
WHOLE = re.compile(b"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A sequence that lost nothing."""
SEQUENCES = re.compile(b"((?:%b)+)|[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}" % WHOLE.pattern)
"""Sequences that lost nothing, side by side; or the first byte of one that did, and what follows it without a gap."""
NO_TEXT = re.compile("[\x80-\x9f\uffff]")
"""What no sequence stands for: controls, and OPEN."""
SEVERAL = 3
"""Whole sequences of a line from which on what it lost can be so clear that no other accident is compared (`lossy.fill_surely`)."""
UNLED = re.compile(
    b"[!->@-~][\x80-\x9f\xa1-\xbf]|[\xc2-\xdf][\x80-\xbf][\x80-\x9f\xa1-\xbf]|[\xe0-\xef][\x80-\xbf]{2}[\x80-\x9f\xa1-\xbf]"
)
"""A continuation byte that belongs to no sequence, whatever was lost: behind ASCII other than a space or `?`, which can stand for a
lost first byte, or behind a sequence that is complete. A no-break space can stand for itself.
"""
STRAY = re.compile("[^\x00-\x7f\xa0]")
LINES_HELD, HELD, CHOICES_HELD = 4, 2_048, 8_192
"""Lines whose pages are kept, sequences of each loss whose choices are, and choices that are kept for all losses together."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Which bytes are gone, and what stands in the place of each (`sign`, empty where nothing does)."""

    wrong: str
    sign: str
    lost: bytes


class Choices(tuple[str, ...]):
    """Texts that a sequence can stand for. Their hash is made once: a tuple's is made each time, and looks at each of them."""

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            self._hash: int = super().__hash__()
            return self._hash


class Slot(NamedTuple):
    """One sequence, or a run of some that lost nothing: code points `start` to `end` of the line, and the texts that they can stand
    for.
    """

    start: int
    end: int
    choices: tuple[str, ...]
    literal: str = ""
    """What stands there, where bytes were lost: one of the choices, because it can be right as it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A line under one loss.

    `text` has one code point for each place: what stands there for sure, or OPEN. `slots` are the sequences that can be more than
    one text, and `places` where they are in `text`; `sure` are the runs of others. `whole`: sequences that lost nothing; `gaps`:
    sequences that did; `stray`: code points beyond ASCII that belong to neither.
    """

    loss: Loss
    text: str
    slots: tuple[Slot, ...]
    places: tuple[int, ...]
    whole: int
    gaps: int
    stray: int
    sure: tuple[Slot, ...] = ()


@cached
def losses(wrong: str) -> tuple[Loss, ...]:
    """The ways in which page `wrong` is known to lose bytes."""
    undefined = bytes(byte for byte in range(0x80, 0xC0) if _undefined(wrong, byte))
    found = [Loss(wrong, sign, undefined) for sign in (REPLACEMENT, "?", "", " ")] if undefined else []
    if wrong == "iso8859-1":
        found.append(Loss(wrong, "", CONTROLS))
    if NBSP_BYTE not in undefined:
        found += [Loss(wrong, sign, bytes([NBSP_BYTE])) for sign in (" ", "")]
        if undefined:
            found.append(Loss(wrong, "", bytes([*undefined, NBSP_BYTE])))
        if _shows(wrong, HYPHEN_BYTE, "\xad"):  # what can't be seen is taken out of texts: soft hyphens, too
            found += [Loss(wrong, "", bytes([NBSP_BYTE, HYPHEN_BYTE]))] if undefined else []
            found.append(Loss(wrong, "", bytes([*undefined, NBSP_BYTE, HYPHEN_BYTE])))
    return tuple(found)


def _shows(wrong: str, byte: int, char: str) -> bool:
    return (page(wrong) or ())[byte : byte + 1] in ((char,), [char], char)


def _undefined(wrong: str, byte: int) -> bool:
    try:
        shown = bytes([byte]).decode(wrong)
    except UnicodeDecodeError:
        return True
    # ISO pages have controls there, which programs drop; latin-1 is read as cp1252 or keeps them.
    return wrong == "iso8859-11" and byte <= 0xA0 and ord(shown) == byte


@cached
def shown(loss: Loss) -> frozenset[str]:
    """What the page of `loss` shows for its lost bytes, as browsers read it: a line that has these has not lost them."""
    meanings = page(loss.wrong) or ()
    return frozenset("".join(meanings[byte] for byte in loss.lost if meanings))


@cached
def _bytes_of(wrong: str) -> dict[str, int]:
    return {char: byte for byte, char in enumerate(page(wrong) or ()) if char and byte >= 0x80}


@cached
def gap_in(wrong: str) -> re.Pattern[str] | None:
    """Matches the first byte of a sequence, as page `wrong` shows it, that too few bytes follow; None for a multi-byte page."""
    two, three, four, more = byte_classes(wrong)
    parts = [f"(?<=[{two}])(?![{more}])"] if two else []
    parts += [f"(?<=[{three}])(?![{more}]{{2}})"] if three else []
    parts += [f"(?<=[{four}])(?![{more}]{{3}})"] if four else []
    # Searched for by one class of all first bytes, as in `steps.sequences`.
    return re.compile(f"[{two}{three}{four}](?:{'|'.join(parts)})") if parts and more else None


class Outline(NamedTuple):
    """What a line holds under one loss, without a slot for each of its other code points: cheap to make and to compare.

    `sure`: the runs of sequences that lost nothing, one object for all losses of a page; `torn`: those that did; `whole`, `gaps`:
    how many there are of both.
    """

    loss: Loss
    sure: tuple[Slot, ...]
    torn: tuple[Slot, ...]
    stray: int
    whole: int

    @property
    def gaps(self) -> int:
        return len(self.torn)


@cached
def firsts(wrong: str) -> dict[str, int]:
    """The characters that page `wrong` shows of the first bytes of sequences, and how many bytes follow each."""
    return {char: LENGTHS[byte] - 1 for char, byte in _bytes_of(wrong).items() if LENGTHS[byte]}


def _written(line: str, wrong: str) -> bytes:
    """`line` as page `wrong` writes it, `?` for what it lacks."""
    data: bytes = charmap_encode(line, "replace", charmap(wrong))[0]
    return data


def _begun(data: bytes) -> tuple[list[Slot], list[tuple[int, int]]]:
    """The runs of sequences in `data` that lost nothing; and first bytes of others, each with what follows it without a gap."""
    runs: list[Slot] = []
    torn: list[tuple[int, int]] = []
    for match in SEQUENCES.finditer(data):
        start, end = match.span()
        if match.lastindex is None:
            torn.append((start, end))
        elif text := _meant(match[0]):
            runs.append(Slot(start, end, (text,)))
        else:
            parts = (part.span() for part in WHOLE.finditer(data, start, end))
            runs += [Slot(first, last, (text,)) for first, last in parts if (text := _meant(data[first:last]))]
    return runs, torn


def _meant(data: bytes) -> str:
    """What sequences that lost nothing stand for; nothing where one is none of UTF-8."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ""
    return "" if NO_TEXT.search(text) else text


def _torn(line: str, data: bytes, begun: list[tuple[int, int]], sign: str) -> list[tuple[int, int]]:
    """Those of `begun` sequences of which bytes are lost, with the signs of lost bytes that belong to them.

    With a `sign` all of them have to be there; without one any of them can be missing.
    """
    if not sign:
        return begun
    found = []
    for start, end in begun:
        full = start + LENGTHS[data[start]]
        at = end
        if line[at : at + 1] == sign and full <= len(line):
            while at < full and (line[at] == sign or 0x80 <= data[at] < 0xC0):
                at += 1
            if at == full:
                found.append((start, at))
    return found


@cached
def _signs(wrong: str) -> frozenset[str]:
    """The characters beyond ASCII of which sequences of UTF-8 in page `wrong` can be made, and the signs of lost bytes."""
    meanings = page(wrong) or ()
    return frozenset([REPLACEMENT, "\xa0", *(char for char in meanings[0x80:0xF5])])


@cached_last(LINES_HELD)
def pages_of(line: str) -> tuple[tuple[str, ...], bool]:
    """Those of PAGES of whose sequences all characters of `line` beyond ASCII are; and whether one shows SEVERAL sequences and may
    leave nothing unexplained.
    """
    held = chars_beyond(line)
    found = tuple([wrong for wrong in PAGES if held <= _signs(wrong)])
    written = (_written(line, wrong) for wrong in found)
    return found, any(UNLED.search(data) is None and len(WHOLE.findall(data)) >= SEVERAL for data in written)


def outline(line: str, loss: Loss) -> Outline:
    """The sequences of `line`, as `loss` reads it."""
    return next(outlines(line, [loss]))


def outlines(line: str, asked: Iterable[Loss]) -> Iterator[Outline]:
    """The sequences of `line`, as each of these losses of one page reads it."""
    stray = len(STRAY.findall(line))
    sure: tuple[Slot, ...] | None = None
    data, begun, whole = b"", list[tuple[int, int]](), 0
    found: dict[str, list[tuple[int, int]]] = {}
    for loss in asked:
        if sure is None:
            data = _written(line, loss.wrong)
            runs, begun = _begun(data)
            sure = tuple(runs)
            whole = sum([len(run.choices[0]) for run in runs])
            stray -= sum([end - start for start, end, _, _ in sure])
            if "\xa0" in line:
                stray += sum([line.count("\xa0", start, end) for start, end, _, _ in sure])
        if loss.sign not in found:
            found[loss.sign] = _torn(line, data, begun, loss.sign)
        choices_of = _chooser(loss)
        spaced = loss.sign == " " and "  " not in line
        respaced = not loss.sign and len(loss.lost) > 1 and NBSP_BYTE in loss.lost
        torn, left = [], stray
        for start, known in found[loss.sign]:
            # Of `¦ã\x81\xa0` the control is dropped, and a plain space is left.
            inside = start and data[start] >= 0xE0 and data[start - 1] >= 0x80
            end = known + bool(respaced and inside and line[known : known + 1] == " ")
            text = line[start:end]
            choices, size = choices_of(text, spaced)
            if choices:
                torn.append(Slot(start, end, choices, text))
                left -= size
        yield Outline(loss, sure, tuple(torn), left, whole)


@cached
def _chooser(loss: Loss) -> Callable[[str, bool], tuple[tuple[str, ...], int]]:
    """What tells what a sequence can stand for, and its STRAY characters.

    It is asked with what the page shows of the sequence, and whether a space can stand behind a lost byte.
    """
    held = _bytes_of(loss.wrong)

    @cached_last(HELD)
    def choices_of(shown: str, spaced: bool) -> tuple[tuple[str, ...], int]:
        lead = held[shown[0]]
        if not loss.sign and shown[-1] == " ":
            bare, size = choices_of(shown[:-1], spaced)
            known = (*[held[char] for char in shown[1:-1]], NBSP_BYTE)
            whole = fillings(bytes([lead]), known, LENGTHS[lead] - 1 - len(known), loss.lost)
            return _one((*whole, *[choice + " " for choice in bare])), size
        rest = tuple(byte if 0x80 <= (byte := held.get(char, 0)) < 0xC0 else None for char in shown[1:])
        missing = LENGTHS[lead] - 1 - len(rest)
        gap = missing > 0 or None in rest
        choices = fillings(bytes([lead]), rest, missing, loss.lost)
        if gap and choices:
            with_space = tuple(choice + " " for choice in choices) if spaced else ()
            choices = tuple(dict.fromkeys((*choices, shown, *with_space)))
        return _one(choices), len(STRAY.findall(shown))

    return choices_of


@cached_last(CHOICES_HELD)
def _one(choices: tuple[str, ...]) -> tuple[str, ...]:
    """`choices`, the same object for equal ones while they are kept."""
    return Choices(choices)


def read(line: str, loss: Loss) -> Reading:
    """`line` as `loss` reads it."""
    return in_full(line, outline(line, loss))


def in_full(line: str, held: Outline) -> Reading:
    """`held` with the text of `line` around its sequences."""
    parts: list[str] = []
    places: list[int] = []
    at = shorter = 0
    for start, end, choices, literal in sorted((*held.sure, *held.torn)):
        made = OPEN if literal else choices[0]
        parts += line[at:start], made
        if literal:
            places.append(start - shorter)
        shorter += end - start - len(made)
        at = end
    text = "".join([*parts, line[at:]])
    return Reading(held.loss, text, held.torn, tuple(places), held.whole, held.gaps, held.stray, held.sure)


@cached_last(CHOICES_HELD)
def fillings(lead: bytes, rest: tuple[int | None, ...], missing: int, lost: bytes) -> tuple[str, ...]:
    """All characters that `lead` with `rest`, and `missing` bytes more, can be; at most LOOKED_AT, the most frequent."""
    found: dict[str, None] = {}
    need = len(rest) + missing
    for places in combinations(range(need), missing):
        left = iter(rest)
        wanted = [None if place in places else next(left) for place in range(need)]
        slots = [lost if byte is None else bytes([byte]) for byte in wanted]
        # All at once: what is no UTF-8 becomes as many characters as it has bytes.
        texts = b"\n".join(map(bytes, product(lead, *slots))).decode("utf-8", "surrogateescape").split("\n")
        found.update(dict.fromkeys([text for text in texts if len(text) == 1]))
    return frequent([text for text in found if not "\x80" <= text < "\xa0" and text != OPEN])


def frequent(texts: list[str]) -> tuple[str, ...]:
    """`texts`, or the LOOKED_AT most frequent of them."""
    from cleaner.models.characters import load

    if len(texts) <= LOOKED_AT:
        return tuple(texts)
    scores = load().log_likelihoods(texts).tolist()
    return tuple(texts[place] for place in sorted(range(len(texts)), key=lambda n: (-scores[n], texts[n]))[:LOOKED_AT])
