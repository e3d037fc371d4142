"""What editing and export left: citation marks, and the gaps and doubled stops around parentheses that were cut out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import Edit, Finding
from cleaner.normalization.change import edit, substituted

__all__ = ["citation_marks", "cut_gaps", "doubled_stops", "missing_spaces"]

CITATION = re.compile(
    r"(?<=[.!?,;:\w\"”’)\]])"
    r"(?: ?\[(?:\d{1,3}|[a-z]|note \d+|citation needed|edit|who\?|when\?|clarification needed)\])+"
    r"(?=\s|\Z|[.,;:!?\[(—])"
)
DOUBLE = re.compile(r"(?<=[^\W\d_]) ?\. \.(?=\s+[^\W\d_]|\s*\Z)(?! \.)")
GAP = re.compile(r"(?<=[^\W_])[ ]+(?=[.,](?:[ \n]|\Z))(?=[.,](?! ?[.,]))")
JOINED = re.compile(r"(?<=[^\W\d_]{2})[.!?][A-ZÀ-ÖØ-ÞА-ЯЁ](?=[^\W\d_]+\s)")
URLISH = re.compile(r"\S*(?:://|www\.|@|\.(?:com|org|net|io|py|js|html?)\b)\S*", re.IGNORECASE)

BEHIND_STOP = re.compile(r"[.!?,;:\"”’)] ?\[")


def citation_marks(text: str) -> Iterator[Edit]:
    """Marks behind stops; behind words only where the text has marks behind stops too, since `array[2]` is none."""
    found = list(CITATION.finditer(text))
    behind = [match for match in found if BEHIND_STOP.match(text, match.start() - 1)]
    if behind:
        joined = [match for match in found if match in behind or match[0].startswith("[")]
        for match in joined:
            yield edit("TXT301", text, match.start(), match.end(), "", "citation mark", 0.97)


doubled_stops = substituted("TXT303", DOUBLE, ".", "stop doubled where something was cut out", 0.9)


def cut_gaps(text: str) -> Iterator[Edit]:
    """A space before a comma or full stop, as a parenthesis leaves that was cut out of a sentence."""
    if ". . ." in text:
        return  # spaced ellipses are a style, and single stops can't be told from them
    for match in GAP.finditer(text):
        yield edit("TXT302", text, match.start(), match.end(), "", "gap before a stop, left by something cut out", 0.93)


def missing_spaces(text: str) -> Iterator[Finding]:
    """`house.She`: a space is missing, or it is a name; reported only."""
    inside = [match.span() for match in URLISH.finditer(text)]
    for match in JOINED.finditer(text):
        if any(start <= match.start() < end for start, end in inside):
            continue
        start = max(text.rfind(" ", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
        end = re.compile(r"\s|\Z").search(text, match.end())
        yield Finding("TXT901", start, end.start() if end else len(text), "a space may be missing after the stop", 0.8)
