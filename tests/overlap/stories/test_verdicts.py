"""Verdicts on pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.overlap.stories.verdicts import COPIED_MOST, PASSING, tell_apart, verdict_on
from cleaner.overlap.words.numbers import numbers_in
from tests.overlap import pair_of

RANK = {"none": 0, "related": 1, "story": 2}
SHARES = st.floats(0.0, 1.0)
PAIRS = st.builds(
    pair_of,
    rare=st.integers(0, 20),
    more=st.integers(0, 20),
    names=SHARES,
    words=SHARES,
    coverage=SHARES,
    one_language=st.booleans(),
    poorer=st.integers(0, 60),
    mentions=st.integers(0, 20),
    fewer=st.integers(0, 20),
    scripts=st.sampled_from([("latin", "latin"), ("han", "han"), ("latin", "6")]),
    longer=st.integers(0, 400),
    copied=st.floats(0.0, COPIED_MOST),
)
STRICTNESS = st.sampled_from([0.7, 1.0, 1.3])


@given(PAIRS, st.integers(0, 20), STRICTNESS, SHARES)
def test_more_in_common_never_makes_less(one, more, strictness, words):
    """So what a pair may become at best is the verdict on it if it had all."""
    richer = one._replace(more=one.more + more, words=max(one.words, words))
    assert RANK[verdict_on(one, strictness)] <= RANK[verdict_on(richer, strictness)]


@given(PAIRS, st.integers(0, PASSING - 1))
def test_heroes_of_one_page_that_another_names_in_passing_make_no_story(one, fewer):
    one = one._replace(longer=200, fewer=fewer, mentions=40, coverage=min(one.coverage, 0.8))
    assert verdict_on(one, 1.0) == "none"


TELLING = pair_of(names=0.3, coverage=0.8, rare=5, mentions=9, fewer=5, longer=120)


def test_a_life_that_names_the_heroes_of_a_work_among_many_others_is_no_telling_of_it():
    assert verdict_on(TELLING, 1.0) == "story"
    assert verdict_on(TELLING._replace(balance=0.1), 1.0) == "related"
    assert verdict_on(TELLING._replace(balance=0.1, longer=400), 1.0) == "story"


def test_where_any_word_may_be_a_name_more_of_them_are_needed():
    caseless = TELLING._replace(names=0.17, scripts=("latin", "6"))
    assert verdict_on(TELLING._replace(names=0.17), 1.0) == "story"
    assert verdict_on(caseless, 1.0) == "none"
    assert verdict_on(caseless._replace(names=0.2), 1.0) == "story"


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("3-1 in minute 78", "2-0 in minute 34", True),
        ("8,412 came, 78 left", "8 412 tulivat", False),  # one number is too few, and it is the same
        ("8,412 came, 78 left", "8 412 tulivat, 11 lähti", False),
        ("in 2010 250 died, 3 of them at sea", "250 died", False),
        ("in 2010 250 died", "2010: 250", False),  # a year and a number are two
        ("in 1915, at 5 o'clock", "1916", False),
        ("٣١٢ و ١٤", "312, 20", False),
        ("", "", False),
    ],
)
def test_numbers_tell_texts_apart(one, other, apart):
    assert tell_apart(numbers_in(one), numbers_in(other)) is apart
