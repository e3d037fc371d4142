"""Layers of UTF-8 are peeled before any other mix-up is believed; entities with digits belong to the mojibake."""

from __future__ import annotations

import pytest

import cleaner


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
