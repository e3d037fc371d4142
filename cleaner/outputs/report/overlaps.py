"""Clusters and pairs that the report shows, with the text of their passages; read in two passes, so that no document is held.

First `Overlaps.read` goes through relations.jsonl and notes which places of which documents it needs; then each
document that passes by gives them (`take`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["Overlaps"]

CLUSTERS = 1_000
"""Clusters that are shown; further ones are counted."""
PAIRS = 40
"""Pairs of a cluster that are shown, those with the most passages and the highest score first."""
ALONE = 300
"""Pairs outside clusters (related documents) that are shown."""
PASSAGES = 24
"""Passages of a pair that are shown: those about one event first, then by score."""
ALL_PASSAGES = 12_000
"""Passages of the page; what is beyond is counted."""
LONGEST = 700
"""Code points of a passage that are shown."""
EVIDENCE = 40
"""Shared words of a pair that are shown."""
MEMBERS = 400
"""Members of a cluster that are named."""

ORDER = {"exact": 0, "near": 1, "contained": 2, "story": 3, "related": 4}
KINDS = {"same_event": 0, "same_text": 1, "same_people": 2, "boilerplate": 3}
Row = Mapping[str, Any]


class Overlaps:
    """What relations.jsonl holds, as far as it is shown."""

    def __init__(self) -> None:
        self.pairs: Counter[str] = Counter()
        """Pairs by kind, all of them."""
        self.clusters: list[dict[str, Any]] = []
        self.left_out = {"clusters": 0, "pairs": 0, "passages": 0}
        self.members = 0
        """Documents that stand in a cluster."""
        self._wanted: defaultdict[str, list[tuple[dict[str, Any], str, int, int]]] = defaultdict(list)

    @classmethod
    def read(cls, rows: Iterable[Row]) -> Overlaps:
        """Chooses what is shown. `rows` are those of relations.jsonl: the relations, then the clusters."""
        self = cls()
        relations: list[Row] = []
        clusters: list[Row] = []
        for row in rows:
            if row["type"] == "cluster":
                clusters.append(row)
            else:
                self.pairs[row["relation"]] += 1
                relations.append(_trimmed(row))
        self.members = len({member for cluster in clusters for member in cluster["members"]})
        clusters.sort(key=lambda row: (-ORDER[row["relation"]], -len(row["members"]), row["id"]))
        self.left_out["clusters"] = max(0, len(clusters) - CLUSTERS)
        self._fill(clusters[:CLUSTERS], relations)
        return self

    def take(self, document: str, text: str) -> None:
        """Copies the places of `document` that shown passages need."""
        for passage, side, start, end in self._wanted.pop(document, ()):
            passage[side] = text[start : min(end, start + LONGEST)]
            if end - start > LONGEST:
                passage["cut"] = max(passage.get("cut", 0), end - start - LONGEST)

    def _fill(self, clusters: list[Row], relations: list[Row]) -> None:
        of: dict[str, list[int]] = defaultdict(list)
        for number, cluster in enumerate(clusters):
            for member in cluster["members"]:
                of[member].append(number)
        held: list[list[Row]] = [[] for _ in clusters]
        alone = []
        for row in relations:
            common = set(of.get(row["a"], ())) & set(of.get(row["b"], ()))
            for number in common:
                held[number].append(row)
            if not common:
                alone.append(row)
        budget = ALL_PASSAGES
        for cluster, pairs in zip(clusters, held, strict=True):
            shown, budget = self._shown(pairs, PAIRS, budget)
            self.clusters.append(
                {
                    "id": cluster["id"],
                    "relation": cluster["relation"],
                    "count": len(cluster["members"]),
                    "members": list(cluster["members"][:MEMBERS]),
                    "representative": cluster["representative"],
                    "reason": cluster["reason"],
                    "pairCount": len(pairs),
                    "pairs": shown,
                }
            )
        self.left_out["pairs"] += max(0, len(alone) - ALONE)
        for row in sorted(alone, key=_rank)[:ALONE]:
            shown, budget = self._shown([row], 1, budget)
            members = [row["a"], row["b"]]
            self.clusters.append(
                {"relation": row["relation"], "count": 2, "members": members, "pairCount": 1, "pairs": shown}
            )

    def _shown(self, rows: list[Row], most: int, budget: int) -> tuple[list[dict[str, Any]], int]:
        """The first `most` of `rows` with at most `budget` passages, and what is left of the budget."""
        shown = []
        for row in sorted(rows, key=_rank)[:most]:
            passages = []
            for held in row["passages"][:budget]:
                passage = {key: held[key] for key in ("kind", "score", "evidence") if key in held}
                passages.append(passage)
                for side in ("a", "b"):
                    span = held[side]
                    self._wanted[row[side]].append((passage, side, span["start"], span["end"]))
            budget -= len(passages)
            self.left_out["passages"] += row["passageCount"] - len(passages)
            shown.append({**row, "passages": passages})
        return shown, budget


def _trimmed(row: Row) -> dict[str, Any]:
    """A relation without what is never shown of it."""
    passages = row.get("passages", ())
    ranked = sorted(passages, key=lambda one: (KINDS.get(one["kind"], 9), -one["score"], one["a"]["start"]))
    return {
        "a": row["a"],
        "b": row["b"],
        "relation": row["relation"],
        "score": row["score"],
        "direction": row.get("direction"),
        "evidence": list(row.get("evidence", ()))[:EVIDENCE],
        "passageCount": len(passages),
        "events": sum(one["kind"] == "same_event" for one in passages),
        "passages": ranked[:PASSAGES],
    }


def _rank(row: Row) -> tuple[int, int, float, str, str]:
    return -row["events"], -row["passageCount"], -row["score"], row["a"], row["b"]
