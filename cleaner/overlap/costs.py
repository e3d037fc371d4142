"""How common a word is in its language, from the word lists of `cleaner.models.words`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from cleaner.letting_go import cached
from cleaner.overlap.sentence_terms import UNKNOWN, Costs
from cleaner.overlap.stems import stems_of
from cleaner.overlap.terms import script_of, words_in

__all__ = ["costs_of", "language_of", "listed_languages"]

LISTS = 3
"""Languages whose list is loaded, those with the most tellings: each takes a tenth of a second. Of the others only the most
frequent words are known."""
MIDDLE = 9.0
"""Cost of a word of a language without a list, if it is not among the sixty most frequent: one in 8,000."""
KNOWN_LEAST = 3
"""Frequent words of a language that a text must hold for it to be in that language."""


def listed_languages(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The languages whose lists are worth loading, where so many tellings are in each."""
    return tuple(sorted((code for code in counts if code in _codes()), key=lambda code: (-counts[code], code))[:LISTS])


def costs_of(languages: Mapping[str, str], listed: Sequence[str]) -> dict[str, Costs]:
    """How to find the cost of words, for each of the documents with these `languages` (id -> code)."""
    return {name: _list_costs(code) if code in listed else _frequent_costs(code) for name, code in languages.items()}


def language_of(text: str) -> str:
    """The language of `text` by its most frequent words; `script:` and its script where no language is known."""
    held = words_in(text)
    counts = {code: len(held & words) for code, words in _frequent().items()}
    best = min(counts, key=lambda code: (-counts[code], code))
    return best if counts[best] >= KNOWN_LEAST else f"script:{script_of(text)}"


@cached
def _codes() -> frozenset[str]:
    from cleaner.models import words

    return frozenset(words.codes())


@cached
def _frequent() -> dict[str, frozenset[str]]:
    from cleaner.models import words

    return {code: frozenset(held) for code, held in words.frequent().items()}


@cached
def _list_costs(code: str) -> Costs:
    """Words with one stem count together."""
    import numpy as np

    from cleaner.models import words

    held = words.load((code,))
    texts: list[str] = []
    shares: list[float] = []
    for length, steps in enumerate(held.steps, 1):
        rows = np.arange(len(steps))
        texts += held.texts(length, rows)
        shares += [math.exp(-cost) for cost in held.costs(length, rows).tolist()]
    summed: dict[str, float] = {}
    for key, share in zip(stems_of(texts), shares, strict=True):
        summed[key] = summed.get(key, 0.0) + share
    costs = {key: -math.log(share) for key, share in summed.items()}

    def from_list(_words: Sequence[str], stems: Sequence[str]) -> list[float]:
        return [costs.get(key, UNKNOWN) for key in stems]

    return from_list


@cached
def _frequent_costs(code: str) -> Costs:
    common = _frequent().get(code, frozenset())

    def from_frequent(words: Sequence[str], _stems: Sequence[str]) -> list[float]:
        return [0.0 if word in common else MIDDLE for word in words]

    return from_frequent
