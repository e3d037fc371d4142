"""UTF-8 read as a single-byte page, some of whose bytes are gone: dropped, or shown as `?`, U+FFFD or a space.

Only bytes that the page can lose are filled in, and nearly always only in lines that hold complete sequences of the
same accident. A line is filled as a whole, under each loss that it can have gone through (`gaps`); a beam search and
the word lists choose the characters (`beam`, `lexicon`); the best filling is compared with the line itself.

[varied]: only this constant was varied, over 580 of the judge's garbled texts that lost bytes (322 of them become
right), 928 held back, 28,442 clean texts (never one changed) and 60 tricky ones: benchmarks/results/mojibake.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import log

from cleaner.models.encodings import page
from cleaner.mojibake.accidents.cased import PAGES as CASED_PAGES
from cleaner.mojibake.accidents.cased import SIGNED, changed, read_cased
from cleaner.mojibake.accidents.gaps import (
    HYPHEN_BYTE,
    NBSP_BYTE,
    OPEN,
    PAGES,
    SEVERAL,
    Loss,
    Outline,
    Reading,
    Slot,
    firsts,
    in_full,
    losses,
    outline,
    outlines,
    pages_of,
    shown,
)
from cleaner.mojibake.accidents.steps import CAPITALS, beyond_ascii, sequences, utf8_steps
from cleaner.mojibake.chains.layers import layers
from cleaner.mojibake.lost.filling import FILL_COST, FILL_MARGIN, Filled, Filling, Piece, fillings_of
from cleaner.mojibake.readings.evidence import likelihoods
from cleaner.mojibake.readings.wording import script_in, word_gains
from cleaner.mojibake.words.lexicon import is_listed
from cleaner.mojibake.words.support import LETTERS

GAPS = 12
"""Most gaps for each complete sequence, plus as many: text that holds one sequence by chance has more gaps. [varied] 4,
30: no text more, none fewer."""
CASED_COST = 2.0
"""Nats of a change of case after the accident. [varied] 0: two texts more; 8: none fewer."""
TRIED = 8
"""How many losses are compared in full, those that leave least of the line unexplained. [varied] 1, 3: 23 and 5 texts
fewer. With 5, of 400 unseen texts that lost soft hyphens 274 become right, not 287."""
FEW = 4
"""Complete sequences below which a capital filled in by itself, outside a word, speaks against the accident. [varied]
0: one text more, and one more tricky true text changed; 10: none fewer."""
HYPHENS_COST = 4.0
"""Nats of a line's loss of soft hyphens: no-break spaces are lost more often. Of 400 unseen texts that lost soft
hyphens and 400 that lost no-break spaces 287 and 359 become right; with 2 296 and 356, with 0 and TRIED 5 290 and 349."""
SHORTEST = 4
"""Fewest letters of a word that is evidence where no sequence is complete. [varied] 3: one text more; 6: one fewer."""
MANY, STRETCH = 400, 600
"""Gaps from which stretches of a line, of so many code points, are tried before all of it: a list of Thai words in four
lines of a script took 9 s, and nothing came of it."""
CAPITAL_INSIDE = re.compile(f"[a-z][{CAPITALS}\u0370-\u1dff]")
"""Evidence that needs no complete sequence: a capital, or a letter of another script, after a small Latin letter."""
PLAIN_FIRSTS = slice(0xC3, 0xC6)
"""The first bytes of Latin letters from `à` to `ž`."""
IN_A_WORD = re.compile("(?<=[a-z]{3}).(?!\\?(?![a-z]))|(?<=[a-z]).\\??[a-z]{2}")
"""A capital after a small letter, with two more before or two after it: `McÃ` is a name, `nmÅ` a unit. No `?` at the end."""
PLAIN_MARGIN = 0.0
"""Nats that a filling must gain there. Of 5,502 lines that hold nothing else 2,308 become right with 0, 2,258 with FILL_MARGIN, and
781 and 779 wrong."""
QUOTE, MEANT = "â€?", "”"
"""The closing quotation mark in the Western page of Windows, which can't read its last byte; of no other mark is that byte lost."""
SIGN_INSIDE = re.compile("â€\\?|[À-ÖØ-Þ]\\?[a-z]")
"""The same: that mark, or a capital and a sign before a small letter, as in `Ã?rea`."""
TOGETHER = re.compile("[^\x00-\x7f]{2}")
"""Every complete sequence has this."""
ASCII_LETTER = re.compile("[A-Za-z]")
SURE = 6.0
"""Nats for each character beyond ASCII, given SEVERAL complete sequences, from which a filling is not compared with
other accidents. Of 525 garbled lines 466 were filled so after all others had been tried; of the rest, which other pages
had explained, more became right than wrong."""
SIGNS = ("?", "\ufffd")
"""Signs of a lost byte that don't stand at a gap by chance, as a space does."""
ENOUGH = 0.7
"""Share of the complete sequences that the best page shows, from which another page is read too. [varied] .4, .9: as many."""
SPACES = [Loss(page, sign, bytes([NBSP_BYTE])) for page in ("cp1252", "iso8859-1") for sign in (" ", "")]
"""The losses of no-break spaces alone that can be trusted: right in 305 of 305 gaps of training sentences. A page that has no
character for other bytes loses those too: none of 62 was right."""


def fill(line: str, likely: tuple[str, ...] = (), earlier: tuple[Loss, ...] = ()) -> Filled | None:
    """The best filling of `line` in the pages that lose bytes (`likely` first); None where none is better than the
    line.

    `earlier` are the losses of other lines of the document: one that leaves no more of this line unexplained than any
    other is taken without comparing them.
    """
    readings = _readings(line, (*likely, *PAGES))
    if readings and readings[0].gaps > MANY and not _fill_pieces(line, likely, earlier):
        return None
    again = [reading for reading in readings if reading.loss in earlier and reading.whole]
    if again and (again[0].stray, again[0].gaps) <= (readings[0].stray, readings[0].gaps):
        found = _best(line, again[:1], [], None)
        if found is not None:
            return found
    how = changed(line) if TOGETHER.search(line) else None
    return _best(line, readings, _cased(line, how) if how else [], how)


def _fill_pieces(line: str, likely: tuple[str, ...], earlier: tuple[Loss, ...]) -> bool:
    """Whether a stretch at the start, the middle or the end of a long `line` can be filled; True for a shorter line."""
    ends = len(line) - STRETCH
    pieces = [line[start : start + STRETCH] for start in (0, ends // 2, ends)]
    return ends < 2 * STRETCH or any(fill(piece, likely, earlier) is not None for piece in pieces)


def fill_again(lines: Iterable[str], earlier: tuple[Loss, ...]) -> dict[str, Filled | None]:
    """Those of `lines` filled in which one of the losses `earlier` leaves nothing beyond ASCII unexplained."""
    told: list[tuple[str, Reading]] = []
    for line in lines:
        for loss in earlier:
            if loss.sign in line and shown(loss).isdisjoint(line):
                held = outline(line, loss)
                if held.whole and 0 < held.gaps <= GAPS * (held.whole + 1) and not held.stray:
                    told.append((line, in_full(line, held)))
                    break
    fillings = fillings_of([reading for _, reading in told])
    scores = likelihoods([*[line for line, _ in told], *[filling.text for filling in fillings]])
    return {
        line: _winner(line, [filling], [], None, [scores[number], scores[len(told) + number]])
        for number, ((line, _), filling) in enumerate(zip(told, fillings, strict=True))
    }


def fill_surely(line: str) -> Filled | None:
    """`line` filled where UTF-8 with lost bytes, or in changed case, explains all of it so well that no other accident need be
    looked for; else None.
    """
    if layers(line) is not None:
        return None
    # Letters without case look like changed case; ASCII letters tell whether the case was changed.
    how = changed(line) if ASCII_LETTER.search(line) else None
    if how:
        cased = _cased(line, how, SIGNED)
        if any(reading.stray or reading.gaps < SEVERAL or _shows_any(line, reading.loss.wrong) for reading in cased):
            return None
        filled = _best(line, [], cased, how)
    else:
        pages, explained = pages_of(line)
        readings = _readings(line, pages, SEVERAL) if explained else []
        if not readings or readings[0].stray:
            return None
        filled = _best(line, readings, [], None)
    return filled if filled is not None and filled.gain > SURE * beyond_ascii(line) else None


def _shows_any(line: str, wrong: str) -> bool:
    """Whether `line` holds a whole sequence as page `wrong` shows it."""
    whole = sequences(wrong)
    return whole is not None and whole.search(line) is not None


def _cased(line: str, how: str, pages: Sequence[str] = CASED_PAGES) -> list[Reading]:
    """The readings of `line` as UTF-8 whose case was changed afterwards: those that explain most, at most TRIED."""
    found = [reading for wrong in pages if (reading := read_cased(line, wrong, how))]
    return sorted(found, key=lambda reading: reading.stray)[:TRIED]


def _best(line: str, uncased: list[Reading], cased: list[Reading], how: str | None) -> Filled | None:
    """The best filling by these readings; `how` is the change of case that `cased` ones undo."""
    readings = uncased + cased
    if not readings:
        return None
    fillings = fillings_of(readings)
    return _winner(line, fillings, cased, how, likelihoods([line, *[filling.text for filling in fillings]]))


def _winner(
    line: str, fillings: Sequence[Filling], cased: Sequence[Reading], how: str | None, likely: Sequence[float]
) -> Filled | None:
    """The best of `fillings`, where one is better than `line`; `likely`: likelihoods of the line and of each of them."""
    steps = {step.wrong: step for step in utf8_steps()}
    own, *scores = likely
    texts = [filling.text for filling in fillings]
    gains: dict[int, float] = {}
    plain = [_is_plain(line, filling) for filling in fillings]
    for number, (filling, score) in enumerate(zip(fillings, scores, strict=True)):
        cost = CASED_COST if filling.reading in cased else FILL_COST * filling.filled
        cost += HYPHENS_COST * (HYPHEN_BYTE in filling.reading.loss.lost)
        if plain[number]:  # of many bytes that can have stood there one fits by chance
            cost += filling.filled * log(len(filling.reading.loss.lost))
        gain = score - own - steps[filling.reading.loss.wrong].cost - cost
        if gain > (PLAIN_MARGIN if plain[number] else FILL_MARGIN) and texts[number] != line:
            gains[number] = gain
    script = script_in(fillings[0].reading) if len({texts[number] for number in gains}) > 1 else None
    words = word_gains(texts, script) if script else [0.0] * len(texts)
    found = [(-gain - words[number], number, gain) for number, gain in gains.items()]
    for _, number, gain in sorted(found):
        filling, text, pieces = fillings[number], texts[number], tuple(fillings[number].pieces())
        reading = filling.reading
        whole = reading.whole
        if not (whole < FEW and _alone(text, pieces)) and (whole or plain[number] or _all_words(text, pieces, line)):
            step, loss = steps[reading.loss.wrong], reading.loss
            if reading in cased:
                return Filled(
                    text, step, pieces, gain, "MOJ204", f"the text was then changed to {how}", None, loss in SPACES
                )
            return Filled(text, step, pieces, gain, loss=loss if whole else None, spaces=loss in SPACES)
    return None


def _placed(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, int]]:
    """`pieces`, in order, and where each begins in the text that they make."""
    moved = 0
    for piece in pieces:
        yield piece, piece.start + moved
        moved += len(piece.text) - (piece.end - piece.start)


def _alone(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a capital is filled in by itself, outside a word."""
    for piece, start in _placed(pieces):
        beside = text[max(0, start - 1) : start] + text[start + len(piece.text) : start + len(piece.text) + 1]
        if piece.filled and piece.text.isupper() and not any(map(str.isalpha, beside)):
            return True
    return False


def _all_words(text: str, pieces: Sequence[Piece], line: str) -> bool:
    """Whether every filled piece of `text` is in a listed word: the evidence where no sequence is complete."""
    for piece, start in _placed(pieces):
        if line[piece.start : piece.end] == QUOTE and piece.text == MEANT:
            continue
        found = next((word for word in LETTERS.finditer(text) if word.start() <= start < word.end()), None)
        if found is None or len(found[0]) < SHORTEST or not is_listed("latin", found[0].lower()):
            return False
    return all(char.isascii() or char.isalpha() or char == MEANT for char in text) and bool(pieces) and text != line


def _is_plain(line: str, filling: Filling) -> bool:
    """Whether all that `line` has beyond ASCII are first bytes of Latin letters such as `à` and `č`, where a capital after a
    small letter (`modalitÃ`), or a sign of the lost byte, shows that.
    """
    reading, slots = filling.reading, filling.reading.slots
    firsts = page(reading.loss.wrong)[PLAIN_FIRSTS]
    if reading.whole or reading.stray or not {line[slot.start] for slot in slots} <= {*firsts}:
        return False
    if reading.loss.sign == "\ufffd":
        return all(map(str.isalpha, filling.chosen))
    shown = any(IN_A_WORD.match(line, slot.start) for slot in slots)
    return shown and all(text.rstrip(" ").islower() for text in filling.chosen)


def _readings(line: str, pages: Iterable[str], least: int = 0) -> list[Reading]:
    """The readings of `line` by `pages` that are worth filling: at most TRIED, those that explain most; none where the
    best page shows fewer than `least` sequences.
    """
    torn = CAPITAL_INSIDE.search(line) or SIGN_INSIDE.search(line)
    if OPEN in line or not (torn or TOGETHER.search(line)):
        return []
    wholes: dict[str, int] = {}
    chars = frozenset(line)
    for wrong in dict.fromkeys(pages):
        begin = chars & firsts(wrong).keys()
        whole = sequences(wrong) if begin else None
        if whole is not None:
            count = len(whole.findall(line))
            # A first byte that does not begin a complete sequence begins one with a gap.
            if 0 < sum(map(line.count, begin)) - count <= GAPS * (count + 1):
                wholes[wrong] = count
    most = max(wholes.values(), default=0)
    if most < least:
        return []
    if not most and not torn:
        return []
    kinds: dict[tuple[Slot, ...], int] = {}
    found: dict[tuple[int, tuple[Slot, ...]], Outline] = {}
    for wrong, count in wholes.items():
        if count < ENOUGH * most:
            continue
        asked = [loss for loss in losses(wrong) if loss.sign in line and shown(loss).isdisjoint(chars)]
        sure = None
        for held in outlines(line, asked):
            if 0 < held.gaps <= GAPS * (held.whole + 1) and (held.whole or not most):
                sure = kinds.setdefault(held.sure, len(kinds)) if sure is None else sure
                found.setdefault((sure, held.torn), held)
    # If a sign stands at every gap, no byte was dropped without one.
    shown_by = {(held.gaps, held.stray) for held in found.values() if held.loss.sign in SIGNS}
    told = [held for held in found.values() if held.loss.sign or (held.gaps, held.stray) not in shown_by]
    ranked = sorted(told, key=lambda held: (held.stray, held.gaps))
    tried = TRIED if most else len(ranked)
    return [in_full(line, held) for held in ranked[:tried] if held.stray <= ranked[0].stray + 2 * (most > 0)]


def fill_gaps(reading: Reading, letters: str = "") -> list[Piece]:
    """The gaps of `reading` filled, in a line that is known to have gone through its loss; `letters` are preferred."""
    wanted = [_preferred(slot, letters) if slot.literal else slot for slot in reading.slots]
    return fillings_of([replace(reading, slots=tuple(wanted))])[0].pieces()


def _preferred(slot: Slot, letters: str) -> Slot:
    """`slot` with the choices that are among `letters`, where there are any."""
    liked = tuple(choice for choice in slot.choices if choice in letters and choice)
    return slot._replace(choices=(*liked, slot.literal)) if liked else slot
