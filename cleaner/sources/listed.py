"""The entries of a run in columns: a million of them as objects would take 300 MB, and each worker begins with a copy."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Entry(NamedTuple):
    """A file to read: where it is, and its path as a document has it."""

    file: str
    """Path for `open`; holds surrogate escapes where a name is not UTF-8."""
    path: str
    """Relative to its input, POSIX form, prefixed by the input's name where there are several; always UTF-8."""
    raw_path: bytes | None
    """The relative path as bytes, where it is not UTF-8."""
    size: int = 0
    """Bytes, when it was listed; 0 where that could not be told."""


class Entries(Sequence[Entry]):
    """Entries in the order in which they are given: 20 bytes each beside the path. One is made again when it is asked for."""

    __slots__ = ("_ends", "_odd", "_paths", "_root_of", "_roots", "_sizes")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._paths, self._ends, self._sizes = bytearray(), array("Q"), array("Q")
        self._roots: dict[str, int] = {}
        """What stands before the path in the name of a file, by number; most often one folder for all."""
        self._root_of = array("I")
        self._odd: dict[int, Entry] = {}
        """Those whose file has another name than their path, as all have whose name is not UTF-8."""
        for number, one in enumerate(entries):
            root = one.file.removesuffix(one.path)
            if root + one.path != one.file:
                self._odd[number] = one
                root = ""
            self._paths += one.path.encode()
            self._ends.append(len(self._paths))
            self._sizes.append(one.size)
            self._root_of.append(self._roots.setdefault(root, len(self._roots)))

    @property
    def bytes(self) -> int:
        """The size of all files."""
        return sum(self._sizes)

    def path(self, number: int) -> str:
        """The path of entry `number`, from 0."""
        start = self._ends[number - 1] if number else 0
        return self._paths[start : self._ends[number]].decode()

    def clear(self) -> None:
        """Lets go of all entries."""
        self._paths, self._ends, self._sizes, self._root_of = bytearray(), array("Q"), array("Q"), array("I")
        self._odd.clear()

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> Entry:  # type: ignore[override]  # no slices
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._made(number, list(self._roots))

    def __iter__(self) -> Iterator[Entry]:
        roots = list(self._roots)
        return (self._made(number, roots) for number in range(len(self)))

    def _made(self, number: int, roots: Sequence[str]) -> Entry:
        path = self.path(number)
        return self._odd.get(number) or Entry(roots[self._root_of[number]] + path, path, None, self._sizes[number])
