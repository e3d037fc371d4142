"""Patterns of paths as git has them in `.gitignore`; also those of `extend-exclude` and `per-file-ignores`.

Own code, because a library for it costs a hook more time than all else (pathspec: 31 ms). Held against git itself by
`tests/commands/test_gitignore.py`.
"""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

WILD = re.compile(r"[*?\[\\]")
ANY_FOLDERS = "(?:.*/)?"
"""What `**/` stands for."""


class Patterns:
    """The lines of one file, relative to one folder. The last line that matches a path decides."""

    __slots__ = ("_rules", "base")

    def __init__(self, base: str, lines: Iterable[str]) -> None:
        """`base` is the absolute path of the folder that the patterns are relative to; "" is above all folders, of each drive."""
        self.base = base
        self._rules = [rule for line in lines if (rule := _rule(line)) is not None]

    def __bool__(self) -> bool:
        return bool(self._rules)

    def match(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether the absolute `path` below `base` is matched (True), taken back (False), or not spoken of (None)."""
        if not self._rules or not self._is_above(path):
            return None
        relative = path[len(self.base) :].lstrip(os.sep)
        if os.sep != "/":
            relative = relative.replace(os.sep, "/")
        name = relative.rpartition("/")[2]
        for wanted, only_folders, anchored, plain, pattern in reversed(self._rules):
            if only_folders and not is_folder:
                continue
            tried = relative if anchored else name
            if tried == plain if pattern is None else pattern.fullmatch(tried):
                return wanted
        return None

    def holds(self, path: str) -> bool:
        """Whether the file `path`, or a folder that it is in below `base`, is matched."""
        if not self._rules or not self._is_above(path):
            return False
        relative = path[len(self.base) :].strip(os.sep).split(os.sep)
        at = self.base.rstrip(os.sep)
        for number, part in enumerate(relative, 1):
            at += os.sep + part
            if self.match(at, is_folder=number < len(relative)):
                return True
        return False

    def _is_above(self, path: str) -> bool:
        """Whether `path` is below `base`: `/a/bc` is not below `/a/b`."""
        if not path.startswith(self.base):
            return False
        return not self.base or self.base.endswith(os.sep) or path[len(self.base) :][:1] in ("", os.sep)


Rule = tuple[bool, bool, bool, str, "re.Pattern[str] | None"]


def _rule(line: str) -> Rule | None:
    """Matched or taken back, folders only, whole path or name, the text or the pattern to match."""
    line = line.rstrip("\r\n")
    while line.endswith(" ") and not line.endswith("\\ "):
        line = line[:-1]
    if not line or line.startswith("#"):
        return None
    wanted = not line.startswith("!")
    line = line[0 if wanted else 1 :]
    only_folders = line.endswith("/")
    line = line.rstrip("/") if only_folders else line
    anchored = "/" in line
    line = line.removeprefix("/")
    if not line:
        return None
    if not WILD.search(line):
        return wanted, only_folders, anchored, line, None
    try:
        pattern = re.compile(_expression(line), re.DOTALL)
    except re.error:
        return None
    return wanted, only_folders, anchored, line, pattern


def _expression(glob: str) -> str:
    """The regular expression of a git pattern."""
    pieces: list[list[str]] = [[]]
    """What stands between the stars."""
    at = 0
    while at < len(glob):
        char, out = glob[at], pieces[-1]
        if glob.startswith("**/", at) and (at == 0 or glob[at - 1] == "/"):
            out += [ANY_FOLDERS] if out[-1:] != [ANY_FOLDERS] else []
            at += 3
        elif glob.startswith("**", at) and at + 2 == len(glob) and at and glob[at - 1] == "/":
            out.append(".+")
            at += 2
        elif char == "*":
            pieces.append([])
            while glob[at : at + 1] == "*":
                at += 1
        elif char == "?":
            out.append("[^/]")
            at += 1
        elif char == "[" and (end := _end_of_class(glob, at)):
            inner = glob[at + 1 : end]
            inner = "^" + inner[1:] if inner.startswith(("!", "^")) else inner
            out.append(f"(?!/)[{_inside(inner)}]")
            at = end + 1
        else:
            at += char == "\\" and at + 1 < len(glob)
            out.append(re.escape(glob[at]))
            at += 1
    first, *others = pieces
    # Before another star the first place that fits is as good as any: without that, `*a*a*a*a*a*b` takes minutes for one name.
    last = len(others) - 1
    return "".join(first) + "".join(
        f"[^/]*{''.join(piece)}" if number == last or ANY_FOLDERS in piece else f"(?>[^/]*?{''.join(piece)})"
        for number, piece in enumerate(others)
    )


def _inside(inner: str) -> str:
    return re.sub(r"([\[&|~])", r"\\\1", inner.replace("\\", "\\\\") if inner.endswith("\\") else inner)


def _end_of_class(glob: str, at: int) -> int:
    """Where the class that begins at `at` ends; 0 where it does not."""
    end = at + 1
    end += glob[end : end + 1] in ("!", "^")
    end += glob[end : end + 1] == "]"
    while end < len(glob) and glob[end] != "]":
        end += 2 if glob[end] == "\\" else 1
    return end if end < len(glob) else 0


def read_patterns(path: str) -> Patterns | None:
    """The patterns of the file `path`; None where there is none or it can't be read."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return Patterns(os.path.dirname(path), file.read().removeprefix("\ufeff").split("\n"))
    except OSError:
        return None


class Ignored:
    """Whether git would leave a file out, by the `.gitignore` of each folder from the root of its repository down."""

    __slots__ = ("_folders",)

    def __init__(self) -> None:
        self._folders: dict[str, tuple[bool, list[Patterns]]] = {}

    def __call__(self, path: str) -> bool:
        """Whether the file `path` is left out; never where it is in no repository."""
        place = os.path.abspath(path)
        left_out, patterns = self._of(os.path.dirname(place))
        return left_out or decided(place, patterns, is_folder=False)

    def _of(self, folder: str) -> tuple[bool, list[Patterns]]:
        """Whether `folder` itself is left out, and the patterns that hold in it."""
        waiting = []
        at = folder
        while at not in self._folders:
            waiting.append(at)
            above = os.path.dirname(at)
            if os.path.exists(os.path.join(at, ".git")) or above == at:
                break
            at = above
        for at in reversed(waiting):
            left_out, patterns = self._folders.get(os.path.dirname(at), (False, []))
            root = os.path.exists(os.path.join(at, ".git"))
            if root:
                left_out, patterns = False, []
            elif patterns:
                left_out = left_out or decided(at, patterns, is_folder=True)
            own = read_patterns(os.path.join(at, ".gitignore")) if root or patterns else None
            self._folders[at] = (left_out, [*patterns, own or Patterns(at, ())] if root or patterns else [])
        return self._folders[folder]


def decided(path: str, patterns: list[Patterns], *, is_folder: bool) -> bool:
    """Whether the last of `patterns` that speaks of `path` leaves it out."""
    for held in reversed(patterns):
        found = held.match(path, is_folder=is_folder)
        if found is not None:
            return found
    return False
