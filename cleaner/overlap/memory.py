"""Memory that was let go, given back to the system."""

from __future__ import annotations

__all__ = ["MANY", "give_back"]

MANY = 4096
"""Documents from which it is worth while: a call takes milliseconds."""


def give_back(documents: int) -> None:
    """Gives memory back that many `documents` have left free, where the C library can do it (glibc).

    Arrays of less than 32 MB come from a heap that shrinks at its end only; small values between them kept 50 MB of holes for
    18,000 documents.
    """
    if documents < MANY:
        return
    import ctypes

    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # another C library
        return
