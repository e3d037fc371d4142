"""Whether two texts of unknown language are in one."""

from itertools import combinations

import pytest

from cleaner.overlap.words.tongues import language_of, one_tongue, tongue_of

RUSSIAN = (
    "Молодой юрист едет к графу, и профессор понимает, что дело плохо. Мина помогает его найти, но он пропадает в горах, "
    "где его никто не видел."
)
UKRAINIAN = (
    "Молодий юрист їде до графа, і професор розуміє, що справи погані. Міна допомагає його знайти, але він зникає."
)


def test_languages_in_cyrillic_are_told_by_their_letters():
    assert not one_tongue(tongue_of(RUSSIAN), tongue_of(UKRAINIAN))
    assert not one_tongue(tongue_of("Выр выр!" + "р" * 120), tongue_of("Іді іді!" + "д" * 300))
    assert one_tongue(tongue_of(RUSSIAN), tongue_of("Вы были рады."))
    assert one_tongue(tongue_of("Молодец"), tongue_of(UKRAINIAN))


def test_a_text_without_frequent_words_is_in_no_language_that_has_some():
    unknown = "Wira tolu " * 15
    assert not one_tongue(tongue_of(unknown), tongue_of(RUSSIAN))
    assert one_tongue(tongue_of(unknown), tongue_of("Zuqo nimu " * 15))
    assert one_tongue(tongue_of(unknown), tongue_of("и не было"))


def test_languages_are_told_by_frequent_words():
    assert language_of("The miller and his wife were not there when the clock stopped.") == "en"
    assert language_of("Она нашла старую карту, и он не знал, что это было.") == "ru"
    assert language_of("xqz vbn wrt").startswith("script:")


TEXTS = {
    "fr": "La jeune fille perd son nom dans la maison des bains, et un garçon qui est aussi un dragon lui dit de ne pas l'oublier. "
    "Elle prend le train pour rendre ce qu'il a volé.",
    "es": "La niña pierde su nombre en la casa de baños, y un chico que también es un dragón le dice que no lo olvide. Ella toma "
    "el tren para devolver lo que él ha robado.",
    "pl": "Dziewczynka traci imię w łaźni, a chłopiec, który jest też smokiem, mówi jej, żeby o nim nie zapomniała. Jedzie "
    "pociągiem, aby oddać to, co on ukradł.",
    "hr": "Djevojčica gubi ime u kupalištu, a dječak koji je i zmaj kaže joj da ga ne zaboravi. Ona ide vlakom da vrati ono što je "
    "on ukrao.",
    "en": "The girl loses her name in the bath house, and a boy who is a dragon as well tells her not to forget it. She takes the "
    "train to give back what he has stolen.",
}
SAME = [
    ("en", "He was the king of a country in the north, and his brother had been in love with the queen for years."),
    ("fr", "Le roi est mort, et son frère qui a pris la couronne ne sait pas que le fils a vu ce qui s'est passé."),
    ("es", "El rey ha muerto, y su hermano, que tomó la corona, no sabe que el hijo lo ha visto todo."),
]


@pytest.mark.parametrize(("one", "other"), list(combinations(TEXTS, 2)))
def test_languages_are_told_by_their_frequent_words(one, other):
    assert not one_tongue(tongue_of(TEXTS[one]), tongue_of(TEXTS[other]))


@pytest.mark.parametrize(("code", "text"), SAME)
def test_texts_about_different_things_may_be_in_one_language(code, text):
    assert one_tongue(tongue_of(TEXTS[code]), tongue_of(text))


def test_what_has_no_frequent_word_may_be_in_any_language():
    assert one_tongue(tongue_of("Xqzt vrrm."), tongue_of(TEXTS["en"]))
