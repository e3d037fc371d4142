"""The packed tables: their digests and sizes, and that the readers agree with themselves."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.models import characters, languages
from tests.conftest import ROOT

DATA = ROOT / "cleaner" / "models" / "data"
DIGESTS = dict(line.split("  ")[::-1] for line in (DATA / "digests.txt").read_text().splitlines())


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir() if path.name != "digests.txt"))
def test_digest(name):
    assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == DIGESTS[name]


def test_character_tables_are_small():
    assert characters.PATH.stat().st_size < 6_000_000


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_a_batch_is_the_sum_of_its_texts(texts):
    model = characters.load()
    together = model.log_likelihoods(texts)
    assert np.allclose(together, [model.log_likelihood(text) for text in texts], atol=0.01)
    assert np.allclose(together, [model.per_character(text).sum() if text else 0 for text in texts], atol=0.01)


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("café", "cafÃ©"),
        ("Привет", "Ïðèâåò"),
        ("journée", "journÇe"),
        ("The band’s", "The bandâ€™s"),
        ("東京都", "譚ｱ莠ｬ"),
    ],
)
def test_text_is_likelier_than_its_ruin(likely, unlikely):
    model = characters.load()
    assert model.log_likelihood(likely) > model.log_likelihood(unlikely)


def test_language_scores_add_up():
    model = languages.load()
    words = ["the", "house", "stood"]
    by_word, numbers = model.by_word(words)
    total, looked_up = model.scores(" ".join(words))
    assert np.allclose(by_word.sum(axis=0), total)
    assert numbers.sum() == looked_up
    assert model.codes[int(total.argmax())] == "en"
