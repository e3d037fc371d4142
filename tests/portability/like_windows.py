"""`cleaner` on a system made to refuse what Windows does not have or allow.

`python -m tests.portability.like_windows run IN --out OUT` is the command line so.

Gone are the functions and flags that Windows lacks, and `/proc`. Refused are: to remove or rename a file that a process of this
group has open or mapped; to open a file for bytes without `O_BINARY`, which would translate its line ends; to make a file under a
name that Windows does not take. Workers are started by `spawn`, which runs this module again in each of them.
"""

from __future__ import annotations

import builtins
import io
import os
import re
import shutil
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

LACKED = (
    "copy_file_range", "fdatasync", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getloadavg",
    "getpgid", "getpgrp", "getuid", "killpg", "memfd_create", "mkfifo", "mknod", "nice", "pipe2", "posix_fadvise",
    "posix_fallocate", "posix_spawn", "pread", "preadv", "pwrite", "pwritev", "sched_getaffinity", "sched_yield",
    "sendfile", "setsid", "statvfs", "fstatvfs", "sync", "sysconf", "uname", "O_CLOEXEC", "O_DIRECTORY",
    "O_NOFOLLOW", "O_NONBLOCK", "O_SYNC",
)  # fmt: skip
"""Names of `os` that Windows does not have, and that the standard library does without."""
SIGNALS = ("SIGHUP", "SIGKILL", "SIGQUIT", "SIGUSR1", "SIGALRM", "SIGPIPE", "pthread_sigmask", "setitimer", "alarm")
MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "readline")
BINARY = 0x8000
"""`O_BINARY` of Windows; Linux takes the bit and does nothing."""
REFUSED = re.compile(
    r'[<>:"|?*\\\x00-\x1f]|[. ]$|^(?:con|conin\$|conout\$|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)', re.IGNORECASE
)
"""Names of files that Windows refuses, or takes for another's or for a device's."""


def _held(path: str) -> Iterator[str]:
    """What has the file `path`, or one below it, open: processes of this group."""
    group = _group(os.getpid())
    for process in filter(str.isdecimal, _listdir("/proc")):
        if _group(int(process)) != group:
            continue
        found = []
        try:
            for number in _listdir(f"/proc/{process}/fd"):
                place = f"/proc/{process}/fd/{number}"
                if not stat.S_ISDIR(os.stat(place).st_mode):
                    found.append(os.readlink(place))
            with _open(f"/proc/{process}/maps") as maps:
                found += [line.split(maxsplit=5)[5].rstrip("\n") for line in maps if line.count("/")]
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            pass
        if any(one == path or one.startswith(f"{path}/") for one in found):
            yield process


def _group(process: int) -> str:
    try:
        with _open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[2]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _guarded(function: Callable[..., Any], *, both: bool = False) -> Callable[..., Any]:
    """`function`, which removes or renames its first argument (and replaces the second where `both`)."""

    @wraps(function)
    def guarded(*paths: Any, **more: Any) -> Any:
        for path in paths[: 2 if both else 1]:
            place = os.path.realpath(os.fsdecode(path))
            holders = list(_held(place))
            if holders:
                raise PermissionError(13, f"The process cannot access the file: process {holders} has it", place)
        if both:
            _allow(paths[1])
        return function(*paths, **more)

    return guarded


def _allow(path: Any) -> None:
    name = os.path.basename(os.fsdecode(path))
    if REFUSED.search(name):
        raise OSError(22, "Invalid argument: a name that Windows refuses", os.fsdecode(path))


def _hidden(path: Any) -> None:
    if isinstance(path, (str, os.PathLike)) and os.fspath(path).startswith("/proc"):
        raise FileNotFoundError(2, "No such file or directory", os.fspath(path))


def _opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
    if not flags & BINARY and path != os.devnull and not os.path.isdir(path) and _ours():
        raise AssertionError(f"{path} is opened without O_BINARY")
    if flags & os.O_CREAT:
        _allow(path)
    return _os_open(path, flags, *rest, **more)


def _ours() -> bool:
    return f"{os.sep}cleaner{os.sep}" in sys._getframe(2).f_code.co_filename


def _file_opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
    _hidden(file)
    if isinstance(file, (str, os.PathLike)) and mode[:1] in "wxa" and file != os.devnull:
        _allow(file)
    return _open(file, mode, *rest, **more)


def _lists(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def lists(path: Any = ".", *rest: Any) -> Any:
        _hidden(path)
        return function(path, *rest)

    return lists


def _mkdir(path: Any, *rest: Any, **more: Any) -> None:
    _allow(path)
    _os_mkdir(path, *rest, **more)


_open, _os_open, _listdir, _os_mkdir = builtins.open, os.open, os.listdir, os.mkdir


def become_windows() -> None:
    """Makes this process so."""
    import multiprocessing.util  # noqa: F401  # the standard library here asks what Windows lacks when it is loaded
    import random
    import subprocess
    import tempfile  # noqa: F401

    import numpy as np  # noqa: F401

    for name in LACKED:
        vars(os).pop(name, None)
    for name in SIGNALS:
        vars(signal).pop(name, None)
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    os.O_BINARY = BINARY  # type: ignore[attr-defined]
    os.unlink = os.remove = _guarded(os.unlink)
    os.rmdir = _guarded(os.rmdir)
    os.rename, os.replace = (_guarded(one, both=True) for one in (os.rename, os.replace))
    os.open, os.mkdir = _opened, _mkdir
    os.listdir, os.scandir = _lists(os.listdir), _lists(os.scandir)  # type: ignore[assignment]
    builtins.open = io.open = _file_opened
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    shutil._rmtree_impl = shutil._rmtree_unsafe  # type: ignore[attr-defined]  # Python 3.14 has asked when it was loaded
    del random, subprocess


become_windows()

if __name__ == "__main__":
    from cleaner.cli import script
    from cleaner.runs import comparing

    if os.environ.get("CLEANER_TEST_LARGE"):
        comparing.LARGE = 0
    script()
