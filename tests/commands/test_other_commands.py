"""`restore`, `explain`, `schema`, `--help`, `python -m cleaner`."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

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


def test_restore_notices_documents_that_are_gone(done, tmp_path, capsys):
    (done / "corpus.jsonl").write_text("", encoding="utf-8")
    (done / "edits.jsonl").write_text("", encoding="utf-8")
    assert main(["restore", str(done), "--to", str(tmp_path / "again")]) == 2
    said = "1 document that manifest.json counts is neither in corpus.jsonl nor in removed.jsonl"
    assert said in capsys.readouterr().err
    (done / "manifest.json").unlink()
    assert main(["restore", str(done), "--to", str(tmp_path / "again")]) == 0


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


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Où est le café où nous étions hier soir ?".encode("cp1252"), "leaves the text"),
        (b"\x89PNG\r\n\x1a\n\0", "binary"),
    ],
)
def test_a_text_to_explain_may_be_in_any_encoding(given, said):
    done = piped(["explain", "--text", "-"], given=given)
    assert said in (done.stdout + done.stderr).decode()
    assert "�" not in done.stdout.decode()


def test_explain_offers_the_nearest(capsys):
    assert main(["explain", "MOJ999"]) == 2
    assert "MOJ" in capsys.readouterr().err.replace("MOJ999", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--formt=json"], "unrecognized arguments: --formt=json; did you mean --format?"),
        (["run", "in", "--ouf=out"], "unrecognized arguments: --ouf=out; did you mean --out?"),
        (["check", "-X"], "unrecognized arguments: -X; `cleaner check --help` lists what it takes"),
        (["run"], "the following arguments are required: IN, --out; `cleaner run --help` lists what it takes"),
    ],
)
def test_a_wrong_argument_is_told_in_one_line(words, said, capsys):
    assert main(words) == 2
    assert capsys.readouterr().err == f"cleaner: {said}\n"


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
    assert main(["help", "rum"]) == 2
    assert "did you mean 'run'" in capsys.readouterr().err
    assert main(["--profile", "text", "run"]) == 2
    assert "there is no option '--profile' before a command" in capsys.readouterr().err
    assert main(["chekc"]) == 2
    assert "did you mean 'check'" in capsys.readouterr().err
    assert main(["check", "--selct", "MOJ"]) == 2


def piped(arguments, *, out=subprocess.PIPE, given=b"", **environment):
    command = [sys.executable, "-m", "cleaner", *arguments]
    held = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, input=given, stdout=out, stderr=subprocess.PIPE, env=held, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "MOJ202"],
        ["explain", "--text", "cafÃ© 😀"],
        ["--help"],
        ["check", "--help"],
        ["detect", "-"],
        ["show", "-"],
    ],
)
def test_a_terminal_that_knows_ascii_alone_gets_escapes(arguments):
    done = piped(arguments, given="The bandโs cafÃ©".encode(), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()


def test_json_is_json_on_such_a_terminal_too():
    done = piped(["check", "-", "--format", "jsonl"], given="cafÃ© 😀".encode(), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert [json.loads(line)["after"] for line in done.stdout.splitlines()] == ["é"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["explain"], ["check", "-"], ["fix", "-"], ["schema"]]
)
def test_a_full_disk_is_a_message(arguments):
    with Path("/dev/full").open("wb") as full:
        done = piped(arguments, given="cafÃ©".encode(), out=full)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == "cleaner: the output can't be written: No space left on device"


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_is_cut_short_is_a_message(tmp_path, unbuffered):
    script = (
        f"ulimit -f 40 && exec {shlex.quote(sys.executable)} -m cleaner fix - > {shlex.quote(str(tmp_path / 'out'))}"
    )
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        input=b"Nobody had lived in the house for years.\n" * 5000,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == "cleaner: the output can't be written: File too large"


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a shell does")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("arguments", "code"), [("check -", {0, 1}), ("explain --text -", {0}), ("detect README.md", {0}), ("nosuch", {2})]
)
def test_a_stream_may_be_closed(arguments, code, closed):
    command = f"{shlex.quote(sys.executable)} -m cleaner {arguments} {closed}"
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, input=b"caf\xc3\x83\xc2\xa9", capture_output=True, check=False
    )
    assert done.returncode in code
    assert b"Traceback" not in done.stderr


def test_a_message_steers_no_terminal(capsys):
    assert main(["check", "no\x1b[31msuch"]) == 2
    assert main(["run", "no\x1b[31msuch", "--out", "out"]) == 2
    assert capsys.readouterr().err.count("no\\x1b[31msuch") == 2


def test_settings_hold_for_commands_that_have_them(capsys):
    assert main(["config", "--for", "check"]) == 0
    assert 'profile = "encoding"' in capsys.readouterr().out
    assert main(["config", "--for", "check", "--select", "TXT1"]) == 0
    assert 'profile = "text"' in capsys.readouterr().out
    assert main(["config", "--for", "restore"]) == 2
    assert "run" in capsys.readouterr().err


def test_stdin_stands_alone(capsys):
    assert main(["fix", "-", "a.txt"]) == 2
    assert "name it alone" in capsys.readouterr().err


def test_the_beginning_of_a_code_lists_its_rules(capsys):
    assert main(["explain", "moj2"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        f"MOJ20{number}" for number in range(1, 6)
    ]


@pytest.mark.parametrize("width", [64, 80, 200])
def test_help_fits_the_terminal(capsys, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    for name in COMMANDS:
        assert main([name, "--help"]) == 0
        told = capsys.readouterr().out.partition("examples:")[0]
        assert max(map(len, told.splitlines())) <= width, name
