"""Which ranges of a document are examined as lines: its suspicious lines, lines with escapes, and pieces of long ones.

[halved]: as in `evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.models.gate import LONGEST
from cleaner.mojibake.escapes import ESCAPE, hides
from cleaner.mojibake.gate import ELLIPSIS, suspicious_lines

TORN_APART = 800
"""Most code points between two suspicious pieces of a long line that are examined together. Of 24 lines of
25,000 code points 20 become right with 400, 800 and 1,600 [halved]."""
AROUND = 200
"""Code points examined before and after an escape in a long line: with 100 and 400 as many become right [halved]."""


def ranges(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of `text` to examine: its suspicious lines; of a long line the suspicious pieces, joined where they are near."""
    hidden = hides(text)
    if "\n" not in text and len(text) <= LONGEST and not hidden and ELLIPSIS not in text:
        yield 0, len(text)  # the one line that is suspicious, as the text does not look clean
        return
    found = suspicious_lines(text)
    if hidden:
        found = sorted({*found, *_escaped(text)})
    start = end = 0
    for first, last in found:
        if first > end + TORN_APART or text.find("\n", end, first) >= 0:
            if end > start:
                yield start, end
            start, end = first, last
        elif max(last, end) - start > LONGEST:
            yield start, end
            start, end = max(first, end), max(last, end)
        else:
            end = max(last, end)
    if end > start:
        yield start, end


def holding(text: str, chars: str) -> Iterator[tuple[int, int]]:
    """Ranges of the lines of `text` that hold one of `chars`."""
    telling = re.compile(f"[{re.escape(chars)}]")
    end = -1
    while match := telling.search(text, end + 1):
        start = text.rfind("\n", max(end, 0), match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield start, end


def _escaped(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the lines that hold escapes; of a long line the words around each of them."""
    done = -1
    for match in ESCAPE.finditer(text):
        at, behind = match.span()
        if at < done:
            continue
        low, high = max(0, at - LONGEST), min(len(text), behind + LONGEST)
        start = text.rfind("\n", low, at) + 1 or low
        done = text.find("\n", behind, high)
        done = high if done < 0 else done
        if done - start > LONGEST:
            low, high = max(start, at - AROUND), min(done, behind + AROUND)
            start = text.rfind(" ", low, at) + 1 or low
            done = text.find(" ", behind, high)
            done = high if done < 0 else done
        yield start, done
