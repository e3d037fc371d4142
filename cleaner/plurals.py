"""Numbers of things, as a person is told them."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`number` and what there is so much of: `one`, or `many`; where that is not given, `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
