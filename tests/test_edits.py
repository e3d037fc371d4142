"""Edits of two passes made one layer: what stays provable, and what does not."""

import pytest

from cleaner.document import Candidate, Edit, Finding, Revision, Segment, Span, edit_of
from cleaner.edits import ByteMap, apply, compose, merge, undo

SHOWN, WRITTEN = ("encode cp1250", "decode cp864"), ("encode cp864", "decode utf-8")


def edit(start, before, after, chain=SHOWN, kind="exact", confidence=0.9):
    return Edit("MOJ102", start, start + len(before), before, after, "why", confidence, kind, (), chain)


def test_an_edit_made_fast_is_the_same():
    said = "MOJ102", 1, 3, "ab", "x", "why", 0.9, "exact", ("told",), SHOWN, (Candidate("y", 0.1),)
    placed = (*said, 1, Span(0, 2), Span(0, 4), Span(5, 6))
    assert edit_of(*said) == Edit(*said)
    assert edit_of(*placed) == Edit(*placed)
    with pytest.raises(AttributeError):
        edit_of(*said).after = "z"


def test_layers_are_placed_in_source_bytes_and_clean_text():
    text = "\x07é bb \x07c"
    first = (edit(1, "é", "eee"), edit(3, "bb", ""))
    between = apply(text, first)
    second = (edit(0, "\x07", ""), edit(6, "\x07", "-"))
    assert (between, apply(between, second)) == ("\x07eee  \x07c", "eee  -c")
    layers = [
        Revision(text, (), (Finding("B", 7, 8, "c"), Finding("A", 7, 8, "c"))),
        Revision(between, first, (Finding("A", 1, 4, "eee"),)),
        Revision(between),
        Revision(apply(between, second), second),
    ]
    data = text.encode()
    edits, findings = compose(layers, text, (Segment(0, len(data), 0, len(text), "utf-8"),))
    assert [(one.layer, one.source, one.source_bytes, one.clean) for one in edits] == [
        (1, Span(1, 2), Span(1, 3), Span(0, 3)),
        (1, Span(3, 5), Span(4, 6), Span(4, 4)),
        (2, Span(0, 1), Span(0, 1), Span(0, 0)),
        (2, Span(6, 7), Span(7, 8), Span(5, 6)),
    ]
    assert [(one.rule, one.start, one.end) for one in findings] == [("A", 0, 3), ("A", 6, 7), ("B", 6, 7)]
    assert compose([Revision(text)], text, ()) == ((), ())


def test_an_edit_that_touches_no_other_stays_as_it_is():
    first, second = edit(0, "ab", "x"), edit(4, "ef", "y", WRITTEN)
    merged = merge("ab-c-ef", [first], [second])
    assert [(one.start, one.end, one.after, one.kind) for one in merged] == [
        (0, 2, "x", "exact"),
        (5, 7, "y", "exact"),
    ]


def test_exact_changes_of_the_same_characters_are_exact_together():
    (merged,) = merge("-ab-", [edit(1, "ab", "xy")], [edit(1, "xy", "z", WRITTEN, confidence=0.7)])
    assert (merged.before, merged.after, merged.kind, merged.confidence) == ("ab", "z", "exact", 0.7)
    assert merged.chain == (*SHOWN, *WRITTEN)
    assert merged.reason == "why; then why"


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("-abc", [edit(1, "ab", "xy")], [edit(1, "xyc", "z")]),
        ("-ab-", [edit(1, "ab", "xy")], [edit(2, "y", "z")]),
        ("-ab-", [edit(1, "ab", "xy")], [edit(1, "xy", "z", kind="inferred")]),
        ("-ab-", [edit(1, "ab", "xy", kind="inferred")], [edit(1, "xy", "z")]),
        ("-ab-", [edit(1, "ab", "xy", chain=())], [edit(1, "xy", "z")]),
        ("abcd", [edit(0, "ab", "x"), edit(2, "cd", "x")], [edit(1, "x", "y")]),
    ],
    ids=["more", "less", "second inferred", "first inferred", "no chain", "two before"],
)
def test_other_changes_that_touch_are_inferred_together(text, first, second):
    merged = merge(text, first, second, trust=0.2)
    assert {(one.kind, one.confidence) for one in merged} == {("inferred", 0.18)}
    result = apply(apply(text, first), second)
    assert apply(text, merged) == result
    assert undo(result, merged) == text


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("utf-7", "Grüße aus Köln\nçaéèb und ¿ö?\nab \nö-a- é\n-é-"),
        ("iso2022_jp", "いろは abc 日本\nに  ほへ\nxy 悪記き悪"),
        ("iso2022_kr", "가 나 abc\n다라 \n마"),
        ("hz", "中文 b 中\n文 ~ 字 \nz"),
    ],
)
def test_places_in_stateful_encodings(codec, text):
    """Bytes before a place are those of the text before it, whatever places were asked before."""
    data = text.encode(codec)
    segment = Segment(0, len(data), 0, len(text), codec)
    places = ByteMap(text, [segment])
    ends = [places.backward(Span(0, end)).end for end in range(len(text) + 1)]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (0, len(data))
    for end, at in enumerate(ends):
        assert codec == "utf-7" or data[:at].decode(codec) == text[:end]
        assert ByteMap(text, [segment]).backward(Span(end, end)).end == at
    for start in range(len(text)):
        if text[start].isascii():
            place = places.backward(Span(start, start + 1))
            assert text[start].encode() in data[place.start : place.end]


def test_a_place_in_utf7_is_never_behind_the_file():
    text = "a" + "é" * 30 + "\n"
    data = text.encode("utf-7")
    places = ByteMap(text, [Segment(0, len(data), 0, len(text), "utf-7")])
    assert [places.backward(Span(at, at + 1)).end for at in (1, 2, 5, 20, 31)][-1] == len(data)
    assert all(places.backward(Span(at, at + 1)).end <= len(data) for at in range(len(text)))


@pytest.mark.parametrize("codec", ["euc_jis_2004", "shift_jis_2004", "euc_jisx0213", "shift_jisx0213"])
def test_a_place_within_a_character_of_two_code_points_is_before_it(codec):
    text = "あか\u309aい か\u309a\u02e9\u02e5う"
    data = text.encode(codec)
    places = ByteMap(text, [Segment(0, len(data), 0, len(text), codec)])
    ends = [places.backward(Span(at, at)).end for at in range(len(text) + 1)]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (0, len(data))
    assert all(data[:end].decode(codec) in text for end in ends)
    assert ends[1] == ends[2] < ends[3]
