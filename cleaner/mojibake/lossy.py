"""UTF-8 read as a single-byte page, some of whose bytes are gone: dropped, or shown as `?`, U+FFFD or a space.

Only bytes that the page can lose are filled in, and only in lines that hold whole sequences of the same accident. Each
gap is filled with what the character model likes best between its neighbours; the others stay as alternatives.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from cleaner.document import Candidate
from cleaner.models.encodings import encode_sloppy, page
from cleaner.mojibake.steps import Step, sequences, utf8_steps

__all__ = ["Filled", "Piece", "fill"]

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
SIGNS = "?\ufffd "
FILL_COST = 1.5
"""Nats that each filled gap costs on top of the accident."""
MOST = 48
"""Fillings tried for one gap."""
BESIDE = 3
"""Code points on each side that a filling is judged with: what a trigram can see."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the line and what it becomes; `alternatives` only where a gap was filled."""

    start: int
    end: int
    text: str
    filled: bool
    alternatives: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A line with its gaps filled."""

    text: str
    step: Step
    pieces: tuple[Piece, ...]
    gain: float


def fill(line: str, likely: tuple[str, ...] = ()) -> Filled | None:
    """The best filling of `line` over the pages that lose bytes (`likely` first), or None where none is better."""
    from cleaner.mojibake.search import MARGIN, likelihoods

    best: Filled | None = None
    own = likelihoods([line])[0]
    costs = {step.wrong: step for step in utf8_steps()}
    for wrong in dict.fromkeys((*likely, *PAGES)):
        step = costs.get(wrong)
        pattern, whole = _partial(wrong), sequences(wrong)
        if step is None or pattern is None or whole is None or not whole.search(line):
            continue
        pieces = _filled(line, wrong, pattern)
        gaps = sum(piece.filled for piece in pieces)
        if not gaps:
            continue
        text = _joined(line, pieces)
        gain = likelihoods([text])[0] - own - step.cost - FILL_COST * gaps
        if gain > MARGIN and (best is None or gain > best.gain):
            best = Filled(
                text, step, tuple(piece for piece in pieces if line[piece.start : piece.end] != piece.text), gain
            )
    return best


def _joined(line: str, pieces: list[Piece]) -> str:
    parts, done = [], 0
    for piece in pieces:
        parts += [line[done : piece.start], piece.text]
        done = piece.end
    return "".join([*parts, line[done:]])


@cache
def _partial(wrong: str) -> re.Pattern[str] | None:
    """Matches UTF-8 sequences in page `wrong`, whole or with bytes missing."""
    meanings = page(wrong)
    if meanings is None:
        return None

    def characters(first: int, last: int) -> str:
        return "".join(re.escape(meanings[byte]) for byte in range(first, last + 1) if meanings[byte])

    two, three, more = (characters(*r) for r in ((0xC2, 0xDF), (0xE0, 0xEF), (0x80, 0xBF)))
    if not (two and three and more):
        return None
    one = f"[{more}]|[?\ufffd]| "
    return re.compile(f"[{two}](?:{one})?|[{three}](?:{one})?(?:{one})?")


@cache
def _lost(wrong: str) -> bytes:
    """Continuation bytes that page `wrong` has no character for, and the no-break space."""
    lost = []
    for byte in range(0x80, 0xC0):
        try:
            shown = bytes([byte]).decode(wrong)
        except UnicodeDecodeError:
            shown = ""
        if not shown or (byte < 0xA0 and ord(shown) == byte):
            lost.append(byte)
    return bytes([*lost, 0xA0])


def _filled(line: str, wrong: str, pattern: re.Pattern[str]) -> list[Piece]:
    """Every sequence of `line`, decoded; those with gaps filled from left to right."""
    found = []
    for match in pattern.finditer(line):
        ways = list(_ways(match[0], wrong))
        if ways:
            found.append((match.start(), match.end(), ways))
    pieces: list[Piece] = []
    for number, (start, _, ways) in enumerate(found):
        if len(ways) == 1 and not ways[0][2]:
            pieces.append(Piece(start, start + ways[0][1], ways[0][0], filled=False))
            continue
        pieces.append(_chosen(line, start, ways, pieces, found[number + 1 :]))
    return pieces


Way = tuple[str, int, bool]
"""A text, how many code points of the line it stands for, and whether something was filled in."""


def _ways(shown: str, wrong: str) -> Iterator[Way]:
    """All that the sequence `shown` can stand for."""
    lead = encode_sloppy(shown[0], wrong)
    if not lead:
        return
    need = 1 if lead[0] < 0xE0 else 2
    rest = shown[1:]
    data = encode_sloppy(rest, wrong) if not any(sign in SIGNS for sign in rest) else None
    if len(rest) == need and data is not None:
        text = _decoded(lead + data)
        if text:
            yield text, len(shown), False
            return
    lost = _lost(wrong)
    count = 0
    for used in range(len(rest), -1, -1):
        kept = rest[:used]
        slots = [_slot(sign, wrong, lost) for sign in kept]
        if not all(slots) or need - used < 0:
            continue
        for missing_at in [()] if used == need else _gaps(need, used):
            choices = list(slots)
            for at in missing_at:
                choices.insert(at, lost)
            for combination in product(*choices):
                text = _decoded(lead + bytes(combination))
                if text:
                    count += 1
                    yield text, 1 + used, True
                if count >= MOST:
                    return


def _gaps(need: int, used: int) -> list[tuple[int, ...]]:
    """Where among `need` continuation bytes the missing ones can stand, `used` being there."""
    if used == 0:
        return [tuple(range(need))]
    return [(0,), (1,)] if need == 2 else [(0,)]


def _slot(sign: str, wrong: str, lost: bytes) -> bytes:
    if sign == " ":
        return b"\xa0"
    if sign in "?\ufffd":
        return lost
    return encode_sloppy(sign, wrong) or b""


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if 0x80 <= ord(text) < 0xA0 else text


def _chosen(
    line: str, start: int, ways: list[Way], before: list[Piece], after: list[tuple[int, int, list[Way]]]
) -> Piece:
    """The most likely of `ways` between its neighbours."""
    from cleaner.mojibake.search import likelihoods

    done = before[-1].end if before else 0
    left = ((before[-1].text if before else "") + line[done:start])[-BESIDE:]
    tails = []
    for _, length, _ in ways:
        end = start + length
        tail, number = "", 0
        while len(tail) < BESIDE and end < len(line):
            while number < len(after) and after[number][0] < end:
                number += 1
            if number < len(after) and after[number][0] == end:
                tail += after[number][2][0][0]
                end += after[number][2][0][1]
            else:
                tail += line[end]
                end += 1
        tails.append(tail)
    scores = likelihoods([left + way[0] + tail for way, tail in zip(ways, tails, strict=True)])
    # A way that takes one code point more leaves one less to be explained: count the whole stretch.
    order = sorted(range(len(ways)), key=lambda i: (-scores[i], ways[i]))
    top = order[0]
    weights = [math.exp(max(-30.0, scores[i] - scores[top])) for i in order[:6]]
    total = sum(weights)
    others = tuple(
        Candidate(ways[i][0], round(weight / total, 3))
        for i, weight in zip(order[1:6], weights[1:], strict=False)
        if ways[i][0] != ways[top][0]
    )
    text, length, filled = ways[top]
    return Piece(start, start + length, text, filled, others)
