"""The readings of all pairs of pages at once are those that the steps give one by one."""

from __future__ import annotations

import pytest

from cleaner.mojibake.pairs import KEPT, Words, layered, readings, wide
from cleaner.mojibake.steps import other_steps

CASES = [
    ("Ïðèâåò ìèð", "Привет мир"),
    ("óáíåò ðîæü", "убнет рожь"),
    ("Thιβtre Thιrθse", "Théâtre Thérèse"),
    ("journÇe d'ÇtÇ", "journée d'été"),
]


@pytest.mark.parametrize(("shown", "meant"), CASES)
def test_the_right_reading_is_kept(shown: str, meant: str) -> None:
    words = Words(shown)
    _, found = readings(words)
    assert meant in [reading.text for reading in found]
    assert len(found) <= KEPT


@pytest.mark.parametrize("shown", [shown for shown, _ in CASES])
def test_every_reading_is_what_its_step_gives(shown: str) -> None:
    for reading in readings(Words(shown))[1]:
        turned = reading.step.undo(shown)
        # A step turns whole words; a reading leaves single characters that a page lacks.
        assert turned == reading.text or turned == shown or len(turned) == len(shown)


def test_likelihoods_are_those_of_the_model() -> None:
    from cleaner.models.characters import load

    own, found = readings(Words("Ïðèâåò ìèð"))
    assert own == pytest.approx(load().log_likelihood("Ïðèâåò ìèð"), abs=0.01)
    for reading in found:
        assert reading.likelihood == pytest.approx(load().log_likelihood(reading.text), abs=0.01)


def test_nothing_to_read_in_ascii() -> None:
    assert readings(Words("plain words"))[1] == []
    assert layered(Words("plain words")) == ([], 0.0)


def test_layers_among_correct_words() -> None:
    found, covered = layered(Words("café cafÃ©"))
    assert "café café" in [text for text, _ in found]
    assert 0 < covered < 1


def test_wide_readings_agree_with_their_steps() -> None:
    shown = "日本語の文章".encode("cp932").decode("cp1251", "ignore")
    steps = {(step.wrong, step.right) for step in other_steps()}
    found = wide(Words(shown))
    assert "日本語の文章" in [text for text, _ in found]
    for text, step in found:
        assert (step.wrong, step.right) in steps
        assert step.undo(shown) == text
