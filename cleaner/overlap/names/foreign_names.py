"""Names of other languages in Chinese texts, written by syllables: 波特 is bo te, and Potter is one of the names that are heard so.

In runs of the characters that write such names, the names of the other documents are looked for by how each syllable is heard
(`cleaner.models.pinyin`).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from cleaner.arrays import Array
from cleaner.memory import cached
from cleaner.models.pinyin import pinyin, syllable_numbers
from cleaner.overlap.grouping import in_parts
from cleaner.overlap.names.beams import Beams, Places

FOREIGN = 2.0
"""Bits a character by which a run must be more frequent in names than in text to be examined."""
HEARD, SURE = 6.0, 6.0
"""Bits by which a name must be likelier given the syllables of a run than by itself; and bits that must be left when
the bits by which the run's characters are more frequent in names than in text are added and those of the choice among
all known names subtracted."""
RUN, NAME = 12, 10
"""Most characters of a run, and of a name in it."""
RIVALS, RIVAL_BITS = 6, 4.0
"""Names that one run may stand for, and how many bits they may be behind the best: 波特 is Potter and Porter."""
AT_ONCE = 1 << 8
"""Runs that are processed together."""

Name = tuple[str, tuple[str, ...]]
"""As it is written, and the keys of the names for which it may stand, the likeliest first."""
Ways = Mapping[tuple[int, int], tuple[float, tuple[str, ...]]]
"""Stretch of a run, half-open -> bits by which it is likelier to be a name than not, and the keys of that name."""


def reading(written: str) -> str:
    """`written` in pinyin, a space between syllables; a character that is not in the table stays."""
    syllables = pinyin().syllables
    return " ".join([syllables.get(char, char) for char in written])


def runs_of(han: str) -> list[str]:
    """The runs in `han` of two to RUN characters that write names of other languages."""
    return _foreign().findall(han)


@cached
def _foreign() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(pinyin().foreign))}]{{2,{RUN}}}")


@cached
def _bits() -> Array:
    """Code point -> bits by which it is more frequent in names than in text."""
    bits: Array = np.zeros(1 << 16, np.int64)
    for char, own in pinyin().foreign.items():
        bits[ord(char)] = own
    return bits


class ForeignNames:
    """Names of documents by how they sound, ready to be looked for."""

    def __init__(self, names: Sequence[str], keys: Sequence[str], places: Sequence[int], sounds: Sequence[str]) -> None:
        """`keys`: that of each of `names`; `places` and `sounds` as `name_keys.name_sounds` has them."""
        self._names, self._keys, self._places = names, keys, places
        self._beams = Beams(sounds)
        self._sure = SURE + math.log2(len(names) + 1)
        """Bits that a name needs with those that it takes to say which of all is meant."""

    def names_in(self, runs: Iterable[str]) -> dict[str, tuple[Name, ...]]:
        """The names in each of `runs` of characters that write foreign names."""
        found: dict[str, tuple[Name, ...]] = {}
        for held in in_parts(dict.fromkeys(runs), AT_ONCE):
            found |= self._heard(held)
        return found

    def _heard(self, runs: Sequence[str]) -> dict[str, tuple[Name, ...]]:
        padded = "".join([run.ljust(RUN + NAME, "\0") for run in runs])
        codes = np.frombuffer(padded.encode("utf-16-le"), "<u2").reshape(-1, RUN + NAME)
        foreign, syllables = _bits()[codes], syllable_numbers()[codes]
        looked_at = foreign.sum(axis=1) >= FOREIGN * (codes != 0).sum(axis=1)
        run, start = np.nonzero((codes[:, 1:RUN] != 0) & looked_at[:, None])
        window = run[:, None], start[:, None] + np.arange(NAME)
        places = Places(syllables[window], foreign[window])
        ways: dict[int, dict[tuple[int, int], tuple[float, tuple[str, ...]]]] = defaultdict(dict)
        for place, size, bits, sounds in self._beams.heard(places, HEARD, self._sure).likeliest(RIVALS, RIVAL_BITS):
            first = int(start[place])
            likely = bits + int(places.foreign[place, :size].sum()) - (self._sure - SURE)
            ways[int(run[place])][first, first + size] = likely, self._keys_of(sounds)
        return {
            run: _cut(run, ways[number]) if good else ()
            for number, (run, good) in enumerate(zip(runs, looked_at.tolist(), strict=True))
        }

    def _keys_of(self, sounds: Sequence[int]) -> tuple[str, ...]:
        """The keys of the names that have one of these sounds."""
        names = self._names
        places = ([self._places[row] for row in self._beams.rows(sound)] for sound in sounds)
        own = chain.from_iterable(sorted(one, key=names.__getitem__) for one in places)
        return tuple(dict.fromkeys(self._keys[place] for place in own))


def _cut(run: str, ways: Ways) -> tuple[Name, ...]:
    """Of all ways to cut the run into names, the likeliest, if it leaves at most a third over."""
    best: list[tuple[float, int, tuple[Name, ...]]] = [(0.0, 0, ())]
    for end in range(1, len(run) + 1):
        bits, left, names = best[end - 1]
        rows = [(bits, left + 1, names)]
        for start in range(end - 1):
            if (start, end) in ways:
                likely, keys = ways[start, end]
                bits, left, names = best[start]
                rows.append((bits - likely, left, (*names, (run[start:end], keys))))
        best.append(min(rows))
    _, left, names = best[-1]
    return names if 3 * left <= len(run) else ()
