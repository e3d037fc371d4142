"""`cleaner restore OUT --to DIR`."""

from __future__ import annotations

import argparse
from pathlib import Path

from cleaner.cli.common import add_output, printable
from cleaner.plurals import counted


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = (
        "Writes the exact bytes of every document of a run, from its corpus.jsonl, edits.jsonl and removed.jsonl alone, "
        "and checks each against the digest of its source."
    )
    parser.epilog = "Files listed in rejected.jsonl (binary, unreadable) were never copied and can't be restored."
    parser.add_argument("out", type=Path, metavar="OUT", help="folder that `cleaner run` wrote")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to write; must be new or empty")
    add_output(parser.add_argument_group("what is printed"), quiet=True)


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when every document was restored, 2 where one could not be."""
    import sys

    from cleaner.runs.restoring import restore_folder

    done = restore_folder(options.out, options.to)
    for failure in done.failures:
        print(f"cleaner: {printable(failure)}", file=sys.stderr)
    if not options.quiet:
        proven = ", each equal to its source's SHA-256" if done.restored else ""
        print(f"{counted(done.restored, 'document')} restored to {printable(options.to)}{proven}.")
        if done.rejected:
            where = options.out / "rejected.jsonl"
            left = f"{counted(done.rejected, 'file')} became no document and can't be given back"
            print(f"{left}: listed in {printable(where)}")
    return 2 if done.failures else 0
