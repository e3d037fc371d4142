"""`cleaner fix PATH…`."""

from __future__ import annotations

from cleaner.cli.check import check_one
from cleaner.cli.files import add_file_arguments, mended_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

EPILOG = """\
examples:
  cleaner fix .                          mend what is sure below this folder
  cleaner fix notes.md --diff            show it, write nothing
  cleaner fix . --level exact            only repairs that can be proven
  cleaner fix - < in.txt > out.txt

Written are exact repairs from a confidence of 0.8 and inferred ones from 0.95 (--min-confidence: both); what is less
sure is reported.
Encoding, byte-order mark, line ends and last newline stay as they are; `cleaner utf8` converts.
Exit codes: 0 nothing changed; 1 something changed; 2 could not run.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Mends encoding damage in files in place, where it is sure, and reports what is not."
    parser.epilog = EPILOG
    add_file_arguments(parser, verb="mend")


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 where nothing changed, 1 where something did, 2 where a file could not be worked on."""
    failed, changed, _ = mended_files(options, check_one)
    return 2 if failed else int(changed > 0)
