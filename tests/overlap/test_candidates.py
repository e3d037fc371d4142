"""Pairs by names: the same however many are looked at together, and wherever they are compared."""

import gc
import json
import pickle
import weakref
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from cleaner.overlap import overlaps_of, profiles_of, story_pairs
from cleaner.overlap.candidates import index_names, name_pairs
from cleaner.overlap.survey import survey_of

ROWS = [json.loads(line) for line in Path(__file__).with_name("tellings.jsonl").read_text("utf-8").splitlines()]
TEXTS = {f"{number:03d}": row["text"] for number, row in enumerate(ROWS)}
PROFILES = dict(zip(TEXTS, profiles_of(TEXTS.values()), strict=True))
SURVEY = survey_of(PROFILES)
INDEX = index_names(PROFILES, SURVEY)


def pairs(least=0.1):
    found = name_pairs(INDEX, SURVEY.words, least, 8, 200, 0.5)
    return [pair for one, other in found for pair in zip(one.tolist(), other.tolist(), strict=True)]


def test_pairs_are_those_of_all_with_all():
    def vector(number):
        rows = slice(INDEX.borders[number], INDEX.borders[number + 1])
        weights = INDEX.times(np.arange(rows.start, rows.stop)) * INDEX.weights[INDEX.key(rows)]
        return {
            key: weight
            for key, weight in zip(INDEX.key(rows).tolist(), weights.tolist(), strict=True)
            if 1 < INDEX.seen[key] <= 50
        }

    vectors = [vector(number) for number in range(len(TEXTS))]
    wanted = []
    for one, other in combinations(range(len(TEXTS)), 2):
        dot = sum(weight * vectors[other].get(key, 0.0) for key, weight in vectors[one].items())
        if dot / (INDEX.norms[one] * INDEX.norms[other]) >= 0.1:
            wanted.append((one, other))
    assert pairs() == wanted
    assert len(wanted) > 100


@pytest.mark.parametrize("part", [1, 7, 1000])
def test_pairs_do_not_depend_on_how_many_are_held(part, monkeypatch):
    whole = pairs()
    monkeypatch.setattr("cleaner.overlap.candidates.PART", part)
    assert pairs() == whole


def test_an_index_of_parts_is_the_index(monkeypatch):
    monkeypatch.setattr("cleaner.overlap.candidates.TOGETHER", 3)
    monkeypatch.setattr("cleaner.overlap.survey.TOGETHER", 3)
    monkeypatch.setattr("cleaner.overlap.survey.AT_ONCE", 5)
    survey = survey_of(PROFILES)
    index = index_names(PROFILES, survey)
    for one, other in ((survey, SURVEY), (index, INDEX)):
        for name in set(one.__slots__) - {"frequencies", "capitals", "spelt", "words", "sound"}:
            assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert [index.words[number] for number in index.spelt] == [INDEX.words[number] for number in INDEX.spelt]


def test_tasks_give_the_same_in_another_process_and_in_any_number(tmp_path, monkeypatch):
    here = overlaps_of(PROFILES, TEXTS.__getitem__, {"story", "related"})
    assert len(here.pairs) > 20
    done = []

    def elsewhere(tasks, common):
        light = pickle.loads(pickle.dumps(common.stored(tmp_path / "stems.npy")))
        for task in tasks:
            comparing = story_pairs.PairComparing(light, PROFILES, TEXTS.__getitem__)
            done.append(task)
            yield comparing.done(pickle.loads(pickle.dumps(task)))

    monkeypatch.setattr("cleaner.overlap.stories.PAIRS", 3)
    monkeypatch.setattr("cleaner.overlap.likely.AT_ONCE", 2)
    assert overlaps_of(PROFILES, TEXTS.__getitem__, {"story", "related"}, comparing=elsewhere) == here
    assert len(done) > 10


def test_what_a_task_held_is_let_go_with_it():
    held = []

    def elsewhere(tasks, common):
        gc.disable()
        try:
            for task in tasks:
                comparing = story_pairs.PairComparing(common, PROFILES, TEXTS.__getitem__)
                told = comparing.done(task)
                held.append(weakref.ref(comparing))
                del comparing
                assert held[-1]() is None
                yield told
        finally:
            gc.enable()

    overlaps_of(PROFILES, TEXTS.__getitem__, {"story", "related"}, comparing=elsewhere)
    assert held
