"""The likeliest characters of places that are open: a beam over each stretch between spaces, all stretches at once.

The character model ranks what the letters before and after allow; a word list, where one fits the text, adds the words that
have the letters which are left. Each step asks the model once about all stretches, because a call costs more than its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from unicodedata import combining

from cleaner.models.rare import rare_cjk
from cleaner.mojibake.gaps import Slot

__all__ = ["LONG_LINE", "LONG_STRETCH", "Stretch", "choice_cost", "decode", "stretches"]

LONG_LINE = 2_000
"""Places of a line up to which a stretch is read as one, however long it is."""
LONG_STRETCH = 96
"""Places of a stretch in a longer line, at most: what a stretch costs grows with the square of its length. A word list in one
script, its bytes dropped, took 314 ms for 1,000 characters at 4,000 and more than 400 at 20,000; cut so, 25 at both."""
WIDTH = 8
"""Readings of a stretch that are kept from place to place."""
KEPT = 12
"""Readings of a stretch that are handed to the word list."""
HELD = 1_024
"""Sets of choices whose costs are kept."""
LITERAL_COST = 8.0
"""Nats for a place that is taken as it stands although it can be read as a gap."""
SPACED_COST = 5.0
"""Nats for a space after a character whose last byte became a space: of two spaces one was stripped."""
CAPITAL_COST = 6.0
"""Nats for a capital straight after a small letter."""
BEGINNING_COST = 4.0
"""Nats for a capital at the beginning of a word within a sentence, where the small letter is possible too."""
RARE_COST = 8.0
"""Nats for a Chinese or Japanese character beyond those that make up nearly all text, and for any that the model has not seen."""
LETTERS = re.compile(r"[^\W\d_]+")
STOPS = frozenset(".!?:\u2026")
CLOSED = frozenset(" \t\r\n\u3000")


@dataclass(slots=True)
class Stretch:
    """Slots `first` to `last` of a reading, without spaces, and its readings so far with their log-likelihoods."""

    first: int
    last: int
    left: str
    right: str
    open: tuple[int, ...]
    readings: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)


def stretches(slots: Sequence[Slot]) -> list[Stretch]:
    """The stretches between spaces that have open places; in a line of more than LONG_LINE places they are cut (`_pieces`)."""
    found = []
    first = 0
    for place in range(len(slots) + 1):
        if place < len(slots) and (len(slots[place].choices) > 1 or slots[place].choices[0] not in CLOSED):
            continue
        for start, end in _pieces(slots, first, place) if len(slots) > LONG_LINE else ((first, place),):
            openings = tuple(at for at in range(start, end) if len(slots[at].choices) > 1)
            if openings:
                left = (
                    _known(slots, max(0, start - 2), start)
                    if start > first
                    else _fixed(slots, max(0, start - 2), start)
                )
                right = _fixed(slots, end, end + 1) if end == place else _known(slots, end, end + 1)
                found.append(Stretch(start, end, left[-2:], right, openings))
        first = place + 1
    return found


def _pieces(slots: Sequence[Slot], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Places `first` to `last` in pieces of at most LONG_STRETCH: cut behind what is no letter, else behind what is no gap."""
    while last - first > LONG_STRETCH:
        half, most = first + LONG_STRETCH // 2, first + LONG_STRETCH
        sure = [at for at in range(most - 1, half - 1, -1) if len(slots[at].choices) == 1]
        signs = (at for at in sure if not slots[at].choices[0].isalpha() and not combining(slots[at].choices[0][0]))
        end = next(signs, sure[0] if sure else most - 1) + 1
        yield first, end
        first = end
    yield first, last


def _known(slots: Sequence[Slot], first: int, last: int) -> str:
    """The text of places `first` to `last`, behind the last gap among them."""
    texts = [slot.choices[0] if len(slot.choices) == 1 else "\0" for slot in slots[first:last]]
    return "".join(texts).rpartition("\0")[2]


def decode(slots: Sequence[Slot], found: Sequence[Stretch]) -> None:
    """Fills `readings` of each of the stretches `found`, the likeliest first."""
    beams: list[list[tuple[float, tuple[str, ...], str]]] = []
    for part in found:
        head = _fixed(slots, part.first, part.open[0])
        beams.append([(0.0, (), part.left + head)])
    for step in range(max((len(part.open) for part in found), default=0)):
        # What can follow depends on the last two characters alone, and many readings of a stretch end alike.
        asked: dict[str, None] = {}
        grown: list[tuple[int, int, dict[str, list[str]]]] = []
        for number, part in enumerate(found):
            if step >= len(part.open):
                continue
            at = part.open[step]
            last = step + 1 == len(part.open)
            after = _fixed(slots, at + 1, part.last if last else part.open[step + 1]) + (part.right if last else "")
            contexts = dict.fromkeys([text[-2:] for _, _, text in beams[number]])
            added = {context: [context + choice + after for choice in slots[at].choices] for context in contexts}
            asked.update(contexts)
            for texts in added.values():
                asked.update(dict.fromkeys(texts))
            grown.append((number, at, added))
        scores = _scores(list(asked))
        for number, at, added in grown:
            kept = WIDTH if step + 1 < len(found[number].open) else KEPT
            follows = {context: _following(slots[at], context, texts, scores, kept) for context, texts in added.items()}
            rows = []
            for score, chosen, text in beams[number]:
                base, cut = scores[text[-2:]], len(text[-2:])
                rows += [
                    (score - cost + scores[whole] - base, (*chosen, choice), text + whole[cut:])
                    for choice, cost, whole in follows[text[-2:]]
                ]
            rows.sort(key=lambda row: (-row[0], row[1]))
            beams[number] = rows[:kept]
    for part, rows in zip(found, beams, strict=True):
        part.readings = [(score, chosen) for score, chosen, _ in rows]


def _following(
    slot: Slot, context: str, texts: Sequence[str], scores: dict[str, float], kept: int
) -> list[tuple[str, float, str]]:
    """The `kept` likeliest choices of `slot` after `context`, their costs, and those of `texts`, which have them."""
    costs = [
        choice_cost(choice, slot, context) if cost is None else cost
        for choice, cost in zip(slot.choices, _own_costs(slot.choices, slot.literal), strict=True)
    ]
    ways = [
        (cost - scores[text], choice, cost, text) for choice, cost, text in zip(slot.choices, costs, texts, strict=True)
    ]
    if len(ways) > kept:
        ways.sort()
    return [(choice, cost, text) for _, choice, cost, text in ways[:kept]]


@lru_cache(HELD)
def _own_costs(choices: tuple[str, ...], literal: str) -> tuple[float | None, ...]:
    """`choice_cost` of each of `choices` that costs the same behind any text; None for the others, capitals."""
    slot = Slot(0, 0, choices, literal)
    return tuple(
        None if choice[0].isupper() and choice != literal else choice_cost(choice, slot, "") for choice in choices
    )


def choice_cost(choice: str, slot: Slot, before: str) -> float:
    """Nats that `choice` costs besides its likelihood, in `slot` after the code points `before`."""
    if choice == slot.literal:
        return LITERAL_COST
    cost = SPACED_COST if choice[-1] == " " else 0.0
    first = choice[0]
    if first.isupper():
        if before[-1:].islower():
            return cost + CAPITAL_COST
        begins = before[-1:] == " " and before[-2:-1] not in STOPS and first.lower() in slot.choices
        return cost + (BEGINNING_COST if begins else 0.0)
    return cost + (RARE_COST if _rare(first) else 0.0)


@cache
def _rare(char: str) -> bool:
    from cleaner.models.characters import load

    if "\u3400" <= char <= "\u9fff":
        return rare_cjk().match(char) is not None
    return not load().known(char)[0]


def _fixed(slots: Sequence[Slot], first: int, last: int) -> str:
    return "".join(slot.choices[0] for slot in slots[first:last])


def _scores(texts: list[str]) -> dict[str, float]:
    from cleaner.models.characters import load

    return dict(zip(texts, load().log_likelihoods(texts).tolist(), strict=True))
