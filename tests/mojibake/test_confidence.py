"""Confidence of inferred repairs: what the evidence has been worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.document import Candidate
from cleaner.mojibake.confidence import LEAST, LOOKED_AT, MOST, Gap, filled_confidence, scaled

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
    st.sampled_from(["cp1252", "big5", "cp949"]),
)
def test_confidence_rises_with_the_share_of_the_choice(rule, one, other, choices, gaps, whole, gain, wrong):
    low, high = sorted((one, other))
    first = filled_confidence(rule, Gap(low, choices, gaps, whole, gain, wrong))
    second = filled_confidence(rule, Gap(high, choices, gaps, whole, gain, wrong))
    assert LEAST <= first <= second <= MOST


def test_many_gaps_at_a_page_that_lacks_few_bytes_speak_against_it():
    few = filled_confidence("MOJ201", Gap(0.98, 5, 1, 20, 100.0, "cp1252"))
    many = filled_confidence("MOJ201", Gap(0.98, 5, 20, 1, 100.0, "cp1252"))
    assert many < few


def test_what_leaves_little_is_less_sure():
    def sure(rule, choices, wrong):
        return filled_confidence(rule, Gap(0.9, choices, 3, 9, 100.0, wrong))

    assert sure("MOJ201", LOOKED_AT + 1, "cp874") < sure("MOJ201", LOOKED_AT, "cp874") - 0.05
    assert sure("MOJ205", 50, "big5") < sure("MOJ205", 50, "cp949") - 0.05


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
