"""What every rule answers with: edits of the text it was given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cleaner.document import Edit

Rule = Callable[[str], Iterator[Edit]]
"""A rule: edits of a text, in order, not overlapping. It yields nothing for a text that it has no business with."""


def edit(rule: str, text: str, start: int, end: int, after: str, reason: str, confidence: float = 1.0) -> Edit:
    """The edit that turns `text[start:end]` into `after`."""
    return Edit(rule, start, end, text[start:end], after, reason, confidence)


def substituted(
    rule: str,
    pattern: re.Pattern[str],
    after: str | Callable[[re.Match[str]], str],
    reason: str,
    confidence: float = 1.0,
    *,
    needs: str = "",
) -> Rule:
    """A rule that replaces each match of `pattern`, where that changes it; every match holds the string `needs`.

    Looking for a string takes a twentieth of the time of looking for a pattern.
    """

    def apply(text: str) -> Iterator[Edit]:
        if needs not in text:
            return
        for match in pattern.finditer(text):
            new = after if isinstance(after, str) else after(match)
            if new != match[0]:
                yield edit(rule, text, match.start(), match.end(), new, reason, confidence)

    return apply
