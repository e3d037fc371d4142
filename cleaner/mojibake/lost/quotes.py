"""Which mark stood where a quote, dash or apostrophe was lost: rules with a stack of open quotes, by the habits of a
language.

The text here has one character, `MARK`, in the place of each lost mark, and `SPACE` in that of a lost no-break space.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from cleaner.document import Candidate
from cleaner.mojibake.words.habits import EM, EN, Habit

MARK, SPACE = "\N{THAI CHARACTER SARA O}", "\N{THAI CHARACTER YO YAK}"
RUN = re.compile(f"{MARK}+|{SPACE}")
APOSTROPHE, NBSP = "\u2019", "\u00a0"
CONTRACTED = re.compile(r"(?:s|t|d|m|re|ve|ll|clock|em)(?![^\W\d_])", re.IGNORECASE)
PAIRED = re.compile(
    rf"\b(?:[Yy]{MARK}all|[Mm]a{MARK}am|o{MARK}er|e{MARK}er|ne{MARK}er|e{MARK}en|O{MARK}[A-Z]|[DdLl]{MARK}[A-Z]|\w*c{MARK}h)"
)
"""English words with an apostrophe inside, and names: `O’Neill`, `d’Artagnan`; Breton `c’h`."""
ELIDED = re.compile(
    r"(?:^|[^\w])(?:[dljmnstcDLJMNSTCO]|qu|Qu|jusqu|Jusqu|lorsqu|Lorsqu|puisqu|Puisqu|quelqu|Quelqu|presqu|quoiqu|aujourd|Aujourd"
    r"|un|dell|all|nell|sull|dall|quell|quest|Dell|All|Nell|Sull|Dall|Quell|Quest|c|C|v|V)$"
)
HEADLESS = re.compile(r"(?:\d0s?|\d\d|tis|twas|twere|em|n|t|til|cause|bout|round|neath|s|k|m)(?![^\W_])", re.IGNORECASE)
"""Words whose beginning an apostrophe replaces: `’90s`, `’tis`, Dutch `’s avonds`, `’t`."""
SAYING = re.compile(
    r"(?:\w+[óò]|dij\w+|dice\w*|dec[íi]a\w*|repuso|hizo|\w+ou|disse\w*|diz\w*|respondeu|\w+eu|fez|va dir|digué|feu)(?!\w)"
)
"""A verb that interrupts a speech: `—respondió`, `—disse`."""
OPENERS = ' \t\n\r\u00a0([{\u2014\u2013-/\u00ab\u00bf\u00a1"'
CLOSERS = ' \t\n\r\u00a0)]}.,;:!?\u2014\u2013-/\u2026\u00bb"'
STRAIGHT = re.compile(r"(?<=[^\s(\[])\"(?!\w)")
LEAD = re.compile("[ \u00bb\u00ab-]*")
"""What may precede the dash that begins a paragraph."""
STOPPED = ",;:.!?)\u2026"


@dataclass(frozen=True, slots=True)
class Mark:
    """A restored mark: where it stood, what it becomes, what else it could be."""

    start: int
    end: int
    after: str
    why: str
    confidence: float
    alternatives: tuple[Candidate, ...]
    exact: bool = False
    """Whether nothing was lost here, so that the accident can be replayed."""


def place_marks(text: str, habit: Habit) -> list[Mark]:
    """Every lost mark and no-break space of `text`, in order."""
    runs = list(RUN.finditer(text))
    found: list[Mark] = []
    at = 0
    for paragraph in re.finditer(r"[^\n]+", text):
        first = at
        while at < len(runs) and runs[at].start() < paragraph.end():
            at += 1
        if at > first:
            found += _Paragraph(text, paragraph.start(), paragraph.end(), habit, runs[first:at]).marks()
    return found


class _Paragraph:
    """The marks of one paragraph, from left to right, with the quotes that are open.

    A run of marks is named by its index. What lies before and after each is counted once, so that the time is linear in
    the number of quotations.
    """

    def __init__(self, text: str, start: int, end: int, habit: Habit, runs: Sequence[re.Match[str]]) -> None:
        self._text, self._start, self._end, self._habit, self._runs = text, start, end, habit, runs
        self._around = [self._place_of(run) for run in runs]
        """Where each run stands: `opening` before a word, `closing` after one, `between` spaces or `inside`."""
        closers = [
            len(run[0]) if run[0] != SPACE and (around == "closing" or (around == "inside" and len(run[0]) > 1)) else 0
            for run, around in zip(runs, self._around, strict=True)
        ]
        self._closers = [*accumulate(reversed(closers), initial=0)][::-1]
        """Marks that can close a quotation, from each run on."""
        self._quotes = [match.start() for match in re.finditer('"', text[start:end])]
        """Places of straight quotes in the paragraph; and, in the text, of those that can close a quotation."""
        self._straight = [match.start() for match in STRAIGHT.finditer(text, start, end)]
        self._open: list[str] = []
        self._closed_by = -1

    def marks(self) -> list[Mark]:
        found: list[Mark] = []
        speech = self._speech_from()
        for number, run in enumerate(self._runs):
            if run[0] == SPACE:
                found.append(_space(self._text, run.start()))
                continue
            if self._is_speech(number, spoken=number >= speech):
                found.append(self._speech(run))
                continue
            for place in range(len(run[0])):
                at = run.start() + place
                text, why, sure = self._mark(number, place)
                others = [mark for mark in self._others(text) if mark != text]
                rest = (1 - sure) / len(others)
                found.append(
                    Mark(at, at + 1, text, why, sure, tuple(Candidate(mark, round(rest, 4)) for mark in others))
                )
        return found

    def _left(self, run: re.Match[str]) -> str:
        left = self._text[run.start() - 1] if run.start() > self._start else " "
        return NBSP if left == SPACE else left

    def _right(self, run: re.Match[str]) -> str:
        right = self._text[run.end()] if run.end() < self._end else " "
        return NBSP if right == SPACE else right

    def _place_of(self, run: re.Match[str]) -> str:
        left, right = self._left(run), self._right(run)
        if left in OPENERS:
            return "between" if right.isspace() or (right in ",;:.!?)" and left.isspace()) else "opening"
        return "closing" if right in CLOSERS else "inside"

    def _speech_from(self) -> int:
        """Index of the first mark of a speech that dashes interrupt: `—Sí —dijo Ana—, voy`; the number of runs where
        there is none.

        In a language that writes so, a mark opens again where a quotation would close. Where the paragraph begins with
        such a mark, all of it is speech.
        """
        runs, text = self._runs, self._text
        if not self._habit.dialogue:
            return len(runs)
        places = [n for n, run in enumerate(runs) if run[0] == MARK and self._around[n] in ("opening", "closing")]
        for n, after in pairwise(places):
            if self._around[n] == self._around[after] == "opening":
                start = runs[n].start()
                if LEAD.fullmatch(text, self._start, start) or _last_before(text, 0, start) in ("", ".", "!", "?"):
                    return n
        only = places[0] if len(places) == 1 else None
        if only is not None and self._around[only] == "opening" and not text[self._start : runs[only].start()].strip():
            return only
        return len(runs)

    def _is_speech(self, number: int, *, spoken: bool) -> bool:
        """Whether a run is a dash of a speech."""
        run, around = self._runs[number], self._around[number]
        if not self._habit.dialogue or run[0] != MARK or around not in ("opening", "closing"):
            return False
        if spoken:
            # A quotation within a speech follows a colon.
            before = _last_before(self._text, self._start, run.start())
            quoted = before == ":" and around == "opening" and self._closer_ahead(number, 1)
            return not quoted and not (self._open and around == "closing")
        if around == "opening" and SAYING.match(self._text, run.end()):
            self._open.append(EM)
            return True
        if around == "closing" and self._open and self._open[-1] == EM:
            self._open.pop()
            return True
        return False

    def _speech(self, run: re.Match[str]) -> Mark:
        others = (EN if self._habit.line_dash == EM else EM, self._habit.opening, self._habit.closing)
        candidates = tuple(Candidate(mark, 0.05) for mark in others)
        return Mark(run.start(), run.end(), self._habit.line_dash, "a dash that sets off a speech", 0.85, candidates)

    def _others(self, text: str) -> tuple[str, ...]:
        quotes = (self._habit.opening, self._habit.closing)
        marks = (EM, EN, APOSTROPHE, *quotes) if text in (EM, EN) else (APOSTROPHE, *quotes, EM, EN)
        return tuple(dict.fromkeys(marks))

    def _mark(self, number: int, place: int) -> tuple[str, str, float]:
        """The mark at `place` of a run, the reason, and how sure it is."""
        run, around = self._runs[number], self._around[number]
        if around == "between" and len(run[0]) == 2 and (self._open or self._closed_by == number):
            self._closed_by = number
            return (self._push(first=False) if place else self._pop()), "closes one quotation and opens another", 0.6
        if around == "between":
            return self._habit.dash, "stands between spaces", 0.8
        if around == "opening":
            return self._opened(number, place)
        if around == "closing":
            return self._closed(number, place)
        return self._inside(number, place)

    def _push(self, first: bool) -> str:
        """Opens a quotation: an inner one inside another, but never as the first mark of a paragraph."""
        inner = bool(self._open) and self._open[-1] == self._habit.opening and not first
        mark = self._habit.inner_opening if inner else self._habit.opening
        self._open.append(mark)
        return mark

    def _pop(self) -> str:
        """Closes the quotation that is open."""
        outer = self._open.pop()
        return self._habit.inner_closing if outer == self._habit.inner_opening else self._habit.closing

    def _opened(self, number: int, place: int) -> tuple[str, str, float]:
        run, ahead = self._runs[number], self._closer_ahead(number, 1)
        left, last = self._left(run), number == len(self._runs) - 1
        if place == 0 == len(run[0]) - 1 and HEADLESS.match(self._text, run.end()) and not ahead:
            return APOSTROPHE, "stands for letters left out", 0.9
        if self._open and not self._habit.joins and last and not ahead:
            return self._pop(), "closes the quotation that is open, its space misplaced", 0.6
        tight = self._habit.dialogue or (self._habit.joins and run.start() > self._start)
        if not ahead and not self._open and tight and left in " \t\n\u00a0":
            return self._habit.line_dash, "begins a speech or an aside that no quote closes", 0.75
        mark = self._push(first=run.start() + place == self._start)
        return mark, "opens a quotation: space before, word after", 0.93

    def _closed(self, number: int, place: int) -> tuple[str, str, float]:
        run, text = self._runs[number], self._text
        left, last = self._left(run), len(run[0]) - 1
        if place < last and left.isalpha() and len(self._open) <= last - place:
            if self._habit.joins or self._habit.dialogue:
                return EM, "breaks the speech off before the closing quote", 0.8
            return APOSTROPHE, "two apostrophes stand for a closing quote", 0.6
        if self._open:
            doubled = not self._habit.joins and last == 1 == place and len(self._open) == 1 and left.isalpha()
            if doubled:
                self._open.pop()
                return APOSTROPHE, "two apostrophes stand for a closing quote", 0.6
            possessive = left in "sS" and place == 0 == last and re.match(r" [a-z]", text[run.end() : run.end() + 2])
            if possessive and self._habit.joins and self._closer_ahead(number, len(self._open)):
                return APOSTROPHE, "plural possessive: the quotation is closed later", 0.85
            return self._pop(), "closes the quotation that is open", 0.95
        if self._quotes_before(run) % 2:
            return self._habit.closing, "closes what a straight quote opened", 0.8
        if left.isalpha():
            if run.end() >= self._end and left not in "sS" and self._habit.joins:
                return EM, "breaks off at the end", 0.6
            if self._habit.joins or self._habit.elides:
                return APOSTROPHE, "follows a letter, and no quotation is open", 0.85
            following = self._around[number + 1 : number + 2] == ["opening"]
            if following and not self._closer_ahead(number + 1, 1):
                return self._push(first=False), "opens a quotation, its space misplaced: another mark closes it", 0.6
        return self._habit.closing, "closes a quotation that was opened before", 0.7

    def _inside(self, number: int, place: int) -> tuple[str, str, float]:
        run = self._runs[number]
        left, right, length = self._left(run), self._right(run), len(run[0])
        if length > 1:
            if place == 0 and self._open:
                self._closed_by = number
                return self._pop(), "closes the quotation that is open", 0.7
            opens = place == (2 if self._closed_by == number else 1) and place == length - 1 and right.isalnum()
            if opens and self._closer_ahead(number, 1):
                return self._push(first=False), "opens a quotation after a dash", 0.7
            return EM, "stands between words", 0.6
        if left.isdigit() and right.isdigit():
            return EN, "stands between numbers", 0.9
        if left.isalnum() and (right.isalpha() or right in "\u00ab\u201c"):
            return self._joined(run)
        if right.isalpha() and self._closer_ahead(number, 1) and not self._open and left in STOPPED:
            return EM, "stands between a stop and a word", 0.6
        if self._open and not right.isalnum():
            return self._pop(), "closes the quotation that is open", 0.8
        return EM, "stands between signs", 0.7

    def _joined(self, run: re.Match[str]) -> tuple[str, str, float]:
        """The mark between two words or letters."""
        text = self._text
        if CONTRACTED.match(text, run.end()) or self._paired(run):
            return APOSTROPHE, "contraction or possessive", 0.98
        if ELIDED.search(text[max(self._start, run.start() - 9) : run.start()]):
            return APOSTROPHE, "elision before a vowel", 0.97
        if self._habit.elides:
            return APOSTROPHE, "elision, as this language writes it", 0.85
        if not self._habit.joins and not self._habit.dialogue and not self._habit.elides:
            return APOSTROPHE, "an ending after a name: this language puts spaces around dashes", 0.85
        return EM, "joins two words that no contraction joins", 0.9

    def _paired(self, run: re.Match[str]) -> bool:
        """Whether the word around `run` is one that has an apostrophe inside."""
        head = re.search(r"[^\W\d_]*$", self._text[max(self._start, run.start() - 8) : run.start()])
        start = run.start() - len(head[0]) if head else run.start()
        return PAIRED.match(self._text, start) is not None

    def _closer_ahead(self, number: int, needed: int) -> bool:
        """Whether `needed` marks after a run in the paragraph can close a quotation; a straight quote can, too."""
        count, run = self._closers[number + 1], self._runs[number]
        if count < needed and self._quotes_before(run) % 2 == 0:
            count += len(self._straight) - bisect_left(self._straight, run.end())
        return count >= needed

    def _quotes_before(self, run: re.Match[str]) -> int:
        """How many straight quotes stand before `run` in the paragraph."""
        return bisect_left(self._quotes, run.start() - self._start)


def _last_before(text: str, start: int, at: int) -> str:
    """The last character of `text[start:at]` that is not a space; "" where there is none."""
    while at > start:
        at -= 1
        if not text[at].isspace():
            return text[at]
    return ""


def _space(text: str, at: int) -> Mark:
    """The no-break space whose A0 was dropped; the space after it may be the A0 itself."""
    if text[at + 1 : at + 2] == " ":
        other = (Candidate(NBSP, 0.4),)
        why = "C2 of a no-break space; whether the space after it was the A0 can't be known"
        return Mark(at, at + 2, NBSP + " ", why, 0.6, other)
    return Mark(at, at + 1, NBSP, "C2 of a no-break space", 0.95, (Candidate("\u0085", 0.02), Candidate("", 0.02)))
