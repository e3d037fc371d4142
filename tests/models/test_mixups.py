"""The words that only a mix-up of two pages makes."""

import pytest

from cleaner.models.mixups import mixup_words, telling_places, windows


def words(text: str) -> list[int]:
    return list(mixup_words(text, telling_places(text)))


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
