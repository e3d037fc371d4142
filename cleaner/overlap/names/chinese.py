"""Names in Chinese texts: no capitals, no spaces, and names of other languages written by syllables (波特 is Potter).

Nothing in a Chinese text says where a name begins. So the names that the other documents know are looked for in it: names that
are pinyin (Wukong, Daiyu) by their syllables, anywhere; all names by how they sound, in runs of the characters that write foreign
names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from cleaner.arrays import Array
from cleaner.overlap.grouping import in_parts
from cleaner.overlap.names.foreign_names import ForeignNames, reading, runs_of
from cleaner.overlap.names.pinyin_names import PinyinNames
from cleaner.overlap.words.name_keys import name_sounds

READ = 20_000
"""Code points of a text that are read for names."""
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
NO_HAN = re.compile(f"[^{HAN}]+")
IN_RUNS = 2_400
"""Most characters of the distinct runs of a text that are examined, the most frequent first: 20,000 characters of an
encyclopaedia have 2,300, of a story some hundred, a list of names as many as it is long."""
TOGETHER = 64
"""Texts that are processed together."""


class Named(NamedTuple):
    """A name in a Chinese text."""

    written: str
    keys: tuple[str, ...]
    """Keys of the names for which it may stand, the likeliest first; its own where no document knows it."""
    times: int


def han_of(text: str) -> str:
    """The Han characters at the beginning of a Chinese text, each run of others as one space."""
    return NO_HAN.sub(" ", text[:READ])


class Known:
    """The names of the other documents, ready to be looked for."""

    def __init__(
        self, names: Sequence[str], keys: Sequence[str], bare: Sequence[str], holders: Iterable[tuple[int, Array]]
    ) -> None:
        """`keys` and `bare`: the key of each of `names`, and its sound as `name_keys.bare_sounds` has it.

        `holders`: places in `names` of names that are pinyin (`spellings.pinyin_among`), and the documents that have each.
        """
        self._foreign = ForeignNames(names, keys, *name_sounds(names, bare))
        self._native = PinyinNames(names, keys, holders)

    def names_in(self, texts: Iterable[str]) -> Iterator[list[Named]]:
        """The names in the Han characters of each text, in the order of their writing."""
        for part in in_parts(texts, TOGETHER):
            taken = [self._native.take(han) for han in part]
            runs = [_frequent(runs_of(rest)) for _, rest in taken]
            heard = self._foreign.names_in(chain.from_iterable(runs))
            for (found, rest), own in zip(taken, runs, strict=True):
                left = rest
                named = [(heard[run], times) for run, times in own.items() if heard[run]]
                for names, times in named:
                    for written, keys in names:
                        found[written, keys] += times
                for written in dict.fromkeys(written for names, _ in named for written, _ in names):
                    left = left.replace(written, " " * len(written))
                for written, times in self._native.strangers(left).items():
                    found[written, (f"~ {reading(written)}",)] += times
                yield [Named(written, keys, times) for (written, keys), times in sorted(found.items())]


def _frequent(runs: Iterable[str]) -> dict[str, int]:
    """How often there is each of the most frequent `runs`; of those that are as frequent, the first in order of characters."""
    rows = sorted(Counter(runs).items(), key=lambda row: (-row[1], row[0]))
    sizes = accumulate(len(run) for run, _ in rows)
    return dict(row for row, size in zip(rows, sizes, strict=True) if size <= IN_RUNS)
