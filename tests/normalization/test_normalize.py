"""Normalisation: what must stay first, then each rule."""

import re
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.edits import PIECE, undo
from cleaner.normalization import normalize_layers
from cleaner.normalization.whitespace import indentation, trailing_spaces

UNCHANGED = [
    "",
    "A plain paragraph, with stops.\n\nAnd another one.\n",
    "Où allez-vous ? Ici ! « Oui » : 50 % ; voilà.",
    "Où allez-vous\u00a0? «\u00a0Oui\u202f»\u00a0: 50\u00a0%.",
    "Wait . . . for it",
    "Wait . . . for it, she said . Then",
    "見出し　本文です。",
    "می‌خواهم بروم",
    "👩‍👩‍👧‍👦 family",
    "e.g. 3.14, v2.0.1, www.example.org, a.b@c.org, main.py",
    "name    age   town\nann     34    rome\nbob     35    paris",
    "    indented code\n    stays\n",
    "See [4] for details, and array[2] too.",
    "“Straight” quotes 'stay' as they are – always…",
    "ﬁne ligatures and ＦＵＬＬ width",
]


@pytest.mark.parametrize("text", UNCHANGED)
@pytest.mark.parametrize("profile", ["encoding", "text", "corpus"])
def test_left_alone(text, profile):
    assert cleaner.normalize(text, profile=profile).text == text


@pytest.mark.parametrize(
    ("profile", "before", "after"),
    [
        ("text", "a  ", "a"),
        ("text", "  \nb ", "\nb"),
        ("text", "\t", ""),
        ("corpus", "   one\n   two", "   one\n   two"),
        ("corpus", "   one\n   two\n  three", "   one\n   two\nthree"),
        ("corpus", "One.\n   two\n  three\nFour.", "One.\ntwo\nthree\nFour."),
        ("corpus", "ab  cd\nef  gh", "ab  cd\nef  gh"),
        ("corpus", "ab  cd\nplain\nef  gh", "ab cd\nplain\nef gh"),
        ("corpus", "ab  cd\nefg  hi", "ab cd\nefg hi"),
        ("corpus", "ab   cd\nefg  hi\nend", "ab   cd\nefg  hi\nend"),
        ("corpus", f"{'ab ' * 60}c  d\n{'ab ' * 60}e  f", f"{'ab ' * 60}c d\n{'ab ' * 60}e f"),
    ],
)
def test_spaces_at_the_ends_and_between_neighbours(profile, before, after):
    assert cleaner.normalize(before, profile=profile).text == after


def test_a_blank_line_of_spaces_is_no_layout():
    """Where the spaces of blank lines are kept (`--ignore TXT105`)."""
    assert [change.start for change in indentation("One.\n  \n  Two.")] == [8]


def test_only_what_is_not_composed_is_touched():
    text = "a e\u0301 b, e\u0301"
    found = cleaner.normalize(text)
    assert found.text == "a é b, é"
    assert [(edit.start, edit.end) for edit in found.edits] == [(2, 4), (8, 10)]


@pytest.mark.parametrize("size", [3, 100_000, PIECE])
@pytest.mark.parametrize("letter", ["a", "é"])
def test_controls_are_found_in_texts_of_any_size(size, letter):
    text = letter * size + "\x07" + letter
    assert cleaner.normalize(text).text == letter * (size + 1)
    assert cleaner.normalize(letter * size) == cleaner.document.Revision(letter * size)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sign up for our newsletter\n\n\nOne.\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\n\nTwo.\n\n\nSign up for our newsletter\n", "One.\n\nTwo.\n"),
        ("\nSign up for our newsletter\n\nOne.\n\nTwo.", "One.\n\nTwo."),
        ("One.\nSign up for our newsletter", "One.\nSign up for our newsletter"),
    ],
)
def test_boilerplate_goes_with_its_blank_lines(before, after):
    assert cleaner.normalize(before, profile="corpus", drop_boilerplate=True).text == after


@pytest.mark.parametrize(
    ("profile", "before", "after", "rule"),
    [
        ("text", "e\u0301te\u0301", "\u00e9t\u00e9", "TXT101"),
        ("text", "a\r\nb\rc\n", "a\nb\nc\n", "TXT102"),
        ("text", "a\x00b\x0bc", "abc", "TXT103"),
        ("text", "a\ufeffb", "ab", "TXT104"),
        ("text", "a  \nb\t\n", "a\nb\n", "TXT105"),
        ("text", "a\n\n\n\nb", "a\n\nb", "TXT106"),
        ("corpus", "a\u00a0b\u2009c", "a b c", "TXT201"),
        ("corpus", "a\u3000b\u00a0c\u3000d", "a b c d", "TXT201"),
        ("corpus", "\n\nText", "Text", "TXT202"),
        ("corpus", "One.\n\n   Two.\n\nThree.", "One.\n\nTwo.\n\nThree.", "TXT203"),
        ("corpus", "She  is here.", "She is here.", "TXT204"),
        ("corpus", "It is known.[2] So it is.", "It is known. So it is.", "TXT301"),
        ("corpus", "a producer . He", "a producer. He", "TXT302"),
        ("corpus", "the night before. . She", "the night before. She", "TXT303"),
        (
            "corpus",
            "It is so.[1] See chapter [2] and word[3] here.",
            "It is so. See chapter [2] and word here.",
            "TXT301",
        ),
        ("corpus", "A document, a docu-\nment.", "A document, a document.", "TXT304"),
        ("corpus", "Docu-\nments of all kinds. DOCUMENTS.", "Documents of all kinds. DOCUMENTS.", "TXT304"),
    ],
)
def test_each_rule(profile, before, after, rule):
    revision = cleaner.normalize(before, profile=profile)
    assert revision.text == after
    assert {edit.rule for edit in revision.edits} == {rule}
    assert cleaner.normalize(before, profile="encoding").text == before


def test_markdown_keeps_breaks_and_code():
    text = "A break  \nhere.\n\n```\nx  =  1 .\n```\n"
    assert cleaner.normalize(text, profile="corpus", markdown=True).text == text


@pytest.mark.parametrize("text", ["╔══╗\n║  ║\n╚══╝", "├── one  # the first\n└── eleven  # the last", "│ One  two │"])
def test_drawings_keep_their_spaces(text):
    assert cleaner.normalize(text, profile="corpus").text == text


@pytest.mark.parametrize("text", ["a well-\nknown man", "Jean-\nPierre, called Jeanpierre"])
def test_without_evidence_a_hyphen_stays(text):
    assert cleaner.normalize(text, profile="corpus").text == text


def test_promotion_is_marked_and_dropped_on_request():
    text = "A story.\n\nIt went on.\n\nFollow us on the network!"
    revision = cleaner.normalize(text, profile="corpus")
    assert revision.text == text
    assert [finding.rule for finding in revision.findings] == ["TXT902"]
    assert cleaner.normalize(text).findings == ()
    dropped = cleaner.normalize(text, profile="corpus", drop_boilerplate=True)
    assert dropped.text == "A story.\n\nIt went on."


def test_promotion_counts_at_the_beginning_and_the_end_only():
    story = [f"This is line {number} of the story." for number in range(20)]
    found = []
    for number in range(20):
        text = "\n\n".join([*story[:number], "Follow us!", *story[number + 1 :]])
        found += [number for one in cleaner.normalize(text, profile="corpus").findings if one.rule == "TXT902"]
    assert found == [0, 1, 2, 14, 15, 16, 17, 18, 19]


def test_promotion_is_marked_in_order_and_a_long_line_is_none():
    text = "Follow us!\nOne.\nTwo.\nShare this\n" + "Follow us " + "on and on " * 30
    revision = cleaner.normalize(text, profile="corpus")
    assert [text[one.start : one.end] for one in revision.findings] == ["Follow us!", "Share this"]


def test_a_missing_space_is_reported():
    revision = cleaner.normalize("She left the house.She went on foot.", profile="corpus")
    assert [finding.rule for finding in revision.findings] == ["TXT901"]
    assert revision.edits == ()


MESSY = st.text(alphabet="ab .,\n\r\t\u00a0\u0301e\ufeff[2]\x00 A-", max_size=60)


@settings(max_examples=200, deadline=None)
@given(MESSY, st.sampled_from(["text", "corpus"]), st.booleans())
def test_undone_and_stable(text, profile, markdown):
    revision = cleaner.normalize(text, profile=profile, markdown=markdown)
    assert undo(revision.text, revision.edits) == text
    layers = normalize_layers(text, profile=profile, markdown=markdown)
    assert (layers[-1].text if layers else text) == revision.text


@settings(max_examples=200, deadline=None)
@given(MESSY, st.sampled_from(["text", "corpus"]))
def test_twice_is_once(text, profile):
    once = cleaner.normalize(text, profile=profile).text
    assert cleaner.normalize(once, profile=profile).text == once


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("It is so.  [1]\n", "It is so.\n"),
        ("It is so. \u00a0[1]\n", "It is so.\n"),
        ("It is so  . .\n", "It is so.\n"),
        ("it  , then\n", "it, then\n"),
    ],
)
def test_doubled_spaces_hide_no_residue(text, clean):
    assert cleaner.normalize(text, profile="corpus").text == clean


def test_a_break_before_a_line_of_spaces_is_none():
    assert cleaner.normalize("one  \n \ntwo  \nthree\n", markdown=True).text == "one\n\ntwo  \nthree\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He sold the house.She left.", ["house.She"]),
        ("see http://a.example/house.She went", []),
        ("write to anna.Bell@example.org now", []),
        ("\thouse.She went\n", ["house.She"]),
        ("He sold the house.She left." + " And so on." * 200, ["house.She"]),
    ],
)
def test_a_missing_space_is_reported_with_its_word(text, found):
    revision = cleaner.normalize(text, profile="corpus")
    assert [text[one.start : one.end].strip() for one in revision.findings if one.rule == "TXT901"] == found


@given(st.text(st.sampled_from(" \t\r\na"), max_size=12))
def test_spaces_at_line_ends_go_whatever_stands_around_them(text):
    parts = re.split(r"(\r?\n)", text)
    clean = "".join(part if number % 2 else part.rstrip(" \t") for number, part in enumerate(parts))
    assert undo(clean, list(trailing_spaces(text, markdown=False))) == text


def test_a_long_run_of_spaces_inside_a_line_is_read_once():
    """With each of its spaces as a beginning it took minutes."""
    text = "a" + " " * 300_000 + "b \nc"
    assert cleaner.normalize(text).text == text.replace("b ", "b")


@pytest.mark.parametrize("controls", ["\x01", "\x1b", "\x1b[31m", "\x01\x1b(B"])
def test_a_run_of_controls_takes_no_memory_for_each(controls):
    text = controls * 200_000
    tracemalloc.start()
    try:
        assert cleaner.normalize(f"a{text}b").text == "ab"
        assert tracemalloc.get_traced_memory()[1] < 8 * len(text) + 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("space", ["\x85", "\u2028"])
def test_a_row_of_odd_spaces_is_read_once(space):
    text = "One.\n\nTwo.\n"
    assert cleaner.normalize(f"{text}{space * 300_000}\n", profile="corpus").findings == ()
    found = cleaner.normalize(f"{text}{space}Follow us!", profile="corpus").findings
    assert [finding.rule for finding in found] == ["TXT902"]
