"""Words that two languages share (gladiator, гладиатор): they sound alike, are spelled alike, and are rare.

The words of many documents are processed together, each distinct word once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from cleaner.overlap.documents.profiles import Frequencies
from cleaner.overlap.stories.long_words import long_words_of
from cleaner.overlap.stories.verdicts import Pair
from cleaner.overlap.words.terms import LATIN_END, Particles
from cleaner.overlap.words.tokens import LINE_END, plain, tokens_of
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


def shared_particles(pair: Pair, particles: Mapping[str, Particles]) -> list[str]:
    """Particles and initials that stand before one of the names in both: `van Gogh` and `O'Connor` are names of two words.

    What counts as a name by itself (the Wi of Wi-Fi) does not count again.
    """
    mine, theirs = particles[pair.a], particles[pair.b]
    both = [row for row in sorted(mine.keys() & theirs.keys()) if row[1] in pair.rare_names]
    return [
        f"{one} = {other}"
        for (one, key), (other, its) in ((mine[row], theirs[row]) for row in both)
        if key not in pair.rare_names and its not in pair.rare_names
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
