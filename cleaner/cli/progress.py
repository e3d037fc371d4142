"""How far a run is: a bar where `rich` is installed (extra `cli`), a counting line on other terminals, plain lines in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cleaner.plurals import counted, lasting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.corpus import Stage

BEGUN = {
    "clean again": "looking again, with what the others say, at",
    "compare": "looking for copies and stories among",
    "write": "writing",
}
"""Stages of which only the beginning is told."""
PAUSE_TERMINAL, PAUSE_PIPE = 0.1, 10.0
"""Seconds between two signs of life."""


class Progress:
    """Called with the stage, the number of documents done and of all; `close` wipes what should not stay.

    Nobody need listen: where stderr takes no more (its reader went away, the terminal is closed), nothing more is said, and
    the work goes on.
    """

    def __init__(self, *, colour: bool = True) -> None:
        self._terminal = sys.stderr.isatty()
        self._began = self._said = time.monotonic()
        self._bar: Any = _bar(colour=colour) if self._terminal else None
        self._task: Any = None
        self._silent = False

    def __call__(self, stage: Stage, done: int, every: int) -> None:
        """Says how far the run is, not more often than one can read; of a stage without numbers, what is being done."""
        now = time.monotonic()
        began = now - self._began if stage in BEGUN else now - self._said
        if self._silent or began < (PAUSE_TERMINAL if self._terminal else PAUSE_PIPE):
            return
        self._said = now
        with self._unless_nobody_listens():
            if stage in BEGUN:
                self._print(f"{BEGUN[stage]} {counted(every, 'document')} …")
            else:
                self._say(done, every, now - self._began)

    def _say(self, done: int, every: int, seconds: float) -> None:
        rate = done / max(seconds, 1e-6)
        left = (every - done) / max(rate, 1e-6)
        if self._bar is not None:
            if self._task is None:
                self._bar.start()
                self._task = self._bar.add_task("cleaned", total=every, rate="")
            self._bar.update(self._task, completed=done, total=every, rate=_speed(rate))
            return
        self._print(f"cleaned {done:,} of {every:,} documents, {_speed(rate)}, {lasting(left)} of cleaning left")

    def _print(self, line: str) -> None:
        if self._bar is not None:
            self._bar.stop()  # it goes, as it counts no more
            self._bar = None
        lead, end = ("\r\x1b[K", "") if self._terminal else ("", "\n")
        print(f"{lead}{line}", end=end, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Takes the bar or the counting line away."""
        with self._unless_nobody_listens():
            if self._bar is not None:
                self._bar.stop()
            elif self._terminal and not self._silent:
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    @contextmanager
    def _unless_nobody_listens(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            self._silent = True


def _speed(rate: float) -> str:
    return (
        f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.2g} a second" if rate >= 1 else f"{60 * rate:.2g} a minute"
    )


def _bar(*, colour: bool) -> Any:
    """A bar of rich, with rate and remaining time; None where rich is not installed."""
    try:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar
    except ImportError:
        return None
    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    return Bar(*columns, console=Console(file=sys.stderr, no_color=not colour), transient=True)
