"""The accidents that other documents of a folder went through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.document import Edit


@dataclass(frozen=True, slots=True)
class RepairContext:
    """Chains found in neighbours with the number of edits each, most frequent first."""

    chains: tuple[tuple[tuple[str, ...], int], ...] = ()

    @classmethod
    def of(cls, edits: Iterable[Edit]) -> RepairContext:
        """The context that `edits` of neighbours make."""
        return cls.joined([Counter(edit.chain for edit in edits if edit.chain).items()])

    @classmethod
    def joined(cls, counts: Iterable[Iterable[tuple[tuple[str, ...], int]]]) -> RepairContext:
        """The context that several documents make, each given as its chains with the number of edits of each."""
        counted: Counter[tuple[str, ...]] = Counter()
        for own in counts:
            for chain, number in own:
                counted[chain] += number
        return cls(tuple(sorted(counted.items(), key=lambda row: (-row[1], row[0]))))

    def __bool__(self) -> bool:
        return bool(self.chains)
