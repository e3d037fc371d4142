"""A line of UTF-8 that was read in a page that loses bytes: which characters it can have held, place by place.

A first byte says how many bytes follow it, and each of them is in the line or was lost, perhaps with a sign in its
place. So the places are fixed; only the characters at them are open.
"""

from __future__ import annotations

import re
from codecs import charmap_encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from cleaner.memory import cached, cached_last
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
"""Pages in which bytes are known to get lost; others have a character for all 256."""
REPLACEMENT, NBSP_BYTE, HYPHEN_BYTE = "\ufffd", 0xA0, 0xAD
"""The sign for a lost byte; the last bytes of a no-break space and of a soft hyphen in UTF-8."""
OPEN = "\uffff"
"""Stands for an open place: a noncharacter. A line that holds it is not read."""
CONTROLS = bytes(range(0x80, 0xA0))
"""Bytes that are controls in ISO 8859-1, which many programs drop."""
WHOLE = re.compile(b"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A sequence that lost nothing."""
SEQUENCES = re.compile(b"((?:%b)+)|[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}" % WHOLE.pattern)
"""A run of complete sequences; or the first byte of an incomplete one, and the bytes of it that follow without a gap."""
ALIKE = (0xC2, 0xC6), (0xC6, 0xCE), (0xCE, 0xD0), (0xD0, 0xD4), (0xD6, 0xD8), (0xD8, 0xDC), (0xE3, 0xEA), (0xEA, 0xEE)
"""First bytes of letters of one script, or of signs that stand beside them."""
ANYWHERE = {0xC2, 0xE2}
"""Those of Western letters and of quotation marks and dashes, which any text can have."""
NO_TEXT = re.compile("[\x80-\x9f\uffff]")
"""Characters that no sequence is taken for: controls, and OPEN."""
SEVERAL = 3
"""Complete sequences of a line from which its losses can be so clear that no other accident is compared (`lossy.fill_surely`)."""
UNLED = re.compile(
    b"[!->@-~][\x80-\x9f\xa1-\xbf]|[\xc2-\xdf][\x80-\xbf][\x80-\x9f\xa1-\xbf]|[\xe0-\xef][\x80-\xbf]{2}[\x80-\x9f\xa1-\xbf]"
)
"""A continuation byte that belongs to no sequence, whatever was lost: after ASCII other than a space or `?`, which can
stand for a lost first byte, or after a complete sequence. A no-break space can stand for itself."""
STRAY = re.compile("[^\x00-\x7f\xa0]")
LINES_HELD, HELD, CHOICES_HELD = 4, 2_048, 8_192
"""Sizes of caches: lines with their pages, sequences of each loss with their choices, choices of all losses together."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One way in which the page `wrong` loses bytes: which are `lost`, and the `sign` in the place of each, "" for
    nothing.
    """

    wrong: str
    sign: str
    lost: bytes


class Choices(tuple[str, ...]):
    """Texts that a sequence can stand for. The hash is computed once: a tuple computes it each time from all its members."""

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            self._hash: int = super().__hash__()
            return self._hash


class Slot(NamedTuple):
    """One sequence, or a run of complete ones: code points `start` to `end` of the line, and the texts that these can stand for."""

    start: int
    end: int
    choices: tuple[str, ...]
    literal: str = ""
    """Where bytes were lost: what stands in the line, which is one of the choices, because it can be right as it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A line under one loss.

    `text` has one code point for each place: the only possible one, or OPEN. `slots` are the sequences with several
    possible texts, and `places` where they are in `text`; `sure` are the runs of other sequences. `whole`: number of
    complete sequences; `gaps`: of those that lost bytes; `stray`: of code points beyond ASCII that belong to neither.
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
        if page(wrong)[HYPHEN_BYTE] == "\xad":  # what can't be seen is taken out of texts: soft hyphens, too
            found += [Loss(wrong, "", bytes([NBSP_BYTE, HYPHEN_BYTE]))] if undefined else []
            found.append(Loss(wrong, "", bytes([*undefined, NBSP_BYTE, HYPHEN_BYTE])))
    return tuple(found)


def _undefined(wrong: str, byte: int) -> bool:
    try:
        shown = bytes([byte]).decode(wrong)
    except UnicodeDecodeError:
        return True
    # ISO pages have controls there, which programs drop; latin-1 is read as cp1252 or keeps them.
    return wrong == "iso8859-11" and byte <= 0xA0 and ord(shown) == byte


@cached
def shown(loss: Loss) -> frozenset[str]:
    """The characters that the page of `loss`, as browsers read it, has for its lost bytes: a line that has one did not lose it."""
    return frozenset("".join(page(loss.wrong)[byte] for byte in loss.lost))


@cached
def _bytes_of(wrong: str) -> dict[str, int]:
    return {char: byte for byte, char in enumerate(page(wrong)) if char and byte >= 0x80}


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
    """The sequences of a line under one loss, without the text between them: cheap to make and to compare.

    `sure`: the runs of complete sequences, one object for all losses of a page; `torn`: the sequences that lost bytes;
    `whole`, `gaps`: how many there are of both; `stray`: as in `Reading`.
    """

    loss: Loss
    sure: tuple[Slot, ...]
    torn: tuple[Slot, ...]
    stray: int
    whole: int

    @property
    def gaps(self) -> int:
        """How many sequences lost bytes."""
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
    """The runs of complete sequences in `data`; and the first bytes of others, each with what follows it without a gap."""
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
    """The text of complete sequences; "" where one is not valid UTF-8."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ""
    return "" if NO_TEXT.search(text) else text


def _torn(line: str, data: bytes, begun: list[tuple[int, int]], sign: str) -> list[tuple[int, int]]:
    """Those of `begun` sequences of which bytes are lost, with the signs of lost bytes that belong to them.

    With a `sign` all of them have to be there; without one any of them can be missing, but a first byte by itself can be a right
    letter (`Øyvind` beside `sprÃ¥k`), where no whole sequence is of its script.
    """
    if not sign.strip():
        kinds = {_kind(match[0][0]) for match in WHOLE.finditer(data)}
        begun = [one for one in begun if one[1] > one[0] + 1 or not kinds or _kind(data[one[0]]) in kinds | ANYWHERE]
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


@cached_last(256)
def _kind(lead: int) -> int:
    """The script of what `lead` begins, as the number of one of its first bytes."""
    return next((first for first, end in ALIKE if first <= lead < end), lead)


@cached
def _signs(wrong: str) -> frozenset[str]:
    """The characters beyond ASCII that page `wrong` has for bytes of UTF-8, and the signs of lost bytes."""
    return frozenset([REPLACEMENT, "\xa0", *page(wrong)[0x80:0xF5]])


@cached_last(LINES_HELD)
def pages_of(line: str) -> tuple[tuple[str, ...], bool]:
    """Those of PAGES that have all characters of `line` beyond ASCII; and whether one shows SEVERAL sequences and may
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
    """A function from what the page shows of a sequence, and whether a space can follow a lost byte, to the texts that
    the sequence can stand for and the number of its STRAY characters.
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
    """`choices`, interned: the same object for equal ones, as long as the cache holds it."""
    return Choices(choices)


def reading_of(line: str, loss: Loss) -> Reading:
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
    """All characters that `lead`, `rest` and `missing` more bytes can be; at most LOOKED_AT, the most frequent."""
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
