"""Repair of a text: line by line, only where the gate sees something, with the chains found so far tried first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from cleaner.arguments import as_text, check_one_of
from cleaner.document import Candidate, Edit, Revision, Span
from cleaner.edits import OffsetMap, apply, merge
from cleaner.models.gate import LONGEST
from cleaner.mojibake.confidence import is_unsure
from cleaner.mojibake.context import RepairContext
from cleaner.mojibake.escapes import ESCAPE, behind_escapes, hides
from cleaner.mojibake.findings import left
from cleaner.mojibake.gate import strangeness, suspicious_lines, worth_a_search
from cleaner.mojibake.recording import explained_edits, filled_edits, ftfy_edits, thai_edits

if TYPE_CHECKING:
    from cleaner.mojibake.filling import Filled
    from cleaner.mojibake.gaps import Loss
    from cleaner.mojibake.search import Explained
    from cleaner.mojibake.steps import Step

__all__ = ["looks_clean", "repair", "repair_name", "repair_suspicious"]

DRAWING = re.compile(r"(?m)^(?=[^\n]*([\u2500\u2501\u2550\u2580-\u259f])\1)[\s\u2500-\u259f]{3,}$")
"""A line of box drawing, with a stroke of two signs at least: then the other lines with such characters belong to the drawing."""
BOX = re.compile("[\u2500-\u259f]")
FLOOD = re.compile("[\u0300-\u036f]{6}")
"""Accents piled up on one letter: decoration, which pages with accents of their own (cp1258) would turn into letters."""
LONE = re.compile("[a-z][\u00c2-\u00c5](?![^\x00-\x7f])")
"""A first byte after a small letter, and nothing of a second one: `modalitÃ `."""
ELLIPSIS = "\N{THAI CHARACTER SARA O}\N{THAI CHARACTER KHO RAKHANG}"
"""What TIS-620 leaves of `…`; the gate knows the pair from Thai words."""
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
LEAD = re.compile("[\xa0ÂÃâ\ufffd]")
"""What is left of a sequence of UTF-8 whose other bytes are gone."""
UTF8_SHARE = 0.4
"""Share of the characters beyond ASCII in sequences of UTF-8, from which a line may be UTF-8 with bytes lost."""
MANY, SAID = 40, 6.0
"""Characters beyond ASCII, and nats for each of them, from which a mix-up of two pages leaves nothing to be filled. Of 23 lines
that a filling explained better than such a mix-up did (garbled sentences, some of the training folder), those of 40 characters
had gained 4.0 nats for each at most; 120 lines that the mix-up explained had gained 6.6 to 26."""
WIDELY = 3.0
"""Nats for each character beyond ASCII from which a filled Chinese, Japanese or Korean page is compared with nothing else: each of
253 garbled lines that such a page explained at all was filled so after all others had been tried, 236 of them by more."""
NEAR = 800
"""Code points between suspicious pieces of a long line up to which they are looked at together: less is torn apart."""
AROUND = 200
"""Code points that are looked at before and behind an escape in a long line."""
REMEMBERED = 10_000
"""Lines that are remembered with their repairs."""
LEVELS = ("exact", "inferred")
ROUNDS = 12
"""Times that the result is looked at again, so that repairing it a second time changes nothing."""


def repair(
    text: str, *, level: Literal["exact", "inferred"] = "inferred", context: RepairContext | None = None
) -> Revision:
    """`text` with its mojibake undone, every change an edit; what is suspicious and left is a finding.

    `level="exact"` makes only those repairs that replaying the accident proves. `context` says which accidents the
    neighbours of the document went through; they are tried first. Nothing but encoding damage is touched.
    Raises ArgumentError for what is no text, and UsageError for another `level`.
    """
    if type(text) is not str:
        as_text(text, "repair")
    if level not in LEVELS:
        check_one_of(level, LEVELS, "level")
    return Revision(text) if looks_clean(text) else repair_suspicious(text, level=level, context=context)


def repair_suspicious(text: str, *, level: str, context: RepairContext | None) -> Revision:
    """The same for a `text` that does not look clean."""
    repaired = text
    edits: tuple[Edit, ...] = ()
    refused: list[Edit] = []
    repairer, changed = _Repairer(level, context), False
    for _ in range(ROUNDS):
        found, refused = _kept(repaired, repairer.edits(repaired))
        if found:
            edits = merge(text, edits, found)
            repaired, refused, changed = apply(repaired, found), [], True
            if looks_clean(repaired):
                break
        elif changed:  # what another call would see, which knows none of the chains that were found
            repairer, changed = _Repairer(level, context), False
        else:
            break
    if repaired.startswith(MARK) and not text.startswith(MARK):
        repaired, edits = _without_marks(text, repaired, edits)
    return Revision(repaired, edits, left(repaired, refused))


def looks_clean(text: str) -> bool:
    """Whether nothing in `text` calls for a repair: it says so of almost every clean text, at the speed of reading it."""
    if ("&" in text or "%" in text or "=" in text or "\\" in text) and hides(text):
        return False
    return text.isascii() or not (worth_a_search(text) or (ELLIPSIS[0] in text and ELLIPSIS in text))


def _kept(text: str, edits: list[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Those of `edits` that stand up to doubt, and the others."""
    if not edits:
        return edits, []
    from cleaner.mojibake.doubt import impossible, unspoken

    kept = [edit for edit in edits if not is_unsure(edit)]
    for doubt in (impossible, unspoken):
        bad = doubt(text, kept)
        kept = [edit for number, edit in enumerate(kept) if number not in bad]
    places = {edit.start for edit in kept}
    return kept, [edit for edit in edits if edit.start not in places]


def _without_marks(text: str, repaired: str, edits: tuple[Edit, ...]) -> tuple[str, tuple[Edit, ...]]:
    """Garbled byte-order marks (`ï»¿`) at the very beginning, and those behind them, are removed as decoding removes any there,
    not turned into U+FEFF.
    """
    clean = repaired.lstrip(MARK)
    offsets = OffsetMap.of(edits)
    source = offsets.backward(Span(0, len(repaired) - len(clean)))
    first, rest = edits[0], tuple(edit for edit in edits if edit.start >= source.end)
    after = repaired[len(repaired) - len(clean) : offsets.forward(source).end]
    reason = first.reason + "; a byte-order mark, removed"
    other = (Candidate(MARK, 0.02),)
    changed = replace(
        first,
        end=source.end,
        before=text[: source.end],
        after=after,
        reason=reason,
        kind="inferred",
        confidence=0.97,
        alternatives=other,
    )
    return clean, (changed, *rest)


def repair_name(name: str, context: RepairContext | None = None) -> Revision:
    """A file name or relative path repaired like a text; only provable repairs, and never one that adds a separator."""
    revision = repair(name, level="exact", context=context)
    bad = "/" in "".join(edit.after for edit in revision.edits) or not revision.text.isprintable()
    return Revision(name) if bad else Revision(revision.text, revision.edits)


class _Repairer:
    """One document's repair: the chains found so far, in the order they were found."""

    def __init__(self, level: str, context: RepairContext | None) -> None:
        self._inferred = level == "inferred"
        self._source = False
        self._found: list[tuple[Step, ...]] = list(_chains_of(context)) if context else []
        self._made: dict[str, tuple[list[Edit], int]] = {}
        self._losses: tuple[Loss, ...] = ()

    def edits(self, text: str) -> list[Edit]:
        """All edits of `text`, in order, not overlapping."""
        thai = list(thai_edits(text))
        found = [edit for edit in thai if self._inferred or edit.kind == "exact"]
        # A line that the Thai accident explains needs no other.
        return sorted([*found, *self._lines(text, [edit.start for edit in thai])], key=lambda edit: edit.start)

    def _lines(self, text: str, done: list[int]) -> list[Edit]:
        """The edits of the suspicious lines in which none of the places `done` stands."""
        from cleaner.mojibake.search import is_source

        if self._source != is_source(text):
            self._source = not self._source
            self._made.clear()
        found: list[Edit] = []
        drawing = DRAWING.search(text) is not None
        for start, until in _ranges(text):
            end = until - text.endswith("\r", start, until)  # a line of a Windows file is read like any other
            if drawing and BOX.search(text, start, end):
                continue
            if bisect_left(done, start) == bisect_left(done, end):
                found += self._line_once(text[start:end], start)
        return found

    def _line_once(self, line: str, offset: int) -> list[Edit]:
        """The edits of `line`; an equal line has the same ones until another chain or loss has been found."""
        if line in self._made:
            edits, first = self._made[line]
            moved = offset - first
            return [replace(edit, start=edit.start + moved, end=edit.end + moved) for edit in edits]
        known = len(self._found), len(self._losses)
        edits = list(self._line(line, offset))
        same = known == (len(self._found), len(self._losses))
        if not same or len(self._made) > REMEMBERED:
            self._made.clear()
        if same or not edits:
            self._made[line] = edits, offset
        return edits

    def _line(self, line: str, offset: int) -> Iterator[Edit]:
        from cleaner.mojibake.evidence import is_drawing, speaks, torn
        from cleaner.mojibake.search import CODE_MARGIN, explain, explained_through, is_code

        escaped = ESCAPE.search(line) is not None
        if self._found and not escaped:
            through = explained_through(line, tuple(self._found))
            if through is not None:
                yield from explained_edits(line, through, offset, inferred=self._inferred)
                return
        code = self._source or is_code(line)
        if (
            FLOOD.search(line)
            or is_drawing(line, code=code)
            or not (escaped or speaks(line) or torn(line) or LEAD.search(line))
        ):
            return
        again = self._fill_again(line, code=code) if not escaped else None
        wide = _wide(line) if again is None and self._inferred and "\ufffd" in line else None
        if wide is not None and wide.gain > max(WIDELY * _beyond(line), CODE_MARGIN if code else 0.0):
            again = wide
        if again is not None:
            if again.loss is not None and again.loss not in self._losses:
                self._losses += (again.loss,)
            yield from filled_edits(line, again, offset)
            return
        explained = behind_escapes(line, tuple(self._found), code=self._source) if escaped else None
        if explained is None and not line.isascii():
            explained = explain(line, tuple(self._found), code=code)
        filled = self._fill(line, explained) if self._inferred and not line.isascii() else None
        filled = filled or wide
        if filled is not None and filled.gain > max(_gain(line, explained), CODE_MARGIN if code else 0.0):
            if filled.loss is not None and filled.loss not in self._losses:
                self._losses += (filled.loss,)
            yield from filled_edits(line, filled, offset)
        elif explained is not None:
            steps = tuple(step for step in explained.steps if step.right != "text")
            if steps not in self._found:
                self._found.insert(0, steps)
            yield from explained_edits(line, explained, offset, inferred=self._inferred)
        elif self._inferred and not line.isascii():
            yield from ftfy_edits(line, offset)

    def _fill_again(self, line: str, *, code: bool) -> Filled | None:
        """`line` filled, where that explains all of it: under the loss that another line went through, or beyond doubt."""
        from cleaner.mojibake.search import CODE_MARGIN

        if line.isascii() or not (self._losses or self._inferred):
            return None
        from cleaner.mojibake.lossy import fill_again, fill_surely

        filled = fill_again(line, self._losses)
        if filled is None and self._inferred:
            filled = fill_surely(line)
        return filled if filled is not None and filled.gain > (CODE_MARGIN if code else 0.0) else None

    def _fill(self, line: str, explained: Explained | None) -> Filled | None:
        from cleaner.mojibake.gaps import gap_in
        from cleaner.mojibake.lossy import fill

        if explained is not None and explained.whole:
            return None  # nothing is missing
        if explained is not None and not ((line.islower() or line.isupper()) and strangeness(explained.text)):
            first = explained.steps[0]
            missing = gap_in(first.wrong) if first.right == "utf-8" else None
            if not (missing.search(line) if missing else _is_utf8(line) or LONE.search(line)):
                return None
            beyond = _beyond(line)
            if first.right != "utf-8" and beyond >= MANY and _gain(line, explained) > SAID * beyond:
                return None
        likely = tuple(step.wrong for step in explained.steps) if explained else ()
        return fill(line, likely, self._losses)


def _wide(line: str) -> Filled | None:
    from cleaner.mojibake.wide import fill_wide

    return fill_wide(line)


def _beyond(line: str) -> int:
    """Characters of `line` beyond ASCII."""
    return sum(not char.isascii() for char in line)


def _is_utf8(line: str) -> bool:
    """Whether a good part of `line` looks like UTF-8 read as the most common page."""
    from cleaner.mojibake.steps import sequences

    pattern = sequences("cp1252")
    held = sum(map(len, pattern.findall(line))) if pattern else 0
    return held > UTF8_SHARE * _beyond(line)


def _gain(line: str, explained: Explained | None) -> float:
    """Nats that the explanation gains in all of the line, where the search has looked at a sample."""
    if explained is None:
        return 0.0
    from cleaner.mojibake.search import likelihoods

    before, after = likelihoods([line, explained.text])
    return after - before - sum(step.cost for step in explained.steps)


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of `text` to look at: its suspicious lines; of a long line the suspicious pieces, as one where they are near."""
    found = suspicious_lines(text)
    if hides(text):
        found = sorted({*found, *_escaped(text)})
    start = end = 0
    for first, last in found:
        if first > end + NEAR or text.find("\n", end, first) >= 0:
            if end > start:
                yield start, end
            start, end = first, last
        elif max(last, end) - start > LONGEST:
            yield start, end
            start, end = max(first, end), max(last, end)
        else:
            end = max(last, end)
    if end > start:
        yield start, end


def _escaped(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the lines that hold escapes; of a long line the words around each of them."""
    done = -1
    for match in ESCAPE.finditer(text):
        at, behind = match.span()
        if at < done:
            continue
        low, high = max(0, at - LONGEST), min(len(text), behind + LONGEST)
        start = text.rfind("\n", low, at) + 1 or low
        done = text.find("\n", behind, high)
        done = high if done < 0 else done
        if done - start > LONGEST:
            low, high = max(start, at - AROUND), min(done, behind + AROUND)
            start = text.rfind(" ", low, at) + 1 or low
            done = text.find(" ", behind, high)
            done = high if done < 0 else done
        yield start, done


def _chains_of(context: RepairContext) -> Iterator[tuple[Step, ...]]:
    from cleaner.mojibake.steps import other_steps, utf8_steps

    known = {step.chain: step for step in (*utf8_steps(), *other_steps())}
    for chain, _ in context.chains:
        steps = [known.get((chain[at], chain[at + 1])) for at in range(0, len(chain) - 1, 2)]
        if steps and None not in steps:
            yield tuple(step for step in steps if step)
