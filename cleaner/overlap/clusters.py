"""Groups of documents that belong together, and the one that represents each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from cleaner.arrays import Array, heads_of, without_repeats
from cleaner.document import Cluster, RelationKind
from cleaner.overlap.relations import KINDS, Relations
from cleaner.plurals import counted

Node = TypeVar("Node", int, str)

COPIES: tuple[RelationKind, ...] = ("exact", "near", "contained")


def clusters_of(relations: Relations, sizes: Array, changes: Mapping[str, int] | None = None) -> tuple[Cluster, ...]:
    """Clusters of copies, and clusters of stories (copies of a telling belong to its story).

    `sizes` are words (or another measure of fullness) by document number; `changes` the repairs that each document
    needed, by id. The fullest represents its cluster; of equally full ones that with fewest repairs, of these the first
    by id.
    """
    changes = changes or {}
    found = []
    for prefix, kinds in (("copies", COPIES), ("story", (*COPIES, "story"))):
        own = relations.of(kinds)
        groups = _groups_of(own)
        weakest = _weakest(own, groups)
        for number, (members, kind) in enumerate(zip(groups, weakest, strict=True), 1):
            if prefix == "story" and kind != "story":
                continue
            names = [relations.documents[at] for at in members]
            words = dict(zip(names, sizes[members].tolist(), strict=True))
            best = min(names, key=lambda name: (-words[name], changes.get(name, 0), name))
            found.append(Cluster(f"{prefix}-{number}", kind, tuple(names), best, _reason(best, words, changes)))
    return tuple(found)


def _groups_of(relations: Relations) -> list[Array]:
    """The connected components: numbers of documents, sorted, in the order of their first members."""
    members = without_repeats(np.sort(np.concatenate([relations.a, relations.b])))
    first = connected(len(members), members.searchsorted(relations.a), members.searchsorted(relations.b))
    order = np.argsort(first, kind="stable")
    return np.split(members[order], heads_of(first[order])[1:]) if len(members) else []


def connected(count: int, one: Array, other: Array) -> Array:
    """For each number below `count` the lowest number that it is connected with, by pairs of `one` and `other`.

    The lowest of what is left meets a lower one in the next round at the latest, so that there are log `count` rounds.
    """
    root: Array = np.arange(count)
    while len(one):
        np.minimum.at(root, np.maximum(one, other), np.minimum(one, other))
        above = root[root]
        while (above != root).any():
            root, above = above, above[above]
        one, other = root[one], root[other]
        apart = one != other
        one, other = one[apart], other[apart]
    return root


def _weakest(relations: Relations, groups: Sequence[Array]) -> list[RelationKind]:
    """The kind of each group: `story` where one of its relations is a story; `exact` only where all its pairs are; else
    `near` where one is, else `contained`.
    """
    group = np.zeros(len(relations.documents), np.int32)
    for number, members in enumerate(groups):
        group[members] = number

    def held_by(rows: Array) -> list[bool]:
        """Of each group whether one of these rows is in it."""
        held: list[bool] = (np.bincount(group[relations.a[rows]], minlength=len(groups)) > 0).tolist()
        return held

    first = heads_of(relations.codes)
    story = held_by(relations.kind == KINDS.index("story"))
    not_exact = held_by(first[relations.kind[first] != KINDS.index("exact")])
    near = held_by(relations.kind <= KINDS.index("near"))
    return [
        "story" if any_story else "exact" if not any_other else "near" if any_near else "contained"
        for any_story, any_other, any_near in zip(story, not_exact, near, strict=True)
    ]


def components_of(pairs: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """The connected components, each sorted, in the order of their first members."""
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


def _reason(best: str, words: Mapping[str, int], changes: Mapping[str, int]) -> str:
    """Why `best` represents the documents in `words` (id -> number of words)."""
    others = [name for name in words if name != best]
    longest = max((words[name] for name in others), default=0)
    own = words[best]
    size = counted(own, "word")
    if own > longest:
        return f"the fullest: {size}, the next has {longest:,}"
    as_full = [name for name in others if words[name] == own]
    equal = "another" if len(as_full) == 1 else f"{len(as_full):,} others"
    if all(changes.get(best, 0) < changes.get(name, 0) for name in as_full):
        return f"as full as {equal} ({size}), with the fewest repairs"
    return f"as full as {equal} ({size}); the first by name"
