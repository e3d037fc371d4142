"""Rows of letters, and good letters beside damage: what no repair may touch."""

import re
from unicodedata import category

import pytest

from cleaner import repair
from cleaner.document import Edit
from cleaner.mojibake.doubts.doubt import DOUBTS, LATIN_TEXT, UNFIT, _is_row
from cleaner.mojibake.rules import RULES
from cleaner.mojibake.words.scripts import script
from tests.mojibake.doubts.repairs import left

test_a_row_of_letters_is_text = left(
    [
        "/[À-ÖØ-öø-ÿ]/",
        "word = /[a-zÀ-ÖØ-öø-ÿ]+/gi",
        "name.match(/[A-Za-zÀ-ÖØ-öø-ÿ'-]+/)",
        "[A-ZÀ-ÖØ-Þ]",
        "/[ÁÉÍÓÚÑ]/",
        "/[áéíóúñ]/",
        "Umlaute wie ÄÖÜ sind erlaubt.",
        "Firma ÅÄÖ",
        "æøå er danske bogstaver",
        "éèê",
        "Hrvatska slova čćžšđ i ČĆŽŠĐ.",
        "Polskie znaki to ąćęłńóśźż.",
        "Znaky: áčďéěíňóřšťúůýž",
        "Diacritice: ăâîșț",
        "Magyar: áéíóöőúüű ÁÉÍÓÖŐÚÜŰ",
        "ACCENTS = 'àâæçéèêëîïôœùûüÿ'",
        "Türkçe harfler: çğıöşü ÇĞİÖŞÜ",
        "Lettere accentate: àèéìòù",
        "ÄÖÜäöüß",
        "AAAÁÁÁ",
        "<td>ÄÖÜ</td>",
        "x;éèêë;5",
        "3;ăâîșț;7",
        "čšž",
        "Č;čšž;ČŠŽ",
        "test_key('Ùñî')",
        "is_suffix('食狮.com.cn', '食狮.com.cn')",
    ]
)


@pytest.mark.parametrize("text", ["Привет", "für", "Größe über", "Київ"])
def test_letters_read_as_chinese_are_no_chance(text):
    assert repair(text.encode().decode("gb18030", "replace")).text == text


@pytest.mark.parametrize(
    ("word", "codec"),
    [
        ("密码", "gb18030"),
        ("下载", "gb18030"),
        ("日期", "gb18030"),
        ("주문", "cp949"),
        ("회사", "cp949"),
        ("名前", "euc_jp"),
    ],
)
@pytest.mark.parametrize("line", ["# {}", "{}: 12", "label = '{}'"])
def test_two_characters_that_are_a_word_are_no_row_of_letters(word, codec, line):
    garbled = line.format(word.encode(codec).decode("latin-1"))
    assert repair(garbled).text == line.format(word)


def test_a_language_without_a_word_list_is_left():
    text = "Hwæt, hū ðā æþelingas ellen fremedon!"
    assert repair(text).text == text


BESIDE = [
    ("Vi åt på ett cafÃ© i Åre.", "Vi åt på ett café i Åre."),
    ("CafÃ© and SIÂN", "Café and SIÂN"),
    ("cafÃ© Ålesund", "café Ålesund"),
    ("En cafÃ© i Ålborg", "En café i Ålborg"),
]
WORDS = [
    ("Ïðèâåò", "Привет"),
    ("Äîáðûé äåíü", "Добрый день"),
    ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
    ("Tady je kniha, kterou pøíští týden ètu", "Tady je kniha, kterou příští týden čtu"),
]


@pytest.mark.parametrize(("garbled", "right"), [*BESIDE, *WORDS])
def test_words_are_still_repaired_and_good_letters_beside_them_stay(garbled, right):
    assert repair(garbled).text == right


def test_a_long_run_is_no_row_at_once():
    # Tried in more than one way a letter, it would not end.
    assert not _is_row("abcdefghijklmnopqrstuvwxyzåäö" * 20 + "½")
    assert not _is_row("klikk på skjoldet til venstre for adressefeltet på en hvilken ½")
    assert _is_row("ÄÖÜ äöü")


test_latin_words_with_letters_that_look_like_latin_ones_are_no_mix_up = left(
    ["kі, kі", "pаypаl.com", "gооgle and аpple", "Мicrоsoft", "k і", "Сafe", "раssword", "Vіsit us"]
)


@pytest.mark.parametrize("meant", ["España", "Le maître dort", "à bientôt", "bonne année"])
def test_a_mix_up_may_leave_such_letters(meant):
    assert repair(meant.encode("cp1252").decode("cp1251")).text == meant


@pytest.mark.parametrize(
    "text", ["ใช้iPhoneได้", "สวัสดีJohnครับ", "Googleマップ", "下载App吧", "삼성Galaxy폰", "ร้านCafeน้ำ"]
)
@pytest.mark.parametrize("times", [1, 40])
def test_names_within_words_of_another_script_are_no_doubt(text, times):
    meant = text * times
    assert repair(meant.encode().decode("latin-1")).text == meant


def test_letters_of_two_other_scripts_are():
    assert "ᯠ" not in repair("<p>бЇ\xa0бЁЎ®</p>").text


def test_what_is_taken_for_latin_text_has_no_other_letters():
    chars = [char for char in map(chr, range(0x3000)) if LATIN_TEXT.fullmatch(char)]
    assert {script(char) for char in chars} == {"", "LATIN"}
    assert not any(category(char) in UNFIT for char in chars)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.startswith(("MOJ1", "MOJ2"))])
def test_a_doubt_says_nothing_of_rules_that_it_is_not_about(rule):
    chains = {
        "MOJ101": ("encode iso8859-5", "decode utf-8"),
        "MOJ102": ("encode cp1252", "decode cp1251"),
        "MOJ103": ("encode gb18030", "decode big5"),
        "MOJ104": ("encode cp1252", "decode cp1251", "encode cp1252", "decode utf-8"),
    }
    edit = Edit(rule, 0, 2, "дБ", "ф", "", 0.9, "exact", (), chains.get(rule, ("encode cp1252", "decode utf-8")))
    for doubt, about in DOUBTS:
        assert about is None or rule in about or not doubt("дБ", [edit])


def test_pieces_of_frames_beside_letters_are_no_text():
    shown = "‚»‚ê‚Å‚¢‚¢‚©H"  # cp932 read as cp1252, some of whose bytes were dropped
    after = repair(f'puts("{shown}");').text
    assert not re.search("[А-я][\u2500-\u259f]|[\u2500-\u259f][А-я]", after)
    row = "║ │ а ┤"
    assert repair(row).text == row


@pytest.mark.parametrize(
    "table",
    [
        "║Имя│Возраст│ Фамилия║ Мария Петровна живёт в большом городе и работает учителем",
        "│Город│Страна│Население│\n│Москва│Россия│много│\n│Прага│Чехия│меньше│",
    ],
)
def test_words_stand_beside_the_lines_of_a_table(table):
    assert repair(table.encode("cp866").decode("cp1251")).text == table
