"""The report of `check`, once there is something to say."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from cleaner.checking import Checked
from cleaner.cli.baseline import Baseline
from cleaner.cli.common import Style, colour_wanted, printable
from cleaner.cli.configuration import said_by
from cleaner.cli.reporters import Found, report
from cleaner.cli.reporters.diff import diff_lines
from cleaner.cli.targets import Job
from cleaner.plurals import counted


def report_checked(
    options: argparse.Namespace, first: tuple[Job, Checked] | None, rest: Iterator[tuple[Job, Checked]]
) -> int:
    """Prints what was found; 1 where anything was, else 0."""
    style = Style(colour_wanted(options))
    baseline = Baseline.read(Path(options.baseline)) if options.baseline else Baseline()
    files = chain([] if first is None else [first], rest)
    seen: list[Found] = []
    total = fixable = 0
    first_rule = ""

    def new() -> Iterator[Found]:
        nonlocal total, fixable, first_rule
        for job, checked in files:
            found = Found(job.path, checked.encoding.encoding, checked.problems)
            seen.append(found)
            left = tuple(problem for problem in found.problems if not baseline.knows(job.path, problem))
            total += len(left)
            first_rule = first_rule or next((problem.rule for problem in left), "")
            fixable += sum(problem.after is not None for problem in left)
            if options.diff:
                if checked.fixed is not None:
                    write_lines(diff_lines(job.path, checked.text, checked.fixed_text, style))
                left = tuple(problem for problem in left if problem.after is None)
            if left:
                yield found._replace(problems=left)

    write_lines(report(options.format, new(), style=style))
    if options.write_baseline:
        place = Path(options.write_baseline)
        kept = Baseline.of(seen).shrink(Baseline.read(place) if place.exists() else None)
        kept.write(place)
        print(f"cleaner: {counted(len(kept), 'known problem')} in {printable(place)}", file=sys.stderr)
        return 0
    if options.format == "text" and not options.quiet and total:
        can = _what_to_do(options, total, fixable, first_rule)
        print(f"cleaner: {counted(total, 'problem')}; {can}", file=sys.stderr)
    return int(bool(total))


def _what_to_do(options: argparse.Namespace, total: int, fixable: int, rule: str) -> str:
    if not fixable:
        return f"`cleaner explain {rule}` says more"
    which = ("it" if fixable == 1 else "them") if fixable == total else f"{fixable:,} of them"
    alike = " with the same options" if said_by(options) else ""
    return f"`cleaner fix`{alike} mends {which}"


def write_lines(lines: Iterator[str]) -> None:
    """Prints `lines`; what stdout's encoding can't write is escaped (`cleaner.cli.main`)."""
    for line in lines:
        sys.stdout.write(line + "\n")
