"""No file is read or written as the system would have text: each call names the encoding, each that writes the line ends."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

OPENS = {"open": 1, "fdopen": 1, "read_text": None, "write_text": None, "NamedTemporaryFile": 0, "TemporaryFile": 0}
"""Functions that open a file, and where they take the mode; `Path.open` takes it first."""
STREAM = re.compile(r"devnull|stream\.fileno")
"""What is no file: a terminal has line ends of its own."""


def faults(source: str) -> list[str]:
    found = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        is_method = isinstance(call.func, ast.Attribute)
        name = call.func.attr if is_method else getattr(call.func, "id", "")
        on_os = is_method and isinstance(call.func.value, ast.Name) and call.func.value.id == "os"
        if name not in OPENS or (on_os and name == "open") or (name == "read_text" and not is_method):
            continue  # `os.open` gives bytes; a function of ours is called `read_text`, too
        at, given = OPENS[name], {word.arg: word.value for word in call.keywords}
        at = 0 if name == "open" and is_method else at
        mode = "r" if at is None else given.get("mode", call.args[at] if len(call.args) > at else None)
        mode = getattr(mode, "value", mode) or ("w+b" if name.endswith("TemporaryFile") else "r")
        writes = name == "write_text" or (isinstance(mode, str) and set(mode) & set("wxa+"))
        if "b" in str(mode):
            continue
        named = "encoding" in given or (name == "read_text" and call.args)
        if not named or (writes and "newline" not in given and not STREAM.search(ast.unparse(call.args[0]))):
            found.append(f"{call.lineno}: {ast.unparse(call)}")
    return found


@pytest.mark.parametrize(
    "path", sorted((ROOT / "cleaner").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_encoding_and_line_ends_are_named(path: Path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "call",
    [
        "open(a)",
        "open(a, 'w', encoding='utf-8')",
        "path.open()",
        "path.open('a', encoding='utf-8')",
        "path.read_text()",
        "path.write_text(b, encoding='utf-8')",
        "os.fdopen(a, 'w')",
        "tempfile.NamedTemporaryFile('w')",
    ],
)
def test_what_depends_on_the_system_is_found(call):
    assert faults(call)


@pytest.mark.parametrize(
    "call",
    [
        "open(a, 'rb')",
        "os.open(a, 0)",
        "path.open('wb', buffering=1)",
        "path.read_text('utf-8')",
        "tempfile.TemporaryFile(dir=a)",
    ],
)
def test_what_does_not_is_left(call):
    assert not faults(call)
