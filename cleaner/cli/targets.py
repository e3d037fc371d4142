"""Which files the paths of a command mean, and what is read of one."""

from __future__ import annotations

import os
import stat
import sys

from cleaner.cli.common import printable
from cleaner.cli.gitignore import Patterns, decided, read_patterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from cleaner.cli.configuration import Configurations
    from cleaner.settings import Settings

RUN = frozenset({"manifest.json", "corpus.jsonl", "edits.jsonl"})
"""Files of a folder that a run wrote: any change there would keep the sources from being restored."""
NEVER = frozenset({
    ".git", ".hg", ".svn", ".bzr", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".mypy_cache", ".ruff_cache",
    ".pytest_cache", ".eggs", ".direnv",
})  # fmt: skip
"""Folders that are not entered, unless they are named."""


class Job:
    """One file that is not clean at a glance: where it is and what it holds."""

    __slots__ = ("data", "path", "place", "settings", "stamp")

    def __init__(self, path: str, place: str, data: bytes, settings: Settings, stamp: tuple[int, int] | None) -> None:
        self.path = path
        """As it is shown."""
        self.place = place
        """Absolute."""
        self.data = data
        self.settings = settings
        self.stamp = stamp
        """Modification time and size when it was read."""


class Targets:
    """Files named on a command line, and those in folders named there.

    Named files are always looked at, unless `force_exclude`. In folders, what `.gitignore` or `extend-exclude` name is
    passed over, and so are links, devices and the like. Problems are printed as they come and counted in `failed`.
    """

    def __init__(
        self,
        configurations: Configurations,
        *,
        force_exclude: bool = False,
        gitignore: bool = True,
        verbose: bool = False,
    ) -> None:
        self._configurations = configurations
        self._force = force_exclude
        self._gitignore = gitignore
        self._verbose = verbose
        self.failed = 0

    def files(self, paths: Sequence[str]) -> Iterator[str]:
        """The files that `paths` mean, as they are to be shown, each once, in order."""
        seen: set[str] = set()
        for named in paths:
            for path in self._meant(named):
                place = os.path.abspath(path)
                if place not in seen:
                    seen.add(place)
                    yield path

    def _meant(self, named: str) -> Iterator[str]:
        try:
            kind = os.stat(named).st_mode
        except (OSError, ValueError) as error:
            dangling = os.path.islink(named)
            reason = getattr(error, "strerror", None) or str(error)
            self.fail(named, "a link that leads nowhere" if dangling else reason.lower())
            return
        if stat.S_ISDIR(kind):
            yield from self._below(named)
        elif not stat.S_ISREG(kind):
            self.fail(named, "not a regular file")
        elif self._force and self._excluded(os.path.abspath(named)):
            self.pass_over(named, "left out by extend-exclude")
        else:
            yield named

    def fail(self, path: str, reason: str) -> None:
        """Says that `path` could not be worked on."""
        self.failed += 1
        self.note(path, reason)

    def note(self, path: str, said: str) -> None:
        """Says what a person should know of `path`."""
        print(f"cleaner: {printable(path)}: {said}", file=sys.stderr)

    def pass_over(self, path: str, reason: str) -> None:
        """Says, if that is wanted, that `path` was passed over."""
        if self._verbose:
            self.note(path, f"passed over: {reason}")

    def _excluded(self, place: str) -> bool:
        return self._configurations.of(place).excludes(place)

    def _below(self, folder: str) -> Iterator[str]:
        place = os.path.abspath(folder)
        yield from self._walk(folder, place, _from_above(place) if self._gitignore else [])

    def _walk(self, shown: str, place: str, above: list[Patterns]) -> Iterator[str]:
        """Files below `place`; folders wait on a stack, so that no depth is too deep."""
        waiting = [self._listed(shown, place, above)]
        while waiting:
            entry = next(waiting[-1], None)
            if entry is None:
                waiting.pop()
                continue
            name, path, patterns, is_folder = entry
            if is_folder:
                waiting.append(self._listed(name, path, patterns))
            else:
                yield name

    def _listed(self, shown: str, place: str, above: list[Patterns]) -> Iterator[tuple[str, str, list[Patterns], bool]]:
        """What of a folder is to be looked at: as it is shown, its place, the patterns that hold there, whether a folder."""
        own = read_patterns(os.path.join(place, ".gitignore")) if self._gitignore else None
        patterns = [*above, own] if own else above
        try:
            with os.scandir(place) as entries:
                held = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.fail(shown, f"can't be listed: {(error.strerror or '').lower()}")
            return
        if RUN.issubset(entry.name for entry in held):
            self.note(shown, "passed over: written by a run; after a change it could not be restored")
            return
        for entry in held:
            name = entry.name if shown in (".", "") else os.path.join(shown, entry.name)
            try:
                is_folder, is_file = entry.is_dir(follow_symlinks=False), entry.is_file(follow_symlinks=False)
            except OSError:
                continue
            if not (is_folder or is_file):
                self.pass_over(name, "a link" if entry.is_symlink() else "not a regular file")
            elif is_folder and _is_junction(entry):
                self.pass_over(name, "a link")
            elif is_folder and entry.name in NEVER:
                self.pass_over(name, "a folder of tools")
            elif decided(entry.path, patterns, is_folder=is_folder):
                self.pass_over(name, "named in .gitignore")
            elif self._excluded(entry.path):
                self.pass_over(name, "left out by extend-exclude")
            else:
                yield name, entry.path, patterns, is_folder


def _is_junction(folder: os.DirEntry[str]) -> bool:
    """`sources.folder.is_junction`, which takes ten times as long to load as a hook has."""
    return getattr(folder.stat(follow_symlinks=False), "st_reparse_tag", 0) == 0xA0000003


def _from_above(place: str) -> list[Patterns]:
    """The patterns of the folders above `place`, up to the root of its repository; none where it is in none."""
    found: list[Patterns] = []
    at = place
    while True:
        if os.path.exists(os.path.join(at, ".git")):
            own = read_patterns(os.path.join(at, ".git", "info", "exclude"))
            if own:
                own.base = at
                found.append(own)
            return found[::-1]
        above = os.path.dirname(at)
        if above == at:
            return []
        at = above
        own = read_patterns(os.path.join(at, ".gitignore"))
        if own:
            found.append(own)


def read_stdin(options: argparse.Namespace) -> bytes:
    """All bytes of stdin, read once: `fix` passes them on."""
    held: bytes | None = getattr(options, "stdin_data", None)
    if held is None:
        held = sys.stdin.buffer.read()
        options.stdin_data = held
    return held
