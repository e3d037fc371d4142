"""Which script a letter is of."""

import pytest

from cleaner.mojibake.words.scripts import script


@pytest.mark.parametrize("char", ["º", "µ", "ʻ", "²", "1", ".", "\u0301", "\ue000"])
def test_what_stands_beside_any_letter_is_of_none(char):
    assert script(char) == ""


@pytest.mark.parametrize(
    ("char", "own"), [("a", "LATIN"), ("ё", "CYRILLIC"), ("あ", "CJK"), ("한", "CJK"), ("字", "CJK")]
)
def test_letters_are_of_one_and_eastern_ones_of_the_same(char, own):
    assert script(char) == own
