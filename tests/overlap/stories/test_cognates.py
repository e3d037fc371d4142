"""Words of two languages: which are one word spelt in two ways, and which only begin alike."""

import pytest

from cleaner.overlap.documents.profiles import Frequencies
from cleaner.overlap.stories.cognates import SAMPLE, cognates, long_words_of
from tests.overlap import pair_of


def shared(one: str, other: str, *, latin_script: bool = True) -> bool:
    """Whether two words meet as the words of two texts do."""
    texts = {"a": one, "b": other}
    scripts = ("latin", "latin" if latin_script else "cyrillic")
    (found,) = cognates([pair_of(scripts=scripts)], texts.__getitem__, Frequencies(2), 2)
    return found == [f"{one} = {other}"]


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


def heard(one: str, other: str, *, latin: tuple[bool, bool] = (True, False)) -> list[tuple[str, str]]:
    mine, theirs = long_words_of([(one, latin[0]), (other, latin[1])])
    return sorted(mine.shared(theirs))


def test_texts_without_long_words():
    for text in ("", "\n", "a few of us", "12345678 ______ 2nd", "мы там"):
        (found,) = long_words_of([(text, True)])
        assert not len(found.keys)
    assert long_words_of([]) == []


def test_words_that_sound_alike_as_they_are_written():
    assert heard("A gladiator, gladiators.", "Старый гладиатор") == [("gladiator", "гладиатор")]
    assert heard("the Gladiator", "гладиатор") == [("Gladiator", "гладиатор")]


def test_first_letters_count_where_both_texts_are_in_latin_script():
    assert ("colour", "color") in heard("colour", "color", latin=(True, True))
    assert not heard("promise", "проект")


def test_the_first_word_of_a_sound_stands_for_all():
    found = heard("volcano Volcano", "вулкан, volcanos volcano", latin=(True, True))
    assert found == [("volcano", "volcanos"), ("volcano", "вулкан")]


def test_only_the_beginning_of_a_text_is_read():
    assert not heard("x " * SAMPLE + "gladiator", "гладиатор")


def test_words_of_a_batch_are_those_of_each_text():
    texts = [("The gladiator fights\nPompeii’s lions 𝒳", True), ("", False), ("Гладиатор и вулкан", False)] * 40
    together = long_words_of([(text * 300, latin) for text, latin in texts])
    for (text, latin), found in zip(texts, together, strict=True):
        (alone,) = long_words_of([(text * 300, latin)])
        assert found.keys.tolist() == alone.keys.tolist()
        assert found.starts.tolist() == alone.starts.tolist()
