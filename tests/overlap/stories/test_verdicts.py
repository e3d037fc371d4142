"""Verdicts on pairs: what a bound leaves out could not have become one."""

from hypothesis import given
from hypothesis import strategies as st

from cleaner.overlap.stories.verdicts import PASSING, Scored, at_most, verdict_on

RANK = {"none": 0, "related": 1, "story": 2}
SHARES = st.floats(0.0, 1.0)
PAIRS = st.builds(
    Scored,
    a=st.just("a"),
    b=st.just("b"),
    tokens=st.integers(0, 40),
    shared_names=st.integers(0, 20),
    names=SHARES,
    words=SHARES,
    coverage=SHARES,
    one_language=st.booleans(),
    poorer=st.integers(0, 60),
    mentions=st.integers(0, 20),
    fewer=st.integers(0, 20),
    caseless=st.booleans(),
    longer=st.integers(0, 400),
    copied=SHARES,
)


@given(PAIRS, st.sampled_from([0.7, 1.0, 1.3]))
def test_no_words_lift_a_pair_of_one_language_above_the_bound(one, strictness):
    if one.one_language:
        assert RANK[verdict_on(one, False, strictness)] <= RANK[at_most(one, strictness)]


@given(PAIRS, st.integers(1, 20), st.booleans(), st.sampled_from([0.7, 1.0, 1.3]))
def test_more_shared_words_never_make_less_of_two_languages(one, more, small, strictness):
    one = one._replace(one_language=False)
    richer = one._replace(tokens=one.tokens + more)
    assert RANK[verdict_on(one, small, strictness)] <= RANK[verdict_on(richer, small, strictness)]


@given(PAIRS, st.integers(0, PASSING - 1))
def test_heroes_of_one_page_that_another_names_in_passing_make_no_story(one, fewer):
    one = one._replace(longer=200, fewer=fewer, mentions=40, coverage=min(one.coverage, 0.8))
    assert verdict_on(one, False, 1.0) == "none"
