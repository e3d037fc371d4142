"""Memory let go: the tables that stages keep, what the C library keeps of memory that is free, and how often cycles are sought."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

__all__ = ["collect_seldom", "collected_seldom", "give_back", "let_go"]

SELDOM = 200_000
"""Objects made and not let go until cycles are looked for, where the interpreter does it after 700. Results hold no cycles:
without any looking a run of 20 MB has 135,000 such objects at its end and the same peak of memory. 775 looks took 12 to 15 ns a
byte, 2.3 to 3.2 % of the run.
"""
ROOMS = ("cleaner.decoding.", "cleaner.language.", "cleaner.models.", "cleaner.mojibake.")


def let_go() -> None:
    """Empties what the functions of these rooms keep: word lists, models, answers; they are made again when asked for.

    Of a worker's 150 MB after 40 MB of text 75 are left.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith(ROOMS):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if clear is not None:
                    clear()


def collect_seldom() -> None:
    """From now on this process looks for cycles of objects seldom; where it was told never to, it stays so."""
    first, *others = gc.get_threshold()
    if first:
        gc.set_threshold(max(first, SELDOM), *others)


@contextmanager
def collected_seldom() -> Iterator[None]:
    """`collect_seldom` for a while. It holds for all threads: for a process that is one's own."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)


def give_back() -> None:
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
