"""The search for the chain of accidents that explains a line best.

Noisy channel: of all texts that some chain of accidents turns into the line, the one wins whose likelihood under the
character model, less the costs of its steps, is highest. The line itself is one of them. Only its words beyond ASCII are
judged, and of a long line a sample of them; the chain is then undone in all of it.

[varied]: the constant alone, over 2,020 garbled texts of the judge without lost bytes and 3,360 held back (5,163 of them right),
28,442 clean texts (never one changed) and 60 tricky ones: benchmarks/results/mojibake.md.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category

from cleaner.models.alphabets import LETTER, one_alphabet
from cleaner.mojibake.again import explained_again
from cleaner.mojibake.evidence import (
    CLEARLY,
    CODE_MARGIN,
    GOOD,
    MARGIN,
    MIXED,
    MIXED_COST,
    Likelihoods,
    is_drawing,
    is_rare,
    likelihoods,
    listed,
    speaks,
    torn,
    weighed,
)
from cleaner.mojibake.gate import suspicious
from cleaner.mojibake.layers import BAD
from cleaner.mojibake.sampling import SAMPLE, refined, sample_of, turned_words
from cleaner.mojibake.steps import Step, undone
from cleaner.mojibake.through import Explained, by_layers

if TYPE_CHECKING:
    from cleaner.mojibake.pairs import Words

__all__ = ["any_wins", "explain", "explain_surely", "is_code", "is_source"]

DEPTH = 3
HELD = 4
"""Lines of which what was found out is kept: more than one stage asks about them."""
PAIR_MARGIN = 6.0
"""The same for chains with a step that is not UTF-8: one letter that becomes another is no evidence."""
CODE = re.compile(
    r"""[\w\])]\(["'\[]|^\s*(?:#|//|def |assert|return )|[=!]=|\\[ux]|;\s*$|[=({\[]\s*[rbu]{0,2}["']"""
    r"""|["'],\s*[rbu]?["']|"{3}|'{3}""",
    re.MULTILINE,
)
SOURCE = re.compile(
    r"(?m)^\s*(?:from \S+ import |import [\w.]+$|def \w+\(|class \w+[(:]|#include |function \w+\(|(?:const|let|var) \w+ =)"
)
PARTLY_MARGIN = 20.0
"""Nats more in a line of code of which only a part is UTF-8."""
STRANGERS = 6.0
"""Nats against letters that no one language has, where several readings are near: with none 3 texts fewer become right, with 20
as many [varied]."""
STRANGERS_MARGIN = 30.0
"""Nats that a mix-up of two pages must win by where its result has letters that no one language has: with none one text more
becomes right, with 60 as many [varied]; it keeps Old English."""
RIVALS, NEAR = 5, 25.0
"""Chains that are compared on all of a line of which a sample was looked at, and nats that they may be behind on the sample: 2
chains, or 5 nats, make 2 and 3 texts fewer right, 10 and 60 as many [varied]."""
UNMIXED = 6.0
"""Nats less for a word of two scripts that becomes one of one: `Th체ringen`. With none 4 texts fewer become right, with 15 as many
[varied]."""
LITTLE_MARGIN = 6.0
"""Nats more for a single continuation byte: `SUOVÂKUOŠKÂ` before a no-break space is a word."""
ASKED, DOUBT, FEW, LONG = 4, 12.0, 12, 600
"""Word lists are asked about so many readings, that are at most so many nats short of the cost of their step, of so few
characters beyond ASCII, in a line of so many code points at most. With a DOUBT of 4, 10 texts fewer become right, with 30 one fewer
[varied]."""
LATIN = re.compile("[À-ɏḀ-ỿ\u2010-\u203a«»¡¿]")
OTHER_LETTER = re.compile("[\u0370-\u06ff\u0e00-\u0e7f]")
BEYOND = re.compile("[^\x00-\x7f]")
MOSTLY = 0.5
"""Share of the characters beyond ASCII that must be in sequences of UTF-8 for the line to be taken as UTF-8 at all."""
NEARLY_ALL = 0.9
"""The same, for a line in which no other mix-up is looked for."""
ALPHABET = 5
"""Letters of another alphabet from which a mix-up that was made twice is looked for: as many texts become right with 2 and with 12
[varied]; each look costs .1 ms."""
PLAIN = 3.0
"""Nats a character below which words beyond ASCII are good text as they stand: of 1,695 garbled samples none has less than
3.2, of 264 clean ones that the gate does not pass a third.
"""
WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff61-\uff9f]")
WIDE_GOOD, WIDELY = 9.0, 3
"""The same, a Chinese, Japanese or Korean character of the result, and how many of them it must have."""
ALONE = 15.0
"""Nats that the next reading must be behind one that leaves no doubt. Of 5,333 searched texts (garbled, clean, tricky) 1,955 have
a reading that is GOOD, gains CLEARLY and stands ALONE; 1,953 of them were explained by it."""


def is_code(line: str) -> bool:
    """Whether `line` looks like a line of code."""
    return CODE.search(line) is not None


def is_source(text: str) -> bool:
    """Whether `text` is a source file, all lines of which are code."""
    return len(SOURCE.findall(text)) > 1


def explain(
    line: str,
    first: tuple[tuple[Step, ...], ...] = (),
    asked: Likelihoods | None = None,
    *,
    code: bool | None = None,
) -> Explained | None:
    """The best explanation of `line` as garbled text, or None where it is best left alone.

    `first` are chains found before; one of them is taken without a search where it leaves nothing suspicious. `asked` keeps
    what the model says of known chains; `code` says whether the line is code, where that is known.
    """
    code = is_code(line) if code is None else code
    known = explained_again(line, first, Likelihoods() if asked is None else asked, code=code)
    if known is not None:
        return known
    if not (speaks(line) or torn(line)) or is_drawing(line, code=code):
        return None
    whole = by_layers(line)
    if whole is not None:
        return whole
    return explain_surely(line, code=code) or _in_full(line, _searched(line, code=code))


@lru_cache(HELD)
def explain_surely(line: str, *, code: bool) -> Explained | None:
    """`line` explained by a mix-up of two single-byte pages that leaves no doubt, so that no other accident need be looked for."""
    found = _in_full(line, _surely(_sampled(line), line, code=code))
    return None if found is None else replace(found, sure=True)


@lru_cache(HELD)
def _sampled(line: str) -> Words:
    """The words of `line` that are looked at, with what was found out about them."""
    from cleaner.mojibake.pairs import Words

    return Words(sample_of(line))


def _in_full(line: str, found: Explained | None) -> Explained | None:
    """What was `found` for the words that are looked at, done to all of `line`."""
    if found is None:
        return None
    sample, asked = _sampled(line).text, _sampled(line).asked
    text = undone(line, found.steps)
    if len(sample) >= SAMPLE:
        found, text = _on_all(line, sample, found, text)
    text = refined(line, [text], asked)[0]
    doubtful = found.gain < STRANGERS_MARGIN and found.steps[-1].right != "utf-8" and _strangers(text)
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
    worth = [score - made[text].cost - STRANGERS * _strangers(text) for text, score in zip(texts, scores, strict=True)]
    best = worth.index(max(worth))
    if made[texts[best]] is last:
        return found, text
    return replace(found, steps=(*before, made[texts[best]])), texts[best]


def _searched(line: str, *, code: bool) -> Explained | None:
    """The best chain for the words of `line`: layers of UTF-8, else a mix-up of two other pages, or one below a layer."""
    from cleaner.mojibake.pairs import Words, layered, repeated, wide
    from cleaner.mojibake.sifting import candidates

    words = _sampled(line)
    sample, asked = words.text, words.asked
    start = Explained(sample, (), 0.0)
    own = asked([sample])[0]
    if own > -PLAIN * len(sample):
        return None
    below, covered = layered(words)
    if covered < NEARLY_ALL:
        tried = refined(sample, [text for text, _ in below], asked)
        below = [(text, step) for text, (_, step) in zip(tried, below, strict=True)]
        below = [
            (text, step)
            for text, step in below
            if text != sample and not listed(sample, text, step) and not is_rare(text) and not _unassigned(text)
        ]
    tidy = [way for way in below if not _strange(way[0])]
    ways = _judged(asked, tidy)
    prices = sorted(step.cost - score for _, step, score in ways)
    if len(ways) > 1 and prices[1] - prices[0] < DOUBT:
        ways, _ = _by_words(start, ways, own, line)
    clean = _best(start, ways, own)
    partly = covered < NEARLY_ALL and code
    if clean is not None and clean.gain <= _margin(sample, clean) + (PARTLY_MARGIN if partly else 0.0):
        clean = None
    if clean is not None and covered > NEARLY_ALL:
        return clean
    waiting = [(start, words)]
    best = clean
    while clean is None and below and covered > MOSTLY:
        # One UTF-8 layer off many is itself no good text.
        deeper = _best(waiting[-1][0], _judged(asked, below), own)
        if deeper is None:
            break
        best = deeper
        if not _strange(best.text):
            break
        waiting.append((best, Words(best.text)))
        below, covered = layered(waiting[-1][1]) if len(best.steps) < DEPTH else ([], 0.0)
    pair_margin = CODE_MARGIN if code else PAIR_MARGIN
    for so_far, words in waiting[:: max(1, len(waiting) - 1)]:
        ways = _judged(asked, [*candidates(words), *wide(words)])
        bad = len(BAD.findall(so_far.text))
        ways = [way for way in ways if len(BAD.findall(way[0])) <= bad and not is_rare(way[0])]
        ways, worth = _by_words(so_far, ways, own, line)
        other = _weightiest(so_far, ways, worth, own, asked)
        if other is not None and other.gain > pair_margin and (best is None or other.gain > best.gain):
            best = other
    if not code and _alphabet(sample) and (best is None or best.steps[-1].right != "utf-8"):
        best = _twice(start, _judged(asked, repeated(waiting[0][1])), own, best)
    if best is None and below:
        best = _best(start, _judged(asked, below), own)
    margin = _margin(sample, best) + (PARTLY_MARGIN if partly else 0.0) if best else 0.0
    return best if best is not None and best.gain > margin else None


def _surely(words: Words, line: str, *, code: bool) -> Explained | None:
    """The mix-up of two pages that leaves no doubt about `words`: a Chinese, Japanese or Korean one, else one of single bytes."""
    from cleaner.mojibake.pairs import wide
    from cleaner.mojibake.sifting import first_candidates

    if words.covered > NEARLY_ALL or WIDE.search(words.text):
        return None
    found = [way for way in wide(words) if not is_rare(way[0])]
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
    own, *likelihoods = asked([sample, *(text for text, _ in found)])
    ways = [(text, step, likelihood) for (text, step), likelihood in zip(found, likelihoods, strict=True)]
    ways.sort(key=lambda way: (way[1].cost - way[2], way[0]))
    text, step, likelihood = ways[0]
    gain = likelihood - own - step.cost
    least = WIDE_GOOD * len(text) if WIDE.search(text) else GOOD * len(sample)
    if own > -PLAIN * len(sample) or likelihood < -least or gain < CLEARLY * words.total:
        return None
    if len(ways) > 1 and likelihood - step.cost < ways[1][2] - ways[1][1].cost + ALONE:
        return None
    if BAD.search(text) or is_rare(text):
        return None
    start = Explained(sample, (), 0.0)
    ways, worth = _by_words(start, ways, own, line)
    best = _weightiest(start, ways, worth, own, asked)
    if best is None or best.gain <= max(CODE_MARGIN if code else PAIR_MARGIN, _margin(sample, best)):
        return None
    return best


def any_wins(line: str, sample: str, readings: list[tuple[str, Step]]) -> bool:
    """Whether one of `readings`, by mix-ups of two single-byte pages, of the `sample` of `line` is worth its cost."""
    asked, start = Likelihoods(), Explained(sample, (), 0.0)
    own = asked([sample, *(text for text, _ in readings)])[0]
    ways, worth = _by_words(start, _judged(asked, readings), own, line)
    best = _weightiest(start, ways, worth, own, asked)
    return best is not None and best.gain > PAIR_MARGIN


def _alphabet(text: str) -> bool:
    """Whether most letters of `text` are those of another alphabet than the Latin one, as in whole texts of a Cyrillic page."""
    letters = sum(char.isalpha() for char in text)
    return len(BEYOND.findall(LATIN.sub("", text))) > max(ALPHABET, MOSTLY * letters)


def _twice(
    so_far: Explained, ways: list[tuple[str, Step, float]], own: float, best: Explained | None
) -> Explained | None:
    """`best`, or the mix-up that was made twice, where that is likelier."""
    for text, step, likelihood in ways:
        gain = likelihood - own - 2 * step.cost
        if gain > max(PAIR_MARGIN, best.gain if best else 0.0) and not _strange(text):
            best = Explained(text, (*so_far.steps, step, step), gain, so_far.text)
    return best


def _strangers(text: str) -> bool:
    """Whether `text` holds letters that no one language has, or Latin ones beyond ASCII and those of another alphabet."""
    return not one_alphabet(text) or (LETTER.search(text) is not None and OTHER_LETTER.search(text) is not None)


def _weightiest(
    so_far: Explained, ways: list[tuple[str, Step, float]], worth: dict[str, float], own: float, asked: Likelihoods
) -> Explained | None:
    """The one of the likeliest `ways` whose words say most, which is its gain; letters that no language has together cost."""
    best = _best(so_far, ways, own)
    if best is None:
        return None
    compared = LATIN.sub("", best.text).isascii() or _strangers(best.text)
    steps = (best.steps[-1], *(best.others if compared else ()))
    first = [(text, step) for text, step, _ in ways[: len(steps)]]
    found = [
        (gain + so_far.gain - step.cost + worth.get(text, 0.0) - STRANGERS * _strangers(text), -number)
        for number, ((text, step), (gain, signs)) in enumerate(
            zip(first, weighed(so_far.text, first, asked), strict=True)
        )
        if signs
    ]
    if not found:
        return None
    gain, number = max(found)
    text, step, _ = ways[-number]
    others = tuple(other for other in (best.steps[-1], *best.others) if other is not step)
    return Explained(text, (*so_far.steps, step), gain, best.text if number else best.runner_up, others)


def _by_words(
    so_far: Explained, ways: list[tuple[str, Step, float]], own: float, line: str
) -> tuple[list[tuple[str, Step, float]], dict[str, float]]:
    """`ways` with what the words of the likeliest are worth, where few letters leave a doubt; and that worth by text.

    A letter of a Western language that became another is little evidence; a word of a list is a second, independent one.
    """
    ways.sort(key=lambda way: (way[1].cost - way[2], way[0]))
    top = [way for way in ways[:ASKED] if LATIN.sub("", way[0]).isascii() and way[2] - own > way[1].cost - DOUBT]
    if not top or len(BEYOND.findall(so_far.text)) > FEW:
        return ways, {}
    from cleaner.mojibake.wording import word_gains

    before = undone(line, so_far.steps)
    if len(before) > LONG:
        before = so_far.text
    gains = word_gains([before, *(step.undo(before) for _, step, _ in top)], "latin")
    worth = {text: gain - gains[0] for (text, _, _), gain in zip(top, gains[1:], strict=True)}
    return [(text, step, likelihood + worth.get(text, 0.0)) for text, step, likelihood in ways], worth


def _margin(before: str, best: Explained) -> float:
    """Nats that a chain must win by: more where only one or two bytes of UTF-8 speak for it."""
    more = len(MIXED.findall(best.text)) - len(MIXED.findall(before))
    mixes = MIXED_COST * (more > 0) - UNMIXED * (more < 0)
    little = LITTLE_MARGIN / max(1, len(before) - len(best.text)) if best.steps[-1].right == "utf-8" else 0.0
    return MARGIN + mixes + little


def _judged(asked: Likelihoods, ways: list[tuple[str, Step]]) -> list[tuple[str, Step, float]]:
    scores = asked([text for text, _ in ways])
    return [(text, step, score) for (text, step), score in zip(ways, scores, strict=True)]


def _best(so_far: Explained, ways: list[tuple[str, Step, float]], own: float) -> Explained | None:
    """The best of `ways`, texts one step behind `so_far` with their likelihoods, where it is better."""
    if not ways:
        return None
    ways.sort(key=lambda way: (way[1].cost - way[2], way[0]))
    text, step, likelihood = ways[0]
    gain = likelihood - own - step.cost - sum(step.cost for step in so_far.steps)
    if gain <= so_far.gain + (MARGIN if so_far.steps else 0.0):
        return None
    near = (way for way in ways[1:RIVALS] if likelihood - step.cost - way[2] + way[1].cost < NEAR)
    others = tuple(way[1] for way in near)
    return Explained(text, (*so_far.steps, step), gain, ways[1][0] if len(ways) > 1 else None, others)


def _strange(text: str) -> bool:
    return suspicious(text) or BAD.search(text) is not None


def _unassigned(text: str) -> bool:
    """Whether `text` holds a code point that no character has."""
    return any(category(char) == "Cn" for char in set(text) if not char.isascii())
