"""All overlaps of a set of documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BytesIO
from typing import BinaryIO, NamedTuple

import numpy as np

from cleaner.arguments import as_text, check_kind, check_names, check_one_of
from cleaner.arrays import Array, heads_of
from cleaner.document import Cluster, Relation
from cleaner.errors import ArgumentError
from cleaner.memory import empty_caches, give_back_memory
from cleaner.overlap.aligned import Aligned
from cleaner.overlap.boilerplate import Boilerplate, find_boilerplate, sentences_in
from cleaner.overlap.clusters import clusters_of
from cleaner.overlap.copies.search import Candidates, Copies, Counting, Searching, find_copies
from cleaner.overlap.documents.keys import Keys, hides_letters
from cleaner.overlap.documents.profiles import Profile, profiles_of
from cleaner.overlap.documents.survey import Survey, survey_of
from cleaner.overlap.relations import AT_ONCE, KINDS, Relations
from cleaner.overlap.stories.search import Comparing, Embed, Naming, comparing_here, find_stories, naming_begun
from cleaner.overlap.tellings.tasks import PassageTask, copy_tasks, done_packed, story_tasks
from cleaner.plurals import counted
from cleaner.thresholds import CONTAINED, NEAR, STORY

HELD = 64
"""Texts that are cached while documents are compared: one is in several successive pairs."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Thresholds from which a relation holds."""

    near: float = NEAR
    """Jaccard of the keys: the share of all 5-grams of both that both have."""
    contained: float = CONTAINED
    """Share of the smaller text's keys that the other one has."""
    story: float = STORY
    """Factor on the thresholds of the story score (`cleaner.overlap.stories.search`): above 1 is stricter, below 1 laxer."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What was found: pairs in the order of their ids, clusters, and what a reader should know."""

    pairs: Sequence[Relation] = ()
    clusters: tuple[Cluster, ...] = ()
    notes: tuple[str, ...] = ()
    boilerplate: tuple[Boilerplate, ...] = ()
    """Lines that many documents share, those of most documents first."""


Doing = Callable[[Iterable[PassageTask]], Iterable[list[bytes]]]
"""Does tasks (`tellings.tasks.done_packed`), perhaps in other processes, and gives the results in order."""


class Elsewhere(NamedTuple):
    """Steps that can be done elsewhere, such as in worker processes; None: in this process."""

    passages: Doing | None = None
    comparing: Comparing | None = None
    """Comparing tellings."""
    naming: Naming | None = None
    """Getting the names of documents."""
    searching: Searching | None = None
    """Looking for keys in all texts."""
    counting: Counting | None = None
    """Counting the keys that pairs share."""
    candidates: Candidates | None = None
    """Finding the pairs of copies worth comparing, such as on disk."""
    file: Callable[[], BinaryIO] | None = None
    """Makes the file that passages lie in, empty and open for reading and writing; None: in memory."""


def find_duplicates(
    documents: Mapping[str, str],
    relations: Collection[str] | None = None,
    *,
    thresholds: Thresholds | None = None,
    digests: Mapping[str, str] | None = None,
    changes: Mapping[str, int] | None = None,
    languages: Mapping[str, str] | None = None,
    passages: bool | None = None,
    embed: Embed | None = None,
) -> Overlap:
    """Overlaps of `documents` (id -> text): one pair for each relation that holds; the same for any order.

    `relations` limits the kinds looked for (`exact`, `near`, `contained`, `story`, `related`); boilerplate is looked
    for where stories are, passages where no `relations` are named or `passages` says so. `digests` are of the source
    bytes, for documents of the same bytes but different texts; `changes` are repairs by document, which count when one
    is chosen to represent others. `embed` gives vectors of texts (`cleaner.overlap.stories.embedding`), one more signal
    for stories. Garbled texts are found by keys that ignore what garbling touches; one that keeps hardly a letter is
    repaired for its keys, not for its passages. Raises ArgumentError where `documents` is no mapping of ids to texts,
    and UsageError for an unknown relation.
    """
    _check(documents, relations, thresholds)
    names = sorted(documents)
    tellings = relations is None or bool({"story", "related"} & set(relations))
    read = profiles_of((_readable(documents[name]) for name in names), stories=tellings)
    return overlaps_of(
        dict(zip(names, read, strict=True)),
        documents.__getitem__,
        relations,
        thresholds=thresholds,
        digests=digests,
        changes=changes,
        languages=languages,
        passages=relations is None if passages is None else passages,
        embed=embed,
    )


def _check(documents: object, relations: object, thresholds: object) -> None:
    check_kind(documents, Mapping, "find_duplicates takes a mapping of ids to texts, such as {'a.txt': text}")
    for name, text in documents.items() if isinstance(documents, Mapping) else ():
        if not isinstance(name, str):
            raise ArgumentError(f"find_duplicates: the id {name!r} is no text; ids are texts, such as 'a.txt'")
        as_text(text, f"find_duplicates (document {name!r})")
    if relations is not None:
        check_names(relations, "relations", "near")
        for relation in relations if isinstance(relations, Iterable) else ():
            check_one_of(relation, KINDS, "a member of relations")
    if thresholds is not None:
        check_kind(thresholds, Thresholds, "thresholds must be a cleaner.overlap.Thresholds")


def _readable(text: str) -> str:
    """`text`, repaired where garbling left hardly a letter: then it has no key by which its copies could be found."""
    if text.isascii() or not hides_letters(text):
        return text
    from cleaner.mojibake import repair

    return repair(text).text


def overlaps_of(
    profiles: Mapping[str, Profile],
    text_of: Callable[[str], str],
    relations: Collection[str] | None = None,
    *,
    thresholds: Thresholds | None = None,
    digests: Mapping[str, str] | None = None,
    changes: Mapping[str, int] | None = None,
    languages: Mapping[str, str] | None = None,
    passages: bool = True,
    embed: Embed | None = None,
    keys_of: Callable[[str], Keys] | None = None,
    elsewhere: Elsewhere | None = None,
) -> Overlap:
    """As `find_duplicates`, from `profiles` made elsewhere; `text_of` is asked for few texts.

    `elsewhere` does parts of the work, such as in worker processes; `keys_of` reads the keys of a profile without the rest.
    """
    wanted = frozenset(KINDS if relations is None else relations)
    limits = thresholds or Thresholds()
    text_of, there, languages = lru_cache(HELD)(text_of), elsewhere or Elsewhere(), languages or {}
    keys_of = keys_of or (lambda name: profiles[name].keys)
    survey = survey_of(profiles, there.file or BytesIO)
    _tidy(survey)
    tellings = bool(wanted & {"story", "related"})
    named = naming_begun(profiles, survey, there.naming) if tellings else None
    survey = survey.without_names()  # which `named` has, or the files that workers read
    copies = _copies(survey, keys_of, text_of, limits, digests, there)
    boilerplate = find_boilerplate(survey, copies.pairs.b, text_of) if tellings else ()
    survey = survey.without_lines()
    _tidy(survey)
    common = sentences_in(boilerplate)
    by_number = partial(_text, survey.documents, text_of)
    doing = there.passages or (lambda tasks: (done_packed(task, by_number) for task in tasks))
    found, notes = copies.pairs, copies.notes
    del copies
    passages_of = _Passages(_Pairs.of(found, wanted if passages else ()), common, doing)
    if named:
        stories = find_stories(
            survey,
            named,
            there.comparing or comparing_here(profiles, keys_of, text_of),
            text_of,
            languages=languages,
            strictness=limits.story,
            embed=embed,
            copies=found.codes,
        )
        found, notes = found.and_those(stories.pairs), (*notes, *stories.notes)
        _tidy(survey)
    found = found.of(wanted)
    told = found.of({"story"} if passages else ())
    more, left_out = story_tasks(told, keys_of, text_of, languages, common)
    aligned = passages_of.of(found, more, there.file or BytesIO)
    del passages_of
    clusters = clusters_of(found, survey.words, changes)
    _tidy(survey)
    notes = (*notes, *_notes_of(boilerplate, left_out))
    return Overlap(aligned if there.file else tuple(aligned), clusters, notes, boilerplate)


class _Passages:
    """Passages of pairs: those of copies are begun at once, and found while stories are looked for."""

    def __init__(self, copied: Iterable[tuple[int, int]], common: frozenset[str], doing: Doing) -> None:
        """`copied` are the pairs of copies, gone through when they are begun, and again when they are done; sentences that are
        `common` are boilerplate.
        """
        self._copied, self._common, self._doing = copied, common, doing
        self._begun = doing(copy_tasks(copied, common))

    def of(self, pairs: Relations, told: Sequence[PassageTask], file: Callable[[], BinaryIO]) -> Aligned:
        """All `pairs` with the passages of copies, and of the tellings whose tasks are `told`."""
        aligned, begun = Aligned(pairs, file), self._doing(told)
        for tasks, results in ((copy_tasks(self._copied, self._common), self._begun), (told, begun)):
            for task, own in zip(tasks, results, strict=True):
                for pair, packed in zip(task.pairs, own, strict=True):
                    aligned.add(pair, packed)
        return aligned


def _text(documents: Sequence[str], text_of: Callable[[str], str], number: int) -> str:
    return text_of(documents[number])


def _tidy(survey: Survey) -> None:
    """Gives back the memory that a step took, where there are many documents; tables are made again when they are needed."""
    if survey.many:
        empty_caches()
        give_back_memory()


def _copies(
    survey: Survey,
    keys_of: Callable[[str], Keys],
    text_of: Callable[[str], str],
    limits: Thresholds,
    digests: Mapping[str, str] | None,
    there: Elsewhere,
) -> Copies:
    """The copies; the memory that looking for them took is given back."""
    found = find_copies(
        survey,
        keys_of,
        text_of,
        near=limits.near,
        contained=limits.contained,
        digests=digests,
        candidates=there.candidates,
        searching=there.searching,
        counting=there.counting,
    )
    _tidy(survey)
    return found


def _notes_of(boilerplate: Sequence[Boilerplate], left_out: int) -> Iterator[str]:
    if boilerplate:
        yield f"lines that stand in many documents: {len(boilerplate)}, such as {boilerplate[0].text[:60]!r}"
    if left_out:
        pairs = counted(left_out, "pair of a large story was", "pairs of large stories were")
        yield f"{pairs} not aligned: each telling is aligned with those that are most like it only"


@dataclass(frozen=True, slots=True)
class _Pairs(Iterable[tuple[int, int]]):
    """Pairs of documents by number, made each time they are iterated: as tasks of passages they take 200 bytes each."""

    numbers: Array
    """Two rows, uint32."""

    @classmethod
    def of(cls, copies: Relations, wanted: Collection[str]) -> _Pairs:
        """The pairs of near and contained copies; those contained in one text follow each other, so that it is read once."""
        held = copies.of({"near", "contained"} & set(wanted))
        # The last relation of each pair: it says what holds the other.
        last = np.append(heads_of(held.codes)[1:], len(held))[: len(held)] - 1
        pairs = np.stack([held.a[last], held.b[last]])
        holder = np.where(held.inner[last] == 1, pairs[1], pairs[0])
        return cls(pairs[:, np.argsort(holder, kind="stable")])

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for at in range(0, self.numbers.shape[1], AT_ONCE):
            yield from zip(*self.numbers[:, at : at + AT_ONCE].tolist(), strict=True)
