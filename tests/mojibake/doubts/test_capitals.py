"""Abbreviations alone say nothing for a mix-up; garbled ones whose letters no one writes are repaired."""

import pytest

from cleaner import repair

LEFT = [
    "ФЛ и ЮЛ",
    "525 ЮЛ, 60 ГЦ",
    "ЦБ РФ",
    "60 ΣΤ / ΤΨ",
    "«ТЧ» «ЕЮ» «ЦХХЩ»",
    "УК РФ\nЖКХ\nХХХ / ФХ",
    "С4СЇ 582",
    "NGŁ (NCĆŁ)",
    "ŘŤ ŇU ŤHĎ ĎRU",
    "CÁ\tÁÍ\tÁÚ",
    "„ŹF“ BNĆ SŚ",
    "РГ / ЖЂ / ШЖ",
    "A REPÙBLICA CORSA",
    "НЕКОРРЕКТНОЕ ЗЮЭ ИМЯ ОПЕРАЦИИ С КЭШЕМ",
]


@pytest.mark.parametrize("text", LEFT)
def test_capitals_are_left(text):
    assert repair(text).text == text


REPAIRED = [
    ("Ã‰TÃ‰", "ÉTÉ"),
    ("CÃ‰ / Ã‰T", "CÉ / ÉT"),
    ("Â« PÃ… Â»", "« PÅ »"),
    ("ATĂ‹", "ATË"),
    ("Ð®Ð¨ Ð¡Ð„", "ЮШ СЄ"),
    ("Lo stato non ГЁ stato raggiunto", "Lo stato non è stato raggiunto"),
    ("ÍĹ ĚÎĆĹ ÄŔ", "НЕ МОЖЕ ДА"),
    ("JIE TURI BŰTI", "JIE TURI BŪTI"),
    ("ЙЮЙ ДЕКЮ, ДПСЦ", "как дела, друг"),
]


@pytest.mark.parametrize(("garbled", "right"), REPAIRED)
def test_what_words_or_letters_of_no_alphabet_speak_for_is_repaired(garbled, right):
    assert repair(garbled).text == right
