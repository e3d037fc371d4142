"""Frames that DOS programs draw, read in another page: `ÉÍÍÍÍ»` is `╔════╗`, `ÚÄÄ¿` `┌──┐`, `ЙНННН»` `╔════╗`.

No model can recognise them: a stroke is one character repeated, which it takes for letters of any alphabet. Their ends
do: strokes of one weight between two corners that fit them occur nowhere else. Where a text has such a border, its
other strokes and blocks, and the sides of its frame, were read in the same page. Without a border nothing is changed,
and strokes are not evidence for any other mix-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cleaner.memory import cached
from cleaner.models.encodings import page
from cleaner.mojibake.accidents.blanks import BLANK
from cleaner.patterns import ANY_NUMBER

WRONG = {"cp1252": "cp437", "cp1251": "cp866", "cp1250": "cp437"}
"""Page that frames are read in -> page that they were written in (DOS pages agree on the places of the pieces they have)."""
PIECES = range(0xB0, 0xE0)
"""Bytes of frames and blocks in DOS pages."""
STROKES = b"\xc4\xcd\xdb\xdc\xdf\xb0\xb1\xb2"
LEAST = 4
"""Fewest signs of a stroke."""
LONG = 8
"""Signs from which a stroke is not text even without a border: a drawn-out letter, as in `йНННННКЭ`, is shorter."""
BORDER = re.compile(
    "[░▒▓█▄▀│║]*(?:[╔╚╠╒╘╞](?:═{2,}[╤╧╪╦╩╬])*═{2,}[╗╝╣╕╛╡]|[┌└├╓╙╟](?:─{2,}[┬┴┼╥╨╫])*─{2,}[┐┘┤╖╜╢])[░▒▓█▄▀│║]*"
)
"""Strokes of one weight between corners that fit them, and what stands around a frame."""
WIDEST = 400
"""Code points between two sides of a frame; screens have 80 to 160. Of 32 made-up tables each with 240 and 320 the sides of 29 are
drawn again, with a bound of 200 those of 12; of tables with 500 and 700 it takes 800."""
SIDE = "[│║├┤╠╣╟╢╞╡░▒▓█▄▀]"
SIDES = re.compile(
    rf"(?:^[\s/*;#-]*+|[\"'`]|\becho )(?:\\[nrt]|\s){ANY_NUMBER}({SIDE}++)"
    rf"(?:[^\"'`]{{0,{WIDEST}}}?(?<!{SIDE})({SIDE}++)|(?<={SIDE}{{2}}))"
    r"(?:\\[nrt]|[\s+;,)]|/\*|\*/)*(?:$|[\"'`\\])"
)
"""A line, or a string in code, with a side of a frame at both ends, or of sides alone. Possessive, since backtracking
in a row of sides would take cubic time."""
WITHIN = re.compile("(?<![^\\W_])[│║]+|[│║]+(?=\\s)(?<![\\w.]║)(?<!m│)")
"""The bars that divide it: none that is part of a word, as in `m³` and `nº`."""
PLAIN = str.maketrans("├┤╞╡╠╣╟╢", "││││║║║║")
"""Sides that a stroke joins -> plain sides."""
SHADOWS = frozenset("░▒▓█▄▀")


class Frame(NamedTuple):
    """Pieces at a place of a text: what they were, and the page that they were read in."""

    start: int
    end: int
    text: str
    wrong: str
    right: str


class _Table(NamedTuple):
    wrong: str
    right: str
    pieces: dict[int, str]
    stroke: re.Pattern[str]


@cached
def _tables() -> tuple[_Table, ...]:
    found = []
    for wrong, right in WRONG.items():
        shown, written = page(wrong), page(right)
        pieces = {ord(shown[byte]): written[byte] for byte in PIECES if shown[byte]}
        found.append(_Table(wrong, right, pieces, _stroke("".join(shown[byte] for byte in STROKES))))
    return tuple(found)


def _stroke(shown: str) -> re.Pattern[str]:
    return re.compile(f"([{re.escape(shown)}])\\1{{{LEAST - 1},}}")


@cached
def _any_stroke() -> re.Pattern[str]:
    return _stroke("".join(sorted({page(wrong)[byte] for wrong in WRONG for byte in STROKES})))


def strokes_of(text: str) -> list[tuple[int, int]]:
    """Places that are strokes in three signs of four: they are not evidence for any mix-up."""
    return [
        (start, end)
        for start, end, drawn in _tokens(text, _any_stroke(), "\x7f".__lt__)
        if drawn >= LONG and 4 * drawn >= 3 * (end - start)
    ]


def frames_of(text: str) -> list[Frame]:
    """Frames in `text`, in order, where a border proves the page that they were read in."""
    for table in _tables():
        held = "".join(map(chr, table.pieces))
        tokens = list(_tokens(text, table.stroke, held.__contains__))
        drawn = {start: (end, text[start:end].translate(table.pieces)) for start, end, _ in tokens}
        if any(BORDER.fullmatch(token) for _, token in drawn.values()):
            covered = {place for start, (end, _) in drawn.items() for place in range(start, end)}
            drawn.update({start: (end, token) for start, end, token in _sides(text, table) if start not in covered})
            return [Frame(start, end, token, table.wrong, table.right) for start, (end, token) in sorted(drawn.items())]
    return []


def _tokens(text: str, stroke: re.Pattern[str], is_part: Callable[[str], bool]) -> Iterator[tuple[int, int, int]]:
    """Start and end of each token of `text` with strokes, extended by what `is_part`, and how many of its signs are strokes."""
    last = drawn = 0
    first = -1
    for found in stroke.finditer(text):
        start, end = found.span()
        if end <= last:  # in the token of the stroke before it
            drawn += end - start
            continue
        while start > last and is_part(text[start - 1]):
            start -= 1
        while end < len(text) and is_part(text[end]):
            end += 1
        if first >= 0:
            yield first, last, drawn
        first, last, drawn = start, end, found.end() - found.start()
    if first >= 0:
        yield first, last, drawn


def _sides(text: str, table: _Table) -> Iterator[tuple[int, int, str]]:
    """The sides of frames in lines of `text`, and what divides their fields."""
    start = 0
    for line in text.split("\n"):
        drawn = "" if line.isascii() else line.translate(table.pieces)
        for found in SIDES.finditer(drawn) if drawn != line else ():
            first, last = found.span(1), found.span(2)
            if found[2] is None:
                first, last = (first[0], first[1] - 1), (first[1] - 1, first[1])
            elif not _face(found[1], found[2]):
                continue
            inner = [one.span() for one in WITHIN.finditer(drawn, first[1], last[0])]
            for one, other in (first, *inner, last):
                if not _is_of_word(line, one, other):
                    yield start + one, start + other, drawn[one:other]
        start += len(line) + 1


def _face(left: str, right: str) -> bool:
    """Whether the sides `left` and `right` mirror each other, but for the shadow of a frame; in `ЗМІ … ЗМІ`, words, they don't."""
    facing, shown = left.translate(PLAIN)[::-1], right.translate(PLAIN)
    return shown.startswith(facing) and SHADOWS.issuperset(shown[len(facing) :])


def _is_of_word(line: str, start: int, end: int) -> bool:
    """Whether `line[start:end]`, as it stands, is part of a word: `є` may be."""
    beside = line[max(0, start - 1) : start] + line[end : end + 1]
    return any(map(str.isalnum, beside)) and any(char.lower() != char.upper() for char in line[start:end])


def without_frames(text: str) -> tuple[list[Frame], str]:
    """The frames of `text`, and the text with them and other strokes made blank; offsets stay."""
    if _any_stroke().search(text) is None:
        return [], text
    frames = frames_of(text)
    blank = [*strokes_of(text), *((frame.start, frame.end) for frame in frames)]
    chars = list(text)
    for start, end in blank:
        chars[start:end] = BLANK * (end - start)
    return frames, "".join(chars)
