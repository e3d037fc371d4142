"""Pairs by names: the same however many are looked at together."""

from itertools import combinations

import numpy as np
import pytest

from cleaner.overlap.index.name_index import times_of
from cleaner.overlap.stories.candidates import FLOOR, _borders, name_pairs
from cleaner.overlap.stories.verdicts import DILUTED_COSINE
from tests.overlap.index.test_name_index import HELD, INDEX, SURVEY, TEXTS

LEAST = 0.1


def pairs():
    none = np.zeros(len(TEXTS), bool)
    found = name_pairs(INDEX, SURVEY.words, none, LEAST / (FLOOR * DILUTED_COSINE))
    return [pair for one, other in found for pair in zip(one.tolist(), other.tolist(), strict=True)]


def test_pairs_are_those_of_all_with_all():
    def vector(number):
        rows = slice(HELD.borders[number], HELD.borders[number + 1])
        keys, seen = HELD.keys[rows], INDEX.seen_of(HELD.keys[rows])
        weights = times_of(HELD.counts[rows]) * INDEX.weights_of(seen)
        return {
            key: weight
            for key, weight, times in zip(keys.tolist(), weights.tolist(), seen.tolist(), strict=True)
            if 1 < times <= 50
        }

    vectors = [vector(number) for number in range(len(TEXTS))]
    wanted = []
    for one, other in combinations(range(len(TEXTS)), 2):
        dot = sum(weight * vectors[other].get(key, 0.0) for key, weight in vectors[one].items())
        if dot / (INDEX.norms[one] * INDEX.norms[other]) >= LEAST:
            wanted.append((one, other))
    assert pairs() == wanted
    assert len(wanted) > 100


@pytest.mark.parametrize("part", [1, 7, 1000])
def test_pairs_do_not_depend_on_how_many_are_held(part, monkeypatch):
    whole = pairs()
    monkeypatch.setattr("cleaner.overlap.stories.candidates.PART", part)
    assert pairs() == whole


@pytest.mark.parametrize(("size", "kind"), [(2, np.int32), (2**30, np.int64)])
def test_places_of_more_names_than_four_bytes_count(size, kind):
    begun, ends = _borders(np.array([size, 0, size], np.uint32))
    assert (begun.tolist(), ends.tolist()) == ([0, size, size], [size, size, 2 * size])
    assert begun.dtype == ends.dtype == kind
