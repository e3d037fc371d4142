"""SARIF 2.1.0, as code hosts and editors read it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cleaner import __version__
from cleaner.checking import Problem
from cleaner.cli.common import Style
from cleaner.cli.reporters import Found
from cleaner.cli.reporters.as_text import line as text_line
from cleaner.rules import explain_rule, rule_summary

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def lines(found: Iterable[Found], style: Style) -> Iterator[str]:  # noqa: ARG001
    """One log with one run."""
    rows = [(file, problem) for file in found for problem in file.problems]
    codes = sorted({problem.rule for _, problem in rows})
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "cleaner", "version": __version__, "rules": [_rule(code) for code in codes]}
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(file, problem, codes.index(problem.rule)) for file, problem in rows],
            }
        ],
    }
    yield from json.dumps(log, ensure_ascii=True, indent=1).split("\n")


def _rule(code: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": rule_summary(code)},
        "fullDescription": {"text": explain_rule(code).partition("\n\n")[2]},
        "defaultConfiguration": {"level": "warning"},
    }


def _result(file: Found, problem: Problem, index: int) -> dict[str, Any]:
    place = {"uri": _uri(file.path)}
    region = _region(problem)
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": "warning" if problem.after is not None else "note",
        "message": {"text": text_line("", problem, Style(on=False)).split(": ", 1)[1]},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
        "rank": round(problem.confidence * 100, 2),
        "properties": {"kind": problem.kind, "evidence": list(problem.evidence)},
    }
    if problem.after is not None:
        replacement = {"deletedRegion": region, "insertedContent": {"text": problem.after}}
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": place, "replacements": [replacement]}]}]
    return result


def _region(problem: Problem) -> dict[str, Any]:
    lines = problem.before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    column = problem.column if len(lines) == 1 else 1
    return {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endLine": problem.line + len(lines) - 1,
        "endColumn": column + len(lines[-1]),
    }


def _uri(path: str) -> str:
    place = Path(path)
    if place.is_absolute():
        try:
            place = place.relative_to(Path.cwd())
        except ValueError:
            return place.as_uri()
    return quote(os.fsencode(place.as_posix()))
