"""UTF-8 read as TIS-620 (ISO-8859-11, cp874), its undefined bytes dropped or shown as a sign.

Quotes and dashes are E2 80 xx: in TIS-620 only E2 is left, shown as `โ`, in cp874 `โ€`; which mark it was follows from
its place (`quotes`). The no-break space is C2 A0: only C2 is left, shown as `ย`. Letters such as é (C3 A9) survive as
`รฉ` and are undone as usual; of à (C3 A0) only `ร` is left, and the word tells the letter (`lossy`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.document import Candidate, Span
from cleaner.edits import OffsetMap, line_around
from cleaner.models.encodings import encode_sloppy
from cleaner.mojibake.accidents.gaps import Loss, losses, reading_of
from cleaner.mojibake.accidents.steps import sequences
from cleaner.mojibake.lost.quotes import MARK, SPACE, Mark, place_marks
from cleaner.mojibake.words.habits import Habit, habit_of
from cleaner.mojibake.words.support import applied

PAGE, NARROW = "cp874", "iso8859-11"
THAI = "\u0e01-\u0e5b"
ANY = re.compile(f"[{THAI}]")
FIRST = "[\u0e22-\u0e3a\u0e3f]"
"""C2 to DF: the first byte of two."""
SURVIVORS = {
    "\u0e06": "\u2026",
    "\u0e02": "\u2022",
    "\u0e0c": "\u20ac",
    "\u0e19": "\u2039",
    "\u0e1a": "\u203a",
    "\u0e10": "\u2030",
}
"""What page TIS-620 shows for the last byte where it survived -> the mark: … • € ‹ › ‰."""
TAIL = re.compile(f"{MARK}\u20ac?[\ufffd?]?([{''.join(SURVIVORS)}])")
TWINS = {"\u0e02": "\u2122"}
"""The next likely reading of such a mark, where it is not the prime: the trade mark for the bullet."""
SIGNED = re.compile(f"{MARK}(?:\u20ac[\ufffd?]?|[\ufffd?]{{1,2}})|{FIRST}[\ufffd?]")
"""A first byte with signs for the lost ones; `โ€` in cp874, which keeps 80."""
WORD = re.compile(f"(?![\u0e23\u0e24\u0e25]{{3,}}(?![{THAI}]))(?:[{THAI}](?<!{MARK})){{3,}}|[\u0e50-\u0e5b][{THAI}]")
"""A Thai word, or Thai digits: remains of quotes and letters don't look like it. But three in a row of `ร`, `ฤ`, `ล`
(C3, C4, C5) are remains of Latin letters: `część`."""
THREE = re.compile(f"[{THAI}][{THAI}]{{2}}")
LONE = re.compile(f"{MARK}|(?<![{THAI}]){SPACE}(?![{THAI}])")
LEFT = re.compile(f"{FIRST}")
STRAY = re.compile(f"(?<![{THAI}])[\u0e01-\u0e21](?![{THAI}])")
"""A1 to C1 with nothing before it: not a first byte, and any first byte before it would have been kept (but for Arabic ones)."""
STRAYS = 3
"""Such letters from which a text holds Thai letters as such, like a table of them."""
NO_LETTERS = bytes(byte for byte in range(256) if not chr(byte).isalpha() or byte > 127)
"""All bytes but those of ASCII letters."""
BARE_LIMIT = 0.25
"""Share of Thai characters among the letters of a text from which it is taken for Thai, or for another script garbled
as a whole."""


def restore_thai(text: str) -> list[Mark]:
    """All that this accident lost or garbled in `text`, in order; empty where the text is Thai, or shows no sign of the
    accident.

    Three steps, each on the result of the one before: sequences that are complete or kept their last byte; marks;
    letters whose second byte is gone. Places are those of `text`.
    """
    if not ANY.search(text) or _is_thai(text):
        return []
    whole, bare = _bare(text)
    plain = applied(text, bare)
    tails = any(mark.after in SURVIVORS.values() and not mark.exact for mark in whole)
    if WORD.search(plain) or not (LONE.search(plain) or tails) or _much(plain) or len(STRAY.findall(plain)) >= STRAYS:
        return []
    habit = habit_of(plain)
    marks = place_marks(_apart(plain), habit)
    letters = _letters(applied(plain, marks), habit)
    first, second = OffsetMap(_spans(bare)), OffsetMap(_spans(marks))
    found = list(whole)
    found += [_moved(mark, first.backward(Span(mark.start, mark.end))) for mark in marks]
    for letter in letters:
        found.append(_moved(letter, first.backward(second.backward(Span(letter.start, letter.end)))))
    return sorted(found, key=lambda mark: mark.start)


def _bare(text: str) -> tuple[list[Mark], list[Mark]]:
    """`_whole` of `text`; and the same together with `_signed`, in order."""
    whole = _whole(text)
    return whole, sorted([*whole, *_signed(_masked(text, whole))], key=lambda mark: mark.start)


def _is_thai(text: str) -> bool:
    """Whether the first line with three Thai letters in a row, of a text with several lines, still holds a Thai word
    when all that can be undone is undone.

    A shortcut: nothing that is undone reaches beyond its line, so that all of `text` would show that word too. Not for
    a line with `?`: whether these are signs of lost bytes only the whole text tells.
    """
    three = THREE.search(text)
    if three is None:
        return False
    start, end = line_around(text, *three.span())
    line = text[start:end]
    return len(line) < len(text) and "?" not in line and WORD.search(applied(line, _bare(line)[1])) is not None


def _much(plain: str) -> bool:
    thai = len(ANY.findall(plain.replace(MARK, "")))
    # Most of the letters are ASCII ones, which are counted as bytes.
    ascii_letters = len(plain.encode("ascii", "ignore").translate(None, NO_LETTERS))
    return thai > BARE_LIMIT * ascii_letters and thai > BARE_LIMIT * sum(map(str.isalpha, plain))


def _apart(plain: str) -> str:
    """`plain` with `x` for what is left of a letter, so that a mark beside it is beside a word."""
    return LEFT.sub(lambda match: match[0] if match[0] == SPACE and _alone(plain, match.start()) else "x", plain)


def _alone(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not (ANY.match(before) and before != MARK) and not (ANY.match(after) and after != MARK)


def _masked(text: str, marks: Sequence[Mark]) -> str:
    """`text` with what `marks` cover blanked out; offsets stay."""
    parts, done = [], 0
    for mark in marks:
        parts += [text[done : mark.start], "\0" * (mark.end - mark.start)]
        done = mark.end
    return "".join([*parts, text[done:]])


def _spans(marks: Sequence[Mark]) -> list[tuple[int, int, int]]:
    return [(mark.start, mark.end, len(mark.after)) for mark in marks]


def _moved(mark: Mark, span: Span) -> Mark:
    # Written out: `dataclasses.replace` takes four times as long, and a text has thousands.
    return Mark(span.start, span.end, mark.after, mark.why, mark.confidence, mark.alternatives, mark.exact)


def _whole(text: str) -> list[Mark]:
    """Sequences that are complete, or kept their last byte, and stand for something else than Thai."""
    found: list[Mark] = []
    for page in (PAGE, NARROW):  # the second shows the bytes 80 to 9F as controls
        masked = _masked(text, found)
        pattern = sequences(page)
        for match in pattern.finditer(masked) if pattern else ():
            data = encode_sloppy(match[0], page)
            try:
                after = data.decode("utf-8") if data else ""
            except UnicodeDecodeError:
                continue
            if after and not ANY.match(after):
                found.append(Mark(match.start(), match.end(), after, "no byte is missing", 0.995, (), exact=True))
        found.sort(key=lambda mark: mark.start)
    for match in TAIL.finditer(_masked(text, found)):
        other = (Candidate(TWINS.get(match[1], "\u2032"), 0.02),)
        found.append(Mark(match.start(), match.end(), SURVIVORS[match[1]], "its last byte is still there", 0.97, other))
    return sorted(found, key=lambda mark: mark.start)


def _signed(text: str) -> list[Mark]:
    """First bytes with signs for the others, to be replaced by the first byte alone; `?` counts as a sign only where
    every first byte has one.
    """
    found = [
        Mark(match.start(), match.end(), match[0][0], "", 1.0, ())
        for match in SIGNED.finditer(text)
        if match[0][-1] != "?" or not re.search(f"(?:{MARK}|{FIRST})(?![?\ufffd\u20ac])", text)
    ]
    return [mark for mark in found if mark.end - mark.start > 1]


def _letters(text: str, habit: Habit) -> list[Mark]:
    """Letters of which only the first of two bytes is left, by the words of the line and its language."""
    from cleaner.mojibake.lost.lossy import fill_gaps

    found: list[Mark] = []
    start = 0
    loss = _loss()
    for line in text.split("\n"):
        if LEFT.search(line):
            for piece in fill_gaps(reading_of(line, loss), habit.letters):
                if piece.filled:
                    sure = 1 - sum(other.confidence for other in piece.alternatives)
                    sure = min(0.97, max(0.05, sure))
                    others = piece.alternatives or (Candidate(line[piece.start : piece.end], 0.02),)
                    found.append(
                        Mark(start + piece.start, start + piece.end, piece.text, "likeliest in this word", sure, others)
                    )
        start += len(line) + 1
    return found


def _loss() -> Loss:
    return next(loss for loss in losses(NARROW) if not loss.sign)
