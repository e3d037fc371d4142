"""Lists of letters are left; words that look like lists are repaired."""

import pytest

from cleaner import repair
from cleaner.mojibake.doubts.rows import is_list
from cleaner.mojibake.doubts.witness import is_sure
from tests.mojibake.doubts.repairs import left

test_a_list_of_letters_is_left = left(
    [
        "vowel [áéíóúŕýô].k a\nvowel [áéíóúýŕô][^k].t",
        'text = "áàäéèęöő.\\n"\nmore = "áàäéèęöőáàäéèęöőáàäéèęöő"',
        "// яЯ чЧцЦ сС мМ иИйЙ тТ ьЬъЪ ,< .> /?",
        "% Хх Цц Чч Шш Щщ Юю Яя Ьь",
        "yes = '^[+1yYдДэЭ]'",
        "no = '^[-0nNмМ]'",
        "tr -d 'îÎ'",
        "{[-а-яёА-ЯЁ0-9]\\+}",
        "\\fIРРРР\\-ММ\\-ДД\\fR",
        "Яно павінна быць у фармаце ГГГГ-ММ-ДД ГГ:ХХ[:сс[.мммммм]][ЧА].",
        "ΘΘ-      _\nΚΣ       Ξ\nΞΞ-      _\nΞΣ       Ξ",
        "// ┌────┬────┐\n// │QT  │LL  │\n// │HO  │ZM  │\n// └────┴────┘",
        "הֲ  0x5b2  HA\nהִ  0x5b4  I\nהֵ  0x5b5  AY",
    ]
)


@pytest.mark.parametrize(
    ("right", "wrong", "read"),
    [
        ("Список [важных] дел на завтра", "cp1251", "cp1252"),
        ("Größe und Höhe [Übermaß] des Gebäudes", "cp850", "cp1252"),
        ("Ελληνικά [γράμματα] και λέξεις", "cp1253", "cp1252"),
        ("联系人列表", "gb18030", "latin-1"),
        ("[中文]版本", "gb18030", "latin-1"),
        ("모래 위에도 길이 보인다", "cp949", "mac_roman"),
        ("l'intraduïble paraula", "utf-8", "cp1252"),
        ("Хорватский", "cp1251", "cp1252"),
        ("Акушер", "cp1251", "cp1250"),
        ("Sisestage väärtuste nimekiri", "cp1252", "cp437"),
    ],
)
def test_garbled_words_in_brackets_are_no_list(right, wrong, read):
    assert repair(right.encode(wrong).decode(read)).text == right


@pytest.mark.parametrize("token", ["[áéíóú]", "А-яё", "нНтТ", "РРРР"])
def test_what_lists_letters(token):
    assert is_list(token)


@pytest.mark.parametrize(
    "token", ["Größe", "привет", "нет-нет", "日本語", "intraduĆÆble", "vΣΣrtuste", "Õîðâàòñêèé", "plain"]
)
def test_what_lists_none(token):
    assert not is_list(token)


def test_two_rows_of_letters_are_no_two_words_of_another_alphabet():
    assert not is_sure([("áéíóúŕýô", "бйнуъаэф"), ("áéíóúýŕô", "бйнуъэаф")])
    assert is_sure([("ïðèâåò", "привет"), ("äåíüãè", "деньги"), ("ìîëîêî", "молоко")])
