from unicodedata import is_normalized

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.overlap.words.characters import Beyond, unsettled

MARKED = "aeé가각각\u0301\u0323\u0308\u093cकািেोটুুা\u09d7\u0e38\u0e48ก\u0653ا\u212b\u0344\u0f73 \n"


def places(text):
    octets = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
    return unsettled(octets, Beyond.of(octets)).tolist()


@pytest.mark.parametrize("text", ["", "plain", "Élan", "हिन्दी में", "বাংলা ভাষা", "فارسی", "한국어", "ภาษา"])
def test_nothing_is_unsettled_in_texts_as_they_are_written(text):
    assert places(text) == []


@pytest.mark.parametrize(
    "text", ["e\u0301", "ᄀ\u1161", "\u212b", "\u09c7\u09be", "ا\u0653", "a\u0323\u0301", "q\u0301\u0323"]
)
def test_what_may_be_changed_is(text):
    assert places(text)


@given(st.text(st.one_of(st.sampled_from(MARKED), st.characters()), max_size=12))
def test_a_text_without_such_places_is_normalised(text):
    if not places(text):
        assert is_normalized("NFC", text)
