"""UTF-8 read as a single-byte page, some of whose bytes are gone: dropped, or shown as `?`, U+FFFD or a space.

Only bytes that the page can lose are filled in, and only in lines that hold whole sequences of the same accident. A line is
filled as a whole, under each loss that it can have gone through (`gaps`); a beam and the word lists choose the characters
(`beam`, `lexicon`); the best filling is compared with the line itself.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cleaner.document import Candidate
from cleaner.models.characters import load
from cleaner.mojibake.beam import Stretch, decode, stretches
from cleaner.mojibake.cased import PAGES as CASED_PAGES
from cleaner.mojibake.cased import changed, read_cased
from cleaner.mojibake.gaps import (
    NBSP_BYTE,
    PAGES,
    Loss,
    Outline,
    Reading,
    Slot,
    gap_in,
    in_full,
    losses,
    outline,
    shown,
)
from cleaner.mojibake.steps import Step, sequences, utf8_steps
from cleaner.mojibake.wide import LOST, boundaries, read_wide, wide_steps
from cleaner.mojibake.wording import add_words, is_word, script_in, word_gains

__all__ = ["Filled", "Piece", "fill", "fill_again", "fill_gaps", "fill_wide"]

FILL_COST = 1.5
"""Nats that each filled gap costs on top of the accident."""
FILL_MARGIN = 10.0
"""Nats that a filling must win by: of 7,300 clean lines none reaches them, of damaged lines nearly all do."""
GAPS = 12
"""Gaps for each whole sequence at most, and as many more: text that happens to hold one sequence has more gaps."""
CASED_COST = 2.0
"""Nats of a change of case after the accident."""
MISSING = 4.0
"""Nats a character that a gap counts when readings are compared by what is sure of them."""
SLACK = 12.0
"""Nats by which a gap's best character may be better than its most frequent one: more in none of 576 fillings that won."""
HELD = 1_024
"""Sets of choices whose most frequent one is kept."""
WIDE_TRIED = 2
TRIED = 3
"""Losses that are compared in full; the others leave more of the line unexplained."""
FEW = 4
"""Whole sequences below which a single capital, filled in where no word is, speaks against the accident."""
SHORTEST = 4
"""Letters of a word that is evidence for an accident of which no sequence is whole."""
CAPITALS = "".join(char for char in map(chr, range(0xC0, 0x250)) if char.isupper())
CAPITAL_INSIDE = re.compile(f"[a-z][{CAPITALS}\u0370-\u1dff]")
"""What no sequence needs to be whole for: a capital, or a letter of another script, after a small Latin letter."""
TOGETHER = re.compile("[^\x00-\x7f]{2}")
"""What a whole sequence has in any case."""
LETTERS = re.compile(r"[^\W\d_]+")
ENOUGH = 0.7
"""Share of the whole sequences that the best page shows, from which another page is read too."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the line and what it becomes; `alternatives` only where a gap was filled."""

    start: int
    end: int
    text: str
    filled: bool
    alternatives: tuple[Candidate, ...] = ()
    choices: int = 1
    """Texts that the page could have lost there."""


SPACES = [Loss(page, sign, bytes([NBSP_BYTE])) for page in ("cp1252", "iso8859-1") for sign in (" ", "")]
"""The losses of no-break spaces alone that can be trusted: right in 305 of 305 gaps of training sentences. A page that has no
character for other bytes loses those too: none of 62 was right."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A line with its gaps filled."""

    text: str
    step: Step
    pieces: tuple[Piece, ...]
    gain: float
    rule: str = "MOJ201"
    reason: str = "bytes that this page lacks were lost"
    loss: Loss | None = None
    """What it went through, where sequences of it are whole."""
    spaces: bool = False
    """Whether only no-break spaces were lost, by a page that lacks no byte."""


def fill(line: str, likely: tuple[str, ...] = (), earlier: tuple[Loss, ...] = ()) -> Filled | None:
    """The best filling of `line` over the pages that lose bytes (`likely` first), or None where none is better.

    `earlier` are the losses of other lines of the document: one that leaves no more of this line unexplained than any other
    is taken without comparing them.
    """
    readings = _readings(line, likely)
    again = [reading for reading in readings if reading.loss in earlier and reading.whole]
    if again and (again[0].stray, again[0].gaps) <= (readings[0].stray, readings[0].gaps):
        found = _best(line, again[:1], [], None)
        if found is not None:
            return found
    how = changed(line) if TOGETHER.search(line) else None
    cased = [reading for wrong in CASED_PAGES if (reading := read_cased(line, wrong, how))] if how else []
    return _best(line, readings, sorted(cased, key=lambda reading: reading.stray)[:TRIED], how)


def fill_again(line: str, earlier: tuple[Loss, ...]) -> Filled | None:
    """`line` filled under the loss of another line, where that leaves nothing beyond ASCII unexplained; else None."""
    for loss in earlier:
        if loss.sign in line and not any(char in line for char in shown(loss)):
            held = outline(line, loss)
            if held.whole and 0 < held.gaps <= GAPS * (held.whole + 1) and not held.stray:
                return _best(line, [in_full(line, held)], [], None)
    return None


def _best(line: str, uncased: list[Reading], cased: list[Reading], how: str | None) -> Filled | None:
    """The best of the fillings by these readings; `how` says what `cased` ones undo."""
    from cleaner.mojibake.search import likelihoods

    readings = _hopeful(line, uncased) + cased
    if not readings:
        return None
    steps = {step.wrong: step for step in utf8_steps()}
    filled = [_filled(reading) for reading in readings]
    own, *scores = likelihoods([line, *(text for text, _ in filled)])
    script = script_in(readings[0].slots) if len({text for text, _ in filled}) > 1 else None
    words = word_gains([text for text, _ in filled], script) if script else [0.0] * len(filled)
    best: tuple[float, Filled] | None = None
    for reading, (text, pieces), score, worth in zip(readings, filled, scores, words, strict=True):
        step = steps[reading.loss.wrong]
        gain = (
            score
            - own
            - step.cost
            - (FILL_COST * sum(piece.filled for piece in pieces) if reading not in cased else CASED_COST)
        )
        proven = gain > FILL_MARGIN and text != line and not (reading.whole < FEW and _alone(text, pieces))
        proven = proven and (reading.whole > 0 or _all_words(text, pieces, line))
        if proven and (best is None or gain + worth > best[0]):
            loss = reading.loss if reading.whole else None
            best = gain + worth, Filled(text, step, tuple(pieces), gain, loss=loss, spaces=reading.loss in SPACES)
            if reading in cased:
                best = best[0], replace(best[1], rule="MOJ204", reason=f"the text was then changed to {how}", loss=None)
    return best[1] if best else None


def _hopeful(line: str, readings: list[Reading]) -> list[Reading]:
    """Those of `readings` that can win: with the most frequent character in each gap they are not much worse than the line.

    And where no sequence is whole, so that words have to speak for it, a gap can be a letter.
    """
    from cleaner.mojibake.search import likelihoods

    readings = [reading for reading in readings if reading.whole or any(_lettered(slot) for slot in reading.slots)]
    if not any(reading.gaps for reading in readings):
        return readings
    rough = [
        "".join([_usual(slot.choices) if slot.literal else slot.choices[0] for slot in reading.slots])
        for reading in readings
    ]
    own, *scores = likelihoods([line, *rough])
    return [
        reading
        for reading, score in zip(readings, scores, strict=True)
        if score - own + SLACK * reading.gaps > FILL_MARGIN
    ]


def _lettered(slot: Slot) -> bool:
    return bool(slot.literal) and any(choice[0].isalpha() for choice in slot.choices if choice != slot.literal)


@lru_cache(HELD)
def _usual(choices: tuple[str, ...]) -> str:
    """The most frequent of `choices` by itself."""
    scores = load().log_likelihoods(choices)
    return choices[int(scores.argmax())]


def fill_wide(line: str) -> Filled | None:
    """`line` as Chinese, Japanese or Korean read in a page that lost bytes, its gaps filled; None where no reading is better."""
    from cleaner.mojibake.search import likelihoods

    found = [(step, *read) for step in wide_steps() if (read := read_wide(line, step))]
    if not found:
        return None
    sure = ["".join(slot.choices[0] for slot in reading.slots if len(slot.choices) == 1) for _, reading, _ in found]
    scores = [
        score / len(text) - MISSING * row[1].gaps / len(row[1].slots)
        for score, text, row in zip(likelihoods(sure), sure, found, strict=True)
    ]
    order = sorted(range(len(found)), key=lambda n: (-scores[n], n))[:WIDE_TRIED]
    best: Filled | None = None
    for step, reading, ends in (found[n] for n in order):
        texts = _texts(reading)
        text = "".join(one for one, _ in texts)
        own, score = likelihoods([line, text])
        gain = score - own - step.cost - FILL_COST * reading.gaps
        if gain > FILL_MARGIN and LOST not in text and (best is None or gain > best.gain):
            best = Filled(
                text,
                step,
                tuple(_wide_pieces(line, step.wrong, texts, ends)),
                gain,
                "MOJ205",
                "bytes that this page can't read were lost",
            )
    return best


def _wide_pieces(
    line: str, wrong: str, texts: Sequence[tuple[str, tuple[Candidate, ...]]], ends: Sequence[int]
) -> Iterator[Piece]:
    """The changed runs of the line between places where one of its characters and one of the text end together."""
    at = done = 0
    for place, number, _ in boundaries(line, wrong, ends):
        text = "".join(one for one, _ in texts[done:number])
        if text != line[at:place]:
            yield Piece(at, place, text, LOST in line[at:place], _otherwise(texts[done:number]))
        at, done = place, number


def _otherwise(texts: Sequence[tuple[str, tuple[Candidate, ...]]]) -> tuple[Candidate, ...]:
    """The next likely text of a run, with what speaks against the likeliest: its least sure character is another."""
    doubts = [sum(other.confidence for other in rest) for _, rest in texts]
    if not any(doubts):
        return ()
    at = max(range(len(doubts)), key=doubts.__getitem__)
    other = [text for text, _ in texts]
    other[at] = texts[at][1][0].value
    return (Candidate("".join(other), round(1 - math.prod(1 - min(1.0, doubt) for doubt in doubts), 4)),)


def _alone(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a filled letter stands alone and is no word: few sequences, and letters that are no text, are no accident."""
    moved = 0
    for piece in pieces:
        start = piece.start + moved
        moved += len(piece.text) - (piece.end - piece.start)
        beside = text[max(0, start - 1) : start] + text[start + len(piece.text) : start + len(piece.text) + 1]
        if piece.filled and piece.text.isupper() and not any(map(str.isalpha, beside)):
            return True
    return False


def _all_words(text: str, pieces: Sequence[Piece], line: str) -> bool:
    """Whether every filled piece of `text` stands in a word of the lists: the evidence where no sequence is whole."""
    moved = 0
    for piece in pieces:
        start = piece.start + moved
        moved += len(piece.text) - (piece.end - piece.start)
        found = next((word for word in LETTERS.finditer(text) if word.start() <= start < word.end()), None)
        if found is None or len(found[0]) < SHORTEST or not is_word(found[0].lower()):
            return False
    return all(char.isascii() or char.isalpha() for char in text) and bool(pieces) and text != line


def _readings(line: str, likely: tuple[str, ...]) -> list[Reading]:
    """The readings of `line` worth filling: those that explain most of it, at most TRIED."""
    wholes: dict[str, int] = {}
    for wrong in dict.fromkeys((*likely, *PAGES)):
        gap, whole = gap_in(wrong), sequences(wrong)
        if gap is not None and whole is not None and gap.search(line):
            count = len(whole.findall(line))
            if len(gap.findall(line)) <= GAPS * (count + 1):
                wholes[wrong] = count
    most = max(wholes.values(), default=0)
    if not most and not CAPITAL_INSIDE.search(line):
        return []
    found: dict[tuple[Slot, ...], Outline] = {}
    for wrong, count in wholes.items():
        for loss in losses(wrong) if count >= ENOUGH * most else ():
            if loss.sign in line and not any(char in line for char in shown(loss)):
                held = outline(line, loss)
                if 0 < held.gaps <= GAPS * (held.whole + 1) and (held.whole or not most):
                    found.setdefault(held.sequences, held)
    ranked = sorted(found.values(), key=lambda held: (held.stray, held.gaps))
    tried = TRIED if most else len(ranked)
    return [in_full(line, held) for held in ranked[:tried] if held.stray <= ranked[0].stray + 2 * (most > 0)]


def fill_gaps(reading: Reading, letters: str = "") -> list[Piece]:
    """The gaps of `reading` filled, where the line is known to have gone through its loss; `letters` are likely ones."""
    wanted = [_preferred(slot, letters) if slot.literal else slot for slot in reading.slots]
    return _filled(replace(reading, slots=tuple(wanted)))[1]


def _preferred(slot: Slot, letters: str) -> Slot:
    """`slot` with the choices that are among `letters`, where there are any."""
    liked = tuple(choice for choice in slot.choices if choice in letters and choice)
    return slot._replace(choices=(*liked, slot.literal)) if liked else slot


def _texts(reading: Reading) -> list[tuple[str, tuple[Candidate, ...]]]:
    """The best text at each place, and what else it could be."""
    found = stretches(reading.slots)
    decode(reading.slots, found)
    add_words(reading.slots, found)
    chosen: dict[int, tuple[str, tuple[Candidate, ...]]] = {}
    for part in found:
        chosen.update(_chosen(part))
    return [chosen.get(place, (slot.choices[0], ())) for place, slot in enumerate(reading.slots)]


def _filled(reading: Reading) -> tuple[str, list[Piece]]:
    """The line with its gaps filled, and its changed pieces."""
    texts = _texts(reading)
    pieces = [
        Piece(slot.start, slot.end, text, bool(slot.literal), others, len(slot.choices))
        for slot, (text, others) in zip(reading.slots, texts, strict=True)
        if text != slot.literal and (slot.end - slot.start > 1 or len(slot.choices) > 1)
    ]
    return "".join(text for text, _ in texts), pieces


def _chosen(part: Stretch) -> Iterator[tuple[int, tuple[str, tuple[Candidate, ...]]]]:
    """The choice at each open place of the best reading, with what the other readings have there."""
    top = part.readings[0][0]
    weights = [math.exp(max(-30.0, score - top)) for score, _ in part.readings]
    total = sum(weights)
    for number, at in enumerate(part.open):
        shares: Counter[str] = Counter()
        for weight, (_, chosen) in zip(weights, part.readings, strict=True):
            shares[chosen[number]] += weight / total  # type: ignore[assignment]
        best = part.readings[0][1][number]
        others = sorted((-share, text) for text, share in shares.items() if text != best and share >= 0.001)
        yield at, (best, tuple(Candidate(text, round(-share, 3)) for share, text in others[:5]))
