"""Which of the edits that a stage proposes are made, and what is told of the others."""

from cleaner.choosing import Choice, chosen_revision
from cleaner.document import Candidate, Edit, Finding, Revision, Span
from cleaner.edits import apply

TEXT = "one two three"
ONE = Edit(
    "MOJ101", 0, 3, "one", "1", "a number", 0.9, "exact", ("told",), (), (Candidate("one", 0.05), Candidate("i", 0.04))
)
TWO = Edit("MOJ102", 4, 7, "two", "zwei", "a number", 0.5)
PROPOSED = Revision(apply(TEXT, [ONE, TWO]), (ONE, TWO), (Finding("MOJ301", 7, 12, "odd"),))


def test_without_a_choice_and_with_none_against_it_all_is_made():
    assert chosen_revision(TEXT, PROPOSED, (), None) is PROPOSED
    assert chosen_revision(TEXT, PROPOSED, (), Choice()) == PROPOSED


def test_what_is_hindered_is_told_with_its_proposals():
    choice = Choice(hindrance=lambda edit, span: "too early" if span == Span(0, 3) else "")
    made = chosen_revision(TEXT, PROPOSED, (), choice)
    assert (made.text, made.edits) == ("one zwei three", (TWO,))
    left, odd = made.findings
    assert (left.rule, left.start, left.end, left.confidence, left.evidence) == ("MOJ101", 0, 3, 0.9, ("told",))
    assert left.reason == "a number; left as it is: too early"
    assert left.candidates == (Candidate("1", 0.9), Candidate("i", 0.04))
    assert made.text[odd.start : odd.end] == PROPOSED.text[7:12]


def test_what_is_not_wanted_is_dropped_without_a_word():
    made = chosen_revision(TEXT, PROPOSED, (), Choice(wanted=lambda rule, span: rule == "MOJ102"))
    assert made == Revision("one zwei three", (TWO,))


def test_what_no_word_speaks_for_is_left():
    made = chosen_revision(TEXT, PROPOSED, (), Choice(doubtful=lambda text, edits: {1} if text == TEXT else set()))
    assert made.text == "1 two three"
    assert "no known word speaks for it" in made.findings[0].reason


def test_places_are_those_of_the_decoded_text():
    """Through the layers before, the last of them first."""
    first = Revision("abcone two three", (Edit("TXT000", 6, 10, "wxyz", "", "", 1.0),))
    second = Revision(TEXT, (Edit("TXT000", 0, 3, "abc", "", "", 1.0),))
    asked = []
    choice = Choice(lambda rule, span: asked.append((rule, span)) or True)
    chosen_revision(TEXT, PROPOSED, [first, second], choice)
    assert sorted(asked, key=lambda one: one[0]) == [
        ("MOJ101", Span(0, 10)),
        ("MOJ102", Span(11, 14)),
        ("MOJ301", Span(15, 20)),
    ]


def test_findings_stand_in_the_order_of_their_places():
    proposed = Revision(PROPOSED.text, PROPOSED.edits, (Finding("MOJ301", 0, 1, "odd"),))
    made = chosen_revision(TEXT, proposed, (), Choice(hindrance=lambda edit, span: "too early" if edit == TWO else ""))
    assert [finding.rule for finding in made.findings] == ["MOJ301", "MOJ102"]
