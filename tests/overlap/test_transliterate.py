"""Names across scripts: one key for most spellings of a name, and different ones for different names."""

import pytest

import cleaner
from cleaner.overlap.terms import name_key
from cleaner.overlap.transliterate import latin

SAME = [
    ("Shannon", "Шеннон"),
    ("Fowley", "Фоули"),
    ("Stewart", "Стюарт"),
    ("Harry", "Гарри"),
    ("Kovalenko", "Коваленко"),
    ("Tarkovsky", "Тарковського"),
    ("Titanic", "Τιτανικός"),
    ("Aristotle", "Αριστοτέλης"),
    ("Tbilisi", "თბილისი"),
    ("Napoleon", "ნაპოლეონი"),
    ("Hakobyan", "Հակոբյան"),
    ("Napoleon", "Նապոլեոն"),
    ("Marilyn", "מרילין"),
    ("Kovalenko", "קובלנקו"),
    ("Napoleon", "נפוליאון"),
    ("Batman", "باتمان"),
    ("Kovalenko", "كوفالينكو"),
    ("Ronaldo", "रोनाल्डो"),
    ("Kovalenko", "कोवालेंको"),
    ("Batman", "バットマン"),
    ("Kovalenko", "コワレンコ"),
    ("Titanic", "タイタニック"),
    ("Batman", "배트맨"),
    ("Kovalenko", "코발렌코"),
    ("Napoleon", "나폴레옹"),
]
NOT_THE_SAME = [("Marta", "Мария"), ("Oberau", "Одесса"), ("Kovalenko", "Каваками"), ("Lindqvist", "Лондон")]
TELLINGS = {
    "en": "Marta Kovalenko leaves Brightwater to find Anton Napoleon. On the ferry she meets Captain Ferdinand Maximus, who "
    "knows Batman. "
    "Marta and Ferdinand cross to Kostroma, where Anton Napoleon hides from Batman.",
    "he": "בסרט הזה קובלנקו מחפשת את נפוליאון. היא פוגשת את פרדיננד מקסימוס, שמכיר את באטמן. "
    "קובלנקו ומקסימוס מגיעים אל קוסטרומה, שם מסתתר נפוליאון מפני באטמן.",
    "ko": "영화에서 코발렌코는 나폴레옹을 찾는다. 배에서 페르디난드 막시무스를 만나고, 그는 배트맨을 안다. "
    "코발렌코는 코스트로마에 도착하고, 나폴레옹은 배트맨에게서 숨는다.",
}


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), NOT_THE_SAME)
def test_different_names(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("word", ["", "ß", "İzmir", "Đặng", "ﷺ", "𝕏", "東京", "नमस्ते", "ありがとう"])
def test_any_word_becomes_ascii(word):
    assert latin(word).isascii()


@pytest.mark.parametrize("other", ["he", "ko"])
def test_a_story_in_a_script_without_capitals(other):
    found = cleaner.find_duplicates({"a": TELLINGS["en"], "b": TELLINGS[other]}, passages=False)
    assert [p.relation for p in found.pairs] == ["story"]
    assert any(name.startswith("Kovalenko = ") for name in found.pairs[0].evidence)
