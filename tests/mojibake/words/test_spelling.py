"""The spelling model: likelier endings first, and nothing that the list's letters can't write."""

import pytest

from cleaner.models import words
from cleaner.mojibake.words.spelling import Spelling


@pytest.fixture(scope="module")
def polish():
    return Spelling(words.load(("pl",)))


def test_spellings_are_in_order_and_fit(polish):
    core = ["w", "ąćęłńóśźż", "d", "k", "ąćęłńóśźż"]
    found = polish.fitting(core, 8)
    assert [cost for _, cost in found] == sorted(cost for _, cost in found)
    assert all(letter in allowed for word, _ in found for letter, allowed in zip(word, core, strict=True))
    assert {"wędkę", "wędką"} <= {word for word, _ in found}


def test_letters_that_no_word_has(polish):
    assert polish.fitting(["文"], 3) == []
