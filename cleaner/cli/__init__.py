"""The command line: one file a command, each with `add` (its arguments) and `run` (its work, giving the exit code)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

__all__ = ["main", "script"]

COMMANDS = ("run", "restore", "explain", "schema")
EPILOG = """\
examples:
  cleaner run letters --out clean           clean a folder
  cleaner restore clean --to again          get the original bytes back
  cleaner explain MOJ202                    what a rule does, and why

exit codes: 0 done; 2 could not run (an argument is wrong)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command that `argv` (default: the process's arguments) names, and returns its exit code."""
    options = _parser().parse_args(argv)
    from cleaner.errors import CleanerError

    try:
        return int(import_module(f"cleaner.cli.{options.command}").run(options))
    except CleanerError as error:
        print(f"cleaner: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("cleaner: stopped; the same command takes the work up where it was", file=sys.stderr)
        return 130


def script() -> None:
    """The console script."""
    raise SystemExit(main())


def _parser() -> argparse.ArgumentParser:
    from cleaner import __version__

    parser = argparse.ArgumentParser(
        prog="cleaner",
        description="Turns documents in unknown and mixed encodings into a clean, annotated corpus, and can prove it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cleaner {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    for name in COMMANDS:
        import_module(f"cleaner.cli.{name}").add(commands)
    return parser
