"""Which language's quotes and dashes a text with lost marks uses."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.habits import habit_of

LOST = {*range(0x80, 0xA1), 0xDB, 0xDC, 0xDD, 0xDE, 0xFC, 0xFD, 0xFE, 0xFF}


def accident(text: str) -> str:
    return bytes(byte for byte in text.encode() if byte not in LOST).decode("tis-620")


def test_an_apostrophe_leaves_no_word_behind() -> None:
    assert habit_of("The cook\u0e42s soup").opening == "“"


def test_remains_of_letters_tell_the_language() -> None:
    assert habit_of("poszed\u0e25 do domu i by\u0e25 tam").opening == "„"


@pytest.mark.parametrize(
    "text",
    [
        "—Ven aquí —dijo la niña—, que ya es tarde.",
        "—¿Quién es? —preguntó el señor.",
        "Dijo que no “era así” y se fue.",
        "Der Wirt „kam nicht“, und das „Über uns“ blieb dunkel.",
    ],
)
def test_restored(text: str) -> None:
    assert cleaner.repair(accident(text)).text == text
