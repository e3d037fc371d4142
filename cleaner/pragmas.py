"""Remarks in a file that tell the commands `check` and `fix` to keep away from a line or a region.

    cleaner: ignore            this line, all rules
    cleaner: ignore[MOJ101]    this line, these rules (codes or their beginnings, separated by commas)
    cleaner: off … cleaner: on from the line of the one to the line of the other, or to the end

They stand in a comment of whatever language the file is in; what stands around them does not matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from cleaner.known import is_rule, near_rule

PRAGMA = re.compile(r"\bcleaner:[ \t]*(?:(ignore)\b(?:\[([^\]\r\n]*)\])?|(off|on)\b)")


@dataclass(frozen=True, slots=True)
class Pragmas:
    """The remarks of one text, by line."""

    starts: tuple[int, ...]
    """Where each line begins, in code points; the first is 0."""
    ignored: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Line number from 0 and the codes that are ignored there (none: all)."""
    off: tuple[tuple[int, int], ...] = ()
    """Half-open ranges of lines that are off."""
    unknown: tuple[tuple[int, str], ...] = ()
    """Line number from 0 and a code named there that is no rule; it silences nothing."""

    def notes(self) -> tuple[str, ...]:
        """What a person should know of the remarks: those that name no rule."""
        return tuple(
            f"line {line + 1}: the remark names {code!r}, which is no rule; {near_rule(code)}"
            for line, code in self.unknown
        )

    @classmethod
    def of(cls, text: str) -> Pragmas:
        """The remarks in `text`."""
        starts = (0, *(match.end() for match in re.finditer(r"\r\n?|\n", text)))
        ignored, off, unknown, began = [], [], [], None
        for match in PRAGMA.finditer(text) if "cleaner:" in text else ():
            line = bisect_right(starts, match.start()) - 1
            if match[1]:
                codes = tuple(code.strip().upper() for code in (match[2] or "").split(",") if code.strip())
                ignored.append((line, codes))
                unknown += [(line, code) for code in codes if not is_rule(code)]
            elif match[3] == "off" and began is None:
                began = line
            elif match[3] == "on" and began is not None:
                off.append((began, line + 1))
                began = None
        if began is not None:
            off.append((began, len(starts)))
        return cls(starts, tuple(ignored), tuple(off), tuple(unknown))

    def silence(self, rule: str, start: int) -> bool:
        """Whether `rule` is not wanted at the code point `start`."""
        if not self.ignored and not self.off:
            return False
        line = self.line(start)
        if any(first <= line < last for first, last in self.off):
            return True
        return any(at == line and (not codes or rule.startswith(codes)) for at, codes in self.ignored)

    def line(self, at: int) -> int:
        """Number of the line, from 0, that holds the code point `at`."""
        return bisect_right(self.starts, at) - 1

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of the code point `at`, both from 1, as editors count."""
        line = self.line(at)
        return line + 1, at - self.starts[line] + 1
