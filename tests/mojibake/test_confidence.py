"""Confidence of inferred repairs: what the evidence has been worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.document import Candidate
from cleaner.mojibake.confidence import LEAST, MOST, filled_confidence, scaled

SURE = st.floats(0, 1)
COUNT = st.integers(0, 500)


@given(
    st.sampled_from(["MOJ201", "MOJ205", "MOJ203", "MOJ204"]),
    SURE,
    SURE,
    st.integers(1, 64),
    COUNT,
    COUNT,
    st.floats(0, 1e4),
)
def test_confidence_rises_with_the_share_of_the_choice(rule, one, other, choices, gaps, whole, gain):
    low, high = sorted((one, other))
    first = filled_confidence(rule, low, choices, gaps, whole, gain)
    second = filled_confidence(rule, high, choices, gaps, whole, gain)
    assert LEAST <= first <= second <= MOST


def test_many_gaps_at_a_page_that_lacks_few_bytes_speak_against_it():
    few = filled_confidence("MOJ201", 0.98, 5, 1, 20, 100.0)
    many = filled_confidence("MOJ201", 0.98, 5, 20, 1, 100.0)
    assert many < 0.5 < few


def test_alternatives_share_what_is_left():
    others = (Candidate("a", 0.4), Candidate("b", 0.2))
    assert scaled(others, 0.7) == others
    assert [one.confidence for one in scaled(others, 0.3)] == pytest.approx([0.2, 0.1])


@pytest.mark.parametrize(
    "text", ["modalitÃ  di pagamento perchÃ© no", "Ğ²ĞµÑ\x82ĞºÑ ? Ğ²ĞµÑ\x82ĞºÑ", "The bandโs cafÃ©"]
)
def test_alternatives_and_confidence_are_one_at_most(text):
    for edit in cleaner.repair(text).edits:
        assert edit.confidence + sum(one.confidence for one in edit.alternatives) <= 1.001
