"""What the characters of a line propose is taken only where no doubt is left, and it is what a full search finds."""

from __future__ import annotations

import pytest

from cleaner import repair
from cleaner.mojibake.chains.double import in_double_bytes
from cleaner.mojibake.chains.proposing import proposed
from cleaner.mojibake.chains.search import _searched


@pytest.mark.parametrize(
    "line",
    [
        "plain",
        "Добрый день, как дела сегодня у вас?",
        "Добрый день, как дела?",
        "Blå ål",
        "Ê",
        "ðÒÉ×ÅÔ ÃÃÃÃ ©©©©",
        "Blå ål och röda rosor på ängen",
        "Fläche 12 m³, Höhe 3 m³, Tiefe 5 m³, Breite 8 m³",
        "ÀÁÂÃÄÅÆÇÈÉÊË",
        "┌──────┐ │ ok │ └──────┘",
        "▒▒▒▒▒▒▒▒▒▒ ▒▒▒▒▒Table flip▒▒▒▒▒",
        "我们昨天一起去了图书馆。",
        "I saw a 猫 today",
        "cafÃ© dÃ©jÃ  vu",
        "þæt wæs gōd cyning",
        "",
    ],
)
def test_what_is_right_or_doubtful_is_proposed_nothing_for(line: str) -> None:
    assert proposed(line) is None


@pytest.mark.parametrize(
    ("meant", "right", "wrong"),
    [
        ("Утром мы долго гуляли по берегу реки, потом пошёл дождь", "cp1251", "cp1252"),
        ("Вчера мы говорили о том, как это было на самом деле", "koi8-r", "cp1251"),
        ("Το πρωί περπατήσαμε κοντά στη θάλασσα και μετά ήπιαμε καφέ στην πλατεία του χωριού. ", "cp1253", "cp1252"),
        ("Příliš žlutý kůň úpěl velmi dlouho", "cp1250", "iso8859-1"),
        ("Une élève très gênée a préféré ôter ses vêtements mouillés", "mac_roman", "iso8859-1"),
        ("この町には古い図書館と小さな公園がある。", "euc_jp", "cp1252"),
        ("我们昨天一起去了图书馆。", "gb18030", "cp437"),
        ("新しい辞書を買いました。", "cp932", "gb18030"),
        ("déjà très tôt, près du café", "utf-8", "gb18030"),
    ],
)
def test_what_is_proposed_is_what_a_full_search_finds(meant: str, right: str, wrong: str) -> None:
    shown = meant.encode(right).decode(wrong)
    told = proposed(shown)
    full = _searched(shown, code=False)
    assert told is not None
    assert full is not None
    assert (told.text, told.sure) == (meant, True)
    assert (full.text, full.steps) == (meant, told.steps)
    assert told.steps[0].replay(meant) == shown


@pytest.mark.parametrize("line", ["Stra§e", "17;Stra§e;ok", "die Stra§e"])
def test_one_letter_alone_is_left_to_the_search(line: str) -> None:
    assert proposed(line) is None
    assert repair(line).text == line.replace("§", "ß")


def test_a_line_that_is_right_in_part_is_left_to_the_search() -> None:
    shown = "Příliš žluťoučký kůň " + "řeřicha šelma".encode("cp1250").decode("cp1252")
    assert proposed(shown) is None


def test_a_lone_chinese_character_may_be_meant_unless_it_is_in_a_word() -> None:
    assert in_double_bytes("one 猫 here") is None
    told = in_double_bytes("caf" + "é".encode().decode("gb18030") + " au lait")
    assert told is not None
    assert told.text == "café au lait"


def test_a_long_line_is_told_by_a_part_and_turned_as_a_whole() -> None:
    meant = "我们昨天一起去了图书馆，然后回家吃饭。" * 20
    told = in_double_bytes(meant.encode("gb18030").decode("cp1252"))
    assert told is not None
    assert told.text == meant
