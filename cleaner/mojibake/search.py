"""The search for the chain of accidents that explains a line best.

Noisy channel: of all texts that some chain of accidents turns into the line, the one wins whose likelihood under the
character model, less the costs of its steps, is highest. The line itself is one of them. Only its words beyond ASCII are
judged, and of a long line a sample of them; the chain is then undone in all of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from cleaner.mojibake.gate import suspicious
from cleaner.mojibake.layers import BAD, layers
from cleaner.mojibake.steps import Step, encoded

__all__ = ["Explained", "explain", "likelihoods"]

LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
FOREIGN = "\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0e01-\u0e5b\u3040-\u9fff\uac00-\ud7af"
DEPTH = 3
SAMPLE = 180
"""Code points of words beyond ASCII that the accidents are compared on."""
DRAWN = re.compile(r"(?<!\S)[\u2190-\u22ff\u2500-\u25ff]+(?!\S)")
DRAWN_SIGN = re.compile(r"[\u2190-\u22ff\u2500-\u25ff]")
DRAWN_KINDS = 5
"""Kinds of such signs in a drawing's line, at most: a frame has four or five, Cyrillic read as a DOS page has a dozen."""
LONE = re.compile(
    r"[\W\d_]{1,3}|[^\W\d_]|[A-ZÀ-ÖØ-ÞĀ-Ž]+[®™©]|[^\w\x80-\x9f]?[\x21-\x7e]*[²³¹°ºª®™©]+[^\w\x80-\x9f]*|[^\w\x80-\x9f]*µ[A-Za-z]{0,2}\W*"
)
"""A word that is no evidence for a mix-up of pages: a few signs, one letter, a name with its mark, a unit with its power."""
WORDS = re.compile(r"([ \t\r\n]+)")
REFINE = 4.0
"""Nats that a word must be likelier as it stood to be left out of a line's repair."""
PAIR_MARGIN = 6.0
"""The same for chains with a step that is not UTF-8: one letter that becomes another is no evidence."""
FEW_MARGIN = 6.0
SIGNS = 2
"""Characters beyond ASCII that must speak for a mix-up; of fewer, more is asked."""
MIXED = re.compile(f"[{LATIN}][{FOREIGN}]|[{FOREIGN}][{LATIN}]")
MIXED_COST = 20.0
"""Nats against a word that mixes two scripts only after the repair."""
SIGN_MOST = 25.0
"""Nats that a character of a word counts for at most: one that the model has never seen must not decide alone."""
LITTLE_MARGIN = 6.0
"""Nats more for a single continuation byte: `SUOVÂKUOŠKÂ` before a no-break space is a word."""
MARGIN = 3.0
"""Nats that a chain must win by, beyond the cost of its steps."""
MOSTLY = 0.5
"""Share of the characters beyond ASCII that must be in sequences of UTF-8 for the line to be taken as UTF-8 at all."""
NEARLY_ALL = 0.9
"""The same, for a line in which no other mix-up is looked for."""
PROVEN = 8.0
"""Nats that a continuation byte of UTF-8 counts for where a line is UTF-8 all through: what the model gives it at least."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A line with its accidents undone."""

    text: str
    steps: tuple[Step, ...]
    gain: float
    """Nats that the text is more likely than the line, less the costs of the steps."""
    runner_up: str | None = None
    """The text of the next best chain, where it differs."""
    whole: bool = False
    """Whether all of the line is UTF-8 read as a page, so that no byte is missing."""


def likelihoods(texts: list[str]) -> list[float]:
    """Log-likelihoods in nats under the pooled character model."""
    from cleaner.models.characters import load

    found: list[float] = load().log_likelihoods(texts).tolist()
    return found


def explain(line: str, first: tuple[tuple[Step, ...], ...] = ()) -> Explained | None:
    """The best explanation of `line` as garbled text, or None where it is best left alone.

    `first` are chains found before; one of them is taken without a search where it leaves nothing suspicious.
    """
    known = _known(line, first)
    if known is not None:
        return known
    if all(LONE.fullmatch(word) for word in line.split() if not word.isascii()):
        return None
    whole = layers(line)
    if whole is not None:
        return Explained(whole.text, whole.steps, PROVEN * whole.proof, whole=True)
    sample = _sample(line)
    found = _searched(sample)
    if found is None:
        return None
    text = _undone(line, found.steps)
    if any(step.right != "utf-8" for step in found.steps):
        text = _refined(line, text)
    return None if text == line else Explained(text, found.steps, found.gain, found.runner_up)


def _undone(text: str, steps: tuple[Step, ...]) -> str:
    for step in steps:
        text = step.undo(text)
    return text


def _known(line: str, first: tuple[tuple[Step, ...], ...]) -> Explained | None:
    """`line` explained by a chain that was found before, where that leaves nothing suspicious and is better text."""
    own: float | None = None
    sample = _sample(line) if first else ""
    for steps in first:
        text = _undone(line, steps)
        if text == line or suspicious(text):
            continue
        if own is None:
            own = likelihoods([sample])[0]
        gain = likelihoods([_undone(sample, steps)])[0] - own - sum(step.cost for step in steps) / 2
        if gain > MARGIN:
            return Explained(text, steps, gain)
    return None


def _searched(sample: str) -> Explained | None:
    """The best chain for the words of `sample`: layers of UTF-8, else a mix-up of two other pages, or one below a layer."""
    from cleaner.mojibake.pairs import Words, layered, readings, wide

    words = Words(sample)
    start = Explained(sample, (), 0.0)
    below, covered = layered(words)
    own = likelihoods([sample])[0] if below else 0.0
    clean = _best(start, _judged([way for way in below if not _strange(way[0])]), own)
    if clean is not None and clean.gain <= _margin(sample, clean.text):
        clean = None
    if clean is not None and covered > NEARLY_ALL:
        return clean
    waiting = [(start, words)]
    best = clean
    while clean is None and below and covered > MOSTLY:
        # One UTF-8 layer off many is itself no good text.
        deeper = _best(waiting[-1][0], _judged(below), own)
        if deeper is None:
            break
        best = deeper
        if not _strange(best.text):
            break
        waiting.append((best, Words(best.text)))
        below, covered = layered(waiting[-1][1]) if len(best.steps) < DEPTH else ([], 0.0)
    for so_far, words in waiting[:: max(1, len(waiting) - 1)]:
        as_it_is, found = readings(words)
        own = own or as_it_is
        ways = [(reading.text, reading.step, reading.likelihood) for reading in found]
        ways += _judged(wide(words))
        bad = len(BAD.findall(so_far.text))
        ways = [way for way in ways if len(BAD.findall(way[0])) <= bad and not _redraws(so_far.text, way[0])]
        other = _best(so_far, ways, own)
        if other is not None:
            gain, signs = _weighed(so_far.text, other.text, other.steps[-1])
            gain += so_far.gain - other.steps[-1].cost
            if gain > (PAIR_MARGIN if signs >= SIGNS else FEW_MARGIN) and (best is None or gain > best.gain):
                best = replace(other, gain=gain)
    if best is None and below:
        best = _best(start, _judged(below), own)
    return best if best is not None and best.gain > _margin(sample, best.text) else None


def _margin(before: str, after: str) -> float:
    """Nats that a chain must win by: more where only one or two bytes of UTF-8 speak for it."""
    return MARGIN + LITTLE_MARGIN / max(1, len(before) - len(after))


def _judged(ways: list[tuple[str, Step]]) -> list[tuple[str, Step, float]]:
    scores = likelihoods([text for text, _ in ways]) if ways else []
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
    return Explained(text, (*so_far.steps, step), gain, ways[1][0] if len(ways) > 1 else None)


def _weighed(before: str, after: str, step: Step) -> tuple[float, int]:
    """Nats by which the words of `after` are likelier than those of `before`, and how many characters say so.

    A character says at most SIGN_MOST. A sign that stands alone says nothing: `×` and `§` are text, and no letters.
    """
    old, new = WORDS.split(before), WORDS.split(after)
    if len(old) != len(new):
        old, new = [before], [after]
    changed = [
        (one, other)
        for one, other in zip(old, new, strict=True)
        if one != other and not LONE.fullmatch(one) and not _listed(one, step)
    ]
    scores = likelihoods([f" {word} " for pair in changed for word in pair])
    gains = [
        new - old - (MIXED_COST if MIXED.search(after) and not MIXED.search(before) else 0.0)
        for old, new, (before, after) in zip(scores[::2], scores[1::2], changed, strict=True)
    ]
    signs = sum(
        sum(not char.isascii() for char in one) for (one, _), gain in zip(changed, gains, strict=True) if gain > 0
    )
    counts = [sum(not char.isascii() for char in max(pair, key=len)) for pair in changed]
    return sum(min(SIGN_MOST * n, gain) for n, gain in zip(counts, gains, strict=True) if gain > -REFINE), signs


def _refined(before: str, after: str) -> str:
    """`after` with those words as they stood in `before` that were likelier there: a line can be garbled in part."""
    old, new = WORDS.split(before), WORDS.split(after)
    if len(old) != len(new) or len(old) == 1:
        return after
    changed = [place for place, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    scores = likelihoods([f" {words[place]} " for place in changed for words in (old, new)])
    for number, place in enumerate(changed):
        if scores[2 * number] > scores[2 * number + 1] + REFINE:
            new[place] = old[place]
    return "".join(new)


def _strange(text: str) -> bool:
    return suspicious(text) or BAD.search(text) is not None


def _listed(word: str, step: Step) -> bool:
    """Whether `word` is a row of a table: the characters of bytes that follow each other."""
    data = encoded(word, step.wrong) or b""
    following = sum(one + 1 == other for one, other in pairwise(data))
    return following > 1 and 2 * following >= len(data)


def _redraws(text: str, turned: str) -> bool:
    """Whether lines of a drawing, or signs of a formula, that stand alone would become something else."""
    alone = DRAWN.findall(text)
    if not alone or len(set(DRAWN_SIGN.findall(text))) > DRAWN_KINDS:
        return False
    return len(DRAWN.findall(turned)) < len(alone)


def _sample(text: str) -> str:
    """The distinct words of `text` that hold more than ASCII, `SAMPLE` code points of them, joined by spaces."""
    parts, size = [], 0
    for word in dict.fromkeys(WORDS.split(text)):
        if not word.isascii():
            parts.append(word[:SAMPLE])
            size += len(word) + 1
            if size > SAMPLE:
                break
    return " ".join(parts)
