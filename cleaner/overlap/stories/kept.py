"""What is made of many things at once, and kept of the last ones: where one at a time would cost several times as much."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from itertools import chain, islice
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values by key; those that are not kept are made together."""

    __slots__ = ("_held", "_made", "_most")

    def __init__(self, made: Callable[[Collection[Key]], Iterable[Value]], most: int) -> None:
        """`made` gives the values of some keys in their order; those of the `most` keys asked for last are kept."""
        self._made, self._most = made, most
        self._held: dict[Key, Value] = {}

    def of(self, asked: Iterable[Key]) -> Mapping[Key, Value]:
        """The value of each key."""
        wanted = dict.fromkeys(asked)
        new = [one for one in wanted if one not in self._held]
        found = {one: self._held.pop(one) for one in wanted if one in self._held}
        found |= zip(new, self._made(new) if new else (), strict=True)
        self._held = dict(islice(chain(found.items(), self._held.items()), self._most))
        return found
