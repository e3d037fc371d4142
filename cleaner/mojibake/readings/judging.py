"""How readings of a line are compared: by the model, by their words, and by whether some language has all their letters.

[varied]: as in `search`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner.models.alphabets import LETTER, one_alphabet
from cleaner.mojibake.accidents.steps import Explained, Step, beyond_ascii, undone
from cleaner.mojibake.readings.evidence import (
    BAD,
    GOOD,
    MARGIN,
    MIXED,
    MIXED_COST,
    Likelihoods,
    is_common,
    likelihoods,
    rare_in,
    weighed,
)
from cleaner.mojibake.strangeness import suspicious

Way = tuple[str, Step, float]
"""A text one step before another, that step, and the text's log-likelihood."""
PAIR_MARGIN = 6.0
"""Nats by which a mix-up of two pages must win: more than UTF-8 needs, as any letter can become another."""
STRANGERS = 6.0
"""Nats for a reading with letters that no single language has, where several readings are near: with none 3 texts fewer
become right, with 20 as many [varied]."""
STRANGERS_MARGIN = 30.0
"""Nats by which a mix-up of two pages must win where its result has letters that no single language has: with none one
text more becomes right, with 60 as many [varied]; it keeps Old English."""
RIVALS, NEAR = 5, 25.0
"""How many chains are compared on all of a line that was sampled, and nats that they may be behind on the sample: 2
chains, or 5 nats, make 2 and 3 texts fewer right, 10 and 60 as many [varied]."""
UNMIXED = 6.0
"""Nats by which the margin shrinks where a word of two scripts becomes one of a single script: `Th체ringen`. With none 4
texts fewer become right, with 15 as many [varied]."""
LITTLE_MARGIN = 6.0
"""Nats by which the margin grows for a single continuation byte, half of them for two: `SUOVÂKUOŠKÂ` before a no-break space is a
word."""
ASKED, DOUBT, FEW, LONG = 4, 12.0, 12, 600
"""Word lists decide between at most ASKED readings whose gain is at most DOUBT nats short of their step's cost, for at
most FEW characters beyond ASCII in a line of at most LONG code points. With a DOUBT of 4, 10 texts fewer become right,
with 30 one fewer [varied]."""
PLAIN = 3.0
"""Nats a character below which words beyond ASCII are good text as they stand: of 1,695 garbled samples none has less than
3.2, of 264 clean ones that the gate suspects a third has.
"""
WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff61-\uff9f]")
RARE_GAIN = 5.0
"""Nats for each rare Chinese character, where a reading has only common ones: `鎺掑簭` is `排序`, which a model of running text
knows little better. Of 754 words of five characters at most, in UTF-8 read as a Chinese or Japanese page, 671 become right without,
699 with 2.5, 710 with 5 and with 10."""
WIDE_GOOD = 9.0
"""Most nats a character of a good text in Chinese, Japanese or Korean."""
LATIN = re.compile("[À-ɏḀ-ỿ\u2010-\u203a«»¡¿]")
OTHER_LETTER = re.compile("[\u0370-\u06ff\u0e00-\u0e7f]")


class Doubt(NamedTuple):
    """Conditions for a reading that leaves no doubt: most nats of each of its characters, least nats gained for each
    character of the line beyond ASCII and in all, and least nats by which the next reading is behind.
    """

    good: float
    gained: float
    least: float
    alone: float

    def is_over(self, gain: float, beyond: int, behind: float) -> bool:
        """Whether a reading of a line with `beyond` characters beyond ASCII gains enough, and the next one is far
        enough `behind`.
        """
        return gain >= max(self.least, self.gained * beyond) and behind >= self.alone


def ranked(sample: str, readings: Mapping[str, Step]) -> tuple[float, list[tuple[float, str]]]:
    """The log-likelihood of `sample`, and the cost of each of its `readings`, the step included, the cheapest first."""
    own, *scores = likelihoods([sample, *readings])
    costs = [step.cost - score for step, score in zip(readings.values(), scores, strict=True)]
    return own, sorted(zip(costs, readings, strict=True))


def without_rare(before: str, ways: Sequence[Way]) -> Sequence[Way]:
    """`ways` of `before`; where most of its Chinese characters are rare, ways that have only common ones become likelier."""
    gone = rare_in(before)
    return [(text, step, score + RARE_GAIN * gone * is_common(text)) for text, step, score in ways] if gone else ways


class Judge:
    """Compares what a line can have been one step before. `own`: log-likelihood of its sampled words."""

    __slots__ = ("_asked", "_line", "own")

    def __init__(self, line: str, sample: str, asked: Likelihoods, ahead: Iterable[str] = ()) -> None:
        """`sample`: those words of `line`; `asked` keeps what the model says, `ahead` also of texts that will be compared."""
        self._line, self._asked = line, asked
        self.own = asked([sample, *ahead])[0]

    def ways(self, readings: Sequence[tuple[str, Step]]) -> list[Way]:
        """`readings`, each a text and its step, with their likelihoods."""
        scores = self._asked([text for text, _ in readings])
        return [(text, step, score) for (text, step), score in zip(readings, scores, strict=True)]

    def best_of(self, so_far: Explained, ways: Sequence[Way]) -> Explained | None:
        """The best of `ways`, texts one step behind `so_far`, where it is better."""
        if not ways:
            return None
        (text, step, likelihood), *behind = _ordered(ways)
        gain = likelihood - self.own - step.cost - sum(step.cost for step in so_far.steps)
        if gain <= so_far.gain + (MARGIN if so_far.steps else 0.0):
            return None
        near = (way for way in behind[: RIVALS - 1] if likelihood - step.cost - way[2] + way[1].cost < NEAR)
        others = tuple(way[1] for way in near)
        return Explained(text, (*so_far.steps, step), gain, behind[0][0] if behind else None, others)

    def mix_up(self, so_far: Explained, ways: Sequence[Way]) -> Explained | None:
        """The best of `ways` that are mix-ups of two pages: of the likeliest, the one whose changed words gain most; None where
        that is no more than PAIR_MARGIN. Letters that no language has together cost STRANGERS.
        """
        ways, worth = self.by_words(so_far, ways)
        best = self.best_of(so_far, ways)
        if best is None:
            return None
        compared = LATIN.sub("", best.text).isascii() or has_strangers(best.text)
        steps = (best.steps[-1], *(best.others if compared else ()))
        first = [(text, step) for text, step, _ in _ordered(ways)[: len(steps)]]
        found = [
            (gain + so_far.gain - step.cost + worth.get(text, 0.0) - STRANGERS * has_strangers(text), -number)
            for number, ((text, step), (gain, signs)) in enumerate(
                zip(first, weighed(so_far.text, first, self._asked), strict=True)
            )
            if signs
        ]
        gain, number = max(found, default=(0.0, 0))
        if gain <= PAIR_MARGIN:
            return None
        text, step = first[-number]
        others = tuple(other for other in (best.steps[-1], *best.others) if other is not step)
        return Explained(text, (*so_far.steps, step), gain, best.text if number else best.runner_up, others)

    def by_words(self, so_far: Explained, ways: Sequence[Way]) -> tuple[Sequence[Way], dict[str, float]]:
        """`ways` with the bonus for known words added to the likeliest, where few letters leave a doubt; and that bonus
        by text.

        A letter of a Western language that became another is little evidence; a word of a list is a second, independent
        one.
        """
        likeliest = _ordered(ways)[:ASKED]
        top = [way for way in likeliest if LATIN.sub("", way[0]).isascii() and way[2] - self.own > way[1].cost - DOUBT]
        if not top or beyond_ascii(so_far.text) > FEW:
            return ways, {}
        from cleaner.mojibake.readings.wording import word_gains

        before = undone(self._line, so_far.steps)
        if len(before) > LONG:
            before = so_far.text
        gains = word_gains([before, *(step.undo(before) for _, step, _ in top)], "latin")
        worth = {text: gain - gains[0] for (text, _, _), gain in zip(top, gains[1:], strict=True)}
        return [(text, step, likelihood + worth.get(text, 0.0)) for text, step, likelihood in ways], worth


def _ordered(ways: Sequence[Way]) -> list[Way]:
    """`ways`, the cheapest first, their steps included."""
    return sorted(ways, key=lambda way: (way[1].cost - way[2], way[0]))


def margin_of(before: str, best: Explained) -> float:
    """Nats by which a chain must win: more where only one or two bytes of UTF-8 support it."""
    more = len(MIXED.findall(best.text)) - len(MIXED.findall(before))
    mixes = MIXED_COST * (more > 0) - UNMIXED * (more < 0)
    little = LITTLE_MARGIN / max(1, len(before) - len(best.text)) if best.steps[-1].right == "utf-8" else 0.0
    return MARGIN + mixes + little


def is_clear(text: str, asked: Likelihoods) -> bool:
    """Whether `text` is so good that no filling of gaps need be compared with it."""
    return asked([text])[0] >= -(WIDE_GOOD if WIDE.search(text) else GOOD) * len(text)


def has_strangers(text: str) -> bool:
    """Whether `text` holds letters that no single language has, or Latin letters beyond ASCII together with another alphabet."""
    return not one_alphabet(text) or (LETTER.search(text) is not None and OTHER_LETTER.search(text) is not None)


def is_worse(before: str, after: str) -> bool:
    """Whether `after` holds adjacent letters of two scripts where `before` has none."""
    return MIXED.search(after) is not None and MIXED.search(before) is None


def is_strange(text: str) -> bool:
    """Whether `text` still looks garbled, or holds what no text does."""
    return suspicious(text) or BAD.search(text) is not None


def any_wins(line: str, sample: str, readings: list[tuple[str, Step]]) -> bool:
    """Whether one of `readings`, by mix-ups of two single-byte pages, of the `sample` of `line` is worth its cost."""
    judge = Judge(line, sample, Likelihoods(), (text for text, _ in readings))
    return judge.mix_up(Explained(sample, (), 0.0), judge.ways(readings)) is not None
