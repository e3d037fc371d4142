"""Which sentences of several tellings tell the same event: an alignment of the tellings, with the shared words as
evidence.

A pair of sentences gains by rare words and names that are close together in both, by words that their neighbours share,
and by a third telling with the same event. It loses where it is out of order: a chain of pairs that goes back in
neither telling (dynamic programming) says where in the other telling an event should be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, ranges, without_repeats
from cleaner.document import Passage, PassageKind, Span
from cleaner.overlap.tellings.passages import MOST
from cleaner.overlap.tellings.sentence_pairs import CONTENT, sentence_pairs
from cleaner.overlap.tellings.sentence_terms import StoryTerms

EVENT = 3.0
"""Score from which a pair of sentences is listed as the same event. The constants below are in nats as well; they were fitted
to 110 pairs of the samples, judged by eye, and looked at on film plots of the development set (docs: overlap)."""
FEW = 2
"""Pairs of tellings that a telling must be in for a third one to exist."""
PEOPLE = 2
"""Names, other than those of the cast, that two sentences must share to be listed as the same people where the event differs."""
CONTENT_NAME = 3.0
"""Weight from which a person says what happens."""
LONE, LONE_NAME, LONE_LOSS = 5.0, 3.1, 0.9
"""Weight from which a single such word, or a single such person, is enough, and what the pair loses for it."""
RIVAL, NEXT, SHARE = 0.8, 2, 0.8
"""How much better a sentence more than NEXT sentences away may fit; and the share of a nearer sentence's fit that this
one must have."""
SLACK, DEVIATION, DEVIATION_MOST = 0.08, 14.0, 7.5
"""Share of a telling by which an event may be out of order, the loss beyond it, the most that is lost."""
CONTEXT, CONTEXT_MOST = 0.19, 10.0
"""Factor on the weight of what only the neighbours of both sentences share, and how much of that counts."""
STRANGERS, NOBODY = 3.7, 1.7
"""Loss of a pair without a shared name where only one of the sentences names anyone, or both do or neither."""
THIRD, THIRD_LEAST, AGAINST, AGAINST_LEAST, THIRD_SURE, THIRD_MOST = 1.8, 3.3, 2.8, 3.0, 8.0, 2.0
"""Gain by a third telling in which one sentence fits both best, and loss where a sure one fits one and not the other."""
CLAIM = 1.0
"""Weight of the words that a pair uses up: the same words of a sentence are evidence once in each other telling."""
SHORT_TELLING, NEIGHBOURS = 60, (1, 3)
"""Sentences on each side that are context, in a telling of fewer than SHORT_TELLING sentences and in a longer one."""
HALF = 6.0
"""Nats that give a score of one half."""

Found = tuple[float, int]
"""The score of a pair of sentences, and its number."""


class _Listed(NamedTuple):
    """A pair of sentences that is listed."""

    kind: PassageKind
    score: float
    i: int
    j: int
    keys: list[int]
    mine: list[int]
    """What is written for each key in the one, and in the other."""
    theirs: list[int]


class _Best:
    """For each sentence of one telling the best fit in another, for all pairs of tellings: its base, and the sentence there."""

    def __init__(self, pair: Array, mine: Array, theirs: Array, base: Array, sentences: int) -> None:
        self._sentences = sentences
        codes = pair * sentences + mine
        order = np.lexsort((theirs, -base, codes))
        self.codes, first = np.unique(codes[order], return_index=True)
        self.base, self.other = base[order[first]], theirs[order[first]]
        self.place = np.searchsorted(self.codes, codes)
        """Where the sentence of each pair of sentences stands in these."""
        self.by_code = dict(
            zip(self.codes.tolist(), zip(self.base.tolist(), self.other.tolist(), strict=True), strict=True)
        )

    def of(self, pair: int, sentence: int) -> tuple[float, int] | None:
        """Base and sentence, for one of a pair of tellings."""
        return self.by_code.get(pair * self._sentences + sentence)


class _Aligner:
    """All pairs of tellings of some stories."""

    def __init__(
        self, story: StoryTerms, pairs: Sequence[tuple[int, int]], skip: Sequence[tuple[Array, Array]]
    ) -> None:
        self.story, self.told = story, pairs
        self.pairs = held = sentence_pairs(story, pairs, skip)
        self.bounds = np.searchsorted(held.pair, np.arange(len(pairs) + 1)).tolist()
        sentences = len(story.starts)
        self.best = (
            _Best(held.pair, held.i, held.j, held.base, sentences),
            _Best(held.pair, held.j, held.i, held.base, sentences),
        )
        self.weights, self.is_name = story.weights.tolist(), story.names.tolist()
        self.person = story.person.tolist()
        self.row_keys: list[int] = story.key.tolist()
        self.words: list[int] = story.word.tolist()
        self.starts: list[int] = np.searchsorted(story.row, np.arange(sentences + 1)).tolist()
        """Where the words of each sentence begin."""
        self.cuts: list[int] = held.cuts.tolist()
        self.keys: list[int] = held.keys.tolist()
        self.is_near: list[bool] = held.near.tolist()
        self.i: list[int] = held.i.tolist()
        self.j: list[int] = held.j.tolist()
        self.base: list[float] = held.base.tolist()
        self.rows: list[int] = story.rows.tolist()
        self.around: dict[int, frozenset[int]] = {}
        self.sets: dict[int, frozenset[int]] = {}
        self.thirds: dict[int, list[tuple[int, int]]] = defaultdict(list)
        """Telling -> the pairs of tellings that it is in, and on which side."""
        for number, (a, b) in enumerate(pairs):
            self.thirds[a].append((number, 0))
            self.thirds[b].append((number, 1))
        self.scores = self._scores()
        self.several = self._several_people()

    def shared(self, number: int) -> list[int]:
        """The keys of what both sentences of a pair have."""
        return self.keys[self.cuts[number] : self.cuts[number + 1]]

    def near(self, number: int) -> list[int]:
        """Those of them that stand near each other in both."""
        cuts = slice(self.cuts[number], self.cuts[number + 1])
        return [key for key, near in zip(self.keys[cuts], self.is_near[cuts], strict=True) if near]

    def _scores(self) -> dict[int, float]:
        """The scores of all pairs of sentences that may tell the same event."""
        held = self.pairs
        most = np.maximum(*(best.base[best.place] for best in self.best))
        rivals = held.base < most - RIVAL
        number = np.flatnonzero(held.base >= SHARE * most)
        says, lone = self._content(number)
        number, lone = number[says], lone[says]
        number, lone = self._without_rivals(number, lone, rivals)
        loss = np.minimum(DEVIATION_MOST, DEVIATION * np.maximum(0.0, held.deviation[number] - SLACK))
        loss = loss + self._strangers(number) + np.where(lone, LONE_LOSS, 0.0)
        scores = ((own, self._score(own, lost)) for own, lost in zip(number.tolist(), loss.tolist(), strict=True))
        return {own: score for own, score in scores if score >= EVENT}

    def _content(self, number: Array) -> tuple[Array, Array]:
        """Of pairs whether they share enough words and persons that say what happens, and whether it is one only."""
        held, story = self.pairs, self.story
        sizes = np.diff(held.cuts)[number]
        at = ranges(held.cuts[number], sizes)
        pair = np.repeat(np.arange(len(number)), sizes)
        near = held.near[at]
        pair, key = pair[near], held.keys[at[near]]
        weight, name = story.weights[key], story.names[key]
        words = ~name & (weight >= CONTENT)
        people = name & (weight >= CONTENT_NAME)
        width = len(story.weights) + 1
        _, first = np.unique(pair[people] * width + story.person[key[people]], return_index=True)
        rows = np.concatenate([np.flatnonzero(words), np.flatnonzero(people)[first]])
        size, count = len(number), np.bincount(pair[rows], minlength=len(number))
        total = np.bincount(pair[rows], weight[rows], size)
        needed = np.where(np.bincount(pair[people], minlength=size) > 0, LONE_NAME, LONE)
        enough = (count > 1) | (total >= needed)
        return enough & (np.bincount(pair, minlength=size) > 1), count == 1

    def _without_rivals(self, number: Array, lone: Array, rivals: Array) -> tuple[Array, Array]:
        """The pairs `number`, but those that have `rivals` more than NEXT sentences away."""
        held, width = self.pairs, len(self.story.starts)
        rows = np.flatnonzero(rivals[number])
        own = number[rows]
        sides = (held.i, held.j), (held.j, held.i)
        far = [self._best_far(held.pair * width + same, places, own) for same, places in sides]
        kept = np.ones(len(number), bool)
        kept[rows] = held.base[own] >= np.maximum(*far) - RIVAL
        return number[kept], lone[kept]

    def _best_far(self, codes: Array, places: Array, own: Array) -> Array:
        """Of each of the pairs `own` the highest base of those with its code whose place is more than NEXT sentences away."""
        order = np.argsort(codes, kind="stable")
        first, after = (np.searchsorted(codes[order], codes[own], side) for side in ("left", "right"))
        others, one = order[ranges(first, after - first)], np.repeat(np.arange(len(own)), after - first)
        far = np.abs(places[others] - places[own][one]) > NEXT
        best: Array = np.zeros(len(own))
        np.maximum.at(best, one[far], self.pairs.base[others[far]])
        return best

    def _strangers(self, number: Array) -> Array:
        """What each pair loses without a shared name."""
        held, story = self.pairs, self.story
        hero = story.names & ~story.cast
        sizes = np.diff(held.cuts)[number]
        pair = np.repeat(np.arange(len(number)), sizes)
        shared = np.bincount(pair, hero[held.keys[ranges(held.cuts[number], sizes)]], len(number)) > 0
        named = np.bincount(story.row, hero[story.key], len(story.starts)) > 0
        nobody = ~named[held.i[number]] & ~named[held.j[number]]
        return np.where(shared, 0.0, np.where(nobody, NOBODY, STRANGERS))

    def _score(self, number: int, loss: float) -> float:
        gain = CONTEXT * min(CONTEXT_MOST, self._context(number))
        third = max(-THIRD_MOST, min(THIRD_MOST, self._third(number)))
        score: float = self.base[number] + gain - loss + third * (THIRD if third > 0 else AGAINST)
        return score

    def _context(self, number: int) -> float:
        """Weight of what the sentences and their neighbours share beyond the sentences themselves."""
        a, b = self.told[int(self.pairs.pair[number])]
        rows = self.i[number], self.j[number]
        one, other = self._around(a, rows[0]), self._around(b, rows[1])
        both = (one & other) - (self._keys(rows[0]) & self._keys(rows[1]))
        weight: float = sum(sorted([self.weights[key] for key in both]))
        return weight

    def _keys(self, row: int) -> frozenset[int]:
        """The keys of a sentence."""
        if row not in self.sets:
            self.sets[row] = frozenset(self.row_keys[self.starts[row] : self.starts[row + 1]])
        return self.sets[row]

    def _around(self, telling: int, row: int) -> frozenset[int]:
        """The keys of a sentence and of its neighbours."""
        if row not in self.around:
            first, after = self.rows[telling], self.rows[telling + 1]
            reach = NEIGHBOURS[after - first >= SHORT_TELLING]
            words = slice(self.starts[max(first, row - reach)], self.starts[min(after, row + reach + 1)])
            self.around[row] = frozenset(self.row_keys[words])
        return self.around[row]

    def _third(self, number: int) -> float:
        """What other tellings say: +1 where one sentence of theirs fits both best, less where a sure one fits one only."""
        a, b = self.told[int(self.pairs.pair[number])]
        if len(self.thirds[a]) < FEW or len(self.thirds[b]) < FEW:
            return 0.0
        said = 0.0
        theirs = {self.told[pair][1 - side]: (pair, side) for pair, side in self.thirds[b]}
        for pair, side in self.thirds[a]:
            other = theirs.get(self.told[pair][1 - side])
            mine = self.best[side].of(pair, self.i[number]) if other else None
            its = self.best[other[1]].of(other[0], self.j[number]) if other and mine else None
            if mine is None or its is None or min(mine[0], its[0]) < AGAINST_LEAST:
                continue
            gap = abs(mine[1] - its[1])
            if gap == 0:
                said += min(mine[0], its[0]) >= THIRD_LEAST
            elif max(mine[0], its[0]) >= THIRD_SURE:
                said -= 1
        return said

    def _several_people(self) -> list[bool]:
        """Whether each pair of sentences shares PEOPLE names and more."""
        held, story = self.pairs, self.story
        pair = np.repeat(np.arange(len(held.base)), np.diff(held.cuts))
        named = story.names[held.keys]
        width = len(story.weights) + 1
        both = without_repeats(np.sort(pair[named] * width + story.person[held.keys[named]]))
        many: list[bool] = (np.bincount(both // width, minlength=len(held.base)) >= PEOPLE).tolist()
        return many

    def events(self, pair: int) -> list[Found]:
        """Pairs of sentences of a pair of tellings that tell the same event, best first, with their scores."""
        scores = self.scores
        found = [(scores[number], number) for number in range(*self.bounds[pair : pair + 2]) if number in scores]
        found.sort(key=lambda row: (-row[0], row[1]))
        return self._claimed(found)

    def _claimed(self, found: Iterable[Found]) -> list[Found]:
        """The pairs without those whose evidence a better pair of the same sentence has used up."""
        used: dict[int, set[int]] = defaultdict(set)
        kept = []
        for score, number in found:
            one, other = used[self.i[number]], used[self.j[number]]
            evidence = {self.person[key] for key in self.near(number) if self.weights[key] >= CLAIM}
            if evidence & one or evidence & other:
                continue
            one |= evidence
            other |= evidence
            kept.append((score, number))
        return kept

    def people(self, pair: int, taken: Sequence[int]) -> list[Found]:
        """Pairs of sentences that share PEOPLE names and more, each sentence in one pair, none of `taken`."""
        used = {row for number in taken for row in (self.i[number], self.j[number])}
        first = self.bounds[pair]
        rows = [(self.base[number], number) for number in range(first, self.bounds[pair + 1]) if self.several[number]]
        rows.sort(key=lambda row: (-row[0], row[1]))
        kept = []
        for base, number in rows:
            both = {self.i[number], self.j[number]}
            if not both & used:
                used |= both
                kept.append((base, number))
        return kept

    def listed(self, kind: PassageKind, score: float, number: int) -> _Listed:
        """A pair of sentences, with what both share as each has it first."""
        keys = self.near(number) if kind == "same_event" else self.shared(number)
        i, j = self.i[number], self.j[number]
        return _Listed(kind, score, i, j, keys, self._first(i, keys), self._first(j, keys))

    def _first(self, row: int, keys: Sequence[int]) -> list[int]:
        """The first words of a sentence that have these keys."""
        first = self.starts[row]
        held = self.row_keys[first : self.starts[row + 1]]
        return [self.words[first + held.index(key)] for key in keys]


def align(
    story: StoryTerms, pairs: Sequence[tuple[int, int]], skip: Sequence[tuple[Array, Array]]
) -> list[tuple[Passage, ...]]:
    """Passages of each of `pairs` of tellings: the same events, best first, then sentences about the same people.

    `skip` are of each pair the sentences of both tellings that are listed already. A passage's score is the evidence in nats,
    squeezed to 0..1.
    """
    if not pairs:
        return []
    aligner = _Aligner(story, pairs, skip)
    listed: list[list[_Listed]] = []
    for pair in range(len(pairs)):
        events = aligner.events(pair)
        people = aligner.people(pair, [number for _, number in events])
        rows = [aligner.listed("same_event", *row) for row in events[:MOST]]
        listed.append(rows + [aligner.listed("same_people", *row) for row in people[: MOST - len(rows)]])
    every = list(chain.from_iterable(listed))
    written = _by_number(story.written, chain.from_iterable((*one.mine, *one.theirs) for one in every))
    texts = _by_number(story.texts_of, chain.from_iterable(one.keys for one in every))
    return [tuple([_passage(aligner, one, written, texts) for one in rows]) for rows in listed]


def _by_number(named: Callable[[Array], list[str]], numbers: Iterable[int]) -> dict[int, str]:
    """What each of `numbers` is called, asked for all of them at once."""
    distinct_ones = sorted(set(numbers))
    return dict(zip(distinct_ones, named(np.array(distinct_ones, np.int64)), strict=True))


def _passage(aligner: _Aligner, one: _Listed, written: Mapping[int, str], texts: Mapping[int, str]) -> Passage:
    story, weights = aligner.story, aligner.weights
    evidence = []
    rows = sorted(zip(one.keys, one.mine, one.theirs, strict=True), key=lambda row: (-weights[row[0]], texts[row[0]]))
    for key, mine, theirs in rows:
        word = written[mine] if aligner.is_name[key] else written[mine].lower()
        evidence.append(word if _alike(word, written[theirs]) else f"{word} = {written[theirs]}")
    squeezed = round(max(0.0, one.score) / (max(0.0, one.score) + HALF), 4)
    a, b = (Span(int(story.starts[row]), int(story.ends[row])) for row in (one.i, one.j))
    return Passage(a, b, one.kind, squeezed, tuple(evidence))


def _alike(one: str, other: str) -> bool:
    """Whether two words begin alike, so that one of them is evidence enough for a reader."""
    return one[:3].lower() == other[:3].lower()
