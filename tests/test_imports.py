"""The house's import rules, held against the code: docs/architecture.md has the same table for people."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cleaner"
BASE = {"document", "edits", "restoring", "errors", "arguments"}
"""The values and what every room may do with them."""
MAY_IMPORT: dict[str, set[str]] = {
    "document": set(),
    "errors": set(),
    "known": set(),
    "arguments": {"errors", "known"},
    "edits": {"document", "errors"},
    "restoring": {"arguments", "document", "edits", "errors"},
    "records": set(),
    "thresholds": set(),
    "plurals": set(),
    "nfc": set(),
    "markup": set(),
    "settings": {"errors", "known", "thresholds"},
    "memory": set(),
    "arrays": set(),
    "patterns": set(),
    "models": {"arrays", "memory"},
    "decoding": BASE | {"arrays", "memory", "models", "patterns"},
    "mojibake": BASE | {"arrays", "memory", "models", "nfc", "patterns"},
    "normalization": BASE | {"nfc"},
    "language": BASE | {"arrays", "memory", "markup", "models"},
    "overlap": BASE
    | {"arrays", "language", "memory", "markup", "mojibake", "models", "nfc", "plurals", "records", "thresholds"},
    "engines": {"errors", "memory"},
    "sources": BASE,
    "decisions": BASE | {"known", "plurals"},
    "choosing": BASE | {"decisions"},
    "second_look": BASE | {"choosing", "mojibake"},
    "glance": {"models", "mojibake"},
    "pragmas": {"known"},
    "checking": BASE | {"settings", "decoding", "mojibake", "cleaning", "choosing", "pragmas", "spoofing"},
    "transcoding": BASE | {"settings", "decoding", "checking", "pragmas"},
    "spoofing": BASE | {"glance"},
    "cleaning": BASE
    | {"settings", "choosing", "second_look", "decisions", "decoding", "mojibake", "normalization", "language"},
    "outputs": BASE | {"records"},
    "rules": BASE | {"sources", "decoding", "mojibake", "normalization", "spoofing", "language", "overlap"},
    "runs": BASE
    | {
        "",
        "cleaning",
        "decisions",
        "engines",
        "memory",
        "mojibake",
        "outputs",
        "overlap",
        "plurals",
        "records",
        "settings",
        "sources",
    },
    "planning": BASE | {"cleaning", "corpus", "decisions", "plurals", "runs", "settings", "sources"},
    "corpus": BASE
    | {
        "",
        "cleaning",
        "decisions",
        "decoding",
        "engines",
        "language",
        "memory",
        "mojibake",
        "outputs",
        "rules",
        "runs",
        "settings",
        "sources",
    },
}
ROOMS_INSIDE: dict[str, dict[str, set[str]]] = {
    "mojibake": {
        "confidence": set(),
        "strangeness": set(),
        "escapes": {"strangeness"},
        "accidents": {"confidence"},
        "words": set(),
        "readings": {"strangeness", "accidents", "words"},
        "prospects": {"accidents", "words", "readings"},
        "gate": {"strangeness", "prospects"},
        "chains": {"strangeness", "escapes", "accidents", "words", "readings", "gate"},
        "lost": {"accidents", "words", "readings", "chains"},
        "doubts": {"confidence", "accidents", "words", "readings", "chains"},
    },
    "overlap": {
        "relations": set(),
        "aligned": {"relations"},
        "clusters": {"relations"},
        "grouping": set(),
        "tables": set(),
        "words": {"grouping"},
        "names": {"grouping", "words"},
        "documents": {"grouping", "words", "names"},
        "copies": {"relations", "grouping", "tables", "words", "documents"},
        "index": {"tables", "words", "names", "documents"},
        "stories": {"relations", "clusters", "grouping", "tables", "words", "documents", "copies", "index"},
        "tellings": {"relations", "aligned", "clusters", "grouping", "words", "documents", "copies"},
    },
}
"""Rooms inside a room, each behind those that it may import. Files of the room that are not named may import them all."""
ABOVE_ALL = {"", "cli", "__main__"}
"""The public names, the commands and `python -m` may import everything."""


def room_of(path: Path, inside: str = "") -> str:
    name = path.relative_to(PACKAGE / inside).parts[0].removesuffix(".py")
    return "" if name == "__init__" else name


def imported_rooms(path: Path, inside: str = "") -> set[str]:
    """Rooms that `path` imports, of the house or of the room `inside`; "" is the house or the room itself."""
    above = ["cleaner", inside] if inside else ["cleaner"]
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names = [module]
            if module == ".".join(above):
                held = PACKAGE / inside
                names = [
                    f"{module}.{a.name}" if (held / a.name).exists() or (held / f"{a.name}.py").exists() else module
                    for a in node.names
                ]
        split = [name.split(".") for name in names]
        rooms |= {[*parts, ""][len(above)] for parts in split if parts[: len(above)] == above}
    return rooms


STAGES = {"decoding", "mojibake", "normalization", "language"}


def test_the_page_on_architecture_has_the_same_table():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = {}
    for room, names in re.findall(r"^\| `cleaner/(\w+)(?:\.py|/)` \| .* \| ([^|]*) \|$", page, re.MULTILINE):
        said = set(names.split(", ")) - {"nothing of ours"}
        groups = {"the values": BASE, "the stages": STAGES, "the version": {""}}
        told[room] = {one for name in said for one in groups.get(name, {name})}
    assert {room: told[room] for room in MAY_IMPORT} == MAY_IMPORT


@pytest.mark.parametrize("room", ROOMS_INSIDE)
def test_the_page_on_architecture_has_the_rooms_inside_in_the_same_order(room):
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(rf"^\| `{room}/(\w+)/` \| .* \| ([^|]*) \|$", page, re.MULTILINE)
    told = [(name, set(said.split(", ")) - {"nothing"}) for name, said in rows]
    assert told == [one for one in ROOMS_INSIDE[room].items() if (PACKAGE / room / one[0]).is_dir()]
    assert set(dict(told)) == {path.parent.name for path in (PACKAGE / room).glob("*/__init__.py")}


@pytest.mark.parametrize("room", ROOMS_INSIDE)
def test_arrows_between_rooms_inside_run_one_way(room):
    ahead: set[str] = set()
    for name, may_import in ROOMS_INSIDE[room].items():
        assert may_import <= ahead, f"{room}/{name} imports what stands behind it"
        ahead.add(name)


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_what_it_may(path):
    room = room_of(path)
    if room in ABOVE_ALL:
        return
    assert room in MAY_IMPORT, f"a new room {room!r}: add it to docs/architecture.md and to this table"
    assert imported_rooms(path) - {room} <= MAY_IMPORT[room]


INSIDE = [path for path in FILES if room_of(path) in ROOMS_INSIDE]


@pytest.mark.parametrize("path", INSIDE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_inside_imports_only_what_it_may(path):
    room = room_of(path)
    inside = room_of(path, room)
    if inside in ROOMS_INSIDE[room]:
        assert imported_rooms(path, room) - {inside} <= ROOMS_INSIDE[room][inside]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_library_never_prints(path):
    if room_of(path) == "cli":
        return
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


def loaded_by(code: str, *options: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, *options, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


def test_import_loads_no_stage():
    assert not {m for m in loaded_by("import cleaner") if m.startswith("cleaner.")}


HEAVY = {"numpy", "ftfy", "charset_normalizer", "langdetect", "cleaner.models.characters"}


@pytest.mark.parametrize(
    "code",
    [
        "import cleaner; cleaner.decode(b'plain ASCII text, nothing more\\n')",
        "import cleaner; cleaner.decode('caf\\u00e9 \\u2019 \\u2014 na\\u00efve'.encode())",
        "import cleaner; cleaner.repair('plain ASCII text, nothing more\\n')",
        "import cleaner; cleaner.repair('It\\u2019s a caf\\u00e9 \\u2014 \\u201cna\\u00efve\\u201d')",
        "import cleaner; cleaner.normalize('plain ASCII text, nothing more\\n', profile='corpus')",
    ],
)
def test_clean_text_loads_nothing_heavy(code):
    assert not HEAVY & loaded_by(code)


NEEDLESS = HEAVY | {"typing", "contextlib", "dataclasses", "pathlib", "tomllib", "json", "inspect", "tempfile"}
"""Each of these takes a hook as long as looking at a file does."""


@pytest.mark.parametrize("command", [["check"], ["fix"], ["check", "--select", "TXT8"]])
@pytest.mark.parametrize("text", ["plain\n", "It’s a “quoted” — line…\n", "Le café était plein, et la façade naïve.\n"])
def test_a_clean_file_loads_next_to_nothing(tmp_path, command, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    argv = [*command, "--force-exclude", str(tmp_path / "a.txt")]
    loaded = loaded_by(f"from cleaner.cli import main; assert main({argv!r}) == 0", "-S")
    assert not NEEDLESS & loaded
    stages = {name for name in loaded if name.startswith(("cleaner.models", "cleaner.mojibake", "cleaner.decoding"))}
    assert not stages or "é" in text, "accents alone ask the gate"
