"""What words say of the readings of a line."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.readings.wording import word_gains


def test_parts_of_a_word_with_a_sign_in_it_are_no_words() -> None:
    assert word_gains(["Astr„ilia", "Astràilia"], "latin")[0] == 0.0
    assert word_gains(["die Stra„e hier", "die Straße hier"], "latin")[0] == 0.0
    assert word_gains(["le «jour», la nuit", "la nuit"], "latin")[0] > 0.0


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Tute hesło je překrótke. Dyrbi znajmjeńša znamješce wobsahować.", "iso8859-2"),
        ("Wokno pytanja zmólkow (serializěrowana gódnota)", "cp1250"),
    ],
)
def test_languages_that_only_sentences_have_are_asked(text: str, right: str) -> None:
    assert cleaner.repair(text.encode(right).decode("cp1252")).text == text
