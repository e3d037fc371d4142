import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.overlap.names.caseless import caseless_in
from cleaner.overlap.words.characters import Beyond

LETTERS = st.text("אבגאبجदिहीაბ가각ハリー・ a,۔Ⴀ\u0301😀é", max_size=40)


def words(found):
    joined, counts = found
    return dict(zip(joined.decode().split("\n"), counts.tolist(), strict=True)) if len(counts) else {}


def of_batch(texts):
    data = "\n".join(texts).encode()
    octets = np.frombuffer(data, np.uint8)
    ends = np.cumsum([len(text.encode()) + 1 for text in texts])
    return [words(one) for one in caseless_in(octets, Beyond.of(octets), ends)]


@pytest.mark.parametrize(
    "text", ["", "plain words", "Слово", "漢字かな", "אב", "ハ", "한", "हि", "۔۔۔", "।।।।"], ids=ascii
)
def test_what_is_no_such_word(text):
    assert of_batch([text]) == [{}]


def test_each_word_once_with_its_number():
    text = "हिन्दी भाषा, हिन्दी; ハリー・ポッター אברהםابراهيم 한국 한국"
    found = {"हिन्दी": 2, "भाषा": 1, "ハリー": 1, "ポッター": 1, "אברהם": 1, "ابراهيم": 1, "한국": 2}
    assert of_batch(["", text, "אברהם", text]) == [{}, found, {"אברהם": 1}, found]


def test_marks_of_arabic_are_no_letters_of_a_word():
    assert of_batch(["سامسا، سامسا؛ سامسا؟ سَامسا٪ ۔"]) == [{"سامسا": 3, "سَامسا": 1}]


def test_words_that_differ_in_a_letter_are_kept_apart():
    letters = "אבגדהוזחטיכלמנסעפצקרשת"
    text = " ".join(one + two + three for one in letters for two in letters for three in letters)
    (found,) = of_batch([text])
    assert len(found) == len(letters) ** 3
    assert set(found.values()) == {1}


@given(st.lists(LETTERS, min_size=1, max_size=5))
def test_a_text_in_a_batch_has_the_words_that_it_has_alone(texts):
    assert of_batch(texts) == [of_batch([text])[0] for text in texts]
