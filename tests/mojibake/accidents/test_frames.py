"""Frames of DOS programs read in another page: what is no frame stays; a border proves the page, also of the sides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.edits import undo
from cleaner.mojibake.accidents.frames import frames_of

RIGHT = [
    "╔════════╗\n║ Menü   ║\n╚════════╝",
    '"▒██░    ▓▓█  ░██░░▓█  ██▓░██▄▄▄▄██ ▒██▀▀█▄  ",',
    "│  ┌类别──┐ ┌城市──┐ ┌─┐│",
    "Ääääääh, NÄÄÄÄÄÄ! Üüüüüüh – ßßßß",
    "±±±± 5 %, 20°°°° und 3²²²²",
    "ДДДДАААА, ЯЯЯЯЯ сказал! НННННЕТ",
    "ÚÄÄÄÄÍÍÍÍ»",
    "ÄÄÄÄÄÄÄÄÄÄ Übersicht ÄÄÄÄÄÄÄÄÄÄ",
    "ÜÜÜÜÜÜÜÜÜÜÜÜ\nßßßßßßßßßßßß",
    "º Nome  ³ Data º",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_has_no_border_stays(text: str) -> None:
    assert cleaner.repair(text).edits == ()


BOXES = [
    ("┌──────────┬─────┐\n│ Betrag   │ Tag │\n├──────────┼─────┤\n└──────────┴─────┘", "cp437", "cp1252"),
    ("╔══════════╗\n║ Нажмите любую клавишу ║\n╚══════════╝", "cp866", "cp1251"),
    ("▄▄▄▄▄▄▄▄▄▄▄▄▄▄\n▒▒╔══════╤═══╗▒▒\n▒▒║Arquivo  │  7║▒▒\n▒▒╚══════╧═══╝▒▒\n▀▀▀▀▀▀▀▀▀▀▀▀▀▀", "cp437", "cp1252"),
    ('    puts("╔═══════════╗");\n    puts("║  Ende 12  ║");\n    puts("╚═══════════╝");', "cp437", "cp1252"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), BOXES)
def test_a_border_proves_the_page_of_its_frame(text: str, right: str, wrong: str) -> None:
    garbled = text.encode(right).decode(wrong)
    revision = cleaner.repair(garbled)
    assert revision.text == text
    assert {edit.kind for edit in revision.edits} == {"exact"}
    assert undo(revision.text, revision.edits) == garbled
    assert cleaner.repair(text).edits == ()


def test_signs_that_are_part_of_words_are_no_sides() -> None:
    ukrainian = "ЙННННННН»\nє єдиний і інший є\nє Є є"
    assert [frame.text for frame in frames_of(ukrainian)] == ["╔═══════╗", "║", "│", "║", "║", "║"]
    line = "º Rua nº 3  ³ 5 m³ de areia, 20º andar º"
    text = f"ÉÍÍÍÍÍÍÍÍÍÍÍÍÍ»\n{line}\n"
    assert cleaner.repair(text).text.split("\n")[1] == "║ Rua nº 3  │ 5 m³ de areia, 20º andar ║"


def test_words_in_a_frame_are_repaired_in_their_own_page() -> None:
    text = "ÚÄÄÄÄÄÄÄÄÄÄÄ¿\n³ Descrição ³\nÀÄÄÄÄÄÄÄÄÄÄÄÙ\nO preço é alto."
    assert cleaner.repair(text).text == "┌───────────┐\n│ Descrição │\n└───────────┘\nO preço é alto."
    garbled = "ÚÄÄÄÄÄÄÄÄÄÄÄ¿\n³ Öffnungszeiten für Gäste Ã¤ndern ³"
    assert cleaner.repair(garbled).text == "┌───────────┐\n│ Öffnungszeiten für Gäste ändern │"


@given(st.text(alphabet="ÉÍ»ºÚÄ¿³ÜßÃ¼Ïðèâåò \n\"'\\n", max_size=80))
@settings(max_examples=200, deadline=None)
def test_frames_can_be_undone(text: str) -> None:
    revision = cleaner.repair(text)
    assert undo(revision.text, revision.edits) == text
    assert cleaner.repair(revision.text).text == revision.text


def test_long_rows_take_no_longer_than_they_have_places() -> None:
    for text in ("Í" * 20_000, "ДЬ" * 10_000, ("ÍÍÍÍ" + "é") * 4_000):
        assert cleaner.repair(text).text == text


def test_long_rows_of_sides_and_strokes_are_read_once() -> None:
    border = "ÉÍÍÍÍ»\n"
    assert len(frames_of(border + "³" * 50_000 + "x")) == 1
    assert len(frames_of(border + "ÄÄÄÄÍÍÍÍ" * 10_000)) == 2
    assert len(frames_of(border + " " * 50_000 + "³x")) == 1


def test_sides_alone_are_a_line_of_a_frame() -> None:
    assert [frame.text for frame in frames_of("ÉÍÍÍÍ»\n³³\n³")] == ["╔════╗", "│", "│"]


def test_words_of_side_letters_are_no_sides():
    border, end = "Й" + "Н" * 18 + "»", "И" + "Н" * 18 + "ј"
    for text in ("ЗМІ та ЗМІ", "Я І", "МІЯ та інші ЗМІ", "ЗГЖ текст ЗМЯ"):
        assert [frame.text for frame in frames_of(f"{border}\n{text}\n{end}")] == [
            "╔" + "═" * 18 + "╗",
            "╚" + "═" * 18 + "╝",
        ]
    for sides in ("║ a ║", "║│ a │║", "║ a ║▒", "├ a ┤", "▓║ a ║▓"):
        text = sides.encode("cp866").decode("cp1251")
        assert len(frames_of(f"{border}\n{text}\n{end}")) == 4
