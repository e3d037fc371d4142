"""Many machines, or the processors of this one, by way of Ray (extra `ray`).

Items go through Ray Data's `map_batches`, which streams them: as many tasks run as the cluster has processors, and what
they give waits in a bounded store. Ray runs a task again whose worker or machine was lost; that is safe, because a task
only adds to a shard of its own or writes a file whole. Results arrive in any order and are put into that of the items.

Every machine must see the input and the output folder under the same paths, and have this package installed.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

BLOCKS = 8
"""Tasks for each processor: enough that all end at nearly the same time, few enough that starting them costs nothing."""
ROUND = 100_000
"""Items given to Ray at a time: bounds what the leading process and Ray's scheduler hold of a list without end."""


class MissingRayError(Exception):
    """Ray is not installed."""


class RayEngine:
    """Tasks on a Ray cluster: the one at `address` (`auto`: the one that this machine belongs to), else a local one.

    `workers` bounds the processors used; None: all there are. A cluster that was connected before is used as it is, and
    stays. Raises MissingRayError where Ray is not installed.
    """

    __slots__ = ("_ours", "workers")

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        if find_spec("ray") is None:
            raise MissingRayError("the ray engine needs Ray: pip install '.[ray]' in a checkout of cleaner")
        import ray

        self._ours = not ray.is_initialized()
        if self._ours:
            options: dict[str, Any] = {"num_cpus": workers} if address is None and workers else {}
            ray.init(address=address, log_to_driver=False, logging_level=logging.WARNING, **options)
        self.workers = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`function(item)` for each item, in order. `function`, the items and the results must be picklable."""
        iterator = iter(items)
        while part := list(islice(iterator, ROUND)):
            yield from self._mapped(function, part)

    def _mapped(self, function: Callable[[Item], Result], items: list[Item]) -> Iterator[Result]:
        import ray.data

        logging.getLogger("ray.data").setLevel(logging.ERROR)
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        rows = [{"number": number, "item": pickle.dumps(item)} for number, item in enumerate(items)]
        blocks = min(len(rows), BLOCKS * self.workers)
        data = ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
            _run,
            fn_args=(ray.cloudpickle.dumps(function),),  # takes functions of a script, too
            batch_size=1,
            batch_format="numpy",
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
