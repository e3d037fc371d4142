"""Clusters and pairs that the report shows, with the text of their passages; neither all pairs nor any document is held.

`Overlaps.read` goes through relations.jsonl twice: the clusters, then the best pairs of those that are shown. It notes
which places of which documents their passages need; each document that passes by gives them (`take`).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

CLUSTERS = 1_000
"""Clusters that are shown; further ones are counted."""
PAIRS = 40
"""Pairs of a cluster that are shown, those with the most passages and the highest score first."""
FEWEST = 4
"""Pairs of a cluster that are shown however many clusters there are."""
ALL_PAIRS = 6_000
"""Pairs of the page that are shared among its clusters."""
ALONE = 300
"""Pairs outside clusters (related documents) that are shown."""
PASSAGES = 24
"""Passages of a pair that are shown: those about one event first, the best by score; in the order of the text."""
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
    def read(cls, rows: Callable[[], Iterable[Row]]) -> Overlaps:
        """Chooses what is shown. `rows()` gives those of relations.jsonl from the beginning, each time it is called."""
        self = cls()
        clusters = sorted(
            (row for row in rows() if row["type"] == "cluster"),
            key=lambda row: (-ORDER[row["relation"]], -len(row["members"]), row["id"]),
        )
        self.members = len({member for cluster in clusters for member in cluster["members"]})
        self.left_out["clusters"] = max(0, len(clusters) - CLUSTERS)
        shown = clusters[:CLUSTERS]
        self._fill(shown, (row for row in rows() if row["type"] == "relation"))
        return self

    def take(self, document: str, text: str) -> None:
        """Copies the places of `document` that shown passages need."""
        for passage, side, start, end in self._wanted.pop(document, ()):
            passage[side] = text[start : min(end, start + LONGEST)]
            if end - start > LONGEST:
                passage["cut"] = max(passage.get("cut", 0), end - start - LONGEST)

    def _fill(self, clusters: list[Row], relations: Iterable[Row]) -> None:
        of: defaultdict[str, set[int]] = defaultdict(set)
        for number, cluster in enumerate(clusters):
            for member in cluster["members"]:
                of[member].add(number)
        quota = max(FEWEST, min(PAIRS, ALL_PAIRS // max(1, len(clusters))))
        best = [_Best(quota) for _ in clusters]
        alone = _Best(ALONE)
        for row in relations:
            self.pairs[row["relation"]] += 1
            common = of.get(row["a"], set()) & of.get(row["b"], set())
            for held in [best[number] for number in common] or [alone]:
                held.add(row)
        budget = ALL_PASSAGES
        for cluster, held in zip(clusters, best, strict=True):
            shown, budget = self._shown(held.rows(), budget)
            told = {key: cluster[key] for key in ("id", "relation", "representative", "reason")}
            members = list(cluster["members"])
            told |= {"count": len(members), "members": members[:MEMBERS], "pairCount": held.seen, "pairs": shown}
            self.clusters.append(told)
        self.left_out["pairs"] += max(0, alone.seen - ALONE)
        for row in alone.rows():
            shown, budget = self._shown([row], budget)
            told = {"relation": row["relation"], "count": 2, "members": [row["a"], row["b"]]}
            self.clusters.append({**told, "pairCount": 1, "pairs": shown})

    def _shown(self, rows: Iterable[Row], budget: int) -> tuple[list[dict[str, Any]], int]:
        """`rows` with at most `budget` passages, and what is left of the budget."""
        shown = []
        for row in rows:
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


class _Best:
    """The first rows of many, by their rank; holds no more than it gives out."""

    __slots__ = ("_heap", "_most", "seen")

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[tuple[tuple[float, ...], int, dict[str, Any]]] = []
        self.seen = 0

    def add(self, row: Row) -> None:
        passages = row.get("passages", ())
        events = sum(one["kind"] == "same_event" for one in passages)
        rank = (float(events), float(len(passages)), float(row["score"]))
        item = (rank, -self.seen, row)
        self.seen += 1
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, (*item[:2], _trimmed(row)))
        elif item[:2] > self._heap[0][:2]:
            heapq.heapreplace(self._heap, (*item[:2], _trimmed(row)))

    def rows(self) -> list[dict[str, Any]]:
        """The best first; equal ones in the order in which they came."""
        return [row for _, _, row in sorted(self._heap, key=lambda item: item[:2], reverse=True)]


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
        "passages": sorted(ranked[:PASSAGES], key=lambda one: (KINDS.get(one["kind"], 9), one["a"]["start"])),
    }
