"""Which mark stood where one was lost: a paragraph of many marks is read like one of few, and in time that grows with it."""

import pytest

from cleaner.mojibake.lost.quotes import place_marks
from cleaner.mojibake.words.habits import HABITS, Habit

SENTENCES = [
    ("en", "He says โthe dogโ is old and went on. ", "“”"),
    ("en", "It wasnโt โthereโ, she said, โor hereโ. ", "’“”“”"),
    ("de", "Er sagt โneinโ und geht. ", "„“"),
    ("es", "Dice que โno hay másโ y se va. ", "“”"),
    ("fr", "Cโest lโheure โ enfin. ", "’’–"),
]


def texts(marks):
    return "".join(mark.after for mark in marks)


@pytest.mark.parametrize(("code", "sentence", "marks"), SENTENCES)
@pytest.mark.parametrize("count", [1, 5_000])
def test_every_sentence_of_a_paragraph_is_read_alike(code, sentence, marks, count):
    assert texts(place_marks(sentence * count, HABITS.get(code, Habit()))) == marks * count


def test_a_straight_quote_closes_what_a_lost_one_opened():
    assert texts(place_marks('He says โno" and leaves.', HABITS["en"])) == "“"
    assert texts(place_marks('He says "noโ and leaves.', HABITS["en"])) == "”"


def test_each_paragraph_begins_anew():
    text = "He says โno and\n" * 3_000
    assert set(texts(place_marks(text, HABITS["de"]))) == set(texts(place_marks("He says โno and", HABITS["de"])))
    assert len(place_marks(text, HABITS["de"])) == 3_000
