"""A normalised text looked at once more: where it need not be, first; then that cleaning twice is cleaning once."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import clean, restore
from cleaner.checking import check_bytes
from cleaner.choosing import Choice
from cleaner.decisions import Decision, DocumentDecisions, Ruling
from cleaner.document import Document, Edit, Finding, Revision, Span
from cleaner.edits import apply, line_around
from cleaner.records import from_json, to_json
from cleaner.second_look import _changed_lines, _is_line_end, joined, needs_another, settled
from cleaner.settings import Settings

PROSE = "Съешь же ещё этих мягких булок\nThe café’s naïve résumé — “no”\n人人生而自由。\n"


def step(text, *changes):
    edits = []
    for before, after in changes:
        start = text.index(before, edits[-1].end if edits else 0)
        edits.append(Edit("TXT000", start, start + len(before), before, after, "", 1.0))
    return Revision(apply(text, edits), tuple(edits))


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (PROSE.replace("\n", "\r\n"), [("\r\n", "\n")] * 3),
        (PROSE.replace("\n", " \t\n"), [(" \t", "")] * 3),
        (PROSE + "\n\n\n\n", [("\n\n\n\n", "\n\n")]),
        ("cafe\u0301 and more\n" + PROSE, [("e\u0301", "é")]),
        ("no\u00a0break\n" + PROSE, [("\u00a0", " ")]),
    ],
)
def test_a_clean_text_is_not_looked_at_again(text, changes):
    assert not needs_another([step(text, *changes)], clean=True)


def test_what_did_not_change_is_not_looked_at_again():
    assert not needs_another([Revision("cafÃ© \x80")], clean=False)
    assert not needs_another([], clean=False)
    assert not needs_another([step("cafÃ© \x80\r\n", ("\r\n", "\n"))], clean=False)
    assert needs_another([step("cafÃ© \x80 \n", (" \n", "\n"))], clean=False)


def test_spaces_at_line_ends_are_not_worth_a_look(monkeypatch):
    monkeypatch.setattr("cleaner.mojibake.looks_clean", lambda text: not text)
    assert not needs_another([step("été \r\nÉtat\r\n", (" ", ""), ("\r\n", "\n"), ("\r\n", "\n"))], clean=True)
    for text, change in [("été\rÉtat", ("\r", "\n")), ("ce\u0301", ("e\u0301", "é")), ("a b", (" ", ""))]:
        assert needs_another([step(text, change)], clean=True)


@pytest.mark.parametrize(("text", "change"), [("CafÃ\x00© au lait", ("\x00", "")), ("Â\ufeffâ€”x", ("\ufeff", ""))])
def test_a_line_that_became_suspicious_is_looked_at(text, change):
    assert needs_another([step(text, change)], clean=True)


THERE, LATER = Finding("MOJ301", 4, 6, "left"), Finding("MOJ302", 4, 6, "asked")


def test_findings_that_are_answered_go_and_none_is_said_twice():
    first = Revision("abc ÃÃ d ÃÃ", (), (THERE, Finding("MOJ301", 9, 11, "left"), Finding("TXT901", 4, 6, "odd")))
    edits = (Edit("MOJ101", 4, 6, "ÃÃ", "é", "", 0.9),)
    again = Revision("abc é d ÃÃ", edits, (Finding("MOJ301", 8, 10, "left"), Finding("MOJ302", 8, 10, "asked")))
    layers = joined([first], [again, Revision(again.text)])
    assert [[one.rule for one in layer.findings] for layer in layers] == [["MOJ301", "TXT901"], ["MOJ302"]]
    assert layers[0].findings[0].start == 9


def test_a_finding_of_a_second_look_alone_is_told():
    first = Revision("abc", (Edit("TXT105", 3, 4, " ", "", "", 1.0),))
    layers = joined([first], [Revision("abc", (), (THERE,)), Revision("abc")])
    assert layers == [first, Revision("abc", (), (THERE,))]


def test_findings_of_one_look_do_not_answer_each_other():
    left = Revision("a bc", (), (Finding("TXT201", 1, 2, "left"),))
    edit = Edit("TXT204", 1, 2, " ", "", "", 1.0)
    layers = joined([], [left, Revision("abc", (edit,))])
    assert layers == [left, Revision("abc", (edit,))]


@pytest.mark.parametrize("seed", range(60))
def test_the_lines_that_a_layer_changed(seed):
    chance = random.Random(seed)
    text = "".join(chance.choice("ab\n") for _ in range(24))
    edits, at = [], 0
    while at < len(text):
        end = min(len(text), at + chance.choice([0, 1, 2]))
        before, after = text[at:end], chance.choice(["", "c", "cc", "c\nc"])
        if chance.random() < 0.3 and before != after:
            edits.append(Edit("TXT000", at, end, before, after, "", 1.0))
        at = end + 1
    layer = Revision(apply(text, edits), tuple(edits))
    touched = set()
    shift = 0
    for edit in edits:
        start, end = edit.start + shift, edit.start + shift + len(edit.after)
        shift += len(edit.after) - len(edit.before)
        if not _is_line_end(edit.before, edit.after, layer.text, start):
            first, last = line_around(layer.text, start, end)
            touched.update(range(layer.text.count("\n", 0, first), layer.text.count("\n", 0, last) + 1))
    lines = layer.text.split("\n")
    found = "\n".join(_changed_lines(layer)).split("\n") if touched else list(_changed_lines(layer))
    assert found == [lines[number] for number in sorted(touched)]


@pytest.mark.parametrize(
    ("before", "after", "text", "at", "wanted"),
    [
        (" ", "", "ab\ncd", 2, True),
        ("\r\n", "\n", "ab\ncd", 2, True),
        ("\t", " ", "ab \ncd", 2, True),
        (" ", "", "abcd", 0, True),
        (" ", "", "abcd", 4, True),
        (" ", "", "ab cd", 2, True),
        (" ", "", "ab cd", 3, True),
        (" ", "", "abcd", 2, False),
        ("\n", "", "abcd", 2, False),
        ("", "\n", "ab\ncd", 2, False),
        ("x", "", "ab\ncd", 2, False),
        (" ", "x", "abx\ncd", 2, False),
        ("x ", " ", "ab \ncd", 2, False),
    ],
)
def test_changes_of_spaces_at_the_end_of_a_line(before, after, text, at, wanted):
    assert _is_line_end(before, after, text, at) is wanted


def test_what_a_person_has_settled_stays():
    rejected = Decision("a", rule="MOJ101", start=3, end=6, verdict="reject")
    accepted = Decision("a", rule="MOJ101", start=9, end=12, verdict="accept")
    ruling = Ruling(DocumentDecisions((rejected, accepted)), "0")
    choice = settled(Choice(ruling=ruling))
    other = Edit("MOJ201", 5, 7, "xx", "y", "", 0.9)
    assert not choice.hindrance(other, Span(5, 7))  # the decision met nothing
    ruling.met |= {rejected, accepted}
    assert choice.hindrance(other, Span(5, 7))
    assert choice.hindrance(other, Span(0, 4))
    assert choice.hindrance(other, Span(3, 4))
    assert not choice.hindrance(other, Span(0, 3))
    assert not choice.hindrance(other, Span(6, 7))
    assert not choice.hindrance(other, Span(9, 12))
    assert not choice.hindrance(Edit("TXT103", 5, 6, "x", "", "", 1.0), Span(5, 6))
    assert settled(Choice()) == Choice()


LETTERS = ["“no”", "café", "naïve", "Съешь", "אבג", "ภาษา", "人生", "هذا", "…", "Å", "e\u0301", "\u1100\u1161", "ﷺ"]
LETTERS += ["\ufeff", "\u00a0", "\u200b"]
BETWEEN = [" ", "  ", "\n", "\r\n", "\r", "\x00", "\x1f", "\u00ad", "�", " \t\n", "&amp;", "plain "]
WRONG = [None, "cp1252", "latin-1", "cp1251", "cp874", "mac-roman"]


@st.composite
def garbled(draw) -> str:
    """Words, each through accidents of its own, with line ends, controls and odd spaces between them."""
    parts = []
    for _ in range(draw(st.integers(1, 12))):
        word = draw(st.sampled_from(LETTERS))
        for wrong in draw(st.lists(st.sampled_from(WRONG), max_size=2)):
            if wrong:
                word = word.encode("utf-8").decode(wrong, "replace")
        parts += [word, draw(st.sampled_from(BETWEEN))]
    return "".join(parts)


@settings(max_examples=150, deadline=None)
@given(garbled(), st.sampled_from(["encoding", "text", "corpus"]))
def test_cleaning_twice_is_cleaning_once(text, profile):
    chosen = Settings(profile=profile)
    once = clean(text, settings=chosen)
    assert clean(once.text, settings=chosen).text == once.text
    assert restore(once) == text.encode()
    assert from_json(Document, to_json(once)) == once
    for edit in once.edits:
        assert edit.source is not None
        assert edit.clean is not None
        assert edit.source_bytes is not None
        assert 0 <= edit.source.start <= edit.source.end <= len(text)
        assert 0 <= edit.clean.start <= edit.clean.end <= len(once.text)


@settings(max_examples=60, deadline=None)
@given(garbled(), st.data())
def test_any_edit_of_any_layer_can_be_decided(text, data):
    chosen = Settings(profile="corpus")
    once = clean(text, path="a", settings=chosen)
    if not once.edits:
        return
    edit = data.draw(st.sampled_from(once.edits))
    row = {
        "document": "a",
        "rule": edit.rule,
        "start": edit.source.start,
        "end": edit.source.end,
        "before": edit.before,
    }
    for verdict in ({"verdict": "reject"}, {"verdict": "pick", "after": "¤"}, {"verdict": "accept"}):
        made = DocumentDecisions.by_document([Decision.of({**row, **verdict})])["a"]
        again = clean(text, path="a", settings=chosen, decisions=made)
        assert restore(again) == text.encode()
        assert not [one for one in again.findings if one.rule == "SRC104"]
        if verdict["verdict"] == "accept":
            assert again.text == once.text


@settings(max_examples=60, deadline=None)
@given(garbled(), st.sampled_from(["encoding", "text", "corpus"]))
def test_a_fixed_file_needs_no_fix(text, profile):
    chosen = Settings(profile=profile)
    checked = check_bytes(text.encode(), path="a.txt", settings=chosen)
    if checked.fixed is not None:
        assert check_bytes(checked.fixed, path="a.txt", settings=chosen).fixed is None
