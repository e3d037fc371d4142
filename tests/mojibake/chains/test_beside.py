"""Right words of any language beside garbled ones neither change nor decide what the others were."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.chains.beside import explain_beside
from cleaner.mojibake.chains.search import explain

RIGHT = [
    "Łódź i café",
    "für Größe życie",
    "привет corazón",
    "日本語 mañana",
    "à côté ירושלים",
    "it’s “new” España",
    "안녕 é",
]
WORDS = ["café", "źródło", "smörgås", "дякую", "Αθήνα", "ירושלים", "l’été", "你好", "👍"]
BESIDE = ["Łódź i", "für Größe", "привет", "καλά", "mañana", "日本語", "it’s “new”", "à côté"]
PAGES = ["cp1252", "latin-1", "cp1250", "cp1251"]


def garbled(text: str, page: str) -> str:
    """`text` in UTF-8, read as browsers read `page`."""
    return "".join(bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte)) for byte in text.encode())


@pytest.mark.parametrize("text", RIGHT)
def test_right_words_of_two_languages_stay(text: str) -> None:
    assert explain_beside(text, explain) is None
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize("line", ["cafÃ©", "fÃ¼r Ã¤lter", "Ã  cÃ´té Ã", "cafã© olã©"])
def test_without_right_words_or_with_half_sequences_it_has_nothing_to_say(line: str) -> None:
    assert explain_beside(line, explain) is None


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("word", WORDS)
def test_a_garbled_word_beside_right_ones(word: str, page: str) -> None:
    for right in BESIDE:
        line = f"{right} {garbled(word, page)}"
        assert cleaner.repair(line).text == f"{right} {word}", (line, page)


@pytest.mark.parametrize("word", ["corazón", "België", "Győr", "Київ", "שלום"])
@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
def test_a_word_garbled_twice_beside_right_ones(word: str, page: str) -> None:
    for right in BESIDE:
        line = f"{right} {garbled(garbled(word, page), page)}"
        assert cleaner.repair(line).text == f"{right} {word}", (line, page)


@pytest.mark.parametrize("right", ["20 °C", "10 µm", "½ Liter", "§ 5"])
def test_signs_look_odd_and_are_right_beside_a_word_garbled_twice(right: str) -> None:
    assert cleaner.repair(f"{right} / {garbled(garbled('€', 'cp1252'), 'cp1252')}").text == f"{right} / €"


@pytest.mark.parametrize(
    "right", ["昨日は{}にいました。", "我们昨天在{}旅游。", "어제 {}에 있었어요.", "👍{}👍 и привет"]
)
@pytest.mark.parametrize("word", ["København", "Győr", "Kraków"])
def test_characters_that_no_single_byte_page_has_end_a_garbled_word(right: str, word: str) -> None:
    assert cleaner.repair(right.format(garbled(word, "cp1252"))).text == right.format(word)


def test_marks_around_a_garbled_word_may_be_right() -> None:
    assert cleaner.repair("Łódź, «cafÃ©» и «кафе»").text == "Łódź, «café» и «кафе»"


def test_what_is_lost_beside_it_is_filled_all_the_same() -> None:
    assert "Le modalità" in cleaner.repair("Le modalitÃ  del caffÃ¨ à Łódź").text


def test_a_sign_on_its_own_is_right_beside_a_garbled_one() -> None:
    assert cleaner.repair("© 2020 Acme / 100 Ã¢â€šÂ¬").text == "© 2020 Acme / 100 €"
