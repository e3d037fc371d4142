"""`cleaner config [PATH]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from cleaner.cli.common import Style, add_choice, add_output, add_rules, colour_wanted, printable

SET = ("run", "check", "fix", "utf8", "show", "detect")
"""Commands for which settings hold."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Shows the settings in force for a path, each with the place it comes from."
    parser.epilog = (
        "Settings stand in `cleaner.toml`, or in `[tool.cleaner]` of `pyproject.toml`; the nearest file upwards wins,\n"
        "and what a command says wins over it. `cleaner schema settings` prints their JSON Schema for editors."
    )
    parser.add_argument(
        "path",
        nargs="?",
        default=".",
        metavar="PATH",
        help="file, or where a command is called (default: here)",
    )
    parser.add_argument(
        "--for", dest="command", default="run", metavar="COMMAND", choices=SET, help="run (default), check, fix …"
    )
    what = parser.add_argument_group("as if a command said")
    add_rules(what, "as the command has it")
    add_choice(what)
    how = parser.add_argument_group("what is printed")
    how.add_argument("--format", choices=("text", "json"), default="text", help="form (default: text)")
    add_output(how)


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from dataclasses import fields

    from cleaner.cli.configuration import profile_for, said_by
    from cleaner.errors import UsageError
    from cleaner.settings import Settings, load_settings, read_settings, replace_settings

    place = Path(options.path)
    if not place.exists():
        raise UsageError(f"{printable(options.path)}: there is no such file or folder")
    settings, file = load_settings(place if place.is_dir() else place.parent)
    held = {name.replace("-", "_") for name in (read_settings(file) or {})} if file else set()
    said = said_by(options)
    names = [field.name for field in fields(Settings)]
    origins = {name: "the command" if name in said else str(file) if name in held else "default" for name in names}
    settings = replace_settings(settings, said)
    if options.command != "run" and origins["profile"] == "default":
        settings = replace_settings(settings, {"profile": profile_for(settings.select)})
    values = {name: getattr(settings, name) for name in names}
    if options.format == "json":
        rows = {name.replace("_", "-"): {"value": value, "from": origins[name]} for name, value in values.items()}
        print(json.dumps(rows, indent=1))
        return 0
    style = Style(colour_wanted(options))
    where = f"file: {printable(file)}" if file else "no settings file is near"
    print(style(f"# settings of `cleaner {options.command}` for {printable(place)}; {where}", "dim"))
    for name, value in values.items():
        key = name.replace("_", "-")
        shown = f"# {key} is not set" if value is None else f"{key} = {_toml(value)}"
        print(f"{shown:<48}{style('# ' + printable(origins[name]), 'dim')}")
    return 0


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        rows = ", ".join(f"{json.dumps(key)} = {_toml(held)}" for key, held in value.items())
        return f"{{ {rows} }}" if rows else "{}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
