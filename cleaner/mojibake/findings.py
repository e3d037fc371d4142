"""Findings on what a repair leaves: signs of lost text, repairs with too little evidence, and lines that were not searched."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from cleaner.document import Candidate, Edit, Finding, Span

STRANGE = re.compile("[\x80-\x84\x86-\x9f\ufffd][\x80-\x84\x86-\x9f\ufffd]*")
REFUSED, SUSPECTED = 0.05, 0.5
"""Most confidence in what a refused repair would have written, and confidence that something is wrong there: of 860 in
garbled texts few gave what the author wrote; none of 28,000 clean sentences has one, but rows of letters (`ÄÖÜ`) have."""


def findings_on(text: str, refused: Sequence[Edit], passed: Sequence[Span]) -> tuple[Finding, ...]:
    """What is still strange in `text`: repairs that were `refused`, replacement characters, C1 controls; and those of the lines
    `passed` over that look garbled, as one finding.
    """
    from cleaner.mojibake.words.support import by_passage

    found = [_refusal(text, edits) for edits in by_passage(text, refused)]
    ends = [finding.end for finding in found]
    for run in STRANGE.finditer(text):
        at = bisect_right(ends, run.start())
        if at >= len(ends) or found[at].start >= run.end():
            why = "a character that stands for lost or garbled text; left as it is"
            found.append(Finding("MOJ301", run.start(), run.end(), why, 0.9))
    passed = [span for span in passed if _speaks(text[span.start : span.end])]
    if passed:
        why = (
            f"looks garbled, but other lines of this text were searched in vain: {len(passed):,} lines are not searched"
        )
        found.append(Finding("MOJ302", passed[0].start, passed[-1].end, why, SUSPECTED))
    return tuple(sorted(found, key=lambda finding: finding.start))


def _speaks(line: str) -> bool:
    """Whether `line` looks garbled by more than no-break spaces, which pages of HTML have in every line."""
    from cleaner.mojibake.escapes import unescaped
    from cleaner.mojibake.readings.evidence import may_tell

    return may_tell(unescaped(line))


def _refusal(text: str, edits: list[Edit]) -> Finding:
    """The finding that stands for the refused repairs of a line, with what they would have written."""
    from cleaner.mojibake.doubts.citing import cited
    from cleaner.mojibake.words.support import applied

    first, start, end = edits[0], edits[0].start, edits[-1].end
    best = Candidate(applied(text, edits, start, end), round(min([REFUSED, *(edit.confidence for edit in edits)]), 4))
    doubt = "The line seems to quote it" if cited(text, edits) else "Too little speaks for it"
    why = f"{first.reason}? {doubt}; left as it is"
    return Finding("MOJ302", start, end, why, SUSPECTED, (*first.evidence, *first.chain), (best,))
