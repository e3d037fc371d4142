"""Mix-ups with a Chinese, Japanese or Korean encoding: what a text can have been, and whether the model leaves no doubt of it.

Few pages have all characters of such a line, and few encodings can read the bytes that they give: the character model
compares the remaining readings at once. [proposed]: as in `proposing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from cleaner.memory import cached
from cleaner.models.encodings import encode_sloppy, page
from cleaner.mojibake.accidents.steps import (
    CJK,
    RIGHT_CJK,
    Explained,
    Step,
    beyond_ascii,
    chars_beyond,
    other_steps,
    utf8_steps,
    ways_written,
)
from cleaner.mojibake.readings.evidence import BAD, GOOD, MIXED, is_rare
from cleaner.mojibake.readings.judging import WIDE, Doubt, is_worse, ranked
from cleaner.mojibake.strangeness import suspicious

SAMPLE = 120
"""Code points of a line that readings are compared on."""


OTHER, WIDE_ITSELF = Doubt(12.0, 3.0, 15.0, 10.0), Doubt(9.0, 1.0, 10.0, 8.0)
"""Their `good` is for characters beyond ASCII; the second is for lines that hold Chinese, Japanese or Korean characters
as they stand. [proposed] 538 and 570 lines have such a reading: the same that comparing all finds, but for one line,
which mixes scripts, and five that became right."""
LAST = 3
"""The most bytes that are left of a character in which a sample ends: three of a character of four. With 1 as many texts become
right (constants varied: benchmarks/results/mojibake.md)."""
FEWEST = 2
"""Least distinct characters beyond ASCII of a line where none is beside a letter of another script: `猫` may be a cat."""


@cached
def _pages() -> tuple[str, ...]:
    """The single-byte pages that such text is read in, the most common first."""
    steps = [step for step in other_steps() if step.right == RIGHT_CJK[0] and step.single]
    return tuple([step.wrong for step in sorted(steps, key=lambda step: (step.cost, step.wrong))])


@cached
def _holding() -> dict[str, int]:
    """Character -> the pages that have it: bit n for page n of `_pages`."""
    found: dict[str, int] = {}
    for number, wrong in enumerate(_pages()):
        for char in page(wrong):
            found[char] = found.get(char, 0) | 1 << number
    return found


@cached
def _steps(wrong: str) -> tuple[Step, ...]:
    """The steps back from page or encoding `wrong`; from an encoding also the one to UTF-8."""
    found = [step for step in other_steps() if step.wrong == wrong and step.right in RIGHT_CJK]
    return (*found, *(step for step in utf8_steps() if step.wrong == wrong and not step.single))


def double_readings(text: str, whole: str, *, cut: bool) -> dict[str, Step]:
    """What `text`, the beginning of `whole`, can have been before a mix-up with such an encoding, UTF-8 among them, each with its
    cheapest step. Of `cut` text the last character may be incomplete.
    """
    found: dict[str, Step] = {}
    for data, wrong in _written(text, whole):
        for step in _steps(wrong):
            made = _decoded(data, step.right, cut=cut)
            if made and made != text and (made not in found or step.cost < found[made].cost):
                found[made] = step
    return found


def _decoded(data: bytes, codec: str, *, cut: bool) -> str | None:
    """`data` in `codec`, or None where it is not; of `cut` data the last character may be incomplete."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        if not cut or error.end < len(data) or error.start < len(data) - LAST:
            return None
        return data[: error.start].decode(codec)


def in_double_bytes(line: str) -> Explained | None:
    """`line` explained by a mix-up with such an encoding, where that changes all of it and leaves no doubt; else None."""
    wide = WIDE.search(line) is not None
    if len(chars_beyond(line)) < FEWEST and not MIXED.search(line):
        return None
    sample = line[: SAMPLE // 2 if wide else SAMPLE]
    readings = double_readings(sample, line, cut=len(sample) < len(line))
    found = {text: step for text, step in readings.items() if not BAD.search(text)}
    if not found:
        return None
    own, costs = ranked(sample, found)
    cost, text = costs[0]
    behind = costs[1][0] - cost if len(costs) > 1 else inf
    step, gain = found[text], -own - cost
    doubt = WIDE_ITSELF if wide else OTHER
    others = beyond_ascii(text)
    good = cost - step.cost <= doubt.good * others + GOOD * (len(text) - others)
    if not (good and doubt.is_over(gain, beyond_ascii(sample), behind)):
        return None
    return _told(line, step, gain)


def _told(line: str, step: Step, gain: float) -> Explained | None:
    """All of `line` repaired by `step`; None where that can't be replayed, or the text is doubtful in itself."""
    text = step.undo(line)
    if step.replay(text) != line or is_rare(text) or suspicious(text) or is_worse(line, text):
        return None
    return Explained(text, (step,), gain, sure=True)


def _written(text: str, whole: str) -> Iterator[tuple[bytes, str]]:
    """`text` in the bytes of each page that has all of `whole`; of pages that write it alike only the most common one."""
    if WIDE.search(whole):
        for codec in CJK:
            for way in ways_written(text, codec):
                yield way, codec
        return
    able, holding = -1, _holding()
    for char in chars_beyond(whole):
        able &= holding.get(char, 0)
        if not able:
            return
    seen = set()
    for number, wrong in enumerate(_pages()):
        data = encode_sloppy(text, wrong) if able >> number & 1 else None
        if data and data not in seen:
            seen.add(data)
            yield data, wrong
