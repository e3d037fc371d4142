"""Words with capitals that may be names."""

import pytest

from tests.overlap import profile_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Ki-taek met Mi-do.", {"Then", "Ki", "Ki-taek", "Mi", "Mi-do"}),
        ("In Spider-Man and Apollo-11 and Park -who left.", {"In", "Spider", "Man", "Apollo", "Park"}),
        ("He saw the Coca-", {"He", "Coca"}),
    ],
)
def test_a_small_word_behind_a_hyphen_belongs_to_the_name(text, names):
    assert set(profile_of(text).names.texts) == names


def test_it_counts_as_often_as_it_stands_there():
    names = profile_of("We met Ki-taek, and Ki-woo saw Ki-taek.").names
    assert dict(zip(names.texts, names.counts.tolist(), strict=True)) == {"We": 1, "Ki": 3, "Ki-taek": 2, "Ki-woo": 1}
