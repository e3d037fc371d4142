"""How the words of one language are spelled: an n-gram model of the letters of its word list, for words that no list has.

An interpolated model (Witten and Bell 1991) over the types of the list, each counted once: what endings and stems look like
matters here, not how frequent a word is. It is made from the list when it is first needed, and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cleaner.models.words import WordList

__all__ = ["Spelling"]

Array = Any
ORDER = 5
BITS = np.uint64(12)
"""A letter's number fits them; ORDER letters fit 64 bits."""
WIDTH = 12
"""Spellings kept from letter to letter."""
UNSEEN = 12.0
"""Nats of a letter that the list has nowhere."""
START, END = 1, 2


class Spelling:
    """The model of a list with one language. Immutable; safe to share between threads."""

    __slots__ = ("_keys", "_letters", "_numbers", "_rest", "_shares")

    def __init__(self, held: WordList) -> None:
        self._numbers = {char: place + 2 for char, place in held.places.items()}
        self._letters = {number: char for char, number in self._numbers.items()}
        self._keys: list[Array] = []
        self._shares: list[Array] = []
        self._rest: list[tuple[Array, Array]] = []
        grams: list[list[Array]] = [[] for _ in range(ORDER)]
        for columns in held.columns:
            rows = columns.shape[1]
            if not rows:
                continue
            padded = [np.full(rows, START, np.uint64)] * (ORDER - 1)
            padded += [column.astype(np.uint64) + np.uint64(2) for column in columns]
            padded += [np.full(rows, END, np.uint64)]
            for at in range(ORDER - 1, len(padded)):
                key = padded[at]
                grams[0].append(key)
                for back in range(1, ORDER):
                    key = key | (padded[at - back] << (BITS * np.uint64(back)))
                    grams[back].append(key)
        lower: tuple[Array, Array] | None = None
        for order in range(ORDER):
            lower = self._learn(order, np.concatenate(grams[order]), lower)

    def _learn(self, order: int, found: Array, lower: tuple[Array, Array] | None) -> tuple[Array, Array]:
        keys, counts = np.unique(found, return_counts=True)
        # The context is what stands above the last letter, the shorter n-gram what stands below the first.
        last = (np.uint64(1) << BITS) - np.uint64(1)
        order_by = _context(keys, order)
        contexts, place, kinds = np.unique(order_by, return_inverse=True, return_counts=True)
        totals = np.bincount(place, counts)
        if lower is None:
            below = np.full(len(keys), 1.0 / len(self._numbers))
        else:
            tail = keys & (last if order == 1 else (np.uint64(1) << (BITS * np.uint64(order))) - np.uint64(1))
            below = lower[1][np.searchsorted(lower[0], tail)]
        shares = (counts + kinds[place] * below) / (totals + kinds)[place]
        self._keys.append(keys)
        self._shares.append(shares)
        self._rest.append((contexts, kinds / (totals + kinds)))
        return keys, shares

    def _costs(self, before: Array, letters: Array) -> Array:
        """Nats of `letters` after `before` (packed numbers of the ORDER - 1 letters before), arrays of one shape."""
        share = np.full(letters.shape, np.exp(-UNSEEN))
        for order in range(ORDER):
            context = (
                before & ((np.uint64(1) << (BITS * np.uint64(order))) - np.uint64(1))
                if order
                else before & np.uint64(0)
            )
            key = (context << BITS) | letters
            known, at = _find(self._keys[order], key)
            seen, place = _find(self._rest[order][0], key >> BITS)
            rest = np.where(seen, self._rest[order][1][place], 1.0)
            share = np.where(known, self._shares[order][at], share * rest)
        return -np.log(share)

    def fitting(self, core: Sequence[str], most: int) -> list[tuple[str, float]]:
        """The likeliest spellings of `core`, small letters for each place, with their costs in nats."""
        before = np.array([sum(START << (12 * at) for at in range(ORDER - 1))], np.uint64)
        cost = np.zeros(1)
        made: Array = np.zeros((1, 0), np.uint64)
        mask = (np.uint64(1) << (BITS * np.uint64(ORDER - 1))) - np.uint64(1)
        for letters in core:
            numbers = np.array([self._numbers[char] for char in letters if char in self._numbers], np.uint64)
            if not len(numbers):
                return []
            rows = np.repeat(np.arange(len(before)), len(numbers))
            added = np.tile(numbers, len(before))
            total = cost[rows] + self._costs(before[rows], added)
            kept = np.argsort(total, kind="stable")[:WIDTH]
            rows, added, cost = rows[kept], added[kept], total[kept]
            before = ((before[rows] << BITS) | added) & mask
            made = np.concatenate([made[rows], added[:, None]], axis=1)
        cost = cost + self._costs(before, np.full(len(before), END, np.uint64))
        order = np.argsort(cost, kind="stable")[:most]
        return [("".join(self._letters[int(number)] for number in made[row]), float(cost[row])) for row in order]


def _context(keys: Array, order: int) -> Array:
    return keys >> BITS if order else np.zeros_like(keys)


def _find(sorted_keys: Array, keys: Array) -> tuple[Array, Array]:
    at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return sorted_keys[at] == keys, at
