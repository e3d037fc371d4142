"""The names of stories by their sounds: which are those of actors, and which belong to one person."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from cleaner.arrays import Array, found_in, ranges
from cleaner.overlap.clusters import components_of
from cleaner.overlap.tellings.telling_words import TellingWords
from cleaner.overlap.words.name_keys import name_keys

LEAST_SOUND = 3
"""Characters of the key of a name, its mark included, from which the name is known by it."""
PERSON = 2
"""How often two names must be side by side to be the name and surname of one person."""


class Sounds:
    """The sounds of names. A sound in a story is known by the number of the story times that of all sounds, and its own."""

    def __init__(self, read: TellingWords, tellings: Sequence[tuple[int, int]], names: Sequence[str]) -> None:
        """`tellings`: text and story of each; `names`: words that are names, beside those that `read` has seen."""
        actors = chain.from_iterable(read.actors.get(text, ()) for text, _ in tellings)
        words = list(dict.fromkeys(chain(names, actors, read.capital.values())))
        numbers: dict[str, int] = {}
        self.number = {
            word: numbers.setdefault(key, len(numbers)) for word, key in zip(words, name_keys(words), strict=True)
        }
        """Word -> the number of its sound."""
        self.texts = list(numbers)
        width = len(self.texts)
        self.cast = np.array(
            [story * width + self.number[word] for text, story in tellings for word in read.actors.get(text, ())],
            np.int64,
        )
        """Sounds in stories, of the actors."""
        self._roots = self._joined(read, tellings)

    def _joined(self, read: TellingWords, tellings: Sequence[tuple[int, int]]) -> dict[int, int]:
        """Of names that stand side by side PERSON times and more, one for all of a person."""
        beside, width = read.beside(), len(self.texts)
        if not len(beside.text):
            return {}
        hashes = np.array(sorted(read.capital), np.uint64)
        sound = np.array([self.number[read.capital[own]] for own in hashes.tolist()])
        texts = [text for text, _ in tellings]
        first = np.searchsorted(beside.text, texts)
        counts = np.searchsorted(beside.text, texts, side="right") - first
        rows = ranges(first, counts)
        one, other = (sound[np.searchsorted(hashes, column[rows])] for column in (beside.one, beside.other))
        story = np.repeat([story for _, story in tellings], counts)
        apart = one != other
        low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
        codes, times = np.unique((story[apart] * width + low) * width + high, return_counts=True)
        same = (divmod(code, width) for code in codes[times >= PERSON].tolist())
        groups = components_of((node, node // width * width + second) for node, second in same)
        return {node: group[0] for group in groups for node in group}

    def persons(self, sounds: Array) -> Array:
        """Of `sounds` in stories, a number that is the same for those of one person."""
        nodes = np.array(sorted(self._roots), np.int64)
        if not len(nodes):
            return sounds
        roots = np.array([self._roots[node] for node in nodes.tolist()])
        place, there = found_in(nodes, sounds)
        return np.where(there, roots[place], sounds)
