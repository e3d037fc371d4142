"""Several worker processes on this machine; results come back in the order of the items."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

__all__ = ["ProcessEngine"]

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Items a worker that may wait for it or for an earlier result, so that memory stays bounded however long the list is."""


class ProcessEngine:
    """A pool of `workers` processes, started when the first item comes and kept until `close`.

    Items should be worth some milliseconds each: handing one over costs about a third of one.
    """

    __slots__ = ("_pool", "workers")

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function(item)` for each item, in order. `function`, the items and the results must be picklable."""
        iterator = iter(items)
        pending: deque[Future[Result]] = deque()
        for item in islice(iterator, self.workers * AHEAD):
            pending.append(self._started().submit(function, item))
        while pending:
            result = pending.popleft().result()
            pending.extend(self._started().submit(function, item) for item in islice(iterator, 1))
            yield result

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context(_method()))
        return self._pool

    def close(self) -> None:
        """Ends the processes, after the items in hand."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _method() -> str:
    """`fork` where it is safe: on Linux, and while this process has one thread; else `spawn`.

    A forked worker has every module already; a spawned one spends 0.2 s on loading them.
    """
    try:
        threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    except OSError:
        return "spawn"
    return "fork" if threads == 1 else "spawn"
