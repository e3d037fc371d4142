"""What the report counts while the documents pass by: columns of the table, plots, the least certain changes."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

LISTED = 100_000
"""Documents that the table lists; further ones are counted. A row costs about 100 bytes here and in the page."""
BINS = 20
"""Columns of the confidence plot, 5 % each."""
UNSURE = 0.95
"""Changes below this confidence may stand in the list of the least certain ones."""
LEAST = 120
"""Length of that list; of one document at most `EACH`, so that one bad document does not fill it."""
EACH = 6
AROUND = 60
"""Code points shown on each side of a change."""

Row = Mapping[str, Any]


class Tally:
    """Counts of a run, and one row a document; columns are kept apart, which is compact."""

    def __init__(self) -> None:
        self.documents = 0
        self.changed = 0
        self.noticed = 0
        """Documents that were not changed but in which something was seen and left."""
        self.rules: Counter[str] = Counter()
        self.findings: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.encodings: Counter[str] = Counter()
        self.confidence = [[0] * BINS, [0] * BINS]
        """Changes by confidence: the exact ones, the inferred ones."""
        self.columns: dict[str, list[Any]] = {
            name: [] for name in ("id", "size", "enc", "encSure", "lang", "langSure", "edits", "found", "least", "part")
        }
        self._names: dict[str, int] = {}
        self._heap: list[tuple[float, int, int, dict[str, Any]]] = []

    def add(self, row: Row, edits: Sequence[Row], findings: Sequence[Row], part: int) -> None:
        """Counts a document; `part` is the number of the page's part that holds its details, -1 for none."""
        number = self.documents
        self.documents += 1
        self.changed += bool(edits)
        self.noticed += bool(findings) and not edits
        encoding, language = row["encoding"], row["language"]
        self.encodings[encoding["encoding"] or "none"] += 1
        self.languages[language["code"]] += 1
        rules = Counter(edit["rule"] for edit in edits)
        found = Counter(finding["rule"] for finding in findings)
        self.rules += rules
        self.findings += found
        for edit in edits:
            bin_ = min(BINS - 1, int(edit["confidence"] * BINS))
            self.confidence[edit.get("kind") == "inferred"][bin_] += 1
        if number >= LISTED:
            return
        values = {
            "id": row["id"],
            "size": row["source"]["size"],
            "enc": self._name(encoding["encoding"] or "none"),
            "encSure": round(encoding["confidence"], 3),
            "lang": self._name(language["code"]),
            "langSure": round(language["confidence"], 3),
            "edits": [value for rule, count in sorted(rules.items()) for value in (self._name(rule), count)] or 0,
            "found": [value for rule, count in sorted(found.items()) for value in (self._name(rule), count)] or 0,
            "least": round(min((edit["confidence"] for edit in edits), default=1), 3),
            "part": part,
        }
        for name, value in values.items():
            self.columns[name].append(value)
        self._least_certain(number, row["text"], edits)

    @property
    def names(self) -> list[str]:
        """Codes that the columns name by number."""
        return list(self._names)

    def least_certain(self) -> list[dict[str, Any]]:
        """The least certain changes with their surroundings, the least certain first."""
        return [entry for _, _, _, entry in sorted(self._heap, key=lambda item: (-item[0], -item[1], -item[2]))]

    def _name(self, code: str) -> int:
        return self._names.setdefault(code, len(self._names))

    def _least_certain(self, number: int, text: str, edits: Sequence[Row]) -> None:
        unsure = [(edit["confidence"], place) for place, edit in enumerate(edits) if edit["confidence"] < UNSURE]
        for confidence, place in heapq.nsmallest(EACH, unsure):
            order = (-confidence, -number, -place)
            if len(self._heap) >= LEAST and order < self._heap[0][:3]:
                continue
            edit = edits[place]
            entry = {"doc": number, "place": place, **around(text, edit["clean"], AROUND)}
            entry |= {key: edit[key] for key in ("rule", "before", "after", "reason", "confidence")}
            push = heapq.heappush if len(self._heap) < LEAST else heapq.heapreplace
            push(self._heap, (*order, entry))


def around(text: str, span: Mapping[str, int], width: int) -> dict[str, str]:
    """The `width` code points before and after `span` of `text`."""
    start, end = span["start"], span["end"]
    return {"left": text[max(0, start - width) : start], "right": text[end : end + width]}
