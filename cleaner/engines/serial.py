"""One item after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class SerialEngine:
    """The engine that all others must agree with."""

    __slots__ = ()

    workers = 1

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function(item)` for each item, in order, when it is asked for."""
        return map(function, items)

    def close(self) -> None:
        """Nothing was started."""
