"""Single words that a line is suspected for: what no mix-up can have made is left without a search."""

from __future__ import annotations

import pytest

from cleaner.models.gate import evidence
from cleaner.mojibake import repair
from cleaner.mojibake.gate import worth_a_search
from cleaner.mojibake.prospects import LONGEST, any_prospect, words_at, words_of_pairs
from cleaner.mojibake.strangeness import suspicious


@pytest.mark.parametrize(
    "word", ["weiß", "Maßnahmen", "Furesø", "Gaudenç", "dëstissà", "Siôn", "Úvod", "KÀCCI", "Łagodne"]
)
def test_words_that_no_mix_up_made(word: str) -> None:
    assert not any_prospect(word, [word])


@pytest.mark.parametrize(
    "word", ["kafasýna", "odlièna", "pienišdze", "prezintã", "lõnger", "ihmisiõ", "voilÃ", "dignitŕ"]
)
def test_words_that_one_may_have_made(word: str) -> None:
    assert any_prospect(word, ["weiß", word])


def test_other_words_must_bear_it_out() -> None:
    assert any_prospect("kafasýna", ["kafasýna"])
    assert not any_prospect("ný ský sýna dýr kafasýna", ["kafasýna"])


def test_what_is_no_word_of_its_own_is_not_judged() -> None:
    assert any_prospect("", [None])
    assert not any_prospect("", [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Sie trug weiß.", {"weiß"}),
        ("un cafÃ© noir", {None}),  # neighbours beyond ASCII may be UTF-8
        ("Wallstrφm sagt ja", {None}),
        ("12 m² Land", {None}),
        ("weiß 😀", {None}),
    ],
)
def test_words_of_suspicious_pairs(line: str, words: set[str | None]) -> None:
    assert words_of_pairs(line, evidence(line).data) == words


@pytest.mark.parametrize("word", ["x" * LONGEST + "ß", "ß" + "x" * LONGEST, "ß"])
def test_words_without_end_and_single_letters_are_not_judged(word: str) -> None:
    assert words_at(word, [0]) == {None}


def test_words_at_places() -> None:
    text = "mer Furesø og\nkafasýna"
    assert words_at(text, [4, 14]) == {"Furesø", "kafasýna"}


@pytest.mark.parametrize(
    "line",
    ["Er weiß nicht, was er meint.", "Õed on kodus.", "Der ligger Furesø mod nord", "Chiel a l'ha dëstissà la lus."],
)
def test_a_clean_line_with_such_a_word_is_worth_no_search(line: str) -> None:
    assert suspicious(line)
    for text in (line, f"plain\n{line}\n"):
        assert not worth_a_search(text)
        assert not repair(text).edits


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("kafasýna vurdu", "kafasına vurdu"),
        ("odlièna knjiga", "odlična knjiga"),
        ("Oyunlarý izle", "Oyunları izle"),
        ("lõnger", "länger"),
    ],
)
def test_a_garbled_line_is_searched(line: str, clean: str) -> None:
    assert worth_a_search(line)
    assert repair(line).text == clean
