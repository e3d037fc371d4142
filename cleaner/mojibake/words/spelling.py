"""How the words of one language are spelled: an n-gram model of the letters of its word list, for words that no list
has.

An interpolated model (Witten and Bell 1991) over the types of the list, each counted once: the shapes of endings and
stems matter here, not how frequent a word is. It is made from the list when it is first needed, and cached.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.arrays import Array, heads_of
from cleaner.models.words import WordList

ORDER = 5
"""Letters of the longest n-gram."""
BITS = np.uint64(12)
"""Bits for the number of a letter; ORDER letters fit 64 bits."""
WIDTH = 12
"""The width of the beam: how many spellings are kept from letter to letter."""
UNSEEN = 12.0
"""Nats of a letter that no word of the list has."""
START, END = 1, 2
"""Numbers of the borders of a word; letters come after them."""
TAGS = (np.arange(ORDER, dtype=np.uint64) << np.uint64(60))[:, None]
"""What tells n-grams of one order from those of another: ORDER letters leave the four highest bits free."""
MASKS = ((np.uint64(1) << (BITS * np.arange(ORDER, dtype=np.uint64))) - np.uint64(1))[:, None]
"""The letters of a context of each order."""


class Spelling:
    """The model of a list with one language. Immutable; safe to share between threads."""

    __slots__ = ("_contexts", "_keys", "_letters", "_numbers", "_rest", "_shares")

    def __init__(self, held: WordList) -> None:
        self._numbers = {char: place + 2 for char, place in held.places.items()}
        self._letters = {number: char for char, number in self._numbers.items()}
        grams: list[Array] = []
        for columns in held.columns:
            length, rows = columns.shape
            padded = np.full((length + ORDER, rows), START, np.uint64)
            np.add(columns, np.uint64(2), out=padded[ORDER - 1 : -1])
            padded[-1] = END
            key = padded[: length + 1].copy()
            for at in range(1, ORDER):
                key <<= BITS
                key |= padded[at : at + length + 1]
            grams.append(key.ravel())
        # All orders in one sorted array, the order in the highest bits: one look-up finds the n-grams of all of them.
        keys, shares, contexts, rests = [], [], [], []
        below: Array = np.full(1, 1.0 / len(self._numbers))
        for order, (found, counts, lower) in enumerate(_counted(np.concatenate(grams))):
            # The context is what stands above the last letter.
            above = found >> BITS if order else np.zeros_like(found)
            starts = heads_of(above)
            kinds = np.diff(starts, append=len(found))
            totals = np.add.reduceat(counts, starts) + kinds
            below = (counts + np.repeat(kinds, kinds) * below[lower]) / np.repeat(totals, kinds)
            keys.append(found | TAGS[order])
            shares.append(below)
            contexts.append(above[starts] | TAGS[order])
            rests.append(kinds / totals)
        self._keys, self._shares = np.concatenate(keys), np.concatenate(shares).astype(np.float32)
        self._contexts, self._rest = np.concatenate(contexts), np.concatenate(rests).astype(np.float32)

    def _costs(self, before: Array, letters: Array) -> Array:
        """Nats of `letters` after `before` (packed numbers of the ORDER - 1 letters before), one-dimensional arrays."""
        contexts = (before & MASKS) | TAGS
        known, at = _find(self._keys, ((before & MASKS) << BITS) | letters | TAGS)
        seen, place = _find(self._contexts, contexts)
        rest = np.where(seen, self._rest[place], 1.0)
        shares = self._shares[at]
        share = np.full(len(letters), np.exp(-UNSEEN))
        for order in range(ORDER):
            share = np.where(known[order], shares[order], share * rest[order])
        return -np.log(share)

    def fitting(self, core: Sequence[str], most: int) -> list[tuple[str, float]]:
        """The likeliest spellings of `core`, small letters for each place, with their costs in nats."""
        choices = [[self._numbers[char] for char in letters if char in self._numbers] for letters in core]
        if not all(choices):
            return []
        choices.append([END])
        made = np.full((1, ORDER - 1), START, np.uint64)
        cost = np.zeros(1)
        at = 0
        while at < len(choices):
            # Places with one letter each need no choice between: they are added together.
            end = at + 1
            if len(choices[at]) == 1:
                while end < len(choices) and len(choices[end]) == 1:
                    end += 1
                run = np.array([letters[0] for letters in choices[at:end]], np.uint64)
                made = np.concatenate([made, np.broadcast_to(run, (len(made), len(run)))], axis=1)
            else:
                rows = np.repeat(np.arange(len(made)), len(choices[at]))
                made = np.concatenate(
                    [made[rows], np.tile(np.array(choices[at], np.uint64), len(made))[:, None]], axis=1
                )
                cost = cost[rows]
            cost = cost + self._added(made, end - at)
            kept = np.argsort(cost, kind="stable")[:WIDTH]
            made, cost, at = made[kept], cost[kept], end
        letters = self._letters
        return [
            ("".join([letters[number] for number in row]), price)
            for row, price in zip(made[:most, ORDER - 1 : -1].tolist(), cost[:most].tolist(), strict=True)
        ]

    def _added(self, made: Array, size: int) -> Array:
        """Nats of the last `size` letters of each row of `made` after those before them."""
        first = made.shape[1] - size
        before = made[:, first - 1 : -1].copy()
        for back in range(1, ORDER - 1):
            before |= made[:, first - 1 - back : made.shape[1] - 1 - back] << (BITS * np.uint64(back))
        return self._costs(before.reshape(-1), made[:, first:].reshape(-1)).reshape(len(made), size).sum(1)


def _counted(grams: Array) -> list[tuple[Array, Array, Array]]:
    """For each order up to that of `grams`: the distinct n-grams, sorted, their counts, and the index of what is left
    of each without its first letter.
    """
    grams.sort()
    starts = heads_of(grams)
    keys, counts = grams[starts], np.diff(starts, append=len(grams))
    found = []
    for order in range(ORDER - 1, 0, -1):
        tails = keys & ((np.uint64(1) << (BITS * np.uint64(order))) - np.uint64(1))
        by = np.argsort(tails)
        tails = tails[by]
        starts = heads_of(tails)
        lower = np.empty(len(keys), np.int64)
        lower[by] = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(keys)))
        found.append((keys, counts, lower))
        keys, counts = tails[starts], np.add.reduceat(counts[by], starts)
    found.append((keys, counts, np.zeros(len(keys), np.int64)))
    return found[::-1]


def _find(sorted_keys: Array, keys: Array) -> tuple[Array, Array]:
    at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return sorted_keys[at] == keys, at
