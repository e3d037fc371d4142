"""Files written in place, and the report on it: the second half of `fix` and `utf8`."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from cleaner.checking import Checked
from cleaner.cli.checked import write_lines
from cleaner.cli.common import Style, colour_wanted, counted, printable
from cleaner.cli.files import Job, read_stdin
from cleaner.cli.reporters import Found, report
from cleaner.cli.reporters.diff import diff_lines
from cleaner.cli.targets import Targets


class Done(NamedTuple):
    """Files that were changed, and problems that were left."""

    changed: int
    left: int


def write_fixed(
    options: argparse.Namespace,
    targets: Targets,
    first: tuple[Job, Checked] | None,
    rest: Iterator[tuple[Job, Checked]],
) -> Done:
    """Writes what is to be written, prints what was done and what was left."""
    files = chain([] if first is None else [first], rest)
    if options.paths == ["-"]:
        return _passed_on(options, next(files, None))
    style = Style(colour_wanted(options))
    changed = total = left = 0

    def done() -> Iterator[Found]:
        nonlocal changed, total, left
        for job, checked in files:
            said = checked.problems
            left += sum(problem.after is None for problem in said)
            if checked.fixed is not None:
                if options.diff:
                    write_lines(diff_lines(job.path, checked.text, checked.fixed_text, style))
                else:
                    names = _names_of(job)
                    if (reason := replace_file(job, checked.fixed)) is not None:
                        targets.fail(job.path, reason)
                        continue
                    if names > 1:
                        targets.note(
                            job.path,
                            f"written anew; {counted(names - 1, 'hard link')} to it kept the old text",
                        )
                    if options.format == "text":
                        write_lines(iter([f"Fixing {printable(job.path)}"]))
                changed += 1
                total += sum(problem.after is not None for problem in said)
            if options.format == "text" and (options.diff or not options.verbose):
                said = tuple(problem for problem in said if problem.after is None)
            if said and not (options.quiet and options.format == "text"):
                yield Found(job.path, checked.encoding.encoding, said)

    write_lines(report(options.format, done(), style=style))
    if changed and options.format == "text" and not options.quiet and not options.diff:
        print(f"cleaner: {counted(total, 'change')} in {counted(changed, 'file')}", file=sys.stderr)
    return Done(changed, left)


def _names_of(job: Job) -> int:
    """How many names the file of `job` has in its file system; 1 where that can't be told."""
    try:
        return os.stat(job.place).st_nlink
    except OSError:
        return 1


def _passed_on(options: argparse.Namespace, found: tuple[Job, Checked] | None) -> Done:
    """Stdin to stdout, mended; the report goes to stderr."""
    data = read_stdin(options)
    fixed = found[1].fixed if found else None
    if found and not options.quiet:
        said = found[1].problems
        lines = report(options.format, [Found(found[0].path, found[1].encoding.encoding, said)], style=Style(on=False))
        for line in lines:
            print(line, file=sys.stderr)
    if options.diff:
        if found and fixed is not None:
            write_lines(diff_lines(found[0].path, found[1].text, found[1].fixed_text, Style(colour_wanted(options))))
    else:
        sys.stdout.buffer.write(data if fixed is None else fixed)
        sys.stdout.buffer.flush()
    return Done(int(fixed is not None), sum(problem.after is None for problem in found[1].problems) if found else 0)


def replace_file(job: Job, data: bytes) -> str | None:
    """Writes `data` in place of the file of `job`, whole or not at all; the reason where that can't be done.

    A link stays a link: the file that it leads to is replaced. Permissions stay, and the owner where that is possible. Other
    names of the file (hard links) keep the old text: writing in place could leave half a file.
    """
    place = os.path.realpath(job.place)
    part = ""
    try:
        status = os.stat(place)
        if job.stamp is not None and (status.st_mtime_ns, status.st_size) != job.stamp:
            return "changed while it was looked at; run the command again"
        if not os.access(place, os.W_OK):
            return "can't be written: it is read-only"
        handle, part = tempfile.mkstemp(prefix=".cleaner-", dir=os.path.dirname(place))
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        shutil.copymode(place, part)
        own = os.stat(part)
        if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid) and hasattr(os, "chown"):
            with contextlib.suppress(OSError):
                os.chown(part, status.st_uid, status.st_gid)
        os.replace(part, place)
    except OSError as error:
        if part and os.path.exists(part):
            os.unlink(part)
        return f"can't be written: {(error.strerror or '').lower()}"
    return None
