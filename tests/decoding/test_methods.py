"""The methods before statistics: declarations, labels, marks, NUL patterns, escapes, EBCDIC, parts in UTF-16."""

import pytest

import cleaner
from cleaner.decoding.declared import declared_encoding
from cleaner.decoding.labels import codec_of, label_of
from cleaner.restoring import encode
from tests.conftest import text_codecs
from tests.decoding import texts


def assert_restored(data, decoded):
    assert encode(decoded.text, decoded.encoding.segments) == data


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (b'<?xml version="1.0" encoding="iso-8859-2"?>', "iso8859-2"),
        (b'<meta charset=windows-1250>', "cp1250"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=x-sjis">', "cp932"),
        (b'@charset "iso-8859-15";', "iso8859-15"),
        (b"#!/usr/bin/python\n# -*- coding: koi8-r -*-\n", "koi8-r"),
        (b"# vim: set fileencoding=latin-2 :\n", "iso8859-2"),
        (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=CP1250\\n"\n', "cp1250"),
        (b"Content-Type: text/plain; charset=\"gb2312\"\n", "gb18030"),
        (b"% -*- mode: latex; coding: latin-1-unix -*-\n", "cp1252"),
        (b"/* Local Variables:\n coding: euc-kr\n End: */\n", "cp949"),
        (b'<META CONTENT="TEXT/HTML; CHARSET=KOI8-R">', "koi8-r"),
        (b"LOCAL VARIABLES:\n CODING: cp1253\n", "cp1253"),
        (b"vi: set fenc=cp1251 :\n", "cp1251"),
    ],
)  # fmt: skip
def test_declarations(head, codec):
    assert declared_encoding(head) == codec


@pytest.mark.parametrize(
    "head", [b"", b"no word of it", b'<meta charset="utf-8">', b'<meta charset="no-such-thing">', b"coding: rot13"]
)
def test_no_declaration(head):
    assert declared_encoding(head) is None


def test_a_declaration_decides_between_neighbours_and_not_against_sense():
    body = "Zażółć gęślą jaźń".encode("iso8859-2")
    decoded = cleaner.decode(b'<meta charset="iso-8859-2">' + body)
    assert decoded.encoding.method == "declared"
    wrong = texts.RUSSIAN.encode("koi8-r")
    assert cleaner.decode(b'<meta charset="windows-1252">' + wrong).text.endswith(texts.RUSSIAN)


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("cp1252", "windows-1252"), ("iso8859-2", "iso-8859-2"), ("cp866", "ibm866"), ("cp932", "shift_jis"), ("cp949", "euc-kr"),
        ("utf-16-le", "utf-16le"), ("mac_roman", "macintosh"), ("cp874", "windows-874"), ("koi8-u", "koi8-u"),
        ("big5hkscs", "big5"), ("iso2022_jp", "iso-2022-jp"), ("cp037", "ibm037"),
    ],
)  # fmt: skip
def test_labels(codec, label):
    assert label_of(codec) == label


def test_labels_lead_back():
    for codec in text_codecs():
        assert label_of(codec)
    for label, codec in (
        ("latin1", "cp1252"),
        ("Shift_JIS", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("TIS-620", "cp874"),
        ("rot13", None),
    ):
        assert codec_of(label) == codec


WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
SCRIPTS = [
    texts.FRENCH, texts.RUSSIAN, texts.GREEK, texts.HEBREW, texts.ARABIC, texts.THAI, texts.POLISH, texts.JAPANESE,
    texts.CHINESE, texts.KOREAN, texts.HINDI, "Ngôi nhà ở cuối ngõ, và nhiều năm không ai sống ở đó.\n",
    "სახლი ქუჩის ბოლოს იდგა და იქ დიდხანს არავინ ცხოვრობდა.\n",
]  # fmt: skip


@pytest.mark.parametrize("codec", WIDE)
@pytest.mark.parametrize("text", SCRIPTS)
def test_wide_encodings_without_mark(codec, text):
    data = text[:24].encode(codec)
    decoded = cleaner.decode(data)
    assert decoded.text == text[:24]
    assert_restored(data, decoded)


@pytest.mark.parametrize("codec", WIDE)
def test_wide_encodings_of_odd_length(codec):
    data = (texts.FRENCH + "😀\n").encode(codec) + b"\x41"
    decoded = cleaner.decode(data)
    assert decoded.encoding.encoding == codec
    assert decoded.text.startswith(texts.FRENCH)
    assert_restored(data, decoded)


@pytest.mark.parametrize(
    "data", [b"a+b, c+d and e-f+g; x+yz-w\n", b"1+AbC- of code", b"~{ no HZ ~}", b"\x1b[31mred\x1b[0m\n"]
)
def test_plain_text_is_not_shifted(data):
    assert cleaner.decode(data).text == data.decode()


def test_marks():
    assert cleaner.decode(b"+/v8-caf+AOk-").text == "café"
    broken = b"\xef\xbb\xbf" + texts.FRENCH.encode() * 3 + "déjà vu\n".encode("cp1252")
    decoded = cleaner.decode(broken)
    assert decoded.text == texts.FRENCH * 3 + "déjà vu\n"
    assert decoded.encoding.bom
    assert_restored(broken, decoded)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (texts.ENGLISH, "cp037"),
        (texts.GERMAN, "cp273"),
        (texts.FRENCH.replace("’", "'"), "cp500"),
        (texts.HEBREW, "cp424"),
        (texts.GREEK, "cp875"),
    ],
)
def test_ebcdic(text, codec):
    data = (text * 2).encode(codec, "replace")
    decoded = cleaner.decode(data)
    assert decoded.encoding.method == "ebcdic"
    assert decoded.text == data.decode(codec)
    assert_restored(data, decoded)


@pytest.mark.parametrize("codec", ["cp037", "cp500", "cp273"])
def test_lists_in_ebcdic(codec):
    for text in (
        "Fenster\nSchlüssel\nTürgriff\nGarten\nÄpfel\nKüchenschrank\n",
        "12\tSchlüssel\t2019-04-02\t17,50\n13\tTürgriff\t2019-04-03\t9,95\n",
    ):
        assert cleaner.decode(text.encode(codec)).text == text


def test_addresses_are_not_ebcdic():
    data = b"@ann@bob@carl@dora@emil@fritz@gustav@hans@ida@jan\n"
    assert cleaner.decode(data).encoding.encoding == "ascii"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_parts_in_utf16(codec):
    one, two = texts.ENGLISH, texts.GERMAN
    for data, text in (
        (one.encode() + two.encode(codec), one + two),
        (two.encode(codec) + one.encode(), two + one),
        (one.encode() + two.encode(codec) + one.encode(), one + two + one),
    ):
        decoded = cleaner.decode(data)
        assert decoded.text == text
        assert decoded.encoding.mixed
        assert_restored(data, decoded)


@pytest.mark.parametrize("data", [b"abc\0", b"ab\0cd\0ef", b"\0\1\2\x80", b"hello world\0\0\0\0"])
def test_a_few_bytes_with_nul_are_not_surely_utf_16(data):
    """As a file in place they are left: `utf8` converts from .95 on."""
    assert (cleaner.decode(data).encoding.confidence or 0) < 0.95


@pytest.mark.parametrize("text", ["abc", "A\nB\n", "我们明天在车站见面。\n", "Где мы?\n" * 2])
def test_a_few_characters_of_utf_16_are_read(text):
    for codec in ("utf-16-le", "utf-16-be"):
        assert cleaner.decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    "data", [b"oooo@oooooooo@ooooo", b"oooo@oooo", b"K%ooo@oooo`%@K@oo@", b"zzz@KKK@kkk@zzzz@", b"@"]
)
def test_signs_alone_are_not_ebcdic(data):
    assert cleaner.decode(data).text == data.decode()


@pytest.mark.parametrize(
    "text",
    [
        f"{'-' * 44}\nMonthly report of the harbour office\n{'-' * 44}\nShips that came in: 12, that went out: 9\n",
        "".join(f"{head} {'. ' * 24}{page}\n" for head, page in (("Foreword", 1), ("The harbour and its ships", 12))),
        "???????????? ?? ??????? ????????: the letters of the other language were lost ??? ??????? ?????? ????????\n",
    ],
)
def test_ebcdic_with_rules_leaders_and_lost_letters_is_read(text):
    assert cleaner.decode(text.encode("cp500")).text.replace("\x85", "\n") == text


@pytest.mark.parametrize("text", ["l'opció «%s» és desconeguda", "8×10 Envelope\nA4×3\n10×13\n11×15\n12×19"])
def test_quotation_marks_and_signs_of_arithmetic_are_text_in_ebcdic(text):
    """Without them only the Greek page seemed to have text there, in which they are letters."""
    assert cleaner.decode(text.encode("cp1140")).text == text
