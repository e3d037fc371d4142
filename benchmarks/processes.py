"""One `cleaner run` as its own process: seconds, memory of each process, digest of what it wrote; killed on request."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

POLL = 0.05  # seconds between two looks at the memory: a process that lives for less is not seen


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took.

    `leading` and `worker` are the highest resident memory of the first process and of the largest of its children, in
    megabytes, 0 where the system has no `/proc`; `processor` is processor time of all of them in seconds.
    """

    seconds: float
    processor: float
    leading: int
    worker: int
    digest: str


def command(folder: Path, out: Path, *options: str) -> list[str]:
    """The command line of a run without a report."""
    return [sys.executable, "-m", "cleaner", "run", str(folder), "--out", str(out), "--no-report", "--quiet", *options]


def measured(folder: Path, out: Path, *options: str) -> Run:
    """Runs to the end.

    Raises:
        RuntimeError: the run failed; its message is what the run said.
    """
    before = os.times()
    began = time.perf_counter()
    leading = worker = 0
    with subprocess.Popen(command(folder, out, *options), stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            leading = max(leading, _resident(process.pid))
            worker = max(worker, *map(_resident, _below(process.pid)), 0)
            time.sleep(POLL)
        said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise RuntimeError(said)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.perf_counter() - began, spent, leading, worker, digest_of(out))


def killed(folder: Path, out: Path, after: float, *options: str) -> bool:
    """Starts a run and kills it and its workers after so many seconds; False where it had ended before."""
    process = subprocess.Popen(command(folder, out, *options), stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def digest_of(out: Path) -> str:
    """SHA-256 of the manifest, which holds the digests of all other files of the output."""
    return hashlib.sha256((out / "manifest.json").read_bytes()).hexdigest()


def _below(pid: int) -> list[int]:
    """All processes that come from `pid`."""
    found = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *_below(int(child))]
    except OSError:  # it has just ended, or the system has no such files
        pass
    return found


def _resident(pid: int) -> int:
    """Resident memory of a process in megabytes."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000
