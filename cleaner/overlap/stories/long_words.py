"""The long words of texts by how they sound: what other languages have borrowed or passed on (gladiator, гладиатор)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, code_points, found_in, runs_of
from cleaner.overlap.grouping import in_groups
from cleaner.overlap.words.sentences import NO_LETTER, WORD, kinds_at
from cleaner.overlap.words.terms import SOUNDS_SAMPLE, bare_sounds_of, keys_of_sounds
from cleaner.overlap.words.tokens import CHUNK, distinct, hashed_lines, hashes_of, lines_in
from cleaner.overlap.words.transliterate import latin

LONG, SHORT_SOUND = 6, 4
"""Letters from which a word is compared with other languages by sound, and characters of a key up to which it is not:
shorter ones meet by chance."""
COGNATE, COGNATE_LETTERS = 4, 5
"""First letters by which words of two languages in Latin script are compared, and letters that such words have at least; how alike
they must be spelt is up to `stories`."""
FIRST_LETTERS = 1 << 40
"""Added to first letters, so that they are no key of a sound."""


class LongWords(NamedTuple):
    """The long words at the beginning of a text, by sound and, in Latin script, by first letters. Parallel arrays."""

    text: str
    """The beginning."""
    keys: Array
    """Each once, sorted, uint64."""
    starts: Array
    """Of the first word with each; code points."""
    stops: Array

    def shared(self, other: LongWords) -> list[tuple[str, str]]:
        """The words of both texts with one key."""
        places, there = found_in(other.keys, self.keys)
        rows = np.flatnonzero(there)
        return list(zip(self._words(rows), other._words(places[rows]), strict=True))

    def _words(self, rows: Array) -> Iterator[str]:
        bounds = zip(self.starts[rows].tolist(), self.stops[rows].tolist(), strict=True)
        return (self.text[start:stop] for start, stop in bounds)


def long_words_of(texts: Sequence[tuple[str, bool]]) -> list[LongWords]:
    """Those of each text, of which is told whether it is in Latin script: there words are known by their first letters as well."""
    samples = ((text[:SOUNDS_SAMPLE], in_latin) for text, in_latin in texts)
    groups = in_groups(samples, CHUNK, lambda sample: len(sample[0]) + 1)
    return list(chain.from_iterable(map(_of_batch, groups)))


def _of_batch(samples: Sequence[tuple[str, bool]]) -> Iterator[LongWords]:
    """Those of some texts of less than CHUNK code points together."""
    joined = "".join([f"\n{sample}" for sample, _ in samples])
    codes = code_points(f"{joined}\n")
    starts, stops = runs_of(kinds_at(codes) & (WORD | NO_LETTER) == WORD)
    begins = np.cumsum([0, *(len(sample) + 1 for sample, _ in samples)])
    text: Array = np.searchsorted(begins, starts, side="right") - 1
    in_latin = np.array([own for _, own in samples], bool)[text] if len(text) else np.zeros(0, bool)
    long = np.flatnonzero(stops - starts >= np.where(in_latin, COGNATE_LETTERS, LONG))
    starts, stops, text = starts[long], stops[long], text[long]
    heads, word = distinct(hashes_of(codes, starts, stops))
    words = [joined[start:stop] for start, stop in zip(starts[heads].tolist(), stops[heads].tolist(), strict=True)]
    sounds, letters = _sounds(words)[word].T
    cuts = np.searchsorted(text, np.arange(len(samples) + 1)).tolist()
    for (sample, in_latin_script), begin, (first, after) in zip(samples, begins.tolist(), pairwise(cuts), strict=False):
        told = np.flatnonzero(sounds[first:after]) + first
        rows = np.concatenate([told, np.arange(first, after)]) if in_latin_script else told
        keys = np.concatenate([sounds[told], letters[first:after]]) if in_latin_script else sounds[told]
        keys, heads = np.unique(keys, return_index=True)  # of several words with one key the first
        rows = rows[heads]
        shift = begin + 1
        yield LongWords(sample, keys, (starts[rows] - shift).astype(np.int32), (stops[rows] - shift).astype(np.int32))


def _sounds(words: Sequence[str]) -> Array:
    """Of each of `words` the key of its sound, 0 where that is too short to say anything, and its first letters."""
    if not words:
        return np.zeros((0, 2), np.uint64)
    lines = "\n".join(words)
    keys = keys_of_sounds(bare_sounds_of(lines)).encode("ascii")
    sounds = hashed_lines(keys)
    starts, stops = lines_in(np.frombuffer(keys, np.uint8))
    sounds[(stops - starts <= SHORT_SOUND) | (np.array(list(map(len, words))) < LONG)] = 0
    written = latin(lines).encode("ascii")
    octets = np.frombuffer(written + bytes(COGNATE), np.uint8).astype(np.uint64)
    starts, stops = lines_in(np.frombuffer(written, np.uint8))
    letters = np.full(len(words), FIRST_LETTERS, np.uint64)
    for place in range(COGNATE):
        letters += np.where(starts + place < stops, octets[np.minimum(starts + place, len(written))], 0) << np.uint64(
            8 * place
        )
    return np.stack([sounds, letters], axis=1)
