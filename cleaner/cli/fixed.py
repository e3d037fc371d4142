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

from cleaner.checking import Checked
from cleaner.cli.checked import write_lines
from cleaner.cli.common import Style, colour_wanted, printable
from cleaner.cli.reporters import Found, report
from cleaner.cli.reporters.diff import diff_lines
from cleaner.cli.targets import Job, Targets, read_stdin
from cleaner.plurals import counted

BESIDE_THE_TEXT = "ENC401"
"""The rule whose change is of a file's bytes alone, so that a diff of its text can't show it."""


def write_fixed(
    options: argparse.Namespace,
    targets: Targets,
    first: tuple[Job, Checked] | None,
    rest: Iterator[tuple[Job, Checked]],
) -> tuple[int, int]:
    """Writes what is to be written, prints what was done; how many files were changed, and problems were left."""
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
                        said_of_links = f"written anew; {counted(names - 1, 'hard link')} to it kept the old text"
                        targets.note(job.path, said_of_links)
                    if options.format == "text":
                        print(f"Fixing {printable(job.path)}")
                changed += 1
                total += sum(problem.after is not None for problem in said)
            if options.format == "text" and (options.diff or not options.verbose):
                unseen = BESIDE_THE_TEXT if options.diff else None
                said = tuple(problem for problem in said if problem.after is None or problem.rule == unseen)
            if said and not (options.quiet and options.format == "text"):
                yield Found(job.path, checked.encoding.encoding, said)

    write_lines(report(options.format, done(), style=style))
    if changed and options.format == "text" and not options.quiet and not options.diff:
        print(f"cleaner: {counted(total, 'change')} in {counted(changed, 'file')}", file=sys.stderr)
    return changed, left


def _names_of(job: Job) -> int:
    """How many names the file of `job` has in its file system; 1 where that can't be told."""
    try:
        return os.stat(job.place).st_nlink
    except OSError:
        return 1


def _passed_on(options: argparse.Namespace, found: tuple[Job, Checked] | None) -> tuple[int, int]:
    """Stdin to stdout, mended; the report goes to stderr."""
    fixed, left = None, 0
    if found:
        job, checked = found
        fixed, left = checked.fixed, sum(problem.after is None for problem in checked.problems)
        if not options.quiet:
            said = [Found(job.path, checked.encoding.encoding, checked.problems)]
            for line in report(options.format, said, style=Style(on=False)):
                print(line, file=sys.stderr)
        if options.diff and fixed is not None:
            write_lines(diff_lines(job.path, checked.text, checked.fixed_text, Style(colour_wanted(options))))
    if not options.diff:
        sys.stdout.buffer.write(read_stdin(options) if fixed is None else fixed)
        sys.stdout.buffer.flush()
    return int(fixed is not None), left


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
    except BaseException as error:  # Ctrl-C, too, leaves nothing beside the file
        with contextlib.suppress(OSError):
            os.unlink(part)
        if not isinstance(error, OSError):
            raise
        return f"can't be written: {(error.strerror or '').lower()}"
    return None
