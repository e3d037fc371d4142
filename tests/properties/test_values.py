"""Edits and segments under all sorts of input."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.document import Edit, Revision, Segment, Span
from cleaner.edits import ByteMap, OffsetMap, apply, compose, inside_of, undo
from cleaner.errors import RestoreError
from cleaner.restoring import encode, seal, undo_layers
from tests.conftest import text_codecs


@st.composite
def edits_of(draw, text: str) -> tuple[Edit, ...]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    made = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if made and start < made[-1].end:
            continue
        after = draw(st.text(alphabet="xyz’\u00a0😀", max_size=3))
        if start == end and (not after or (made and made[-1].end == start)):
            continue
        made.append(Edit("TXT000", start, end, text[start:end], after, "made up", 0.5))
    return tuple(made)


@st.composite
def layered(draw) -> tuple[str, list[Revision]]:
    text = first = draw(st.text(alphabet="abc é\n", max_size=24))
    layers = []
    for _ in range(draw(st.integers(0, 3))):
        edits = draw(edits_of(text))
        text = apply(text, edits)
        layers.append(Revision(text, edits))
    return first, layers


@settings(max_examples=200, deadline=None)
@given(layered())
def test_layers_undo_to_the_source(case):
    text, layers = case
    segments = (Segment(0, len(text.encode()), 0, len(text), "utf-8"),) if text else ()
    edits, _ = compose(layers, text, segments)
    clean = layers[-1].text if layers else text
    assert undo_layers(clean, edits) == text
    for edit in edits:
        assert edit.source is not None
        assert edit.clean is not None
        assert edit.source_bytes is not None
        assert 0 <= edit.source.start <= edit.source.end <= len(text)
        assert 0 <= edit.clean.start <= edit.clean.end <= len(clean)
        held = text.encode()[edit.source_bytes.start : edit.source_bytes.end].decode()
        assert held == text[edit.source.start : edit.source.end]
        if edit.layer == 1:
            assert text[edit.source.start : edit.source.end] == edit.before
        if edit.layer == max(other.layer for other in edits):
            assert clean[edit.clean.start : edit.clean.end] == edit.after


@settings(max_examples=200, deadline=None)
@given(layered(), st.data())
def test_ranges_outside_edits_map_there_and_back(case, data):
    text, layers = case
    if not layers:
        return
    edits = layers[0].edits
    offsets = OffsetMap.of(edits)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = offsets.forward(Span(start, end))
    assert 0 <= there.start <= there.end <= len(layers[0].text)
    back = offsets.backward(there)
    assert back.start <= start or not edits
    assert back.end >= end or not edits
    if not any(edit.start <= end and start <= edit.end for edit in edits):
        assert back == Span(start, end)
        assert layers[0].text[there.start : there.end] == text[start:end]


@settings(max_examples=300)
@given(layered(), st.data())
def test_a_range_that_touches_an_edit_grows_to_cover_it(case, data):
    """One that is empty on the side of the range, as a removal is behind it, is touched at either end."""
    text, layers = case
    if not layers:
        return
    edits, offsets, shift = layers[0].edits, OffsetMap.of(layers[0].edits), 0
    size = data.draw(st.sampled_from([len(text), len(layers[0].text)]))
    start = data.draw(st.integers(0, size))
    span = Span(start, data.draw(st.integers(start, size)))
    for edit in edits:
        there = Span(edit.start + shift, edit.start + shift + len(edit.after))
        shift += len(edit.after) - len(edit.before)
        for own, other, moved in (
            (Span(edit.start, edit.end), there, offsets.forward),
            (there, Span(edit.start, edit.end), offsets.backward),
        ):
            inside = own.start < span.end and span.start < own.end
            if inside or (own.start == own.end and span.start <= own.start <= span.end):
                assert moved(span).start <= other.start
                assert other.end <= moved(span).end


def test_a_range_behind_two_removals_side_by_side_came_from_both():
    offsets = OffsetMap([(1, 2, 0), (2, 3, 0)])
    assert offsets.backward(Span(1, 1)) == Span(1, 3)
    assert offsets.backward(Span(1, 2)) == Span(1, 4)
    assert offsets.backward(Span(0, 1)) == Span(0, 3)


@given(st.lists(st.integers(0, 60), max_size=12, unique=True), st.integers(0, 60), st.integers(0, 3))
def test_inside_of_is_what_comparing_with_each_says(cuts, start, length):
    spans = list(zip(*[iter(sorted(cuts))] * 2, strict=False))
    end = start + length
    assert inside_of(spans)(start, end) == any(first < end and start < last for first, last in spans)


def test_an_edit_that_does_not_fit_is_refused():
    edit = Edit("TXT000", 0, 1, "a", "b", "made up", 0.5)
    for text, edits in (("x", [edit]), ("a", [edit, edit]), ("b", [edit, replace(edit, after="a")])):
        with pytest.raises(ValueError, match="does not fit"):
            apply(text, edits)
    for text, edits in (("x", [edit]), ("b", [edit, edit])):
        with pytest.raises(RestoreError, match="does not fit"):
            undo(text, edits)


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="aé日😀\n", min_size=1, max_size=20), st.sampled_from(["utf-8", "utf-16-le", "gb18030"]), st.data()
)
def test_bytes_are_counted_right(text, codec, data):
    segments = (Segment(0, len(text.encode(codec)), 0, len(text), codec),)
    places = ByteMap(text, segments)
    for _ in range(4):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        span = places.backward(Span(start, end))
        assert text.encode(codec)[span.start : span.end].decode(codec) == text[start:end]


CODECS = text_codecs()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(CODECS))
def test_sealed_segments_give_any_bytes_back(data, codec):
    try:
        text = data.decode(codec)
        text.encode("utf-8")
    except (UnicodeError, ValueError):
        return
    segments = seal(data, text, [Segment(0, len(data), 0, len(text), codec)])
    assert encode(text, segments) == data
    assert "".join(text[s.text_start : s.text_end] for s in segments) == text


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=120), st.sampled_from(["encoding", "text", "corpus"]))
def test_any_document_comes_back(data, profile):
    if cleaner.detect_encoding(data).encoding is None:
        with pytest.raises(cleaner.CleanerError, match="binary"):
            cleaner.clean(data)
    else:
        document = cleaner.clean(data, settings=cleaner.Settings(profile=profile))
        assert cleaner.restore(document) == data


PIECES = st.sampled_from(
    [
        "bandโs ",
        "cafÃ© ",
        "plain ",
        "déjà ",
        "Привет ",
        "  ",
        "\r\n",
        "\n\n\n",
        "\u00a0",
        "ย",
        "ï»¿",
        "[2]",
        ". .",
        "e\u0301",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=10), st.sampled_from(["encoding", "text", "corpus"]))
def test_cleaning_twice_is_cleaning_once(pieces, profile):
    chosen = cleaner.Settings(profile=profile)
    once = cleaner.clean("".join(pieces), settings=chosen)
    twice = cleaner.clean(once.text, settings=chosen)
    assert twice.text == once.text
