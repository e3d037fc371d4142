"""Which pairs of texts are compared, from their keys."""

import numpy as np
import pytest

from cleaner.overlap.copies.near import BUCKET, PROBES, Limits, candidate_pairs, numbers_of

MANY = BUCKET + 20


def keys(*parts):
    return np.unique(
        np.concatenate([np.random.default_rng(seed).integers(1, 1 << 63, size) for seed, size in parts])
    ).astype(np.uint64)


def pairs_of(held):
    limits = Limits(np.array([len(own) for own in held], np.uint32), np.zeros(len(held), bool), 0.5, 0.8)
    pairs, common = candidate_pairs(held.__getitem__, limits)
    return {
        (max(pair), min(pair)) for pair in zip(*(column.tolist() for column in numbers_of(pairs)), strict=True)
    }, common


@pytest.mark.parametrize("notice", [3, 12, 20])
def test_a_notice_that_many_texts_hold_makes_no_pair(notice):
    pairs, common = pairs_of([keys((0, notice), (1 + number, 20)) for number in range(MANY)])
    assert common
    assert pairs == set()


@pytest.mark.parametrize("own", [5, 10, 30])
@pytest.mark.parametrize("notice", [8, PROBES, 60])
def test_copies_meet_in_what_is_their_own_beside_a_notice(own, notice):
    held = [keys((0, notice), (1 + number, 150)) for number in range(MANY)]
    held += [keys((0, notice), (MANY + 1, own), (MANY + 2 + end, 1)) for end in range(2)]
    pairs, common = pairs_of(held)
    assert common
    assert (MANY + 1, MANY) in pairs
