"""Categories that do not wait for a Python which knows the newest Unicode."""

import unicodedata

import pytest

from cleaner import clean, repair, restore
from cleaner.models.categories import TO_COME, category

EMOJI = "🩷🩵🫨🫩\U0001faea"
"""Of Unicode 15, 15, 15, 16 and 17; Python 3.11 knows 14."""
NOT_ASSIGNED = [chr(code) for code in (0x378, 0x2FE0, 0x1C8F, 0x11F5F, 0x1FBFB, 0x3FFFD, 0xE0FFF)]


@pytest.mark.parametrize("char", NOT_ASSIGNED)
def test_what_no_character_has_stays_unassigned(char):
    assert category(char) == unicodedata.category(char)


def test_what_is_known_is_as_unicode_says():
    for chars in TO_COME:
        for char in map(chr, chars):
            assert category(char) == unicodedata.category(char) or unicodedata.category(char) == "Cn"


@pytest.mark.parametrize("emoji", EMOJI)
@pytest.mark.parametrize("text", ["So good {} see you", "Thanks {}{}", "Das war schön {}"])
def test_an_emoji_newer_than_this_python_is_mended(emoji, text):
    assert category(emoji) == "So"
    whole = text.format(emoji, emoji)
    assert repair(whole.encode().decode("cp1252")).text == whole
    assert repair(whole).text == whole


@pytest.mark.parametrize("char", NOT_ASSIGNED)
def test_text_of_a_later_unicode_is_left_as_it_is(char):
    data = (
        f"The house stood at the end of the lane {char}{char}, and nobody {char} had lived there for years.\n".encode()
    )
    document = clean(data)
    assert document.text.encode() == data
    assert restore(document) == data
