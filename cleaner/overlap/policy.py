"""Overlap policies: pure functions from what was found to what stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from cleaner.document import Cluster, MergedRow, MergedSentence, Passage, Relation, Removal
from cleaner.overlap.words.sentences import sentences_of

Policy = Literal["annotate", "keep-best", "one-per-story", "merge"]


class PolicyDocument(NamedTuple):
    """What a policy needs of a document."""

    id: str
    text: str
    language: str
    changes: int = 0


class PolicyResult(NamedTuple):
    """What is left out, in the order of ids, and what was merged."""

    removed: Mapping[str, Removal]
    """By the documents that are left out."""
    merged: tuple[MergedRow, ...]


def apply_policy(
    policy: Policy,
    documents: Sequence[PolicyDocument],
    relations: Sequence[Relation],
    clusters: Sequence[Cluster],
    *,
    per_language: bool = False,
) -> PolicyResult:
    """What `policy` does with `documents`: nothing (`annotate`); leave out copies (`keep-best`); also all but one text a
    story (`one-per-story`; with `per_language` one a language); also make one text of each story's tellings (`merge`).
    """
    if policy == "annotate":
        return PolicyResult({}, ())
    by_id = {document.id: document for document in documents}
    by_member: dict[str, list[Relation]] = {}
    for relation in relations:
        by_member.setdefault(relation.a, []).append(relation)
        by_member.setdefault(relation.b, []).append(relation)
    removed: dict[str, Removal] = {}
    if policy != "keep-best":  # stories first: they hold their members' copies too, and what they keep stays
        for cluster in clusters:
            if cluster.relation == "story":
                for kept, members in _kept(cluster, by_id, per_language and policy == "one-per-story"):
                    _leave_out(cluster, kept, members, by_member, removed)
    for cluster in clusters:
        if cluster.relation in ("exact", "near", "contained"):
            left = [name for name in cluster.members if name not in removed]
            if left:
                kept = cluster.representative if cluster.representative in left else _fullest(left, by_id)
                _leave_out(cluster, kept, left, by_member, removed)
    merged = tuple(_merged(c, by_id, relations) for c in clusters if c.relation == "story") if policy == "merge" else ()
    return PolicyResult(dict(sorted(removed.items())), merged)


def _kept(
    cluster: Cluster, by_id: Mapping[str, PolicyDocument], per_language: bool
) -> list[tuple[str, tuple[str, ...]]]:
    """(document that stays, members that it represents) of a story."""
    if not per_language:
        return [(cluster.representative, cluster.members)]
    groups: dict[str, list[str]] = {}
    for member in cluster.members:
        groups.setdefault(by_id[member].language, []).append(member)
    return [(_fullest(members, by_id), tuple(members)) for _, members in sorted(groups.items())]


def _fullest(members: Sequence[str], by_id: Mapping[str, PolicyDocument]) -> str:
    """The member with the longest text; of equally long ones that with the fewest repairs, then the first by id."""
    return min(members, key=lambda name: (-len(by_id[name].text), by_id[name].changes, name))


def _leave_out(
    cluster: Cluster,
    kept: str,
    members: Sequence[str],
    by_member: Mapping[str, Sequence[Relation]],
    removed: dict[str, Removal],
) -> None:
    for member in members:
        if member == kept or member in removed:
            continue
        own = [r for r in by_member[member] if kept in (r.a, r.b)] or by_member[member]
        best = max(own, key=lambda r: (r.relation == cluster.relation, r.score, r.relation))
        why = f"{kept} stands for {cluster.id}: {cluster.reason}"
        removed[member] = Removal(kept, best.relation, best.score, why, best.evidence)


def _merged(cluster: Cluster, by_id: Mapping[str, PolicyDocument], relations: Sequence[Relation]) -> MergedRow:
    """The fullest telling, and after each of its sentences what others tell of the same event in other words."""
    main = by_id[cluster.representative]
    behind: dict[int, list[MergedSentence]] = {}
    for relation in relations:
        if relation.relation != "story" or main.id not in (relation.a, relation.b):
            continue
        other = by_id[relation.b if relation.a == main.id else relation.a]
        if other.language != main.language:
            continue
        for passage in relation.passages:
            if passage.kind == "same_event":
                own, theirs = _sides(passage, first=relation.a == main.id)
                part = MergedSentence(other.text[theirs[0] : theirs[1]], other.id, *theirs)
                behind.setdefault(own[0], []).append(part)
    parts: list[MergedSentence] = []
    pieces: list[str] = []
    last = 0
    for sentence in sentences_of(main.text):
        pieces += [main.text[last : sentence.start], main.text[sentence.start : sentence.end]]
        last = sentence.end
        parts.append(MergedSentence(main.text[sentence.start : sentence.end], main.id, sentence.start, sentence.end))
        for part in sorted(behind.get(sentence.start, ()), key=lambda p: (p.document, p.start)):
            pieces += [" ", part.text]
            parts.append(part)
    return MergedRow(f"merged/{cluster.id}", cluster.members, "".join(pieces), tuple(parts))


def _sides(passage: Passage, *, first: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    own, theirs = (passage.a, passage.b) if first else (passage.b, passage.a)
    return (own.start, own.end), (theirs.start, theirs.end)
