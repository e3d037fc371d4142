"""Words that are right because a list has them."""

from __future__ import annotations

import pytest

from cleaner.mojibake.words.listed import is_listed_word, was_right


@pytest.mark.parametrize("text", ["à", "où", "größt3", "Ã©tÃ©", "…", "", "‚a", "ďěř", "日本"])
def test_what_no_list_tells(text):
    assert not is_listed_word(text)


@pytest.mark.parametrize("text", ["für", "für,", "„für“", "FÜR", "l’été", "привет!"])
def test_words_with_marks_around_them(text):
    assert is_listed_word(text)


@pytest.mark.parametrize(
    ("before", "after", "right"),
    [("f¾r", "für", False), ("fźr", "für", False), ("für", "fźr", True), ("für", "f¾r", True), ("‚a", "Ça", False)],
)
def test_a_word_of_a_list_was_right_where_what_it_becomes_is_in_none(before, after, right):
    assert was_right(before, after) == right
