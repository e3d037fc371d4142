r"""Escapes of characters beyond ASCII: HTML entities, JSON's `\u`, percent escapes and quoted-printable, treated alike.

An escape alone is not damage: a URL with `%C3%A9`, JSON with `\u00e9` and mark-up with `&eacute;` are right as they stand.
Here is whether garbled text hides behind them; `chains.escaped` undoes those that must be undone with it.
"""

from __future__ import annotations

import html
import re

from cleaner.mojibake.strangeness import strangeness


def _utf8(sign: str) -> str:
    """A pattern for one character beyond ASCII whose UTF-8 bytes are written in hexadecimal, `sign` before each."""
    digit, more = "[0-9A-Fa-f]", f"{sign}[89ABab][0-9A-Fa-f]"
    return f"{sign}(?:[CDcd]{digit}{more}|[Ee]{digit}(?:{more}){{2}}|[Ff][0-4](?:{more}){{3}})"


ENTITY = r"&(?:amp;)*(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
"""An HTML entity, also one escaped twice: `&amp;Atilde;`."""
JSON = r"(?<!\\)\\u(?:[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?!00[0-7]|[dD][89a-fA-F])[0-9a-fA-F]{4})"
"""A pair of surrogates, or an escape of what is neither ASCII nor half of such a pair."""
KINDS = {"entities": ENTITY, "json": JSON, "percent": _utf8("%"), "quoted-printable": _utf8("=")}
ESCAPE = re.compile("|".join(KINDS.values()))
SEARCHES = tuple(zip("&\\%=", map(re.compile, KINDS.values()), strict=True))
FEW = 200
"""Signs that are looked at one by one before the pattern is searched: 300 kB of prose hold some 60 of one kind, which
takes 20 microseconds; the pattern takes 75."""


def hides(text: str) -> bool:
    """Whether `text` holds escapes of characters beyond ASCII that may be garbled; fast where it has no escapes."""
    for sign, pattern in SEARCHES:
        if sign in text and _finds(text, sign, pattern):
            return strangeness(unescaped(text)) > 0
    return False


def holds_escape(text: str) -> bool:
    """Whether `text` holds an escape of a character beyond ASCII, of any kind."""
    return any(sign in text and _finds(text, sign, pattern) for sign, pattern in SEARCHES) and unescaped(text) != text


def _finds(text: str, sign: str, pattern: re.Pattern[str]) -> bool:
    """Whether `pattern`, which begins with `sign`, matches in `text`: a few signs are found faster than a pattern."""
    at = text.find(sign)
    for _ in range(FEW):
        if at < 0 or pattern.match(text, at):
            return at >= 0
        at = text.find(sign, at + 1)
    return at >= 0 and pattern.search(text, at) is not None


def meaning(match: re.Match[str]) -> str:
    """What an escape stands for; the escape itself where that is invalid, or ASCII, which mark-up needs escaped."""
    escape = match[0]
    sign = escape[0]
    try:
        if sign == "&":
            char = html.unescape(escape.replace("amp;", ""))
        elif sign == "\\":
            char = bytes.fromhex(escape.replace("\\u", "")).decode("utf-16-be")
        else:
            char = bytes.fromhex(escape.replace(sign, "")).decode()
    except UnicodeDecodeError:
        return escape
    return escape if char.isascii() else char


def unescaped(text: str) -> str:
    """`text` with its escapes of characters beyond ASCII undone."""
    return ESCAPE.sub(meaning, text)
