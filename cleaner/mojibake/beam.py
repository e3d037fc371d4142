"""The likeliest characters of places that are open: a beam over each stretch between spaces, all stretches at once.

The character model ranks what the letters before and after allow; a word list, where one fits the text, adds the words that
have the letters which are left. Each step asks the model once about all stretches, because a call costs more than its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple
from unicodedata import combining

import numpy as np

from cleaner.models.characters import STEP, load
from cleaner.models.rare import rare_cjk
from cleaner.mojibake.gaps import Slot

__all__ = ["LONG_LINE", "LONG_STRETCH", "Stretch", "choice_cost", "decode", "stretches", "ways"]

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
LONGEST = 4
"""Code points of a choice at most: a sequence as it stands."""
PLACES = np.arange(2, LONGEST + 2)
TOGETHER = 256
"""Stretches that are gone through at once."""
NUMBER, OWNER = 22, 48
"""Where the cost of a reading and its stretch begin in a number that they are sorted by."""
LETTERS = re.compile(r"[^\W\d_]+")
STOPS = frozenset(".!?:\u2026")
CLOSED = frozenset(" \t\r\n\u3000")


Array = Any
_Row = tuple[int, tuple[str, ...], str]
"""A reading so far: its cost in steps of the model, the choices, the last two characters."""


@dataclass(slots=True)
class Stretch:
    """Slots `first` to `last` of a reading, without spaces, and its readings so far with their log-likelihoods."""

    slots: Sequence[Slot]
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
                found.append(Stretch(slots, start, end, left[-2:], right, openings))
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


def decode(found: Sequence[Stretch]) -> None:
    """Fills `readings` of each of the stretches `found`, the likeliest first; they need not be of one line."""
    for first in range(0, len(found), TOGETHER):
        _decode(found[first : first + TOGETHER])


def _decode(found: Sequence[Stretch]) -> None:
    beams: list[list[_Row]] = [
        [(0, (), (part.left + _fixed(part.slots, part.first, part.open[0]))[-2:])] for part in found
    ]
    for step in range(max((len(part.open) for part in found), default=0)):
        asked = []
        for number, part in enumerate(found):
            if step < len(part.open):
                slots = part.slots
                at, last = part.open[step], step + 1 == len(part.open)
                after = _fixed(slots, at + 1, part.last if last else part.open[step + 1]) + (part.right if last else "")
                asked.append(_Asked(number, ways(slots[at].choices, slots[at].literal), after, KEPT if last else WIDTH))
        grown = _grown(asked, [beams[ask.number] for ask in asked])
        for ask, rows in zip(asked, grown, strict=True):
            beams[ask.number] = rows
    for part, rows in zip(found, beams, strict=True):
        part.readings = [(-STEP * cost, chosen) for cost, chosen, _ in rows]


def _grown(asked: Sequence[_Asked], beams: Sequence[list[_Row]]) -> list[list[_Row]]:
    """The likeliest rows of each of `beams` with one more choice, those that `asked` names."""
    # What can follow depends on the last two characters alone, and many readings of a stretch end alike.
    contexts = [dict.fromkeys([context for _, _, context in rows]) for rows in beams]
    prices = _prices(asked, contexts)
    parts, costs, sizes, counts = [], [], [], []
    done = 0
    for ask, known, rows in zip(asked, contexts, beams, strict=True):
        size = len(ask.ways.choices)
        starts = {context: done + number * size for number, context in enumerate(known)}
        done += size * len(known)
        parts += [prices[(at := starts[context]) : at + size] for _, _, context in rows]
        costs += [cost for cost, _, _ in rows]
        sizes += [size] * len(rows)
        counts.append(size * len(rows))
    total = np.concatenate(parts)
    total += np.repeat(costs, sizes)
    chosen = _cheapest(total, counts, [ask.kept for ask in asked])
    found, start = [], 0
    for ask, rows, count, numbers in zip(asked, beams, counts, chosen, strict=True):
        choices, after = ask.ways.choices, ask.after
        grown = []
        for number, cost in numbers:
            row, place = divmod(number - start, len(choices))
            _, before, context = rows[row]
            grown.append((cost, (*before, choices[place]), (context + choices[place] + after)[-2:]))
        grown.sort()
        found.append(grown[: ask.kept])
        start += count
    return found


def _cheapest(total: Array, counts: Sequence[int], kept: Sequence[int]) -> list[list[tuple[int, int]]]:
    """(number, cost) of the `kept` cheapest of each of the runs of `total`, `counts` long; and of all as cheap as the last."""
    owners = np.repeat(np.arange(len(counts)), counts)
    keys = (owners << OWNER) | (total << NUMBER) | np.arange(len(total))
    keys.sort()
    starts = np.concatenate([[0], np.cumsum(counts)])
    lasts = np.minimum(starts[:-1] + kept, starts[1:]) - 1
    limits = (keys[lasts] >> NUMBER)[owners]
    keys = keys[(keys >> NUMBER) <= limits]
    numbers = (keys & ((1 << NUMBER) - 1)).tolist()
    costs = ((keys >> NUMBER) & ((1 << (OWNER - NUMBER)) - 1)).tolist()
    ends = np.cumsum(np.bincount(keys >> OWNER, minlength=len(counts))).tolist()
    rows = list(zip(numbers, costs, strict=True))
    return [rows[first:last] for first, last in zip([0, *ends], ends, strict=False)]


def _prices(asked: Sequence[_Asked], contexts: Sequence[dict[str, None]]) -> Array:
    """What each choice costs after each context, in steps: with what follows, and besides its likelihood; one after the other."""
    model = load()
    held = [ask.ways for ask in asked]
    sizes = [len(way.choices) for way in held]
    known = [context.rjust(2, "\n") for names in contexts for context in names]
    after = [ask.after[:2] for ask in asked]
    text = "".join([*known, *(two.ljust(2) for two in after)])
    ids = model.ids(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)).reshape(-1, 2)
    # uint64[choices, LONGEST + 2]: each choice with up to two characters behind it, and how many there are.
    rows = np.concatenate([way.ids for way in held])
    lengths = np.concatenate([way.lengths for way in held])
    every = np.arange(len(rows))
    behind = ids[len(known) :].repeat(sizes, 0)
    rows[every, lengths], rows[every, lengths + 1] = behind[:, 0], behind[:, 1]
    lengths = lengths + np.repeat([len(two) for two in after], sizes)
    owner, place = (lengths[:, None] > PLACES).nonzero()
    spread = [len(names) for names in contexts]
    starts = list(accumulate(sizes, initial=0))
    runs = [every[starts[n] : starts[n + 1]] for n, count in enumerate(spread) for _ in range(count)]
    index = np.concatenate(runs)
    before = ids[: len(known)].repeat([len(run) for run in runs], 0)
    one, two = before[:, 0], before[:, 1]
    first, second = rows[index, 0], rows[index, 1]
    steps = model.following(
        np.concatenate([one, two, rows[owner, place]]),
        np.concatenate([two, first, rows[owner, place + 1]]),
        np.concatenate([first, second, rows[owner, place + 2]]),
    ).astype(np.int64)
    count = len(index)
    fixed = np.bincount(owner, steps[2 * count :], len(rows)).astype(np.int64)
    total = fixed[index]
    total += steps[:count]
    total += steps[count : 2 * count] * (lengths[index] > 1)
    total += np.concatenate(
        [way.costs[_kind(context)] for way, names in zip(held, contexts, strict=True) for context in names]
    )
    return total


class _Asked(NamedTuple):
    """One open place of a stretch: what can stand there, the text up to the next one, and how many readings are kept."""

    number: int
    ways: _Ways
    after: str
    kept: int


class _Ways:
    """The choices of a slot. `ids`: uint64[choices, LONGEST + 2], of their characters; `costs`: steps besides their likelihood,
    by the `_kind` of what stands before them.
    """

    __slots__ = ("by_choice", "choices", "costs", "ids", "lengths")

    def __init__(self, choices: tuple[str, ...], literal: str) -> None:
        self.choices = choices
        self.lengths = np.array([len(choice) for choice in choices])
        text = "".join([choice.ljust(LONGEST + 2) for choice in choices])
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        self.ids = load().ids(points).reshape(len(choices), LONGEST + 2)
        slot = Slot(0, 0, choices, literal)
        self.by_choice = {choice: tuple([choice_cost(choice, slot, before) for before in KINDS]) for choice in choices}
        # For each of KINDS: steps of the model.
        self.costs = (np.array([self.by_choice[choice] for choice in choices]).T / STEP).round().astype(np.int64)

    def cost(self, choice: str, before: str) -> float:
        """`choice_cost` of `choice` behind the code points `before`."""
        costs = self.by_choice[choice]
        return costs[0] if costs[0] == costs[1] else costs[_kind(before)]


@lru_cache(HELD)
def ways(choices: tuple[str, ...], literal: str) -> _Ways:
    return _Ways(choices, literal)


KINDS = ("", "a", " ")
"""Texts before a choice: any, a small letter, the beginning of a word within a sentence."""


def _kind(before: str) -> int:
    """Which of KINDS the text `before` is, for `choice_cost`."""
    return 1 if before[-1:].islower() else 2 if before[-1:] == " " and before[-2:-1] not in STOPS else 0


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
    if "\u3400" <= char <= "\u9fff":
        return rare_cjk().match(char) is not None
    return not load().known(char)[0]


def _fixed(slots: Sequence[Slot], first: int, last: int) -> str:
    return "".join(slot.choices[0] for slot in slots[first:last])
