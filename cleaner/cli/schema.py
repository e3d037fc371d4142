"""`cleaner schema [NAME]`."""

from __future__ import annotations

import argparse
import json


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = (
        "Prints the JSON Schema (2020-12) of one line of an output file, of the settings (for editors that check\n"
        "cleaner.toml), or of all."
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help=", ".join(names()))


def names() -> tuple[str, ...]:
    """What there is a schema of."""
    files = ("corpus", "edits", "findings", "relations", "removed", "rejected", "merged", "document")
    return (*files, "decisions", "problems", "settings")


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from cleaner.errors import UsageError

    known = schemas()
    if options.name is not None and options.name not in known:
        raise UsageError(f"there is no schema {options.name!r}; known are: {', '.join(known)}")
    print(json.dumps(known if options.name is None else known[options.name], indent=2))
    return 0


def schemas() -> dict[str, dict[str, object]]:
    """Name -> JSON Schema, of outputs, decisions, reported problems and settings."""
    from cleaner.checking import Problem
    from cleaner.decisions import Decision
    from cleaner.outputs.rows import schemas as of_outputs
    from cleaner.records import schema
    from cleaner.settings import settings_schema

    more = {"path": {"type": "string"}, "encoding": {"type": ["string", "null"]}, "fixable": {"type": "boolean"}}
    return {
        **of_outputs(),
        "decisions": schema(Decision, title="Line of decisions.jsonl"),
        "problems": schema(Problem, title="Line of `cleaner check --format jsonl`", extra=more),
        "settings": settings_schema(),
    }
