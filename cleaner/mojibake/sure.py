"""Explanations that leave no doubt, so that no other accident need be compared: most lines of garbled text have one.

A line that is UTF-8 all through, but too short to prove that; and a mix-up of two pages that gives good text. [varied]: as in
`search`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.letting_go import cached_last
from cleaner.mojibake.evidence import CODE_MARGIN, MIXED, Likelihoods, is_rare, likelihoods
from cleaner.mojibake.gate import strangeness
from cleaner.mojibake.judging import (
    DOUBT,
    LONG,
    PAIR_MARGIN,
    PLAIN,
    STRANGERS,
    STRANGERS_MARGIN,
    WIDE,
    by_words,
    has_strangers,
    is_clear,
    is_strange,
    judged,
    margin_of,
    weightiest,
)
from cleaner.mojibake.layers import BAD, Layers, peelings, whole_layers
from cleaner.mojibake.localize import replays
from cleaner.mojibake.sampling import SAMPLE, refined, sample_of, turned_words
from cleaner.mojibake.steps import BEYOND, Step, undo_utf8, undone
from cleaner.mojibake.through import PROVEN, Explained

if TYPE_CHECKING:
    from cleaner.mojibake.pairs import Words

__all__ = ["MOSTLY", "NEARLY_ALL", "explain_surely", "explain_whole", "in_full", "sampled"]

HELD = 4
"""Lines of which what was found out is kept: more than one stage asks about them."""
MOSTLY = 0.5
"""Share of the characters beyond ASCII that must be in sequences of UTF-8 for the line to be taken as UTF-8 at all."""
NEARLY_ALL = 0.9
"""The same, for a line in which no other mix-up is looked for."""
WIDELY = 3
"""Chinese, Japanese or Korean letters that a result in these must have: none of 580 such garbled lines was explained in another way
by a full search."""
CAPPED = 40.0
"""Nats from which no confidence rises: no word list is asked then, which takes 10 ms for a language that is new."""
LESS = 0.5
"""Share of its suspicion that may be left of a short line: `Åsa Öberg` alone has some."""
SIGNS = frozenset("¡¢£¤¥¦§¨©«¬®°±²³´¶·¹»¼½¾¿×÷€™…–—‘’‚“”„†‡•‰‹›←↑→↓≤≥≠≈∞√∑−✓✔★☆♥❤")
"""Common signs: of few of them neither the gate nor the model can say much, as clean text seldom has them."""
COMMON = ("cp1252", "iso8859-1", "cp1250", "mac_roman", "cp437", "cp850")
"""Pages before all others where a sign is one in several: which sign is likelier says little."""
RUN, LETTER_BEFORE = re.compile("[^\x00-\x7f]+"), re.compile("[A-Za-z][^\x00-\x7f]")
SIGN_FIRST = frozenset("ÂâÃ¬‚√┬ΓÔ├")
"""What common pages show of the first byte of such signs, in one layer or two, where it is no letter that is a word."""
ALONE = 15.0
"""Nats that the next reading must be behind one that leaves no doubt. Of 5,333 searched texts (garbled, clean, tricky) 1,955 have
a reading that is GOOD, gains CLEARLY and stands ALONE; 1,953 of them were explained by it."""


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
    if best.gain <= margin_of(sample, best) or after == line:
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
def explain_surely(line: str, *, code: bool) -> Explained | None:
    """`line` explained by a mix-up of two pages that leaves no doubt, so that no other accident need be looked for."""
    from cleaner.mojibake.proposing import proposed

    told = proposed(line, code=code)
    if told is not None:
        return told
    found = in_full(line, _surely(sampled(line), line, code=code))
    return None if found is None else replace(found, sure=True)


@cached_last(HELD)
def sampled(line: str) -> Words:
    """The words of `line` that are looked at, with what was found out about them."""
    from cleaner.mojibake.pairs import Words

    return Words(sample_of(line))


def in_full(line: str, found: Explained | None) -> Explained | None:
    """What was `found` for the words that are looked at, done to all of `line`."""
    if found is None:
        return None
    sample, asked = sampled(line).text, sampled(line).asked
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
    from cleaner.mojibake.pages import alike

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


def _surely(words: Words, line: str, *, code: bool) -> Explained | None:
    """The mix-up of two pages that leaves no doubt about `words`: a Chinese, Japanese or Korean one, else one of single bytes."""
    from cleaner.mojibake.pairs import wide
    from cleaner.mojibake.sifting import first_candidates

    if words.covered > NEARLY_ALL or WIDE.search(words.text):
        return None
    found = [way for way in wide(words) if not is_rare(way[0])] if 2 * words.total >= len(words.text) else []
    best = _without_doubt(words, line, found, code=code) if found else None
    if best is not None and _is_wide(best.text):
        return best
    found = first_candidates(words) if words.covered <= MOSTLY else []
    if not found:
        return None
    text, step = found[0]
    # Most likely this is the best: what is asked later on is asked with it.
    turned = turned_words(line, step.undo(line)) if len(line) <= LONG else turned_words(words.text, text)
    words.asked([words.text, *(text for text, _ in found), *turned])
    return _without_doubt(words, line, found, code=code)


def _is_wide(text: str) -> bool:
    """Whether most letters of `text` are Chinese, Japanese or Korean ones, and none of another script stands beside one."""
    wide = sum(map(str.isalpha, WIDE.findall(text)))
    return wide >= WIDELY and wide > MOSTLY * sum(map(str.isalpha, text)) and not MIXED.search(text)


def _without_doubt(words: Words, line: str, found: list[tuple[str, Step]], *, code: bool) -> Explained | None:
    """The best of the readings `found`, where it leaves no doubt."""
    asked, sample = words.asked, words.text
    own = asked([sample, *(text for text, _ in found)])[0]
    ways = judged(asked, found)
    ways.sort(key=lambda way: (way[1].cost - way[2], way[0]))
    text, step, likelihood = ways[0]
    if not is_clear(sample, text, step, asked):
        return None
    if len(ways) > 1 and likelihood - step.cost < ways[1][2] - ways[1][1].cost + ALONE:
        return None
    start = Explained(sample, (), 0.0)
    best = weightiest(start, ways, {}, own, asked)
    if best is not None and best.gain < CAPPED:
        ways, worth = by_words(start, ways, own, line)
        best = weightiest(start, ways, worth, own, asked)
    if best is None or best.gain <= max(CODE_MARGIN if code else PAIR_MARGIN, margin_of(sample, best)):
        return None
    return best
