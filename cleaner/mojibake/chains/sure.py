"""Explanations that leave no doubt, so that no other accident need be compared: most garbled lines have one.

They are: a line that is UTF-8 all through, but too short to prove it; and a mix-up of two pages that gives good text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from cleaner.memory import cached_last
from cleaner.mojibake.accidents.steps import BEYOND, Explained, replays, undo_utf8, undone
from cleaner.mojibake.chains.layers import Layers, peelings, whole_layers
from cleaner.mojibake.chains.through import PROVEN
from cleaner.mojibake.readings.evidence import BAD, MARGIN, Likelihoods
from cleaner.mojibake.readings.judging import DOUBT, margin_of
from cleaner.mojibake.readings.sampling import SAMPLE, refined, sample_of, turned_words
from cleaner.mojibake.strangeness import strangeness, suspicious
from cleaner.mojibake.words.listed import is_listed_word

HELD = 4
"""Lines whose explanation is cached: more than one stage asks about a line."""
LESS = 0.5
"""Share of its strangeness that a short line may keep: `Åsa Öberg` alone has some. With .25 and .9 as many texts become
right (benchmarks/results/mojibake.md)."""
SIGNS = frozenset("¡¢£¤¥¦§¨©«¬®°±²³´µ¶·¹»¼½¾¿×÷€™…–—‘’‚“”„†‡•‰‹›←↑→↓≤≥≠≈∞√∑−✓✔★☆♥❤")
"""Common signs. Clean text seldom has them, so that gate and model can say little about a line with only a few."""
COMMON = ("cp1252", "iso8859-1", "cp1250", "mac_roman", "cp437", "cp850")
"""Where a sign can have been read in several pages, one of these is preferred: which sign is likelier says little."""
RUN, LETTER_BEFORE = re.compile("[^\x00-\x7f]+"), re.compile("[A-Za-z][^\x00-\x7f]")
SIGN_FIRST = frozenset("ÂâÃ¬‚√┬ΓÔ├")
"""What common pages show for the first byte of such signs, in one layer or two; none is a word by itself."""


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
    costs = [_cost(way) + strangeness(way.text) for way in tidy]
    ways = sorted(zip(costs, scores, tidy, strict=False), key=lambda way: way[0] - way[1])
    cost, score, way = ways[0]
    alone = len(ways) == 1 or ways[1][0] - ways[1][1] - cost + score >= DOUBT
    if not alone:
        return None
    best = Explained(way.text, way.steps, score - own - cost)
    after = refined(line, [undone(line, way.steps)], asked)[0]
    # A little UTF-8 is enough where it gives words.
    least = MARGIN if all(map(is_listed_word, best.text.split())) else margin_of(sample, best)
    if best.gain <= least:
        return None
    return replace(best, text=after, whole=replays(line, after, way.steps))


def _tidy(sample: str, found: list[Layers]) -> list[Layers]:
    """Those of the readings `found` of `sample` that are text, and no longer suspicious, or much less so."""
    most = strangeness(sample) * LESS
    return [
        way for way in found if not BAD.search(way.text) and (strangeness(way.text) <= most or not suspicious(way.text))
    ]


def _signs(line: str, sample: str, found: list[Layers], asked: Likelihoods) -> Explained | None:
    """`line` by one of the readings `found` of its `sample`, where these are nothing but common signs."""
    if LETTER_BEFORE.search(sample) or not SIGN_FIRST.issuperset(run[0] for run in RUN.findall(sample)):
        return None
    ways = [way for way in found if SIGNS.issuperset(BEYOND.findall(way.text))]
    if not ways:
        return None
    scores = asked([way.text for way in ways])
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
