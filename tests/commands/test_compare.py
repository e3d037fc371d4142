"""`compare`: what changed between two runs."""

import json
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.runs.differences import compare_runs


@pytest.fixture
def runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_bytes("The bandโs last show.  \nIt is cafÃ© time, really.\n".encode())
    Path("in/b.txt").write_bytes(b"Nothing to do here.\n")
    Path("in/c.txt").write_bytes(b"Gone later.\n")
    assert main(["run", "in", "--out", "one", "--no-report", "-q"]) == 0
    capsys.readouterr()
    return tmp_path


def test_a_run_is_like_itself(runs, capsys):
    assert not compare_runs(runs / "one", runs / "one")
    assert main(["compare", "one", "one"]) == 0
    assert "Nothing changed." in capsys.readouterr().out


def test_other_settings_show_by_rule(runs, capsys):
    assert main(["run", "in", "--out", "two", "--no-report", "-q", "--level", "exact", "--profile", "encoding"]) == 0
    found = compare_runs(runs / "one", runs / "two")
    assert (found.same, found.texts) == (2, 1)
    assert {rule: (held.first, held.second, held.other) for rule, held in found.rules.items()} == {
        "MOJ202": (1, 0, 0),
        "TXT105": (1, 0, 0),
    }
    (example,) = found.rules["MOJ202"].examples
    assert (example.document, example.start, example.before, example.first, example.second) == (
        "a.txt",
        8,
        "โ",
        "’",
        None,
    )
    assert found.settings["level"] == ("inferred", "exact")
    assert main(["compare", "one", "two"]) == 0
    out = capsys.readouterr().out
    assert "a.txt, character 8, 'โ': '’' → left" in out
    assert main(["compare", "two", "one", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["rules"]["MOJ202"]["second"] == 1


def test_decisions_and_other_documents_show(runs):
    assert main(["review", "one", "--reject", "-q"]) == 0
    decision = json.loads((runs / "one" / "decisions.jsonl").read_text(encoding="utf-8")) | {
        "verdict": "pick",
        "after": "‘",
    }
    Path("picked.jsonl").write_text(json.dumps(decision), encoding="utf-8")
    Path("in/c.txt").unlink()
    Path("in/d.txt").write_bytes(b"New.\n")
    Path("in/b.txt").write_bytes(b"Something else.\n")
    assert main(["run", "in", "--out", "two", "--no-report", "-q", "--decisions", "picked.jsonl"]) == 0
    found = compare_runs(runs / "one", runs / "two")
    assert (found.only_first, found.only_second, found.sources) == (["c.txt"], ["d.txt"], ["b.txt"])
    assert found.rules["MOJ202"].other == 1
    assert (found.rules["MOJ202"].examples[0].first, found.rules["MOJ202"].examples[0].second) == ("’", "‘")


def test_a_document_that_one_run_rejects_is_told(runs, capsys):
    Path("in/b.txt").write_bytes(bytes(range(256)) * 4)
    assert main(["run", "in", "--out", "two", "--no-report", "-q"]) == 0
    rule = json.loads(Path("two/rejected.jsonl").read_text())["rule"]
    found = compare_runs(runs / "one", runs / "two")
    assert (found.only_first, found.rejected) == (["b.txt"], {"b.txt": (None, rule)})
    assert not compare_runs(runs / "two", runs / "two")
    capsys.readouterr()
    assert main(["compare", "two", "one"]) == 0
    assert (
        f"1 rejected by one run only, or for another reason: b.txt ({rule} → not rejected)" in capsys.readouterr().out
    )


def test_what_is_no_run_is_refused(runs, capsys):
    assert main(["compare", "one", "in"]) == 2
    assert main(["compare", "none", "one"]) == 2
    (runs / "one" / "corpus.jsonl").write_text("{")
    assert main(["compare", "one", "one"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "field", "commands"),
    [
        ("edits.jsonl", "kind", ["review"]),
        ("edits.jsonl", "rule", ["compare", "review"]),
        ("corpus.jsonl", "id", ["compare", "review", "report"]),
        ("corpus.jsonl", "source", ["compare", "review", "report"]),
        ("relations.jsonl", "a", ["compare"]),
    ],
)
def test_a_record_that_lacks_a_field_is_told(runs, capsys, file, field, commands):
    Path("in/e.txt").write_bytes(Path("in/a.txt").read_bytes())
    for out in ("one", "two"):
        assert main(["run", "in", "--out", out, "--no-report", "-q"]) == 0
    place = Path("two", file)
    first, *rest = place.read_text("utf-8").splitlines()
    row = json.loads(first)
    del row[field]
    place.write_text("\n".join([json.dumps(row), *rest, ""]), "utf-8")
    asked = {"compare": ["one", "two"], "review": ["two", "--list"], "report": ["two"]}
    for command in commands:
        assert main([command, *asked[command]]) == 2
        assert "a file of the run is damaged: " in capsys.readouterr().err


@pytest.mark.parametrize("change", [{"version": None}, {"output": 1, "version": 1}])
def test_a_damaged_manifest_is_told(runs, capsys, change):
    assert main(["run", "in", "--out", "two", "--no-report", "-q"]) == 0
    place = Path("two", "manifest.json")
    held = {**json.loads(place.read_text("utf-8")), **change}
    place.write_text(json.dumps({name: value for name, value in held.items() if value is not None}), "utf-8")
    command = ["report", "two"] if "output" in change else ["compare", "one", "two"]
    assert main(command) == 2
    assert "a file of the run is damaged: " in capsys.readouterr().err
