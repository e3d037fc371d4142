"""What editing and export left: citation marks, and the gaps and doubled stops around parentheses that were cut out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import Edit, Finding
from cleaner.normalization.change import edit, substituted

CITATION = re.compile(
    r"(?<=[.!?,;:\w\"”’)\]])"
    r"(?: ?\[(?:\d{1,3}|[a-z]|note \d+|citation needed|edit|who\?|when\?|clarification needed)\])+"
    r"(?=\s|\Z|[.,;:!?\[(—])"
)
DOUBLE = re.compile(r"(?<=[^\W\d_]) ?\. \.(?=\s+[^\W\d_]|\s*\Z)(?! \.)")
GAP = re.compile(r"(?<=[^\W_])[ ]+(?=[.,](?:[ \n]|\Z))(?=[.,](?! ?[.,]))")
JOINED = re.compile(r"(?<=[^\W\d_]{2})[.!?][A-ZÀ-ÖØ-ÞА-ЯЁ](?=([^\W\d_]+)\s)")
URLISH = re.compile(r"://|www\.|@|\.(?:com|org|net|io|py|js|html?)\b", re.IGNORECASE)
LONGEST = 500
"""Code points before a stop in which the word that it stands in is looked at; longer ones are data."""

BEHIND_STOP = re.compile(r"[.!?,;:\"”’)] ?\[")


def citation_marks(text: str) -> Iterator[Edit]:
    """Marks behind stops; behind words only where the text has marks behind stops too, since `array[2]` is none."""
    found = list(CITATION.finditer(text))
    behind = {match.start() for match in found if BEHIND_STOP.match(text, match.start() - 1)}
    if not behind:
        return
    for match in found:
        if match.start() in behind or match[0].startswith("["):
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
    for match in JOINED.finditer(text):
        low = max(0, match.start() - LONGEST)
        start = max(low - 1, *(text.rfind(space, low, match.start()) for space in " \n\t\u00a0")) + 1
        end = match.end(1)
        if not URLISH.search(text, start, end):
            yield Finding("TXT901", start, end, "a space may be missing after the stop", 0.8)
