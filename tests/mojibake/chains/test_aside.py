"""Right words of a line neither change nor decide which mix-up of two pages garbled the others."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.edits import undo
from cleaner.mojibake.accidents.steps import Explained, Step
from cleaner.mojibake.chains.aside import explain_aside
from cleaner.mojibake.chains.proposing import proposed


def garbled(text: str, right: str, wrong: str) -> str:
    return text.encode(right).decode(wrong)


RIGHT = [
    "Łódź i Győr",
    "für Größe życie",
    "привет, señor",
    "日本語 mañana à côté",
    "שלום école Straße",
    "it’s “new” in España",
    "Käthe Großmann trägt Öl über die Straße",
    "ну ваще ёёё)) ОК, лол, ЫЫЫЫ",
    "заявка № 5 для señor Peña",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_words_of_two_languages_stay(text: str) -> None:
    assert cleaner.repair(text).text == text


def test_a_line_without_right_words_or_without_others_is_left_to_what_was_found() -> None:
    found = Explained("école", (Step("cp1252", "mac_roman", 12.0),), 20.0)

    def never(words: str) -> Explained | None:
        raise AssertionError(words)

    assert explain_aside("Žcole", found, never) is found
    assert explain_aside("Žcole fermŽe", None, never) is None
    assert explain_aside("für Größe", None, never) is None


def test_a_weak_explanation_of_the_others_is_not_taken() -> None:
    weak = Explained("école", (Step("cp1252", "mac_roman", 12.0),), 5.0)
    assert explain_aside("für Žcole", None, lambda words: weak) is None


def test_a_rare_name_among_words_of_its_script_stays_in_a_garbled_document() -> None:
    name = "лауреати (як-от Вольфґанґ, премія з фізики) вважали це за помилку"
    shown = "У дев’ятнадцять ти боїшся".encode().decode("cp1251")
    assert cleaner.repair(f"{name}\n{shown}").text.splitlines()[0] == name


SENTENCES = [
    ("Straße: ", "Schöne Grüße aus München!", "mac_roman", "cp1252"),
    ("Straße / ", "Schöne Grüße aus München!", "mac_roman", "cp1252"),
    ("سلام ", "Wczoraj padał śnieg, a dziś świeci słońce.", "cp1250", "cp1252"),
    ("שלום ", "Schöne Grüße aus München!", "mac_roman", "cp1252"),
    ("güneş ", "Il a passé la journée à l'école.", "mac_roman", "cp1252"),
    ("привет ", "Včera večer jsme byli v divadle, děkuji.", "cp1250", "cp1252"),
    ("Łódź i życie: ", "Утром мы гуляли по берегу реки", "koi8-r", "latin-1"),
    ("it’s “new” ", "감사합니다", "cp949", "latin-1"),
]


@pytest.mark.parametrize(("before", "meant", "right", "wrong"), SENTENCES)
def test_a_garbled_sentence_behind_right_words(before: str, meant: str, right: str, wrong: str) -> None:
    line = before + garbled(meant, right, wrong)
    revision = cleaner.repair(line)
    assert revision.text == before + meant
    assert undo(revision.text, revision.edits) == line
    assert all(edit.kind == "exact" for edit in revision.edits)
    assert cleaner.repair(revision.text).text == revision.text


EASTERN = [
    ("こんにちは", "euc_jp"),
    ("山田太郎", "euc_jp"),
    ("ありがとうございます。", "cp932"),
    ("谢谢大家", "gb18030"),
    ("今天天气很好,我们去公园散步。", "gb18030"),
    ("안녕하세요", "cp949"),
    ("오늘은 날씨가 아주 좋습니다.", "cp949"),
]


@pytest.mark.parametrize("before", ["καλά", "привет", "mañana", "שלום", "Łódź i życie"])
@pytest.mark.parametrize(("meant", "codec"), EASTERN)
def test_a_short_eastern_text_behind_right_words_is_no_cyrillic(before: str, meant: str, codec: str) -> None:
    revision = cleaner.repair(f"{before} {garbled(meant, codec, 'latin-1')}")
    assert revision.text == f"{before} {meant}"


def test_a_word_that_alone_says_too_little_is_not_read_as_another_alphabet_beside_right_ones() -> None:
    line = f"καλά {garbled('松云', 'gb18030', 'latin-1')}"  # two characters that no list has as a word
    assert cleaner.repair(line).text == line


def test_two_characters_that_are_a_word_say_enough() -> None:
    assert cleaner.repair(f"καλά {garbled('你好', 'gb18030', 'latin-1')}").text == "καλά 你好"


def test_where_all_of_a_line_is_garbled_its_listed_words_turn() -> None:
    meant = "Günaydın, nasılsınız? Şeyma çok güzel bir kitap dağıttı."
    assert cleaner.repair(garbled(meant, "cp1254", "cp1252")).text == meant


def test_what_would_turn_a_right_word_is_not_proposed() -> None:
    line = "Straße: " + garbled("Schöne Grüße aus München!", "mac_roman", "cp1252")
    assert proposed(line) is None
