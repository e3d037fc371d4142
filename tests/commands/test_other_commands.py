"""`restore`, `explain`, `schema`, `--help`, `python -m cleaner`."""

import json
import subprocess
import sys

import pytest

from cleaner.cli import COMMANDS, main
from cleaner.rules import rule_codes
from tests.conftest import ROOT


@pytest.fixture
def done(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes("Trailing spaces go.   \r\nIt’s done.\r\n".encode())
    assert main(["run", str(folder), "--out", str(tmp_path / "out"), "--no-report", "--quiet"]) == 0
    return tmp_path / "out"


def test_restore_refuses_what_is_no_run(tmp_path, capsys):
    assert main(["restore", str(tmp_path), "--to", str(tmp_path / "again")]) == 2
    assert "no corpus.jsonl" in capsys.readouterr().err


def test_restore_refuses_a_full_folder(done, tmp_path, capsys):
    assert main(["restore", str(done), "--to", str(tmp_path / "in")]) == 2
    assert "not an empty folder" in capsys.readouterr().err
    assert main(["restore", str(done), "--to", str(done / "again")]) == 2
    assert "lies inside" in capsys.readouterr().err


@pytest.mark.parametrize(
    "tamper",
    [
        lambda corpus, edits: (corpus.replace("done", "gone"), edits),
        lambda corpus, edits: (corpus, edits.replace('"before":"   "', '"before":"  "')),
        lambda corpus, edits: (corpus, edits.split("\n", 1)[1]),
        lambda corpus, edits: (corpus[:-40], edits),
        lambda corpus, edits: (corpus, edits.replace("a.txt", "b.txt")),
    ],
)
def test_restore_notices_changed_records(done, tmp_path, capsys, tamper):
    corpus, edits = ((done / name).read_text(encoding="utf-8") for name in ("corpus.jsonl", "edits.jsonl"))
    changed = tamper(corpus, edits)
    assert changed != (corpus, edits)
    for name, text in zip(("corpus.jsonl", "edits.jsonl"), changed, strict=True):
        (done / name).write_text(text, encoding="utf-8")
    assert main(["restore", str(done), "--to", str(tmp_path / "again")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_restore_never_leads_out_of_its_folder(done, tmp_path, capsys):
    text = (done / "corpus.jsonl").read_text(encoding="utf-8")
    row = json.loads(text)
    row["source"]["path"] = "../escaped.txt"
    (done / "corpus.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["restore", str(done), "--to", str(tmp_path / "again")]) == 2
    assert "leads out" in capsys.readouterr().err
    assert not (tmp_path / "escaped.txt").exists()


def test_explain_lists_and_tells(capsys):
    assert main(["explain"]) == 0
    listed = capsys.readouterr().out
    codes = rule_codes()
    assert len(codes) == len(set(codes))
    assert all(code in listed for code in codes)
    for code in codes:
        assert main(["explain", code.lower()]) == 0
        told = capsys.readouterr().out
        assert told.startswith(code)
        assert len(told) > 120


def test_explain_of_a_text(capsys):
    assert main(["explain", "--text", "We met at the cafÃ©"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "cleaner: 'We met at the café'"
    assert told[1].startswith("MOJ101 at 17:19")
    assert told[-1].startswith("ftfy: the same")
    assert main(["explain", "MOJ101", "--text", "x"]) == 2
    assert "not both" in capsys.readouterr().err


def test_explain_offers_the_nearest(capsys):
    assert main(["explain", "MOJ999"]) == 2
    assert "MOJ" in capsys.readouterr().err.replace("MOJ999", "")


def test_schema(capsys):
    assert main(["schema", "edits"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Line of edits.jsonl"
    assert main(["schema"]) == 0
    assert "corpus" in json.loads(capsys.readouterr().out)
    assert main(["schema", "edit"]) == 2
    assert "known are" in capsys.readouterr().err


def test_module_and_version():
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.startswith("cleaner ")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help(command, capsys):
    assert main([*command, "--help"]) == 0
    assert "usage: cleaner" in capsys.readouterr().out


def test_help_names_every_command(capsys):
    assert main([]) == 0
    told = capsys.readouterr().out
    assert all(f"  {name} " in told for name in COMMANDS)
    assert len(told.split("\n")) < 45


def test_an_unknown_command_is_refused_with_the_nearest(capsys):
    assert main(["chekc"]) == 2
    assert "did you mean 'check'" in capsys.readouterr().err
    assert main(["check", "--selct", "MOJ"]) == 2
