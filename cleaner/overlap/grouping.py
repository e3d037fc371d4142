"""Long series cut into lists: of so many items, or of items that hold so much together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Holding = TypeVar("Holding", bound=Sized)


def in_parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """`items` in order, in lists of `size`."""
    iterator = iter(items)
    while held := list(islice(iterator, size)):
        yield held


def in_groups(items: Iterable[Holding], most: int) -> Iterator[list[Holding]]:
    """`items` in order, in lists that are `most` long in sum; a larger one stands alone."""
    group: list[Holding] = []
    size = 0
    for item in items:
        if group and size + len(item) > most:
            yield group
            group, size = [], 0
        group.append(item)
        size += len(item)
    if group:
        yield group
