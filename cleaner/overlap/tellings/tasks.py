"""Passages of pairs that hold, as tasks: each is a pure function of a few texts, done anywhere, in any order.

Tellings of a story are aligned together, since a third telling helps to judge two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array
from cleaner.document import Passage, Relation
from cleaner.markup import with_blank_markup
from cleaner.overlap.aligned import packed_passages
from cleaner.overlap.clusters import components_of
from cleaner.overlap.copies.near import shares_of
from cleaner.overlap.documents.keys import Keys
from cleaner.overlap.grouping import in_groups, in_parts
from cleaner.overlap.relations import Relations
from cleaner.overlap.tellings.events import align
from cleaner.overlap.tellings.passages import same_in_pairs, sentences_in
from cleaner.overlap.tellings.sentence_terms import StoryTerms, Telling, story_terms
from cleaner.overlap.tellings.telling_words import TellingWords
from cleaner.overlap.words.costs import costs_of, listed_languages
from cleaner.overlap.words.tongues import language_of

PARTNERS = 4
"""How many tellings each telling is aligned with, the most similar first: all pairs of five, and a time that grows with
the number of tellings, not with its square."""
COPIED = 0.25
"""Share of the smaller text's word 5-grams from which two tellings are copied in part: then the sentences that stand in both are
listed, and no events. Of 36 pairs of tellings of the development set, two have more; the median is .005."""
TOGETHER = 40
"""Most tellings of a cluster that are weighed together; a larger cluster is divided into groups in the order of ids."""
PAIRS = 64
"""Pairs of copies in a task."""
HELD = 256
"""Documents whose keys are cached while tellings are tested for copied text."""
PAIRS_TOLD = 32
"""Pairs of tellings in a task, where its stories are small."""

Pair = tuple[str, str]
Numbers = tuple[int, int]
"""A pair of documents by number: their places in the order of ids."""


class PassageTask(NamedTuple):
    """Pairs whose passages are found at once; small, to be sent to a worker."""

    pairs: tuple[Numbers, ...]
    stories: tuple[int, ...] = ()
    """How many of the pairs, from the first on, are of each story; empty where only sentences that stand in both are looked for."""
    languages: tuple[tuple[int, str], ...] = ()
    """(number, language) of tellings to be aligned."""
    listed: tuple[str, ...] = ()
    """Languages whose word lists are asked."""
    common: frozenset[str] = frozenset()
    """Sentences that are boilerplate."""


def done(task: PassageTask, text_of: Callable[[int], str]) -> list[tuple[Passage, ...]]:
    """The passages of each pair of `task`, in order."""
    names = sorted({name for pair in task.pairs for name in pair})
    number = {name: at for at, name in enumerate(names)}
    pairs = [(number[a], number[b]) for a, b in task.pairs]
    read = TellingWords() if task.stories else None
    held = sentences_in((with_blank_markup(text_of(name)) for name in names), None if read is None else read.add)
    copied = same_in_pairs(held, pairs, task.common)
    if read is None or read.found_none:
        return copied
    languages = dict(task.languages)
    tellings: list[Telling] = []
    told: list[tuple[int, int]] = []
    first = 0
    for story, size in enumerate(task.stories):
        own = pairs[first : first + size]
        first += size
        members = sorted({text for pair in own for text in pair})
        place = {text: len(tellings) + at for at, text in enumerate(members)}
        tellings += [Telling(text, story, languages[names[text]]) for text in members]
        told += [(place[a], place[b]) for a, b in own]
    terms = story_terms(held, read, tellings, costs_of(sorted(set(languages.values())), task.listed))
    aligned = align(terms, told, [_skipped(terms, *row) for row in zip(told, copied, strict=True)])
    return [(*same, *events) for same, events in zip(copied, aligned, strict=True)]


def _skipped(terms: StoryTerms, pair: tuple[int, int], passages: Sequence[Passage]) -> tuple[Array, Array]:
    """The sentences of a pair of tellings that stand in `passages`."""
    found = []
    for telling, spans in zip(pair, ([one.a for one in passages], [one.b for one in passages]), strict=True):
        first, after = terms.rows[telling : telling + 2].tolist()
        starts, ends = terms.starts[first:after], terms.ends[first:after]
        inside = np.zeros(after - first, bool)
        for span in spans:
            inside |= (starts >= span.start) & (ends <= span.end)
        found.append(first + np.flatnonzero(inside))
    return found[0], found[1]


def done_packed(task: PassageTask, text_of: Callable[[int], str]) -> list[bytes]:
    """The same in the form that `aligned.Aligned` takes: small, to be sent back by a worker."""
    return [packed_passages(passages) for passages in done(task, text_of)]


def copy_tasks(pairs: Iterable[Numbers], common: frozenset[str]) -> Iterator[PassageTask]:
    """Tasks for pairs of copies."""
    return (PassageTask(tuple(part), common=common) for part in in_parts(pairs, PAIRS))


def story_tasks(
    stories: Relations,
    keys_of: Callable[[str], Keys],
    text_of: Callable[[str], str],
    languages: Mapping[str, str],
    common: frozenset[str],
) -> tuple[list[PassageTask], int]:
    """Tasks for pairs of tellings, and how many pairs of large stories are left out.

    `text_of` is asked for texts of unknown language only.
    """
    chosen = chosen_pairs(stories)
    shared = dict(zip(chosen, shares_of(chosen, lru_cache(HELD)(keys_of)), strict=True))
    pairs = [pair for pair in chosen if shared[pair] < COPIED]
    copied = [(one.a, one.b) for one in stories if shared.get((one.a, one.b), 0.0) >= COPIED]
    known = {}
    for name in sorted({name for pair in pairs for name in pair}):
        code = languages.get(name, "und")
        known[name] = code if code != "und" else language_of(text_of(name))
    listed = listed_languages(Counter(known.values()))
    tasks = list(copy_tasks(_numbers(copied, stories), common))
    for stories_together in in_groups(_groups(pairs), PAIRS_TOLD):
        own = list(chain.from_iterable(stories_together))
        told = sorted({name for pair in own for name in pair})
        languages_of = tuple((stories.number(name), known[name]) for name in told)
        tasks.append(
            PassageTask(tuple(_numbers(own, stories)), tuple(map(len, stories_together)), languages_of, listed, common)
        )
    return tasks, len(stories) - len(chosen)


def _numbers(pairs: Iterable[Pair], relations: Relations) -> Iterator[Numbers]:
    return ((relations.number(a), relations.number(b)) for a, b in pairs)


def chosen_pairs(stories: Iterable[Relation]) -> list[Pair]:
    """For each telling the PARTNERS pairs with the highest scores; sorted."""
    by_name: dict[str, list[Relation]] = defaultdict(list)
    for relation in stories:
        by_name[relation.a].append(relation)
        by_name[relation.b].append(relation)
    chosen = set()
    for own in by_name.values():
        for relation in sorted(own, key=lambda r: (-r.score, r.a, r.b))[:PARTNERS]:
            chosen.add((relation.a, relation.b))
    return sorted(chosen)


def _groups(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs of each cluster; large ones in groups of TOGETHER, a pair with the group of its first id."""
    found = []
    by_first: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_first[pair[0]].append(pair)
    for members in components_of(pairs):
        for start in range(0, len(members), TOGETHER):
            own = [pair for name in members[start : start + TOGETHER] for pair in by_first[name]]
            if own:
                found.append(own)
    return found
