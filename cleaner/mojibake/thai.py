"""UTF-8 read as TIS-620 (ISO-8859-11, cp874), its undefined bytes 80 to A0 dropped.

Quotes and dashes are E2 80 xx: only E2 is left, shown as `โ`, and which mark it was must be told from its place. The
no-break space is C2 A0: only C2 is left, shown as `ย`. Letters such as é (C3 A9) survive as `รฉ` and are undone as usual.

The marks are placed by rules with a stack of open quotes, after the habit of the text's language.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from cleaner.document import Candidate, Span
from cleaner.edits import OffsetMap
from cleaner.models.encodings import encode_sloppy
from cleaner.mojibake.habits import Habit, habit_of
from cleaner.mojibake.steps import sequences

__all__ = ["Mark", "restore_thai"]

MARK, SPACE = "\N{THAI CHARACTER SARA O}", "\N{THAI CHARACTER YO YAK}"
THAI = "\u0e01-\u0e5b"
FIRST = "[\u0e22-\u0e3a\u0e3f]"
"""C2 to DF: the first byte of two."""
LONE = re.compile(f"(?:(?<![{THAI}])|(?<=[^{THAI}]{FIRST}))(?:{MARK}+(?={FIRST}?(?![{THAI}]))|{SPACE}(?![{THAI}]))")
"""A mark may touch a letter that lost its second byte: `โรber` is “Über."""
TAIL = re.compile(f"{MARK}[\u0e02\u0e06\u0e0c\u0e10\u0e19\u0e1a]")
SURVIVORS = {
    "\u0e06": "\u2026",
    "\u0e02": "\u2022",
    "\u0e0c": "\u20ac",
    "\u0e19": "\u2039",
    "\u0e1a": "\u203a",
    "\u0e10": "\u2030",
}
"""What follows E2 where the last byte survived: … • € ‹ › ‰."""
PAGE = "iso8859-11"
ANY = re.compile(f"[{THAI}]")
LEAD = re.compile(f"(?<![{THAI}]){FIRST}{{1,2}}(?![{THAI}])")
"""One or two letters of which only the first byte is left."""
LIKELY = 3.0
"""Nats that a letter of the text's own language is ahead of others: chosen by eye on Polish, where ą and ă share a lead."""
WORD = re.compile(f"[{THAI}]{{3,}}")
APOSTROPHE, EM, EN, NBSP = "\u2019", "\u2014", "\u2013", "\u00a0"
CONTRACTED = re.compile(r"(?:s|t|d|m|re|ve|ll|em|clock|all|am|er|en|n)(?![^\W\d_])", re.IGNORECASE)
ELIDED = re.compile(
    r"(?:^|[^\w])(?:[dljmnstcDLJMNSTCO]|qu|Qu|jusqu|Jusqu|lorsqu|Lorsqu|puisqu|Puisqu|quelqu|Quelqu|presqu|quoiqu|aujourd|Aujourd"
    r"|un|dell|all|nell|sull|dall|quell|Dell|All|Nell|Quell)$"
)
HEADLESS = re.compile(r"(?:\d0s?|\d\d|tis|twas|twere|em|n|til|cause|bout|round|neath)(?![^\W_])", re.IGNORECASE)
OPENERS = " \t\n\r\u00a0([{\u2014\u2013-/"
CLOSERS = " \t\n\r\u00a0)]}.,;:!?\u2014\u2013-/\u2026"


@dataclass(frozen=True, slots=True)
class Mark:
    """A restored mark: where it stood, what it becomes, what else it could be."""

    start: int
    end: int
    text: str
    why: str
    confidence: float
    alternatives: tuple[Candidate, ...]
    exact: bool = False
    """Whether nothing was lost here, so that the accident can be replayed."""


def restore_thai(text: str) -> list[Mark]:
    """All that `text` lost or garbled in this accident, in order; empty where it is Thai, or shows no sign of it.

    Three steps, each on the result of the one before: whole sequences (`รฉ` is é), marks, letters whose second byte is
    gone. Places count in `text`.
    """
    if not ANY.search(text):
        return []
    whole = _whole(text)
    plain = _made(text, whole)
    if WORD.search(plain) or not (LONE.search(plain) or TAIL.search(plain)):
        return []
    marks = _marks(plain)
    marked = _made(plain, marks)
    letters = _letters(marked)
    first, second = OffsetMap(_spans(whole)), OffsetMap(_spans(marks))
    found = list(whole)
    found += [_moved(mark, first.backward(Span(mark.start, mark.end))) for mark in marks]
    for letter in letters:
        found.append(_moved(letter, first.backward(second.backward(Span(letter.start, letter.end)))))
    return sorted(found, key=lambda mark: mark.start)


def _spans(marks: Sequence[Mark]) -> list[tuple[int, int, int]]:
    return [(mark.start, mark.end, len(mark.text)) for mark in marks]


def _moved(mark: Mark, span: Span) -> Mark:
    return replace(mark, start=span.start, end=span.end)


def _made(text: str, marks: Sequence[Mark]) -> str:
    parts, done = [], 0
    for mark in marks:
        parts += [text[done : mark.start], mark.text]
        done = mark.end
    return "".join([*parts, text[done:]])


def _whole(text: str) -> list[Mark]:
    """Sequences that lost nothing, and stand for something else than Thai."""
    pattern = sequences(PAGE)
    found = []
    for match in pattern.finditer(text) if pattern else ():
        data = encode_sloppy(match[0], PAGE)
        try:
            after = data.decode("utf-8") if data else ""
        except UnicodeDecodeError:
            continue
        if after and not WORD.match(after * 3):
            found.append(Mark(match.start(), match.end(), after, "no byte is missing", 0.995, (), exact=True))
    return found


def _marks(text: str) -> list[Mark]:
    """The quotes, dashes and no-break spaces of `text`, in order."""
    runs = list(LONE.finditer(text))
    habit = habit_of(text)
    found = [
        Mark(
            m.start(),
            m.end(),
            SURVIVORS[m[0][1]],
            "its last byte is still there",
            0.97,
            (Candidate(_twin(m[0][1]), 0.02),),
        )
        for m in TAIL.finditer(text)
    ]
    for paragraph in re.finditer(r"[^\n]+", text):
        inside = [run for run in runs if paragraph.start() <= run.start() < paragraph.end()]
        found += _Paragraph(text, paragraph.start(), paragraph.end(), habit).marks(inside)
    return sorted(found, key=lambda mark: mark.start)


def _letters(text: str) -> list[Mark]:
    """Letters of which only the first of two bytes is left, filled in as the character model likes best."""
    places = [match for match in LEAD.finditer(text) if encode_sloppy(match[0], PAGE)]
    if not places:
        return []
    from cleaner.mojibake.search import likelihoods

    own = habit_of(text).letters
    found: list[Mark] = []
    left, done = "", 0
    for match in places:
        left = (left + text[done : match.start()])[-3:]
        done = match.end()
        right = text[done : done + 3]
        fillings = ["".join(letters) for letters in product(*(_fillings(lead) for lead in match[0]))]
        if not fillings:
            left += match[0]
            continue
        scores = likelihoods([left + filling + right for filling in fillings])
        scores = [
            score + LIKELY * sum(letter in own for letter in filling)
            for score, filling in zip(scores, fillings, strict=True)
        ]
        order = sorted(range(len(fillings)), key=lambda i: (-scores[i], fillings[i]))
        weights = [math.exp(max(-30.0, scores[i] - scores[order[0]])) for i in order[:5]]
        total = sum(weights)
        others = tuple(
            Candidate(fillings[i], round(w / total, 4)) for i, w in zip(order[1:5], weights[1:], strict=False)
        )
        sure = min(0.97, weights[0] / total)
        best = fillings[order[0]]
        found.append(Mark(match.start(), match.end(), best, "most likely letters here", sure, others))
        left += best
    return found


def _fillings(shown: str) -> list[str]:
    """The characters that a first byte, `shown` alone, can have begun; their second byte is one that the page lacks."""
    lead = encode_sloppy(shown, PAGE) or b""
    fillings = [(lead + bytes([byte])).decode("utf-8", "ignore") for byte in range(0x80, 0xA1)]
    return [letter for letter in fillings if letter.isprintable() and letter and letter != NBSP]


def _twin(last: str) -> str:
    """The next likely reading of a mark whose last byte is there: the trade mark for the bullet."""
    return "\u2122" if last == "\u0e02" else "\u2032"


class _Paragraph:
    """The marks of one paragraph, from left to right, with the quotes that are open."""

    def __init__(self, text: str, start: int, end: int, habit: Habit) -> None:
        self._text, self._start, self._end, self._habit = text, start, end, habit
        self._open: list[str] = []

    def marks(self, runs: Sequence[re.Match[str]]) -> list[Mark]:
        found: list[Mark] = []
        speech = self._spoken(runs)
        for number, run in enumerate(runs):
            if run[0] == SPACE:
                found.append(_space(self._text, run.start()))
                continue
            if speech and self._around(run) != "inside":
                found.append(self._speech(run))
                continue
            length = len(run[0])
            for place in range(length):
                at = run.start() + place
                text, why, sure = self._mark(run, place, runs[number + 1 :])
                others = [mark for mark in self._others(text) if mark != text]
                rest = (1 - sure) / len(others)
                found.append(
                    Mark(at, at + 1, text, why, sure, tuple(Candidate(mark, round(rest, 4)) for mark in others))
                )
        return found

    def _around(self, run: re.Match[str]) -> str:
        """Where `run` stands: `opening` before a word, `closing` after one, or `inside`."""
        left = self._text[run.start() - 1] if run.start() > self._start else " "
        right = self._text[run.end()] if run.end() < self._end else " "
        if left in OPENERS and not right.isspace():
            return "opening"
        return "closing" if right in CLOSERS and not left.isspace() else "inside"

    def _spoken(self, runs: Sequence[re.Match[str]]) -> bool:
        """Whether the paragraph is a speech that dashes break: `—Sí —dijo Ana—, voy`.

        It begins with a mark, in a language that writes so, and the next mark opens again where a quotation would close.
        """
        marks = [run for run in runs if run[0] == MARK]
        return (
            self._habit.dialogue
            and len(marks) > 1
            and not self._text[self._start : marks[0].start()].strip()
            and self._around(marks[0]) == self._around(marks[1]) == "opening"
        )

    def _speech(self, run: re.Match[str]) -> Mark:
        others = (EN if self._habit.line_dash == EM else EM, self._habit.opening, self._habit.closing)
        candidates = tuple(Candidate(mark, 0.05) for mark in others)
        why = "a dash of a speech: two marks open one after the other"
        return Mark(run.start(), run.end(), self._habit.line_dash * len(run[0]), why, 0.85, candidates)

    def _others(self, text: str) -> tuple[str, ...]:
        quotes = (self._habit.opening, self._habit.closing)
        return (APOSTROPHE, *quotes, EM, EN) if text not in (EM, EN) else (EM, EN, APOSTROPHE, *quotes)

    def _mark(self, run: re.Match[str], place: int, later: Sequence[re.Match[str]]) -> tuple[str, str, float]:
        """The mark at `place` of `run`, the reason, and how sure it is."""
        text, last = self._text, len(run[0]) - 1
        left = text[run.start() - 1] if run.start() > self._start else " "
        right = text[run.end()] if run.end() < self._end else " "
        opening, closing = left in OPENERS, right in CLOSERS
        if opening and right.isspace():
            return self._habit.dash, "stands between spaces", 0.8
        if opening:
            return self._opened(run, place, later, left)
        if closing:
            return self._closed(run, place, last, left, later)
        return self._inside(run, place, left, right, later)

    def _opened(
        self, run: re.Match[str], place: int, later: Sequence[re.Match[str]], left: str
    ) -> tuple[str, str, float]:
        text = self._text
        if not self._open and place == 0 and HEADLESS.match(text, run.end()) and not self._closer_ahead(later, 1):
            return APOSTROPHE, "stands for letters left out", 0.9
        if not self._closer_ahead(later, 1) and not self._open and self._habit.dialogue and left in " \t\n\u00a0":
            return self._habit.line_dash, "begins a speech or an aside that no quote closes", 0.75
        inner = bool(self._open) and self._open[-1] == self._habit.opening
        if inner and run.start() == self._start:
            inner = False
        mark = self._habit.inner_opening if inner else self._habit.opening
        self._open.append(mark)
        return mark, "opens a quotation: space before, word after", 0.93

    def _closed(
        self, run: re.Match[str], place: int, last: int, left: str, later: Sequence[re.Match[str]]
    ) -> tuple[str, str, float]:
        text = self._text
        if place < last and left.isalpha() and len(self._open) <= last - place:
            return EM, "breaks the speech off before the closing quote", 0.8
        if self._open:
            possessive = left in "sS" and place == 0 == last and re.match(r" [a-z]", text[run.end() : run.end() + 2])
            outer = self._open[-1]
            if possessive and self._closer_ahead(later, len(self._open)):
                return APOSTROPHE, "plural possessive: the quotation is closed later", 0.85
            self._open.pop()
            mark = self._habit.inner_closing if outer == self._habit.inner_opening else self._habit.closing
            return mark, "closes the quotation that is open", 0.95
        if left.isalpha():
            if run.end() >= self._end and left not in "sS":
                return EM, "breaks off at the end", 0.6
            return APOSTROPHE, "follows a letter, and no quotation is open", 0.85
        return self._habit.closing, "follows a full stop or comma", 0.7

    def _inside(
        self, run: re.Match[str], place: int, left: str, right: str, later: Sequence[re.Match[str]]
    ) -> tuple[str, str, float]:
        text = self._text
        if len(run[0]) > 1:
            if place == 0 and self._open:
                self._open.pop()
                return self._habit.closing, "closes the quotation that is open", 0.7
            return EM, "stands between words", 0.6
        if left.isdigit() and right.isdigit():
            return EN, "stands between numbers", 0.9
        if left.isalnum() and right.isalpha():
            if CONTRACTED.match(text, run.end()):
                return APOSTROPHE, "contraction or possessive", 0.98
            if ELIDED.search(text[max(self._start, run.start() - 9) : run.start()]):
                return APOSTROPHE, "elision before a vowel", 0.97
            if self._habit.elides and not self._long(run):
                return APOSTROPHE, "elision, as this language writes it", 0.85
            return EM, "joins two words that no contraction joins", 0.9
        if right.isalpha() and self._closer_ahead(later, 1) and not self._open and left in ",;:.!?)":
            return EM, "stands between a stop and a word", 0.6
        if self._open and not right.isalnum():
            self._open.pop()
            return self._habit.closing, "closes the quotation that is open", 0.8
        return EM, "stands between signs", 0.7

    def _long(self, run: re.Match[str]) -> bool:
        """Whether whole words stand on both sides, as around a dash."""
        head = re.search(r"[^\W\d_]+$", self._text[max(self._start, run.start() - 20) : run.start()])
        return head is not None and len(head[0]) > 4

    def _closer_ahead(self, later: Sequence[re.Match[str]], needed: int) -> bool:
        """Whether `needed` marks further on in the paragraph can close a quotation."""
        count = 0
        for run in later:
            if run[0] == SPACE:
                continue
            left = self._text[run.start() - 1] if run.start() > self._start else " "
            right = self._text[run.end()] if run.end() < self._end else " "
            count += len(run[0]) * (left not in OPENERS and right in CLOSERS)
        return count >= needed


def _space(text: str, at: int) -> Mark:
    """The no-break space whose A0 was dropped; the space after it may be the A0 itself."""
    if text[at + 1 : at + 2] == " ":
        other = (Candidate(NBSP, 0.4),)
        return Mark(
            at,
            at + 2,
            NBSP + " ",
            "C2 of a no-break space; whether the space after it was the A0 can't be known",
            0.6,
            other,
        )
    return Mark(at, at + 1, NBSP, "C2 of a no-break space", 0.95, (Candidate("\u0085", 0.02), Candidate("", 0.02)))
