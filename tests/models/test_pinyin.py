"""The table of Han characters: its format, and what it says."""

import pytest

from cleaner.models.pinyin import LONGEST, PATH, STEP, pack, pinyin, syllable_numbers, unpack
from cleaner.overlap.words.transliterate import sounds


def test_the_file_is_small():
    assert PATH.stat().st_size < 60_000


def test_round_trip():
    syllables = {"波": "bo", "特": "te"}
    shares = {"bo": {"po": 0.5, "bo": 0.25}, "te": {"ter": 0.125, "": 0.5}}
    data = pack(syllables, shares, {"p": 5.0, "o": 3.0}, {"波": 1.2, "特": -1.0})
    table = unpack(data)
    assert table.syllables == syllables
    assert table.pieces == {"bo": {"po": 1.0, "bo": 2.0}, "te": {"ter": 3.0, "": 1.0}}
    assert table.letters == {"p": 5.0, "o": 3.0}
    assert table.foreign == {"波": 1, "特": -1}


@pytest.mark.parametrize(
    ("chars", "read"),
    [
        ("孙悟空", "sun wu kong"),
        ("孫悟空", "sun wu kong"),
        ("林黛玉", "lin dai yu"),
        ("吕呂", "lu lu"),
        ("罗羅", "luo luo"),
    ],
)
def test_readings(chars, read):
    assert " ".join(pinyin().syllables[char] for char in chars) == read


def test_pieces_are_short_and_every_syllable_has_one():
    table = pinyin()
    assert set(table.syllables.values()) == table.pieces.keys()
    own = {syllable: sounds(syllable) for syllable in table.pieces}
    for syllable, pieces in table.pieces.items():
        assert all(len(piece) <= LONGEST or piece == own[syllable] for piece in pieces)
        assert any(pieces)
    assert set("".join(piece for pieces in table.pieces.values() for piece in pieces)) <= table.letters.keys()


def test_shares_are_shares():
    slack = 2**STEP
    assert all(sum(2**-cost for cost in pieces.values()) <= slack for pieces in pinyin().pieces.values())


@pytest.mark.parametrize(
    ("syllable", "likely", "unlikely"), [("te", "t", "ka"), ("bo", "po", "li"), ("li", "ri", "po")]
)
def test_how_syllables_are_heard(syllable, likely, unlikely):
    pieces = pinyin().pieces[syllable]
    assert pieces[likely] < pieces.get(unlikely, 99)


def test_ordinary_characters_write_no_names():
    assert not set("的是我们这说没") & pinyin().foreign.keys()
    assert set("斯尔克特姆") <= pinyin().foreign.keys()


def test_numbers_of_syllables():
    table, numbers = pinyin(), syllable_numbers()
    assert numbers[ord("a")] == 0
    assert numbers[ord("孙")] == numbers[ord("孫")] == 1 + sorted(table.pieces).index("sun")
    assert (numbers > 0).sum() == len(table.syllables)
