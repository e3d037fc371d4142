"""The embedding plug-in, with a model of a few words made here."""

import pytest

import cleaner
from cleaner.errors import MissingExtraError, UsageError
from cleaner.overlap.stories.embedding import load_model

PEOPLE = (
    "Marta Kovalenko and Anton Ferreira cross the sea to Sandholm. Marta Kovalenko looks for a lamp. Anton Ferreira sings. "
    "In Sandholm, Marta Kovalenko meets Ines Lindqvist."
)
SEQUEL = (
    "Years later Marta Kovalenko and Anton Ferreira live in Brightwater. Marta Kovalenko paints, Anton Ferreira cooks. When Ines "
    "Lindqvist visits, they speak of Sandholm."
)
OTHERS = {f"x{n}": f"Page {n} of number {n * 7} tells of {n} bricks and of the town of Oberau." for n in range(80)}


def kind(**options):
    found = cleaner.find_duplicates({"a": PEOPLE, "b": SEQUEL, **OTHERS}, passages=False, **options)
    return {p.relation for p in found.pairs if (p.a, p.b) == ("a", "b")}


def test_without_a_model_the_sequel_is_related():
    assert kind() == {"related"}


def test_close_vectors_make_it_a_story_and_far_ones_change_nothing():
    assert kind(embed=lambda texts: [[1.0, 0.0]] * len(texts)) == {"story"}
    assert kind(embed=lambda texts: [[1.0, float(len(text) % 2 * 9)] for text in texts]) <= {"related", "story"}
    assert kind(embed=lambda texts: [[1.0, 0.0] if text == PEOPLE else [0.0, 1.0] for text in texts]) == {"related"}


def test_a_model_is_a_local_folder(tmp_path):
    with pytest.raises(UsageError, match="no such folder"):
        load_model(tmp_path / "potion-base-8M")


def test_a_folder_without_a_model(tmp_path):
    with pytest.raises((UsageError, MissingExtraError)):
        load_model(tmp_path)


def test_a_model_of_model2vec(tmp_path):
    model2vec = pytest.importorskip("model2vec", reason="pip install '.[embedding]'")
    import numpy as np
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = ["[UNK]", "marta", "sea", "lamp"]
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    vectors = np.array([[0.1, 0.1], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    model2vec.StaticModel(vectors, tokenizer, normalize=False).save_pretrained(tmp_path)
    embed = load_model(tmp_path)
    marta, sea, lamp = embed(["marta", "sea", "lamp"])
    assert sea == lamp != marta
    assert len(marta) == 2
