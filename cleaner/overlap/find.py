"""All overlaps of a set of documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cleaner.document import Cluster, Passage, Relation, RelationKind
from cleaner.overlap.clusters import clusters_of
from cleaner.overlap.keys import Keys, keys_of, normalized_digest
from cleaner.overlap.near import candidate_pairs, groups_of, measure
from cleaner.overlap.passages import same_events, same_sentences
from cleaner.overlap.stories import STORY, STORY_ACROSS, StoryPair, find_stories, telling_of

__all__ = ["Overlap", "Thresholds", "find_duplicates"]

ALL: tuple[RelationKind, ...] = ("exact", "near", "contained", "story", "related")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which figure on a relation holds."""

    near: float = 0.5
    """Jaccard of the keys: half of all 5-grams are shared."""
    contained: float = 0.8
    """Share of the smaller text's keys that the other one has."""
    story: float = STORY
    """Cosine of the names."""
    story_across: float = STORY_ACROSS
    """The same between two scripts, where only the sound of names can be compared."""


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
    passages: bool = True,
) -> Overlap:
    """Overlaps of `documents` (id -> text): one pair for each relation that holds; the same for any order.

    `relations` limits the kinds looked for (`exact`, `near`, `contained`, `story`, `related`). `digests` are of the source
    bytes, for documents of the same bytes but different texts; `changes` are repairs by document, which count when one is
    chosen to stand for others. Texts are not repaired first, but the keys ignore what garbling touches.
    """
    wanted = frozenset(ALL if relations is None else relations)
    limits = thresholds or Thresholds()
    names = sorted(documents)
    texts = [documents[name] for name in names]
    found: list[Relation] = []
    notes: list[str] = []
    copies = _copies(names, texts, limits, digests or {}, notes)
    found += [relation for relation in copies if relation.relation in wanted]
    if wanted & {"story", "related"}:
        copied = {(r.a, r.b) for r in copies if r.relation in ("exact", "near")}
        found += _stories(names, texts, wanted, limits, copied)
    if passages:
        found = [_with_passages(relation, documents) for relation in found]
    order = {kind: place for place, kind in enumerate(ALL)}
    found.sort(key=lambda r: (r.a, r.b, order[r.relation]))
    sizes = {name: len(text.split()) for name, text in zip(names, texts, strict=True)}
    return Overlap(tuple(found), clusters_of(found, sizes, changes), tuple(notes))


def _copies(
    names: Sequence[str], texts: Sequence[str], limits: Thresholds, digests: Mapping[str, str], notes: list[str]
) -> list[Relation]:
    found: list[Relation] = []
    exact: set[tuple[str, str]] = set()
    normalized = {name: normalized_digest(text) for name, text in zip(names, texts, strict=True) if text.strip()}
    for said, by in (("same bytes", digests), ("same words", normalized)):
        for group in groups_of({name: by[name] for name in names if name in by and name in normalized}):
            for a, b in _pairs(group):
                if (a, b) not in exact:
                    exact.add((a, b))
                    found.append(Relation(a, b, "exact", 1.0, None, (said,)))
    vocabulary: dict[str, int] = {}
    both = [keys_of(text, vocabulary) for text in texts]
    plain, stripped = [keys for keys, _ in both], [keys for _, keys in both]
    measured: dict[tuple[int, int, str], Relation] = {}
    for keys in (plain, stripped) if any(a is not b for a, b in both) else (plain,):
        _measured(names, keys, limits, measured, notes)
    return [*found, *measured.values()]


def _pairs(group: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((a, b) for place, a in enumerate(group) for b in group[place + 1 :])


def _measured(
    names: Sequence[str],
    keys: Sequence[Keys],
    limits: Thresholds,
    measured: dict[tuple[int, int, str], Relation],
    notes: list[str],
) -> None:
    """Adds the near and contained pairs by `keys` to `measured`, the better figure where one is there already."""
    pairs, common = candidate_pairs(keys)
    if common:
        notes.append(f"{common:,} word sequences stand in too many documents to say anything, and were not compared")
    for pair in measure(pairs, keys):
        a, b = names[pair.a], names[pair.b]
        size = len(keys[pair.smaller])
        said = (f"{round(pair.containment * size):,} of {size:,} word sequences are shared",)
        if pair.jaccard >= limits.near:
            _better(measured, (pair.a, pair.b, "near"), Relation(a, b, "near", round(pair.jaccard, 4), None, said))
        if pair.containment >= limits.contained and size >= 4:
            inner = names[pair.smaller]
            relation = Relation(a, b, "contained", round(pair.containment, 4), inner, said)
            _better(measured, (pair.a, pair.b, "contained"), relation)


def _better(held: dict[tuple[int, int, str], Relation], key: tuple[int, int, str], relation: Relation) -> None:
    if key not in held or held[key].score < relation.score:
        held[key] = relation


def _stories(
    names: Sequence[str],
    texts: Sequence[str],
    wanted: Collection[str],
    limits: Thresholds,
    copied: set[tuple[str, str]],
) -> list[Relation]:
    found = []
    for pair in find_stories([telling_of(text) for text in texts]):
        a, b = names[pair.a], names[pair.b]
        if (a, b) in copied:
            continue
        kind: RelationKind = "story" if _is_story(pair, limits) else "related"
        if kind in wanted:
            found.append(Relation(a, b, kind, pair.score, None, pair.shared))
    return found


def _is_story(pair: StoryPair, limits: Thresholds) -> bool:
    return pair.score >= (limits.story_across if pair.across else limits.story)


def _with_passages(relation: Relation, documents: Mapping[str, str]) -> Relation:
    a, b = documents[relation.a], documents[relation.b]
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
