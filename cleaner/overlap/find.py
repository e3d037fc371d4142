"""All overlaps of a set of documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from cleaner.document import Cluster, Passage, Relation, RelationKind
from cleaner.overlap.clusters import clusters_of
from cleaner.overlap.copies import find_copies
from cleaner.overlap.passages import same_events, same_sentences
from cleaner.overlap.profiles import Profile, profiles_of
from cleaner.overlap.stories import find_stories

__all__ = ["Overlap", "Thresholds", "find_duplicates", "overlaps_of", "with_passages"]

ALL: tuple[RelationKind, ...] = ("exact", "near", "contained", "story", "related")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which figure on a relation holds."""

    near: float = 0.5
    """Jaccard of the keys: half of all 5-grams are shared."""
    contained: float = 0.8
    """Share of the smaller text's keys that the other one has."""
    story: float = 1.0
    """Factor on the borders of the story score (`cleaner.overlap.stories`): above 1 is stricter, below 1 laxer."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What was found: pairs in the order of their ids, clusters, and what a reader should know."""

    pairs: tuple[Relation, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    notes: tuple[str, ...] = ()


def find_duplicates(
    documents: Mapping[str, str],
    relations: Collection[str] | None = None,
    *,
    thresholds: Thresholds | None = None,
    digests: Mapping[str, str] | None = None,
    changes: Mapping[str, int] | None = None,
    languages: Mapping[str, str] | None = None,
    passages: bool | None = None,
) -> Overlap:
    """Overlaps of `documents` (id -> text): one pair for each relation that holds; the same for any order.

    `relations` limits the kinds looked for (`exact`, `near`, `contained`, `story`, `related`). `digests` are of the source
    bytes, for documents of the same bytes but different texts; `changes` are repairs by document, which count when one is
    chosen to stand for others. Texts are not repaired first, but the keys ignore what garbling touches.
    """
    names = sorted(documents)
    tellings = relations is None or bool({"story", "related"} & set(relations))
    read = profiles_of((documents[name] for name in names), stories=tellings)
    return overlaps_of(
        dict(zip(names, read, strict=True)),
        documents.__getitem__,
        relations,
        thresholds=thresholds,
        digests=digests,
        changes=changes,
        languages=languages,
        passages=relations is None if passages is None else passages,
    )


def overlaps_of(
    profiles: Mapping[str, Profile],
    text_of: Callable[[str], str],
    relations: Collection[str] | None = None,
    *,
    thresholds: Thresholds | None = None,
    digests: Mapping[str, str] | None = None,
    changes: Mapping[str, int] | None = None,
    languages: Mapping[str, str] | None = None,
    passages: bool | Callable[[list[Relation]], Iterable[Relation]] = True,
) -> Overlap:
    """As `find_duplicates`, from `profiles` made elsewhere; `text_of` is asked for few texts.

    `passages` may be a function that adds the passages to relations, in order, such as one that has many workers do it.
    """
    wanted = frozenset(ALL if relations is None else relations)
    limits = thresholds or Thresholds()
    found: list[Relation] = []
    notes: list[str] = []
    copies = find_copies(profiles, text_of, near=limits.near, contained=limits.contained, digests=digests)
    notes += copies.notes
    found += [relation for relation in copies.pairs if relation.relation in wanted]
    if wanted & {"story", "related"}:
        copied = {(r.a, r.b) for r in copies.pairs}
        stories = find_stories(profiles, text_of, languages=languages, strictness=limits.story)
        notes += stories.notes
        found += [r for r in stories.pairs if r.relation in wanted and (r.a, r.b) not in copied]
    order = {kind: place for place, kind in enumerate(ALL)}
    found.sort(key=lambda r: (r.a, r.b, order[r.relation]))
    if callable(passages):
        found = list(passages(found))
    elif passages:
        found = [with_passages(relation, text_of) for relation in found]
    sizes = {name: profile.words for name, profile in profiles.items()}
    return Overlap(tuple(found), clusters_of(found, sizes, changes), tuple(notes))


def with_passages(relation: Relation, text_of: Callable[[str], str]) -> Relation:
    """`relation` with the places where its two documents overlap."""
    if relation.relation not in ("near", "contained", "story"):
        return relation
    a, b = text_of(relation.a), text_of(relation.b)
    passages: tuple[Passage, ...] = ()
    if relation.relation in ("near", "contained"):
        passages = same_sentences(a, b)
    elif relation.relation == "story":
        names = [name for shared in relation.evidence for name in shared.split(" = ")]
        passages = same_events(a, b, names)
    if not passages:
        return relation
    return Relation(
        relation.a, relation.b, relation.relation, relation.score, relation.direction, relation.evidence, passages
    )
