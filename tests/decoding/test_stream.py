"""Large files in parts: the same text as in one piece, each part restorable."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.restoring import encode
from tests.decoding import texts

CASES = [
    (texts.FRENCH, "cp1252"), (texts.RUSSIAN, "koi8-r"), (texts.JAPANESE, "cp932"), (texts.JAPANESE, "iso2022_jp"),
    (texts.CHINESE, "gb18030"), (texts.FRENCH + "😀", "utf-8"), (texts.FRENCH + "😀", "utf-8-sig"),
    (texts.RUSSIAN + "😀", "utf-16"), (texts.RUSSIAN + "😀", "utf-16-be"),
    (texts.FRENCH, "utf-32"), (texts.ENGLISH, "ascii"), (texts.CHINESE, "hz"), (texts.GERMAN, "cp273"),
]  # fmt: skip


def streamed(data, block):
    parts = list(cleaner.decode_stream(io.BytesIO(data), block=block))
    assert b"".join(encode(part.text, part.encoding.segments) for part in parts) == data
    return "".join(part.text for part in parts)


@pytest.mark.parametrize(("text", "codec"), CASES)
def test_parts_make_the_whole(text, codec):
    data = (text * 60).encode(codec)
    assert streamed(data, 1501) == text * 60


def test_without_line_ends():
    text = texts.JAPANESE.strip() * 200
    assert streamed(text.encode("euc_jp"), 1000) == text


def test_the_last_quote_of_much_plain_text_is_seen():
    data = texts.ENGLISH.encode() * 3000 + "It’s over.\n".encode("cp1252")
    assert streamed(data, 1 << 16).endswith("It’s over.\n")


def test_binary_and_empty():
    assert [
        part.encoding.encoding for part in cleaner.decode_stream(io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(900)))
    ] == [None]
    assert list(cleaner.decode_stream(io.BytesIO(b""))) == []


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(16, 90))
def test_any_bytes_come_back(data, block):
    parts = list(cleaner.decode_stream(io.BytesIO(data), block=block))
    if all(part.encoding.encoding for part in parts):
        assert b"".join(encode(part.text, part.encoding.segments) for part in parts) == data


@pytest.mark.parametrize(
    "text",
    [
        "Où est-elle allée, l’été dernier ?\n".encode() * 20 + b"Caf\xe9\n",
        "Où est-elle allée ?\n".encode() * 20 + "Été, là-bas.\n".encode("cp1252") * 3,
        "昨日の夜、太郎は遅く家に帰ってきた。\n".encode("iso2022_jp") * 20,
    ],
    ids=["damaged", "mixed", "escapes"],
)
def test_a_hole_of_nuls_in_a_text_stays(text):
    """A part of a text that would be no text by itself, as a machine that stopped leaves in a log, keeps its bytes."""
    data = text + bytes(600) + b"\n" + text
    parts = list(cleaner.decode_stream(io.BytesIO(data), block=128))
    assert all(part.encoding.encoding for part in parts)
    assert b"".join(encode(part.text, part.encoding.segments) for part in parts) == data
