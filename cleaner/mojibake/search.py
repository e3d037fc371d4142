"""The search for the chain of accidents that explains a line best.

Noisy channel: of all texts that some chain of accidents turns into the line, the one wins whose likelihood under the
character model, less the costs of its steps, is highest. The line itself is one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.mojibake.gate import suspicious
from cleaner.mojibake.pairs import readings
from cleaner.mojibake.steps import Step, utf8_steps

__all__ = ["Explained", "explain", "likelihoods"]

DEPTH = 3
SAMPLE = 160
"""Code points of a line on which the many single-byte pairs are compared; the best is then checked on the whole line."""
NARROW = 8
"""Best readings of the sample that are compared on the whole line."""
DRAWN = re.compile(r"(?<!\S)[\u2190-\u22ff\u2500-\u25ff]+(?!\S)")
WORDS = re.compile(r"([ \t\r\n]+)")
REFINE = 4.0
"""Nats that a word must be likelier as it stood to be left out of a line's repair."""
PAIR_MARGIN = 6.0
"""The same for chains with a step that is not UTF-8: one letter that becomes another is no evidence."""
MARGIN = 3.0
"""Nats that a chain must win by, beyond the cost of its steps."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A line with its accidents undone."""

    text: str
    steps: tuple[Step, ...]
    gain: float
    """Nats that the text is more likely than the line, less the costs of the steps."""
    runner_up: str | None = None
    """The text of the next best chain, where it differs."""


def likelihoods(texts: list[str]) -> list[float]:
    """Log-likelihoods in nats under the pooled character model."""
    from cleaner.models.characters import load

    found: list[float] = load().log_likelihoods(texts).tolist()
    return found


def explain(line: str, first: tuple[tuple[Step, ...], ...] = ()) -> Explained | None:
    """The best explanation of `line` as garbled text, or None where it is best left alone.

    `first` are chains found before; one of them is taken without a search where it leaves nothing suspicious.
    """
    own = likelihoods([line])[0]
    for steps in first:
        text = line
        for step in steps:
            text = step.undo(text)
        if text != line and not suspicious(text):
            gain = likelihoods([text])[0] - own - sum(step.cost for step in steps) / 2
            if gain > MARGIN:
                return Explained(text, steps, gain)
    best = Explained(line, (), 0.0)
    for _ in range(DEPTH):
        deeper = _one_step(best, own)
        if deeper is None:
            break
        best = deeper
        if not suspicious(best.text):
            break
    margin = MARGIN if all(step.right == "utf-8" for step in best.steps) else PAIR_MARGIN
    return best if best.steps and best.gain > margin else None


def _one_step(so_far: Explained, own: float) -> Explained | None:
    """The best text that lies one step behind `so_far`, where it is better."""
    spent = sum(step.cost for step in so_far.steps)
    found = _utf8(so_far, own)
    ahead = found
    # One UTF-8 layer off many is itself no good text; a mix-up must not win before the layers below have been seen.
    while ahead is not None and suspicious(ahead.text) and len(ahead.steps) < DEPTH:
        ahead = _utf8(ahead, own)
    if ahead is not None and not suspicious(ahead.text):
        return ahead
    if found is None or suspicious(found.text):
        others = _best(so_far, _pairs(so_far.text), own, spent)
        if others is not None and (found is None or others.gain > found.gain):
            return others
    return found


def _utf8(so_far: Explained, own: float) -> Explained | None:
    """The best text that one UTF-8 layer hides."""
    spent = sum(step.cost for step in so_far.steps)
    return _best(so_far, [(step, step.undo(so_far.text)) for step in utf8_steps()], own, spent)


def _best(so_far: Explained, ways: list[tuple[Step, str]], own: float, spent: float) -> Explained | None:
    cheapest: dict[str, Step] = {}
    for step, text in ways:
        if text != so_far.text and (text not in cheapest or step.cost < cheapest[text].cost):
            cheapest[text] = step
    if not cheapest:
        return None
    texts = list(cheapest)
    ranked = sorted(
        zip(texts, likelihoods(texts), strict=True), key=lambda row: (cheapest[row[0]].cost - row[1], row[0])
    )
    text, likelihood = ranked[0]
    step = cheapest[text]
    if step.right != "utf-8":
        text, likelihood = _refined(so_far.text, text, likelihood)
    gain = likelihood - own - spent - step.cost
    if gain <= so_far.gain + (MARGIN if so_far.steps else 0.0):
        return None
    return Explained(text, (*so_far.steps, step), gain, ranked[1][0] if len(ranked) > 1 else None)


def _pairs(text: str) -> list[tuple[Step, str]]:
    """The most promising single-byte and CJK steps, with the whole text each gives."""
    sample = _sample(text)
    ways = {turned: steps for turned, steps in readings(sample).items() if not _redraws(sample, turned)}
    if not ways:
        return []
    distinct = sorted(ways)
    scores = dict(zip(distinct, likelihoods(distinct), strict=True))
    distinct.sort(key=lambda turned: (ways[turned][0].cost - scores[turned], turned))
    return [(step, step.undo(text)) for turned in distinct[:NARROW] for step in ways[turned]]


def _refined(before: str, after: str, likelihood: float) -> tuple[str, float]:
    """`after` with those words as they stood in `before` that were likelier there: a line can be garbled in part."""
    old, new = WORDS.split(before), WORDS.split(after)
    if len(old) != len(new) or len(old) == 1:
        return after, likelihood
    changed = [place for place, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    scores = likelihoods([f" {words[place]} " for place in changed for words in (old, new)])
    kept = [place for number, place in enumerate(changed) if scores[2 * number] > scores[2 * number + 1] + REFINE]
    if not kept or len(kept) == len(changed):
        return after, likelihood
    for place in kept:
        new[place] = old[place]
    text = "".join(new)
    return text, likelihoods([text])[0]


def _redraws(text: str, turned: str) -> bool:
    """Whether lines of a drawing, or signs of a formula, that stand alone would become something else."""
    alone = DRAWN.findall(text)
    return bool(alone) and len(DRAWN.findall(turned)) < len(alone)


def _sample(text: str) -> str:
    """The words of `text` that hold more than ASCII, `SAMPLE` code points of them, with their neighbours where short."""
    if len(text) <= SAMPLE:
        return text
    parts, size = [], 0
    for word in text.split(" "):
        if not word.isascii():
            parts.append(word)
            size += len(word) + 1
            if size > SAMPLE:
                break
    return " ".join(parts)[: SAMPLE * 2]
