"""One pooled character model of many languages: how likely is a text, whatever language it is in?

An interpolated trigram (Witten-Bell) over code points, digits taken as one. `tools/build_character_model.py` writes it;
this module owns the format. Both decoding and repair use it: one model, two uses.

Format of `characters.npz` (numpy, uncompressed): `points` (uint32, sorted known code points; the id of a point is its
place + CLASSES), `unigram` and `unigram_backoff` (uint8 by id), `bigram`, `trigram` (uint16 hash tables: fingerprint in
the high byte, value in the low one; 0 is free), `bigram_backoff` (uint8, beside `bigram`). A value is a negative
log-probability in steps of `STEP` nats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from cleaner.arrays import Array, code_points
from cleaner.memory import cached
from cleaner.models.categories import category

PATH = Path(__file__).parent / "data" / "characters.npz"
STEP = 0.1
"""Nats a step: finer than the tables' own sampling error, and 0 to 25.5 fits a byte."""
PROBES = 4
"""Slots that an entry may stand in, one after the other; at half load 1 entry of 1,000 finds none and is dropped."""
CLASSES = 8
"""Ids below this stand for code points that the model has not seen, by what they are."""
LETTER, MARK, SYMBOL, HAN, OTHER, BAD = 1, 2, 3, 4, 5, 6
"""What a code point is that the model has not seen: the id that stands for all of them."""
CLASS_OF = {
    **dict.fromkeys(("Cc", "Co", "Cn", "Cs"), BAD),
    **dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo"), LETTER),
    **dict.fromkeys(("Mn", "Mc", "Me"), MARK),
    **dict.fromkeys(("Sm", "Sc", "Sk", "So", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"), SYMBOL),
}
"""The class of each category of Unicode that is not OTHER."""
FIRST, SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
"""Factors that mix the bits of a key (those of SplitMix64, Steele and others 2014)."""
EIGHT, LOW, SIXTEEN, TWENTY, TWENTY_NINE, THIRTY_TWO = np.uint16(8), np.uint16(0xFF), *map(np.uint64, (16, 20, 29, 32))
ONE = np.uint8(1)
AT_ONCE = 1 << 15
"""Pairs looked up at once: their arrays stay in the processor's cache. The million of all code pages takes half the time."""
LATER = np.arange(1, PROBES)
CLASS_COST = {LETTER: 12.0, MARK: 13.0, SYMBOL: 11.5, HAN: 10.5, OTHER: 12.5, BAD: 22.0, 0: 12.0, 7: 12.0}
"""Nats for an unseen code point. A symbol costs less than an unseen letter: box drawing, maths and phonetics are text,
and must not be turned into letters because letters are more frequent. Controls, private use and unassigned code
points cost so much that only what was garbled holds them."""


def point_class(code: int) -> int:
    """The class of a code point that the model has not seen."""
    found = CLASS_OF.get(category(chr(code)), OTHER)
    return HAN if found != BAD and (0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF) else found


def hashed(keys: Array, bits: int) -> tuple[Array, Array]:
    """First slot and fingerprint (1 to 255) of uint64 `keys` in a table of 2**`bits` slots."""
    mixed, marks = _mixed(keys)
    return (mixed >> np.uint64(64 - bits)).astype(np.int64), marks


def _mixed(keys: Array) -> tuple[Array, Array]:
    """`keys` with their bits mixed, of which the highest tell the slot, and their fingerprints."""
    mixed = keys * FIRST
    mixed ^= mixed >> TWENTY_NINE
    mixed *= SECOND
    marks = (mixed >> TWENTY).astype(np.uint8)
    return mixed, np.maximum(marks, ONE, out=marks)


class CharacterModel:
    """The loaded tables. Nothing that they say changes after loading; safe to share between threads."""

    __slots__ = ("_bigram_backoff", "_bits", "_grams", "_ids", "_start", "_third", "_unigram", "_unigram_backoff")

    def __init__(self, tables: dict[str, Array]) -> None:
        self._ids = np.zeros(0x110000, np.uint16)
        points = tables["points"]
        self._ids[points] = np.arange(CLASSES, CLASSES + len(points), dtype=np.uint16)
        self._ids[0x31:0x3A] = self._ids[0x30]  # digits are one
        self._unigram = tables["unigram"].astype(np.uint16)
        self._unigram_backoff = tables["unigram_backoff"].astype(np.uint16)
        pairs, triples = tables["bigram"], tables["trigram"]
        self._bits = len(pairs).bit_length() - 1, len(triples).bit_length() - 1
        # Both tables as one, each with its beginning behind its end, where probing goes on; `_third`: where the second one begins.
        self._grams = np.concatenate([pairs, pairs[: PROBES - 1], triples, triples[: PROBES - 1]])
        self._third = len(pairs) + PROBES - 1
        self._bigram_backoff = np.concatenate([tables["bigram_backoff"], tables["bigram_backoff"][: PROBES - 1]])
        # What the context of the first character, two line ends, leaves to shorter ones, in steps.
        start = np.array([int(self._ids[10]) << 16 | int(self._ids[10])], np.uint64)
        found, _, slot = self._look_up(start, 1)
        self._start = np.uint16(self._bigram_backoff[slot[0]] if found[0] else 0)

    def log_likelihoods(
        self,
        texts: Sequence[str],
        left_out: Callable[[Array], Array] | None = None,
        signs: Callable[[str], Sequence[int]] | None = None,
        most: float = 0.0,
    ) -> Array:
        """Total log-probability of each text, float64 nats; much faster than one call each. Of code points (uint32) `left_out` may
        say (bool) which count nothing; of all texts in one, `signs` may say at which places `most` nats are counted at the most.
        """
        if not texts:
            return np.zeros(0)
        joined = "\n\n".join(["", *texts])
        points = code_points(joined)
        steps = self._steps_of(self.ids(points))
        if left_out is not None:
            steps[left_out(points)] = 0
        if signs is not None:
            places = list(signs(joined))
            steps[places] = np.minimum(steps[places], round(most / STEP))
        sums = steps.cumsum(dtype=np.int64)
        # A text ends before the two line ends that the next one begins behind.
        ends = np.fromiter(accumulate([len(text) + 2 for text in texts]), np.int64, len(texts)) - 1
        found = sums[ends]
        found[1:] -= sums[ends[:-1] + 2]
        found[0] -= sums[1]
        return found * -STEP

    def known(self, text: str) -> Array:
        """For each code point of `text`, whether the model has seen it; bool array."""
        return self._ids[code_points(text)] >= CLASSES

    def sums(self, points: Array) -> Array:
        """Total log-probability of each row of `points`, uint32 code points [texts, length]; float64 nats [texts]."""
        count, length = points.shape
        rows = np.full((count, length + 2), 10, np.uint32)
        rows[:, :length] = points
        steps = self._steps_of(self.ids(rows.reshape(-1))).reshape(count, length + 2)
        return steps[:, :length].sum(1, dtype=np.int64) * -STEP

    def unigrams(self, points: Array) -> Array:
        """Negative log-probability of each code point by itself, in steps; float32, whose sums of whole numbers are exact."""
        return self._unigram[self.ids(points.reshape(-1))].reshape(points.shape).astype(np.float32)

    def pairs(self, points: Array) -> Array:
        """Negative log-probability of each code point after each other one, in steps [points, points]; first, then next."""
        ids = self.ids(points)
        places = ids.view(np.int64)
        steps: Array = self._unigram_backoff[places][:, None] + self._unigram[places]
        rows = max(1, AT_ONCE // max(1, len(ids)))
        for first in range(0, len(ids), rows):
            keys = (ids[first : first + rows, None] << SIXTEEN) | ids
            found, value, _ = self._look_up(keys.reshape(-1), keys.size)
            np.copyto(steps[first : first + rows], value.reshape(keys.shape), where=found.reshape(keys.shape))
        return steps

    def ids(self, points: Array) -> Array:
        """The model's number, uint64, of each of the code points `points`: one for all that it has not seen and that are alike."""
        ids: Array = self._ids.take(points).astype(np.uint64)
        if not ids.all():
            unseen = points[ids == 0]
            codes = list(set(unseen.tolist()))
            # Remembered: what a code point is does not change.
            self._ids[codes] = [point_class(code) for code in codes]
            ids[ids == 0] = self._ids.take(unseen)
        return ids

    def following(self, first: Array, second: Array, third: Array) -> Array:
        """What each of the ids `third` costs after `first` and `second`, in steps; one-dimensional uint64 arrays."""
        size = len(third)
        keys = np.empty(3 * size, np.uint64)
        context, last, all_three = keys[:size], keys[size : 2 * size], keys[2 * size :]
        np.left_shift(first, SIXTEEN, out=context)
        context |= second
        np.left_shift(second, SIXTEEN, out=last)
        last |= third
        np.left_shift(context, SIXTEEN, out=all_three)
        all_three |= third
        found, value, slots = self._look_up(keys, 2 * size)
        steps = self._unigram_backoff.take(second.view(np.int64))
        steps += self._unigram.take(third.view(np.int64))
        np.copyto(steps, value[size : 2 * size], where=found[size : 2 * size])
        steps += self._bigram_backoff.take(slots[:size]) * found[:size]
        np.copyto(steps, value[2 * size :], where=found[2 * size :])
        return steps

    def _steps_of(self, ids: Array) -> Array:
        """The cost of each of `ids` after those before it, in steps of STEP nats; uint16."""
        size = len(ids)
        # Every text begins after a line end.
        led = np.empty(size + 2, np.uint64)
        led[:2], led[2:] = self._ids[10], ids
        second = led[1:-1]
        keys = np.empty(2 * size, np.uint64)
        pairs, triples = keys[:size], keys[size:]
        np.left_shift(second, SIXTEEN, out=pairs)
        pairs |= ids
        np.left_shift(led[:-2], THIRTY_TWO, out=triples)
        triples |= pairs
        found, value, slots = self._look_up(keys, size)
        steps = self._unigram_backoff.take(second.view(np.int64))
        steps += self._unigram.take(ids.view(np.int64))
        np.copyto(steps, value[:size], where=found[:size])
        # The back-off weight of the context (first, second) stands beside the bigram that ended one place before.
        steps[:1] += self._start
        steps[1:] += self._bigram_backoff.take(slots[: size - 1]) * found[: size - 1]
        np.copyto(steps, value[size:], where=found[size:])
        return steps

    def _look_up(self, keys: Array, pairs: int) -> tuple[Array, Array, Array]:
        """Whether each key is in the tables, the first `pairs` in that of pairs, its value in steps, and its slot."""
        mixed, marks = _mixed(keys)
        mixed[:pairs] >>= np.uint64(64 - self._bits[0])
        if pairs < len(mixed):
            mixed[pairs:] >>= np.uint64(64 - self._bits[1])
            mixed[pairs:] += np.uint64(self._third)
        slots = mixed.view(np.int64)
        held = self._grams.take(slots)
        found = (held >> EIGHT) == marks
        waiting = (held.astype(bool) > found).nonzero()[0]
        if len(waiting):
            at = slots[waiting][:, None] + LATER
            here = self._grams.take(at)
            right = (here >> EIGHT) == marks[waiting][:, None]
            # An entry stands in the first slot that was free, so a free slot on the way means that the key is not there.
            first = (right | (here == 0)).argmax(1)
            hit = right[np.arange(len(first)), first].nonzero()[0]
            places, first = waiting[hit], first[hit]
            held[places], found[places], slots[places] = here[hit, first], True, at[hit, first]
        held &= LOW
        return found, held, slots


@cached
def load() -> CharacterModel:
    """The model shipped with the package."""
    with np.load(PATH) as held:
        return CharacterModel({name: held[name] for name in held.files})
