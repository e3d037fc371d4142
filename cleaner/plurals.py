"""Numbers of things and lengths of time, as a person is told them."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`number` with its noun: `one` in the singular, `many` in the plural; where that is not given, `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def lasting(seconds: float) -> str:
    """`seconds` in the unit that fits: 80 s, 12 min, 1.5 h."""
    if seconds < 90:
        return f"{seconds:,.0f} s"
    return f"{seconds / 60:,.0f} min" if seconds < 5400 else f"{seconds / 3600:,.1f} h"
