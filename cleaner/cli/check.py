"""`cleaner check PATH…`."""

from __future__ import annotations

from cleaner.cli.files import add_file_arguments, checked_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from cleaner.checking import Checked
    from cleaner.settings import Settings

EPILOG = """\
examples:
  cleaner check .                             what is damaged below this folder?
  cleaner check src --select TXT8             bidirectional controls and look-alike letters
  cleaner check . --format sarif > log.sarif  for a code host
  cleaner check . --write-baseline known.json; cleaner check . --baseline known.json

A line can be left out by a remark in it: `cleaner: ignore[MOJ101]`, or `cleaner: ignore` for all rules; a region by
`cleaner: off` and `cleaner: on`. Exit codes: 0 nothing found; 1 something found; 2 could not run.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Reports encoding damage in files, and what `cleaner fix` would do about it. Changes nothing."
    parser.epilog = EPILOG
    add_file_arguments(parser, verb="look at")
    known = parser.add_argument_group("what is known already")
    known.add_argument("--baseline", metavar="FILE", help="do not report what this file lists")
    known.add_argument("--write-baseline", metavar="FILE", help="list what is found; a file that is there only shrinks")


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 where nothing was found, 1 where something was, 2 where a file could not be read."""
    targets, files = checked_files(options, check_one)
    first = next(files, None)
    code = 0
    if first is not None or options.baseline or options.write_baseline or options.format in ("json", "sarif"):
        from cleaner.cli.checked import report_checked

        code = report_checked(options, first, files)
    return 2 if targets.failed else code


def check_one(data: bytes, path: str, settings: Settings) -> Checked:
    """What was found in one file."""
    from cleaner.checking import check_bytes

    return check_bytes(data, path=path, settings=settings)
