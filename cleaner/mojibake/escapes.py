r"""Escapes between layers of mojibake: undone only where the characters that they stand for were garbled.

An escape alone is not damage: a URL with `%C3%A9`, JSON with `\u00e9` and mark-up with `&eacute;` are right as they stand.
HTML entities, JSON's `\u`, percent escapes and quoted-printable are treated alike: the unescaped text is explained like any
other, and only the escapes that this explanation needs are undone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.mojibake.strangeness import strangeness

if TYPE_CHECKING:
    from cleaner.mojibake.accidents.steps import Explained, Step


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
SIGNS = dict(zip("&\\%=", KINDS, strict=True))
PRINTABLE = {sign: re.compile(f"{sign}([2-7][0-9A-Fa-f])(?<!7[Ff])") for sign in "%="}
"""ASCII that was escaped in the same way: the writer of `caf%C3%A9%20noir` meant a space."""
FEW = 200
"""Signs that are looked at one by one before the pattern is searched: 300 kB of prose hold some 60 of one kind, which
takes 20 microseconds; the pattern takes 75."""
TRIED = 40
"""Most escapes of a word that are tried one by one, which takes 2 ms; where there are more, all are undone."""
ADDRESS = re.compile(r"://|^www\.")
"""A URL: with other letters it would lead elsewhere."""


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


def _meaning(match: re.Match[str]) -> str:
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
    return ESCAPE.sub(_meaning, text)


@dataclass(frozen=True, slots=True)
class EscapeStep:
    """Garbled characters were written as escapes."""

    kinds: tuple[str, ...]
    spelling: dict[int, str] = field(default_factory=dict, compare=False)
    """Code point -> how the line writes it."""
    wrong: str = "escapes"
    right: str = "text"
    cost: float = 1.0

    @property
    def chain(self) -> tuple[str, ...]:
        return tuple(f"unescape {kind}" for kind in self.kinds)

    def replay(self, text: str) -> str:
        """`text` with its characters written as the line writes them."""
        return text.translate(self.spelling)


def behind_escapes(line: str, first: tuple[tuple[Step, ...], ...], *, code: bool = False) -> Explained | None:
    """`line` explained as mojibake whose characters were then escaped; None where its escapes are just escapes.

    `first` are chains found before. Escapes that the explanation does not need stay, and so do those of URLs.
    """
    from cleaner.mojibake.accidents.steps import SPACES, Explained, undone
    from cleaner.mojibake.chains.by_ftfy import explained_by_ftfy
    from cleaner.mojibake.chains.search import explain

    old = SPACES.split(line)
    plain = [word if ADDRESS.search(word) and "%" in word else unescaped(word) for word in old]
    text = "".join(plain)
    if text == line or not strangeness(text):
        return None
    inner = explain(text, first, code=code or None) or (None if code else explained_by_ftfy(text))
    if inner is None:
        return None
    new = SPACES.split(inner.text)
    if len(new) != len(old):
        return None
    unwritten: list[str] = []
    for place, (word, between) in enumerate(zip(old, plain, strict=True)):
        if new[place] == between:
            new[place] = word
        elif word != between:
            least = _least_unescaped(word, new[place], inner.steps)
            if least == word:
                new[place] = undone(word, inner.steps)
                continue
            unwritten.append(word)
            new[place] = _without_ascii(word, undone(least, inner.steps) if least else new[place])
    if not unwritten:
        return None
    step = _step(unwritten)
    return Explained("".join(new), (step, *inner.steps), inner.gain)  # type: ignore[arg-type]


def _least_unescaped(word: str, after: str, steps: Sequence[Step]) -> str:
    """`word` with only those escapes undone that `steps` need to make `after` of it; "" where there are too many to
    try.
    """
    from cleaner.mojibake.accidents.steps import undone

    if unescaped(undone(word, steps)) == after:
        return word
    ends = [0, *(place for match in ESCAPE.finditer(word) for place in match.span()), len(word)]
    written = [word[start:end] for start, end in pairwise(ends)]
    if len(written) > 2 * TRIED:
        return ""
    parts = [unescaped(part) for part in written]
    for place in range(1, len(parts), 2):
        trial = [*parts[:place], written[place], *parts[place + 1 :]]
        if unescaped(undone("".join(trial), steps)) == after:
            parts = trial
    return "".join(parts)


def _without_ascii(word: str, after: str) -> str:
    """`after` with its ASCII unescaped too, if escaped in the same way as the other characters of `word`."""
    for sign, pattern in PRINTABLE.items():
        if any(match[0][0] == sign for match in ESCAPE.finditer(word)):
            after = pattern.sub(lambda match: chr(int(match[1], 16)), after)
    return after


def _step(words: list[str]) -> EscapeStep:
    """The step that escaped `words`."""
    kinds: dict[str, None] = {}
    spelling: dict[int, str] = {}
    for word in words:
        for match in ESCAPE.finditer(word):
            char = _meaning(match)
            if char != match[0]:
                kinds[SIGNS[match[0][0]]] = None
                spelling[ord(char)] = match[0]
        for sign, pattern in PRINTABLE.items():
            if SIGNS[sign] in kinds:
                spelling.update((int(match[1], 16), match[0]) for match in pattern.finditer(word))
    return EscapeStep(tuple(kinds), spelling)
