"""Cuts long series into lists: of so many items, or of items of a total size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")


def in_parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """`items` in order, in lists of `size`."""
    iterator = iter(items)
    while held := list(islice(iterator, size)):
        yield held


def in_groups(items: Iterable[Item], most: int, size_of: Callable[[Any], int] = len) -> Iterator[list[Item]]:
    """`items` in order, in lists whose sizes sum up to at most `most`; a larger item is a list of its own."""
    group: list[Item] = []
    size = 0
    for item in items:
        own = size_of(item)
        if group and size + own > most:
            yield group
            group, size = [], 0
        group.append(item)
        size += own
    if group:
        yield group
