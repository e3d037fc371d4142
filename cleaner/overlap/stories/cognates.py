"""Words that two languages share (gladiator, гладиатор): they are long and rare, sound alike, and are spelled alike.

The words of many documents are processed together, each distinct word once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, code_points, found_in, runs_of
from cleaner.overlap.documents.profiles import Frequencies
from cleaner.overlap.grouping import in_groups
from cleaner.overlap.stories.verdicts import Pair
from cleaner.overlap.words.name_keys import bare_sounds_of, keys_of_sounds
from cleaner.overlap.words.scripts import LATIN_END
from cleaner.overlap.words.sentences import NO_LETTER, WORD, kinds_at
from cleaner.overlap.words.tokens import (
    CHUNK,
    LINE_END,
    distinct,
    hashed_lines,
    hashes_of,
    lines_in,
    plain,
    tokens_of,
)
from cleaner.overlap.words.transliterate import latin, spelt_alike

SOUNDS_ALIKE, COGNATES_ALIKE = 0.6, 0.85
"""Similarity of spelling (Ratcliff and Obershelp 1988) from which two words that sound alike are one word. In two scripts true
ones of the development set have .67 and more (Gotham and Готэма), chance gives .46 (insane and женщин). Where both are Latin,
letters say more: from .85 on, 7 of 10 pairs of tellings in two languages share two words and more, and 1.7 % of 2,000 pairs
of other texts (from .6 on, 7 of 10 and 10.8 %)."""
PAIRS = 64
"""Pairs whose words are held at once: a text has 2,000."""
LOOKED_UP = 4_096
"""Words that are looked up at once, of 64 bytes at most on average."""
LONG, SHORT_SOUND = 6, 4
"""Letters from which a word is compared with other languages by sound, and characters of a key up to which it is not:
shorter ones meet by chance."""
COGNATE, COGNATE_LETTERS = 4, 5
"""First letters by which words of two languages in Latin script are compared, and letters that such words have at least; how alike
they must be spelt say SOUNDS_ALIKE and COGNATES_ALIKE."""
FIRST_LETTERS = 1 << 40
"""Added to first letters, so that they are no key of a sound."""
SAMPLE = 20_000
"""Code points of a text that are read."""


def cognates(
    pairs: Sequence[Pair], text_of: Callable[[str], str], frequencies: Frequencies, most: float
) -> Iterator[list[str]]:
    """Words that the two documents of each pair share, both forms of each; the forms stand in `most` documents together at most.

    What is a name that both have is left out. The texts of PAIRS pairs are read at a time.
    """
    for start in range(0, len(pairs), PAIRS):
        part = pairs[start : start + PAIRS]
        sides = [[(name, script == "latin") for name, script in zip((p.a, p.b), p.scripts, strict=True)] for p in part]
        asked = list(dict.fromkeys(chain.from_iterable(sides)))
        words_of = long_words_of([(text_of(name), in_latin) for name, in_latin in asked])
        heard = dict(zip(asked, words_of, strict=True))
        shared = []
        for pair, (one, other) in zip(part, sides, strict=True):
            names = set(pair.shared)
            shared.append({row for row in heard[one].shared(heard[other]) if names.isdisjoint(row)})
        words = list({word for rows in shared for row in rows for word in row})
        seen, letters = _seen(words, frequencies), dict(zip(words, latin("\n".join(words)).split("\n"), strict=False))
        for rows in shared:
            rare = (row for row in rows if seen[row[0]] + seen[row[1]] <= most)
            yield [
                f"{one} = {other}"
                for one, other in sorted(rare, key=lambda row: (*sorted(row), *row))
                if spelt_alike(letters[one], letters[other], _least(one, other))
            ]


def _seen(words: Collection[str], frequencies: Frequencies) -> Mapping[str, int]:
    """How many documents have each word, by its stem; a word with vowel signs, at which words are cut, by its first part."""
    held, found = list(words), dict[str, int]()
    for start in range(0, len(held), LOOKED_UP):
        part = held[start : start + LOOKED_UP]
        tokens = tokens_of([plain("\n".join(part))])
        ends = np.flatnonzero(np.frombuffer(tokens.data, np.uint8) == LINE_END)
        first = np.concatenate([[0], np.searchsorted(tokens.starts, ends)])
        found |= zip(part, frequencies.stem_counts(tokens.stems[first]).tolist(), strict=True)
    return found


def _least(one: str, other: str) -> float:
    """How alike two words must be."""
    return COGNATES_ALIKE if max(one[0], other[0]) < LATIN_END else SOUNDS_ALIKE


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
    samples = ((text[:SAMPLE], in_latin) for text, in_latin in texts)
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
