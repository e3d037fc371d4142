"""Particles and initials: which short words before a name are part of it."""

import numpy as np
import pytest

from cleaner.overlap.documents.survey import survey_of
from cleaner.overlap.index.han_names import part_of_chinese
from cleaner.overlap.index.name_index import index_of
from cleaner.overlap.index.name_parts import Capitals, NameColumns, names_of
from cleaner.overlap.stories.measuring import Facts, Measuring
from cleaner.overlap.stories.particles import particles_of, shared_particles
from tests.overlap import profile_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Scarlett O'Connor sings.", "Пела Скарлетт О`Коннор."),
        ("Vincent van Morten sails.", "Винсента ван Мортена ждут."),
        ("Philip K. Barton writes.", "Филип К. Бартон пишет."),
        ("Karl von Moor robs.", "Карл фон Моор грабит."),
        ("the castle of d'Orlan", "замок д’Орлан"),
    ],
)
def test_particles_of_a_name_are_words_of_it(one, other):
    mine, theirs = particles_of([one, other])
    assert len(mine.keys() & theirs.keys()) == 1


@pytest.mark.parametrize("text", ["He saw a Lion and the Moon.", "В Лондоне и в Париже", "I am Tom.", "on van duty"])
def test_other_short_words_are_no_particles(text):
    assert particles_of([text]) == [{}]


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
