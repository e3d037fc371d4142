"""What verdicts on pairs say of each other: rivals that put one in doubt, and third tellings that bear one out, or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, permutations

import numpy as np

from cleaner.arrays import Array
from cleaner.overlap.clusters import components_of
from cleaner.overlap.stories.verdicts import EVIDENCE, Judged

AMBIGUOUS = 1.15
"""Between languages only names speak, and sequels share these. Where a text matches several texts of another language
that are different stories among themselves, the best match counts only if it beats the next by this factor."""
BORNE_OUT, CONTRADICTED, OTHERS = 0.5, 1 / 3, 3
"""Of the texts that are a story with one of a pair or with both, the share that are one with both, above which the pair is one too,
and below which it is none if there are OTHERS of them. In a folder of our own tellings 493 of 583 pairs are found by it and 26
wrong ones, instead of 474 and 32; from .6 on three fewer are found, and with OTHERS of two six fewer and two wrong ones fewer."""
MOST = 1_000
"""Texts of a story up to which its pairs are weighed so: the time grows with the third power of them, .1 s for so many."""

Numbers = tuple[int, int]


def doubted(verdicts: Sequence[Judged], apart: Collection[Numbers]) -> list[Judged]:
    """The verdicts when all are known: a story in two languages that a rival puts in doubt is a related pair.

    `verdicts` are those that are not `none`; `apart` pairs in one language that tell different stories.
    """
    doubtful = _doubtful(verdicts, apart)
    return [one._replace(verdict="related") if one.pair in doubtful else one for one in verdicts]


def _doubtful(verdicts: Sequence[Judged], apart: Collection[Numbers]) -> set[Numbers]:
    """Stories between languages that a rival puts in doubt: see AMBIGUOUS. Tellings in one language stand as one."""
    group = {number: number for one in verdicts for number in one.pair}
    for members in components_of(one.pair for one in verdicts if one.verdict == "story" and one.one_language):
        group |= dict.fromkeys(members, members[0])
    across = [one for one in verdicts if not one.one_language]
    best: dict[int, dict[int, float]] = defaultdict(dict)
    for one in across:
        for mine, theirs in permutations((group[one.one], group[one.other])):
            best[mine][theirs] = max(one.names, best[mine].get(theirs, 0.0))
    related = (one.pair for one in verdicts if one.one_language and one.verdict != "story")
    groups = ((group.get(a), group.get(b)) for a, b in chain(apart, related))
    different = {frozenset(pair) for pair in groups if pair[0] in best and pair[1] in best}
    found = set()
    for one in across:
        for mine, theirs in permutations((group[one.one], group[one.other])) if one.verdict == "story" else ():
            score = best[mine][theirs]
            rivals = [rival for rival in best[mine] if frozenset((rival, theirs)) in different and rival != theirs]
            if any(score < AMBIGUOUS * best[mine][rival] for rival in rivals):
                found.add(one.pair)
    return found


def agreed(verdicts: Sequence[Judged], apart: Collection[Numbers], documents: Sequence[str]) -> list[Judged]:
    """The verdicts when third tellings have been asked: two texts are a story where most texts that are one with either are one
    with both, and only related where hardly any is.

    Texts in one language that are only related, or `apart`, tell different things, whoever is a story with both.
    """
    judged = {one.pair: one for one in verdicts}
    stories = {one.pair: one.names for one in verdicts if one.verdict == "story"}
    told_apart = {*apart, *(one.pair for one in verdicts if one.one_language and one.verdict != "story")}
    for members in components_of(stories):
        if not 2 < len(members) <= MOST:
            continue
        linked = _linked(members, stories)
        both, others = _third_tellings(linked)
        every = linked.copy()
        for at, thirds in _pairs(~linked & (both > BORNE_OUT * others), linked):
            pair = members[at[0]], members[at[1]]
            if pair not in told_apart:
                every[at] = every[at[::-1]] = True
                judged[pair] = _borne_out(
                    judged.get(pair), pair, [members[third] for third in thirds], stories, documents
                )
        both, others = _third_tellings(every)
        for (one, other), _ in _pairs(linked & (others >= OTHERS) & (both < CONTRADICTED * others), linked):
            pair = members[one], members[other]
            judged[pair] = judged[pair]._replace(verdict="related")
    return sorted(judged.values(), key=lambda one: one.pair)


def _linked(members: Sequence[int], stories: Collection[Numbers]) -> Array:
    """Of each two of `members`, which are sorted, whether they are one of `stories`."""
    place = {number: at for at, number in enumerate(members)}
    linked = np.zeros((len(members), len(members)), bool)
    rows = np.array([(place[one], place[other]) for one, other in stories if one in place])
    linked[rows[:, 0], rows[:, 1]] = linked[rows[:, 1], rows[:, 0]] = True
    return linked


def _third_tellings(linked: Array) -> tuple[Array, Array]:
    """Of each two texts how many others are a story with both, and how many with one of them or both."""
    both = linked.astype(np.float32) @ linked.astype(np.float32)
    degree = linked.sum(axis=1, dtype=np.float32)
    return both, degree[:, None] + degree - both - 2 * linked


def _pairs(which: Array, linked: Array) -> Iterator[tuple[Numbers, list[int]]]:
    """The places that `which` says, each with those of the texts that are a story with both."""
    for one, other in np.argwhere(np.triu(which, 1)).tolist():
        yield (one, other), np.flatnonzero(linked[one] & linked[other]).tolist()


def _borne_out(
    one: Judged | None, pair: Numbers, thirds: Sequence[int], stories: Mapping[Numbers, float], documents: Sequence[str]
) -> Judged:
    """The verdict on a pair that `thirds` bear out: as sure as the weaker of both stories with the best of them, which is named."""

    def sure(third: int) -> float:
        return min(stories[min(third, own), max(third, own)] for own in pair)

    best = max(thirds, key=lambda third: (sure(third), -third))
    shown = f"one story with {documents[best]}"
    if one is None:
        return Judged(*pair, "story", sure(best), False, (shown,), ())
    return one._replace(verdict="story", names=max(one.names, sure(best)), shown=(*one.shown, shown)[-EVIDENCE:])
