"""Passages of pairs that hold, as tasks: each is a pure function of a few texts, done anywhere, in any order.

Tellings of a story are aligned together, since a third telling helps to judge two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cleaner.document import Passage, Relation
from cleaner.overlap.clusters import components_of
from cleaner.overlap.costs import costs_of, language_of, listed_languages
from cleaner.overlap.events import align
from cleaner.overlap.near import shared_keys
from cleaner.overlap.passages import same_in_pairs, sentences_in
from cleaner.overlap.profiles import Profile
from cleaner.overlap.sentence_terms import story_terms
from cleaner.overlap.sentences import Sentence

__all__ = ["PARTNERS", "PassageTask", "chosen_pairs", "copy_tasks", "done", "story_tasks"]

PARTNERS = 4
"""Tellings with which each telling is aligned, the likest first: all pairs of five, and time that grows with the number of
tellings, not with its square."""
COPIED = 0.25
"""Share of the smaller text's word 5-grams from which two tellings are copied in part: then the sentences that stand in both are
listed, and no events. Of 36 pairs of tellings of the development set, two have more; the median is .005."""
TOGETHER = 40
"""Tellings of a cluster that are weighed together; a larger cluster is cut into groups in the order of ids."""
HELD = 16
"""Texts whose sentences are kept while a task is done: a text stands in several pairs on end."""
PAIRS = 64
"""Pairs of copies in a task."""

Pair = tuple[str, str]
TextOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PassageTask:
    """Pairs whose passages are found at once; small, to be sent to a worker."""

    pairs: tuple[Pair, ...]
    languages: tuple[tuple[str, str], ...] = ()
    """(id, language) of tellings to be aligned; empty where only sentences that stand in both are looked for."""
    listed: tuple[str, ...] = ()
    """Languages whose word lists are asked."""
    common: frozenset[str] = frozenset()
    """Sentences that are boilerplate."""


def done(task: PassageTask, text_of: TextOf) -> list[tuple[Passage, ...]]:
    """The passages of each pair of `task`, in order."""
    names = sorted({name for pair in task.pairs for name in pair})
    number = {name: at for at, name in enumerate(names)}
    pairs = [(number[a], number[b]) for a, b in task.pairs]
    if not task.languages:
        return same_in_pairs(sentences_in(map(text_of, names)), pairs, task.common)
    languages = dict(task.languages)
    tellings = {name: text_of(name) for name in names}
    held = sentences_in(tellings.values())
    copied = dict(zip(task.pairs, same_in_pairs(held, pairs, task.common), strict=True))
    sentences = {}
    for name, text in tellings.items():
        own = held.of(number[name])
        sentences[text] = tuple(map(Sentence, held.starts[own].tolist(), held.ends[own].tolist()))
    story = story_terms(tellings, languages, costs_of(languages, task.listed), sentences)
    skip = {}
    for (a, b), passages in copied.items():
        for side, name in enumerate((a, b) if passages else ()):
            spans = [(p.a, p.b)[side] for p in passages]
            skip[a, b, side] = frozenset(
                number
                for number, row in enumerate(story.spans[slice(*story.tellings[name])])
                if any(span.start <= row.start and row.end <= span.end for span in spans)
            )
    aligned = align(story, task.pairs, skip)
    return [(*copied[pair], *aligned[pair]) for pair in task.pairs]


def copy_tasks(pairs: Sequence[Relation], common: frozenset[str]) -> list[PassageTask]:
    """Tasks for pairs of copies."""
    wanted = [(one.a, one.b) for one in pairs]
    return [PassageTask(tuple(wanted[at : at + PAIRS]), common=common) for at in range(0, len(wanted), PAIRS)]


def story_tasks(
    stories: Sequence[Relation],
    profiles: Mapping[str, Profile],
    text_of: TextOf,
    languages: Mapping[str, str],
    common: frozenset[str],
) -> tuple[list[PassageTask], int]:
    """Tasks for pairs of tellings, and how many pairs of large stories are left out.

    `text_of` is asked for texts of unknown language only.
    """
    chosen = chosen_pairs(stories)
    shared = {pair: _shared(profiles[pair[0]], profiles[pair[1]]) for pair in chosen}
    pairs = [pair for pair in chosen if shared[pair] < COPIED]
    copied = [one for one in stories if shared.get((one.a, one.b), 0.0) >= COPIED]
    known = {}
    for name in sorted({name for pair in pairs for name in pair}):
        code = languages.get(name, "und")
        known[name] = code if code != "und" else language_of(text_of(name))
    listed = listed_languages(Counter(known.values()))
    tasks = copy_tasks(copied, common)
    for members, own in _groups(pairs):
        tasks.append(PassageTask(tuple(own), tuple((name, known[name]) for name in members), listed, common))
    return tasks, len(stories) - len(chosen)


def chosen_pairs(stories: Iterable[Relation]) -> list[Pair]:
    """Of each telling the PARTNERS pairs with the highest scores; sorted."""
    by_name: dict[str, list[Relation]] = defaultdict(list)
    for relation in stories:
        by_name[relation.a].append(relation)
        by_name[relation.b].append(relation)
    chosen = set()
    for own in by_name.values():
        for relation in sorted(own, key=lambda r: (-r.score, r.a, r.b))[:PARTNERS]:
            chosen.add((relation.a, relation.b))
    return sorted(chosen)


def _shared(one: Profile, other: Profile) -> float:
    """Share of the smaller text's keys that the other has."""
    return shared_keys(one.keys, other.keys) / max(1, min(len(one.keys), len(other.keys)))


def _groups(pairs: Sequence[Pair]) -> list[tuple[list[str], list[Pair]]]:
    """Clusters with their pairs; large ones in groups of TOGETHER, a pair with the group of its first id."""
    found = []
    by_first: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_first[pair[0]].append(pair)
    for members in components_of(pairs):
        for start in range(0, len(members), TOGETHER):
            own = [pair for name in members[start : start + TOGETHER] for pair in by_first[name]]
            if own:
                found.append((sorted({name for pair in own for name in pair}), own))
    return found
