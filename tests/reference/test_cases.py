"""The cases that the pages of rules show are what happens."""

import json

import pytest

import cleaner
from cleaner.checking import check_bytes
from cleaner.decisions import Decision, DocumentDecisions
from cleaner.overlap import find_duplicates
from cleaner.rules import rule_codes
from tests.conftest import READS_ALL, ROOT, posix, rows

STAGES = ("decoding", "language", "mojibake", "normalization", "overlap", "sources", "spoofing")
CASES = [
    case
    for stage in STAGES
    for case in json.loads((ROOT / "fixtures" / stage / "rules.json").read_text("utf-8"))["cases"]
]
WITHOUT_CASE = {"SRC103", "SRC105"}
"""A fault of the program itself: there is no input that leads to it."""


def cases_with(key: str, *but: str):
    found = [case for case in CASES if key in case and not set(but) & set(case)]
    return pytest.mark.parametrize("case", found, ids=[case["rule"] for case in found])


def cleaned(case):
    settings = cleaner.Settings(
        profile=case.get("profile", "text"), drop_boilerplate=case.get("drop_boilerplate", False), report=False
    )
    return cleaner.clean(case["text"], settings=settings)


def test_every_rule_has_a_case_with_a_reason():
    shown = {case["rule"] for case in CASES} | {
        case["rule"] for case in json.loads((ROOT / "fixtures/mojibake/cases.json").read_text("utf-8"))["cases"]
    }
    assert set(rule_codes()) - shown == WITHOUT_CASE
    assert all(case["why"] for case in CASES)


@cases_with("clean")
def test_before_and_after(case):
    document = cleaned(case)
    assert document.text == case["clean"]
    changed = case["text"] != case["clean"]
    assert (case["rule"] in {edit.rule for edit in document.edits}) == changed


@cases_with("select")
def test_what_is_found_where_it_is_asked_for(case):
    settings = cleaner.Settings(profile="encoding", select=tuple(case["select"]))
    checked = check_bytes(case["text"].encode(), path="file.txt", settings=settings)
    found = [problem for problem in checked.problems if problem.rule == case["rule"]]
    assert [problem.before for problem in found] == case["found"]
    assert checked.fixed is None


@cases_with("found", "select")
def test_what_is_found_and_left(case):
    document = cleaned(case)
    found = [document.text[f.start : f.end] for f in document.findings if f.rule == case["rule"]]
    assert found == case["found"]
    assert document.text == case["text"]


@cases_with("file")
def test_decoding_of_files(case):
    assert cleaner.decode(bytes.fromhex(case["bytes"])).text == case["text"]


@cases_with("bytes", "rejected", "file")
def test_decoding(case):
    decoded = cleaner.decode(bytes.fromhex(case["bytes"]))
    assert decoded.text == case.get("text", decoded.text)
    assert case["rule"] in {finding.rule for finding in decoded.findings}


@cases_with("rejected")
def test_rejected(case):
    with pytest.raises(cleaner.CleanerError, match=case["rejected"]):
        cleaner.clean(bytes.fromhex(case["bytes"]))


@cases_with("doubtful")
def test_doubtful_language(case):
    verdict = cleaner.detect_language(case["text"])
    assert verdict.confidence < 0.8
    assert set(case["doubtful"]) <= {candidate.value for candidate in verdict.candidates}


@cases_with("relation")
def test_relations(case):
    pairs = find_duplicates({"a": case["a"], "b": case["b"]}).pairs
    assert case["relation"] in [pair.relation for pair in pairs]


@cases_with("passage")
def test_passages(case):
    others = {f"c{number}": text for number, text in enumerate(case.get("others", ()))}
    pairs = find_duplicates({"a": case["a"], "b": case["b"], **others}).pairs
    assert case["passage"] in [passage.kind for pair in pairs for passage in pair.passages]


@posix
def test_sources(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "text.txt").write_text("text")
    (source / "gone").symlink_to("nowhere.txt")
    (source / "loop").symlink_to("..")
    (source / "secret.txt").write_text("text")
    (source / "secret.txt").chmod(0)
    cleaner.clean_folder(source, tmp_path / "out", settings=cleaner.Settings(report=False))
    said = [(row["rule"], row["reason"]) for row in rows(tmp_path / "out" / "rejected.jsonl")]
    decision = Decision("text.txt", rule="MOJ101", start=0, end=1, before="t", verdict="reject")
    said += [(one.rule, one.reason) for one in cleaner.clean("text", decisions=DocumentDecisions((decision,))).findings]
    for case in CASES:
        if "row" not in case or (case["rule"] == "SRC101" and READS_ALL):
            continue  # who may read everything is refused nothing
        assert [rule for rule, reason in said if rule == case["rule"] and case["row"] in reason], case
