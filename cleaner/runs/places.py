"""Where the texts and profiles of a run's documents are stored, for the tasks that compare them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cleaner.runs.entries import PROFILE, TEXT
from cleaner.runs.ledger import Place, Reader
from cleaner.runs.remembered import Documents

if TYPE_CHECKING:
    from cleaner.overlap import Profile

Name = TypeVar("Name", int, str)

STORED = 1 << 12
"""Places that are put into a file at once: 300 KB."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the results of documents stand, by number, in a file that tasks share.

    A place takes the leading process 4 us to make and 200 bytes to send; a document stands in many tasks.
    """

    file: Path
    shards: Sequence[str]
    """Names, by number."""

    @classmethod
    def of(cls, documents: Documents, folder: Path) -> Places:
        """Those of `documents`, in a file of `folder`."""
        from cleaner.overlap import column_data, store

        file, parts = folder / "places", range(0, len(documents), STORED)
        numbers = documents.numbers
        store(file, (column_data(documents.held.places(numbers[at : at + STORED])) for at in parts))
        return cls(file, tuple(documents.held.shards))

    def __call__(self, numbers: Any) -> list[Place]:
        """The places of the documents with these numbers."""
        import numpy as np

        if not len(numbers):
            return []
        rows = np.memmap(self.file, np.uint64, "r").reshape(-1, PROFILE + 4)[numbers].tolist()
        return [Place(self.shards[shard], start, tuple(lengths), crc) for shard, start, crc, *lengths in rows]

    def by_number(self, numbers: Collection[int]) -> dict[int, Place]:
        """The same by number."""
        return dict(zip(numbers, self([*numbers]), strict=True))

    def by_name(self, numbers: Mapping[str, int]) -> dict[str, Place]:
        """Those of the documents with these ids and numbers, by id."""
        return dict(zip(numbers, self([*numbers.values()]), strict=True))


class Profiles(Mapping[str, "Profile"]):
    """The profiles of documents by id, each read from its shard when it is asked for."""

    __slots__ = ("_places", "_reader")

    def __init__(self, places: Mapping[str, Place], reader: Reader) -> None:
        self._places, self._reader = places, reader

    def __getitem__(self, name: str) -> Profile:
        from cleaner.overlap import unpacked

        return unpacked(self._reader.section(self._places[name], PROFILE))

    def keys_of(self, name: str) -> Any:
        """The keys of one profile alone: three times as fast."""
        from cleaner.overlap import packed_keys

        return packed_keys(self._reader.section(self._places[name], PROFILE))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def texts_of(places: Mapping[Name, Place], reader: Reader) -> Callable[[Name], str]:
    """What reads the text of one of the documents that stand at `places`."""
    return lambda name: reader.section(places[name], TEXT).decode()
