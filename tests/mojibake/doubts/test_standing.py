"""One word in much right text is chance; a line that came from elsewhere is not."""

import pytest

from cleaner import repair
from cleaner.document import Edit

RUSSIAN = [
    "берег реки",
    "тихая вода",
    "старый мост",
    "лодка и весло",
    "рыбак встаёт рано",
    "ветер с севера",
    "книга на столе",
    "Кубань и Дон",
    "большой город",
    "Казань и Баку",
    "цветы в саду",
    "Тула, Грозный",
]
CATALAN = [
    "la casa és allà",
    "demà plourà",
    "el camí és llarg",
    "què farà ella",
    "això és així",
    "una llengua clàssica",
]


@pytest.mark.parametrize("word", ["КБ", "ТГц", "нН", "ред"])
def test_a_short_word_in_much_text_is_right(word):
    text = "\n".join([*RUSSIAN * 8, word, *RUSSIAN * 8])
    assert repair(text).text == text


def test_an_ending_in_a_list_of_words_is_right():
    text = "\n".join([*CATALAN * 8, "lujà", "nià", "rocà", *CATALAN * 8])
    assert repair(text).text == text


def test_a_garbled_line_in_much_right_text_is_repaired():
    right = "Мы вчера долго гуляли по берегу и говорили о погоде"
    for wrong, read in (("koi8-r", "cp1251"), ("utf-8", "cp866")):
        text = "\n".join([*RUSSIAN * 8, right.encode(wrong).decode(read), *RUSSIAN * 8])
        assert repair(text).text == "\n".join([*RUSSIAN * 8, right, *RUSSIAN * 8])


def test_a_word_whose_letters_stand_nowhere_else_is_repaired():
    text = "\n".join([*CATALAN * 8, "cafÃ© amb llet", *CATALAN * 8])
    assert repair(text).text == text.replace("cafÃ©", "café")


def test_letters_that_stand_nowhere_else_are_not_outnumbered():
    from cleaner.mojibake.doubts.standing import outnumbered

    text = "word " * 20 + "КБ"
    edit = Edit("MOJ101", 100, 102, "КБ", "ǣ", "a reason", 0.9, chain=("encode cp855", "decode utf-8"))
    assert outnumbered(text, [edit]) == set()
