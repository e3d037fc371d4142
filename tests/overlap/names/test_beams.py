"""Names that places may begin with: the same as when each name is tried at each place."""

import numpy as np
import pytest

from cleaner.models.pinyin import pinyin, syllable_numbers
from cleaner.overlap.names.beams import AT_ONCE, LETTERS, Beams, Places, gains

SOUNDS = ["poter", "hari", "veisli", "luke", "leia", "hamlet", "hamled", "kovalenko", "markof", "vashington", "porter"]
PLACES = [
    "波特兰",
    "哈利波特",
    "韦斯莱",
    "卢克和",
    "莱娅",
    "哈姆雷特",
    "科瓦伦科",
    "马尔科夫",
    "华盛顿",
    "我们去",
    "斯",
]
WIDTH = 10


def bits_of(syllables, sound):
    """How many bits likelier `sound` is under these syllables than alone."""
    pieces_of = gains()
    best = {0: 0.0}
    for syllable in syllables:
        longer = {}
        for start, held in best.items():
            for piece, gain in pieces_of[syllable].items():
                if sound.startswith(piece, start):
                    end = start + len(piece)
                    longer[end] = max(held + gain, longer.get(end, held + gain))
        best = longer
    return best.get(len(sound), -np.inf)


def heard(places, sounds, least=0.0, sure=6.0):
    """Place, number of characters, bits, sounds."""
    codes = np.array([[ord(char) for char in place.ljust(WIDTH, "\0")] for place in places], np.int64).reshape(
        -1, WIDTH
    )
    found = Beams(sounds).heard(Places(syllable_numbers()[codes], np.zeros(codes.shape, np.int64)), least, sure)
    return list(found.likeliest(99, 99.0))


def tried(places, sounds, least):
    order = sorted(set(sounds))
    for number, place in enumerate(places):
        read = [pinyin().syllables[char] for char in place]
        for size in range(2, len(read) + 1):
            rows = sorted((-bits_of(read[:size], sound), at) for at, sound in enumerate(order))
            rows = [row for row in rows if -row[0] >= least]
            if rows:
                yield number, size, -rows[0][0], [at for _, at in rows]


@pytest.mark.parametrize("sure", [6.0, 9.0, 15.0])
def test_all_that_are_likely_are_found(sure):
    found = heard(PLACES, SOUNDS, sure=sure)
    assert found == list(tried(PLACES, SOUNDS, sure))
    assert len(found) > 3


def test_the_number_of_places_does_not_matter():
    (row,) = heard(["莱娅"], SOUNDS)
    many = heard(["莱娅"] * (AT_ONCE + 1), SOUNDS)
    assert many == [(place, *row[1:]) for place in range(AT_ONCE + 1)]


@pytest.mark.parametrize("sounds", [[], [""], ["a", "b"], ["a" * (LETTERS + 1)]])
def test_without_names_nothing_is_found(sounds):
    assert heard(PLACES, sounds) == []


def test_without_places_nothing_is_found():
    assert heard([], SOUNDS) == []


def test_a_sound_is_that_of_all_names_that_have_it():
    sounds = ["poter", "a", "hari", "x" * (LETTERS + 1), "poter"]
    beams = Beams(sounds)
    assert [beams.rows(sound) for sound in range(2)] == [[2], [0, 4]]


def test_bits_say_how_much_likelier_a_name_is():
    assert bits_of(["bo", "te"], "poter") > 6 > bits_of(["bo", "te"], "hari")
    assert bits_of(["bo"], "") == -np.inf
