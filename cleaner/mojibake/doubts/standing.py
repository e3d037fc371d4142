"""Repairs of few words in much right text, refused where the same letters are right in all other words.

The whole of a file was read in one page. Where a mix-up explains one word in a thousand, and the letters that it
changes occur in all the others, it is chance, with a thousand words to choose from: `КБ` in a Russian dictionary is
UTF-8 in cp855, and `lujà` in a Catalan one gives Polish. A line that came from elsewhere has more evidence: known
words, or many UTF-8 sequences.

[people]: as in `rows`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.document import Edit
from cleaner.mojibake.accidents.steps import chars_beyond
from cleaner.mojibake.chains.layers import PROOF
from cleaner.mojibake.doubts.chance import OFTEN
from cleaner.mojibake.doubts.witness import CONTROL, ENOUGH, NEARLY, Told, turned
from cleaner.mojibake.readings.evidence import EASTERN
from cleaner.mojibake.words.support import by_chain, by_passage

TIMES, LEAST = 16, 32
"""How many times as many letters must stay as are changed, and how many must stay at least."""
WORDS = 3
"""Known words from which a passage is trusted all the same."""
APART = 80
"""Code points between two changes from which they are in different passages: a whole file can be one line."""
WIDE = re.compile(f"[{EASTERN}]")


def outnumbered(text: str, edits: Sequence[Edit]) -> set[int]:
    """Indices of those `edits` of `text` that change letters of which many more stay in it, where no passage of the
    same chain has enough words or bytes to rule out chance.
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
            passages = by_passage(text, [edits[number] for number in numbers], APART)
            if not any(_is_strong(text, passage, chain) for passage in passages):
                found.update(numbers)
    return found


def _stand(rest: str, before: str) -> bool:
    """Whether the characters of `before` are many times as frequent in the `rest` of the text, which does not change."""
    if WIDE.search(before):
        own, held = (len(WIDE.findall(part)) for part in (before, rest))
    else:
        kinds = chars_beyond(before)
        own, held = (sum(map(part.count, kinds)) for part in (before, rest))
    return held >= max(LEAST, TIMES * own)


def _is_strong(text: str, edits: Sequence[Edit], chain: tuple[str, ...]) -> bool:
    """Whether `edits`, a passage, have evidence enough to rule out chance: bytes of UTF-8, or known words, most of
    those changed.
    """
    if "decode utf-8" in chain and sum(len(edit.before) - len(edit.after) for edit in edits) > PROOF:
        return True
    told = Told(turned(text, edits))
    known = {word for word in told.known if len(word) > 1}
    return len(known) >= WORDS and len(told.known) >= NEARLY * len(told.made) and sum(map(len, known)) >= ENOUGH
