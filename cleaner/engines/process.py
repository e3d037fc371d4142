"""Several worker processes on this machine; results come back in the order of the items."""

from __future__ import annotations

import mmap
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from importlib import import_module
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import TypeVar

from cleaner.letting_go import collect_seldom, give_back

__all__ = ["ProcessEngine"]

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Items a worker that may wait for it or for an earlier result, so that memory stays bounded however long the list is."""
ONE_THREAD = "OPENBLAS_NUM_THREADS"
"""Where this is 1, numpy starts no threads when it is loaded. It starts one a processor else, which spin for .05 to .08 s of
processor time before they sleep: in each process of a run."""
MUCH = 150_000_000
"""Bytes that a worker may hold before it gives back what is free. Doing it takes 1 to 3 ms, and what comes next takes its pages
anew: after each of the 130 items of 20 MB, 145,000 pages more were touched than without."""


class ProcessEngine:
    """A pool of `workers` processes, started when the first item comes and kept until `close`.

    Items should be worth some milliseconds each: handing one over costs about a third of one. `modules` are those that the work
    needs: they are loaded before workers are forked, where that starts no thread, so that they are loaded once.
    """

    __slots__ = ("_modules", "_pool", "workers")

    def __init__(self, workers: int, modules: Sequence[str] = ()) -> None:
        self.workers = workers
        self._modules = modules
        self._pool: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function(item)` for each item, in order. `function`, the items and the results must be picklable.

        The workers begin at once, before the first result is asked for.
        """
        iterator = iter(items)
        pending: deque[Future[Result]] = deque()
        for item in islice(iterator, self.workers * AHEAD):
            pending.append(self._started().submit(_done, function, item))
        return self._results(function, iterator, pending)

    def _results(
        self, function: Callable[[Item], Result], items: Iterator[Item], pending: deque[Future[Result]]
    ) -> Iterator[Result]:
        while pending:
            result = pending.popleft().result()
            pending.extend(self._started().submit(_done, function, item) for item in islice(items, 1))
            yield result

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            if os.environ.get(ONE_THREAD) == "1" and _method() == "fork":
                for name in self._modules:
                    import_module(name)
            context = get_context(_method())
            self._pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begun)
        return self._pool

    def close(self) -> None:
        """Ends the processes, after the items in hand."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _done(function: Callable[[Item], Result], item: Item) -> Result:
    """`function(item)`; where this process holds much, what is free is given back."""
    result = function(item)
    if _resident() > MUCH:
        give_back()
    return result


def _resident() -> int:
    """Bytes of memory that are this process's own, without the files that it maps; more than there are, where the system
    does not say.
    """
    try:
        with open("/proc/self/statm", "rb", buffering=0) as file:  # noqa: PTH123
            _, resident, shared, *_ = map(int, file.read().split())
            return (resident - shared) * mmap.PAGESIZE
    except OSError:
        return sys.maxsize


def _begun() -> None:
    """A worker's first step: it works in one thread, since there are as many workers as processors, and ends with its parent."""
    os.environ.setdefault(ONE_THREAD, "1")
    collect_seldom()
    _end_with_parent()


def _end_with_parent() -> None:
    """Has this worker end when the process that started it does: one that is killed can't tell its workers, which would
    wait for work for ever.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_wait_and_end, args=(parent,), daemon=True).start()


def _wait_and_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _method() -> str:
    """`fork` where it is safe: on Linux, and while this process has one thread; else `spawn`.

    A forked worker has every module already; a spawned one spends 0.2 s on loading them.
    """
    try:
        threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    except OSError:
        return "spawn"
    return "fork" if threads == 1 else "spawn"
