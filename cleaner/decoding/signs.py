"""Texts whose only foreign bytes are a sign or two among ASCII: `25 °C`, `© 2004`, `x² + y²` in sources, logs and
tables.

The models are made from prose, which has hardly any such signs: to the character model `Š 2004` and `хІ` are the
likelier texts. So a sign where it belongs costs what a letter does, and letters of other scripts, which come in words,
cost more where each stands alone. Of 2,655 texts of one or a few lines with one sign, in six code pages, 47 % are right
without this, 84 % with it; 215 and 65 of them are wrong with high confidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cleaner.arrays import code_points
from cleaner.decoding.words import PLAIN
from cleaner.models.letters import are_wide

Signs = Callable[[str], Sequence[int]]
"""Gives the places of a text where signs stand where they belong."""
FEW_BYTES = 4
"""Most distinct foreign bytes of such a text; halved and doubled, as many are right."""
SIGN = 5.0
"""Most nats that a sign where it belongs costs as part of a sequence. With half of it 106 of the 2,655 more are right,
but nine of 1,536 tables drawn with bars fewer; with twice as much 170 fewer."""
ALONE = 6.0
"""Nats for a reading in another script in which no two letters stand together; with half of it one in ninety fewer is right."""
LETTER = r"[^\W\d_]"
IN_PLACE = re.compile(
    rf"(?<!{LETTER})(?:µ|[©£€¥§№•±×÷¢¶·†](?!{LETTER})|[½¼¾](?!\w))|(?<=[\w)])[®™²³¹](?!\w)"
    rf"|(?<=[\dNn])[°ªº]"
)
"""Signs where they belong: before, between or after words and figures."""
AFTER_FIGURE, DEGREE = re.compile(rb"[0-9] [\x80-\xff]"), re.compile(r"(?<=\s)°")
"""`25 °C`; the words that are compared have no figures before the space."""
BARS = re.compile(rf"(?<!{LETTER})[\u2500-\u259f](?!{LETTER})")
TOGETHER = re.compile(rb"[\x80-\xff]{2}")


def is_sparse(foreign: bytes) -> bool:
    """Whether the words `foreign` hold so few different foreign bytes that these may be signs alone."""
    return len(set(foreign.translate(None, PLAIN))) <= FEW_BYTES


def signs_of(bare: bytes, drawn: bytes) -> Signs:
    """What finds signs in their places in words of `bare`, a text in which the bytes `drawn` draw: bars belong beside what they
    frame.
    """
    patterns = [IN_PLACE]
    if AFTER_FIGURE.search(bare):
        patterns.append(DEGREE)
    if drawn:
        patterns.append(BARS)
    return lambda text: [match.start() for pattern in patterns for match in pattern.finditer(text)]


def stand_alone(foreign: bytes) -> bool:
    """Whether no two foreign bytes stand together, as they do in words of other scripts than Latin."""
    return TOGETHER.search(foreign) is None


def wide_stand_alone(text: str) -> bool:
    """Whether no two wide characters stand together in `text`."""
    wide = are_wide(code_points(text))
    return not (wide[1:] & wide[:-1]).any()
