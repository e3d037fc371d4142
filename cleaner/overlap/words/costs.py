"""How common a word is in its language, from the word lists of `cleaner.models.words`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from cleaner.arrays import Array, among, found_in
from cleaner.memory import cached
from cleaner.models import words
from cleaner.overlap.words.stems import letters_of, stem_ends
from cleaner.overlap.words.tokens import hashes_of

LISTS = 3
"""Languages whose list is loaded, those with the most tellings: each takes some hundredths of a second. Of the others only the most
frequent words are known."""
MIDDLE = 9.0
"""Cost of a word that is not among the sixty most frequent, in a language whose list is not loaded: one in 8,000."""
UNKNOWN = 14.0
"""Cost of a word that a list of 40,000 does not have."""

Costs = Callable[[Array, Array], Array]
"""How rare words are in a language, given the hashes (`tokens.hashes_of`) of the words in lower case and of their stems: negative
log-probabilities in nats."""


def listed_languages(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The languages whose lists are worth loading, where so many tellings are in each."""
    return tuple(sorted(counts.keys() & set(words.codes()), key=lambda code: (-counts[code], code))[:LISTS])


def costs_of(languages: Iterable[str], listed: Sequence[str]) -> dict[str, Costs]:
    """How to find the cost of words in each of `languages`."""
    return {code: _list_costs(code) if code in listed else _frequent_costs(code) for code in languages}


@cached
def _list_costs(code: str) -> Costs:
    """Words with one stem count together."""
    held = words.load((code,))
    share_of = np.array([math.exp(-float(np.float32(step) * np.float32(words.STEP))) for step in range(256)])
    hashes, shares = [], []
    for length, steps in enumerate(held.steps, 1):
        letters = held.points(length, np.arange(len(steps))).ravel()
        starts = np.arange(len(steps)) * length
        hashes.append(hashes_of(letters, starts, stem_ends(letters, starts, starts + length)))
        shares.append(share_of[steps])
    stems, place = np.unique(np.concatenate(hashes), return_inverse=True)
    summed = np.bincount(place, np.concatenate(shares))

    def from_list(_lower: Array, wanted: Array) -> Array:
        place, there = found_in(stems, wanted)
        costs = np.full(len(wanted), UNKNOWN)
        listed = np.flatnonzero(there)
        costs[listed] = [-math.log(share) for share in summed[place[listed]].tolist()]
        return costs

    return from_list


@cached
def _frequent_costs(code: str) -> Costs:
    letters, starts, ends = letters_of(sorted(words.frequent().get(code, ())))
    common = hashes_of(letters, starts, ends)

    def from_frequent(lower: Array, _stems: Array) -> Array:
        return np.where(among(lower, common), 0.0, MIDDLE)

    return from_frequent
