"""Candidates found by way of files are those found in memory."""

from functools import partial

import numpy as np
import pytest

from cleaner.overlap import Elsewhere, overlaps_of, profiles_of, robust_hits
from cleaner.overlap.copies.bands import AskedTable, candidate_pairs_on_disk
from cleaner.overlap.copies.near import Limits, candidate_pairs


def some_keys(seed: int, documents: int = 300) -> list[np.ndarray]:
    """Documents of few and of many keys, copies whole and in part, a key that stands everywhere, and empty ones."""
    rng = np.random.default_rng(seed)
    made: list[np.ndarray] = []
    for number in range(documents):
        own = rng.integers(0, 1 << 64, int(rng.integers(0, 200)), np.uint64)
        if number % 4 == 1:
            earlier = made[int(rng.integers(0, number))]
            own = np.concatenate([own[: len(own) // 4], earlier[: max(1, len(earlier) * 3 // 4)]])
        if number % 2:
            own = np.append(own, [np.uint64(5), np.uint64(1 << 63)])
        made.append(np.unique(own))
    return made


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("bands", "part"), [(1, 1000), (4, 37), (64, 1)])
def test_the_same_pairs_as_in_memory(tmp_path, monkeypatch, seed, bands, part):
    monkeypatch.setattr("cleaner.overlap.copies.near.EXPANDED", 50)
    monkeypatch.setattr("cleaner.overlap.copies.bands.SHARD", 8)
    monkeypatch.setattr("cleaner.overlap.copies.bands.HITS", 300)
    monkeypatch.setattr("cleaner.overlap.copies.bands.SAMPLED", 20)
    keys = some_keys(seed)
    limits = limits_of(keys)
    wanted = candidate_pairs(keys.__getitem__, limits)
    found, common = candidate_pairs_on_disk(tmp_path, in_parts(keys, part), limits, bands=bands)
    pairs = np.concatenate(list(found))
    assert (pairs.tolist(), common) == (wanted[0].tolist(), wanted[1])
    assert len(wanted[0]) > 50
    assert wanted[1]


def limits_of(keys: list[np.ndarray]) -> Limits:
    return Limits(np.array([len(own) for own in keys], np.uint32), np.arange(len(keys)) % 7 == 1, 0.5, 0.8)


def in_parts(keys: list[np.ndarray], size: int) -> list:
    return [partial(list, keys[at : at + size]) for at in range(0, len(keys), size)]


@pytest.mark.parametrize("count", [0, 1])
def test_few_documents(tmp_path, count):
    keys = some_keys(1)[:count]
    pairs, common = candidate_pairs_on_disk(tmp_path, in_parts(keys, 7), limits_of(keys))
    assert (list(pairs), common) == ([], 0)


def test_the_table_never_says_no_wrongly():
    rng = np.random.default_rng(1)
    keys = rng.integers(0, 1 << 64, 5000, np.uint64)
    table = AskedTable(200)
    for first in range(0, 5000, 700):
        table.add(keys[first : first + 700])
    assert table.may_hold(keys).all()
    others = rng.integers(0, 1 << 64, 5000, np.uint64)
    assert table.may_hold(others).mean() < 0.2


def test_ten_thousand_simulated_documents_are_joined_as_they_were_copied(tmp_path, monkeypatch):
    pytest.importorskip("resource")
    from benchmarks import overlap_scale

    monkeypatch.setattr(overlap_scale, "PART", 3000)
    found = overlap_scale.measured(10_000, 32, tmp_path, 100_000)
    assert (found["pairs"], found["joined"], found["bands"]) == (found["wanted"], found["wanted"], 4)
    assert found["wanted"] == 1000


def test_texts_are_searched_in_any_parts(tmp_path, monkeypatch):
    written = " ".join(f"miller{n}’s gate{n}’s wall" for n in range(40))
    texts = {
        f"{n}": f"Sentence {n} about {n * 7} bricks and {n * 11} lanterns in the town of Oberau." for n in range(9)
    }
    texts |= {"x": written, "y": written.replace("’", "â€™")}
    profiles = dict(zip(texts, profiles_of(texts.values()), strict=True))
    here = overlaps_of(profiles, texts.__getitem__)
    asked_parts = []

    def elsewhere(parts, asked):
        for part in parts:
            asked_parts.append(part)
            yield robust_hits(part, asked.copy(), texts.__getitem__)

    monkeypatch.setattr("cleaner.overlap.copies.search.SEARCHED", 3)
    assert ("x", "y") in {(pair.a, pair.b) for pair in here.pairs}
    assert overlaps_of(profiles, texts.__getitem__, elsewhere=Elsewhere(searching=elsewhere)) == here
    assert len(asked_parts) == 4
