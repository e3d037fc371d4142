"""NFC as Python makes it, for rows of marks that take it the square of their length."""

import random
import unicodedata

import pytest

import cleaner
from cleaner.nfc import STEP, composed

MARKS = "\u0301\u0327\u0323\u0344\u0f73\u0f71\u0f72\u094d\u05b0\u3099\U0001d165"


@pytest.mark.parametrize("seed", range(20))
def test_what_python_makes(seed):
    chance = random.Random(seed)
    rows = [
        chance.choice(["", "a", "ก", "é", "क", "e\u0301", "\u1100\u1161"]) * chance.randrange(300)
        + "".join(chance.choices(MARKS, k=chance.choice([0, 1, STEP - 1, 2 * STEP, 3 * STEP + 7])))
        for _ in range(4)
    ]
    text = "".join(rows)
    assert composed(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("marks", ["\u0301\u0327", "\u0f73"])
def test_many_marks_are_sorted_once(marks):
    text = "a" + marks * 300_000
    found = cleaner.normalize(text).text
    assert unicodedata.is_normalized("NFC", found)
    assert composed(found) == found
