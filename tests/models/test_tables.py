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


def _slots(model, text):
    folded = languages.alphabet()[0]
    points = folded[np.frombuffer(f" {text} ".encode("utf-16-le"), np.uint16)].astype(np.uint32)
    return model.slots(np.concatenate(languages.sequence_hashes(points)))


def test_language_rows_add_up():
    model = languages.load()
    slots = _slots(model, "the house stood at the end of the lane and nobody had lived there for years")
    rows = model.rows[slots].astype(int)
    assert (model.total(slots) == rows.sum(axis=0)).all()
    assert (model.total(slots[:20]) == rows[:20].sum(axis=0)).all()
    assert (model.sums(slots[:32], 16) == rows[:32].reshape(2, 16, -1).sum(axis=1)).all()
    assert model.codes["Latn"][int(model.total(slots)[: len(model.codes["Latn"])].argmax())] == "en"


def test_an_unknown_sequence_has_an_empty_row():
    model = languages.load()
    assert not model.rows[0].any()
    assert not _slots(model, "qxzwj")[2:5].any()


def test_the_alphabet_keeps_letters_and_drops_the_rest():
    folded, classes = languages.alphabet()
    assert chr(folded[ord("Ж")]) == "ж"
    assert chr(folded[ord("İ")]) == "i"
    assert folded[ord("7")] == folded[ord("’")] == languages.SPACE
    assert folded[0x301] == folded[0xAD] == 0
    assert languages.SCRIPTS[classes[ord("ด")]] == "Thai"
    assert languages.SCRIPTS[classes[0x93E]] == "Deva"  # a vowel sign
