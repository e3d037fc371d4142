"""Compiled loops, where numba is installed and the work is large enough to pay for loading it.

Loading numba costs most of a second, so it is loaded by `warm`, which a large run calls once a process, and never by the
library or the hook. A loop and the numpy code beside it give the same values, bit for bit; tests hold them against each
other. Without numba (extra `speed`) everything works, only slower.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

__all__ = ["compiled", "warm"]


def warm() -> bool:
    """Loads numba where it is installed; whether it is."""
    if find_spec("numba") is None:
        return False
    import numba  # noqa: F401

    return True


def compiled(loop: Callable[..., Any]) -> Callable[..., Any] | None:
    """`loop` compiled to machine code (kept on disk for the next process), or None where numba has not been loaded."""
    return _compile(loop) if "numba" in sys.modules else None


@cache
def _compile(loop: Callable[..., Any]) -> Callable[..., Any]:
    import numba

    fast: Callable[..., Any] = numba.njit(cache=True, nogil=True)(loop)
    return fast
