"""Ways to run one function over many items: the same results in the same order from each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, get_args

from cleaner.engines.serial import SerialEngine
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from cleaner.engines.process import ProcessEngine, starts_by_itself

__all__ = ["Engine", "EngineName", "ProcessEngine", "SerialEngine", "start", "starts_by_itself"]

EngineName = Literal["serial", "process", "ray"]

Item = TypeVar("Item")
Result = TypeVar("Result")


def __getattr__(name: str) -> Any:
    """What is about processes, loaded when it is asked for: a run in one process saves a hundredth of a second."""
    if name not in ("ProcessEngine", "starts_by_itself"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cleaner.engines import process

    return getattr(process, name)


class Engine(Protocol):
    """Runs a pure function over items."""

    workers: int

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function(item)` for each item, in the order of `items`; the first exception ends it.

        Workers may begin before the first result is asked for, with as many items as the engine keeps in hand.
        """
        ...

    def close(self) -> None:
        """Ends what the engine started; it can't be used afterwards. A second call does nothing."""
        ...


def start(name: EngineName, workers: int, address: str | None = None, modules: Sequence[str] = ()) -> Engine:
    """The engine `name` with `workers` workers; `address` is that of a Ray cluster, `modules` those that the work needs.

    Raises UsageError where there is no such engine, Ray is not installed, or no cluster answers.
    """
    if name not in get_args(EngineName):
        raise UsageError(f"there is no engine {name!r}; there are {', '.join(get_args(EngineName))}")
    if name == "ray":
        from cleaner.engines.ray import RayEngine

        return RayEngine(address, workers or None)
    if name == "process":
        from cleaner.engines.process import ProcessEngine

        return ProcessEngine(workers, modules)
    return SerialEngine()
