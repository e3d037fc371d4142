"""What the rooms share of numpy gives what numpy's own functions give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.arrays import Lookup, among, code_points, heads_of, lowest, places_in, ranges, without_repeats

NUMBERS = st.lists(st.integers(0, 12) | st.integers(2**64 - 3, 2**64 - 1), max_size=20)


def test_nothing_is_among_nothing():
    assert among(np.array([1, 2], np.uint64), np.zeros(0, np.uint64)).tolist() == [False, False]
    assert among(np.zeros(0, np.uint64), np.array([1], np.uint64)).tolist() == []


@given(NUMBERS, NUMBERS)
def test_among_is_isin(values, others):
    one, other = np.array(values, np.uint64), np.array(others, np.uint64)
    assert among(one, other).tolist() == np.isin(one, other).tolist()


@given(NUMBERS)
def test_sorted_values_without_repeats_are_unique(values):
    held = np.array(values, np.uint64)
    assert without_repeats(np.sort(held)).tolist() == np.unique(held).tolist()


@pytest.mark.parametrize("values", [[], [3], [3, 3], [3, 4, 4]])
def test_without_repeats(values):
    assert without_repeats(np.array(values, np.int64)).tolist() == sorted(set(values))


@given(NUMBERS, NUMBERS)
def test_what_is_there_has_its_place(values, others):
    ordered = np.unique(np.array(others, np.uint64))
    asked = np.array(values, np.uint64)
    for place, value in zip(places_in(ordered, asked).tolist(), values, strict=True):
        assert value not in others or ordered[place] == value


@given(st.lists(st.integers(0, 5) | st.just(float("inf")), max_size=40), st.integers(1, 45))
def test_of_equal_values_the_first_are_lowest(values, count):
    expected = sorted(range(len(values)), key=values.__getitem__)[:count]
    assert lowest(np.array(values, np.float32), count).tolist() == expected


@pytest.mark.parametrize(("values", "heads"), [([], []), ([3], [0]), ([3, 3, 4], [0, 2]), ([1, 0, 1], [0, 1, 2])])
def test_heads_of_runs(values, heads):
    assert heads_of(np.array(values, np.int64)).tolist() == heads


def test_ranges_stand_one_behind_the_other():
    assert ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]


@given(st.text(st.characters(), max_size=20))
def test_code_points(text):
    assert code_points(text).tolist() == list(map(ord, text))


@pytest.mark.parametrize("kind", [np.uint32, np.uint64])
@pytest.mark.parametrize(("count", "step"), [(1, 1), (7, 1), (3000, 1), (3000, 1 << 14), (500, 1 << 20)])
def test_hashes_are_looked_up_where_a_search_finds_them(kind, count, step):
    draw = np.random.default_rng(count + step)
    hashes = draw.permutation(count).astype(kind) * kind(step) + kind(5)  # with a large step all end in the same bits
    values = np.concatenate([hashes[::2], draw.integers(0, 1 << 32, 400).astype(kind), np.array([0, 5], kind)])
    place, found = Lookup(hashes).places(values)
    assert found.tolist() == [value in set(hashes.tolist()) for value in values.tolist()]
    assert np.array_equal(hashes[place[found]], values[found])
