"""A glance never calls a file clean that the stages would change or report."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.checking import check_bytes
from cleaner.glance import clean_at_a_glance, honest_at_a_glance
from cleaner.settings import Settings

PLAIN = Settings(profile="encoding")
DECEPTION = Settings(profile="encoding", select=("TXT8",))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain\n",
        b"a &amp; b &lt;c&gt; &nbsp;\r\n",
        b"i++ + a+bcd-ef x+offset+more",
        b"le caf\\u00e9 au lait",
        b"le caf%C3%A9 au lait",
        b"caf=C3=A9 au lait",
        b"th&eacute; au lait",
        "It’s “fine” — really…".encode(),
        "\ufeffIt’s fine".encode(),
    ],
)
def test_the_usual_file_is_clean_at_a_glance(data):
    assert clean_at_a_glance(data)
    assert honest_at_a_glance(data)


@pytest.mark.parametrize(
    "text",
    [
        "Un été à la française, où l'on rêve à côté.",
        "Где мы сейчас? Это наш дом, и мы здесь живём давно.",
        "ภาษาไทยเป็นภาษาที่มีวรรณยุกต์",
        "日本語の文章です。これはテストです。",
        "Příliš žluťoučký kůň úpěl ďábelské ódy.",
        "Un été à la mer.\r\n" * 40,
    ],
)
def test_prose_of_many_languages_is_clean_at_a_glance(text):
    assert clean_at_a_glance(text.encode())


@pytest.mark.parametrize(
    "data",
    [
        "cafÃ©".encode(),
        b"caf\xe9",
        "x".encode("utf-16"),
        "日本".encode("iso2022_jp"),
        "中文".encode("hz"),
        "日本語 と 中文字".encode("utf-7"),
        b"caf&Atilde;&copy;",
        b"caf\\u00c3\\u00a9",
        b"caf%C3%83%C2%A9",
        b"caf=C3=83=C2=A9",
        "the bandโs".encode(),
    ],
)
def test_what_may_be_damaged_is_not(data):
    assert not clean_at_a_glance(data)


PIECES = st.sampled_from(
    [
        *"ab Z.\n\r\t&;#+-~{}01’‘“”–—…é",
        "&amp;",
        "&eacute;",
        "\\u00c3\\u00a9",
        "%C3%83%C2%A9",
        "=C3=83=C2=A9",
        "&Atilde;",
        "&copy;",
        "&#233;",
        "+AOk-",
        "+AGEA-",
        "~{",
        "\x1b$B",
        "\0",
        "\ufeff",
        "Ã©",
        "โ",
        "’s",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("’&Atilde;&copy;")
def test_clean_at_a_glance_means_nothing_found(text):
    data = text.encode()
    if clean_at_a_glance(data):
        checked = check_bytes(data, path="a.txt", settings=PLAIN)
        assert not checked.problems
        assert checked.fixed is None


SPOOFS = st.sampled_from(
    [*"ab аo.\n+-", "\u202e", "\u2066", "\u2069", "\u200b", "\u00ad", "ｘ", "\U000e0041", "\ufeff", "+IC4-"]
)


@settings(max_examples=200)
@given(st.lists(SPOOFS, max_size=8).map("".join))
def test_honest_at_a_glance_means_nothing_found(text):
    data = text.encode()
    if honest_at_a_glance(data):
        assert not check_bytes(data, path="a.txt", settings=DECEPTION).problems
