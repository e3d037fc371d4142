"""Which chain wins: on all of a line, by its words, and word by word where a line is garbled in part."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.chains.search import explain

GREEK = "Το πρωί περπατήσαμε κοντά στη θάλασσα και μετά ήπιαμε καφέ στην πλατεία του χωριού. "


def test_letters_behind_the_sample_choose_among_pages_that_agree_on_it() -> None:
    # Only `Ά` tells ISO 8859-7 from the page of Windows, and it stands at the end.
    meant = GREEK * 3 + "Άνοιξη"
    shown = meant.encode("iso8859-7").decode("latin-1")
    assert cleaner.repair(shown).text == meant


def test_a_long_line_whose_sample_ends_within_a_character() -> None:
    meant = "この町には古い図書館と小さな公園がある。" * 12
    for page in ("cp437", "cp1251", "mac_roman"):
        shown = meant.encode("euc_jp").decode(page)
        assert cleaner.repair(shown).text == meant


def test_a_single_letter_turns_with_its_line() -> None:
    meant = "Ο Φίλιππος Β' ήταν βασιλιάς της Μακεδονίας"
    assert cleaner.repair(meant.encode("cp1253").decode("cp1252")).text == meant


def test_words_that_are_right_stay_in_a_line_garbled_in_part() -> None:
    line = "Příliš žluťoučký kůň, když všichni spali; " + "pøíliš mìl".encode("cp1252").decode("cp1252")
    assert "Příliš žluťoučký kůň, když všichni spali" in cleaner.repair(line).text


@pytest.mark.parametrize("meant", ["Die Gläubigen beten für uns – 12 €", "in Thüringen 100"])
def test_letters_of_one_language_win(meant: str) -> None:
    page = "mac_roman" if "€" in meant else "cp949"
    shown = meant.encode("cp1252").decode(page) if "€" in meant else meant.encode().decode(page)
    assert cleaner.repair(shown).text == meant


@pytest.mark.parametrize("meant", ["hora de la acción y del avión", "Utfør den valde handlinga", "Groupes de modèles"])
def test_utf_8_that_was_read_as_japanese_euc(meant: str) -> None:
    assert cleaner.repair(meant.encode().decode("euc_jp")).text == meant


@pytest.mark.parametrize("text", ["ппц ваще ёёё))) )))) ну ОК, лол, ЫЫЫЫ", "ну ваще ёёё)) ОК, лол, ЫЫЫЫ"])
def test_small_letters_are_no_capitals_that_were_mixed_up_twice(text: str) -> None:
    assert cleaner.repair(text).text == text


def test_a_mix_up_made_twice_is_undone() -> None:
    meant = "Все счастливые семьи похожи друг на друга; Анна вышла из дома."
    shown = meant.encode("cp1251").decode("koi8-r").encode("cp1251").decode("koi8-r")
    found = explain(shown)
    assert found is not None
    assert found.text == meant
    assert len(found.steps) == 2


def test_the_garbled_part_of_a_long_line_is_looked_at_wherever_it_stands() -> None:
    right = "Додаткові дії потрібні для того, щоб прилад працював тихо й довго. " * 5
    meant = right + "Після цього його можна вимкнути."
    shown = right + "Після цього його можна вимкнути.".encode().decode("cp1251")
    assert cleaner.repair(shown).text == meant
