"""Which sentences of several tellings tell the same event: an alignment of the tellings, with the shared words as evidence.

A pair of sentences gains by rare words and names that both hold close together, by words that their neighbours share, and by a
third telling that has the same event beside both. It loses where the order of events speaks against it: a chain of
pairs that rises in both tellings (dynamic programming) says where in the other telling an event should stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cleaner.document import Passage, PassageKind, Span
from cleaner.overlap.sentence_pairs import CONTENT, Meetings, Pairs
from cleaner.overlap.sentence_terms import StoryTerms

__all__ = ["EVENT", "align"]

EVENT = 3.0
"""Score from which a pair of sentences is listed as the same event. The constants below are in nats as well; they were fitted
to 110 pairs of the samples, judged by eye, and looked at on film plots of the development set (docs: overlap)."""
PEOPLE = 2
"""Names beside the cast that two sentences must share to be listed as the same people, where the event is not the same."""
CONTENT_NAME = 3.0
"""Weight from which a person says what happens."""
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
Found = tuple[float, int]
"""The score of a pair of sentences, and its number."""


class _Best(NamedTuple):
    """Of each sentence of a telling, which of another fits best: the base, 0 where none does, and the number there."""

    base: Array
    number: Array


class _Aligner:
    """All pairs of a story."""

    def __init__(
        self, story: StoryTerms, pairs: Sequence[Ids], skip: Mapping[tuple[str, str, int], frozenset[int]]
    ) -> None:
        import numpy as np

        self.story = story
        self.meetings = meetings = Meetings(story)
        self.weights, self.is_name, self.person = meetings.weights, meetings.is_name, story.person.tolist()
        self.is_hero = (story.names & ~story.cast).tolist()
        heroes = np.bincount(story.row, (story.names & ~story.cast)[story.key], len(story.spans))
        self.has_hero = (heroes > 0).tolist()
        self.around: dict[int, frozenset[int]] = {}
        self.sets: dict[int, frozenset[int]] = {}
        none = frozenset[int]()
        self.pairs = {
            (a, b): meetings.pairs(a, b, (skip.get((a, b, 0), none), skip.get((a, b, 1), none))) for a, b in pairs
        }
        self.best: dict[str, dict[str, _Best]] = defaultdict(dict)
        for (a, b), held in self.pairs.items():
            sizes = [after - first for first, after in (story.tellings[a], story.tellings[b])]
            self.best[a][b] = _best(held.i, held.j, held.base, sizes[0])
            self.best[b][a] = _best(held.j, held.i, held.base, sizes[1])

    def events(self, a: str, b: str) -> list[Found]:
        """Pairs of sentences of `a` and `b` that tell the same event, best first, with their scores."""
        import numpy as np

        pairs = self.pairs[a, b]
        best_a, best_b = self.best[a][b].base[pairs.i], self.best[b][a].base[pairs.j]
        most = np.maximum(best_a, best_b)
        rivals_a: dict[int, list[tuple[float, int]]] = defaultdict(list)
        rivals_b: dict[int, list[tuple[float, int]]] = defaultdict(list)
        rows = list(zip(pairs.i.tolist(), pairs.j.tolist(), pairs.base.tolist(), strict=True))
        for i, j, base in rows:
            rivals_a[i].append((base, j))
            rivals_b[j].append((base, i))
        found = []
        for number in np.flatnonzero(pairs.base >= SHARE * most).tolist():
            i, j, base = rows[number]
            if base < most[number] - RIVAL:
                others = [own for own, other in rivals_a[i] if abs(other - j) > NEXT]
                others += [own for own, other in rivals_b[j] if abs(other - i) > NEXT]
                if others and base < max(others) - RIVAL:
                    continue
            content = self._content(pairs.near(number))
            if content and (score := self._score(a, b, pairs, number, content)) >= EVENT:
                found.append((score, number))
        found.sort(key=lambda row: (-row[0], row[1]))
        return self._claimed(pairs, found)

    def _content(self, near: frozenset[int]) -> list[float]:
        """Weights of the words and persons that say what happens; none where they are too few."""
        if len(near) < 2:
            return []
        words = [self.weights[key] for key in near if not self.is_name[key] and self.weights[key] >= CONTENT]
        people = {
            self.person[key]: self.weights[key]
            for key in near
            if self.is_name[key] and self.weights[key] >= CONTENT_NAME
        }
        content = sorted([*words, *people.values()])
        if sum(content) < SUM or (len(content) == 1 and content[0] < (LONE_NAME if people else LONE)):
            return []
        return content

    def _score(self, a: str, b: str, pairs: Pairs, number: int, content: Sequence[float]) -> float:
        i, j = int(pairs.i[number]), int(pairs.j[number])
        rows = self.story.tellings[a][0] + i, self.story.tellings[b][0] + j
        loss = min(DEVIATION_MOST, DEVIATION * max(0.0, float(pairs.deviation[number]) - SLACK))
        gain = CONTEXT * min(CONTEXT_MOST, self._context(a, b, rows))
        if not any(self.is_hero[key] for key in pairs.shared(number)):
            one, other = (self.has_hero[row] for row in rows)
            loss += NOBODY if not one and not other else STRANGERS
        if len(content) == 1:
            loss += LONE_LOSS
        base = float(pairs.base[number])
        third = max(-THIRD_MOST, min(THIRD_MOST, self._third(a, b, i, j)))
        score: float = base + gain - loss + third * (THIRD if third > 0 else AGAINST)
        return score

    def _context(self, a: str, b: str, rows: tuple[int, int]) -> float:
        """Weight of what the sentences and their neighbours share beyond the sentences themselves."""
        one, other = self._around(a, rows[0]), self._around(b, rows[1])
        both = (one & other) - (self._keys(rows[0]) & self._keys(rows[1]))
        return sum(sorted([self.weights[key] for key in both]))

    def _keys(self, row: int) -> frozenset[int]:
        """The keys of a sentence."""
        if row not in self.sets:
            starts = self.meetings.starts
            self.sets[row] = frozenset(self.meetings.row_keys[starts[row] : starts[row + 1]])
        return self.sets[row]

    def _around(self, name: str, row: int) -> frozenset[int]:
        """The keys of a sentence and of its neighbours."""
        if row not in self.around:
            first, after = self.story.tellings[name]
            reach = NEIGHBOURS[after - first >= SHORT_TELLING]
            starts = self.meetings.starts
            words = slice(starts[max(first, row - reach)], starts[min(after, row + reach + 1)])
            self.around[row] = frozenset(self.meetings.row_keys[words])
        return self.around[row]

    def _third(self, a: str, b: str, i: int, j: int) -> float:
        """What other tellings say: +1 where one sentence of theirs fits both best, less where a sure one fits one only."""
        said = 0.0
        for other in self.best[a].keys() & self.best[b].keys():
            mine, theirs = self.best[a][other], self.best[b][other]
            one, two = float(mine.base[i]), float(theirs.base[j])
            if min(one, two) < AGAINST_LEAST:
                continue
            gap = abs(int(mine.number[i]) - int(theirs.number[j]))
            if gap == 0:
                said += min(one, two) >= THIRD_LEAST
            elif max(one, two) >= THIRD_SURE:
                said -= 0.75 if gap == 1 else 1
        return said

    def _claimed(self, pairs: Pairs, found: Iterable[Found]) -> list[Found]:
        """The pairs, but those whose evidence a better pair of the same sentence has used up."""
        used: dict[tuple[bool, int], set[int]] = defaultdict(set)
        kept = []
        for score, number in found:
            i, j = int(pairs.i[number]), int(pairs.j[number])
            evidence = {self.person[key] for key in pairs.near(number) if self.weights[key] >= CLAIM}
            if evidence & used[False, i] or evidence & used[True, j]:
                continue
            used[False, i] |= evidence
            used[True, j] |= evidence
            kept.append((score, number))
        return kept

    def people(self, a: str, b: str, taken: Sequence[int]) -> list[Found]:
        """Pairs of sentences that share PEOPLE names and more, each sentence in one pair, none of `taken`."""
        import numpy as np

        pairs = self.pairs[a, b]
        used_a, used_b = set(pairs.i[list(taken)].tolist()), set(pairs.j[list(taken)].tolist())
        rows = [
            (float(pairs.base[number]), number)
            for number in np.flatnonzero(pairs.named >= PEOPLE).tolist()
            if len({self.person[key] for key in pairs.shared(number) if self.is_name[key]}) >= PEOPLE
        ]
        rows.sort(key=lambda row: (-row[0], row[1]))
        kept = []
        for base, number in rows:
            i, j = int(pairs.i[number]), int(pairs.j[number])
            if i not in used_a and j not in used_b:
                used_a.add(i)
                used_b.add(j)
                kept.append((base, number))
        return kept


def _best(mine: Array, theirs: Array, base: Array, size: int) -> _Best:
    """Of `size` sentences the one that fits best; of those that fit as well, the first pair."""
    import numpy as np

    order = np.lexsort((np.arange(len(base)), -base, mine))
    rows, first = np.unique(mine[order], return_index=True)
    found = _Best(np.zeros(size), np.zeros(size, np.int64))
    found.base[rows], found.number[rows] = base[order[first]], theirs[order[first]]
    return found


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
        people = aligner.people(a, b, [number for _, number in events])
        rows = [_passage(aligner, a, b, "same_event", *row) for row in events[:MOST]]
        rows += [_passage(aligner, a, b, "same_people", *row) for row in people[: MOST - len(rows)]]
        made[a, b] = tuple(rows)
    return made


def _passage(aligner: _Aligner, a: str, b: str, kind: PassageKind, score: float, number: int) -> Passage:
    story, pairs = aligner.story, aligner.pairs[a, b]
    one, other = story.tellings[a][0] + int(pairs.i[number]), story.tellings[b][0] + int(pairs.j[number])
    keys = pairs.near(number) if kind == "same_event" else pairs.shared(number)
    shown, theirs = (_shown(aligner, row) for row in (one, other))
    evidence = []
    for key in sorted(keys, key=lambda key: (-aligner.weights[key], story.keys[key])):
        word = shown[key] if aligner.is_name[key] else shown[key].lower()
        evidence.append(word if _alike(word, theirs[key]) else f"{word} = {theirs[key]}")
    squeezed = round(max(0.0, score) / (max(0.0, score) + HALF), 4)
    spans = Span(*story.spans[one]), Span(*story.spans[other])
    return Passage(*spans, kind, squeezed, tuple(evidence))


def _shown(aligner: _Aligner, row: int) -> dict[int, str]:
    """The keys of a sentence as they are written there first."""
    words = slice(*aligner.meetings.starts[row : row + 2])
    story = aligner.story
    written = story.word[words].tolist()
    return {
        key: story.words[word] for key, word in zip(aligner.meetings.row_keys[words][::-1], written[::-1], strict=True)
    }


def _alike(one: str, other: str) -> bool:
    """Whether two words begin alike, so that one of them is evidence enough for a reader."""
    return one[:3].lower() == other[:3].lower()
