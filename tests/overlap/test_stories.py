"""Words of two languages: which are one word spelt in two ways, and which only begin alike."""

import pytest

from cleaner.overlap.story_pairs import _spelt_alike
from cleaner.overlap.terms import sounds_of


def shared(one: str, other: str, *, latin_script: bool = True) -> bool:
    """Whether two words meet as the words of two texts do."""
    mine, theirs = sounds_of(one, latin_script=True), sounds_of(other, latin_script=latin_script)
    return bool(mine.keys() & theirs.keys()) and _spelt_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("today", "todas"), ("promise", "promenade"), ("stone", "stomach"), ("could", "couleurs"), ("long", "longo")],
)
def test_words_that_only_begin_alike(one, other):
    assert not shared(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("volcano", "volcán"), ("colour", "color"), ("pirates", "piratas"), ("creatures", "créatures")]
)
def test_words_that_languages_share(one, other):
    assert shared(one, other)


def test_short_words_say_nothing_about_another_script():
    assert not shared("hotel", "хотели", latin_script=False)


@pytest.mark.parametrize(("one", "other"), [("gladiator", "гладиатор"), ("Gotham", "Готэма")])
def test_other_scripts_may_spell_a_word_less_alike(one, other):
    assert shared(one, other, latin_script=False)
