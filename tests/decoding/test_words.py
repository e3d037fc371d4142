"""Words with foreign bytes."""

import pytest

from cleaner.decoding.pages import markup_as_spaces
from cleaner.decoding.words import foreign_words, lists_of_letters


def test_a_word_takes_the_byte_at_each_end():
    assert foreign_words(b"le caf\xe9 noir, \xe0 la carte") == [b" caf\xe9 ", b" \xe0 "]
    assert foreign_words(b"\xe9t\xe9 \xe0") == [b"\xe9t\xe9 ", b"\xe0"]


@pytest.mark.parametrize(
    "word",
    ["été", "Ärger", "naïve", "übergroße", "[voilà]", "Übermut", "[ÜberRed]"],
)
def test_words_are_no_lists(word):
    assert lists_of_letters([f" {word} ".encode("cp1252")]) == []


def test_words_of_ten_different_letters_are_no_lists():
    assert lists_of_letters([word.encode("iso8859-2") for word in ("používateľ", "prihlásený")]) == []


def test_words_of_another_script_are_no_lists():
    assert lists_of_letters([word.encode("cp1251") for word in ("дом", "слова", "выше")]) == []


@pytest.mark.parametrize("word", ["é", "'À'", "[äöü]", "[aeiouáéíóú]", "aeiouáéíóúbcdfg", "àáâãäå"])
def test_lists_of_letters(word):
    data = word.encode("cp1252")
    assert lists_of_letters([data]) == [data]


def test_commands_and_folders_are_no_letters():
    assert markup_as_spaces(rb"\section{" + "Їжак}".encode("cp1251")) == b" {" + "Їжак}".encode("cp1251")
    assert markup_as_spaces(rb"C:\Users" + b"\\" + "Jürgen".encode("cp1252")) == b"C: \\" + "Jürgen".encode("cp1252")
    kana = "ソフト".encode("cp932")  # the second byte of ソ is a backslash
    assert markup_as_spaces(kana) == kana
