"""Memory let go: the tables that stages of single documents keep, and what the C library keeps of memory that is free."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

__all__ = ["give_back", "let_go"]

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
