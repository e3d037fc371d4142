"""The lines of one document, explained one after the other: the chains and losses found so far are tried first.

[halved]: as in `evidence`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from cleaner.document import Edit, Span
from cleaner.models.gate import LONGEST
from cleaner.mojibake.accidents.blanks import between_blanks, without_breaks
from cleaner.mojibake.accidents.cased import may_be_cased
from cleaner.mojibake.accidents.frames import without_frames
from cleaner.mojibake.accidents.gaps import pages_of
from cleaner.mojibake.accidents.steps import CJK, Explained, Step, beyond_ascii, chars_beyond, other_steps, utf8_steps
from cleaner.mojibake.accidents.unreadable import SIGN as UNREADABLE
from cleaner.mojibake.chains.again import ask_ahead, explained_again
from cleaner.mojibake.chains.escaped import behind_escapes
from cleaner.mojibake.chains.search import explain, is_code, is_source
from cleaner.mojibake.chains.sure import explain_surely, explain_whole
from cleaner.mojibake.chains.through import all_through, by_layers, by_layers_of_spaces, firmest_first
from cleaner.mojibake.context import RepairContext
from cleaner.mojibake.escapes import holds_escape
from cleaner.mojibake.patience import Patience
from cleaner.mojibake.ranges import holding, ranges
from cleaner.mojibake.readings.evidence import DRAWN, Likelihoods, is_drawing, is_telling, likelihoods, may_be_utf8
from cleaner.mojibake.readings.sampling import SAMPLE
from cleaner.mojibake.recording import explained_edits, filled_edits, frame_edits, ftfy_edits, thai_edits
from cleaner.mojibake.strangeness import strangeness

if TYPE_CHECKING:
    from cleaner.mojibake.accidents.gaps import Loss
    from cleaner.mojibake.lost.filling import Filled

DRAWING = re.compile(
    r"(?m)([\u2500\u2501\u2550])\1{3}|^(?=[^\n]*([\u2500\u2501\u2550\u2580-\u259f])\2)[\s\u2500-\u259f]{3,}$"
)
"""A line of box drawing with a stroke of at least two signs, or a stroke of four, which may follow a comment's `//`:
then the other lines with such characters belong to the drawing."""
BOX = re.compile("[\u2500-\u259f]")
FLOOD = re.compile("[\u0300-\u036f]{6}")
"""Accents piled up on one letter: decoration, which pages with accents of their own (cp1258) would turn into letters."""
LEAD = re.compile("[\xa0ÂÃâ\ufffd]")
"""The first byte of a UTF-8 sequence whose other bytes are gone, as common pages show it."""
SURELY_WIDE = 3.0
"""Nats for each character beyond ASCII from which a line filled as a Chinese, Japanese or Korean page is not searched
further: of 253 garbled lines that such a page explained each was filled so after a full search too, 236 of them with
more nats."""
AHEAD, MOST_AHEAD = 8, 512
"""A known chain is tried on many lines at once: each time on AHEAD times as many, up to MOST_AHEAD. For speed alone [halved]."""
MOST_KNOWN = 24
"""How many chains and losses, the newest ones, are tried on the following lines: rows of random letters seem to have hundreds."""
LOOKED_BACK = 512
"""How many lines passed over are tried once more with the chain of the next explained line. Where more are passed over
in a row, they are rows of letters."""
LEFT = 0.5
"""Share of a line's strangeness that may be left when its gaps are filled."""
SEVERAL = 3
"""Changes of a mix-up of two pages in a document from which lines that look right are tried with it too."""
MANY = 12
"""Changes from which such a mix-up costs nothing in other lines, suspicious ones too: the document went through it."""
START = attrgetter("start")
REMEMBERED = 10_000
"""Most lines that are remembered with their repairs."""


class Lines:
    """The repair of one document, with the chains and losses found so far, the newest first.

    For the text of the last call of `edits`, `frames` are the edits that restore frames, which a border proves, so that
    no doubt is applied to them; `passed` are the places of the lines that were passed over.
    """

    def __init__(self, level: str, context: RepairContext | None) -> None:
        self._inferred = level == "inferred"
        self._source = False
        self._latest: tuple[Step, ...] = ()
        self._found: list[tuple[Step, ...]] = list(_chains_of(context))[:MOST_KNOWN] if context else []
        self._made: dict[str, tuple[list[Edit], int]] = {}
        self._losses: tuple[Loss, ...] = ()
        self._through: dict[str, Explained | None] = {}
        self._refilled: dict[str, Filled | None] = {}
        self._ahead = 1
        self._asked = Likelihoods()
        self._patience = Patience()
        self.frames: list[Edit] = []
        self.passed: list[Span] = []

    def is_tired(self) -> bool:
        """Whether so many searches failed that lines are passed over."""
        return self._patience.is_spent()

    def knows_nothing(self) -> bool:
        """Whether a new `Lines` would find the same in the last text: no chain and no loss is known, and no line is passed over."""
        return not (self._found or self._losses or self.is_tired())

    def edits(self, text: str) -> list[Edit]:
        """All edits of `text`, which does not look clean, without its `frames`: in order, not overlapping."""
        self.passed = []
        frames, plain = without_frames(without_breaks(text))
        thai = list(thai_edits(plain))
        found = self._lines(plain, [edit.start for edit in thai])
        if thai:
            # A line that the Thai accident explains needs no other.
            found += [edit for edit in thai if self._inferred or edit.kind == "exact"]
        if plain != text:
            found = [part for edit in found for part in between_blanks(edit, text)]
        self.frames = list(frame_edits(text, frames))
        return sorted(found, key=START) if thai else found

    def _lines(self, text: str, done: list[int]) -> list[Edit]:
        """The edits of those suspicious lines that hold none of the places `done`."""
        if self._source != is_source(text):
            self._source = not self._source
            self._made.clear()
        drawing = BOX.search(text) is not None and DRAWING.search(text) is not None

        def read(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int]]:
            for start, until in spans:
                end = until - text.endswith("\r", start, until)  # a line of a Windows file is read like any other
                drawn = drawing and BOX.search(text, start, end) is not None
                if not drawn and bisect_left(done, start) == bisect_left(done, end):
                    yield text[start:end], start

        asked = firmest_first(list(read(ranges(text))))
        found: list[Edit] = []
        seen = 0
        for number, (line, start) in enumerate(asked):
            vain = self._patience.vain
            if (self._found or self._losses) and line not in self._through and not self._patience.is_over(line):
                ahead = 1 if self.is_tired() else self._ahead
                self._look_ahead([one for one, _ in asked[number : number + ahead]])
            found += self._line_once(line, start)
            if self._patience.vain < vain and seen < len(self.passed):
                found += self._look_back(text, seen)
                seen = len(self.passed)
        steps, turned = self._turned(found)
        if turned:
            changed = sorted([edit.start for edit in found])
            lines = read(holding(text, turned))
            left = (at for at in lines if bisect_left(changed, at[1]) == bisect_left(changed, at[1] + len(at[0])))
            found += self._unnoticed(steps, left)
        return sorted(found, key=START)

    def _turned(self, found: list[Edit]) -> tuple[tuple[Step, ...], str]:
        """The chain that undid a mix-up of two pages in most of the changes `found`, and the characters beyond ASCII that
        it turned there; nothing where those are not SEVERAL. Where they are MANY, it costs nothing.
        """
        numbers = Counter([edit.chain for edit in found])
        pairs = [steps[0] for steps in self._found if len(steps) == 1 and steps[0].single]
        pairs = [step for step in pairs if step.right not in ("utf-8", *CJK) and numbers[step.chain] >= SEVERAL]
        if not pairs:
            return (), ""
        step = max(pairs, key=lambda step: numbers[step.chain])
        turned = "".join(chars_beyond("".join([edit.before for edit in found if edit.chain == step.chain])))
        return (replace(step, cost=0.0) if numbers[step.chain] >= MANY else step,), turned

    def _unnoticed(self, steps: tuple[Step, ...], lines: Iterable[tuple[str, int]]) -> list[Edit]:
        """The edits of `lines` that were left, each with its place, by the chain `steps` of other lines.

        Hungarian read in a Western page has `õ` and `û`, which some language has wherever they stand; only other words
        of the document show that they are wrong.
        """
        found: list[Edit] = []
        for line, start in lines:
            again = explained_again(line, [steps], self._asked) if len(line) <= LONGEST else None
            if again is not None:
                found += explained_edits(line, again, start, inferred=self._inferred)
        return found

    def _look_back(self, text: str, seen: int) -> list[Edit]:
        """The edits of lines of `text` that were passed over, from number `seen` on, by the chain that a later line
        went through.
        """
        found: list[Edit] = []
        first = max(seen, len(self.passed) - LOOKED_BACK)
        last = self.passed[first:]
        del self.passed[first:]
        for span in last:
            line = text[span.start : span.end]
            again = None
            if self._latest and not (holds_escape(line) or FLOOD.search(line)) and is_telling(line):
                again = explained_again(line, [self._latest], self._asked)
            if again is None:
                self.passed.append(span)
            else:
                found += explained_edits(line, again, span.start, inferred=self._inferred)
        return found

    def _look_ahead(self, lines: list[str]) -> None:
        """Explains `lines` by the chains and losses found so far; more lines each time, until another chain or loss is found."""
        self._through = dict(zip(lines, all_through(lines, self._found), strict=True))
        rest = [line for line, through in self._through.items() if through is None]
        self._asked = Likelihoods()
        if self._found:
            ask_ahead(rest, self._found[0], self._asked)
        if self._losses:
            from cleaner.mojibake.lost.lossy import fill_again

            self._refilled = fill_again([line for line in rest if not line.isascii()], self._losses)
        self._ahead = min(MOST_AHEAD, AHEAD * self._ahead)

    def _line_once(self, line: str, offset: int) -> list[Edit]:
        """The edits of `line`; those of an equal line are reused until another chain or loss has been found."""
        if line in self._made:
            edits, first = self._made[line]
            moved = offset - first
            return [replace(edit, start=edit.start + moved, end=edit.end + moved) for edit in edits]
        found, losses = self._found, self._losses
        briefly = self._patience.is_over(line)
        edits = self._line(line, offset, briefly=briefly)
        if found is not self._found or losses is not self._losses:
            self._made.clear()
            self._through, self._refilled, self._ahead = {}, {}, 1
        elif len(self._made) > REMEMBERED:
            self._made.clear()
        if edits or not briefly:
            self._made[line] = edits, offset
        return edits

    def _line(self, line: str, offset: int, *, briefly: bool) -> list[Edit]:
        """The edits of `line`; `briefly`: only if it is UTF-8 all through, else it is passed over."""
        escaped = holds_escape(line)
        through = self._through.get(line) if not escaped else None
        if through is not None:
            return self._explained(line, through, offset)
        drawn = DRAWN.search(line) is not None
        code = self._source or (drawn and is_code(line))
        if FLOOD.search(line) or (drawn and is_drawing(line, code=code)):
            return []
        says = is_telling(line)
        plain = says and not escaped and not self._may_be_cased(line)
        if plain and (briefly or not (self._found or self._losses)):
            whole = by_layers(line) or explain_whole(line)
            if whole is not None:
                return self._explained(line, whole, offset)
        if not (escaped or says or LEAD.search(line)):
            return []
        if briefly:
            self._patience.spend(line)
            self.passed.append(Span(offset, offset + len(line)))
            return []
        respaced = by_layers_of_spaces(line) if plain and self._inferred else None
        if respaced is not None:
            return self._explained(line, respaced, offset)
        lost = "\ufffd" in line or UNREADABLE.search(line) is not None
        sure = self._surely(line) if plain and not (self._losses or lost) else None
        if sure is not None:
            return self._explained(line, sure, offset)
        again = self._fill_again(line) if not escaped else None
        wide = _wide(line) if again is None and self._inferred and lost else None
        if wide is not None and wide.gain > max(SURELY_WIDE * beyond_ascii(line), 0.0):
            again = wide
        if again is not None:
            return self._filled(line, again, offset)
        return self._searched(line, wide, offset, escaped=escaped, code=code or is_code(line))

    def _surely(self, line: str) -> Explained | None:
        """The explanation of `line` beyond doubt: by a known chain or, where none is known, by the only one possible."""
        if self._found:
            found = explained_again(line, self._found, self._asked)
        elif may_be_utf8(line) or pages_of(line)[1]:
            # What looks like UTF-8 is first asked what it lost; the search asks about other accidents then.
            return None
        else:
            found = explain_surely(line)
        return found if found is not None and found.sure else None

    def _searched(self, line: str, wide: Filled | None, offset: int, *, escaped: bool, code: bool) -> list[Edit]:
        """The edits of `line` by the best of all explanations and all fillings of its gaps, `wide` among them."""
        self._patience.spend(line)
        explained = behind_escapes(line, tuple(self._found), code=self._source) if escaped else None
        if explained is None and not line.isascii():
            explained = explain(line, tuple(self._found), self._asked, code=code)
        cased = explained is not None and self._may_be_cased(line)
        filled = self._fill(line, explained, cased=cased) if (self._inferred or cased) and not line.isascii() else None
        filled = filled or wide
        if filled is not None and strangeness(filled.text) > LEFT * strangeness(line):
            filled = None  # the rest is as garbled as before: it was another accident
        known = explained is not None and explained.steps in self._found
        if filled is not None and known and not filled.loss and filled.rule == "MOJ201":
            filled = None  # no sequence of it is whole, and another line has shown the accident
        if filled is not None and filled.gain > max(_gain(line, explained), 0.0):
            return self._filled(line, filled, offset)
        if explained is not None:
            return self._explained(line, explained, offset)
        return list(ftfy_edits(line, offset)) if self._inferred and not line.isascii() else []

    def _filled(self, line: str, filled: Filled, offset: int) -> list[Edit]:
        """The edits of `line`, whose loss is known from now on."""
        if filled.loss is not None and filled.loss not in self._losses:
            self._losses = (*self._losses, filled.loss)[-MOST_KNOWN:]
        edits = [edit for edit in filled_edits(line, filled, offset) if self._inferred or edit.kind == "exact"]
        self._restore(line, edits, offset, filled.gain, len(line))
        return edits

    def _explained(self, line: str, explained: Explained, offset: int) -> list[Edit]:
        """The edits of `line`, whose chain is known from now on."""
        self._latest = steps = tuple(step for step in explained.steps if step.right != "text")
        if steps not in self._found:
            self._found = [steps, *self._found[: MOST_KNOWN - 1]]
        edits = explained_edits(line, explained, offset, inferred=self._inferred)
        self._restore(line, edits, offset, explained.gain)
        return edits

    def _restore(self, line: str, edits: list[Edit], offset: int, gain: float, most: float = SAMPLE / 2) -> None:
        """Counts `line` as explained; as failed where patience is short and the doubts refuse all of its `edits`."""
        if self._patience.is_short():
            from cleaner.mojibake.doubts.doubt import undoubted

            own = [replace(edit, start=edit.start - offset, end=edit.end - offset) for edit in edits]
            if not undoubted(line, own):
                self._patience.spend(line)
                return
        self._patience.restore(line, gain, most)

    def _fill_again(self, line: str) -> Filled | None:
        """`line` filled, where that explains all of it: under the loss of another line, or beyond doubt."""
        from cleaner.mojibake.lost.lossy import fill_surely

        filled = self._refilled.get(line)
        if filled is None:
            filled = fill_surely(line)
        return filled if filled is not None and filled.gain > 0 else None

    def _may_be_cased(self, line: str) -> bool:
        """Whether the case of garbled `line` may have been changed. At level `exact` capitals are read as they stand."""
        return (self._inferred or line.islower()) and may_be_cased(line)

    def _fill(self, line: str, explained: Explained | None, *, cased: bool) -> Filled | None:
        from cleaner.mojibake.accidents.gaps import gap_in
        from cleaner.mojibake.lost.lossy import fill

        if explained is not None and explained.whole and not cased:
            return None  # nothing is missing
        if (
            explained is not None
            and not cased
            and not ((line.islower() or line.isupper()) and strangeness(explained.text))
        ):
            first = explained.steps[0]
            missing = gap_in(first.wrong) if first.right == "utf-8" else None
            if not (missing.search(line) if missing else may_be_utf8(line)):
                return None
        likely = tuple(step.wrong for step in explained.steps if step.right != "text") if explained else ()
        return fill(line, likely, self._losses)


def _wide(line: str) -> Filled | None:
    from cleaner.mojibake.lost.wide import fill_wide

    return fill_wide(line)


def _gain(line: str, explained: Explained | None) -> float:
    """Nats that the explanation gains in all of the line, where the search has looked at a sample."""
    if explained is None:
        return 0.0
    before, after = likelihoods([line, explained.text])
    return after - before - sum(step.cost for step in explained.steps)


def _chains_of(context: RepairContext) -> Iterator[tuple[Step, ...]]:
    known = {step.chain: step for step in (*utf8_steps(), *other_steps())}
    for chain, _ in context.chains:
        steps = [known.get((chain[at], chain[at + 1])) for at in range(0, len(chain) - 1, 2)]
        if steps and None not in steps:
            yield tuple(step for step in steps if step)
