"""The readings of all pairs of pages at once are those that the steps give one by one."""

from __future__ import annotations

import pytest

from cleaner.mojibake.accidents.steps import Step, other_steps, twice_in_cp932
from cleaner.mojibake.chains.double import double_readings
from cleaner.mojibake.chains.pairs import Words, layered, repeated
from cleaner.mojibake.chains.sifting import JUDGED, candidates

CASES = [
    ("Ïðèâåò ìèð", "Привет мир"),
    ("óáíåò ðîæü", "убнет рожь"),
    ("Thιβtre Thιrθse", "Théâtre Thérèse"),
    ("journÇe d'ÇtÇ", "journée d'été"),
]


@pytest.mark.parametrize(("shown", "meant"), CASES)
def test_the_right_reading_is_kept(shown: str, meant: str) -> None:
    found = candidates(Words(shown))
    assert meant in [text for text, _ in found]
    assert len(found) <= JUDGED


@pytest.mark.parametrize("shown", [shown for shown, _ in CASES])
def test_every_reading_is_what_its_step_gives(shown: str) -> None:
    for text, step in candidates(Words(shown)):
        turned = step.undo(shown)
        # A step turns whole words; a reading leaves single characters that a page lacks.
        assert turned in (text, shown) or len(turned) == len(shown)


def test_no_two_readings_are_equal() -> None:
    texts = [text for text, _ in candidates(Words("Ïðèâåò ìèð"))]
    assert len(set(texts)) == len(texts)
    assert "Ïðèâåò ìèð" not in texts


def test_nothing_to_read_in_ascii() -> None:
    assert candidates(Words("plain words")) == []
    assert layered(Words("plain words")) == ([], 0.0)


def test_layers_among_correct_words() -> None:
    found, covered = layered(Words("café cafÃ©"))
    assert "café café" in [text for text, _ in found]
    assert 0 < covered < 1


def test_wide_readings_agree_with_their_steps() -> None:
    shown = "日本語の文章".encode("cp932").decode("cp1251", "ignore")
    steps = {(step.wrong, step.right) for step in other_steps()}
    found = double_readings(shown, shown, cut=False)
    assert "日本語の文章" in found
    for text, step in found.items():
        assert (step.wrong, step.right) in steps
        assert step.undo(shown) == text


def test_equal_readings_are_kept_once() -> None:
    words = Words("birliði saðlayan Türkçe övünüyoruz")
    texts = [text for text, _ in candidates(words)]
    assert len(texts) == len(set(texts))
    assert "birliği sağlayan Türkçe övünüyoruz" in texts


@pytest.mark.parametrize("cut", [180, 181])
def test_a_sample_may_end_within_a_character(cut: int) -> None:
    meant = "この町には古い図書館と小さな公園がある。" * 8
    shown = meant.encode("euc_jp").decode("cp437")
    found = double_readings(shown[:cut], shown, cut=True)
    assert any(meant.startswith(text) for text, step in found.items() if step.right == "euc_jp")


@pytest.mark.parametrize("meant", ["国王很高兴", "说他不来了"])
def test_cp932_has_some_characters_twice(meant: str) -> None:
    assert all(data.decode("cp932") == "敎" for data in twice_in_cp932("敎"))
    assert len(twice_in_cp932("敎")) == 2
    assert len(twice_in_cp932("猫")) == 1
    shown = meant.encode("gb18030").decode("cp932")
    assert Step("cp932", "gb18030", 12.0).undo(shown) == meant


def test_a_mix_up_made_twice() -> None:
    meant = "Сегодня утром мы долго гуляли по берегу реки"
    shown = meant.encode("cp1251").decode("koi8-r").encode("cp1251").decode("koi8-r")
    assert (meant, "koi8-r", "cp1251") in [(text, step.wrong, step.right) for text, step in repeated(Words(shown))]
