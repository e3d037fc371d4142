"""Relations whose passages are kept in a file: as objects these take more memory than all else that is known of a folder."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from cleaner.document import Passage, Relation, Span
from cleaner.overlap.relations import KINDS, Relations
from cleaner.records import written

ALIGNED = frozenset({"near", "contained", "story"})
"""Relations that have passages."""


def packed_passages(passages: Sequence[Passage]) -> bytes:
    """`passages` in the form that they have in a record, so that they can be written as they are; b"" for none."""
    return written(passages).encode("utf-8", "surrogatepass") if passages else b""


def unpacked_passages(data: bytes) -> tuple[Passage, ...]:
    """The inverse of `packed_passages`; scores are rounded to six digits."""
    rows = json.loads(data.decode("utf-8", "surrogatepass")) if data else ()
    return tuple(
        Passage(Span(**row["a"]), Span(**row["b"]), row["kind"], row["score"], tuple(row.get("evidence", ())))
        for row in rows
    )


class Aligned(Sequence[Relation]):
    """Relations whose passages are read from the file when one is asked for."""

    __slots__ = ("_codes", "_file", "_relations", "_sizes", "_starts")

    def __init__(self, relations: Relations, file: Callable[[], BinaryIO]) -> None:
        """`file` gives the file for the passages, empty, if there are any."""
        self._relations = relations
        self._codes = array("Q", relations.codes.tobytes())
        self._file: BinaryIO | Callable[[], BinaryIO] = file
        self._starts, self._sizes = array("Q", bytes(8 * len(relations))), array("I", bytes(4 * len(relations)))

    def add(self, pair: tuple[int, int], packed: bytes) -> None:
        """Writes the passages of a pair (document numbers) to the file, for all its relations of a kind in ALIGNED. Not
        to be called after a relation was read.
        """
        if not packed:
            return
        if callable(self._file):
            self._file = self._file()
        start = self._file.tell()
        self._file.write(packed)
        code = pair[0] << 32 | pair[1]
        at = bisect_left(self._codes, code)
        while at < len(self._codes) and self._codes[at] == code:
            if KINDS[self._relations.kind[at]] in ALIGNED:
                self._starts[at], self._sizes[at] = start, len(packed)
            at += 1

    def __del__(self) -> None:
        """Closes the file: whoever holds the relations may ask for passages."""
        if not callable(self._file):
            self._file.close()

    def __len__(self) -> int:
        return len(self._relations)

    def __getitem__(self, at: int) -> Relation:  # type: ignore[override]  # no slices
        return self._with_passages(range(len(self))[at], self._relations[at])

    def __iter__(self) -> Iterator[Relation]:
        return map(self._with_passages, range(len(self)), self._relations)

    def records(self) -> Iterator[str]:
        """The JSON form of each, as `records.written` gives it."""
        for at, relation in enumerate(self._relations):
            bare, packed = written(relation), self._packed(at)
            yield f'{bare[:-1]},"passages":{packed.decode("utf-8", "surrogatepass")}}}' if packed else bare

    def _with_passages(self, at: int, relation: Relation) -> Relation:
        packed = self._packed(at)
        return replace(relation, passages=unpacked_passages(packed)) if packed else relation

    def _packed(self, at: int) -> bytes:
        if not self._sizes[at] or callable(self._file):
            return b""
        self._file.seek(self._starts[at])
        return self._file.read(self._sizes[at])


@dataclass(frozen=True, slots=True)
class Records(Collection[str]):
    """The JSON form of relations, each made when it is written."""

    relations: Sequence[Relation]

    def __len__(self) -> int:
        return len(self.relations)

    def __iter__(self) -> Iterator[str]:
        return self.relations.records() if isinstance(self.relations, Aligned) else map(written, self.relations)

    def __contains__(self, record: object) -> bool:
        return any(record == own for own in self)
