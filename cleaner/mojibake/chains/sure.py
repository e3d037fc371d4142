"""Explanations that leave no doubt, so that no other accident need be compared: most lines of garbled text have one.

A line that is UTF-8 all through, but too short to prove that; and a mix-up of two pages that gives good text. [varied]: as in
`search`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.letting_go import cached_last
from cleaner.mojibake.accidents.steps import BEYOND, Explained, replays, undo_utf8, undone
from cleaner.mojibake.chains.layers import Layers, peelings, whole_layers
from cleaner.mojibake.chains.through import PROVEN
from cleaner.mojibake.readings.evidence import BAD, MARGIN, Likelihoods, likelihoods
from cleaner.mojibake.readings.judging import (
    DOUBT,
    PLAIN,
    STRANGERS,
    STRANGERS_MARGIN,
    has_strangers,
    is_strange,
    margin_of,
)
from cleaner.mojibake.readings.sampling import SAMPLE, refined, sample_of, turned_words
from cleaner.mojibake.strangeness import strangeness
from cleaner.mojibake.words.listed import is_listed_word

if TYPE_CHECKING:
    from cleaner.mojibake.chains.pairs import Words

HELD = 4
"""Lines of which what was found out is kept: more than one stage asks about them."""
MOSTLY = 0.5
"""Share of the characters beyond ASCII that must be in sequences of UTF-8 for the line to be taken as UTF-8 at all."""
NEARLY_ALL = 0.9
"""The same, for a line in which no other mix-up is looked for."""
LESS = 0.5
"""Share of its suspicion that may be left of a short line: `Åsa Öberg` alone has some. With .25 and .9 as many texts become right
(benchmarks/results/mojibake.md)."""
SIGNS = frozenset("¡¢£¤¥¦§¨©«¬®°±²³´¶·¹»¼½¾¿×÷€™…–—‘’‚“”„†‡•‰‹›←↑→↓≤≥≠≈∞√∑−✓✔★☆♥❤")
"""Common signs: of few of them neither the gate nor the model can say much, as clean text seldom has them."""
COMMON = ("cp1252", "iso8859-1", "cp1250", "mac_roman", "cp437", "cp850")
"""Pages before all others where a sign is one in several: which sign is likelier says little."""
RUN, LETTER_BEFORE = re.compile("[^\x00-\x7f]+"), re.compile("[A-Za-z][^\x00-\x7f]")
SIGN_FIRST = frozenset("ÂâÃ¬‚√┬ΓÔ├")
"""What common pages show of the first byte of such signs, in one layer or two, where it is no letter that is a word."""


def explain_whole(line: str) -> Explained | None:
    """`line`, all of it UTF-8 in a page but too short to prove that, where one reading is clearly the likeliest."""
    if not whole_layers(line):
        return None
    sample, asked = sample_of(line), Likelihoods()
    found = peelings(sample) if len(sample) < SAMPLE else []
    sign = _signs(line, sample, found, asked)
    if sign is not None:
        return sign
    tidy = _tidy(sample, found)
    if not tidy:
        return None
    # What is asked of the first one later on is asked with it.
    own, *scores = asked([sample, *(way.text for way in tidy), *turned_words(line, undone(line, tidy[0].steps))])
    ways = sorted(zip(map(_cost, tidy), scores, tidy, strict=False), key=lambda way: way[0] - way[1])
    cost, score, way = ways[0]
    alone = len(ways) == 1 or ways[1][0] - ways[1][1] - cost + score >= DOUBT
    if own > -PLAIN * len(sample) or not alone:
        return None
    best = Explained(way.text, way.steps, score - own - cost)
    after = refined(line, [undone(line, way.steps)], asked)[0]
    # A little UTF-8 is enough where it gives words.
    least = MARGIN if all(map(is_listed_word, best.text.split())) else margin_of(sample, best)
    if best.gain <= least or after == line:
        return None
    return replace(best, text=after, whole=replays(line, after, way.steps))


def _tidy(sample: str, found: list[Layers]) -> list[Layers]:
    """Those of the readings `found` of `sample` that are no longer suspicious; where all are, those that are much less so."""
    tidy = [way for way in found if not is_strange(way.text)]
    most = strangeness(sample) * LESS
    return tidy or [way for way in found if strangeness(way.text) <= most and not BAD.search(way.text)]


def _signs(line: str, sample: str, found: list[Layers], asked: Likelihoods) -> Explained | None:
    """`line`, where its `sample` is nothing but common signs, by one of the readings `found`."""
    if LETTER_BEFORE.search(sample) or not SIGN_FIRST.issuperset(run[0] for run in RUN.findall(sample)):
        return None
    ways = [way for way in found if SIGNS.issuperset(BEYOND.findall(way.text))]
    if not ways:
        return None
    own, *scores = asked([sample, *(way.text for way in ways)])
    if max(scores) <= own:
        return None
    common = [undo_utf8(sample, page) for page in COMMON]
    worth = [(way.text in common, score - _cost(way)) for score, way in zip(scores, ways, strict=True)]
    way = ways[worth.index(max(worth))]
    text = undone(line, way.steps)
    return Explained(text, way.steps, PROVEN * way.proof, whole=replays(line, text, way.steps))


def _cost(reading: Layers) -> float:
    return sum(step.cost for step in reading.steps)


@cached_last(HELD)
def explain_surely(line: str) -> Explained | None:
    """`line` explained by a mix-up of two pages that leaves no doubt, so that no other accident need be looked for."""
    from cleaner.mojibake.chains.proposing import proposed

    return proposed(line)


@cached_last(HELD)
def sample_asked(line: str) -> tuple[str, Likelihoods]:
    """The words of `line` that are looked at, and what keeps what the model says of them: that alone rules out most clean lines."""
    return sample_of(line), Likelihoods()


@cached_last(HELD)
def sampled(line: str) -> Words:
    """The same words, with what was found out about them."""
    from cleaner.mojibake.chains.pairs import Words

    return Words(*sample_asked(line))


def in_full(line: str, found: Explained | None) -> Explained | None:
    """What was `found` for the words that are looked at, done to all of `line`."""
    if found is None:
        return None
    sample, asked = sample_asked(line)
    text = undone(line, found.steps)
    if len(sample) >= SAMPLE:
        found, text = _on_all(line, sample, found, text)
    text = refined(line, [text], asked)[0]
    doubtful = found.gain < STRANGERS_MARGIN and found.steps[-1].right != "utf-8" and has_strangers(text)
    if text == line or doubtful:
        return None
    return Explained(text, found.steps, found.gain, found.runner_up)


def _on_all(line: str, sample: str, found: Explained, text: str) -> tuple[Explained, str]:
    """The chain that explains all of `line` best, of those that explain its `sample` as well, and what the line becomes."""
    from cleaner.mojibake.accidents.pages import alike

    *before, last = found.steps
    line = undone(line, tuple(before))
    others = dict.fromkeys((*found.others, *alike(undone(sample, tuple(before)), last)))
    made = {text: last}
    for step in sorted(others, key=lambda step: (step.cost, step.wrong, step.right)):
        made.setdefault(step.undo(line), step)
    if len(made) == 1:
        return found, text
    texts = list(made)
    scores = likelihoods(texts)
    worth = [
        score - made[text].cost - STRANGERS * has_strangers(text) for text, score in zip(texts, scores, strict=True)
    ]
    best = worth.index(max(worth))
    if made[texts[best]] is last:
        return found, text
    return replace(found, steps=(*before, made[texts[best]])), texts[best]
