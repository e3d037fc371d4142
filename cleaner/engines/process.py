"""Several worker processes on this machine; results come back in the order of the items."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

__all__ = ["ProcessEngine"]

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 16
"""Items a worker is handed at once: few enough to share the work out evenly, enough to hide the hand-over."""
AHEAD = 4
"""Batches a worker that may wait for it, so that memory stays bounded however long the list is."""


class ProcessEngine:
    """A pool of `workers` processes, started for each `map` and closed after it."""

    __slots__ = ("workers",)

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function(item)` for each item, in order. `function` and the items must be picklable."""
        batches = _batches(items)
        with ProcessPoolExecutor(self.workers, mp_context=get_context("spawn")) as pool:
            pending: deque[Future[list[Result]]] = deque(
                pool.submit(_run, function, batch) for batch in islice(batches, self.workers * AHEAD)
            )
            while pending:
                results = pending.popleft().result()
                pending.extend(pool.submit(_run, function, batch) for batch in islice(batches, 1))
                yield from results


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _run(function: Callable[[Item], Result], batch: Iterable[Item]) -> list[Result]:
    return [function(item) for item in batch]
