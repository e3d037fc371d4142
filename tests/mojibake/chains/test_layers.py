"""Layers of UTF-8 are peeled before any other mix-up is believed; entities with digits belong to the mojibake."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.chains.layers import layers


@pytest.mark.parametrize("page", ["latin-1", "koi8-r"])
@pytest.mark.parametrize("layers", [2, 3])
def test_layers(page: str, layers: int) -> None:
    text = "Az őszi délután végén még körülnézett a kertben."
    garbled = text
    for _ in range(layers):
        garbled = garbled.encode().decode(page)
    assert cleaner.repair(garbled).text == text


def test_fractions_are_entities_too() -> None:
    garbled = "Коля идёт домой".encode().decode("latin-1").replace("¾", "&frac34;").replace("½", "&frac12;")
    assert "&frac34;" in garbled
    assert cleaner.repair(garbled).text == "Коля идёт домой"


@pytest.mark.parametrize("text", ["İstanbul ₺ 20", "Ƚ", "50 £", "100 €", "Acme™"])
def test_clean_text_has_no_layers(text: str) -> None:
    assert layers(text) is None


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Îmi place această țară.", "cp437"),
        ("Мулад ńe", "cp850"),
        ("17;Москва;ok", "iso8859-2"),
        ("Ich höre dir gern zu.", "cp1250"),
    ],
)
def test_of_several_pages_the_likelier_text_wins(text: str, page: str) -> None:
    assert cleaner.repair(text.encode().decode(page)).text == text


@pytest.mark.parametrize("word", ["Acme™", "Győr", "avó", "çocuk", "20 °C", "België"])
@pytest.mark.parametrize("page", ["latin-1", "cp1252"])
def test_a_short_text_loses_all_its_layers(word: str, page: str) -> None:
    once = "".join(bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte)) for byte in word.encode())
    twice = "".join(bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte)) for byte in once.encode())
    assert cleaner.repair(twice).text == word


@pytest.mark.parametrize("text", ["«А и В»", "группа В» и «В»", "┬┴┬┴┤", "p ¬∧ q", "Â ± Ê", "R² ± 5 °C", "Γ ≤ 5"])
def test_signs_that_are_right_stay(text: str) -> None:
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize("page", ["cp1252", "mac_roman", "cp437"])
@pytest.mark.parametrize("text", ["© 2020 Acme", "50 £", "20 °C", "a → b", "100 €"])
def test_a_sign_alone(text: str, page: str) -> None:
    shown = "".join(bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte)) for byte in text.encode())
    assert cleaner.repair(shown).text == text


def test_a_rare_sign_is_likelier_than_one_that_no_text_has() -> None:
    shown = "thatâ€\x90that, selfâ€\x90made"  # ISO 8859-15 makes ⤐ of it
    assert cleaner.repair(shown).text == "that‐that, self‐made"
