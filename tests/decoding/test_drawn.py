"""Frames and rules: what draws is found byte for byte, and says which page; words that look like it are left."""

import pytest

import cleaner
from cleaner.decoding.drawn import DRAWING, NO_SIGN, cost_of_drawing, without_drawing
from cleaner.restoring import encode
from tests.decoding import texts

NAMES = {"cp852": ["Kraków", "Łódź", "Gdańsk"], "cp850": ["Aß", "Köln", "Günz"], "cp866": ["Тверь", "Псков", "Орёл"]}


def frame(names: list[str]) -> str:
    rows = [f"│{number:4}│{name:12}│" for number, name in enumerate(names)]
    return "\n".join(["┌────┬────────────┐", *rows, "├────┼────────────┤", *rows[::-1], "└────┴────────────┘", ""])


@pytest.mark.parametrize(
    "data",
    [
        "był żal, ł łza".encode("cp1250"),
        "ёлка ёж ёрш".encode("koi8-r"),
        "Das Äpfelchen: ÄÄÖ".encode("cp1252"),
        b"plain ---- text",
        texts.CHINESE.encode("gb18030"),
    ],
)
def test_words_are_no_drawing(data):
    assert without_drawing(data) == (data, b"")


def test_a_stutter_makes_no_frame_of_the_words_beside_it():
    text = "мммм, ёлка в ноябре стоит дорого"
    assert cleaner.decode(text.encode("koi8-r")).text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [("它哪哪都好", "gb18030"), ("他控控控都好", "big5"), ("나는 같같해요", "cp949"), ("様様したい", "euc_jp")],
)
def test_a_character_of_two_equal_bytes_that_is_doubled_is_no_row(text, codec):
    assert cleaner.decode(text.encode(codec)).text == text


@pytest.mark.parametrize("text", ["────Привет────────", "────────Привет", "═══ ════ Итог", "╔════╗\n║Жёлудь║\n╚════╝"])
def test_rows_of_a_russian_frame_are_read(text):
    assert cleaner.decode((text + "\nЖёлудь упал").encode("cp866")).text == text + "\nЖёлудь упал"


def test_a_line_that_is_indented_with_no_break_spaces_is_read():
    text = "\xa0\xa0\xa0\xa0Да, это он.\n\xa0\xa0\xa0\xa0Нет."
    assert cleaner.decode(text.encode("cp1251")).text == text


@pytest.mark.parametrize("codec", NAMES)
def test_bars_that_touch_the_words_of_two_columns_are_bars(codec):
    rows = [f"│{one}│{two}│" for one, two in zip(NAMES[codec], NAMES[codec][::-1], strict=True)]
    text = "\n".join(["─" * 20, *rows, "─" * 20, ""])
    assert cleaner.decode(text.encode(codec)).text == text


@pytest.mark.parametrize("codec", NAMES)
def test_a_frame_is_taken_out_and_words_stay(codec):
    bare, drawn = without_drawing(frame(NAMES[codec]).encode(codec))
    assert bare.decode(codec).split() == [word for n in (0, 1, 2, 2, 1, 0) for word in (str(n), NAMES[codec][n])]
    assert set(drawn.decode(codec)) == set("│─┌┬┐├┼┤└┴┘")


@pytest.mark.parametrize("codec", [*NAMES, "cp437", "cp775", "cp737", "koi8-r"])
def test_framed_tables_are_read(codec):
    text = frame(NAMES.get(codec, ["one", "two", "three"]))
    data = text.encode(codec)
    decoded = cleaner.decode(data)
    assert decoded.text == text
    assert encode(decoded.text, decoded.encoding.segments) == data


def test_what_draws_costs_least_where_it_is_a_sign():
    assert (
        cost_of_drawing("─") == DRAWING < cost_of_drawing("°") < cost_of_drawing("Ä") == NO_SIGN == cost_of_drawing("")
    )
