"""Names across scripts: one key for most spellings of a name, and different ones for different names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.overlap.words.name_keys import bare_sounds, name_keys
from cleaner.overlap.words.transliterate import latin, sounds

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
    ("Helena", "헬레나"),
    ("Edgar", "Эдгар"),
    ("Vincent", "ヴィンセント"),
    ("Finland", "フィンランド"),
    ("Winston", "ウィンストン"),
    ("Sarah", "Сару"),
    ("Kyle", "Кайл"),
    ("Paul", "Полем"),
    ("Mercedes", "მერსედესს"),
    ("Danglars", "Դանգլարսից"),
    ("Dawson", "Ντόσον"),
    ("Brock", "Μπροκ"),
    ("Bukater", "Μπουκάτερ"),
    ("Jack", "Τζακ"),
    ("Ruth", "Ρουθ"),
    ("Polonius", "Պոլոնիուսը"),
    ("Corleone", "קורליאונה"),
    ("Watson", "واتسون"),
    ("Akbar", "अकबर"),
    ("Termeh", "तरमेह"),
    ("Canada", "कनाडा"),
    ("Collins", "कॉलिन्स"),
    ("Durga", "দুর্গা"),
    ("Harihar", "হরিহরের"),
    ("Calcutta", "কলকাতায়"),
    ("Ronaldo", "ਰੋਨਾਲਡੋ"),
    ("Ronaldo", "રોનાલ્ડો"),
    ("Ronaldo", "ରୋନାଲ୍ଡୋ"),
    ("Kannagi", "கண்ணகியின்"),
    ("Madurai", "மதுரையில்"),
    ("Venkat", "వెంకట్"),
    ("Ronaldo", "ರೊನಾಲ್ಡೊ"),
    ("Mohanlal", "മോഹൻലാൽ"),
    ("Konurbay", "Қоңырбай"),
    ("Tyler", "타일러"),  # er at the end
    ("Hooper", "후퍼와"),
    ("Durrenman", "두렌만"),
    ("Trainer", "トレーナー"),
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
    "bn": "এই ছবিতে কোভালেনকো খুঁজছেন নাপোলিয়নকে। নৌকায় তাঁর দেখা হয় ফার্দিনান্দ ম্যাক্সিমাসের সঙ্গে, যিনি ব্যাটম্যানকে চেনেন। "
    "কোভালেনকো কোস্ত্রোমা পৌঁছান, সেখানে নাপোলিয়ন লুকিয়ে আছেন ব্যাটম্যানের ভয়ে।",
    "ta": "இந்தப் படத்தில் கோவலென்கோ நெப்போலியனைத் தேடுகிறார். படகில் பெர்டினாந்து மாக்சிமஸை சந்திக்கிறார், அவருக்கு பேட்மேனைத் தெரியும். "
    "கோவலென்கோ கோஸ்ட்ரோமா வருகிறார், அங்கே நெப்போலியன் பேட்மேனிடம் இருந்து ஒளிந்திருக்கிறார்.",
}


def name_key(word):
    (key,) = name_keys((word,))
    return key


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), NOT_THE_SAME)
def test_different_names(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("word", ["", "ß", "İzmir", "Đặng", "ﷺ", "𝕏", "東京", "नमस्ते", "ありがとう"])
def test_any_word_becomes_ascii(word):
    assert latin(word).isascii()


@pytest.mark.parametrize("other", ["he", "ko", "bn"])
def test_a_story_in_a_script_without_capitals(other):
    found = cleaner.find_duplicates({"a": TELLINGS["en"], "b": TELLINGS[other]}, passages=False)
    assert [p.relation for p in found.pairs] == ["story"]
    assert any(name.startswith("Kovalenko = ") for name in found.pairs[0].evidence)


def test_texts_in_scripts_of_india_are_not_compared_by_names_with_each_other():
    texts = {"a": TELLINGS["bn"], "b": TELLINGS["bn"].replace("এই", "সেই").replace("নৌকায়", "জাহাজে"), "c": TELLINGS["ta"]}
    assert not any(p.relation in ("story", "related") for p in cleaner.find_duplicates(texts, passages=False).pairs)


def test_many_names_at_once_are_as_one_by_one():
    words = ["Napoleon", "Stewart\nand", "Наполеон", "a\n\nb", "", "\n", "Naïve\r\n", "ナポレオン"]
    assert name_keys(words) == [name_key(word) for word in words]
    assert name_key("Stewart\n") == name_key("Stewart")


@given(st.lists(st.text("abcdehgijkowyz", min_size=1, max_size=8), min_size=1))
def test_spellings_at_once_are_as_one_by_one(words):
    assert name_keys(words) == [key for word in words for key in name_keys([word])]
    assert bare_sounds(words).split("\n") == [bare_sounds([word]) for word in words]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_of_many_words_are_those_of_each(form):
    words = [unicodedata.normalize(form, word) for pair in (*SAME, ("ǣsc", "Ǿre"), ("إيمان", "ǰ")) for word in pair]
    assert latin("\n".join(words)).split("\n") == [latin(word) for word in words]
    assert latin("\n".join(words)) == latin(unicodedata.normalize("NFC", "\n".join(words)))


SOUNDS = {
    "schach": "sak",
    "chuck": "kuk",
    "cecil": "sesil",
    "rowhan": "ruhan",
    "kuhn": "kun",
    "bowie": "bui",
    "juan": "uan",
    "jj": "ji",
    "gary": "hari",
    "aah": "a",
    "hawaii": "havi",
    "yew": "iu",
    "": "",
}


@pytest.mark.parametrize(("word", "sound"), SOUNDS.items())
def test_sounds(word, sound):
    assert sounds(word) == sound
