"""`cleaner schema [NAME]`."""

from __future__ import annotations

import argparse
import json

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Prints the JSON Schema (2020-12) of one line of an output file, or of all of them."
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="corpus, edits, findings, relations, removed, rejected, merged, document",
    )


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from cleaner.errors import UsageError
    from cleaner.outputs.rows import schemas

    known = schemas()
    if options.name is not None and options.name not in known:
        raise UsageError(f"there is no schema {options.name!r}; known are: {', '.join(known)}")
    print(json.dumps(known if options.name is None else known[options.name], indent=2))
    return 0
