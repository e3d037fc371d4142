"""Several worker processes on this machine; results come back in the order of the items."""

from __future__ import annotations

import mmap
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Lock as LockType
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TypeVar

from cleaner.errors import ResourceError
from cleaner.memory import collect_seldom, empty_caches, give_back_memory

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Items for each worker that may be waiting for it or for an earlier result, so that memory stays bounded however long
the list is."""
ONE_THREAD = "OPENBLAS_NUM_THREADS"
"""Where this is 1, numpy starts no threads when it is loaded. Else it starts one for each processor, which spin for .05
to .08 s of processor time before they sleep, in each process of a run."""
MOST = 61 if sys.platform == "win32" else sys.maxsize
"""Processes of a pool: Windows waits for no more at once."""
MUCH = 140_000_000
"""Bytes that a worker may hold before it gives free memory back. This takes 1 to 3 ms, and the next item must get its
pages again: done after each of the 130 items of 20 MB, it made 145,000 more pages be touched."""
MORE = 145_000_000
"""Bytes that it may hold after that before it empties the caches of the stages, which grow with the languages and
accidents met. Making again what is needed takes .4 s."""
BETWEEN = Lock()
"""In a worker: held while it is between two items, and so while it sends a result."""
LOOK = 0.05
"""Seconds between two looks, of a worker that is to end but may not yet, whether its parent is still there."""
WITHOUT_NEWS = 1.0
"""Seconds without a result after which the pool is checked for a thread that hands items to the workers."""
NO_THREAD = "can't start new thread"
"""What Python says where the system can start no more."""
LOST = "a worker was ended by the system, probably for lack of memory; use fewer --jobs; the same command goes on where it stopped"
UNLED = (
    "the system started no more threads, probably for lack of memory; use fewer --jobs; the same command goes on where it "
    "stopped"
)
UNGUARDED = (
    'the workers did not start: each runs the script that started them again, up to `if __name__ == "__main__":`; call '
    "clean_folder below that line, or with jobs=1"
)


class ProcessEngine:
    """A pool of `workers` processes, started when the first item comes and kept until `close`.

    Items should be worth some milliseconds each: handing one over costs about a third of one. `modules` are those that the work
    needs: they are loaded before workers are forked, where that starts no thread, so that they are loaded once.
    """

    __slots__ = ("_any_begun", "_hand", "_line", "_modules", "_pool", "workers")

    def __init__(self, workers: int, modules: Sequence[str] = ()) -> None:
        self.workers = min(workers, MOST)
        self._modules = modules
        self._pool: ProcessPoolExecutor | None = None
        self._line: tuple[Connection, Connection] | None = None
        """Our end and that of all workers, which are told there to end."""
        self._any_begun: LockType | None = None
        """Taken as soon as a worker has begun that was not forked, and so ran the script that started it. On the line nobody would
        read what they say, and 220 of them fill it and wait.
        """
        self._hand: set[Future[Any]] = set()
        """What is not done yet."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function(item)` for each item, in order. `function`, the items and the results must be picklable.

        The workers begin at once, before the first result is asked for. Raises ResourceError where one is lost.
        """
        iterator = iter(items)
        pending: deque[Future[Result]] = deque()
        for item in islice(iterator, self.workers * AHEAD):
            pending.append(self._given(function, item))
        return self._results(function, iterator, pending)

    def _results(
        self, function: Callable[[Item], Result], items: Iterator[Item], pending: deque[Future[Result]]
    ) -> Iterator[Result]:
        while pending:
            result = self._awaited(pending.popleft())
            pending.extend(self._given(function, item) for item in islice(items, 1))
            yield result

    def _awaited(self, future: Future[Result]) -> Result:
        while True:
            try:
                return future.result(WITHOUT_NEWS)
            except TimeoutError:
                if future.done():
                    return future.result()
                if not self._led():
                    raise ResourceError(UNLED) from None
            except BrokenProcessPool as broken:
                raise self._lost(broken) from None

    def _given(self, function: Callable[[Item], Result], item: Item) -> Future[Result]:
        pool = self._started()
        try:
            with _interrupts_held():
                future = pool.submit(_at_item, function, item)
                self._hand.add(future)
                future.add_done_callback(self._hand.discard)
        except BrokenProcessPool as broken:
            raise self._lost(broken) from None
        return future

    def _led(self) -> bool:
        """Whether the pool's thread runs that hands items to the workers. It does not where the system can start no more
        threads: then its results, and its end, would be waited for in vain.
        """
        thread: Thread | None = getattr(self._pool, "_executor_manager_thread", None)
        return thread is not None and thread.is_alive()

    def _lost(self, broken: BrokenProcessPool) -> ResourceError:
        if NO_THREAD in str(broken.__cause__):  # from Python 3.12 on the pool's thread says why it ended
            return ResourceError(UNLED)
        if self._any_begun is None or not self._any_begun.acquire(block=False):
            return ResourceError(LOST)
        self._any_begun.release()  # who asks again is told the same
        return ResourceError(UNGUARDED)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            if os.environ.get(ONE_THREAD) == "1" and _method() == "fork":
                for name in self._modules:
                    import_module(name)
            method = _method()
            context = get_context(method)
            self._line, self._any_begun = context.Pipe(), None if method == "fork" else context.Lock()
            self._pool = ProcessPoolExecutor(
                self.workers, mp_context=context, initializer=_begun, initargs=(self._line[1], self._any_begun)
            )
        return self._pool

    def close(self) -> None:
        """Ends the processes; items that are still in hand, as after an interrupt, are left."""
        if self._pool is None or self._line is None:
            return
        if self._hand:
            self._line[0].send_bytes(b"end")
        if not self._led():
            for worker in list((getattr(self._pool, "_processes", None) or {}).values()):
                worker.kill()
        with suppress(RuntimeError):  # the pool's thread was never started
            self._pool.shutdown(cancel_futures=True)
        for end in self._line:
            end.close()
        self._pool = self._line = None


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Delays Ctrl-C: a process that is started meanwhile does not see it before `_begun` ignores it, and no worker has
    an item that `close` does not know of.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        _console_heard(False)
        try:
            yield
        finally:
            _console_heard(True)
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _console_heard(heard: bool) -> None:
    """Sets whether this process sees the Ctrl-C of its Windows console; the processes that it starts inherit that."""
    import ctypes

    with suppress(AttributeError, OSError):
        console: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        console.SetConsoleCtrlHandler(None, not heard)


def _at_item(function: Callable[[Item], Result], item: Item) -> Result:
    """`_done` in a worker, which may be told to end meanwhile."""
    BETWEEN.release()
    try:
        return _done(function, item)
    finally:
        BETWEEN.acquire()


def _done(function: Callable[[Item], Result], item: Item) -> Result:
    """`function(item)`; where this process then holds much memory, what is free is given back, and caches are emptied."""
    result = function(item)
    if _resident() > MUCH:
        give_back_memory()
        if MORE < _resident() < sys.maxsize:
            empty_caches()
            give_back_memory()
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


def _begun(line: Connection, any_begun: LockType | None) -> None:
    """A worker's first step: it works in one thread, since there are as many workers as processors, and ends with its parent
    or when that says so on `line`. The first one takes `any_begun`, for good. Ctrl-C reaches all processes of a terminal; what it
    means is for the parent to say.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault(ONE_THREAD, "1")
    collect_seldom()
    BETWEEN.acquire()
    if any_begun is not None:
        any_begun.acquire(block=False)
    parent = parent_process()
    if parent is not None:
        try:
            Thread(target=_wait_and_end, args=(parent, line), daemon=True).start()
        except RuntimeError:  # the system can start no more: one worker less, of which the parent says why
            os._exit(1)


def _wait_and_end(parent: BaseProcess, line: Connection) -> None:
    """Ends this process as soon as its parent ends: one that is killed can't tell its workers, which would wait for
    work for ever. Told to end, it does so in the middle of an item, never while it sends a result, as half a result
    would keep the parent waiting for the rest. Between items it ends with the pool.
    """
    ready = wait([parent.sentinel, line])
    while parent.sentinel not in ready and not BETWEEN.acquire(timeout=LOOK):
        ready = wait([parent.sentinel], timeout=0)
    os._exit(1)


def starts_by_itself() -> bool:
    """Whether workers start whatever the caller's script is: they are forked, or there is no script that they would run
    again, or it names `__main__`, as it must for that.
    """
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    if script is None or _method() == "fork":
        return True
    try:
        return b"__main__" in Path(script).read_bytes()
    except OSError:
        return True


def _method() -> str:
    """`fork` where it is safe: on Linux, and while this process has one thread; else `spawn`.

    A forked worker has every module already; a spawned one spends 0.2 s on loading them.
    """
    if sys.platform != "linux":  # which may show a `/proc` all the same
        return "spawn"
    try:
        threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    except OSError:
        return "spawn"
    return "fork" if threads == 1 else "spawn"
