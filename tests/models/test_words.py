"""Word lists: what is packed comes back, and questions with gaps find the words that fit."""

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.models import words

LETTERS = "abcdé\u0436文"


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(LETTERS, min_size=1, max_size=5), st.integers(0, 255), min_size=1, max_size=12))
def test_what_is_packed_comes_back(costs):
    held = words.unpack("xx", words.pack(costs))
    for word, cost in costs.items():
        found = held.matches(list(word))
        assert found is not None
        assert found.best(np.zeros(1, np.float32), 5) == [(word, pytest.approx(cost * words.STEP))]
    assert sum(columns.shape[1] for columns in held.columns) == len(costs)


def test_an_alphabet_beyond_a_byte():
    costs = {chr(0x4E00 + number): number % 256 for number in range(400)}
    held = words.unpack("xx", words.pack(costs))
    assert held.matches([chr(0x4E00 + 399)]).best(np.zeros(1), 1)[0][0] == chr(0x4E00 + 399)


def test_gaps_are_matched_letter_by_letter():
    held = words.unpack("xx", words.pack({"zażółć": 10, "zażarł": 5, "żal": 1}))
    found = held.matches(["z", "a", "żź", "óa", "łr", "ćł"])
    assert [word for word, _ in found.best(np.zeros(1), 9)] == ["zażarł", "zażółć"]
    assert held.matches(["q"]) is None
    assert held.matches([]) is None


def test_languages_together_keep_their_own_costs():
    one, other = words.unpack("aa", words.pack({"der": 10})), words.unpack("bb", words.pack({"der": 30, "dør": 20}))
    both = words.WordList.together([one, other])
    assert both.languages == ("aa", "bb")
    found = both.matches(["d", "eø", "r"])
    assert found.by_language(99.0).tolist() == pytest.approx([0.8, 1.6])
    only = found.best(np.array([np.inf, 0.0], np.float32), 9)
    assert [word for word, _ in only] == ["dør", "der"]


@pytest.mark.parametrize("tail", ["x", "x" * 40])
def test_lists_together_have_more_letters_than_a_byte(tail):
    costs = [{chr(first + number) * 2 + tail: number for number in range(200)} for first in (0x400, 0x4E00)]
    both = words.WordList.together(
        [words.unpack(code, words.pack(held)) for code, held in zip("ab", costs, strict=True)]
    )
    length = 2 + len(tail)
    every = {word: cost for held in costs for word, cost in held.items()}
    assert sorted(both.texts(length, np.arange(400))) == sorted(every)
    for word, cost in every.items():
        assert both.matches(word).best(np.zeros(2), 5) == [(word, pytest.approx(cost * words.STEP))]
        language = int(word[0] >= "\u4e00")
        assert both.matches(word, [language]).best(np.zeros(2), 5) == [(word, pytest.approx(cost * words.STEP))]
        assert both.matches(word, [1 - language]) is None
    found = both.matches(["".join(word[0] for word in every), chr(0x400) + chr(0x4E00) + chr(0x4EC7), *tail])
    assert {word for word, _ in found.best(np.zeros(2), 9)} == {
        word for word in every if word[0] in "\u0400\u4e00\u4ec7"
    }


def test_a_truncated_member_is_an_error():
    with pytest.raises((zlib.error, EOFError, ValueError)):
        words.unpack("xx", words.pack({"abc": 1})[:8])


def test_the_shipped_lists():
    assert words.PATH.stat().st_size < 8_000_000
    assert {"en", "de", "ru", "pl", "zh"} <= set(words.codes())
    assert "und" in words.frequent()["de"]
    held = words.load(("de",))
    assert held.matches(["s", "t", "r", "a", "ßäü", "e"]).best(np.zeros(1), 1)[0][0] == "straße"
