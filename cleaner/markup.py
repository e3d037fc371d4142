"""Takes mark-up out of texts whose words are compared: pages of one site, in whatever language, share their tags,
scripts and comments, and mails share their headers.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MARKUP = re.compile(r"<(?:(!--|script\b|style\b)|[/!?]?[a-z][^<>]{0,1000}>)", re.IGNORECASE)
"""A tag, or the beginning of an element that has an end of its own. Bounded, else text full of `<a` took quadratic time."""
ENDS = {
    "!--": re.compile("-->"),
    **{kind: re.compile(f"(?i)</{kind}[^<>]{{0,1000}}>?") for kind in ("script", "style")},
}
BEGINNING = 20_000
"""Code points in which a mail has its first headers."""
MAIL = re.compile("^(?:Content-Type|Message-ID):", re.IGNORECASE | re.MULTILINE)
"""One of these begins a line of every mail. Inside a line, as in `curl -H "Content-Type: text/html"`, they don't tell
a mail."""
IN_MAIL = ("ontent-", "essage-I")
"""Parts of these names, searched for first because a plain search takes next to no time."""
HEADERS = re.compile(
    r"^(?:(?:Content|List|X|ARC|DKIM|Authentication)-[\w-]+|Received(?:-SPF)?|MIME-Version|Message-ID|Return-Path|References"
    r"|In-Reply-To|User-Agent|Delivered-To):.*(?:\n[ \t]+\S.*)*|^(?:From|To|Cc|Bcc|Subject|Date|Sender|Reply-To):",
    re.IGNORECASE | re.MULTILINE,
)
"""In a text that is a mail: headers that say nothing to a reader, with their continuation lines; of the others the name only."""
NO_LINE_END = re.compile("[^\n]")


def without_markup(text: str) -> str:
    """`text` with each piece of mark-up made one space; unchanged where it has no closing tag and is not a mail."""
    return _replaced(text, lambda _: " ")


def with_blank_markup(text: str) -> str:
    """`text` with each character of mark-up but line ends made a space, so that all else stays in its place."""
    return _replaced(text, lambda piece: NO_LINE_END.sub(" ", piece))


def _replaced(text: str, blank: Callable[[str], str]) -> str:
    # One character is found in a tenth of the time that two or more take.
    may_be_mail = ":" in text and any(text.find(part, 0, BEGINNING) >= 0 for part in IN_MAIL)
    if may_be_mail and MAIL.search(text, 0, BEGINNING):
        text = HEADERS.sub(lambda match: blank(match[0]), text)
    if "<" not in text or "</" not in text:
        return text
    parts: list[str] = []
    at, endless = 0, set[str]()
    while match := MARKUP.search(text, at):
        end, kind = match.end(), (match[1] or "").lower()
        if kind and kind not in endless:
            closing = ENDS[kind].search(text, end)
            if closing is None:
                endless.add(kind)
            else:
                end = closing.end()
        parts += text[at : match.start()], blank(text[match.start() : end])
        at = end
    return "".join([*parts, text[at:]])
