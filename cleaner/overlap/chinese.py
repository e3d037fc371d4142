"""Names in Chinese texts: no capitals, no spaces, and names of other languages written by syllables (波特 is Potter).

Nothing in a Chinese text says where a name begins. So the names that the other documents know are looked for in it: in runs of the
characters that write foreign names, by how each syllable is heard (`cleaner.models.pinyin`); and names that are pinyin
(Wukong, Daiyu) by their syllables, anywhere.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cleaner.models.pinyin import pinyin
from cleaner.overlap.pinyin_names import PinyinNames
from cleaner.overlap.spellings import is_pinyin, syllables_of
from cleaner.overlap.terms import name_sounds

__all__ = ["Known", "Named", "fits", "han_of", "is_pinyin", "reading"]

READ = 20_000
"""Code points of a text that are read for names."""
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
NO_HAN = re.compile(f"[^{HAN}]+")
FOREIGN = 2.0
"""Bits a character by which a run must be more frequent in names than in text to be looked at."""
HEARD, SURE = 6.0, 6.0
"""Bits that a name must be likelier under the syllables of a run than alone; and what must be left of these, together with the
bits by which the run's characters are more frequent in names than in text, when the choice among all known names is taken off."""
RUN, NAME, RUNS = 12, 10, 400
"""Characters of a run, and of a name in it, at most; and different runs of a text that are looked at, the most frequent first: a
story of 20,000 characters has some hundred, a list of names as many as it is long."""
RIVALS, RIVAL_BITS = 6, 4.0
"""Names that one run may stand for, and how many bits they may be behind the best: 波特 is Potter and Porter."""
PRUNED = 12.0
"""Bits behind the best beginning at which a beginning is left."""
SHORT = 6
"""Letters up to which all beginnings of names are kept; longer ones are looked up among the sorted names."""
UNKNOWN, UNKNOWN_BITS = 3, 12
"""Characters of a run that no document knows, and bits by which they are more frequent in names than in text, from which it is
a name."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a Chinese text."""

    written: str
    keys: tuple[str, ...]
    """Keys of the names for which it may stand, the likeliest first; its own where no document knows it."""
    times: int


def han_of(text: str) -> str:
    """The Han characters at the beginning of a Chinese text, each run of others as one space."""
    return NO_HAN.sub(" ", text[:READ])


def reading(written: str) -> str:
    """`written` in pinyin, a space between syllables; a character that is not in the table stays."""
    syllables = pinyin().syllables
    return " ".join([syllables.get(char, char) for char in written])


@lru_cache(1 << 14)
def fits(written: str, name: str) -> bool:
    """Whether `written` may stand for `name`, if it is in Han: keys are coarser, and join names that sound unlike each other."""
    table = pinyin()
    if not set(written) <= table.syllables.keys():
        return NO_HAN.fullmatch(written) is not None
    read = [table.syllables[char] for char in written]
    parts = {tuple(read[start:end]) for start in range(len(read)) for end in range(start + 1, len(read) + 1)}
    if not parts.isdisjoint(syllables_of(name)):
        return True
    return max(_bits(read, sound) for sound in name_sounds([name])[0]) >= HEARD


def _bits(syllables: Sequence[str], sound: str) -> float:
    """How many bits likelier `sound` is under these syllables than alone."""
    _, gains = _gains()
    best = {0: 0.0}
    for syllable in syllables:
        longer: dict[int, float] = {}
        for start, held in best.items():
            for piece, gain in gains[syllable]:
                if sound.startswith(piece, start):
                    end = start + len(piece)
                    longer[end] = max(held + gain, longer.get(end, held + gain))
        best = longer
    return best.get(len(sound), -math.inf)


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(pinyin().foreign))}]{{2,{RUN}}}")


@cache
def _gains() -> tuple[Mapping[str, float], Mapping[str, list[tuple[str, float]]]]:
    """Syllable -> the highest gain; and its pieces, each with the bits by which it makes a name likelier, the highest first."""
    table = pinyin()
    gains = {}
    for syllable, pieces in table.pieces.items():
        own = [
            (piece, sum(table.letters[letter] for letter in piece) - cost) for piece, cost in pieces.items() if piece
        ]
        gains[syllable] = sorted(own, key=lambda row: (-row[1], row[0]))
    return {syllable: own[0][1] for syllable, own in gains.items()}, gains


class Known:
    """The names of the other documents, ready to be looked for."""

    def __init__(self, keys: Mapping[str, str], holders: Iterable[tuple[int, str]]) -> None:
        """`keys`: each name, and its key; `holders`: documents and their names, of those that are pinyin (`is_pinyin`)."""
        names = sorted(keys)
        by_sound: dict[str, tuple[str, ...]] = {}
        for name, own in zip(names, name_sounds(names), strict=True):
            for sound in own:
                held = by_sound.get(sound, ())
                if len(sound) > 1 and keys[name] not in held:
                    by_sound[sound] = (*held, keys[name])
        self._sounds, self._by_sound = sorted(by_sound), by_sound
        self._short = {sound[:size] for size in range(1, SHORT + 1) for sound in self._sounds}
        self._choice = math.log2(len(names) + 1)
        """Bits that it takes to say which of the names is meant."""
        self._native = PinyinNames(keys, holders)
        self._heard = lru_cache(1 << 14)(self._hear)

    def names_in(self, han: str) -> list[Named]:
        """The names in the Han characters of a text, in the order of their writing."""
        found, rest = self._native.take(han)
        runs = sorted(Counter(_foreign().findall(rest)).items(), key=lambda row: (-row[1], row[0]))
        for run, times in runs[:RUNS]:
            for written, keys in self._heard(run):
                found[written, keys] += times
                rest = rest.replace(written, " " * len(written))
        for written, times in self._native.strangers(rest).items():
            found[written, (f"~ {reading(written)}",)] += times
        return [Named(written, keys, times) for (written, keys), times in sorted(found.items())]

    def _hear(self, run: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The names in a run of characters that write foreign names, each with its keys.

        Of all ways to cut the run into names, the likeliest, if it leaves at most a third over.
        """
        foreign = sum(map(pinyin().foreign.__getitem__, run))
        if foreign < FOREIGN * len(run):
            return ()
        best: list[tuple[float, int, tuple[tuple[str, tuple[str, ...]], ...]]] = [(0.0, 0, ())]
        starts = [dict(self._beginning(run[start : start + NAME])) for start in range(len(run) - 1)]
        for end in range(1, len(run) + 1):
            bits, left, names = best[end - 1]
            ways = [(bits, left + 1, names)]
            for start in range(end - 1):
                if end - start in starts[start]:
                    likely, keys = starts[start][end - start]
                    bits, left, names = best[start]
                    ways.append((bits - likely, left, (*names, (run[start:end], keys))))
            best.append(min(ways))
        _, left, names = best[-1]
        if 3 * left <= len(run):
            return names
        unknown = len(run) >= UNKNOWN and foreign >= UNKNOWN_BITS
        return ((run, (f"~ {reading(run)}",)),) if unknown else ()

    def _beginning(self, run: str) -> Iterator[tuple[int, tuple[float, tuple[str, ...]]]]:
        """Names with which `run` may begin: number of characters, bits, keys.

        It ends where what can still come makes none of them likely enough.
        """
        table = pinyin()
        most, _ = _gains()
        read = [table.syllables[char] for char in run]
        ahead = [0.0]
        for char, syllable in zip(reversed(run), reversed(read), strict=True):
            ahead.append(max(0.0, ahead[-1] + table.foreign[char] + most[syllable]))
        needed = SURE + self._choice
        states: Mapping[str, float] = {"": 0.0} if ahead[-1] >= needed else {}
        for size, char in enumerate(run, 1):
            needed -= table.foreign[char]
            least = max(-PRUNED, needed - ahead[len(run) - size])
            states = self._longer(states, read[size - 1], least)
            if not states:
                return
            sure = max(HEARD, needed)
            whole = sorted((-bits, sound) for sound, bits in states.items() if bits >= sure and sound in self._by_sound)
            if size > 1 and whole:
                near = [sound for bits, sound in whole[:RIVALS] if bits <= whole[0][0] + RIVAL_BITS]
                yield (
                    size,
                    (
                        SURE - needed - whole[0][0],
                        tuple(dict.fromkeys(key for sound in near for key in self._by_sound[sound])),
                    ),
                )

    def _longer(self, states: Mapping[str, float], syllable: str, least: float) -> Mapping[str, float]:
        """Beginnings of names and their bits after one syllable more: those of `least` bits that are likely beside the best."""
        short, (_, gains) = self._short, _gains()
        longer: dict[str, float] = {}
        for begun, held in states.items():
            for piece, gain in gains[syllable]:
                bits = held + gain
                if bits < least:
                    break
                sound = begun + piece
                if sound[:SHORT] in short and longer.get(sound, least) <= bits and self._begins(sound):
                    longer[sound] = bits
                    least = max(least, bits - PRUNED)
        return {sound: bits for sound, bits in longer.items() if bits >= least}

    def _begins(self, sound: str) -> bool:
        """Whether a name begins with `sound`."""
        if len(sound) <= SHORT:
            return sound in self._short
        place = bisect_left(self._sounds, sound)
        return place < len(self._sounds) and self._sounds[place].startswith(sound)
