"""Bytes of one file: what would change, and what `fix` writes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.checking import _hindrance, _shifted, _spliced, check_bytes
from cleaner.choosing import Choice
from cleaner.document import Edit, Segment, Span
from cleaner.settings import Settings

ENCODING = Settings(profile="encoding")
TEXT = Settings(profile="text", ignore=("TXT102",))


def check(data, held=ENCODING, path="a.txt"):
    return check_bytes(data, path=path, settings=held)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no line end",
        b"CRLF\r\nLF\nCR\r",
        "\ufeffmark, caf\u00e9\r\n".encode(),
        "Grüße aus Köln, schöne Straße\r\n".encode("cp1252"),
        "Привет, как дела? Всё хорошо.\n".encode("koi8-r"),
        "It’s “UTF-16” here\r\n".encode("utf-16"),
        "It’s UTF-16 without mark\r\n".encode("utf-16-be"),
        "日本語の文章です。これはテストです。\n".encode("shift_jis"),
        b"\x89PNG\r\n\x1a\n\0\0\0",
        "ภาษาไทยเป็นภาษาที่สวยงาม\n".encode("tis-620"),
        "Ünïcödé ñandú naïve\n".encode(),
    ],
)
def test_what_is_sound_stays(data):
    checked = check(data)
    assert checked.fixed is None
    assert not [problem for problem in checked.problems if problem.after is not None]


LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


@pytest.mark.parametrize("end", LINE_ENDS.values(), ids=LINE_ENDS)
@pytest.mark.parametrize("final", [True, False])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_only_the_damage_changes(end, final, codec):
    lines = ["The first line is fine.", "The cafÃ© was full â€” “as ever”.", "The last  line  is fine. "]
    text = end.join(lines) + (end if final else "")
    checked = check(text.encode(codec))
    expected = text.replace("Ã©", "é").replace("â€”", "—")
    assert checked.fixed.decode(codec) == expected
    if codec in ("utf-16", "utf-32"):
        assert checked.fixed[:2] == text.encode(codec)[:2]
    assert check(checked.fixed).fixed is None
    outside(text.encode(codec), checked)


def outside(data, checked):
    """Every byte outside the reported edits is where it was."""
    rest = checked.fixed
    done = 0
    for problem in checked.problems:
        if problem.after is None:
            continue
        kept = data[done : problem.bytes.start]
        assert rest.startswith(kept)
        rest = rest[len(kept) :]
        done = problem.bytes.end
        written = [
            problem.after.encode(codec)
            for codec in (checked.encoding.encoding, "utf-8")
            if encodable(problem.after, codec)
        ]
        match = [one for one in written if rest.startswith(one)]
        assert match
        rest = rest[len(match[0]) :]
    assert rest == data[done:]


def encodable(text, codec):
    try:
        text.encode(codec)
    except UnicodeError:
        return False
    return True


def test_what_the_encoding_lacks_is_reported():
    data = "La réservation du café, à l’hôtel, â€™".encode("cp1252")
    assert check(data).fixed == "La réservation du café, à l’hôtel, ’".encode("cp1252")


@pytest.mark.parametrize(
    ("segment", "after", "said"),
    [
        (Segment(0, 9, 0, 9, "cp1252"), "é’", ""),
        (Segment(0, 9, 0, 9, "ascii"), "Привет", ""),  # ASCII is UTF-8
        (Segment(0, 9, 0, 9, "cp1252"), "Привет", "can't write it"),
        (Segment(0, 9, 0, 9, "iso2022_jp"), "日本", "can't write it"),
        (Segment(0, 9, 0, 9, "utf-7"), "é", "can't write it"),
        (Segment(0, 9, 0, 9, "cp932", b"x" * 9), "a", "damaged"),
        (Segment(0, 9, 0, 9, None, b"x" * 9), "a", "damaged"),
    ],
)
def test_what_the_bytes_can_not_hold_is_not_written(segment, after, said):
    why = _hindrance(ENCODING, [segment])(Edit("MOJ101", 1, 3, "Ã©", after, "", 0.99), Span(1, 3))
    assert said in why
    assert bool(why) == bool(said)


@pytest.mark.parametrize(
    ("ignored", "rules"),
    [([], ["ENC101", "MOJ301"]), (["ENC"], ["MOJ301", "MOJ301"]), (["MOJ"], ["ENC101"])],
)
def test_a_place_without_a_meaning_is_told_once(ignored, rules):
    """The sign that stands for damaged bytes is no sign of lost text besides; one that the file itself holds is."""
    data = "Mañana, a las ".encode() + b"\xff" + " estará aquí. Y después � nada más".encode()
    checked = check_bytes(data, path="a.txt", settings=Settings(profile="encoding", ignore=[*ignored, "ENC201"]))
    assert [problem.rule for problem in checked.problems] == rules
    document = cleaner.clean(data, settings=Settings(ignore=[*ignored, "ENC201"]))
    assert [finding.rule for finding in document.findings] == rules


def test_little_confidence_is_reported_not_written():
    data = "The bandโs last show\n".encode()
    assert check(data).fixed == "The band’s last show\n".encode()
    careful = check(data, Settings(profile="encoding", min_confidence=0.999))
    assert careful.fixed is None
    (problem,) = careful.problems
    assert problem.after is None
    assert problem.alternatives[0].value == "’"
    assert "below 0.999" in problem.reason
    assert not check(data, Settings(profile="encoding", level="exact")).fixed


def test_rules_can_be_selected_and_ignored():
    data = "cafÃ© noir, the bandโs show\n".encode()
    only = check(data, Settings(profile="encoding", select=("MOJ2",)))
    assert {problem.rule for problem in only.problems} == {"MOJ202"}
    other = check(data, Settings(profile="encoding", ignore=("MOJ202",)))
    assert {problem.rule for problem in other.problems} == {"MOJ101"}


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("cafÃ© noir  # cleaner: ignore\ncafÃ© noir\n", ["MOJ101"]),
        ("cafÃ© noir  # cleaner: ignore[MOJ2, MOJ1]\n", []),
        ("<!-- cleaner: off -->\r\ncafÃ© noir\r\n<!-- cleaner: on -->\r\ncafÃ© noir\r\n", ["MOJ101"]),
    ],
)
def test_remarks_in_the_file_count(text, rules):
    checked = check(text.encode())
    assert [problem.rule for problem in checked.problems] == rules
    assert (checked.fixed is None) == (not rules)


def test_profile_text_keeps_line_ends():
    checked = check(b"one  \r\n\r\n\r\n\r\ntwo\t\r\n", TEXT)
    assert checked.fixed == b"one\r\n\r\ntwo\r\n"
    markdown = check(b"one  \r\ntwo \r\n", TEXT, path="a.md")
    assert markdown.fixed == b"one  \r\ntwo\r\n"


def test_places_are_those_of_editors():
    (problem,) = check("\ufeffone\r\ntwo cafÃ© noir".encode()).problems
    assert (problem.line, problem.column) == (2, 8)
    assert (problem.start, problem.end) == (12, 14)
    assert (problem.bytes.start, problem.bytes.end) == (15, 19)


WORDS = st.sampled_from(
    [
        "plain ",
        "cafÃ© ",
        "bandโs ",
        "naïve ",
        "\r\n",
        "\n",
        "â€œquoteâ€\x9d ",
        "Привет ",
        "РџСЂРёРІРµС‚ ",
        "日本 ",
        "\ufffd",
        "Â ",
        "e\u0301 ",
        "  \n",
        "ﬁ ",
    ]
)


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=8).map("".join), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]))
def test_fixing_twice_is_fixing_once(text, codec):
    for held in (ENCODING, TEXT):
        checked = check(text.encode(codec), held)
        if checked.fixed is not None:
            read = checked.encoding.encoding  # of two letters in UTF-16 it may be another than was written
            assert checked.fixed_text == checked.fixed.decode(read).removeprefix("\ufeff")
            assert check(checked.fixed, held).fixed is None
            outside(text.encode(codec), checked)


@settings(max_examples=60)
@given(st.binary(max_size=60))
def test_any_bytes_are_taken(data):
    checked = check(data)
    if checked.fixed is not None:
        assert check(checked.fixed).fixed is None


def test_a_remark_that_names_no_rule_silences_nothing_and_is_told():
    checked = check("fine\ncafÃ© noir  # cleaner: ignore[MOJ999, MOJ2]\n".encode())
    assert [problem.rule for problem in checked.problems] == ["MOJ101"]
    assert len(checked.notes) == 1
    assert checked.notes[0].startswith("line 2: the remark names 'MOJ999', which is no rule; did you mean MOJ")


@pytest.mark.parametrize(
    ("kind", "confidence", "held", "written"),
    [
        ("exact", 0.66, ENCODING, False),
        ("exact", 0.8, ENCODING, True),
        ("inferred", 0.94, ENCODING, False),
        ("inferred", 0.95, ENCODING, True),
        ("exact", 0.66, Settings(profile="encoding", min_confidence=0.6), True),
        ("exact", 0.9, Settings(profile="encoding", min_confidence=0.95), False),
    ],
)
def test_what_is_unsure_is_reported_and_not_written(kind, confidence, held, written):
    edit = Edit("MOJ101", 0, 2, "Ã©", "é", "why", confidence, kind)
    said = _hindrance(held, [Segment(0, 4, 0, 2, "utf-8")])(edit, Span(0, 2))
    assert (said == "") == written
    assert written or "its confidence is below" in said


PARTS = (
    Segment(0, 3, 0, 0, None, b"\xef\xbb\xbf"),
    Segment(3, 8, 0, 4, "utf-8"),
    Segment(8, 9, 4, 5, None, b"\x81"),
    Segment(9, 13, 5, 9, "cp1252"),
)
WHOLE = b"\xef\xbb\xbfab\xc3\xa9d\x81\xe9fgh"


@pytest.mark.parametrize(
    ("start", "end", "after", "said", "written"),
    [
        (0, 1, "日", "", b"\xef\xbb\xbf\xe6\x97\xa5b\xc3\xa9d\x81\xe9fgh"),
        (2, 4, "é", "", b"\xef\xbb\xbfab\xc3\xa9\x81\xe9fgh"),
        (5, 6, "è", "", b"\xef\xbb\xbfab\xc3\xa9d\x81\xe8fgh"),
        (8, 9, "", "", b"\xef\xbb\xbfab\xc3\xa9d\x81\xe9fg"),
        (9, 9, "ß", "", b"\xef\xbb\xbfab\xc3\xa9d\x81\xe9fgh\xdf"),
        (0, 0, "ß", "", b"\xef\xbb\xbf\xc3\x9fab\xc3\xa9d\x81\xe9fgh"),
        (6, 7, "日", "cp1252, which can't write it", None),
        (4, 5, "x", "damaged or in more than one", None),
        (3, 5, "x", "damaged or in more than one", None),
        (4, 6, "x", "damaged or in more than one", None),
        (3, 6, "x", "damaged or in more than one", None),
    ],
)
def test_an_edit_is_written_in_the_encoding_of_its_place(start, end, after, said, written):
    text = "abéd\ufffdéfgh"
    edit = Edit("MOJ101", start, end, text[start:end], after, "", 1.0)
    found = _hindrance(ENCODING, PARTS)(edit, Span(start, end))
    assert said in found if said else not found
    if written is not None:
        assert _spliced(WHOLE, text, PARTS, [edit]) == written


def test_a_choice_is_asked_about_places_before_what_was_done():
    asked = []
    choice = Choice(lambda *about: asked.append(about) or True, lambda *about: asked.append(about) or "no")
    edit = Edit("MOJ101", 1, 2, "x", "y", "", 1.0)
    shifted = _shifted(choice, [Edit("TXT103", 0, 2, "ab", "", "", 1.0)])
    assert shifted.wanted("MOJ101", Span(1, 2))
    assert shifted.hindrance(edit, Span(1, 2)) == "no"
    assert asked == [("MOJ101", Span(3, 4)), (edit, Span(3, 4))]


@pytest.mark.parametrize("codec", ["koi8-r", "cp1251"])
def test_encodings_that_are_known_are_kept_to(codec):
    data = "Где мы?".encode("koi8-r")
    assert check(data, Settings(profile="encoding", encodings=(codec,))).text == data.decode(codec)


@pytest.mark.parametrize("select", ["TXT", "TXT8", "TXT801"])
def test_deception_is_told_where_it_is_selected(select):
    data = "a\u202eb\u202c\n".encode()
    assert "TXT801" in {one.rule for one in check(data, Settings(profile="encoding", select=(select,))).problems}
    assert not check(data).problems
