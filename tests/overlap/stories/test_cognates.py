"""Words of two languages: which are one word spelt in two ways, and which only begin alike."""

import numpy as np
import pytest

from cleaner.overlap.documents.profiles import Frequencies
from cleaner.overlap.documents.survey import survey_of
from cleaner.overlap.index.han_names import part_of_chinese
from cleaner.overlap.index.name_index import index_of
from cleaner.overlap.index.name_parts import Capitals, NameColumns, names_of
from cleaner.overlap.stories.cognates import cognates, shared_particles
from cleaner.overlap.stories.measuring import Facts, Measuring
from cleaner.overlap.words.terms import particles_of
from tests.overlap import pair_of, profile_of


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


WIFI = {"a": "电脑 没有 Wi-Fi 网络，请 打开 设置 面板。", "b": "Включите Wi-Fi в настройках, затем откройте панель."}
VAN_DALEN = {"a": "Anton van Dalen meets Marta Kovalenko.", "b": "Антон ван Дален встречает Марту Коваленко."}


@pytest.mark.parametrize(("texts", "particles"), [(WIFI, []), (VAN_DALEN, ["van Dalen = ван Дален"])])
def test_a_particle_that_is_a_name_itself_counts_once(texts, particles):
    profiles = {name: profile_of(text) for name, text in texts.items()}
    survey = survey_of(profiles)
    parts = [names_of([NameColumns.of(one) for one in profiles.values()], Capitals.of(survey))]
    if survey.chinese.any():
        parts.append(part_of_chinese(parts, survey.chinese, [one.han for one in profiles.values() if one.han]))
    index = index_of(parts, survey, 20)
    facts = Facts.of(survey, {})
    measuring = Measuring(index, facts, 1.0, lambda pairs: [0.0] * len(pairs))
    (pair,), _, _ = measuring.likely(np.array([0]), np.array([1]), 0.0, {0: "a", 1: "b"})
    assert shared_particles(pair, dict(zip(texts, particles_of(texts.values()), strict=True))) == particles
