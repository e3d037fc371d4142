"""The sample of a line's words by which accidents are compared, and which words the repair of the line changes."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from cleaner.mojibake.accidents.steps import SPACES, Step
from cleaner.mojibake.readings.evidence import REFINE, Likelihoods
from cleaner.mojibake.strangeness import strangenesses
from cleaner.mojibake.words.listed import was_right

SAMPLE = 180
"""Code points of words beyond ASCII that the accidents are compared on."""
TELLING = 8
"""Nats of suspicion from which a word of a long line is looked at first: with 2 as many texts become right, without a limit one
fewer (constants varied: benchmarks/results/mojibake.md)."""
LATIN = re.compile("[A-Za-zÀ-ɏ]")
SPACED = re.compile("[^\\W\\d_]\xa0[^\\W\\d_]")
"""A no-break space between letters: no word that had a letter there is made so."""
CERTAIN = 12.0
"""Nats by which a word is likelier as it stood from which it is right so. Of 5,000 garbled texts a word that had to turn was seldom
likelier by 6 nats, one that was right by 13."""


def sample_of(text: str) -> str:
    """The distinct words of `text` that hold more than ASCII, about `SAMPLE` code points of them, joined by spaces.

    Where there are more, the strangest words come first: a line can be garbled in part.
    """
    held = dict.fromkeys(word for word in SPACES.split(text) if not word.isascii())
    if sum(map(len, held)) > SAMPLE:
        said = dict(zip(held, strangenesses(list(held)), strict=True))
        held = dict.fromkeys(sorted(held, key=lambda word: (-min(TELLING, said[word]), len(word) > SAMPLE)))
    parts, size = [], 0
    for word in held:
        parts.append(word[:SAMPLE])
        size += len(word) + 1
        if size > SAMPLE:
            break
    return " ".join(parts)


def turned_words(before: str, after: str) -> list[str]:
    """The words of `before` that `after` changes and what they become, each between spaces, as the model is asked about them."""
    pairs = zip(SPACES.split(before), SPACES.split(after), strict=False)
    return [f" {word} " for pair in pairs if pair[0] != pair[1] for word in pair]


def refined(before: str, afters: Sequence[str], likelihoods: Likelihoods) -> list[str]:
    """Each of `afters` with the words of `before` put back that were likelier as they stood: a line can be garbled in part."""
    old, turned = SPACES.split(before), [SPACES.split(after) for after in afters]
    changed = [
        [place for place, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
        if 1 < len(old) == len(new)
        else []
        for new in turned
    ]
    # Nearly all words turn to one other, by any chain.
    asked = {
        f" {words[at]} ": 0.0
        for new, places in zip(turned, changed, strict=True)
        for at in places
        for words in (old, new)
    }
    asked = dict(zip(asked, likelihoods(list(asked)), strict=True))
    found = []
    for after, new, places in zip(afters, turned, changed, strict=True):
        better = [asked[f" {old[place]} "] - asked[f" {new[place]} "] for place in places]
        moved = sum(gain < -REFINE for gain in better)
        right = sum(gain > CERTAIN for gain in better)
        least = REFINE * (1 + max(0.0, math.log((moved + 1) / (right + 1))))
        for place, gain in zip(places, better, strict=True):
            if gain > least or (gain > 0 and was_right(old[place], new[place])):
                new[place] = old[place]
            if len(old[place]) == len(new[place]) and SPACED.search(new[place]) and not SPACED.search(old[place]):
                new[place] = old[place]
        for place in places:
            if len(old[place]) == 1 and _is_alone(old, new, place):
                new[place] = old[place]
        found.append("".join(new) if places else after)
    return found


def _is_alone(before: Sequence[str], after: Sequence[str], place: int) -> bool:
    """Whether a word of one Latin letter would change its script between Latin words that stay: `à côté`."""
    if not (LATIN.match(before[place]) and after[place].isalpha() and not LATIN.match(after[place])):
        return False
    beside = [number for number in (place - 2, place + 2) if 0 <= number < len(before)]
    return all(before[number] == after[number] and LATIN.search(before[number]) for number in beside)


def turns_right_words(words: Sequence[str], step: Step) -> bool:
    """Whether undoing `step` turns a listed word of `words` into one that is not listed."""
    return any(was_right(word, after) for word in words if not word.isascii() and (after := step.undo(word)) != word)
