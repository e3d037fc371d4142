"""Texts read as pairs of bytes: the same weights as by classes, whatever the script, and by classes where no alphabet has all."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.models import gate, gate_table
from cleaner.models.alphabets import HAN, LETTER
from cleaner.models.mixups import tells
from cleaner.models.one_byte import LATIN_1, PIECE, SHORT, alphabets, reader
from cleaner.mojibake.strangeness import foreign_letters

TEXTS = [
    "",
    "\n",
    "7",
    "Où étaient les autres ?",
    "Příliš žluťoučký kůň – „úpěl“",
    "utanýyorum hoþuna",
    "Mỗi tảng đá, thật kỳ lạ – “Nữ Oa”",
    "Mỗi tảng đá & žluť",
    "ỗ",
    "Широкая электрификация",
    "Ο καλύμνιος σφουγγαράς",
    "դեղին ջրհեղեղ",
    "דג סקרן שט בים",
    "نص حكيم له سر",
    "เป็นมนุษย์สุดประเสริฐ",
    "ქართული ენა",
    "我能吞下玻璃",
    "кофе cafÃ© ÐºÐ¾ÑˆÐºÐ°",
    "Ã",
    "é\ud800",
    "😀 é",
]


def by_classes(text: str) -> bytes:
    """What the classes say: a character that no alphabet has makes them be asked."""
    other = "\ue000"
    assert other not in text
    return gate._by_numpy()(f"{text}\n{other}")[: len(text.encode("utf-16-le", "surrogatepass")) // 2 + 1]


@pytest.mark.parametrize("alphabet", [LATIN_1, *alphabets()])
def test_an_alphabet_fits_one_byte(alphabet: str) -> None:
    assert len(alphabet) == 256
    placed = [char for char in alphabet[1:] if char != "\ufffe"]
    assert len(set(placed)) == len(placed)
    assert all(alphabet[ord(char)] == char for char in placed if char.isascii())


@pytest.mark.parametrize("text", TEXTS)
def test_the_weights_are_those_of_classes(text: str) -> None:
    found, expected = gate._by_numpy()(text), by_classes(text)
    assert found.translate(gate.PLAIN) == expected.translate(gate.PLAIN)
    for at, (one, other) in enumerate(zip(found, expected, strict=True)):
        assert other & gate_table.TELLING or not one & gate_table.TELLING
        assert (one >= gate_table.LOUD) == (
            one % gate_table.TELLING > -gate_table.LOWEST or bool(one & gate_table.TELLING)
        ), at


@given(st.text(st.sampled_from("ab éÃ©þıščжщΩ–日😀"), max_size=30))
def test_pairs_tell_as_characters_do(text: str) -> None:
    flags = gate.pairs_in(text)[1]
    places = gate.flagged(text, flags)
    assert {at for at in range(len(text)) if not text[at : at + 2].isascii() and tells(text[at : at + 2])} <= set(
        places
    )


def test_other_texts_are_read_otherwise() -> None:
    asked: list[str] = []

    def otherwise(text: str) -> bytes:
        asked.append(text)
        return b"otherwise"

    read = reader(lambda alphabet: np.full((256, 256), 7, np.uint8), ["þu", "ý "], 144, otherwise)
    others = ["ž" * (SHORT + 1), "日本語", "žluť \u2603", "12345"]
    assert [read(text) for text in others] == [b"otherwise"] * len(others)
    assert asked == others
    assert read("þu ýa ý.") == bytes([7, 151, 7, 7, 7, 7, 7, 151, 7])
    assert read("жук") == bytes([7] * 4)
    assert read("") == bytes([7])
    assert read("é" * SHORT + "þu") == bytes([7] * (SHORT + 1) + [151, 7])


@pytest.mark.parametrize("size", [SHORT - 1, SHORT, PIECE - 2, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 5])
def test_long_texts_are_read_in_pieces(size: int) -> None:
    text = ("hoþuna Ã© été\n" * (size // 12 + 1))[:size]
    found, expected = gate._by_numpy()(text), by_classes(text)
    assert found.translate(gate.PLAIN) == expected.translate(gate.PLAIN)


@pytest.mark.parametrize("alphabet", alphabets())
def test_alphabets_say_what_letters_they_have(alphabet: str) -> None:
    """What spares the gate a look at the letters is true of every character of the alphabet."""
    letters = "".join(char for char in alphabet if char.isalpha() and not char.isascii())
    middle = next(char for char in alphabet if char.isalpha() and not char.isascii())
    kind = gate._by_numpy()(middle * 3)[0] & gate_table.KIND
    assert (kind == gate_table.LATIN_LETTERS) == (LETTER.search(letters) is not None)
    assert (kind == gate_table.OTHER_LETTERS) >= (foreign_letters().search(letters) is not None)
    assert re.search(f"[{HAN}]", letters) is None


@pytest.mark.parametrize("alphabet", alphabets())
def test_only_latin_letters_tell(alphabet: str) -> None:
    """What spares the gate a look for words of mix-ups where there are other letters."""
    letters = [char for char in alphabet if char.isalpha() and not char.isascii()]
    text = " ".join(one + other for one in letters[:60] for other in letters[:4])[:SHORT]
    weights = gate._by_numpy()(text)
    if weights[0] & gate_table.OTHER_LETTERS:
        assert not any(weight & gate_table.TELLING for weight in weights)
