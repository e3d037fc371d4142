"""Stories: different tellings of one tale, found by the rare names and rare words they share.

Candidates come from an inverted index of names (no all-pairs). A pair in one script is judged by two cosines, one of
names and one of the other words: tellings of one story share both, sequels and films of one actor share names only. A
pair in two scripts or languages is judged by its names alone, and by words that sound alike in both. Of what is left,
lists are no stories, nor are texts with different numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, found_in
from cleaner.document import RelationKind
from cleaner.memory import give_back_memory
from cleaner.models.words import frequent as words_of_languages
from cleaner.overlap.clusters import connected
from cleaner.overlap.documents.keys import Keys
from cleaner.overlap.documents.profiles import Profile
from cleaner.overlap.documents.survey import Survey
from cleaner.overlap.grouping import in_parts
from cleaner.overlap.index.han_names import part_of_chinese
from cleaner.overlap.index.name_index import MOST, Parts, index_of
from cleaner.overlap.index.name_parts import PART, Capitals, NameColumns, names_of
from cleaner.overlap.relations import Found, Relations
from cleaner.overlap.stories.agreement import agreed, doubted
from cleaner.overlap.stories.candidates import name_pairs
from cleaner.overlap.stories.measuring import Facts, rare_of
from cleaner.overlap.stories.pairs import Common, PairComparing, StoryTask, Told
from cleaner.overlap.stories.verdicts import EVIDENCE, Judged
from cleaner.overlap.words.scripts import caseless_of
from cleaner.plurals import counted

PAIRS = 512
"""Pairs in a task: some tens of milliseconds, so that several workers end at nearly the same time."""
ALIKE = 0.75
"""With an embedding model: cosine of vectors from which a related pair counts as one story."""

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
TextOf = Callable[[str], str]
Comparing = Callable[[Iterable[StoryTask], Common], Iterable[Told]]
"""Does tasks (`PairComparing.done`), perhaps in other processes, and gives the results in order."""
Naming = Callable[[Sequence[str], Capitals, Array], Callable[[], Parts]]
"""Does `names_of` for parts of the documents, and `part_of_chinese` for those of which it is told that they are in Chinese, perhaps
in other processes, begun at once; what it gives is asked for the parts, in order."""


class Stories(NamedTuple):
    """Pairs with the relation story or related, in the order of their ids, and notes for a person."""

    pairs: Relations
    notes: tuple[str, ...]


def find_stories(
    survey: Survey,
    named: Callable[[], Parts],
    comparing: Comparing,
    text_of: TextOf,
    *,
    languages: Mapping[str, str],
    strictness: float,
    embed: Embed | None,
    copies: Array,
) -> Stories:
    """Pairs of documents that tell one story, or related ones; `strictness` multiplies every threshold.

    `named` gives the names of the documents of `survey` (`naming_begun`), `comparing` compares pairs
    (`comparing_here`). `text_of` gives the texts for `embed`. `languages` are by id. Pairs that are `copies`
    (`Relations.codes`) are not stories as well: they are weighed with the others, but not part of the result.
    """
    rare = rare_of(len(survey.documents))
    index = index_of(named(), survey, rare)
    if survey.many:
        give_back_memory()
    caseless = caseless_of(survey.script, survey.scripts)
    pairs = name_pairs(index, survey.words, caseless, strictness)
    common = Common(survey.frequencies.stems, index, Facts.of(survey, languages), strictness, embed is not None)
    verdicts: list[Judged] = []
    apart: list[Array] = []
    same: dict[str, str] = {}
    for held, none in comparing(_tasks(pairs, survey.documents, copies), common):
        verdicts += [_with_one_of_each(one, same) for one in held]
        apart.append(np.array(none, np.int32).reshape(-1, 2))
    verdicts = agreed(doubted(verdicts, apart), apart, survey.documents, _weights(copies, len(survey.documents)))
    verdicts = list(compress(verdicts, ~_hold(copies, *_numbers(verdicts))))
    if embed is not None:
        verdicts = _with_vectors(verdicts, lambda number: text_of(survey.documents[number]), embed)
    found = Found(survey.documents)
    frequent = {code: frozenset(words) for code, words in words_of_languages().items()} if verdicts else {}
    for one in verdicts:
        codes = [languages.get(survey.documents[number], "und") for number in one.pair]
        ordinary = frozenset[str]().union(*(frequent.get(code, ()) for code in codes))
        kind: RelationKind = "story" if one.verdict == "story" else "related"
        found.add(*one.pair, kind, round(min(1.0, one.names), 4), _evidence(one, ordinary))
    names = counted(index.skipped, "name stands", "names stand")
    notes = [f"{names} in more than {MOST} documents, too many to look for stories by that alone"]
    return Stories(found.relations(), tuple(notes if index.skipped else ()))


def comparing_here(profiles: Mapping[str, Profile], keys_of: Callable[[str], Keys], text_of: TextOf) -> Comparing:
    """Compares in this process; `keys_of` reads the keys of one of `profiles` without the rest."""
    return lambda tasks, common: map(PairComparing(common, profiles, keys_of, text_of).done, tasks)


def naming_begun(profiles: Mapping[str, Profile], survey: Survey, naming: Naming | None = None) -> Callable[[], Parts]:
    """Has `naming` begin, and gives the names of all documents in parts when it is asked; names in Chinese texts last."""
    capitals = Capitals.of(survey)
    if naming is not None:
        return naming(survey.documents, capitals, survey.chinese)

    def parts() -> Parts:
        columns = ([NameColumns.of(profiles[name]) for name in part] for part in in_parts(survey.documents, PART))
        parts = [names_of(part, capitals) for part in columns]
        if not capitals.heard:
            return parts
        texts = (profiles[name].han for name in compress(survey.documents, survey.chinese.tolist()))
        return [*parts, part_of_chinese(parts, survey.chinese, texts)]

    return parts


def _tasks(pairs: Iterable[tuple[Array, Array]], documents: Sequence[str], copies: Array) -> Iterator[StoryTask]:
    """Tasks for the `pairs`, by number, of which some are `copies`."""
    for part in in_parts(
        chain.from_iterable(zip(one.tolist(), other.tolist(), strict=True) for one, other in pairs), PAIRS
    ):
        one, other = zip(*part, strict=True)
        names = {place: documents[place] for place in (*one, *other)}
        copied = _hold(copies, np.array(one), np.array(other))
        yield StoryTask(one, other, names, frozenset(compress(part, copied.tolist())))


def _hold(codes: Array, one: Array, other: Array) -> Array:
    """Of each pair of numbers whether its code (`Relations.codes`) is among `codes`, which are sorted."""
    asked = one.astype(np.uint64) << np.uint64(32) | other.astype(np.uint64)
    return found_in(codes, asked)[1]


def _weights(copies: Array, count: int) -> Array:
    """The weight of each document: `copies` of each other count as one together."""
    root = connected(
        count, (copies >> np.uint64(32)).astype(np.int64), (copies & np.uint64(0xFFFFFFFF)).astype(np.int64)
    )
    weights: Array = 1 / np.bincount(root)[root]
    return weights


def _numbers(verdicts: Sequence[Judged]) -> tuple[Array, Array]:
    """The documents of each of `verdicts`, in columns."""
    return np.array([one.one for one in verdicts], np.int64), np.array([one.other for one in verdicts], np.int64)


def _with_one_of_each(one: Judged, same: dict[str, str]) -> Judged:
    """`one` with its words interned in `same`: many pairs show the same words, each as a string of its own."""
    words = (tuple([same.setdefault(word, word) for word in held]) for held in (one.shown, one.rare_words))
    return one._replace(shown=next(words), rare_words=next(words))


def _evidence(one: Judged, ordinary: Collection[str]) -> tuple[str, ...]:
    """What a pair shares, for a person: its rare names, rarest first, and for a story some of its rare words; without
    the `ordinary` words that begin names, such as The.
    """
    names = [name for name in one.shown if name.lower() not in ordinary]
    return (*names, *(one.rare_words if one.verdict == "story" else ()))[:EVIDENCE]


def _with_vectors(verdicts: Sequence[Judged], text_of: Callable[[int], str], embed: Embed) -> list[Judged]:
    """Related pairs whose vectors are close become stories; a model never takes a story away."""
    wanted = sorted({number for one in verdicts if one.verdict == "related" for number in one.pair})
    vectors = dict(zip(wanted, embed([text_of(number) for number in wanted]), strict=True)) if wanted else {}
    made = []
    for one in verdicts:
        if one.verdict == "related":
            left, right = vectors[one.one], vectors[one.other]
            dot = sum(x * y for x, y in zip(left, right, strict=True))
            size = math.sqrt(sum(x * x for x in left) * sum(y * y for y in right))
            if size and dot / size >= ALIKE:
                one = one._replace(verdict="story")  # noqa: PLW2901
        made.append(one)
    return made
