"""Lines that are about the page and not about its subject: promotion, sharing, subscriptions, cookies.

Marked as findings in profile `corpus`; removed only on request. A line counts near the beginning or the end of a document,
where such lines stand, and never inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import Edit, Finding
from cleaner.normalization.change import edit

EDGE = 6
"""Lines of text at the end of a document that may be boilerplate; at its beginning half as many."""
LONGEST = 300
"""Code points of a line that can be boilerplate; a longer one says something."""
FULL = re.compile(r"(?m)^[^\S\n]*+\S[^\n]*")
"""A line that is not blank; a row of spaces is read once."""
SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:don.t|do not) miss\b",
        r"^check out (?:everything|all|more|our|the|these|this)\b",
        r"^for (?:more|the latest|all the|young \w+)\b.{0,120}\b(?:visit|see|go to|follow|check out)\b",
        r"\bvisit\b.{0,40}\b[\w-]+\.(?:com|org|net|co\.uk|tv|de|fr)\b",
        r"^(?:click|tap) (?:here|below)\b",
        r"^(?:subscribe|sign up|sign in|log in|register)\b.{0,80}(?:newsletter|updates|account|today|now|free|e-?mail)",
        r"^(?:follow|like|find|join) us\b",
        r"^share (?:this|on|via)\b",
        r"\b(?:we|this (?:web)?site) uses? cookies\b|\bcookie (?:policy|settings|preferences)\b",
        r"^(?:copyright|©|\(c\)) ?(?:©|\(c\))? ?(?:19|20)\d\d\b|\ball rights reserved\b",
        r"^(?:read|see|related|more)(?: also| more| next)?\s*:\s",
        r"^(?:terms (?:of|and)|privacy policy|advertisement|sponsored(?: content)?)\b",
        r"^(?:abonnez-vous|partager|lire aussi|suivez-nous|jetzt abonnieren|teilen|lesen sie auch|folgen sie uns)\b",
        r"^(?:suscríbete|compartir|síguenos|lea también|assine|compartilhe|leia também|подписывайтесь|поделиться|читайте также)\b",
    )
)


def mark_boilerplate(text: str) -> Iterator[Finding]:
    """A finding for each line of boilerplate."""
    for start, end in _lines(text):
        yield Finding("TXT902", start, end, "about the page, not about its subject", 0.85)


def drop_boilerplate(text: str) -> Iterator[Edit]:
    """Edits that remove the lines of boilerplate, with the blank lines before them."""
    for start, end in _lines(text):
        first = start
        while first > 0 and text[first - 1] == "\n":
            first -= 1
        last = end
        while first == 0 and last < len(text) and text[last] == "\n":
            last += 1
        yield edit("TXT305", text, first, last, "", "about the page, not about its subject", 0.85)


def _lines(text: str) -> list[tuple[int, int]]:
    """Ranges of the boilerplate lines at both ends, without their line ends."""
    lines = [match.span() for match in FULL.finditer(text)]
    if len(lines) < 3:
        return []
    near = sorted({*lines[: EDGE // 2], *lines[-EDGE:]})
    short = [(start, end) for start, end in near if end - start <= LONGEST]
    return [(start, end) for start, end in short if any(sign.search(text[start:end].strip()) for sign in SIGNS)]
