"""Runs what a Markdown page shows: commands with their output, files that it names, Python examples."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

FENCE = re.compile(
    r"^```(?P<kind>[a-z]*)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
SKIP = "…"
"""A line of it stands for any lines, in a line for anything."""


@dataclass(frozen=True)
class Step:
    """A command with the output that the page shows, or a file that it has the reader write."""

    line: int
    command: str = ""
    shown: str = ""
    file: str = ""
    content: str = ""


def steps(page: str) -> list[Step]:
    """What a reader of `page` would do, in order. A fence with a title is a file, a `console` fence holds commands."""
    found = []
    for fence in FENCE.finditer(page):
        line = page.count("\n", 0, fence.start()) + 1
        if fence["title"]:
            found.append(Step(line, file=fence["title"], content=fence["body"]))
        elif fence["kind"] == "console":
            for part in re.split(r"^\$ ", fence["body"], flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                found.append(Step(line, command=command, shown=shown))
    return found


def matches(shown: str, said: str) -> bool:
    """Whether `said` is what the page shows."""
    lines = [
        re.escape(line).replace(SKIP, ".*") + r"\n" if line != SKIP else r"(?:.*\n)*" for line in shown.splitlines()
    ]
    return re.fullmatch("".join(lines), said if said.endswith("\n") or not said else said + "\n") is not None


def environment(folder: Path) -> dict[str, str]:
    """Variables under which `cleaner` and `python` are those of the tests."""
    tools = folder / ".tools"
    tools.mkdir()
    for name, call in (
        ("cleaner", f'exec "{sys.executable}" -m cleaner "$@"'),
        ("python", f'exec "{sys.executable}" "$@"'),
    ):
        (tools / name).write_text(f"#!/bin/sh\n{call}\n")
        (tools / name).chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "200"}


def run_steps(page: str, folder: Path) -> list[str]:
    """Does the steps of `page` in `folder`; what did not come out as shown."""
    variables, wrong = environment(folder), []
    for step in steps(page):
        if step.file:
            (folder / step.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / step.file).write_text(step.content, encoding="utf-8")
            continue
        done = subprocess.run(
            ["bash", "-c", step.command],
            check=False,
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        if not matches(step.shown, done.stdout + done.stderr):
            wrong.append(f"line {step.line}: $ {step.command}\nshown:\n{step.shown}\nsaid:\n{done.stdout}{done.stderr}")
    return wrong


def run_examples(page: str, name: str) -> doctest.TestResults:
    """Runs the Python examples of `page`."""
    examples = doctest.DocTestParser().get_doctest(page, {}, name, name, 0)
    return doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples)
