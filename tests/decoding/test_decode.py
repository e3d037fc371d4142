"""Bytes to text: each method, and the promise that segments give the bytes back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.decoding import EncodingContext
from cleaner.decoding.detect import verdict_of
from cleaner.decoding.reading import Piece, Reading
from cleaner.document import EncodingCandidate
from cleaner.restoring import encode
from tests.conftest import text_codecs
from tests.decoding.texts import CHINESE, FRENCH, JAPANESE, POLISH, RUSSIAN


@pytest.mark.parametrize("text", ["", "plain\n", FRENCH, RUSSIAN, JAPANESE, "bandโs", "cafÃ©"])
def test_utf8_is_utf8(text):
    decoded = cleaner.decode(text.encode())
    assert decoded.text == text
    assert decoded.encoding.confidence == 1.0
    assert decoded.findings == ()


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (FRENCH, "cp1252"), (FRENCH, "mac_roman"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859-5"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (JAPANESE, "iso2022_jp"), (CHINESE, "gb18030"),
        (POLISH, "cp1250"), (POLISH, "iso8859-2"), (FRENCH, "utf-16-le"), (RUSSIAN, "utf-16-be"), (JAPANESE, "utf-16-le"),
        (FRENCH, "utf-32-be"), (RUSSIAN * 2, "utf-7"), ("1 + 2 = 3\n" * 300 + RUSSIAN * 2, "utf-7"), (CHINESE, "hz"),
    ],
)  # fmt: skip
def test_encodings_are_found(text, codec):
    data = text.encode(codec, "replace" if codec == "iso8859-5" else "strict")
    decoded = cleaner.decode(data)
    assert decoded.text == data.decode(codec)
    assert encode(decoded.text, decoded.encoding.segments) == data


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_marks_are_removed_and_kept_in_the_verdict(codec):
    data = FRENCH.encode(codec)
    decoded = cleaner.decode(data)
    assert decoded.text == FRENCH
    assert decoded.encoding.bom
    assert encode(decoded.text, decoded.encoding.segments) == data


def test_binary_has_no_encoding():
    for data in (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200),
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + bytes(60),
        b".snd\0\0\0\x1c\0\0\x1f\x40" + bytes(range(0xA1, 0xFF)) * 9,
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n",
    ):
        verdict = cleaner.detect_encoding(data)
        assert verdict.encoding is None
        assert verdict.evidence


def test_a_text_about_pdf_is_text():
    for text in ("%PDF-1.4 steht am Anfang, in Köln wie in München.", "%PDF-1.4\n% so beginnt jede Datei, heißt es.\n"):
        assert cleaner.decode(text.encode()).text == text
        assert cleaner.decode(text.encode("cp1252")).text == text


def test_damaged_bytes_stay_in_the_verdict():
    data = (RUSSIAN * 3).encode()
    place = data.index(b" ", 40) + 1
    broken = data[:place] + b"\xff" + data[place:]
    decoded = cleaner.decode(broken)
    assert decoded.text.replace("\ufffd", "") == RUSSIAN * 3
    assert [finding.rule for finding in decoded.findings] == ["ENC101"]
    assert encode(decoded.text, decoded.encoding.segments) == broken


def test_cut_in_the_middle_of_a_character():
    data = (RUSSIAN * 2).encode().rstrip()[:-2]
    decoded = cleaner.decode(data)
    assert decoded.encoding.encoding == "utf-8"
    assert encode(decoded.text, decoded.encoding.segments) == data


def test_lines_in_two_encodings():
    data = b"".join([FRENCH.encode(), "déjà vu, très réussi\n".encode("cp1252"), FRENCH.encode() * 3])
    decoded = cleaner.decode(data)
    assert decoded.text == FRENCH + "déjà vu, très réussi\n" + FRENCH * 3
    assert decoded.encoding.mixed
    assert [segment.codec for segment in decoded.encoding.segments] == ["utf-8", "cp1252", "utf-8"]
    assert encode(decoded.text, decoded.encoding.segments) == data


def test_hints_close_the_choice():
    data = "zażółć".encode("cp1250")
    assert cleaner.decode(data, hints=("cp1250",)).text == "zażółć"


def test_neighbours_count():
    verdicts = [cleaner.detect_encoding(RUSSIAN.encode("koi8-r"))] * 5
    context = EncodingContext.of(verdicts)
    assert context.counts == (("koi8-r", 5),)
    assert context.bonus("koi8-r") > 0 == context.bonus("cp1251")
    assert not EncodingContext.of([cleaner.detect_encoding(b"plain")])


def test_a_quote_at_the_end_of_much_ascii_is_seen():
    data = b"It is only plain text here.\n" * 40_000 + "It’s over.\n".encode("cp1252")
    assert cleaner.decode(data).text.endswith("It’s over.\n")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_come_back(data):
    decoded = cleaner.decode(data)
    if decoded.encoding.encoding is not None:
        decoded.text.encode("utf-8")
        assert encode(decoded.text, decoded.encoding.segments) == data


CODECS = text_codecs()


@pytest.mark.parametrize("codec", CODECS)
def test_every_codec_of_python_comes_back(codec):
    text = FRENCH + RUSSIAN + JAPANESE + POLISH
    data = text.encode(codec, "ignore")
    decoded = cleaner.decode(data)
    if decoded.encoding.encoding is not None:
        assert encode(decoded.text, decoded.encoding.segments) == data


@settings(max_examples=80, deadline=None)
@given(
    st.text(max_size=80),
    st.sampled_from(["cp1252", "utf-16", "iso2022_jp", "utf-7", "gb18030", "cp932", "hz", "utf-8-sig"]),
)
def test_any_text_in_a_codec_comes_back(text, codec):
    data = text.encode(codec, "ignore")
    if cleaner.detect_encoding(data).encoding is not None:
        assert cleaner.restore(cleaner.clean(data)) == data


def test_overlong_sequences_in_utf8_are_what_they_stand_for():
    data = "Déjà vu, é ".encode() + b"..\xc0\xaf..\xc0\xafetc"
    assert cleaner.decode(data).text == "Déjà vu, é ../../etc"


def test_a_program_that_begins_with_a_table_is_binary():
    table = "".join(chr(0x4E00 + number % 200) for number in range(4000)).encode("utf-16-le")
    code = bytes(range(256)) * 200
    assert cleaner.detect_encoding(table + code + code).encoding is None
    assert cleaner.detect_encoding(b"\x7fELF\x02\x01\x01" + b"\0" * 9 + table).encoding is None


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030"])
def test_several_byte_order_marks_at_the_beginning_are_all_removed(codec):
    data = ("\ufeff" * 3 + "abc, déjà vu").encode(codec)
    decoded = cleaner.decode(data)
    assert decoded.text == "abc, déjà vu"
    assert decoded.encoding.bom
    assert encode(decoded.text, decoded.encoding.segments) == data
    document = cleaner.clean(data, settings=cleaner.Settings.of({"profile": "encoding"}))
    assert cleaner.restore(document) == data
    assert cleaner.clean("\ufeff" * 3 + "abc, déjà vu").text == document.text == "abc, déjà vu"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ((), "the encoding is doubtful, though no other fits"),
        ((EncodingCandidate("cp1250", 0.3, True),), "the encoding is doubtful; others that fit give the same text"),
        ((EncodingCandidate("cp1251", 0.3, False),), "the encoding is doubtful; others that fit: cp1251"),
    ],
)
def test_a_doubt_names_what_else_it_could_be(others, said):
    decoded = verdict_of(b"\xe9", Reading("cp1252", 0.3, "statistics", (), (Piece(1, "é", "cp1252"),), others))
    assert [finding.reason for finding in decoded.findings] == [said]
