"""`review`, `report`, and decisions in later runs."""

import json
import os
from pathlib import Path

import pytest

from cleaner.cli import asking, main
from cleaner.cli.common import Style
from cleaner.runs.reviewing import items
from tests.conftest import rows, tree

LETTER = "The bandโs last show.\nThe bandโs van.\nIt is โ really โ late.\n".encode()


@pytest.fixture
def done(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_bytes(LETTER)
    assert main(["run", "in", "--out", "out", "--no-report", "-q"]) == 0
    capsys.readouterr()
    return tmp_path / "out"


def text(out):
    return rows(out / "corpus.jsonl")[0]["text"]


def test_without_a_terminal_it_says_what_to_do(done, capsys):
    assert main(["review", "out"]) == 2
    assert "--accept-above" in capsys.readouterr().err
    assert main(["review", "in"]) == 2
    assert "name a folder that `cleaner run` wrote" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--document", "nope"], "has no such document; it has a.txt"),
        (["--document", "b.txt"], "did you mean a.txt?"),
        (["--select", "MOJ999"], "did you mean MOJ"),
        (["--language", "b.txt=fr"], "did you mean a.txt?"),
        (["--language", "a.txt=french"], "did you mean 'fr' (French)?"),
        (["--encoding", "b.txt=utf-8"], "did you mean a.txt?"),
        (["--accept", "--reject"], "give --accept or --reject"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(done, capsys, arguments, said):
    assert main(["review", "out", "--list", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["copy.txt", "picture.txt"])
def test_what_was_left_out_and_what_was_no_text_can_be_in_an_encoding_too(done, name):
    Path("in/copy.txt").write_bytes(LETTER)
    Path("in/picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert main(["run", "in", "--out", "out", "--no-report", "-q", "--overlap", "keep-best"]) == 0
    assert [row["id"] for row in rows(done / "corpus.jsonl")] == ["a.txt"]
    assert main(["review", "out", "--encoding", f"{name}=cp1252", "-q"]) == 0
    assert [row["document"] for row in rows(done / "decisions.jsonl")] == [name]


def test_the_list_is_in_order_of_doubt(done, capsys):
    assert main(["review", "out", "--list"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]
    assert len(listed) == 4
    assert [row["confidence"] for row in listed] == sorted(row["confidence"] for row in listed)
    assert LETTER.decode()[listed[-1]["start"] : listed[-1]["end"]] == "โ"


def test_rejection_is_carried_out_by_the_next_run(done, capsys):
    assert main(["review", "out", "--reject-below", "0.95"]) == 0
    assert "2 new decisions, 2 in all" in capsys.readouterr().out
    assert main(["run", "in", "--out", "out", "--no-report"]) == 0
    assert "2 of 2 decisions of a person applied" in capsys.readouterr().out
    assert text(done) == "The band’s last show.\nThe band’s van.\nIt is โ really โ late.\n"
    assert main(["review", "out", "--accept", "-q"]) == 0
    kept = rows(done / "decisions.jsonl")
    assert [row["verdict"] for row in kept] == ["reject", "reject", "accept", "accept"]


def test_one_of_a_thing_is_said_in_the_singular(done, capsys):
    assert main(["review", "out", "--encoding", "a.txt=utf-8"]) == 0
    place = os.path.join("out", "decisions.jsonl")
    assert f"1 new decision, 1 in all in {place}; 4 changes are undecided." in capsys.readouterr().out


def test_decisions_are_found_by_name_and_settings(done):
    assert main(["review", "out", "--reject", "-q", "--decisions", "mine.jsonl"]) == 0
    assert not (done / "decisions.jsonl").exists()
    assert main(["run", "in", "--out", "out", "--no-report", "-q", "--decisions", "mine.jsonl"]) == 0
    assert text(done) == LETTER.decode()
    Path("cleaner.toml").write_text('decisions = "mine.jsonl"\n')
    assert main(["run", "in", "--out", "other", "--no-report", "-q"]) == 0
    assert text(done.parent / "other") == LETTER.decode()
    Path("mine.jsonl").write_text("{}")
    assert main(["run", "in", "--out", "other", "--no-report", "-q"]) == 2


def test_overrides_and_imports(done, capsys):
    assert main(["review", "out", "--language", "a.txt=fr", "--encoding", "a.txt=utf-8", "-q"]) == 0
    assert main(["review", "out", "--language", "b.txt=fr"]) == 2
    assert main(["review", "out", "--encoding", "a.txt=latin-99"]) == 2
    assert main(["review", "out", "--encoding", "a.txt"]) == 2
    (done / "decisions.jsonl").rename("downloaded.jsonl")
    assert main(["review", "out", "--import", "downloaded.jsonl", "-q"]) == 0
    assert main(["run", "in", "--out", "out", "--no-report", "-q"]) == 0
    assert rows(done / "corpus.jsonl")[0]["language"]["code"] == "fr"


def answered(out, *answers):
    held = iter(answers)
    kept = []

    def read(prompt):
        try:
            return next(held)
        except StopIteration:
            raise EOFError from None

    asking.ask(items(out, lambda edit: edit["kind"] == "inferred"), kept.extend, Style(on=False), read=read)
    return [(one.verdict, one.after) for one in kept]


@pytest.mark.parametrize(
    ("answers", "verdicts"),
    [
        ([], []),
        (["q"], []),
        (["?", "what", "s", "a", ""], [("accept", None)] * 2),
        (["r", "s", "b", "r"], [("reject", None)] * 2),
        (["t", "–", "q"], [("pick", "–")]),
        (["R"], [("reject", None)] * 2),
        (["s", "s", "A"], [("accept", None)] * 2),
        (["9"], []),
        (["t"], []),
    ],
)
def test_the_conversation(done, capsys, answers, verdicts):
    assert answered(done, *answers) == verdicts


def test_an_alternative_is_picked_by_its_number(done, capsys):
    (verdict,) = answered(done, "1")
    shown = capsys.readouterr().out
    assert verdict[0] in ("pick", "reject")
    if verdict[0] == "pick":
        assert f"    1 '{verdict[1]}'" in shown


def test_report_is_the_one_the_run_writes(done, capsys):
    assert main(["run", "in", "--out", "out", "-q"]) == 0
    with_report = tree(done)
    assert main(["run", "in", "--out", "out", "-q", "--no-report"]) == 0
    assert main(["report", "out"]) == 0
    assert tree(done) == with_report
    assert main(["report", "in"]) == 2
    (done / "corpus.jsonl").write_text("{")
    assert main(["report", "out"]) == 2
    assert "Traceback" not in capsys.readouterr().err
