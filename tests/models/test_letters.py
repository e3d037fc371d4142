"""The letter tables: what they hold, and that the reader agrees with itself."""

import numpy as np

from cleaner.models import characters, letters


def test_tables_are_small_together():
    assert characters.PATH.stat().st_size + letters.PATH.stat().st_size < 6_000_000


def test_a_letter_of_the_language_costs_less_than_a_foreign_one():
    model = letters.load()
    for code, own, foreign in (
        ("pl", "ł", "ñ"),
        ("ru", "ж", "א"),
        ("tr", "ı", "ß"),
        ("ja", "の", "ł"),
        ("zh", "的", "の"),
        ("el capitals", "Α", "α"),
    ):
        costs = model.costs(np.array([ord(own), ord(foreign)], np.uint32))
        row = letters.ROWS.index(code)
        assert costs[0, row] + 2 < costs[1, row], code


def test_unknown_characters_cost_by_what_they_are():
    model = letters.load()
    points = np.array([ord(c) for c in "\ue000꜀𐎀"], np.uint32)
    assert (model.costs(points)[:, :-1] > 10).all()
    assert (model.costs(points)[:, -1] > 7).all()
    assert letters.unseen("\x81") > letters.unseen("ꙮ") > letters.unseen("☃")


def test_pairs_know_languages():
    model = letters.load()
    folded = letters.FOLD[np.frombuffer(b" the house and the garden ", np.uint8)].astype(int)
    costs = model.pairs[folded[:-1] * letters.KINDS + folded[1:]].sum(axis=0)
    assert costs[letters.ROWS.index("en")] < costs[letters.ROWS.index("fi")]


def test_wide_characters():
    points = np.array([ord(c) for c in "中가の、ａéж"], np.uint32)
    assert letters.are_wide(points).tolist() == [True] * 5 + [False] * 2
    assert [letters.is_wide(chr(point)) for point in points] == letters.are_wide(points).tolist()
