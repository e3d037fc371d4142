"""Repairs of few words in much right text: what the same letters tell that stand as they are.

A file was read in one page, all of it. Where a mix-up explains a word in a thousand, and the letters that it turns stand in
all the others, it is chance that had a thousand words to choose from: `КБ` in a Russian dictionary is UTF-8 in cp855, and `lujà`
in a Catalan one is Polish. A line that came from elsewhere has more: known words, or many sequences of UTF-8.

[people]: as in `rows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.document import Edit
from cleaner.mojibake.accidents.steps import chars_beyond
from cleaner.mojibake.chains.layers import PROOF
from cleaner.mojibake.doubts.chance import OFTEN
from cleaner.mojibake.doubts.witness import CONTROL, ENOUGH, NEARLY, Told, turned
from cleaner.mojibake.readings.evidence import EASTERN
from cleaner.mojibake.words.support import by_chain

TIMES, LEAST = 16, 32
"""How many times as many letters must stay as change, and how many must stay at least."""
WORDS = 3
"""Known words that speak for a passage all the same."""
APART = 80
"""Code points between changes from which they are no one passage: a line can be a file."""
WIDE = re.compile(f"[{EASTERN}]")


def outnumbered(text: str, edits: Sequence[Edit]) -> set[int]:
    """Numbers of those `edits` of `text` that turn letters of which many more stand in it as they are, where no passage of them has
    words or bytes enough to be no chance.
    """
    found: set[int] = set()
    if len(text) < LEAST:
        return found
    starts, ends = [edit.start for edit in edits], [edit.end for edit in edits]
    rest = "".join([text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)])
    for chain, numbers in by_chain(edits, lambda edit: edit.rule.startswith("MOJ1")).items():
        if chain[0] in OFTEN and "decode utf-8" in chain:
            continue
        before = "".join([edits[number].before for number in numbers])
        if CONTROL.search(before) is None and _stand(rest, before):
            passages = _passages(text, [edits[number] for number in numbers])
            if not any(_is_strong(text, passage, chain) for passage in passages):
                found.update(numbers)
    return found


def _stand(rest: str, before: str) -> bool:
    """Whether the characters of `before` stand many times as often in the `rest` of the text, which does not change."""
    if WIDE.search(before):
        own, held = (len(WIDE.findall(part)) for part in (before, rest))
    else:
        kinds = chars_beyond(before)
        own, held = (sum(map(part.count, kinds)) for part in (before, rest))
    return held >= max(LEAST, TIMES * own)


def _passages(text: str, edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """`edits` of `text`, which are in order, those in one line together that are near each other."""
    passage: list[Edit] = []
    for edit in edits:
        if passage and (edit.start - passage[-1].end > APART or "\n" in text[passage[-1].end : edit.start]):
            yield passage
            passage = []
        passage.append(edit)
    yield passage


def _is_strong(text: str, edits: Sequence[Edit], chain: tuple[str, ...]) -> bool:
    """Whether `edits` of one passage are no chance: bytes of UTF-8 enough, or known words, most of those that change."""
    if "decode utf-8" in chain and sum(len(edit.before) - len(edit.after) for edit in edits) > PROOF:
        return True
    told = Told(turned(text, edits))
    known = {word for word in told.known if len(word) > 1}
    return len(known) >= WORDS and len(told.known) >= NEARLY * len(told.made) and sum(map(len, known)) >= ENOUGH
