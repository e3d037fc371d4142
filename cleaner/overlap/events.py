"""Which sentences of several tellings tell the same event: an alignment of the tellings, with the shared words as evidence.

A pair of sentences gains by rare words and names that both hold close together, by words that their neighbours share, and by a
third telling that has the same event beside both. It loses where the order of events speaks against it: a chain of
pairs that rises in both tellings (dynamic programming) says where in the other telling an event should stand.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from cleaner.document import Passage, PassageKind, Span
from cleaner.overlap.chains import Pair, measure_order
from cleaner.overlap.sentence_terms import SentenceTerms, StoryTerms

__all__ = ["EVENT", "align"]

EVENT = 3.0
"""Score from which a pair of sentences is listed as the same event. The constants below are in nats as well; they were fitted
to 110 pairs of the samples, judged by eye, and looked at on film plots of the development set (docs: overlap)."""
LEAST = 3.0
"""Base below which a pair of sentences is not looked at: none of the first forty of the samples has less than 3.9."""
PEOPLE = 2
"""Names beside the cast that two sentences must share to be listed as the same people, where the event is not the same."""
WINDOW = 14
"""Words within which the shared words must stand in each sentence: far apart in a long sentence they mean less."""
NEAR, FAR, COVERED, SIDE_BY_SIDE = 0.7, 0.1, 10.0, 0.5
"""Factors: on the weight of the words within WINDOW, on that of the others, on the share of both sentences that is
covered, on words that stand side by side in both."""
LENGTH = 5.6
"""Weight added to both sentences before the share is taken: short ones are covered by chance."""
SECOND_NAME = 0.3
"""Share of its weight that a name has behind another one: `David Bowie` is one person."""
CONTENT, CONTENT_NAME = 1.3, 3.0
"""Weights from which a word, and a person, says what happens."""
LONE, LONE_NAME, LONE_LOSS = 5.0, 3.1, 0.9
"""Weight from which one such word, or one such person, is enough, and what the pair loses for it."""
SUM = 1.6
RIVAL, NEXT, SHARE = 0.8, 2, 0.8
"""How much better another sentence may fit, more than NEXT sentences away; nearer ones must not make this one less than SHARE."""
SLACK, DEVIATION, DEVIATION_MOST = 0.08, 14.0, 7.5
"""Share of a telling by which an event may be out of order, the loss beyond it, the most that is lost."""
CONTEXT, CONTEXT_MOST = 0.19, 10.0
STRANGERS, NOBODY = 3.7, 1.7
"""Loss of a pair without a shared name where only one of the sentences names anyone, or both do or neither."""
THIRD, THIRD_LEAST, AGAINST, AGAINST_LEAST, THIRD_SURE, THIRD_MOST = 1.8, 3.3, 2.8, 3.0, 8.0, 2.0
"""Gain by a third telling in which one sentence fits both best, and loss where a sure one fits one and not the other."""
CLAIM = 1.0
"""Weight of the words that a pair uses up: the same words of a sentence are evidence once in each other telling."""
MOST = 60
"""Passages of a pair that are listed, the best first found."""
SHORT_TELLING, NEIGHBOURS = 60, (1, 3)
"""Sentences on each side that are context, in a telling of fewer than SHORT_TELLING sentences and in a longer one."""
HALF = 6.0
"""Nats that give a score of one half."""

Ids = tuple[str, str]
Array = Any


class _Rows(NamedTuple):
    """The terms of a telling by number, sorted: parallel arrays."""

    key: Array
    row: Array
    """The number of its sentence."""
    weight: Array


class _Aligner:
    """All pairs of a story."""

    def __init__(
        self, story: StoryTerms, pairs: Sequence[Ids], skip: Mapping[tuple[str, str, int], frozenset[int]]
    ) -> None:
        self.story = story
        self.weights = story.weights
        self.skip = skip
        self.names = frozenset(key for key in story.weights if key[0] == "~")
        self.heroes = self.names - story.cast
        self.totals = {
            name: [math.fsum([self.weights[key] for key in row.order]) for row in rows]
            for name, rows in story.sentences.items()
        }
        self.rows = _numbered(story)
        self.together = cache(lambda name, number: story.sentences[name][number].together())
        self.pairs = {(a, b): self._candidates(a, b) for a, b in pairs}
        self.best = self._best()

    def _candidates(self, a: str, b: str) -> list[Pair]:
        """Pairs of sentences that share two words and more, with their place in the order of events."""
        left, right = self.story.sentences[a], self.story.sentences[b]
        beside = self.together
        found = []
        for i, j, weight, size in self._likely(a, b):
            one, other = left[i], right[j]
            both = beside(a, i) & beside(b, j)
            together = math.fsum([min(self.weights[x], self.weights[y]) for x, y in both]) if both else 0.0
            if weight * (NEAR + COVERED / size) + SIDE_BY_SIDE * together >= LEAST:
                pair = self._pair(one, i, other, j, size, together)
                if pair.base >= LEAST:
                    found.append(pair)
        measure_order(found, len(left), len(right), self._is_content)
        return found

    def _likely(self, a: str, b: str) -> Iterable[tuple[int, int, float, float]]:
        """Sentences of `a` and `b` by number that share two words and more of some weight, this weight, and their size."""
        import numpy as np

        one, other = (self._open(a, b, side) for side in (0, 1))
        first = np.searchsorted(other.key, one.key)
        sizes = np.searchsorted(other.key, one.key, side="right") - first
        places = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
        width = max(1, len(self.totals[b]))
        codes = np.repeat(one.row, sizes) * width + other.row[places]
        weights = np.bincount(codes, np.repeat(one.weight, sizes))
        i, j = np.divmod(np.flatnonzero(np.bincount(codes) > 1), width)
        weight = weights[i * width + j]
        total = np.array(self.totals[a])[i] + LENGTH, np.array(self.totals[b])[j] + LENGTH
        size = np.sqrt(total[0] * total[1])
        good = weight * (NEAR + SIDE_BY_SIDE + COVERED / size) >= LEAST
        return zip(*(part[good].tolist() for part in (i, j, weight, size)), strict=True)

    def _open(self, a: str, b: str, side: int) -> _Rows:
        """The terms of a telling but those of sentences to be skipped."""
        import numpy as np

        rows = self.rows[(a, b)[side]]
        skip = self.skip.get((a, b, side))
        if not skip:
            return rows
        open_ = ~np.isin(rows.row, sorted(skip))
        return _Rows(rows.key[open_], rows.row[open_], rows.weight[open_])

    def _pair(self, one: SentenceTerms, i: int, other: SentenceTerms, j: int, size: float, together: float) -> Pair:
        shared = one.keys & other.keys
        near = self._window(one, shared) & self._window(other, shared)
        near_weight = min(self._weight(one, near), self._weight(other, near))
        weight = near_weight if near == shared else min(self._weight(one, shared), self._weight(other, shared))
        base = (
            NEAR * near_weight + FAR * (weight - near_weight) + COVERED * near_weight / size + SIDE_BY_SIDE * together
        )
        return Pair(i, j, base, near, shared)

    def _window(self, row: SentenceTerms, shared: frozenset[str]) -> frozenset[str]:
        """The shared words of the heaviest stretch of WINDOW words."""
        points = [(place, key) for place, key in zip(row.places, row.words, strict=True) if key in shared]
        if points[-1][0] - points[0][0] <= WINDOW:
            return shared
        best, most = frozenset[str](), 0.0
        for start, (first, _) in enumerate(points):
            held = frozenset(key for place, key in points[start:] if place - first <= WINDOW)
            weight = sum(sorted(self.weights[key] for key in held))
            if weight > most:
                best, most = held, weight
        return best

    def _weight(self, row: SentenceTerms, keys: frozenset[str]) -> float:
        """Weight of `keys`; of names that follow one another the heaviest counts, the others a little."""
        if self.names.isdisjoint(keys):
            return sum([self.weights[key] for key in row.order if key in keys])
        total = 0.0
        run: list[float] = []
        done: set[str] = set()
        last = -2
        for place, key in zip(row.places, row.words, strict=True):
            name = key[0] == "~"
            if run and not (name and place == last + 1):
                total += _run_weight(run)
                run = []
            last = place
            if key in keys and key not in done:
                done.add(key)
                if name:
                    run.append(self.weights[key])
                else:
                    total += self.weights[key]
        return total + _run_weight(run)

    def _is_content(self, pair: Pair) -> bool:
        return any(key[0] != "~" and self.weights[key] >= CONTENT for key in pair.near)

    def _best(self) -> dict[tuple[str, int, str], tuple[float, int]]:
        """(document, sentence, other document) -> base and number of the sentence there that fits best."""
        best: dict[tuple[str, int, str], tuple[float, int]] = {}
        for (a, b), pairs in self.pairs.items():
            for pair in pairs:
                for key, other in (((a, pair.i, b), pair.j), ((b, pair.j, a), pair.i)):
                    if key not in best or pair.base > best[key][0]:
                        best[key] = pair.base, other
        return best

    def events(self, a: str, b: str) -> list[tuple[float, Pair]]:
        """Pairs of sentences of `a` and `b` that tell the same event, best first, with their scores."""
        rivals_a: dict[int, list[tuple[float, int]]] = defaultdict(list)
        rivals_b: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for pair in self.pairs[a, b]:
            rivals_a[pair.i].append((pair.base, pair.j))
            rivals_b[pair.j].append((pair.base, pair.i))
        best_a, best_b = ({number: max(rows)[0] for number, rows in held.items()} for held in (rivals_a, rivals_b))
        found = []
        for pair in self.pairs[a, b]:
            if pair.base < SHARE * max(best_a[pair.i], best_b[pair.j]):
                continue
            others = [base for base, j in rivals_a[pair.i] if abs(j - pair.j) > NEXT]
            others += [base for base, i in rivals_b[pair.j] if abs(i - pair.i) > NEXT]
            if others and pair.base < max(others) - RIVAL:
                continue
            content = self._content(pair)
            if content and (score := self._score(a, b, pair, content)) >= EVENT:
                found.append((score, pair))
        found.sort(key=lambda row: (-row[0], row[1].i, row[1].j))
        return self._claimed(found)

    def _content(self, pair: Pair) -> list[float]:
        """Weights of the words and persons that say what happens; none where they are too few."""
        words = [self.weights[key] for key in pair.near if key[0] != "~" and self.weights[key] >= CONTENT]
        people = {
            self.story.person(key): self.weights[key]
            for key in sorted(pair.near)
            if key[0] == "~" and self.weights[key] >= CONTENT_NAME
        }
        content = [*words, *people.values()]
        if len(pair.near) < 2 or sum(content) < SUM:
            return []
        if len(content) == 1 and content[0] < (LONE_NAME if people else LONE):
            return []
        return content

    def _score(self, a: str, b: str, pair: Pair, content: list[float]) -> float:
        loss = min(DEVIATION_MOST, DEVIATION * max(0.0, pair.deviation - SLACK))
        gain = CONTEXT * min(CONTEXT_MOST, self._context(a, b, pair))
        if self.heroes.isdisjoint(pair.shared):
            one, other = (
                not self.heroes.isdisjoint(self.story.sentences[name][number].keys)
                for name, number in ((a, pair.i), (b, pair.j))
            )
            loss += NOBODY if not one and not other else STRANGERS
        if len(content) == 1:
            loss += LONE_LOSS
        third = max(-THIRD_MOST, min(THIRD_MOST, self._third(a, b, pair)))
        return pair.base + gain - loss + third * (THIRD if third > 0 else AGAINST)

    def _context(self, a: str, b: str, pair: Pair) -> float:
        """Weight of what the sentences and their neighbours share beyond the sentences themselves."""
        one, other = self._around(a, pair.i), self._around(b, pair.j)
        both = (one & other) - (self.story.sentences[a][pair.i].keys & self.story.sentences[b][pair.j].keys)
        return sum(sorted(self.weights[key] for key in both))

    def _around(self, name: str, number: int) -> frozenset[str]:
        rows = self.story.sentences[name]
        reach = NEIGHBOURS[len(rows) >= SHORT_TELLING]
        return frozenset().union(*(row.keys for row in rows[max(0, number - reach) : number + reach + 1]))

    def _third(self, a: str, b: str, pair: Pair) -> float:
        """What other tellings say: +1 where one sentence of theirs fits both best, less where a sure one fits one only."""
        said = 0.0
        for other in self.story.sentences:
            one, two = self.best.get((a, pair.i, other)), self.best.get((b, pair.j, other))
            if other in (a, b) or one is None or two is None or min(one[0], two[0]) < AGAINST_LEAST:
                continue
            gap = abs(one[1] - two[1])
            if gap == 0:
                said += min(one[0], two[0]) >= THIRD_LEAST
            elif max(one[0], two[0]) >= THIRD_SURE:
                said -= 0.75 if gap == 1 else 1
        return said

    def _claimed(self, found: Iterable[tuple[float, Pair]]) -> list[tuple[float, Pair]]:
        """The pairs, but those whose evidence a better pair of the same sentence has used up."""
        used: dict[tuple[bool, int], set[str]] = defaultdict(set)
        kept = []
        for score, pair in found:
            evidence = {self.story.person(key) for key in pair.near if self.weights[key] >= CLAIM}
            if evidence & used[False, pair.i] or evidence & used[True, pair.j]:
                continue
            used[False, pair.i] |= evidence
            used[True, pair.j] |= evidence
            kept.append((score, pair))
        return kept

    def people(self, a: str, b: str, taken: Sequence[Pair]) -> list[tuple[float, Pair]]:
        """Pairs of sentences that share PEOPLE names and more, each sentence in one pair, none of `taken`."""
        used = {(False, pair.i) for pair in taken} | {(True, pair.j) for pair in taken}
        rows = []
        for pair in self.pairs[a, b]:
            names = pair.shared & self.names
            if len(names) >= PEOPLE and len(set(map(self.story.person, names))) >= PEOPLE:
                rows.append((pair.base, pair))
        rows.sort(key=lambda row: (-row[0], row[1].i, row[1].j))
        kept = []
        for base, pair in rows:
            if (False, pair.i) not in used and (True, pair.j) not in used:
                used |= {(False, pair.i), (True, pair.j)}
                kept.append((base, pair))
        return kept


def _numbered(story: StoryTerms) -> dict[str, _Rows]:
    """The terms of each telling."""
    import numpy as np

    numbers = {key: number for number, key in enumerate(sorted(story.weights))}
    weights = np.array([story.weights[key] for key in numbers])
    made = {}
    for name, rows in story.sentences.items():
        keys = np.array([numbers[key] for row in rows for key in row.order], np.int64)
        owner = np.repeat(np.arange(len(rows)), [len(row.order) for row in rows])
        order = np.argsort(keys, kind="stable")
        made[name] = _Rows(keys[order], owner[order], weights[keys[order]])
    return made


def align(
    story: StoryTerms, pairs: Sequence[Ids], skip: Mapping[tuple[str, str, int], frozenset[int]] | None = None
) -> dict[Ids, tuple[Passage, ...]]:
    """Passages of each of `pairs` of tellings: the same events, best first, then sentences about the same people.

    `skip` are sentences, by number, that stand word for word in the other: (a, b, 0) those of `a`, (a, b, 1) those of `b`.
    A passage's score is the evidence in nats, squeezed to 0..1.
    """
    aligner = _Aligner(story, pairs, skip or {})
    made = {}
    for a, b in pairs:
        events = aligner.events(a, b)
        people = aligner.people(a, b, [pair for _, pair in events])
        rows = [_passage(story, a, b, "same_event", score, pair) for score, pair in events]
        rows += [_passage(story, a, b, "same_people", score, pair) for score, pair in people]
        made[a, b] = tuple(rows[:MOST])
    return made


def _passage(story: StoryTerms, a: str, b: str, kind: PassageKind, score: float, pair: Pair) -> Passage:
    one, other = story.sentences[a][pair.i], story.sentences[b][pair.j]
    keys = pair.near if kind == "same_event" else pair.shared
    shown, theirs = (dict(zip(row.words[::-1], row.shown[::-1], strict=True)) for row in (one, other))
    evidence = []
    for key in sorted(keys, key=lambda key: (-story.weights[key], key)):
        word = shown[key] if key[0] == "~" else shown[key].lower()
        same = _alike(word, theirs[key])
        evidence.append(word if same else f"{word} = {theirs[key]}")
    squeezed = round(max(0.0, score) / (max(0.0, score) + HALF), 4)
    spans = Span(one.span.start, one.span.end), Span(other.span.start, other.span.end)
    return Passage(*spans, kind, squeezed, tuple(evidence))


def _alike(one: str, other: str) -> bool:
    """Whether two words begin alike, so that one of them is evidence enough for a reader."""
    return one[:3].lower() == other[:3].lower()


def _run_weight(run: Sequence[float]) -> float:
    return max(run) + SECOND_NAME * (sum(run) - max(run)) if run else 0.0
