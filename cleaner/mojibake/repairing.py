"""Repair of a text: line by line, only where the gate sees something, with the chains found so far tried first."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import Literal

from cleaner.arguments import as_text, check_one_of
from cleaner.document import Candidate, Edit, Revision, Span, unchanged
from cleaner.edits import OffsetMap, apply, merge
from cleaner.mojibake.confidence import NOT_REPLAYED
from cleaner.mojibake.context import RepairContext
from cleaner.mojibake.escapes import hides
from cleaner.mojibake.findings import findings_on
from cleaner.mojibake.gate import ELLIPSIS, worth_a_search

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
LEVELS = ("exact", "inferred")
ROUNDS = 12
"""Most looks at a text: the result is searched again, so that repairing it once more changes nothing."""


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
    if looks_clean(text):
        return unchanged(text)
    return repair_suspicious(text, level=level, context=context)


def repair_suspicious(text: str, *, level: str, context: RepairContext | None) -> Revision:
    """The same for a `text` that does not look clean."""
    from cleaner.mojibake.lines import Lines

    repaired = text
    edits: tuple[Edit, ...] = ()
    refused: list[Edit] = []
    passed: list[Span] = []
    repairer, changed = Lines(level, context), False
    for _ in range(ROUNDS):
        found, doubted = _kept(repaired, repairer.edits(repaired))
        if repairer.frames:
            found = sorted([*found, *repairer.frames], key=attrgetter("start"))
        passed = repairer.passed
        refused = _beside(refused, doubted)
        if found:
            edits = merge(text, edits, found, trust=NOT_REPLAYED)
            repaired, changed = apply(repaired, found), True
            refused, passed = _left_by(found, refused, passed, repaired)
            proven = tuple([edit for edit in edits if edit.kind == "exact"]) if level == "exact" else edits
            if len(proven) < len(edits):
                # Two overlapping changes can each be replayed, but not both together.
                edits, repaired, repairer, refused = proven, apply(text, proven), Lines(level, context), []
                passed = []
            elif looks_clean(repaired):
                break
            elif repairer.is_tired():
                # What is found in data that is not text is chance, and of no use for another look.
                repairer, changed = Lines(level, context), False
        elif changed and not repairer.knows_nothing():
            # As another call would, which knows none of the chains found so far.
            repairer, changed = Lines(level, context), False
        else:
            break
    if repaired.startswith(MARK) and not text.startswith(MARK):
        unmarked, edits = _without_marks(text, repaired, edits)
        clean = looks_clean(unmarked)
        rest = unchanged(unmarked) if clean else repair_suspicious(unmarked, level=level, context=context)
        return Revision(rest.text, merge(text, edits, rest.edits, trust=NOT_REPLAYED), rest.findings)
    return Revision(repaired, edits, findings_on(repaired, refused, passed))


def looks_clean(text: str) -> bool:
    """Whether nothing in `text` calls for a repair: it says so of almost every clean text, at the speed of reading it."""
    if ("&" in text or "%" in text or "=" in text or "\\" in text) and hides(text):
        return False
    return text.isascii() or not (worth_a_search(text) or (ELLIPSIS[0] in text and ELLIPSIS in text))


def _kept(text: str, edits: list[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Those of `edits` that no doubt refuses, and the others."""
    if not edits:
        return edits, []
    from cleaner.mojibake.doubts.doubt import undoubted

    kept = undoubted(text, edits)
    if len(kept) == len(edits):
        return kept, []
    places = {edit.start for edit in kept}
    return kept, [edit for edit in edits if edit.start not in places]


def _beside(refused: list[Edit], doubted: list[Edit]) -> list[Edit]:
    """`doubted` edits, and those `refused` in an earlier look that touch none of them, in order."""
    if not (refused and doubted):
        return refused or doubted
    taken = {place for edit in doubted for place in range(edit.start, edit.end + 1)}
    apart = [edit for edit in refused if taken.isdisjoint((edit.start, edit.end))]
    return sorted([*apart, *doubted], key=lambda edit: edit.start)


def _left_by(found: list[Edit], refused: list[Edit], passed: list[Span], text: str) -> tuple[list[Edit], list[Span]]:
    """Those `refused` edits that the edits `found` don't touch, and the lines `passed` over, placed in the `text` that
    `found` makes.
    """
    offsets, standing = OffsetMap.of(found), []
    for edit in refused:
        place = offsets.forward(Span(edit.start, edit.end))
        if text[place.start : place.end] == edit.before:
            standing.append(replace(edit, start=place.start, end=place.end))
    return standing, [offsets.forward(span) for span in passed]


def _without_marks(text: str, repaired: str, edits: tuple[Edit, ...]) -> tuple[str, tuple[Edit, ...]]:
    """The repair with garbled byte-order marks (`ï»¿`) at the very beginning removed, as decoding removes any there,
    instead of turned into U+FEFF.
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


def repair_name(name: str) -> Revision:
    """A file name or relative path repaired like a text, but only by provable repairs, and never by one that adds a separator."""
    revision = repair(name, level="exact")
    bad = "/" in "".join(edit.after for edit in revision.edits) or not revision.text.isprintable()
    return Revision(name) if bad else Revision(revision.text, revision.edits)
