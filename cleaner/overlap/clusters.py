"""Groups of documents that belong together, and the one that stands for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from cleaner.document import Cluster, Relation, RelationKind

Node = TypeVar("Node", int, str)

COPIES: tuple[RelationKind, ...] = ("exact", "near", "contained")


def clusters_of(
    relations: Sequence[Relation], sizes: Mapping[str, int], changes: Mapping[str, int] | None = None
) -> tuple[Cluster, ...]:
    """Clusters of copies, and clusters of stories (copies of a telling belong to its story).

    `sizes` are words (or other measures of fullness) by id; `changes` the repairs that each document needed. The fullest
    stands for its cluster, of two as full the one with fewer repairs, of these the first by id.
    """
    changes = changes or {}
    found = []
    for prefix, kinds in (("copies", COPIES), ("story", (*COPIES, "story"))):
        own = [relation for relation in relations if relation.relation in kinds]
        by_first: dict[str, list[Relation]] = {}
        for relation in own:
            by_first.setdefault(relation.a, []).append(relation)
        for number, members in enumerate(components_of((r.a, r.b) for r in own), 1):
            inside = [relation for name in members for relation in by_first.get(name, ())]
            if prefix == "story" and not any(r.relation == "story" for r in inside):
                continue
            best = min(members, key=lambda name: (-sizes.get(name, 0), changes.get(name, 0), name))
            kind: RelationKind = "story" if prefix == "story" else _weakest(inside)
            reason = _reason(best, members, sizes, changes)
            found.append(Cluster(f"{prefix}-{number}", kind, tuple(sorted(members)), best, reason))
    return tuple(found)


def _weakest(relations: Sequence[Relation]) -> RelationKind:
    """The relation that all members at least have: a cluster is exact only where all pairs are."""
    kinds = {relation.relation for relation in relations}
    pairs = {(r.a, r.b) for r in relations}
    exact = {(r.a, r.b) for r in relations if r.relation == "exact"}
    if pairs == exact:
        return "exact"
    return "near" if "near" in kinds or "exact" in kinds else "contained"


def components_of(pairs: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """What is connected, each list sorted, in the order of their first ones."""
    parent: dict[Node, Node] = {}

    def root(name: Node) -> Node:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in pairs:
        one, other = sorted((root(a), root(b)))
        parent[other] = one
    groups: dict[Node, list[Node]] = {}
    for name in sorted(parent):
        groups.setdefault(root(name), []).append(name)
    return [groups[name] for name in sorted(groups)]


def _reason(best: str, members: Sequence[str], sizes: Mapping[str, int], changes: Mapping[str, int]) -> str:
    others = [name for name in members if name != best]
    longest = max((sizes.get(name, 0) for name in others), default=0)
    own = sizes.get(best, 0)
    if own > longest:
        return f"the fullest: {own:,} words, the next has {longest:,}"
    as_full = [name for name in others if sizes.get(name, 0) == own]
    equal = "another" if len(as_full) == 1 else f"{len(as_full):,} others"
    if all(changes.get(best, 0) < changes.get(name, 0) for name in as_full):
        return f"as full as {equal} ({own:,} words), with the fewest repairs"
    return f"as full as {equal} ({own:,} words); the first by name"
