"""What speaks for a mix-up of pages, and what does not."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.readings.evidence import has_torn_word, is_drawing, is_rare, may_tell

SILENT = [
    "×, ÷",
    "2×4 n’a b·c",
    "§ 5",
    "10 µm",
    "m² + m³",
    "ACME® TOOLS™",
    "a · b",
    "'é'",
    "| á | é |",
    "½ ¼",
    "ääää",
    "plain",
    "X®, ÉTÉ™",
    "5 m²!",
    "10 kΩ",
    "4.7kΩ",
    "5 MΩ/V",
    "ΔT = 5",
    "ΔΔCt",
    "πr²",
    "GSK3β",
    "π–π*",
]
SPEAKING = [
    "journÇe",
    "pa¡s",
    "Ïðèâåò",
    "\x8f",
    "rencontrй",
    "猫 presente",
    "Â© 2020",
    "×©×\x9c×\x95×\x9d",
    "‚tait",
    "f¸r",
    "cafΘ",
    "fόr",
    "grφίer",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    assert not may_tell(text)


@pytest.mark.parametrize("text", SPEAKING)
def test_speaking(text: str) -> None:
    assert may_tell(text)


@pytest.mark.parametrize("text", ["nahr\xa0v\xa0ní", "s¥", "a≡", "■vφ"])
def test_torn(text: str) -> None:
    assert has_torn_word(text)


@pytest.mark.parametrize("text", ["Voilà\xa0!", "5\xa0km", "«Oui»", "Gmail™", "a–b", "l’eau", "10€", "3×4 cm²"])
def test_whole(text: str) -> None:
    assert not has_torn_word(text)
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize(
    "text", ["R = 10 kΩ ±5 %", "368;Widerstand;10 kΩ", "<td>ΔT = 5</td>", "See GSK3β here", "Gàddaay;Ø 25 mm"]
)
def test_what_science_and_tables_write_is_left(text: str) -> None:
    assert cleaner.repair(text).text == text


def test_a_torn_word_is_mended_where_a_word_comes_of_it() -> None:
    meant = "spustit nahrávání se zvukem"
    assert cleaner.repair(meant.encode("cp852").decode("cp1252")).text == meant


FRAMED = [
    "┌────┬────┐ │ a │ ö │ └────┴────┘",
    "╔════╦════╗ ║ x ║ ü ║ ╚════╩════╝",
    "┌──┬──┐ ▸ │ é │ └──┴──┘",
]
"""Whole frames on a line: the pieces of one are of a dozen kinds."""


@pytest.mark.parametrize(
    "line", ["┌──┬──┐", "│ a │ b │", "x ≤ y ≤ z", "└── file.txt", "████ 50 %", "⎝──────⎠", *FRAMED]
)
def test_drawings(line: str) -> None:
    assert is_drawing(line)
    assert cleaner.repair(line).text == line


def test_cyrillic_of_a_dos_page_is_no_drawing_in_code_either() -> None:
    shown = "не найден в".encode().decode("cp866")
    assert not is_drawing(f"assert page, '{shown}'", code=True)
    assert cleaner.repair(f"assert page, '{shown}'").text == "assert page, 'не найден в'"
    assert is_drawing("EDGES = '╤═╤═╤'", code=True)


def test_letters_shown_as_box_characters_are_no_drawing() -> None:
    shown = "я дочь эмира и жена его брата".encode("koi8-r").decode("cp866")
    assert not is_drawing(shown)
    assert cleaner.repair(shown).text == "я дочь эмира и жена его брата"


@pytest.mark.parametrize("page", ["mac_roman", "mac_cyrillic", "cp437"])
def test_signs_beside_other_signs_are_no_drawing(page: str) -> None:
    shown = "Розы растут в саду".encode().decode(page)
    assert not is_drawing(shown)
    assert cleaner.repair(shown).text == "Розы растут в саду"


def test_rows_of_a_table_are_no_evidence() -> None:
    row = "ЂЃ‚ѓ„…†‡"
    assert cleaner.repair(f"Тест {row}").text == f"Тест {row}"


def test_rare_characters() -> None:
    assert is_rare("衢眢鷟醸閨韡髚鷟")
    assert not is_rare("东京的图书馆很大")
    assert not is_rare("段祺瑞")


SOURCES = [
    'alphabet = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"',
    'LATIN = u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞß"',
    'OPERATORS = r"(≠|≤|≥|÷|×)"',
    'box = "┌─┬┐│ ││├─┼┤└─┴┘"',
    "assert split('áéíóú|á|é') == ['áéíóú', 'á', 'é']",
]


@pytest.mark.parametrize("line", SOURCES)
def test_code_is_left_alone(line: str) -> None:
    assert cleaner.repair(line).text == line


@pytest.mark.parametrize("text", ["(ylä©", "(kesä©", "@théoden²", "1.dávate©", "vàààà", "yі, yі", "Dvořák® a spol."])
def test_signs_behind_a_word_and_letters_drawn_out_are_no_evidence(text: str) -> None:
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("perchÃ©", "perché"),
        ("le cafã© du marchã© est dã©jã\xa0 fermã©", "le café du marché est déjà fermé"),
        ("donÕt say thatÕs déjà", "don’t say that’s déjà"),
    ],
)
def test_signs_that_are_part_of_a_word_are(shown: str, meant: str) -> None:
    assert cleaner.repair(shown).text == meant
