"""What the leading process remembers of the documents of a run: columns, some 200 bytes for each document besides its
path.

A million documents as objects would take a gigabyte and a half. Cards and places are made again from the columns when
they are needed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import compress, pairwise
from typing import Any, TypeVar

from cleaner.outputs import OutputPaths, RejectedRow, output_paths, usual_path
from cleaner.runs.entries import PROFILE, Card, Cleaned
from cleaner.runs.ledger import Place
from cleaner.sources import Entries

KEY = 32
"""Bytes of a ledger's key, and of a digest."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents, changes and findings of each sort a run kept."""

    documents: int = 0
    changed: int = 0
    encodings: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    edits: Counter[str] = field(default_factory=Counter)
    """Changes by rule."""
    findings: Counter[str] = field(default_factory=Counter)
    """Findings by rule."""

    def totals(self) -> dict[str, int]:
        """The numbers of all sorts together, as the manifest has them."""
        edits, findings = self.edits.total(), self.findings.total()
        return {"documents": self.documents, "changed": self.changed, "edits": edits, "findings": findings}


class _Numbered:
    """Numbers for values that are repeated."""

    __slots__ = ("_numbers", "values")

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        """The number of `value`, a new one where it is new."""
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]


class Remembered:
    """What became of the entries of a run, in their order."""

    __slots__ = (
        "_codes", "_confidences", "_crcs", "_done", "_encodings", "_keys", "_languages", "_lengths", "_methods", "_names",
        "_rejected", "_sha256", "_shard_names", "_shards", "_sizes", "_starts", "_states",
    )  # fmt: skip

    def __init__(self) -> None:
        self._keys, self._sha256 = bytearray(), bytearray()
        self._states = bytearray()
        """0 for no document, else 1, and 2 more where an earlier run has made it."""
        self._sizes, self._starts, self._lengths = array("Q"), array("Q"), array("Q")
        self._crcs, self._shards = array("I"), array("I")
        self._confidences = array("d")
        self._codes = array("I")
        """Encoding, method, language, and what was done, by number."""
        self._encodings, self._methods, self._languages, self._done = (_Numbered() for _ in range(4))
        """`_done` is changes by rule, findings by rule, and chains with their numbers."""
        self._shard_names = _Numbered()
        self._names: dict[int, str] = {}
        self._rejected: dict[int, RejectedRow] = {}

    def __len__(self) -> int:
        return len(self._states)

    def add(self, one: Cleaned, path: str) -> None:
        """Records what became of the next entry, whose path is `path`."""
        number = len(self)
        self._keys += bytes(KEY)
        self._sha256 += bytes(KEY)
        self._states.append(0)
        for column, width in ((self._sizes, 1), (self._starts, 1), (self._lengths, PROFILE + 1), (self._crcs, 1)):
            column.extend([0] * width)
        self._shards.append(0)
        self._confidences.extend((0.0, 0.0))
        self._codes.extend((0, 0, 0, 0))
        self.replace(number, one, path)

    def replace(self, number: int, one: Cleaned, path: str) -> None:
        """Replaces what is recorded of entry `number`."""
        self._keys[number * KEY : (number + 1) * KEY] = one.key
        self._rejected.pop(number, None)
        self._names.pop(number, None)
        self._states[number] = 0
        if one.rejected:
            self._rejected[number] = one.rejected
        if one.card is None or one.place is None:
            return
        card, place = one.card, one.place
        self._states[number] = 3 if one.reused else 1
        self._sha256[number * KEY : (number + 1) * KEY] = bytes.fromhex(card.sha256)
        self._sizes[number], self._starts[number], self._crcs[number] = card.size, place.start, place.crc
        self._lengths[number * (PROFILE + 1) : (number + 1) * (PROFILE + 1)] = array("Q", place.lengths)
        self._confidences[2 * number : 2 * number + 2] = array("d", (card.confidence, card.language_confidence))
        codes = (
            self._encodings.number(card.encoding),
            self._methods.number(card.method),
            self._languages.number(card.language),
            self._done.number((tuple(card.edits.items()), tuple(card.findings.items()), tuple(card.chains))),
        )
        self._codes[4 * number : 4 * number + 4] = array("I", codes)
        self._shards[number] = self._shard_names.number(place.shard)
        if card.name != path:
            self._names[number] = card.name

    def keys(self, numbers: Iterable[int] | None = None) -> Iterator[bytes]:
        """The ledger's keys of the entries with these numbers, of all where none are named."""
        chosen = range(len(self)) if numbers is None else numbers
        return (bytes(self._keys[number * KEY : (number + 1) * KEY]) for number in chosen)

    def documents(self, entries: Entries) -> Documents:
        """Those of `entries` that are documents, in the order of their paths, with their output paths: no two alike."""
        numbers = array("I", (number for number, state in enumerate(self._states) if state))
        ids = [entries.path(number) for number in numbers]
        if any(one > other for one, other in pairwise(ids)):
            order = sorted(range(len(ids)), key=ids.__getitem__)
            ids, numbers = [ids[at] for at in order], array("I", [numbers[at] for at in order])
        given = output_paths([self._names.get(n, path) for n, path in zip(numbers, ids, strict=True)])
        odd = {at: path for at, (own, path) in enumerate(zip(ids, given, strict=True)) if path != usual_path(own)}
        return Documents(self, ids, OutputPaths(ids, odd), numbers)

    def settle(self) -> None:
        """Frees what only cleaning needs: keys and confidences. From here on no card can be made, and no entry added."""
        self._keys, self._confidences = bytearray(), array("d")

    def rejected(self) -> list[RejectedRow]:
        """The entries that are no documents."""
        return [self._rejected[number] for number in sorted(self._rejected)]

    def made(self) -> int:
        """Bytes of the documents that this run has made."""
        return sum(compress(self._sizes, (state == 1 for state in self._states)))

    def reused(self) -> int:
        """Documents that an earlier run has made."""
        return self._states.count(3)

    def telling(self) -> Iterator[Card]:
        """The cards, without names, of the documents that may tell about the encodings and repairs of others.

        Documents in UTF-8 and ASCII don't, if nothing was repaired.
        """
        for number, state in enumerate(self._states):
            encoding, _, _, done = self._codes[4 * number : 4 * number + 4]
            if state and (self._encodings.values[encoding] not in ("utf-8", "ascii") or self._done.values[done][2]):
                yield self.card(number, "")

    def languages(self) -> Iterator[tuple[str, float]]:
        """Language and confidence of every document, in the order of the entries."""
        names = self._languages.values
        rows = zip(self._states, self._codes[2::4], self._confidences[1::2], strict=True)
        return ((names[code], confidence) for state, code, confidence in rows if state)

    def card(self, number: int, path: str) -> Card:
        """The card of entry `number`, whose path is `path`."""
        encoding, method, language, done = self._codes[4 * number : 4 * number + 4]
        edits, findings, chains = self._done.values[done]
        return Card(
            self.sha256(number),
            self._sizes[number],
            self._encodings.values[encoding],
            self._methods.values[method],
            self._confidences[2 * number],
            self._languages.values[language],
            self._confidences[2 * number + 1],
            self._names.get(number, path),
            dict(edits),
            dict(findings),
            list(chains),
        )

    def place(self, number: int) -> Place:
        """Where the result of entry `number` stands."""
        lengths = self._lengths[number * (PROFILE + 1) : (number + 1) * (PROFILE + 1)]
        shard = self._shard_names.values[self._shards[number]]
        return Place(shard, self._starts[number], tuple(lengths), self._crcs[number])

    @property
    def shards(self) -> Sequence[str]:
        """The names of all shards, by number."""
        return self._shard_names.values

    def places(self, numbers: Any) -> Any:
        """Where the results of these entries stand, a row each: number of the shard, first byte, CRC-32, lengths; uint64."""
        import numpy as np

        columns = ((self._shards, np.uint32), (self._starts, np.uint64), (self._crcs, np.uint32))
        own = [np.frombuffer(column, kind)[numbers].astype(np.uint64) for column, kind in columns]
        lengths = np.frombuffer(self._lengths, np.uint64).reshape(len(self), PROFILE + 1)[numbers]
        return np.column_stack([*own, lengths])

    def sha256(self, number: int) -> str:
        """The digest of the source bytes of entry `number`, hex."""
        return self._sha256[number * KEY : (number + 1) * KEY].hex()

    def size(self, number: int) -> int:
        """Bytes of the source of entry `number`."""
        return self._sizes[number]

    def length(self, number: int, section: int) -> int:
        """Bytes of one of the sections of entry `number`."""
        return self._lengths[number * (PROFILE + 1) + section]

    def bytes(self, number: int) -> int:
        """Bytes of all sections of entry `number`."""
        return sum(self._lengths[number * (PROFILE + 1) : (number + 1) * (PROFILE + 1)])

    def language(self, number: int) -> str:
        """The language of entry `number`."""
        return str(self._languages.values[self._codes[4 * number + 2]])

    def encoding(self, number: int) -> str:
        """The encoding of entry `number`."""
        return str(self._encodings.values[self._codes[4 * number]])

    def counts(self, number: int) -> tuple[dict[str, int], dict[str, int]]:
        """Changes and findings of entry `number` by rule."""
        edits, findings, _ = self._done.values[self._codes[4 * number + 3]]
        return dict(edits), dict(findings)

    def changes(self, number: int) -> int:
        """How many changes entry `number` needed."""
        return sum(self.counts(number)[0].values())


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents of a run, in the order of their ids. Parallel columns."""

    held: Remembered
    ids: Sequence[str]
    output_paths: OutputPaths
    numbers: Sequence[int]
    """Of the entries."""

    def __len__(self) -> int:
        return len(self.ids)

    def names(self, at: int) -> tuple[str, str]:
        """Id and output path of the document at place `at`."""
        return self.ids[at], self.output_paths[at]

    def place(self, at: int) -> Place:
        """Where its result stands."""
        return self.held.place(self.numbers[at])

    def bytes(self, at: int) -> int:
        """The size of its result."""
        return self.held.bytes(self.numbers[at])

    def at(self, name: str) -> int:
        """The place of the document with this id. Raises KeyError where there is none."""
        at = bisect_left(self.ids, name)
        if at == len(self.ids) or self.ids[at] != name:
            raise KeyError(name)
        return at

    def output_path(self, name: str) -> str:
        """The output path of the document with this id."""
        return self.output_paths[self.at(name)]

    def column(self, value: Callable[[int], Value]) -> Column[Value]:
        """A value by id, as `value` gives it for an entry's number."""
        return Column(self, value)

    def without(self, names: Collection[str]) -> Documents:
        """The documents but those with these ids."""
        if not names:
            return self
        kept = [at for at, name in enumerate(self.ids) if name not in names]
        ids = [self.ids[at] for at in kept]
        odd = {new: self.output_paths.odd[at] for new, at in enumerate(kept) if at in self.output_paths.odd}
        return Documents(self.held, ids, OutputPaths(ids, odd), array("I", [self.numbers[at] for at in kept]))

    def counted(self) -> Counts:
        """How many there are, by encoding, by language …"""
        changed = 0
        encodings, languages, edits, findings = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        for number in self.numbers:
            edited, found = self.held.counts(number)
            changed += bool(edited)
            encodings[self.held.encoding(number)] += 1
            languages[self.held.language(number)] += 1
            edits.update(edited)
            findings.update(found)
        return Counts(len(self), changed, encodings, languages, edits, findings)


@dataclass(frozen=True, slots=True)
class Column(Mapping[str, Value]):
    """A value of each document, by id, looked up when it is asked for."""

    documents: Documents
    value: Callable[[int], Value]

    def __getitem__(self, name: str) -> Value:
        return self.value(self.documents.numbers[self.documents.at(name)])

    def __iter__(self) -> Iterator[str]:
        return iter(self.documents.ids)

    def __len__(self) -> int:
        return len(self.documents)


@dataclass(frozen=True, slots=True)
class Sources(Collection[tuple[str, int, str]]):
    """Path, bytes and digest of every input that was read, sorted by path."""

    documents: Documents
    rejected: Sequence[RejectedRow]
    """Sorted by path."""

    def __len__(self) -> int:
        return len(self.documents) + len(self.rejected)

    def __iter__(self) -> Iterator[tuple[str, int, str]]:
        held = self.documents.held
        numbered = zip(self.documents.ids, self.documents.numbers, strict=True)
        made = ((name, held.size(number), held.sha256(number)) for name, number in numbered)
        return merge(made, ((row.path, row.size or 0, row.sha256 or "") for row in self.rejected))

    def __contains__(self, row: object) -> bool:
        return any(row == own for own in self)
