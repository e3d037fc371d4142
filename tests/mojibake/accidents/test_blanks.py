"""Line ends and places of values as code writes them: their letters are none of the words behind them, garbled or right."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.edits import undo

CODE = [
    r'printf("\nПривет, %s!\n", имя);',
    r'puts("\tété\n"); puts("\nÀ bientôt");',
    r"C:\nouveau\türen\régime",
    r"\textit{Ünlü} \noindent \rightarrow",
    r"{\an8}Иди домой.\NУже поздно.",
    "100 %café, 5 %übrig",
    "%liη %liω %liλ %liδ",
    "%liδ",
    "%3ldΔ und %5.2f€",
]


@pytest.mark.parametrize("text", CODE)
def test_line_ends_and_places_of_values_in_right_text_stay(text: str) -> None:
    assert cleaner.repair(text).edits == ()


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        (r'printf("\nВведите количество товара: ");', "cp1252", "cp1251"),
        (r'printf("%d рублей %sкопеек\n\nВыберите способ оплаты: ");', "cp1252", "cp1251"),
        (r"{\an8}Пойдем домой.\NУже поздно.", "cp1252", "cp1251"),
        (r'var s = "שם:\t" + x + "\nדואר אלקטרוני:\t";', "cp1252", "cp1255"),
        (r'printf("\n%d명이 있습니다. %s입니다.\n", n);', "cp1252", "cp949"),
    ],
)
def test_line_ends_and_places_of_values_are_no_letters_of_garbled_words(text: str, wrong: str, right: str) -> None:
    garbled = text.encode(right).decode(wrong)
    revision = cleaner.repair(garbled)
    assert revision.text == text
    assert undo(revision.text, revision.edits) == garbled
    assert cleaner.repair(text).edits == ()


@given(st.text(alphabet="\\nrtN%sd Ïðèâåòÿñëîâ\r\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_changes_beside_line_ends_in_code_can_be_undone(text: str) -> None:
    revision = cleaner.repair(text)
    assert undo(revision.text, revision.edits) == text
    assert cleaner.repair(revision.text).text == revision.text
