"""The loop of `check`, `fix` and `utf8`: each file is read, passed at a glance where possible, else worked on and reported."""

from __future__ import annotations

import os
import stat

from cleaner.cli.common import add_encodings, add_output, add_rules, add_selection, positive
from cleaner.cli.configuration import Configurations, said_by
from cleaner.cli.targets import Job, Targets, read_stdin

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from cleaner.checking import Checked
    from cleaner.settings import Settings

    Work = Callable[[bytes, str, Settings], Checked]

FORMATS = ("text", "json", "jsonl", "sarif", "github")


def add_file_arguments(parser: argparse.ArgumentParser, *, verb: str, repairs: bool = True) -> None:
    """The arguments of all commands on files in place; `repairs`: whether there are kinds of repairs to choose from."""
    parser.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help=f"files and folders to {verb} (default: this folder); - is stdin",
    )
    what = parser.add_argument_group("what counts")
    if repairs:
        add_rules(what, "encoding")
    else:
        add_selection(what)
    add_encodings(what)
    which = parser.add_argument_group("which files")
    which.add_argument("--extend-exclude", action="append", metavar="PATTERN", help="leave these out, as in .gitignore")
    which.add_argument(
        "--force-exclude", action="store_true", help="leave excluded files out even where they are named"
    )
    which.add_argument("--no-gitignore", action="store_true", help="look also at what .gitignore names")
    which.add_argument("--config", metavar="FILE", help="settings for all files (default: the nearest to each)")
    which.add_argument("--isolated", action="store_true", help="read no settings")
    which.add_argument("--stdin-filename", metavar="PATH", help="what stdin counts as")
    pace = parser.add_argument_group("how it runs")
    pace.add_argument("--jobs", type=positive, default=1, metavar="N", help="worker processes (default: 1)")
    how = parser.add_argument_group("what is printed")
    how.add_argument("--diff", action="store_true", help="show the changes as a unified diff; write nothing")
    how.add_argument("--format", choices=FORMATS, default="text", help="form of the report (default: text)")
    add_output(how, quiet=True, verbose="say also what was passed over, and why")


def checked_files(
    options: argparse.Namespace, work: Work, *, glance: Callable[[bytes], bool] | None = None
) -> tuple[Targets, Iterator[tuple[Job, Checked]]]:
    """The targets of a command, and an iterator of those files that are not clean at a glance with what `work` found.

    `glance` replaces the glance that fits the settings.
    """
    if "-" in options.paths and len(options.paths) > 1:
        from cleaner.errors import UsageError

        raise UsageError("- is stdin, and its result goes to stdout; name it alone")
    configurations = Configurations(said_by(options), options.config, isolated=options.isolated)
    targets = Targets(
        configurations,
        force_exclude=options.force_exclude,
        gitignore=not options.no_gitignore,
        verbose=options.verbose,
    )
    jobs = _jobs(options, configurations, targets, glance)
    return targets, _noted(targets, _worked(jobs, work, options.jobs))


def mended_files(
    options: argparse.Namespace, work: Work, *, glance: Callable[[bytes], bool] | None = None
) -> tuple[int, int, int]:
    """Writes in place what `work` makes of files, and reports it; how many failed, were changed, and problems that were left."""
    targets, files = checked_files(options, work, glance=glance)
    first = next(files, None)
    changed = left = 0
    if first is not None or options.paths == ["-"] or options.format in ("json", "sarif"):
        from cleaner.cli.fixed import write_fixed

        changed, left = write_fixed(options, targets, first, files)
    return targets.failed, changed, left


def _jobs(
    options: argparse.Namespace,
    configurations: Configurations,
    targets: Targets,
    glance: Callable[[bytes], bool] | None,
) -> Iterator[Job]:
    if options.paths == ["-"]:
        shown = options.stdin_filename or "<stdin>"
        place = os.path.abspath(options.stdin_filename or "stdin")
        configuration = configurations.of(place)
        if options.force_exclude and configuration.excludes(place):
            targets.pass_over(shown, "left out by extend-exclude")
            return
        data = read_stdin(options)
        if not (glance or configuration.clean)(data):
            yield Job(shown, place, data, configuration.settings_of(place), None)
        return
    for path in targets.files(options.paths):
        place = os.path.abspath(path)
        configuration = configurations.of(place)
        try:
            with open(place, "rb", opener=_without_waiting) as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    targets.fail(path, "not a regular file any more")
                    continue
                data = file.read()
        except OSError as error:
            targets.fail(path, f"can't be read: {(error.strerror or '').lower()}")
            continue
        if not (glance or configuration.clean)(data):
            stamp = (status.st_mtime_ns, status.st_size)
            yield Job(path, place, data, configuration.settings_of(place), stamp)


def _without_waiting(place: str, flags: int) -> int:
    """Opens a file that may have become a pipe since it was listed: a reader would wait there for a writer."""
    return os.open(place, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))


def _noted(targets: Targets, found: Iterator[tuple[Job, Checked]]) -> Iterator[tuple[Job, Checked]]:
    """`found`, what a person should know of each file said as it comes."""
    for job, checked in found:
        if checked.binary:
            targets.pass_over(job.path, f"binary data, no text: {'; '.join(checked.encoding.evidence)}")
        for note in checked.notes:
            targets.note(job.path, note)
        yield job, checked


def _worked(jobs: Iterator[Job], work: Work, processes: int) -> Iterator[tuple[Job, Checked]]:
    from itertools import chain, islice, tee

    first = list(islice(jobs, processes))
    jobs = chain(first, jobs)
    if len(first) <= 1:
        for job in jobs:
            yield job, work(job.data, job.path, job.settings)
        return
    from functools import partial

    from cleaner.engines import ProcessEngine

    own, theirs = tee(jobs)  # the engine is some files ahead, not all of them
    engine = ProcessEngine(len(first))
    try:
        yield from zip(own, engine.map(partial(_one, work), theirs), strict=True)
    finally:
        engine.close()


def _one(work: Work, job: Job) -> Checked:
    return work(job.data, job.path, job.settings)
