"""Overlap of a run's documents, whose texts stand in shards, and the policy carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.document import Cluster, Relation
from cleaner.engines import Engine
from cleaner.entries import Finished
from cleaner.ledger import Place, read
from cleaner.outputs import LeftOut, MergedRow, MergedSentence, Why
from cleaner.settings import Settings

__all__ = ["Compared", "Texts", "compared"]


@dataclass(frozen=True, slots=True)
class Compared:
    """What overlaps, what is left out for it, what was merged."""

    relations: tuple[Relation, ...]
    clusters: tuple[Cluster, ...]
    removed: list[LeftOut]
    merged: list[MergedRow]
    notes: tuple[str, ...]


class Texts(Mapping[str, str]):
    """The clean texts of documents by id, each read from its shard when it is asked for."""

    __slots__ = ("_places", "_shards")

    def __init__(self, places: Mapping[str, Place], shards: Path) -> None:
        self._places, self._shards = places, shards

    def __getitem__(self, name: str) -> str:
        return read(self._shards, self._places[name])[0].decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def compared(documents: Sequence[Finished], shards: Path, settings: Settings, engine: Engine) -> Compared:
    """Overlap of `documents`, and what the policy of `settings` does about it."""
    from cleaner.overlap import PolicyDocument, apply_policy, find_duplicates

    del engine
    texts = Texts({one.id: one.place for one in documents}, shards)
    changes = {one.id: sum(one.card.edits.values()) for one in documents}
    overlap = find_duplicates(
        texts,
        digests={one.id: one.card.sha256 for one in documents},
        changes=changes,
        languages={one.id: one.card.language for one in documents},
    )
    told = _told(overlap.clusters) if settings.overlap in ("one-per-story", "merge") else frozenset[str]()
    result = apply_policy(
        settings.overlap,
        [
            PolicyDocument(one.id, texts[one.id] if one.id in told else "", one.card.language, changes[one.id])
            for one in documents
        ],
        overlap.pairs,
        overlap.clusters,
        per_language=settings.per_language,
    )
    paths = {one.id: one.output_path for one in documents} if result.removed else {}
    return Compared(
        overlap.pairs,
        overlap.clusters,
        [LeftOut(r.id, paths[r.id], Why(r.kept, r.relation, r.score, r.reason, r.evidence)) for r in result.removed],
        [
            MergedRow(
                m.id, m.members, m.text, tuple(MergedSentence(s.text, s.document, s.start, s.end) for s in m.sentences)
            )
            for m in result.merged
        ],
        overlap.notes,
    )


def _told(clusters: Sequence[Cluster]) -> frozenset[str]:
    """Members of stories: the only texts that a policy looks at."""
    return frozenset(member for cluster in clusters if cluster.relation == "story" for member in cluster.members)
