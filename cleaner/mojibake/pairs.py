"""All mix-ups of two pages at once: what a short sample becomes under every pair, each reading made a single time.

`Step.undo` asks one pair about one text. A search asks some 2,700 pairs about the same words; here the words are encoded
once a page, pages that give the same bytes are taken together, and pages that can't write any of the words are left out.
"""

from __future__ import annotations

import re
from functools import cache

from cleaner.mojibake.steps import CJK, Step, encoded, other_steps

__all__ = ["readings"]

SPACES = re.compile(r"([ \t\r\n]+)")
SAME = 3
"""Steps kept for one reading: on the whole text they can differ, where it holds characters that the sample lacks."""


def readings(sample: str) -> dict[str, list[Step]]:
    """Reading of `sample` -> the cheapest steps that give it, at most `SAME`; readings equal to `sample` are left out.

    The same as `step.undo(sample)` for each of `other_steps()`, word by word.
    """
    parts = SPACES.split(sample)
    words = list(dict.fromkeys(part for part in parts if not part.isascii()))
    found: dict[str, list[Step]] = {}
    decoded: dict[tuple[tuple[bytes | None, ...], str], str | None] = {}
    for wrong, steps in _by_wrong().items():
        data = tuple(encoded(word, wrong) for word in words)
        if not any(data):
            continue
        for step in steps:
            key = data, step.right
            if key not in decoded:
                decoded[key] = _reading(parts, words, data, step.right)
            text = decoded[key]
            if text is not None and text != sample:
                found.setdefault(text, []).append(step)
    return {text: sorted(steps, key=_order)[:SAME] for text, steps in found.items()}


def _order(step: Step) -> tuple[float, str, str]:
    return step.cost, step.wrong, step.right


@cache
def _by_wrong() -> dict[str, list[Step]]:
    grouped: dict[str, list[Step]] = {}
    for step in other_steps():
        grouped.setdefault(step.wrong, []).append(step)
    return grouped


def _reading(parts: list[str], words: list[str], data: tuple[bytes | None, ...], right: str) -> str | None:
    """`parts` put together with those of `words` turned that `right` can read; None where it can read none."""
    held = [(word, raw) for word, raw in zip(words, data, strict=True) if raw]
    turned: dict[str, str] = {}
    try:
        # A space is never part of a longer character in these encodings, so the words can be read in one go.
        texts = b" ".join(raw for _, raw in held).decode(right).split(" ")
    except UnicodeError:
        texts = []
    if len(texts) == len(held):
        turned = {word: text for (word, _), text in zip(held, texts, strict=True)}
    elif right in CJK or len(held) > 1:
        for word, raw in held:
            try:
                turned[word] = raw.decode(right)
            except UnicodeError:
                continue
    return "".join([turned.get(part, part) for part in parts]) if turned else None
