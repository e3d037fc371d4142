"""Chinese names in Latin and Cyrillic letters: which syllables they are."""

import pytest

from cleaner.overlap.names.spellings import pinyin_among, syllables_of


@pytest.mark.parametrize(
    "name", ["", "Harry", "Москва", "Пекин", "Kovalenko", "ハリー", "孙悟空", "O'Hara", "Sherlock", "Каренина"]
)
def test_other_names_are_no_syllables(name):
    assert syllables_of(name) == ()
    assert pinyin_among([name]) == []


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("Wukong", "wu kong"),
        ("Daiyu", "dai yu"),
        ("Zhuge", "zhu ge"),
        ("Lü", "lu"),
        ("Xian", "xian"),
        ("Xian", "xi an"),
        ("Укун", "wu kong"),
        ("Укуна", "wu kong"),
        ("Сунь", "sun"),
        ("Дайюй", "dai yu"),
        ("Чжугэ", "zhu ge"),
        ("Цзин", "jing"),
        ("Цзы", "zi"),
        ("Люй", "lu"),
        ("Сюань", "xuan"),
        ("Хуэй", "hui"),
    ],
)
def test_syllables(name, syllables):
    assert tuple(syllables.split()) in syllables_of(name)
    assert pinyin_among(["Harry", name]) == [1]
