"""`cleaner review OUT`."""

from __future__ import annotations

import argparse
from pathlib import Path

from cleaner.cli.common import add_output, names, share

EPILOG = """\
examples:
  cleaner review clean                                    one after the other, on a terminal
  cleaner review clean --accept-above 0.9 --reject-below 0.5
  cleaner review clean --select MOJ102 --reject
  cleaner review clean --import ~/Downloads/decisions.jsonl      decisions made in report.html
  cleaner review clean --encoding letter.txt=cp1250 --language letter.txt=cs
  cleaner review clean --list > pending.jsonl

Decisions are kept in OUT/decisions.jsonl; `cleaner run … --out OUT` applies and counts them.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Walks through the inferred changes of a run: accept, reject, or pick another text."
    parser.epilog = EPILOG
    parser.add_argument("out", type=Path, metavar="OUT", help="folder that `cleaner run` wrote")
    parser.add_argument(
        "--decisions", type=Path, metavar="FILE", help="where they are kept (default: OUT/decisions.jsonl)"
    )
    which = parser.add_argument_group("which changes")
    which.add_argument("--select", type=names, metavar="A,B", default=(), help="only of these rules")
    which.add_argument("--document", action="append", metavar="ID", help="only of this document")
    which.add_argument("--below", type=share, metavar="N", help="only below this confidence")
    which.add_argument("--exact", action="store_true", help="also those that are proven")
    which.add_argument("--again", action="store_true", help="also those that are decided already")
    how = parser.add_argument_group("without asking")
    how.add_argument("--accept", action="store_true", help="accept them all")
    how.add_argument("--reject", action="store_true", help="reject them all")
    how.add_argument("--accept-above", type=share, metavar="N", help="accept those of at least this confidence")
    how.add_argument("--reject-below", type=share, metavar="N", help="reject those below this confidence")
    how.add_argument("--encoding", type=_override, action="append", metavar="ID=NAME", help="what a document is in")
    how.add_argument("--language", type=_override, action="append", metavar="ID=CODE", help="what it is written in")
    how.add_argument("--import", dest="imported", type=Path, metavar="FILE", help="take decisions over from a file")
    how.add_argument("--list", action="store_true", help="print what is to be decided, a JSON object a line")
    add_output(parser.add_argument_group("what is printed"), quiet=True)


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from cleaner.cli.reviewed import review

    return review(options)


def _override(text: str) -> tuple[str, str]:
    document, _, value = text.rpartition("=")
    if not document or not value:
        raise argparse.ArgumentTypeError(f"{text!r} must be DOCUMENT=NAME")
    return document, value
