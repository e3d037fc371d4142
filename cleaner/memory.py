"""Memory given up again: caches that stages fill, free memory that the C library keeps, and how often cycles are looked for."""

from __future__ import annotations

import gc
from functools import cache, lru_cache
from weakref import ref

TYPE_CHECKING = False  # that of `typing`: loading it and `contextlib` costs a hook 3 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from functools import _lru_cache_wrapper
    from typing import Any, TypeVar

    Value = TypeVar("Value")

SELDOM = 200_000
"""Objects made and not let go until cycles are looked for, where the interpreter does it after 700. Results hold no cycles:
without any looking a run of 20 MB has 135,000 such objects at its end and the same peak of memory. 775 looks took 12 to 15 ns a
byte, 2.3 to 3.2 % of the run.
"""


_CACHES: list[ref[_lru_cache_wrapper[Any]]] = []
"""The caches of this process that can be emptied. They are held weakly: one that belongs to a task goes with it.

Threads may add and empty: a list is copied, added to and taken from in one step each.
"""


def cached_last(most: int | None) -> Callable[[Callable[..., Value]], _lru_cache_wrapper[Value]]:
    """`functools.lru_cache` of the last `most` answers (None: of all), which `empty_caches` empties."""

    def keeping(function: Callable[..., Value]) -> _lru_cache_wrapper[Value]:
        own = lru_cache(most)(function)
        _CACHES.append(ref(own, _CACHES.remove))
        return own

    return keeping


def cached(function: Callable[..., Value]) -> _lru_cache_wrapper[Value]:
    """`functools.cache`, which `empty_caches` empties: for tables, and for answers of which there are few."""
    return cached_last(None)(function)


def empty_caches() -> None:
    """Empties what functions keep (`cached`, `cached_last`): word lists, models, answers; they are made again when asked for.

    Of a worker's 150 MB after 40 MB of text 75 are left.
    """
    for held in _CACHES.copy():
        own = held()
        if own is not None:
            own.cache_clear()


def collect_seldom() -> None:
    """From now on this process looks for cycles of objects seldom; where it was told never to, it stays so."""
    first, *others = gc.get_threshold()
    if first:
        gc.set_threshold(max(first, SELDOM), *others)


def collected_seldom() -> AbstractContextManager[None]:
    """`collect_seldom` for a while. It holds for all threads: for a process that is one's own."""
    from contextlib import contextmanager

    @contextmanager
    def seldom() -> Iterator[None]:
        before = gc.get_threshold()
        collect_seldom()
        try:
            yield
        finally:
            gc.set_threshold(*before)

    return seldom()


def give_back_memory() -> None:
    """Gives free memory back to the system, where the C library can do it (glibc); it takes milliseconds.

    Arrays of less than 32 MB come from a heap that shrinks at its end only: of a worker's 175 MB, 16 were free after 100 MB of
    text, of a leading process's 180, 50.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """The C library's `malloc_trim`; None where it has none (other systems, musl)."""
    import ctypes

    try:
        found: Callable[[int], int] | None = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return None
    return found
