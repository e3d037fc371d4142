"""The mix-up of two pages that the characters of a line propose, where pairs of characters leave no doubt of it.

In every mix-up of two single-byte pages, each character beyond ASCII costs what the character costs that it would
become. One matrix product sums that up for all mix-ups; the best few distinct readings are compared by pairs of
characters. Both tables are derived from the pages and from the character model, so that most mix-ups are found without
asking the model itself. Where the pairs leave a doubt, the model and the word lists are asked about the nearest
readings.

[proposed]: 6,129 lines that are searched, the judge's and held back, 5,600 of them garbled:
benchmarks/results/mojibake.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from cleaner.arrays import Array, lowest
from cleaner.memory import cached
from cleaner.mojibake.accidents.pages import page_tables, signs_of
from cleaner.mojibake.accidents.steps import Explained, Step, beyond_ascii, chars_beyond
from cleaner.mojibake.chains.double import in_double_bytes
from cleaner.mojibake.readings.evidence import may_be_utf8, may_tell
from cleaner.mojibake.readings.judging import STRANGERS_MARGIN, WIDE, Doubt, has_strangers, is_worse, ranked
from cleaner.mojibake.readings.sampling import sample_of, turns_right_words
from cleaner.mojibake.strangeness import suspicious
from cleaner.mojibake.words.support import LETTERS

LOOKED, LOOKED_FEW, FEW, KINDS = 120, 240, 20, 24
"""How many mix-ups are considered, and how many where a line has at most FEW distinct characters beyond ASCII; and for
how many distinct readings (KINDS) pairs of characters are compared."""
SO_FEW = 2
"""Distinct characters up to which twice as many are considered: 240 mix-ups of `Stra§e` do not include `Straße`."""
FIRST, NEAR = 48, 200
"""How many pairs with a character beyond ASCII are compared: FIRST in all readings, up to NEAR in the best ASKED."""
GOOD, GAINED, LEAST = 6.0, 2.0, 20.0
"""For a reading without doubt: most nats for each pair; least nats gained for each character beyond ASCII, and in all.
[proposed] 1,401 lines have such a reading that is ALONE: the same that comparing all with the model finds, but for 15,
12 of which became right; the three others are UTF-8 all through, which is undone before. With GOOD 7 eight more are
wrong, with 5 none is, and 260 lines fewer have one."""
ALONE = 10.0
"""Nats by which the next reading must be behind. [proposed] 6: two more lines are wrong; 15: 90 lines fewer have such a reading."""
STANDS = 2.0
"""Nats by which a changed word may become less likely. [proposed] 0: 90 lines fewer, none fewer is wrong."""
MOST_BEHIND = 60.0
"""Nats behind the likeliest from which the words of a reading don't matter."""
ASKED = 6
"""How many readings the model is asked about."""
ASCII = np.arange(128)
MOST = 300
"""Cost of a missing character or byte, in tenths of a nat: no other character costs more."""
FITTING, FEWER = 65_535 // MOST, 90
"""How many characters' costs can be summed in 16 bits; where there are more, their counts are scaled down to so many."""
SPACE = re.compile("[\x00-\x20]")
CERTAIN = 12.0
"""Nats gained by its pairs from which no list is asked whether a word is right as it stands."""
DRAWN_OUT = re.compile("([^\x00-\x7f])\\1\\1")
"""One sign repeated, as in a frame, says no more than a single one: such lines are left to the search."""


BY_MODEL, BY_WORDS = Doubt(4.0, 2.0, 10.0, 8.0), Doubt(4.5, 0.5, 6.0, 8.0)
"""Their `good` is for all characters of the words; the second applies where half of the words are listed, each for a
bonus of LISTED nats. [proposed] Of 2,362 lines that pairs leave in doubt 544 pass the first, six of which became right
by it; 788 pass either, twelve of which became right. Three are wrong, two of them lines that lost a byte of UTF-8,
which are no longer asked about here."""
LISTED = 8.0
"""Bonus for a listed word, in nats. [proposed] 5: 34 lines fewer have such a reading; 3: 71 fewer."""


class _MixUps:
    """All mix-ups of two pages, as arrays. `costs`: uint16[columns, mix-ups], the cost of what each character becomes,
    in tenths of a nat.
    """

    __slots__ = ("columns", "costs", "prices", "rights", "written", "wrongs")

    def __init__(self) -> None:
        held = page_tables()
        wrongs = np.flatnonzero(np.isfinite(held.wrong_costs))
        unigrams = held.unigrams.astype(np.uint16)
        unigrams[256] = MOST
        self.costs = unigrams.take(held.bytes_of[wrongs].T, 0).reshape(held.width, -1)
        self.prices = (held.wrong_costs[wrongs, None] + held.right_costs).reshape(-1)
        self.prices[[(wrong, right) not in held.steps for wrong in wrongs.tolist() for right in held.rights]] = np.inf
        # Where the wrong page and the right one begin in the tables of what is written and read.
        self.wrongs: Array = np.repeat(wrongs * held.width, len(held.rights))
        self.rights: Array = np.tile(np.arange(len(held.rights)) * 257, len(wrongs))
        self.written = held.bytes_of.reshape(-1)
        self.columns = held.read


@cached
def _mix_ups() -> _MixUps:
    return _MixUps()


def proposed(line: str) -> Explained | None:
    """`line` explained by the mix-up that its characters propose, where that changes all of it and leaves no doubt; else None."""
    if WIDE.search(line):
        return in_double_bytes(line)
    found, near = _by_pairs(line)
    if found is None and 2 * beyond_ascii(line) >= sum([len(word) for word in SPACE.split(line) if not word.isascii()]):
        found = in_double_bytes(line)
    return _by_model(line, near) if found is None and near else found


def _by_pairs(line: str) -> tuple[Explained | None, list[Step]]:
    """`line` explained by its pairs of characters, if they leave no doubt; else the steps to ask the model about."""
    held = page_tables()
    chars = sorted(chars_beyond(line))
    columns = [held.column[char] for char in chars if char in held.column]
    if not 0 < len(columns) == len(chars) < 128:
        return None, []
    # ASCII as it stands, each other character as a number from 128 on, and line ends around them.
    shown = line.translate(dict(zip(map(ord, chars), range(128, 256), strict=False))).encode("latin-1")
    units = np.frombuffer(b"\n%b\n" % shown, np.uint8)
    counts = np.bincount(units, minlength=128)[128:]
    mix_ups, turned, prices = _ranked(columns, counts)
    near = ((units[:-1] | units[1:]) > 127).nonzero()[0]
    tables = np.empty((len(turned), 128 + len(chars)), np.int64)
    tables[:, :128], tables[:, 128:] = ASCII, turned
    costs = _costs(tables, units, near[:FIRST])
    totals = costs.sum(1) + prices
    order = [0, *(lowest(totals[1:], ASKED) + 1).tolist()]
    if len(order) == 1:
        return None, []
    costs = _costs(tables[order], units, near) if len(near) > FIRST else costs[order]
    totals = costs[:, :NEAR].sum(1) + prices[order]
    # Numbers in `order`, the cheapest reading first.
    best, *others = (totals[1:].argsort(kind="stable") + 1).tolist()
    place = order[best]
    behind = totals[others[0]] - totals[best] if others else np.inf
    costs = costs[[0, best]]
    own, cost = (costs.sum(1) + prices[[0, place]]).tolist()
    # What each word gains: words are numbered by the spaces before them.
    said = np.bincount((units < 33).cumsum()[near], costs[0] - costs[1])
    if said.min() < -10 * STANDS:
        return None, []
    gain, least = (own - cost) / 10, max(LEAST, GAINED * int(counts.sum()))
    whole = turned.all(1).tolist()
    if gain < least or cost > 10 * GOOD * len(near) or behind < 10 * ALONE or not whole[place]:
        return None, [_step(mix_ups[order[number]]) for number in (best, *others) if whole[order[number]]]
    step = _step(mix_ups[place])
    if turns_right_words(_little_said(line, said), step):
        return None, []
    return _told(line, step, gain), []


def _little_said(line: str, said: Array) -> list[str]:
    """Those words of `line` that gain so little that they may be right as they stand.

    `said`: what each word gains, in tenths of a nat, by the number of spaces before it plus one.
    """
    words = SPACE.split(line)
    return [words[place] for place in (said[1:] < 10 * CERTAIN).nonzero()[0].tolist()]


def _by_model(line: str, steps: Sequence[Step]) -> Explained | None:
    """`line` explained by one of `steps`, where the model and the word lists leave no doubt; else None."""
    sample = sample_of(line)
    if may_be_utf8(line) or not all(map(may_tell, sample.split(" "))):
        return None
    texts = {step.undo(sample): step for step in reversed(steps)}
    if len(texts) < len(steps):
        return None
    beyond = beyond_ascii(line)
    own, costs = ranked(sample, texts)
    cost, text = costs[0]
    behind = costs[1][0] - cost if len(costs) > 1 else np.inf
    if _leaves_none(BY_MODEL, own, cost, texts[text], text, beyond, behind):
        return _made(line, texts[text], -own - cost)
    known = [(price - LISTED * _listed(other)[0], price, other) for price, other in costs if price - cost < MOST_BEHIND]
    known.sort()
    worth, cost, text = known[0]
    behind = known[1][0] - worth if len(known) > 1 else np.inf
    half = 2 * _listed(text)[0] >= max(1, _listed(text)[1])
    if half and _leaves_none(BY_WORDS, own, cost, texts[text], text, beyond, behind):
        return _made(line, texts[text], -own - cost)
    return None


def _leaves_none(doubt: Doubt, own: float, cost: float, step: Step, text: str, beyond: int, behind: float) -> bool:
    """Whether the reading `text`, whose `cost` includes that of `step`, passes `doubt`; `own`: log-likelihood of the words."""
    return cost - step.cost <= doubt.good * len(text) and doubt.is_over(-own - cost, beyond, behind)


def _made(line: str, step: Step, gain: float) -> Explained | None:
    """As `_told`, for less evidence: the text must not look suspicious, nor may right words change."""
    words = {word for word in SPACE.split(line) if not word.isascii()}
    if len(words) > 1 and turns_right_words(list(words), step):
        return None
    found = _told(line, step, gain)
    return None if found is None or suspicious(found.text) else found


def _listed(text: str) -> tuple[int, int]:
    """How many of the words of `text` beyond ASCII are listed, and how many there are."""
    from cleaner.mojibake.words.lexicon import is_known

    words = [word for word in LETTERS.findall(text) if not word.isascii()]
    return sum([is_known(word.lower()) for word in words]), len(words)


def _told(line: str, step: Step, gain: float) -> Explained | None:
    """`line` repaired by `step`; None where the text is doubtful in itself."""
    text = step.undo(line)
    if len(text) != len(line) or DRAWN_OUT.search(line) or is_worse(line, text):
        return None
    if gain < STRANGERS_MARGIN and has_strangers(text):
        return None
    return Explained(text, (step,), gain, sure=True)


def _step(number: int) -> Step:
    held, known = page_tables(), _mix_ups()
    step = held.step(int(known.wrongs[number]) // held.width, int(known.rights[number]) // 257)
    assert step is not None
    return step


def _ranked(columns: list[int], counts: Array) -> tuple[list[int], Array, Array]:
    """The KINDS cheapest readings of the characters `columns`, which occur `counts` times, by single characters.

    Gives the number of each reading's cheapest mix-up, what it turns the characters into (columns, 0 for nothing), and
    what the mix-up costs, in tenths of a nat. The first row is the characters as they stand.
    """
    known = _mix_ups()
    total = int(counts.sum())
    if total > FITTING:
        counts = np.maximum(1, counts * FEWER // total)
    # No product of float matrices: BLAS would share it among threads, which wait for one another.
    prices = np.einsum("c,cm->m", counts.astype(np.uint16), known.costs.take(columns, 0)) + known.prices
    looked, kept = (LOOKED, KINDS) if len(columns) > FEW else (LOOKED_FEW, KINDS)
    if len(columns) <= SO_FEW:
        looked, kept = 2 * looked, 2 * kept
    best = lowest(prices, looked)
    written = known.written.take(known.wrongs.take(best)[:, None] + columns)
    turned = np.concatenate([[columns], known.columns.take(known.rights.take(best)[:, None] + written)])
    # Of equal readings the first, which is the cheapest, is kept.
    seen: dict[int, int] = {}
    for number, sign in enumerate(signs_of(turned.astype(np.int64)).tolist()):
        if sign not in seen:
            seen[sign] = number
            if len(seen) > kept:
                break
    kinds = [*seen.values()]
    chosen = best.take(np.array(kinds[1:], np.int64) - 1)
    return [-1, *chosen.tolist()], turned[kinds], np.concatenate([[0.0], known.prices.take(chosen)])


def _costs(tables: Array, units: Array, near: Array) -> Array:
    """What the pairs that begin at `near` cost in each of `tables`, tenths of a nat; float64[tables, pairs]."""
    held = page_tables()
    places = tables.take(units.take(near), 1)
    places *= held.width
    places += tables.take(units.take(near + 1), 1)
    return held.pairs.take(places).astype(np.float64)
