"""What the verdicts on pairs say about each other: rivals that put one in doubt, third tellings that confirm or contradict one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, permutations
from typing import Any

import numpy as np

from cleaner.arrays import Array, found_in
from cleaner.overlap.clusters import components_of
from cleaner.overlap.stories.verdicts import EVIDENCE, Judged

AMBIGUOUS = 1.15
"""Between languages only names count, and sequels share these. Where a text matches several texts of another language
that are different stories among themselves, the best match counts only if it beats the next by this factor."""
SURER = 1.4
"""The same factor where they are different by way of other tellings: a line on a treaty in French shares the president, the town
and the pass with lines on an earthquake in eight languages, and that on the treaty in English is told apart from the quake in
English. All eight are told apart by it, and none of 600 other pairs of our own is lost; so it is from 1.3 to 1.5. With 1.15 a pair
is lost, with 2 four are left."""
BORNE_OUT, CONTRADICTED, OTHERS = 0.5, 1 / 3, 3
"""Of the texts that are a story with at least one of a pair, the share that are a story with both, above which the pair
is one too, and below which it is not, if there are OTHERS of them. In a folder of our own tellings 493 of 583 pairs are
found by this and 26 wrong ones, instead of 474 and 32; from .6 on three fewer are found, and with OTHERS of two six
fewer and two wrong ones fewer."""
CLOSE = 1e-6
"""Rounding error of sums of weights."""
MOST = 1_000
"""Most texts of a story whose pairs are weighed so: the time grows with their third power. So many take .1 s, and 4 s
where three in ten of their pairs are confirmed."""

Numbers = tuple[int, int]


def doubted(verdicts: Sequence[Judged], apart: Sequence[Array]) -> list[Judged]:
    """The verdicts when all are known: a story in two languages that a rival puts in doubt becomes a related pair.

    `verdicts` are those that are not `none`; `apart` are pairs in one language that tell different stories, in several
    arrays.
    """
    doubtful = _doubtful(verdicts, apart)
    return [one._replace(verdict="related") if one.pair in doubtful else one for one in verdicts]


def _doubtful(verdicts: Sequence[Judged], apart: Sequence[Array]) -> set[Numbers]:
    """Stories between languages that a rival puts in doubt: see AMBIGUOUS. Tellings of a story in one language count as one."""
    group = {number: number for one in verdicts for number in one.pair}
    for members in components_of(one.pair for one in verdicts if one.verdict == "story" and one.one_language):
        group |= dict.fromkeys(members, members[0])
    across = [one for one in verdicts if not one.one_language and one.verdict != "denied"]
    best: dict[int, dict[int, float]] = defaultdict(dict)
    for one in across:
        for mine, theirs in permutations((group[one.one], group[one.other])):
            best[mine][theirs] = max(one.names, best[mine].get(theirs, 0.0))
    related = (one.pair for one in verdicts if one.one_language and one.verdict == "related")
    apart_ones = (pair for part in apart for pair in part.tolist())
    groups = ((group[a], group[b]) for a, b in chain(apart_ones, related) if a in group and b in group)
    different = {frozenset(pair) for pair in groups if pair[0] in best and pair[1] in best}
    found = set()
    for one in across:
        for mine, theirs in permutations((group[one.one], group[one.other])) if one.verdict == "story" else ():
            score = best[mine][theirs]
            rivals = [rival for rival in best[mine] if frozenset((rival, theirs)) in different and rival != theirs]
            if any(score < AMBIGUOUS * best[mine][rival] for rival in rivals):
                found.add(one.pair)
    return found | _against_surer(
        (one for one in across if one.verdict == "story" and one.pair not in found), group, different
    )


def _against_surer(
    stories: Iterable[Judged], group: Mapping[int, int], different: Collection[frozenset[int]]
) -> set[Numbers]:
    """Stories between languages that join what is `different` in one of them, by way of stories that are all SURER."""
    apart: dict[int, set[int]] = defaultdict(set)
    for one, other in chain.from_iterable(permutations(pair) for pair in different if len(pair) == 2):
        apart[one].add(other)
    joined: dict[int, int] = {}

    def root(number: int) -> int:
        while joined.get(number, number) != number:
            number = joined[number]
        return number

    found, joining = set[Numbers](), 0
    ordered = sorted(stories, key=lambda story: -story.names)
    for story in ordered:
        while ordered[joining].names >= SURER * story.names > 0:
            one, other = (root(group[number]) for number in ordered[joining].pair)
            if one != other and ordered[joining].pair not in found:
                joined[other] = one
                apart[one] |= apart[other]
            joining += 1
        one, other = (root(group[number]) for number in story.pair)
        if any(root(rival) == other for rival in apart[one]):
            found.add(story.pair)
    return found


def agreed(
    verdicts: Sequence[Judged], apart: Sequence[Array], documents: Sequence[str], weights: Array
) -> list[Judged]:
    """The verdicts with third tellings considered: two texts are a story where most texts that are a story with either
    are one with both, and only related where hardly any is. Each text counts by its weight: copies together as one.

    Texts in one language that are only related, or `apart`, tell different things, whoever is a story with both.
    """
    judged = {one.pair: one for one in verdicts}
    stories = {one.pair: one for one in verdicts if one.verdict == "story"}
    different = (one for one in verdicts if one.verdict == "denied" or (one.one_language and one.verdict == "related"))
    told_apart = _codes([*apart, [one.pair for one in different]])
    for members, own in _components(stories):
        place = {number: at for at, number in enumerate(members)}
        rows = np.array([(place[one], place[other]) for one, other in own])
        held = [stories[pair] for pair in own]
        linked, across = np.zeros((2, len(members), len(members)), bool)
        sure = np.zeros((len(members), len(members)))
        at, back = (rows[:, 0], rows[:, 1]), (rows[:, 1], rows[:, 0])
        linked[at] = linked[back] = True
        across[at] = across[back] = [not one.one_language for one in held]
        sure[at] = sure[back] = [one.names for one in held]
        every, own_weights = linked.copy(), weights[members]
        both, others = _third_tellings(linked, own_weights)
        asked = np.argwhere(np.triu(~linked & (both > BORNE_OUT * others + CLOSE), 1))
        numbers = np.array(members, np.uint64)[asked]
        free = ~found_in(told_apart, numbers[:, 0] << np.uint64(32) | numbers[:, 1])[1]
        for one, other in asked[free].tolist():
            pair = members[one], members[other]
            known, thirds = judged.get(pair), np.flatnonzero(linked[one] & linked[other])
            if known is None and not (across[one] | across[other])[thirds].any():
                continue  # all are in one language, in which the pair has been compared, and shares nothing
            best = _surest(sure[one, thirds], sure[other, thirds])
            names = min(sure[one, thirds[best]], sure[other, thirds[best]])
            judged[pair] = _borne_out(known, pair, float(names), documents[members[thirds[best]]])
            every[one, other] = every[other, one] = True
        both, others = _third_tellings(every, own_weights)
        few = (others >= OTHERS - CLOSE) & (both < CONTRADICTED * others - CLOSE)
        for one, other in np.argwhere(np.triu(linked & few, 1)).tolist():
            pair = members[one], members[other]
            judged[pair] = judged[pair]._replace(verdict="related")
    return sorted(judged.values(), key=lambda one: one.pair)


def _codes(pairs: Sequence[Any]) -> Array:
    """Pairs of numbers, some at a time, as one number each, sorted."""
    parts = [np.asarray(part, np.uint64).reshape(-1, 2) for part in pairs]
    return np.sort(np.concatenate([part[:, 0] << np.uint64(32) | part[:, 1] for part in parts]))


def _components(stories: Collection[Numbers]) -> Iterator[tuple[list[int], list[Numbers]]]:
    """Components of texts connected by `stories`, sorted, and the pairs in each; only those with third tellings, but
    not too many.
    """
    groups = [members for members in components_of(stories) if 2 < len(members) <= MOST]
    group = {number: at for at, members in enumerate(groups) for number in members}
    pairs: list[list[Numbers]] = [[] for _ in groups]
    for pair in stories:
        if pair[0] in group:
            pairs[group[pair[0]]].append(pair)
    return zip(groups, pairs, strict=True)


def _third_tellings(linked: Array, weights: Array) -> tuple[Array, Array]:
    """For each two texts the weight of others that are a story with both, and of those that are one with at least one of them."""
    own = linked * weights
    both, degree = own @ linked.T.astype(float), own.sum(axis=1)
    return both, degree[:, None] + degree - both - linked * (weights[:, None] + weights)


def _surest(one: Array, other: Array) -> int:
    """The index where the lower of two scores is highest; of equal ones where the other is highest, of these the first."""
    weaker = np.minimum(one, other)
    return int(np.where(weaker == weaker.max(), np.maximum(one, other), -1).argmax())


def _borne_out(known: Judged | None, pair: Numbers, names: float, third: str) -> Judged:
    """The verdict on a `pair` that third tellings confirm, with the score of the weaker of its stories with the best of
    them, the document `third`.
    """
    shown = f"one story with {third}"
    if known is None:
        return Judged(*pair, "story", names, False, (shown,), ())
    return known._replace(verdict="story", names=max(known.names, names), shown=(*known.shown, shown)[-EVIDENCE:])
