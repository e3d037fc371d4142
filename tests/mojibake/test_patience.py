"""Text that is none is not searched line by line for ever, and what is garbled in it is found all the same."""

import random

import pytest

import cleaner
from cleaner.mojibake.lines import Lines
from cleaner.mojibake.patience import BACK, LONG, PATIENCE, Patience

LETTERS = "abcdefghijklmnopqrstuvwxyz" * 2 + "".join(map(chr, range(0xC0, 0x100)))
RIGHT = "Вечером мы пойдём в театр, строка номер {}"


def rows(count):
    drawn = random.Random(3)
    return [" ".join("".join(drawn.choices(LETTERS, k=drawn.randint(2, 8))) for _ in range(12)) for _ in range(count)]


def test_rows_of_letters_are_searched_some_hundred_times(monkeypatch):
    searched = []
    own = Lines._searched
    monkeypatch.setattr(
        Lines, "_searched", lambda self, line, *rest, **how: searched.append(line) or own(self, line, *rest, **how)
    )
    repairer = Lines("inferred", None)
    repairer.edits("\n".join(rows(700)))
    assert PATIENCE < len(searched) < 2 * PATIENCE
    assert repairer.is_tired()


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "cp1251"), ("cp1251", "koi8-r")])
def test_garbled_lines_behind_rows_of_letters_are_repaired(right, wrong):
    shown = [RIGHT.format(number).encode(right).decode(wrong) for number in range(200)]
    made = cleaner.repair("\n".join([*rows(300), *shown])).text.split("\n")[-200:]
    assert made == [RIGHT.format(number) for number in range(200)]


def test_what_is_explained_makes_good_what_was_in_vain():
    patience = Patience()
    for _ in range(PATIENCE + 2 * BACK):
        patience.spend("ëó")
    assert patience.is_spent()
    assert patience.is_over()
    patience.restore("ëó", 1.0)
    assert patience.is_over()
    patience.restore("ëó", 100.0)
    assert not patience.is_over()
    patience.restore("ëó", 100.0)
    assert not patience.is_spent()


def test_a_long_line_counts_more():
    patience = Patience()
    patience.spend("ëó" * LONG * PATIENCE)
    assert patience.is_spent()
