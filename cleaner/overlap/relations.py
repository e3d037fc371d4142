"""Relations in columns: some 25 bytes each, where an object takes 140, and large folders have some hundred thousand."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.arrays import Array
from cleaner.document import Relation, RelationKind

KINDS: tuple[RelationKind, ...] = ("exact", "near", "contained", "story", "related")
"""All kinds, in the order in which the relations of a pair are listed."""
AT_ONCE = 1 << 12
"""How many relations are made from one slice of the columns."""


@dataclass(frozen=True, slots=True, eq=False)
class Relations(Sequence[Relation]):
    """Relations of documents, in the order of `a`, `b` and kind; each is made when it is asked for. Parallel columns."""

    documents: Sequence[str]
    """Ids, sorted. A document's number is its place here."""
    a: Array
    """Numbers, uint32."""
    b: Array
    kind: Array
    """Places in KINDS, uint8."""
    score: Array
    inner: Array
    """The direction: 1 where `a` is contained in `b`, 2 where `b` is in `a`, else 0."""
    said: Array
    """Indices into `evidence`, uint32."""
    evidence: Sequence[tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.a)

    def __getitem__(self, at: int) -> Relation:  # type: ignore[override]  # no slices
        at = range(len(self))[at]
        return next(self._made(at, at + 1))

    def __iter__(self) -> Iterator[Relation]:
        for at in range(0, len(self), AT_ONCE):
            yield from self._made(at, at + AT_ONCE)

    def _made(self, first: int, after: int) -> Iterator[Relation]:
        columns = (self.a, self.b, self.kind, self.score, self.inner, self.said)
        names, evidence = self.documents, self.evidence
        for a, b, kind, score, inner, said in zip(*(own[first:after].tolist() for own in columns), strict=True):
            direction = None if not inner else names[a if inner == 1 else b]
            yield Relation(names[a], names[b], KINDS[kind], score, direction, evidence[said])

    @property
    def codes(self) -> Array:
        """Each pair as one number, uint64: `a` in the upper 32 bits, `b` in the lower ones."""
        return self.a.astype(np.uint64) << np.uint64(32) | self.b

    def number(self, name: str) -> int:
        """The number of the document with this id, which is one of `documents`."""
        return bisect_left(self.documents, name)

    def of(self, kinds: Collection[str]) -> Relations:
        """Those of these kinds."""
        if len(kinds) == len(KINDS):
            return self
        wanted = np.array([kind in kinds for kind in KINDS], bool)
        return self._at(np.flatnonzero(wanted[self.kind]))

    def and_those(self, other: Relations) -> Relations:
        """These and `other` relations of the same documents."""
        rows = zip(self._columns(), other._columns(), strict=True)
        a, b, kind, score, inner, said = (np.concatenate(pair) for pair in rows)
        said[len(self) :] += len(self.evidence)
        evidence = [*self.evidence, *other.evidence]
        return Relations(self.documents, a, b, kind, score, inner, said, evidence).ordered()

    def ordered(self) -> Relations:
        """The same in their order."""
        return self._at(np.lexsort((self.kind, self.b, self.a)))

    def _columns(self) -> tuple[Array, ...]:
        return self.a, self.b, self.kind, self.score, self.inner, self.said

    def _at(self, rows: Array) -> Relations:
        a, b, kind, score, inner, said = (column[rows] for column in self._columns())
        return Relations(self.documents, a, b, kind, score, inner, said, self.evidence)


class Found:
    """Relations of documents as they are found, in any order."""

    __slots__ = ("_a", "_b", "_documents", "_inner", "_kind", "_said", "_sayings", "_score")

    def __init__(self, documents: Sequence[str]) -> None:
        """`documents` are ids, sorted."""
        self._documents = documents
        self._a, self._b, self._said = (array("I") for _ in range(3))
        self._kind, self._inner = bytearray(), bytearray()
        self._score = array("d")
        self._sayings: dict[tuple[str, ...], int] = {}

    def add(
        self, a: int, b: int, kind: RelationKind, score: float, evidence: tuple[str, ...], inner: int | None = None
    ) -> None:
        """Adds a relation of two documents, by number; `inner` is the number of the one that is contained in the other."""
        a, b = min(a, b), max(a, b)
        self._a.append(a)
        self._b.append(b)
        self._kind.append(KINDS.index(kind))
        self._score.append(score)
        self._inner.append(0 if inner is None else 1 if inner == a else 2)
        self._said.append(self._sayings.setdefault(evidence, len(self._sayings)))

    def relations(self) -> Relations:
        """All of them, in their order. Nothing is added after that."""
        numbers = (np.frombuffer(column, np.uint32) for column in (self._a, self._b, self._said))
        signs = (np.frombuffer(column, np.uint8) for column in (self._kind, self._inner))
        (a, b, said), (kind, inner) = numbers, signs
        score = np.frombuffer(self._score)
        return Relations(self._documents, a, b, kind, score, inner, said, list(self._sayings)).ordered()
