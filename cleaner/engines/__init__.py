"""Ways to run one function over many items: the same results in the same order from each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from cleaner.engines.process import ProcessEngine
from cleaner.engines.serial import SerialEngine

__all__ = ["Engine", "ProcessEngine", "SerialEngine"]

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Runs a pure function over items."""

    workers: int

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function(item)` for each item, in the order of `items`; the first exception ends it."""
        ...

    def close(self) -> None:
        """Ends what the engine started; it can't be used afterwards."""
        ...
