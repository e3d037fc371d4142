"""The likeliest characters at open places: a beam search over each stretch between spaces, all stretches at once.

The character model ranks what the letters before and after allow; a word list, where one fits the text, adds the words
that fit the letters that are left. Each step asks the model once about all stretches, because a call costs more than
its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import combining

import numpy as np

from cleaner.arrays import code_points
from cleaner.memory import cached_last
from cleaner.models.characters import STEP, load
from cleaner.models.rare import rare_cjk
from cleaner.mojibake.accidents.gaps import OPEN, Reading

LONG_LINE = 2_000
"""Places of a line up to which its stretches are not cut, however long they are."""
LONG_STRETCH = 96
"""Places of a stretch in a longer line, at most: what a stretch costs grows with the square of its length. A word list in one
script, its bytes dropped, took 314 ms for 1,000 characters at 4,000 and more than 400 at 20,000; cut so, 25 at both."""
WIDTH = 8
"""The width of the beam: how many readings of a stretch are kept from place to place."""
KEPT = 12
"""How many readings of a stretch are handed to the word list."""
HELD, CHARACTERS_HELD = 4_096, 8_192
"""Sets of choices whose costs are kept, at some 3 kB (one accident of one script has some hundred), and characters of which it is
kept whether they are rare."""
LITERAL_COST = 8.0
"""Nats for a place that is left as it stands although it can be read as a gap."""
SPACED_COST = 5.0
"""Nats for a space after a character whose last byte became a space: of two spaces one was stripped."""
CAPITAL_COST = 6.0
"""Nats for a capital right after a small letter."""
BEGINNING_COST = 4.0
"""Nats for a capital at the beginning of a word within a sentence, where the small letter is possible too."""
RARE_COST = 8.0
"""Nats for a Chinese or Japanese character beyond those that make up nearly all text, and for any that the model has not seen."""
LONGEST = 4
"""Most code points of a choice: a sequence as it stands."""
PLACES = np.arange(2, LONGEST + 2)
TOGETHER = 256
"""How many stretches are decoded at once: with 64 and 1,024 as many texts become right (benchmarks/results/mojibake.md)."""
AHEAD = 256
"""Texts before a place, times choices there, up to which it is priced before what stands there is known: a call of the model costs
more than its characters. With 256 a line takes 3.0 calls, 7.3 with one a place, 2.8 with 1,024."""
STOPS = frozenset(".!?:\u2026")
SPACES = " \t\r\n\u3000"
SPACE = re.compile(f"[{SPACES}]")


Row = tuple[int, tuple[str, ...]]
"""A reading of a stretch: its cost, in steps of the model, and its choice at each open place."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line without spaces, whatever line it is in.

    `text`: OPEN at the places that `ways` can stand in; `left`, `right`: what is beside it, two code points and one at most.
    """

    text: str
    left: str
    right: str
    ways: tuple[Ways, ...]

    @property
    def open(self) -> list[int]:
        """The open places."""
        return [at for at, char in enumerate(self.text) if char == OPEN]


def stretches(reading: Reading) -> list[tuple[int, Stretch]]:
    """The stretches between spaces that have open places, and where they begin; in a line of more than LONG_LINE places they
    are cut (`_pieces`).
    """
    text = reading.text
    found = []
    opened = reading.slots
    done = 0
    for first, last in _between_spaces(text):
        for start, end in _pieces(text, first, last) if len(text) > LONG_LINE else ((first, last),):
            part = text[start:end]
            count = part.count(OPEN)
            if not count:
                continue
            left, right = text[max(0, start - 2) : start], text[end : end + 1]
            if OPEN in left:  # behind a space the first choice does; in a stretch that was cut nothing is known
                left = (
                    left.replace(OPEN, opened[done - 1].choices[0])[-2:] if start == first else left.rpartition(OPEN)[2]
                )
            slots = opened[done : done + count]
            held = tuple([ways(slot.choices, slot.literal) for slot in slots])
            found.append((start, Stretch(part, left, "" if right == OPEN else right, held)))
            done += count
    return found


def _between_spaces(text: str) -> Iterator[tuple[int, int]]:
    """The parts of `text` between spaces that have open places."""
    end = 0
    while (at := text.find(OPEN, end)) >= 0:
        start = max([text.rfind(space, end, at) for space in SPACES]) + 1
        found = SPACE.search(text, at)
        end = found.start() if found else len(text)
        yield start, end


def _pieces(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Places `first` to `last` in pieces of at most LONG_STRETCH, cut after what is not a letter, else after what is not a gap."""
    while last - first > LONG_STRETCH:
        half, most = first + LONG_STRETCH // 2, first + LONG_STRETCH
        sure = [at for at in range(most - 1, half - 1, -1) if text[at] != OPEN]
        signs = (at for at in sure if not text[at].isalpha() and not combining(text[at]))
        end = next(signs, sure[0] if sure else most - 1) + 1
        yield first, end
        first = end
    yield first, last


def decode(found: Sequence[Stretch]) -> list[list[Row]]:
    """The likeliest readings of each of the stretches `found`, in order; they need not be of one line."""
    beams = [_Beam(part) for part in found]
    for first in range(0, len(beams), TOGETHER):
        waiting = beams[first : first + TOGETHER]
        while waiting:
            asked = [ask for beam in waiting for ask in beam.ahead()]
            prices, start = _prices(asked), 0
            for ask in asked:
                start = ask.take(prices, start)
            for beam in waiting:
                beam.grow()
            waiting = [beam for beam in waiting if not beam.done()]
    return [beam.readings() for beam in beams]


class _Asked:
    """One open place of a stretch: what can stand there, the text up to the next one, and what can stand before it."""

    __slots__ = ("_costs", "_ranked", "_starts", "after", "contexts", "kept", "ways")

    def __init__(self, held: Ways, after: str, contexts: Iterable[str], kept: int) -> None:
        self.ways, self.after, self.kept = held, after, kept
        self.contexts = list(dict.fromkeys(contexts))
        self._starts: dict[str, int] = {}
        self._costs: list[int] = []
        self._ranked: dict[str, list[tuple[int, str]]] = {}

    def take(self, prices: list[int], start: int) -> int:
        """Keeps its own of `prices`, which begin at `start`, and returns where they end."""
        size = len(self.ways.choices)
        end = start + size * len(self.contexts)
        self._starts = dict(zip(self.contexts, range(start, end, size), strict=True))
        self._costs = prices
        return end

    def ranked(self, context: str) -> list[tuple[int, str]]:
        """The cheapest choices after `context`, with their costs in steps, in order."""
        held = self._ranked.get(context)
        if held is None:
            start = self._starts[context]
            costs = self._costs[start : start + len(self.ways.choices)]
            held = self._ranked[context] = sorted(zip(costs, self.ways.choices, strict=True))[: self.kept]
        return held

    def following(self) -> Iterable[str]:
        """What can stand before the next open place: the last two characters depend on no more than that."""
        after, choices = self.after, self.ways.choices
        if len(after) > 1:
            return (after[-2:],)
        if after:
            return [choice[-1] + after for choice in choices]
        lasts = dict.fromkeys([context[-1:] for context in self.contexts])
        return [(last + choice)[-2:] for last in lasts for choice in choices]


class _Beam:
    """The likeliest readings of a stretch so far."""

    __slots__ = ("_after", "_asked", "_at", "_rows", "_ways")

    def __init__(self, part: Stretch) -> None:
        first, *after = part.text.split(OPEN)
        after[-1] += part.right
        self._ways, self._after, self._at = part.ways, after, 0
        self._rows: list[tuple[int, tuple[str, ...], str]] = [(0, (), (part.left + first)[-2:])]
        self._asked: list[_Asked] = []

    def done(self) -> bool:
        """Whether every open place has its choice."""
        return self._at == len(self._ways)

    def readings(self) -> list[Row]:
        """The readings kept, the cheapest first."""
        return [(cost, chosen) for cost, chosen, _ in self._rows]

    def ahead(self) -> list[_Asked]:
        """The next open places whose prices can be asked for at once, since only few texts can precede them."""
        self._asked = []
        contexts: Iterable[str] = [context for _, _, context in self._rows]
        for number in range(self._at, len(self._ways)):
            kept = KEPT if number + 1 == len(self._ways) else WIDTH
            ask = _Asked(self._ways[number], self._after[number], contexts, kept)
            if self._asked and len(ask.contexts) * len(ask.ways.choices) > AHEAD:
                break
            self._asked.append(ask)
            contexts = ask.following()
        return self._asked

    def grow(self) -> None:
        """Adds a choice for each place that was asked about."""
        rows = self._rows
        for ask in self._asked:
            found = []
            seen: dict[str, int] = {}
            for cost, before, context in rows:
                # Of rows that end alike the order stays the same with each choice.
                rank = seen[context] = seen.get(context, 0) + 1
                for price, choice in ask.ranked(context)[: ask.kept // rank]:
                    found.append((cost + price, before, choice, context))
            found.sort()
            after = ask.after
            rows = [
                (cost, (*before, choice), (context + choice + after)[-2:])
                for cost, before, choice, context in found[: ask.kept]
            ]
        self._rows = rows
        self._at += len(self._asked)


def _prices(asked: Sequence[_Asked]) -> list[int]:
    """What each choice costs after each context, in steps: with what follows, and besides its likelihood; one after the other."""
    model = load()
    held = [ask.ways for ask in asked]
    sizes = [len(way.choices) for way in held]
    known = [context.rjust(2, "\n") for ask in asked for context in ask.contexts]
    after = [ask.after[:2] for ask in asked]
    text = "".join([*known, *[two.ljust(2) for two in after]])
    ids = model.ids(code_points(text)).reshape(-1, 2)
    # uint64[choices, LONGEST + 2]: each choice with up to two characters behind it, and how many there are.
    rows = np.concatenate([way.ids for way in held])
    lengths = np.concatenate([way.lengths for way in held])
    every = np.arange(len(rows))
    behind = ids[len(known) :].repeat(sizes, 0)
    rows[every, lengths], rows[every, lengths + 1] = behind[:, 0], behind[:, 1]
    lengths = lengths + np.repeat([len(two) for two in after], sizes)
    owner, place = (lengths[:, None] > PLACES).nonzero()
    starts = list(accumulate(sizes, initial=0))
    runs = [every[starts[n] : starts[n + 1]] for n, ask in enumerate(asked) for _ in ask.contexts]
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
    total += np.concatenate([ask.ways.costs[_kind(context)] for ask in asked for context in ask.contexts])
    costs: list[int] = total.tolist()
    return costs


class Ways:
    """The choices of a slot. `ids`: uint64[choices, LONGEST + 2], of their characters; `costs`: steps besides their likelihood,
    by the `_kind` of what stands before them.
    """

    __slots__ = ("_steps", "choices", "costs", "ids", "lengths", "literal")

    def __init__(self, choices: tuple[str, ...], literal: str) -> None:
        self.choices, self.literal = choices, literal
        self.lengths = np.array([len(choice) for choice in choices])
        text = "".join([choice.ljust(LONGEST + 2) for choice in choices])
        points = code_points(text)
        self.ids = load().ids(points).reshape(len(choices), LONGEST + 2)
        nats = np.array([[choice_cost(choice, before, choices, literal) for choice in choices] for before in KINDS])
        # For each of KINDS: steps of the model.
        self.costs = (nats / STEP).round().astype(np.int64)
        self._steps = dict(zip(choices, zip(*self.costs.tolist(), strict=True), strict=True))

    def cost(self, choice: str, before: str) -> int:
        """`choice_cost` of `choice` behind the code points `before`, in steps."""
        costs: tuple[int, int, int] = self._steps[choice]
        return costs[0] if costs[0] == costs[1] == costs[2] else costs[_kind(before)]


@cached_last(HELD)
def ways(choices: tuple[str, ...], literal: str) -> Ways:
    """The `Ways` of a slot, cached: few slots of a text differ."""
    return Ways(choices, literal)


KINDS = ("", "a", " ")
"""Texts before a choice: any, a small letter, the beginning of a word within a sentence."""


def _kind(before: str) -> int:
    """Which of KINDS the text `before` is, for `choice_cost`."""
    return 1 if before[-1:].islower() else 2 if before[-1:] == " " and before[-2:-1] not in STOPS else 0


def choice_cost(choice: str, before: str, choices: Sequence[str], literal: str) -> float:
    """Nats that `choice`, one of `choices`, costs besides its likelihood after the code points `before`; `literal` stands there."""
    if choice == literal:
        return LITERAL_COST
    cost = SPACED_COST if choice[-1] == " " else 0.0
    first = choice[0]
    if first.isupper():
        if before[-1:].islower():
            return cost + CAPITAL_COST
        begins = before[-1:] == " " and before[-2:-1] not in STOPS and first.lower() in choices
        return cost + (BEGINNING_COST if begins else 0.0)
    return cost + (RARE_COST if _rare(first) else 0.0)


@cached_last(CHARACTERS_HELD)
def _rare(char: str) -> bool:
    if "\u3400" <= char <= "\u9fff":
        return rare_cjk().match(char) is not None
    return not load().known(char)[0]
