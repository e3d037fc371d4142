"""Many machines, or the processors of this one, by way of Ray (extra `ray`).

Items go through Ray Data's `map_batches`, which streams them: as many tasks run as the cluster has processors, and what
they give waits in a bounded store. Ray runs a task again whose worker or machine was lost; that is safe, because a task
only adds to a shard of its own or writes a file whole. Results arrive in any order and are put into that of the items.

Every machine must see the input and the output folder under the same paths, and have this package installed.
"""

from __future__ import annotations

import logging
import pickle
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from inspect import signature
from itertools import islice
from typing import Any, TypeVar

from cleaner.errors import ResourceError, UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")

BLOCKS = 8
"""Tasks for each processor: enough that all end at nearly the same time, few enough that starting them costs nothing."""
RETRIES = 5
"""Times that a task is run again whose worker or machine was lost. Ray's own default is for ever: a document for which no
worker has the memory would keep the cluster busy without end.
"""
LOST = (
    "Ray lost workers again and again, or its cluster: {}; look at the cluster's memory and machines; the same command goes on "
    "where it stopped"
)
ROUND = 100_000
"""Items given to Ray at a time: bounds what the leading process and Ray's scheduler hold of a list without end."""


class RayEngine:
    """Tasks on a Ray cluster: the one at `address` (`auto`: the one that this machine belongs to), else a local one.

    `workers` bounds the processors used; None: all there are. A cluster that was connected before is used as it is, and
    stays. Raises UsageError where Ray is not installed, or no cluster answers.
    """

    __slots__ = ("_ours", "workers")

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        if find_spec("ray") is None:
            raise UsageError("the ray engine needs Ray: pip install '.[ray]' in a checkout of cleaner")
        import ray

        self._ours = not ray.is_initialized()
        if self._ours:
            options: dict[str, Any] = {"num_cpus": workers} if address is None and workers else {}
            try:
                ray.init(address=address, log_to_driver=False, logging_level=logging.WARNING, **options)
            except (ConnectionError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
                raise UsageError(f"no Ray cluster answers at {address or 'this machine'}: {_line(error)}") from None
        self.workers = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function(item)` for each item, in order. `function`, the items and the results must be picklable.

        Raises ResourceError where workers or the cluster are lost for good.
        """
        from ray.exceptions import RayError

        iterator = iter(items)
        while part := list(islice(iterator, ROUND)):
            try:
                yield from self._mapped(function, part)
            except RayError as error:
                raise ResourceError(LOST.format(_line(error))) from None

    def _mapped(self, function: Callable[[Item], Result], items: list[Item]) -> Iterator[Result]:
        import ray.data

        logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # what fails is raised
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        rows = [{"number": number, "item": pickle.dumps(item)} for number, item in enumerate(items)]
        blocks = min(len(rows), BLOCKS * self.workers)
        data = ray.data.from_items(rows, override_num_blocks=blocks)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Ray 2.60 names an argument to go that has no other to take its place
            data = data.map_batches(
                _run,
                fn_args=(ray.cloudpickle.dumps(function),),  # takes functions of a script, too
                batch_size=1,
                batch_format="numpy",
                **_bounded(data),
            )
        waiting: dict[int, bytes] = {}
        following = 0
        for row in data.iter_rows():
            waiting[int(row["number"])] = row["result"]
            while following in waiting:
                yield _opened(waiting.pop(following))
                following += 1

    def close(self) -> None:
        """Leaves the cluster, where this engine has joined or started it."""
        import ray

        if self._ours:
            ray.shutdown()
        self._ours = False


def _bounded(data: Any) -> dict[str, Any]:
    """The argument of `data.map_batches` that bounds the retries, where Ray has it."""
    name = "ray_remote_args_fn"
    return {name: lambda: {"max_retries": RETRIES}} if name in signature(data.map_batches).parameters else {}


def _line(error: Exception) -> str:
    """What `error` says of its cause, on one line: Ray adds pages of advice and of its own traceback."""
    said = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {said[0]}" if said else type(error).__name__


def _run(batch: dict[str, Any], function: bytes) -> dict[str, list[Any]]:
    """One item's result and the error that it raised: an error is a result, so that Ray does not try again."""
    made: tuple[Any, Exception | None]
    work = pickle.loads(function)  # noqa: S301
    results = []
    for item in batch["item"]:
        try:
            made = work(pickle.loads(item)), None  # noqa: S301
        except Exception as error:
            made = None, error
        results.append(pickle.dumps(made))
    return {"number": list(batch["number"]), "result": results}


def _opened(data: bytes) -> Any:
    made, error = pickle.loads(data)  # noqa: S301
    if error is not None:
        raise error
    return made
