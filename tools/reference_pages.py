"""Pages of the reference that are generated from the code: commands, settings, the Python interface."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path

import cleaner
from cleaner import document
from cleaner.cli import COMMANDS, GROUPS, parser_of
from cleaner.settings import Settings

MADE = "Made by `tools/build_reference.py` from the code."
ROOT = Path(__file__).parents[1]


def cell(text: str) -> str:
    """`text` in one cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def commands_page() -> str:
    """Every command with its arguments."""
    lines = ["# Commands", "", f"{MADE} `cleaner COMMAND --help` says the same.", ""]
    lines += ["| command | what it does |", "|---|---|"]
    said = {name: text for group in GROUPS.values() for name, text in group.items()}
    lines += [f"| [`{name}`](#{name}) | {cell(said[name])} |" for name in COMMANDS]
    lines += [
        "",
        "Exit codes: 0 done; 1 `check` found or `fix` changed something; 2 could not run; 130 stopped by Ctrl-C.",
        "",
    ]
    for name in COMMANDS:
        parser = parser_of(name)
        lines += [f"## {name}", "", cell(parser.description or ""), ""]
        lines += ["| argument | meaning |", "|---|---|"]
        lines += [f"| {_argument(action)} | {_meaning(action)} |" for action in _actions(parser)]
        lines.append("")
        for part in (parser.epilog or "").strip().split("\n\n"):
            lines += ["```text", part, "```", ""] if "\n  " in part else [cell(part), ""] if part else []
    return "\n".join(lines)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for group in parser._action_groups:  # noqa: SLF001 - argparse has no public list
        for action in group._group_actions:  # noqa: SLF001
            if action.help is not argparse.SUPPRESS and "--help" not in action.option_strings:
                yield action


def _argument(action: argparse.Action) -> str:
    held = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        return f"`{held}`"
    takes = "" if action.nargs == 0 else f" {held}"
    return ", ".join(f"`{name}{takes}`" for name in action.option_strings)


def _meaning(action: argparse.Action) -> str:
    choices = ""
    if action.choices:
        choices = ": " + ", ".join(f"`{one}`" for one in action.choices)
    return cell((action.help or "").replace("%(default)s", str(action.default))) + choices


def settings_page() -> str:
    """Every setting with its default and meaning, from the class itself."""
    said = _said_of_fields(Settings)
    lines = [
        "# Settings",
        "",
        f"{MADE} How they are kept in a file: [settings in a file](../how-to/settings.md).",
        "",
        "| setting | default | meaning |",
        "|---|---|---|",
    ]
    made = Settings()
    for field in fields(Settings):
        held = getattr(made, field.name)
        shown = "[]" if held == () else "{}" if held == {} else str(held).lower() if isinstance(held, bool) else held
        default = "–" if held is None else f"`{shown}`"
        lines.append(f"| `{field.name.replace('_', '-')}` | {default} | {cell(said.get(field.name, ''))} |")
    return "\n".join([*lines, ""])


def _said_of_fields(kind: type) -> dict[str, str]:
    """Field of a dataclass -> the docstring below it."""
    tree = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(tree, ast.ClassDef)
    return {
        field.target.id: _text_of(after)
        for field, after in pairwise(tree.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    }


def _text_of(node: ast.stmt) -> str:
    held = node.value if isinstance(node, ast.Expr) else None
    return held.value if isinstance(held, ast.Constant) and isinstance(held.value, str) else ""


def python_page() -> str:
    """The public names: functions with signatures and docstrings, values with their fields, errors."""
    names = [name for name in cleaner.__all__ if not name.startswith("_")]
    functions = [name for name in names if inspect.isfunction(getattr(cleaner, name))]
    classes = [name for name in names if inspect.isclass(getattr(cleaner, name))]
    lines = [
        "# Python",
        "",
        f"{MADE} Examples: [use it in a Python pipeline](../how-to/python.md).",
        "",
        "## Functions",
        "",
    ]
    for name in functions:
        held = getattr(cleaner, name)
        signature = re.sub(r"(: |-> )'([^']*)'", r"\1\2", f"{name}{inspect.signature(held)}")
        lines += [f"### {name}", "", "```python", signature.replace(", *, ", ", *,\n    "), "```", "", _prose(held), ""]
    lines += ["## Values", "", "Frozen: they compare by content, can be pickled, and go between threads.", ""]
    held = {name for name in classes if is_dataclass(getattr(cleaner, name)) and name != "Settings"}
    homes = {name: f"cleaner.{name}" for name in held} | {
        name: f"cleaner.document.{name}"
        for name, found in vars(document).items()
        if inspect.isclass(found) and is_dataclass(found) and name not in held
    }
    for name, home in sorted(homes.items()):
        kind = getattr(cleaner if name in held else document, name)
        said = _said_of_fields(kind)
        lines += [f"### {name}", "", f"`{home}`. {_prose(kind)}", "", "| field | type | meaning |", "|---|---|---|"]
        lines += [
            f"| `{one.name}` | `{cell(str(one.type))}` | {cell(said.get(one.name, ''))} |" for one in fields(kind)
        ]
        lines.append("")
    lines += ["### Settings", "", _prose(Settings), "", "Its fields: [settings](settings.md).", ""]
    lines += ["## Errors", ""]
    for name in classes:
        if issubclass(getattr(cleaner, name), Exception):
            lines += [f"### {name}", "", _prose(getattr(cleaner, name)), ""]
    return "\n".join(lines)


def _prose(held: object) -> str:
    """The text of `held`, its examples as code."""
    text = inspect.getdoc(held) or ""
    return re.sub(
        r"((?:^    .*\n?)+)", lambda found: f"\n```text\n{inspect.cleandoc(found[0])}\n```\n", text, flags=re.MULTILINE
    )
