"""Giving bytes back: what must not be given back is refused, and what is the source is known."""

from dataclasses import replace

import pytest

from cleaner import RestoreError, Settings, clean, restore
from cleaner.document import Segment
from cleaner.edits import PIECE
from cleaner.restoring import encode, gives_back, is_source

UNCHANGED = Settings(profile="encoding")


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"plain\n", True),
        ("café\n".encode(), True),
        (b"", False),
        ("café\n".encode("utf-8-sig"), False),
        ("Une journée d’été à la plage\n".encode("cp1252"), False),
        ("garbled cafÃ© here\n".encode(), False),
        (b"caf\xc3\xa9 \xff here\n", False),
        ("a lone \ud800 surrogate", False),
    ],
)
def test_which_text_is_its_source(data, wanted):
    document = clean(data, settings=UNCHANGED)
    assert is_source(document) is wanted
    if wanted:
        assert document.text.encode() == data


def test_a_text_that_was_changed_elsewhere_than_its_edits_say_is_refused():
    document = clean("The cafÃ© by the river.".encode())
    assert restore(document) == "The cafÃ© by the river.".encode()
    with pytest.raises(RestoreError, match="another digest than the source had"):
        restore(replace(document, text=document.text.replace("river", "ocean")))


def test_edits_may_be_given_in_any_order():
    data = "The cafÃ© by the river, the cafÃ© by the bandโs sea.  \r\n".encode()
    document = clean(data)
    assert restore(replace(document, edits=document.edits[::-1])) == data


@pytest.mark.parametrize("codec", ["ascii", "no-such-codec"])
def test_a_text_that_its_codec_can_not_write_is_refused(codec):
    with pytest.raises(RestoreError, match=f"bytes 0:5 can't be written in {codec}"):
        encode("café", [Segment(0, 5, 0, 4, codec)])


LONG = "ab" * PIECE


@pytest.mark.parametrize("text", ["abcd", LONG], ids=["short", "long"])
@pytest.mark.parametrize(
    "cut",
    [
        lambda n: [(0, 1, 0, 1, "ascii"), (2, n, 1, n, "ascii")],
        lambda n: [(0, 2, 0, 1, "ascii"), (2, n, 1, n, "ascii")],
        lambda n: [(0, 1, 0, 1, "ascii"), (1, n, 1, n - 1, "ascii")],
        lambda n: [(0, 1, 0, 1, "ascii"), (1, n, 1, n, "no-such-codec")],
        lambda n: [(0, 1, 0, 1, None), (1, n, 1, n, "ascii")],
        lambda n: [(0, 1, 0, 1, None, b"x"), (1, n, 1, n, "ascii")],
        lambda n: [(0, n - 1, 0, n - 1, "ascii")],
        lambda n: [],
    ],
)
def test_segments_that_are_not_those_of_the_bytes(text, cut):
    data = text.encode()
    right = [(0, 1, 0, 1, None, data[:1]), (1, len(data), 1, len(text), "ascii")]
    assert gives_back(text, (), [Segment(*one) for one in right], data)
    assert not gives_back(text, (), [Segment(*one) for one in cut(len(text))], data)


def test_what_is_kept_of_a_text_that_is_written_in_several_ways():
    data = b"\x1b$B$3\x1b(B\x1b$B$s\x1b(B plain\nplain\n"  # an escape and back for each letter
    document = clean(data, settings=UNCHANGED)
    assert document.encoding.encoding == "iso2022_jp"
    assert restore(document) == data
