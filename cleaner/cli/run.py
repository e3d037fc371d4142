"""`cleaner run IN… --out OUT`."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.cli.common import add_choice, add_output, add_rules, colour_wanted, positive, printable
from cleaner.cli.gitignore import Ignored
from cleaner.cli.progress import Progress

if TYPE_CHECKING:
    from cleaner.decisions import Decision
    from cleaner.settings import Settings as RunSettings

NO_THREAD = "can't start new thread"
"""What Python says where the system can start no more."""
EPILOG = """\
examples:
  cleaner run seeds --out cleaned
  cleaner run letters mails --out clean --profile corpus --jobs 2
  cleaner run plots --out clean --overlap one-per-story

The output folder holds corpus.jsonl, the clean texts, a line for every change, what was seen and left alone, overlaps,
and report.html. Run the same command again to take up a run that was stopped, or to bring the output up to date.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Cleans files and folders into a corpus with a record of every change."
    parser.epilog = EPILOG
    parser.add_argument("inputs", nargs="+", type=Path, metavar="IN", help="file or folder")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="folder to write")
    what = parser.add_argument_group("what is changed")
    add_rules(what, "text")
    what.add_argument("--overlap", metavar="POLICY", help="annotate (default), keep-best, one-per-story or merge")
    what.add_argument("--per-language", action="store_true", default=None, help="one-per-story: keep a text a language")
    what.add_argument(
        "--drop-boilerplate", action="store_true", default=None, help="with profile corpus: remove what it only marks"
    )
    what.add_argument("--decisions", metavar="FILE", help="what a person decided (default: OUT/decisions.jsonl)")
    told = parser.add_argument_group("what is known about the documents")
    add_choice(told)
    told.add_argument("--language-backend", metavar="NAME", help="cleaner (default) or langdetect")
    how = parser.add_argument_group("how it runs")
    how.add_argument("--jobs", type=positive, metavar="N", help="worker processes (default: as many as pay)")
    how.add_argument("--engine", metavar="NAME", help="serial, process (default where it pays) or ray")
    how.add_argument(
        "--ray-address", metavar="ADDRESS", help="a Ray cluster to run on, such as auto or ray://HOST:10001"
    )
    how.add_argument("--dry-run", action="store_true", help="say what would be done and how long it will take")
    how.add_argument("--no-report", dest="report", action="store_false", default=None, help="leave report.html out")
    how.add_argument("--gitignore", action="store_true", help="leave out what .gitignore names")
    how.add_argument(
        "--force", action="store_true", help="write beside what others left in OUT, or replace a run over other files"
    )
    add_output(how, quiet=True, verbose="list the files that became no document, and why")


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from cleaner.cli.configuration import settings_here
    from cleaner.cli.summary import summary, trouble
    from cleaner.corpus import clean_folder
    from cleaner.memory import collected_seldom

    settings = settings_here(options)
    asked: dict[str, Any] = {
        "settings": settings,
        "jobs": options.jobs,
        "decisions": _decisions(options, settings),
        "leave_out": Ignored() if options.gitignore else None,
        "force": options.force,
    }
    if options.dry_run:
        from cleaner.planning import plan_folder

        print(plan_folder(options.inputs, options.out, **asked).told())
        return 0
    progress = None if options.quiet else Progress(colour=colour_wanted(options, sys.stderr))
    try:
        with collected_seldom(), _threads_told_once():
            done = clean_folder(
                options.inputs,
                options.out,
                engine=options.engine,
                address=options.ray_address,
                progress=progress,
                **asked,
            )
    finally:
        if progress:
            progress.close()
    if progress:
        print(summary(done))
        if options.verbose:
            for row in done.writing.rejected:
                print(f"no document: {printable(row.path)}: {printable(row.reason)}")
    elif said := trouble(done):
        print(f"cleaner: {said}", file=sys.stderr)
    return 0


@contextmanager
def _threads_told_once() -> Iterator[None]:
    """A pool whose own thread can start no other ends with a ResourceError, which says so: Python's traceback of that thread
    would stand above it.
    """
    shown = threading.excepthook

    def hook(ended: threading.ExceptHookArgs) -> None:
        if not (isinstance(ended.exc_value, RuntimeError) and NO_THREAD in str(ended.exc_value)):
            shown(ended)

    threading.excepthook = hook
    try:
        yield
    finally:
        threading.excepthook = shown


def _decisions(options: argparse.Namespace, settings: RunSettings) -> list[Decision]:
    """What a person has decided: the named file, else the one in the output folder, if there is one."""
    from cleaner.decisions import read_decisions

    own: Path = options.out / "decisions.jsonl"
    if settings.decisions is not None:
        return read_decisions(Path(settings.decisions))
    return read_decisions(own) if os.path.isfile(own) else []  # where OUT can't be looked into, that is said later
