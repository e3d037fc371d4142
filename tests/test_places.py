"""Places of texts and bytes, mapped: held against a table of where every character goes."""

import random
from itertools import pairwise

import pytest

from cleaner.document import Segment, Span
from cleaner.edits import ByteMap, OffsetMap, inside_of, line_around

PARTS = [  # codec, text, bytes that are kept
    (None, "", b"\xef\xbb\xbf"),
    ("utf-8", "aé€😀z", None),
    ("cp1252", "“été”", None),
    (None, "\ufffd", b"\x81\x8d"),
    ("utf-16-le", "aé😀", None),
    ("iso2022_jp", "日本\n語", b"\x1b$BF|K\\\x1b(B\n\x1b$B8l\x1b(B"),
    ("ascii", "plain", None),
    ("euc_jis_2004", "か゚x", None),
]


def segments_of(parts):
    """The text of `parts`, their segments, and where the bytes of each character begin and end."""
    text, at, segments, places = "", 0, [], []
    for codec, own, raw in parts:
        data = raw if raw is not None else own.encode(codec)
        segments.append(Segment(at, at + len(data), len(text), len(text) + len(own), codec, raw))
        ends = [at + len(own[:number].encode(codec)) for number in range(len(own) + 1)] if raw is None else []
        places += pairwise(ends) if raw is None else [(at, at + len(data))] * len(own)
        text += own
        at += len(data)
    return text, tuple(segments), places


@pytest.mark.parametrize("order", ["ascending", "any"])
@pytest.mark.parametrize("first", range(len(PARTS) - 1))
def test_bytes_of_every_range(first, order):
    text, segments, places = segments_of(PARTS[first:-1])
    spans = [(start, end) for start in range(len(text)) for end in range(start + 1, len(text) + 1)]
    if order == "any":
        random.Random(first).shuffle(spans)
    held = ByteMap(text, segments)
    for start, end in spans:
        assert held.backward(Span(start, end)) == Span(places[start][0], places[end - 1][1]), text[start:end]


def test_a_place_between_two_code_points_of_one_character_is_before_both():
    text, segments, _ = segments_of(PARTS[-1:])
    assert [ByteMap(text, segments).backward(Span(at, at)).start for at in range(4)] == [0, 0, 2, 3]


def test_a_range_that_many_edits_came_from_is_counted_once():
    text = "é" * 300_000
    places = ByteMap(text, (Segment(0, 600_000, 0, 300_000, "utf-8"),))
    assert {places.backward(Span(0, 300_000)) for _ in range(300_000)} == {Span(0, 600_000)}
    assert places.backward(Span(1, 2)) == Span(2, 4)


def test_bytes_that_have_no_text_belong_to_no_range_beside_them():
    text, segments, _ = segments_of([("utf-8", "ab", None), (None, "", b"\xff\xfe"), ("utf-8", "cd", None)])
    held = ByteMap(text, segments)
    for span, place in (((0, 2), (0, 2)), ((1, 2), (1, 2)), ((2, 2), (4, 4)), ((2, 3), (4, 5)), ((1, 3), (1, 5))):
        assert held.backward(Span(*span)) == Span(*place)


def test_a_text_without_bytes_has_no_places():
    assert ByteMap("", ()).backward(Span(0, 0)) == Span(0, 0)


def test_ranges_through_edits_of_every_sort():
    chance = random.Random(7)
    for _ in range(400):
        edits, at, shift = [], 0, 0
        mapped, inserted = {}, []
        while at < 9:
            gone, new = chance.choice([0, 0, 1, 2]), chance.choice([0, 1, 3])
            if chance.random() < 0.4 and gone + new and (not edits or edits[-1][1] < at):
                edits.append((at, at + gone, new))
                place = (at + shift, at + shift + new)
                mapped.update(dict.fromkeys(range(at, at + gone), place))
                if not gone:
                    inserted.append((at, place))
                at += gone
                shift += new - gone
            mapped.setdefault(at, (at + shift, at + shift + 1))
            at += 1
        offsets = OffsetMap(edits)
        for start in range(at):
            for end in range(start + 1, at + 1):
                own = [mapped[number] for number in range(start, end)]
                own += [place for number, place in inserted if start <= number <= end]
                wanted = Span(min(low for low, _ in own), max(high for _, high in own))
                assert offsets.forward(Span(start, end)) == wanted, (edits, start, end)


@pytest.mark.parametrize(
    ("text", "start", "end", "line"),
    [
        ("", 0, 0, ""),
        ("\nabc", 0, 0, ""),
        ("abc", 1, 2, "abc"),
        ("a\nbc\nd", 2, 3, "bc"),
        ("a\nbc\nd", 4, 4, "bc"),
        ("a\nbc\nd", 1, 1, "a"),
        ("a\nbc\nd", 0, 3, "a\nbc"),
        ("a\nbc", 3, 4, "bc"),
    ],
)
def test_the_line_around(text, start, end, line):
    first, last = line_around(text, start, end)
    assert text[first:last] == line
    assert first <= start <= end <= last


def test_which_ranges_have_something_in_common():
    spans = [(2, 4), (4, 5), (8, 9)]
    inside = inside_of(spans)
    for start in range(12):
        for end in range(start + 1, 12):
            assert inside(start, end) is any(low < end and start < high for low, high in spans), (start, end)
    assert not inside_of([])(0, 9)
