"""Decisions of a person: their file, and what they do to a document."""

import json
from dataclasses import replace

import pytest

import cleaner
from cleaner.cleaning import clean
from cleaner.corpus import clean_folder
from cleaner.decisions import Decision, DocumentDecisions, Ruling, notes_on_decisions, read_decisions
from cleaner.errors import UsageError
from cleaner.settings import Settings
from tests.conftest import rows, tree

DATA = "The bandโs last show.  \r\nIt was cafÃ© time, and the bandโs van left.\r\n".encode()


def decided(document, number, verdict, after=None):
    edit = document.edits[number]
    held = {"document": document.id, "sha256": document.source.sha256, "rule": edit.rule, "start": edit.source.start}
    held |= {"end": edit.source.end, "before": edit.before, "verdict": verdict}
    return Decision.of(held if after is None else {**held, "after": after})


def again(document, *decisions, data=DATA, **held):
    return clean(data, path=document.id, decisions=DocumentDecisions.by_document(decisions)[document.id], **held)


@pytest.fixture
def first():
    return clean(DATA, path="a.txt")


def test_acceptance_changes_no_text(first):
    second = again(first, *(decided(first, number, "accept") for number in range(len(first.edits))))
    assert second.text == first.text
    assert all("accepted in review" in edit.evidence for edit in second.edits)
    assert cleaner.restore(second) == DATA


def test_acceptance_is_stronger_than_a_threshold(first):
    careful = Settings(min_confidence=0.999)
    assert "bandโs last" in clean(DATA, path="a.txt", settings=careful).text
    assert "band’s last" in again(first, decided(first, 0, "accept"), settings=careful).text


@pytest.mark.parametrize("number", range(5))
def test_any_edit_can_be_rejected(first, number):
    edit = first.edits[number]
    second = again(first, decided(first, number, "reject"))
    kept = [(one.rule, one.source) for one in second.edits]
    assert (edit.rule, edit.source) not in kept
    assert len(kept) == len(first.edits) - 1
    (finding,) = [one for one in second.findings if "rejected in review" in one.reason]
    assert (finding.rule, second.text[finding.start : finding.end]) == (edit.rule, edit.before)
    assert finding.candidates[0].value == edit.after
    assert cleaner.restore(second) == DATA


def test_another_text_can_be_picked(first):
    second = again(first, decided(first, 0, "pick", "“"), decided(first, 2, "pick", ""))
    assert second.text.startswith("The band“s last show.\nIt was caf time") or "band“s" in second.text
    picked = [edit for edit in second.edits if "picked in review" in edit.evidence]
    assert len(picked) == 2
    assert {(edit.kind, edit.confidence) for edit in picked} == {("inferred", 1.0)}
    assert cleaner.restore(second) == DATA


def test_to_pick_what_is_proposed_is_to_accept_it(first):
    exact = next(number for number, edit in enumerate(first.edits) if edit.kind == "exact")
    second = again(first, decided(first, exact, "pick", first.edits[exact].after))
    assert second.edits[exact] == again(first, decided(first, exact, "accept")).edits[exact]


def test_a_decision_comes_back_from_its_record(first):
    for one in (decided(first, 0, "pick", "“"), Decision("a.txt", language="fr")):
        assert Decision.of(one.record()) == one
        assert None not in one.record().values()


def test_two_edits_of_one_place_are_decided_apart():
    row = {"document": "a", "rule": "MOJ101", "start": 0, "end": 4, "verdict": "reject"}
    made = [Decision.of({**row, "before": before}) for before in ("Ã\xa0", "Ã ", "Ã ")]
    assert DocumentDecisions.by_document(made)["a"].edits == tuple(made[:2])


def test_what_no_longer_fits_is_reported(first):
    moved = b"Oh. " + DATA
    second = again(first, decided(first, 0, "reject"), data=moved)
    (finding,) = [one for one in second.findings if one.rule == "SRC104"]
    assert "the source has changed since" in finding.reason
    elsewhere = Decision.of({"document": "a.txt", "rule": "MOJ202", "start": 1, "end": 2, "verdict": "reject"})
    second = again(first, elsewhere)
    assert second.text == first.text
    assert "no such change" in next(one.reason for one in second.findings if one.rule == "SRC104")


def test_a_decision_about_other_characters_has_no_effect(first):
    second = again(first, replace(decided(first, 0, "reject"), sha256=None, before="elsewhere"))
    assert second.text == first.text
    assert "SRC104" in [one.rule for one in second.findings]


@pytest.mark.parametrize(
    ("start", "end", "place"), [(-2, -1, (0, 0)), (1, 3, (1, 3)), (2, 1, (2, 2)), (3, 9, (3, 4)), (8, 9, (4, 4))]
)
def test_what_no_longer_fits_is_reported_inside_the_text(start, end, place):
    one = Decision.of({"document": "a", "rule": "MOJ101", "start": start, "end": end, "verdict": "reject"})
    (finding,) = Ruling(DocumentDecisions((one,)), "0").unmet(4)
    assert (finding.start, finding.end) == place


def test_encoding_and_language_are_overridden():
    data = "Příliš žluťoučký kůň".encode("cp1250")
    made = [
        Decision.of({"document": "a.txt", "encoding": "cp1250"}),
        Decision.of({"document": "a.txt", "language": "sk"}),
    ]
    document = clean(data, path="a.txt", decisions=DocumentDecisions.by_document(made)["a.txt"])
    assert document.text == "Příliš žluťoučký kůň"
    assert document.encoding.method == "decided"
    assert document.language.code == "sk"
    assert cleaner.restore(document) == data


@pytest.mark.parametrize("codec", ["ascii", "utf-16", "cp437", "shift_jis", "iso2022_jp", "utf-8", "hz"])
@pytest.mark.parametrize(
    "data", [b"\xff\xfea\0b", b"caf\xe9\x81 \x1b$B", "日本".encode(), b"~{x", b"odd", b"\xef\xbb\xbfmark"]
)
def test_any_encoding_can_be_named(codec, data):
    made = [Decision.of({"document": "a.txt", "encoding": codec})]
    document = clean(data, path="a.txt", decisions=DocumentDecisions.by_document(made)["a.txt"])
    assert cleaner.restore(document) == data


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "'document' is missing"),
        ({"document": "a"}, "give either"),
        ({"document": "a", "encoding": "latin-99"}, "latin-99"),
        ({"document": "a", "encoding": "base64"}, "base64"),
        ({"document": "a", "verdict": "maybe"}, "accept, reject or pick"),
        ({"document": "a", "verdict": "accept"}, "needs 'rule'"),
        ({"document": "a", "verdict": "accept", "rule": "MOJ101", "start": True, "end": 2}, "needs 'rule'"),
        ({"document": "a", "verdict": "accept", "rule": "MOJ101", "start": 1}, "needs 'rule'"),
        ({"document": "a", "verdict": "accept", "start": 1, "end": 2}, "needs 'rule'"),
        ({"document": "a", "verdict": "pick", "rule": "MOJ101", "start": 1, "end": 2}, "'after' belongs"),
        (
            {"document": "a", "verdict": "accept", "rule": "MOJ101", "start": 1, "end": 2, "after": "x"},
            "'after' belongs",
        ),
        ({"document": "a", "shape": "round", "colour": "red", "size": 3}, "unknown field 'colour', 'shape', 'size'"),
        ({"document": "a", "language": 3}, "must be a text"),
        (
            {"document": "a", "verdict": "pick", "rule": "MOJ101", "start": 1, "end": 2, "after": "\ud800"},
            "half of a character",
        ),
        ({"document": "a", "language": "english"}, "did you mean 'en'"),
    ],
)
def test_malformed_lines_are_named(tmp_path, row, said):
    path = tmp_path / "decisions.jsonl"
    path.write_text(" \n" + json.dumps(row) + "\n")
    with pytest.raises(UsageError, match=said) as raised:
        read_decisions(path)
    assert f"{path}:2:" in str(raised.value)


@pytest.mark.parametrize("text", ["[]", "{", "1"])
def test_what_is_no_object_is_named(tmp_path, text):
    path = tmp_path / "decisions.jsonl"
    path.write_text(text)
    with pytest.raises(UsageError, match="decisions"):
        read_decisions(path)


def test_a_run_applies_and_counts(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(DATA)
    (tmp_path / "in" / "b.txt").write_bytes(DATA)
    out = tmp_path / "out"
    clean_folder(tmp_path / "in", out, settings=Settings(report=False))
    before = tree(out)
    first = clean(DATA, path="a.txt")
    made = [
        decided(first, 0, "reject"),
        Decision.of({"document": "a.txt", "rule": "MOJ202", "start": 0, "end": 1, "verdict": "reject"}),
        Decision.of({"document": "c.txt", "language": "fr"}),
    ]
    done = clean_folder(tmp_path / "in", out, settings=Settings(report=False), decisions=made)
    texts = {row["id"]: row["text"] for row in rows(out / "corpus.jsonl")}
    assert texts["a.txt"].startswith("The bandโs last")
    assert texts["b.txt"].startswith("The band’s last")
    assert done.reused == 1  # the other document is as it was
    assert list(done.writing.notes) == [
        "1 of 3 decisions of a person applied",
        "1 decision no longer fits its document: see SRC104 in findings.jsonl",
        "1 decision is about what is no document of this run: c.txt",
    ]
    clean_folder(tmp_path / "in", out, settings=Settings(report=False))
    assert tree(out) == before


def test_what_had_its_effect_alone_is_noted():
    made = DocumentDecisions.by_document([Decision("a.txt", language="fr")])
    assert notes_on_decisions({}, ["a.txt"], {}) == []
    assert notes_on_decisions(made, ["a.txt"], {}) == ["1 of 1 decisions of a person applied"]


@pytest.mark.parametrize(("held", "said"), [(None, "No such file"), (b"\xff{}", "it is not in UTF-8")])
def test_a_file_of_decisions_that_can_not_be_read_is_told(tmp_path, held, said):
    path = tmp_path / "decisions.jsonl"
    if held is not None:
        path.write_bytes(held)
    with pytest.raises(UsageError, match=f"the decisions can't be read: {said}"):
        read_decisions(path)


def test_a_decision_holds_for_its_source_only(first):
    edit = first.edits[0]
    one = Decision("a.txt", "0" * 64, edit.rule, edit.source.start, edit.source.end, edit.before, "reject")
    document = again(first, one)
    assert document.edits[0].after == edit.after
    assert [
        found.rule for found in document.findings if "has no effect: the source has changed since" in found.reason
    ] == ["SRC104"]
