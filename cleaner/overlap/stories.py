"""Stories: different tellings of one tale, found by the rare names and rare words they share.

Candidates come from an inverted index of names (no all-pairs). A pair in one script is judged by two cosines, one of
names and one of the other words: tellings of one story share both, sequels and films of one actor share names only. A
pair in two scripts or languages is judged by its names alone, and by words that sound alike in both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cleaner.document import Relation
from cleaner.letting_go import give_back
from cleaner.overlap.candidates import MOST, index_names, name_pairs
from cleaner.overlap.likely import Measuring
from cleaner.overlap.profiles import Profile
from cleaner.overlap.story_pairs import Common, PairComparing, StoryTask, Told
from cleaner.overlap.survey import Survey, in_parts
from cleaner.overlap.verdicts import DILUTED_COSINE, HEROES, PAGE, WHOLE, Judged, Scored, Verdict, doubted

__all__ = ["Comparing", "Stories", "find_stories"]

SURE = 0.5
"""Share of WHOLE that the cosine of names must reach for a pair without heroes to be looked at."""
FLOOR = 0.8
"""Share of the lowest border that a pair's rare names must reach alone to be looked at; common names add the rest."""
PAIRS = 256
"""Pairs in a task: some tens of milliseconds, so that several workers end at nearly the same time."""
ALIKE = 0.75
"""With vectors from a plug-in: cosine from which a related pair of texts counts as one story."""
EVIDENCE = 24
"""Names and words that are shown of a pair."""

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
TextOf = Callable[[str], str]
Comparing = Callable[[Iterable[StoryTask], Common], Iterable[Told]]
"""Does tasks (`PairComparing.done`), perhaps in other processes, and gives the results in order."""
Array = Any


@dataclass(frozen=True, slots=True)
class Stories:
    """Pairs with the relation story or related, in the order of their ids, and notes for a person."""

    pairs: tuple[Relation, ...]
    notes: tuple[str, ...]


def find_stories(
    profiles: Mapping[str, Profile],
    survey: Survey,
    text_of: TextOf,
    *,
    languages: Mapping[str, str] | None = None,
    strictness: float = 1.0,
    embed: Embed | None = None,
    comparing: Comparing | None = None,
    copied: Container[tuple[str, str]] = (),
) -> Stories:
    """Pairs of documents that tell one story, or related ones; `strictness` multiplies every border.

    `survey` is of all `profiles`. `text_of` is asked for the texts of documents that share names only. `comparing` compares the
    pairs elsewhere, such as in worker processes. Pairs that are `copied` tell no story besides: they are weighed with the others,
    and are no part of the result.
    """
    index = index_names(profiles, survey)
    if survey.many:
        give_back()
    measuring = Measuring(index, survey, languages or {}, strictness)
    apart: list[Array] = []
    pairs = name_pairs(index, survey.words, FLOOR * DILUTED_COSINE * strictness, HEROES, PAGE, WHOLE * SURE)
    likely = measuring.all(pairs, DILUTED_COSINE * strictness, apart, copied)
    common = Common(
        survey.frequencies.documents, survey.frequencies.stems, measuring.rare, strictness, embed is not None
    )
    tasks = (StoryTask(tuple(part)) for part in in_parts(likely, PAIRS))
    results = comparing(tasks, common) if comparing else map(PairComparing(common, profiles, text_of).done, tasks)
    verdicts: list[Judged] = []
    different: list[tuple[int, int]] = []
    for held, none in results:
        verdicts += held
        different += none
    verdicts = doubted(verdicts, _names(survey.documents, apart, different))
    verdicts = [row for row in verdicts if (row[0].a, row[0].b) not in copied]
    if embed is not None:
        verdicts = _with_vectors(verdicts, text_of, embed)
    verdicts = _with_names(verdicts, survey.documents, measuring, DILUTED_COSINE * strictness)
    rows = [
        Relation(one.a, one.b, kind, round(min(1.0, one.names), 4), evidence=_evidence(one, kind))
        for one, kind in verdicts
        if kind != "none"
    ]
    notes = [f"{index.skipped} names stand in more than {MOST} documents: by them alone no stories are looked for"]
    return Stories(tuple(sorted(rows, key=lambda row: (row.a, row.b))), tuple(notes if index.skipped else ()))


def _names(
    documents: Sequence[str], apart: Iterable[Array], different: Iterable[tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    for part in apart:
        for one, other in part.tolist():
            yield documents[one], documents[other]
    for one, other in different:
        yield documents[one], documents[other]


def _with_names(
    verdicts: Iterable[Judged], documents: Sequence[str], measuring: Measuring, least: float
) -> list[Judged]:
    """Those that are not none, with the rare names that texts in one language share."""
    kept = [row for row in verdicts if row[1] != "none"]
    number = {name: place for place, name in enumerate(documents)}
    asked = [place for place, (one, _) in enumerate(kept) if not one.shown]
    pairs = [(number[kept[place][0].a], number[kept[place][0].b]) for place in asked]
    for place, names in zip(asked, measuring.shown(pairs, least), strict=True):
        one, kind = kept[place]
        kept[place] = replace(one, shown=names), kind
    return kept


def _evidence(one: Scored, kind: Verdict) -> tuple[str, ...]:
    """What a pair shares, for a person: its rare names, rarest first, and of a story some of its rare words."""
    return (*one.shown, *(one.rare_words if kind == "story" else ()))[:EVIDENCE]


def _with_vectors(verdicts: Sequence[Judged], text_of: TextOf, embed: Embed) -> list[Judged]:
    """Related pairs whose vectors lie close count as one story; a plug-in never takes a story away."""
    wanted = sorted({name for one, kind in verdicts if kind == "related" for name in (one.a, one.b)})
    vectors = dict(zip(wanted, embed([text_of(name) for name in wanted]), strict=True)) if wanted else {}
    made: list[Judged] = []
    for one, kind in verdicts:
        verdict: Verdict = kind
        if kind == "related":
            left, right = vectors[one.a], vectors[one.b]
            dot = sum(x * y for x, y in zip(left, right, strict=True))
            size = math.sqrt(sum(x * x for x in left) * sum(y * y for y in right))
            if size and dot / size >= ALIKE:
                verdict = "story"
        made.append((one, verdict))
    return made
