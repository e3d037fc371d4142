"""Verdicts on pairs."""

from hypothesis import given
from hypothesis import strategies as st

from cleaner.overlap.stories.verdicts import COPIED_MOST, PASSING, verdict_on
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


@given(PAIRS, st.integers(0, 20), st.booleans(), STRICTNESS, SHARES)
def test_more_in_common_never_makes_less(one, more, small, strictness, words):
    """So what a pair may become at best is the verdict on it if it had all."""
    richer = one._replace(more=one.more + more, words=max(one.words, words))
    assert RANK[verdict_on(one, small, strictness)] <= RANK[verdict_on(richer, small, strictness)]


@given(PAIRS, st.integers(0, PASSING - 1))
def test_heroes_of_one_page_that_another_names_in_passing_make_no_story(one, fewer):
    one = one._replace(longer=200, fewer=fewer, mentions=40, coverage=min(one.coverage, 0.8))
    assert verdict_on(one, False, 1.0) == "none"
