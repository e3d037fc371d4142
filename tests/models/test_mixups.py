"""The words that only a mix-up of two pages makes."""

import pytest

from cleaner.models.gate import flagged, in_units, pairs_in
from cleaner.models.mixups import may_hold_mixup, mixup_words, windows


def words(text: str) -> list[int]:
    return list(mixup_words(text, flagged(text, pairs_in(text)[1])))


@pytest.mark.parametrize(
    "text",
    [
        "Það er góður dagur í dag og þeir fara heim",
        "Příliš žluťoučký kůň",
        "déjà vu à la carte",
        "Güneş doğdu",
        "Το πρωί",
        "",
    ],
)
def test_clean_words_pass(text):
    assert not words(text)


@pytest.mark.parametrize(
    "text", ["Milli birliði için", "je právì to", "diseńar un estadio", "kapýlarýmýzdan geçtiler", "OTELÝ BEÐENMEDÝM"]
)
def test_garbled_words_are_seen(text):
    assert words(text)


def test_places_are_those_of_the_words():
    text = "je to\nje právì to"
    assert [text[place:].split(maxsplit=1)[0] for place in words(text)] == ["právì"]


def test_a_window_is_a_letter_and_those_around_it():
    assert list(windows("Çaðdaþ")) == ["^çað", "^çaðda", "ðdaþ$"]
    assert list(windows("plain")) == []


@pytest.mark.parametrize(
    "text", ["Það er góður dagur í dag", "Ulaþýlmaz", "je to\nje právì to", "😀 právì", "😀právì 😀", "právì", "plain"]
)
def test_a_quick_look_misses_no_word(text: str) -> None:
    _, flags = pairs_in(text)
    assert may_hold_mixup(in_units(text, flags), flags) or not words(text)


def test_a_quick_look_passes_clean_words() -> None:
    text = "Það er góður dagur í dag og þeir fara heim"
    _, flags = pairs_in(text)
    assert 1 in flags
    assert not may_hold_mixup(in_units(text, flags), flags)
