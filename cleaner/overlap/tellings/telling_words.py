"""The words of tellings, read part by part: where they stand, and which of them are written like names side by side."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, ranges, runs_of
from cleaner.overlap.words.sentences import FIRST, NO_LETTER, WORD, TextsRead, codes_of, lowered_places
from cleaner.overlap.words.tokens import hashes_of

WORDS = re.compile(r"[^\W\d_]+|\d{4}")
YEAR = 4
"""Digits that are a word: of others each four are."""
CAST = re.compile(r"\([^()\n]{3,60}\)")
CAST_WORDS = range(2, 5)
"""How many words in parentheses an actor's name has."""
CAPITALS = ((0x41, 0x5B), (0xC0, 0xDF), (0x391, 0x3AA), (0x401, 0x402), (0x410, 0x430))
"""Letters with which two names may begin that stand side by side: Latin, Greek, Cyrillic."""
LIMIT = 400
"""Most sentences of a text that are aligned; the rest is left out."""


class Words(NamedTuple):
    """Words of the first sentences of texts, in order; those in parentheses, which may be actors, are left out."""

    text: Array
    """The text of each word."""
    sentence: Array
    """Its sentence in the text."""
    hash: Array
    """`tokens.hashes_of` its letters as they are written."""
    first: Array
    """The code point of its first letter."""
    part: Array
    """The part that was read, and where the word stands there."""
    begun: Array
    ended: Array
    lower: Array
    """Where it stands, in lower case, in `TellingWords.lower`."""
    lower_end: Array


class Beside(NamedTuple):
    """Pairs of words that stand side by side, both written like names."""

    text: Array
    one: Array
    other: Array
    """Their hashes."""


class TellingWords:
    """Collects the words of texts as they are read."""

    def __init__(self) -> None:
        self.actors: dict[int, dict[str, None]] = defaultdict(dict)
        """Text -> the names in parentheses after other names: `Joan (Mary Miller)`."""
        self.capital: dict[int, str] = {}
        """Hash of a word that stands beside another -> the word."""
        self._texts: list[str] = []
        self._lower: list[Array] = []
        self._size = 0
        self._words: list[Words] = []
        self._beside: list[Beside] = []
        self._before = (-1, 0)
        self._all: Words | None = None

    @property
    def found_none(self) -> bool:
        """Whether no text has a word in its first sentences; then there is nothing else to ask for."""
        return not self._words

    def words(self) -> Words:
        """All words."""
        if self._all is None:
            self._all = Words(*(np.concatenate(column) for column in zip(*self._words, strict=True)))
        return self._all

    def beside(self) -> Beside:
        """All pairs of names."""
        return Beside(*(np.concatenate(column) for column in zip(*self._beside, strict=True)))

    def lower(self) -> Array:
        """The code points of what was read, as far as there are `words`, in lower case, uint32."""
        return np.concatenate(self._lower)

    def written(self, part: Array, begun: Array, ended: Array) -> list[str]:
        """Words as they are written."""
        rows = zip(part.tolist(), begun.tolist(), ended.tolist(), strict=True)
        texts = self._texts
        return [texts[number][start:end] for number, start, end in rows]

    def add(self, held: TextsRead) -> None:
        """Reads the words of some texts, or of a part of one."""
        text, kinds = held.text, held.kinds
        if not len(held.starts):
            return
        codes = codes_of(text)
        begun, ended = runs_of(kinds[:-1] & (WORD | NO_LETTER) == WORD)
        hashes = hashes_of(codes, begun, ended)
        self._side_by_side(held, codes, begun, ended, hashes)
        years = _years(kinds)
        if len(years):
            order = np.argsort(np.concatenate([begun, years]))
            hashes = np.concatenate([hashes, hashes_of(codes, years, years + YEAR)])[order]
            ended = np.concatenate([ended, years + YEAR])[order]
            begun = np.concatenate([begun, years])[order]
        sentence, number = _sentences_at(held, begun), self._numbers(held)
        kept = np.flatnonzero((number[sentence] < LIMIT) & ~self._cast(held, begun))
        if not len(kept):
            return
        begun, ended, sentence = begun[kept], ended[kept], sentence[kept]
        text = text[: int(ended[-1])]
        lower = codes_of(text.lower()).astype(np.uint32)
        first, after = (places + self._size for places in lowered_places(text, lower, begun, ended))
        part = np.full(len(kept), len(self._texts))
        letters = codes[begun].astype(np.uint32)
        columns = (held.owner[sentence], number[sentence], hashes[kept], letters, part, begun, ended, first, after)
        self._words.append(Words(*columns))
        self._texts.append(text)
        self._lower.append(lower)
        self._size += len(lower)

    def _numbers(self, held: TextsRead) -> Array:
        """The number of each sentence in its text."""
        owner = held.owner
        number = np.arange(len(owner)) - np.searchsorted(owner, owner)
        last, before = self._before
        number[owner == last] += before
        self._before = int(owner[-1]), int(number[-1]) + 1
        return number

    def _side_by_side(self, held: TextsRead, codes: Array, begun: Array, ended: Array, hashes: Array) -> None:
        """Words of two letters and more that begin with capitals, a single space between them."""
        first = codes[begun]
        capital = np.zeros(len(begun), bool)
        for low, high in CAPITALS:
            capital |= (first >= low) & (first < high)
        capital &= ended - begun > 1
        one = np.flatnonzero(capital[:-1] & capital[1:] & (begun[1:] == ended[:-1] + 1))
        one = one[(codes[ended[one]] == ord(" ")) & (held.kinds[begun[one] - 1] & WORD == 0)]
        both = np.concatenate([one, one + 1])
        owner = held.owner[_sentences_at(held, begun[one])]
        self._beside.append(Beside(owner, hashes[one], hashes[one + 1]))
        distinct, place = np.unique(hashes[both], return_index=True)
        rows = zip(distinct.tolist(), begun[both[place]].tolist(), ended[both[place]].tolist(), strict=True)
        self.capital |= ((number, held.text[start:end]) for number, start, end in rows)

    def _cast(self, held: TextsRead, begun: Array) -> Array:
        """Which of the words stand in parentheses; the names among those there are told."""
        matches = list(CAST.finditer(held.text))
        inside = np.zeros(len(begun), bool)
        if not matches:
            return inside
        spans = np.array([match.span() for match in matches])
        sentence = _sentences_at(held, spans[:, 0])
        for match, number in zip(matches, held.owner[sentence].tolist(), strict=True):
            words = WORDS.findall(match[0])
            if len(words) in CAST_WORDS and all(word[0].isupper() for word in words):
                self.actors[number] |= dict.fromkeys(words)
        spans = spans[spans[:, 1] <= held.ends[sentence]]
        if len(spans):
            place = np.searchsorted(spans[:, 0], begun, side="right") - 1
            inside = (place >= 0) & (begun < spans[place, 1])
        return inside


def _sentences_at(held: TextsRead, places: Array) -> Array:
    """The sentence in which each of `places` stands."""
    return np.searchsorted(held.starts, places, side="right") - 1


def _years(kinds: Array) -> Array:
    """Where each four digits of a number begin."""
    begun, ended = runs_of(kinds[:-1] & (NO_LETTER | FIRST) == NO_LETTER | FIRST)
    many = ended - begun >= YEAR
    begun, count = begun[many], (ended - begun)[many] // YEAR
    return np.repeat(begun, count) + YEAR * ranges(0, count)
