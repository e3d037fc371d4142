"""Mark-up is no word of a text: pages of one site, in whatever language, share their tags, scripts and comments."""

from __future__ import annotations

import re
from collections.abc import Callable

MARKUP = re.compile(r"<(?:(!--|script\b|style\b)|[/!?]?[a-z][^<>]{0,1000}>)", re.IGNORECASE)
"""A tag, or the beginning of what goes on to an end of its own. Bounded: text full of `<a` would take the square of its length."""
ENDS = {
    "!--": re.compile("-->"),
    **{kind: re.compile(f"(?i)</{kind}[^<>]{{0,1000}}>?") for kind in ("script", "style")},
}
NO_LINE_END = re.compile("[^\n]")


def without_markup(text: str) -> str:
    """`text` with a space for each piece of mark-up; as it is where no element ends in it."""
    return _replaced(text, lambda _: " ")


def with_blank_markup(text: str) -> str:
    """The same with so many spaces that all else stays in its place."""
    return _replaced(text, lambda piece: NO_LINE_END.sub(" ", piece))


def _replaced(text: str, blank: Callable[[str], str]) -> str:
    if "</" not in text:
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
