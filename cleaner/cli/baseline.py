"""A list of known problems that are not reported; it can only shrink."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePath

from cleaner.checking import Problem
from cleaner.cli.reporters import Found
from cleaner.errors import UsageError
from cleaner.sources import recorded

LONGEST = 80
"""Code points of a problem's text that are kept: enough to know it again."""
Key = tuple[str, str, str]


class Baseline:
    """Problems by path, rule and text, each with how often it occurs; line numbers are left out, because lines move."""

    def __init__(self, counts: Counter[Key] | None = None) -> None:
        self.counts: Counter[Key] = counts or Counter()
        self._met: Counter[Key] = Counter()

    def __len__(self) -> int:
        return self.counts.total()

    @classmethod
    def of(cls, found: Iterable[Found]) -> Baseline:
        """The baseline that holds all of `found`."""
        return cls(Counter(_key(file.path, problem) for file in found for problem in file.problems))

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """The baseline in the file `path`. Raises UsageError where it can't be read."""
        try:
            held = json.loads(path.read_text(encoding="utf-8-sig"))
            rows = held["problems"]
            return cls(Counter({(row["path"], row["rule"], row["text"]): int(row["count"]) for row in rows}))
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            hint = f"`cleaner check --write-baseline {path}` makes one" if missing else "name another file"
            raise UsageError(f"{path}: the baseline can't be read: {error.strerror}; {hint}") from None
        except (ValueError, KeyError, TypeError):
            raise UsageError(f"{path}: this is no baseline of cleaner; remove it and write a new one") from None

    def knows(self, path: str, problem: Problem) -> bool:
        """Whether `problem` is listed; each row counts as often as its number says."""
        key = _key(path, problem)
        self._met[key] += 1
        return self._met[key] <= self.counts[key]

    def shrink(self, earlier: Baseline | None) -> Baseline:
        """This baseline, without what `earlier` does not list."""
        return self if earlier is None else Baseline(self.counts & earlier.counts)

    def write(self, path: Path) -> None:
        """Writes the file, a line a row, sorted."""
        from cleaner.outputs.atomic import write_atomic

        rows = [
            json.dumps({"path": name, "rule": rule, "text": text, "count": count})  # ASCII: not itself a problem
            for (name, rule, text), count in sorted(self.counts.items())
        ]
        write_atomic(path, ['{"generator": "cleaner", "problems": [\n', ",\n".join(rows), "\n]}\n"])


def _key(path: str, problem: Problem) -> Key:
    return recorded(PurePath(path).as_posix()), problem.rule, problem.before[:LONGEST]
