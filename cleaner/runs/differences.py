"""What changed between two runs over the same documents: after an upgrade, with other settings, with decisions.

Both runs are read line by line, side by side in the order of their documents; only counts and a few examples are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from cleaner.outputs.reading import Grouped, Row, damage_told, read_manifest, read_rows

EXAMPLES = 3
"""Examples that are kept of each rule and of each kind of change."""
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """One difference: where, and what either run made of it (None: left as it was)."""

    document: str
    start: int
    """Code point in the decoded source."""
    before: str
    first: str | None
    second: str | None


@dataclass(slots=True)
class RuleDifference:
    """How the edits of one rule differ."""

    first: int = 0
    """Edits that only the first run made."""
    second: int = 0
    """Edits that only the second run made."""
    other: int = 0
    """Edits of both, with another text or rule; counted under the rule of the second run."""
    examples: list[Example] = field(default_factory=list)


@dataclass(slots=True)
class Differences:
    """All that changed from the first run to the second."""

    versions: tuple[str, str] = ("", "")
    settings: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Settings that differ: in the first run, in the second."""
    documents: tuple[int, int] = (0, 0)
    only_first: list[str] = field(default_factory=list)
    only_second: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    """Documents whose source is another one; nothing else of them is compared."""
    rejected: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """Path of what became no document in one run only, or for another reason -> its rule in the first run, in the second."""
    texts: int = 0
    """Documents with another clean text."""
    same: int = 0
    """Documents with the same clean text."""
    encodings: Counter[tuple[str, str]] = field(default_factory=Counter)
    languages: Counter[tuple[str, str]] = field(default_factory=Counter)
    rules: dict[str, RuleDifference] = field(default_factory=dict)
    findings: Counter[str] = field(default_factory=Counter)
    """Rule -> findings more (or, below 0, fewer) in the second run."""
    relations: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Kind -> relations of the first run only, of the second only."""

    def __bool__(self) -> bool:
        lists = (self.only_first, self.only_second, self.sources, self.rejected, self.encodings, self.languages)
        return bool(self.texts or any(lists) or self.rules or any(self.findings.values()) or self.relations)


def compare_runs(first: Path, second: Path) -> Differences:
    """What changed from the run in `first` to the one in `second`.

    Raises UsageError where one of them holds no run, or a record is damaged.
    """
    manifests = [read_manifest(first), read_manifest(second)]
    with damage_told(first, second):
        found = Differences((manifests[0]["version"], manifests[1]["version"]))
        for name in sorted({*manifests[0]["settings"], *manifests[1]["settings"]}):
            values = tuple(manifest["settings"].get(name) for manifest in manifests)
            if values[0] != values[1]:
                found.settings[name] = (values[0], values[1])
        _compare_all(first, second, found)
    return found


def _compare_all(first: Path, second: Path, found: Differences) -> None:
    counts = [0, 0]
    for one, other in _joined(_documents(first), _documents(second)):
        counts[0] += one is not None
        counts[1] += other is not None
        if one is None or other is None:
            lone, listed = (other, found.only_second) if one is None else (one, found.only_first)
            listed.append(lone[0]["id"] if lone else "")
        else:
            _compare(one, other, found)
    found.documents = (counts[0], counts[1])
    found.rejected = _rejected(first, second)
    found.relations = _relations(first, second)


Held = tuple[Row, list[Row]]
"""A row of corpus.jsonl and its rows of edits.jsonl."""


def _documents(out: Path) -> Iterator[Held]:
    edits = Grouped(read_rows(out / "edits.jsonl"))
    return ((row, edits.of(row["id"])) for row in read_rows(out / "corpus.jsonl"))


def _joined(first: Iterator[Held], second: Iterator[Held]) -> Iterator[tuple[Held | None, Held | None]]:
    """Documents of the same id side by side; both runs have them in the order of their ids."""
    one, other = next(first, None), next(second, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0]["id"] < other[0]["id"]):
            yield one, None
            one = next(first, None)
        elif one is None or other[0]["id"] < one[0]["id"]:
            yield None, other
            other = next(second, None)
        else:
            yield one, other
            one, other = next(first, None), next(second, None)


def _compare(one: Held, other: Held, found: Differences) -> None:
    (a, edits_a), (b, edits_b) = one, other
    if a["source"]["sha256"] != b["source"]["sha256"]:
        found.sources.append(a["id"])
        return
    same = a["text"] == b["text"]
    found.same += same
    found.texts += not same
    encodings = (str(a["encoding"]["encoding"]), str(b["encoding"]["encoding"]))
    if encodings[0] != encodings[1]:
        found.encodings[encodings] += 1
    languages = (a["language"]["code"], b["language"]["code"])
    if languages[0] != languages[1]:
        found.languages[languages] += 1
    found.findings.update(b.get("findings", {}))
    found.findings.subtract(a.get("findings", {}))
    if encodings[0] == encodings[1]:
        _compare_edits(a["id"], _by_place(edits_a), _by_place(edits_b), found)


def _by_place(edits: list[Row]) -> dict[Place, list[Row]]:
    held: dict[Place, list[Row]] = {}
    for edit in edits:
        source = edit.get("source") or edit
        held.setdefault((source["start"], source["end"]), []).append(edit)
    return held


def _compare_edits(name: str, a: dict[Place, list[Row]], b: dict[Place, list[Row]], found: Differences) -> None:
    for place in sorted({*a, *b}):
        left = {(edit["rule"], edit["before"], edit["after"]) for edit in a.get(place, ())}
        right = {(edit["rule"], edit["before"], edit["after"]) for edit in b.get(place, ())}
        if left == right:
            continue
        for gone, come in zip_longest(sorted(left - right), sorted(right - left)):
            rule, before = (come or gone)[0], (gone or come)[1]
            held = found.rules.setdefault(rule, RuleDifference())
            held.first += come is None
            held.second += gone is None
            held.other += None not in (gone, come)
            if len(held.examples) < EXAMPLES:
                held.examples.append(Example(name, place[0], before, gone and gone[2], come and come[2]))


def _rejected(first: Path, second: Path) -> dict[str, tuple[str | None, str | None]]:
    one, other = ({row["path"]: row["rule"] for row in read_rows(out / "rejected.jsonl")} for out in (first, second))
    paths = sorted(path for path in {*one, *other} if one.get(path) != other.get(path))
    return {path: (one.get(path), other.get(path)) for path in paths}


def _relations(first: Path, second: Path) -> dict[str, tuple[int, int]]:
    held = []
    for out in (first, second):
        rows = (row for row in read_rows(out / "relations.jsonl") if row.get("type") == "relation")
        held.append({(row["relation"], row["a"], row["b"]) for row in rows})
    gone, come = Counter(row[0] for row in held[0] - held[1]), Counter(row[0] for row in held[1] - held[0])
    return {kind: (gone[kind], come[kind]) for kind in sorted({*gone, *come})}
