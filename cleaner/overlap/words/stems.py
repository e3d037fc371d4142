"""Words without their endings, for English and Slavic languages in Cyrillic, so that `walked` and `walking` are one
word.

All words of a story, or of a word list, are cut at once; the result for a word does not depend on the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from cleaner.arrays import Array, code_points, found_in
from cleaner.memory import cached

ENDINGS = frozenset(
    re.findall(
        r"\S+",
        "'s ’s ingly edly ings ing ed ies es s ly ers er ments ment ions ion ists ist e y "
        "ами ями ого его ому ему ыми ими ом ем ой ей ую юю ая яя ах ях ов ев ый ий а е и о у ы э ю я й ь ъ",
    )
)
VOWELS = frozenset("aeiouyàâäáãåæèéêëíìîïòóôöõøœúùûüýаеёиоуыэюяіїє")
DOUBLED = frozenset("bdgkmnprtv")
"""Letters that English doubles before an ending (drummer), and does not end a word with."""
STEM = 7
"""Letters of a word that count. With six `productive` is `produce`."""
SHORTEST = 3
NUMBER, VOWEL, DOUBLE = 63, 64, 128
"""Of a letter: its number among those of endings, 0 for others; whether it is one of VOWELS, of DOUBLED."""
LONGEST = max(map(len, ENDINGS))
LETTERS = 6
"""Bits of such a number."""


def letters_of(words: Sequence[str]) -> tuple[Array, Array, Array]:
    """The code points of all words in one array, and where each begins and ends."""
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    ends = np.cumsum(sizes)
    codes = code_points("".join(words))
    return codes, ends - sizes, ends


def stem_ends(codes: Array, starts: Array, ends: Array) -> Array:
    """The end of each word's stem."""
    table, endings = _tables()
    kinds = table[np.minimum(codes, len(table) - 1)]
    numbers = (kinds & NUMBER).astype(np.int32)
    vowels = np.concatenate([[0], np.cumsum(kinds & VOWEL != 0)])
    found = ends.copy()
    rows = np.flatnonzero(ends > starts)
    for least in (SHORTEST, SHORTEST + 1):
        size = _ending(numbers, starts[rows], found[rows], endings)
        alone = np.flatnonzero((size == 1) & (found[rows] - starts[rows] > 1))
        end = found[rows[alone]]
        size[alone[(codes[end - 1] == ord("s")) & (codes[end - 2] == ord("s"))]] = 0
        cut = found[rows] - size
        good = (size > 0) & (cut - starts[rows] >= least)
        good[good] = vowels[cut[good]] > vowels[starts[rows[good]]]
        rows, cut = rows[good], cut[good]
        twice = (cut - starts[rows] > SHORTEST) & (codes[cut - 1] == codes[cut - 2]) & (kinds[cut - 1] & DOUBLE != 0)
        found[rows] = cut - twice
    return np.minimum(found, starts + STEM)


def _ending(numbers: Array, starts: Array, ends: Array, endings: Sequence[Array]) -> Array:
    """How many letters the longest ending of each word has; 0 where it has none."""
    size = np.zeros(len(starts), np.int64)
    code = np.zeros(len(starts), np.int32)
    rows = np.arange(len(starts))
    for length, known in enumerate(endings, 1):
        at = ends[rows] - length
        rows = rows[at >= starts[rows]]
        letter = numbers[ends[rows] - length]
        rows, letter = rows[letter > 0], letter[letter > 0]
        code[rows] |= letter << LETTERS * (length - 1)
        size[rows[found_in(known, code[rows])[1]]] = length
    return size


@cached
def _tables() -> tuple[Array, list[Array]]:
    """What is known of each letter, and the endings of each length from 1, as numbers, sorted."""
    letters = sorted({char for ending in ENDINGS for char in ending})
    table = np.zeros(max(map(ord, {*letters, *VOWELS})) + 2, np.uint8)
    for number, char in enumerate(letters, 1):
        table[ord(char)] = number
    for chars, bit in ((VOWELS, VOWEL), (DOUBLED, DOUBLE)):
        for char in chars:
            table[ord(char)] |= bit
    known: list[list[int]] = [[] for _ in range(LONGEST)]
    for ending in ENDINGS:
        code = 0
        for char in ending:
            code = code << LETTERS | letters.index(char) + 1
        known[len(ending) - 1].append(code)
    return table, [np.array(sorted(own), np.int32) for own in known]
