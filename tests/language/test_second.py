"""langdetect by arrays: the answers of the package itself, seeded."""

import random
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from cleaner.language import profiles, second

TEXTS = (
    "casa", "hotel internet", "la maison est grande", "DER Zug IST pünktlich", "YOU SHOUT IN CAPITALS", "a", "é", "x y z",
    "see https://example.org/page?x=1 or write to someone@example.org today", "two  spaces\n\nand\tlines ",
    "những người bạn tôt bu\u0309i sáng", "și țara", "Ελλάδα και ο κόσμος", "это Linux и macOS, не Windows 11",
    "日本語のテキスト", "中文和English在一起", "대한민국 서울", "ไทยแลนด์", "فارسی و عربی یک", "\U0001d49c fine \U0001f600 day",
    "un texto con algunas palabras en español e outras em português, mais ou menos " * 20,
)  # fmt: skip


@pytest.fixture(scope="module")
def package():
    langdetect = pytest.importorskip("langdetect")
    from langdetect import detector_factory

    detector_factory.init_factory()
    return langdetect, detector_factory._factory


def of_package(package, text, languages=None):
    langdetect, factory = package
    detector = factory.create()
    detector.seed = second.SEED
    if languages:
        detector.set_prior_map(dict.fromkeys(languages, 1.0))
    detector.append(text[: second.LONGEST])
    try:
        ranked = detector.get_probabilities()
    except langdetect.LangDetectException:
        return [("und", 0.0)]
    return [(second.CODES.get(row.lang, row.lang), round(row.prob, 4)) for row in ranked] or [("und", 0.0)]


@pytest.mark.parametrize("text", TEXTS)
def test_the_answers_are_those_of_the_package(package, text):
    assert [(one.value, one.confidence) for one in second.langdetect_verdicts([text], None)[0]] == of_package(
        package, text
    )


@pytest.mark.parametrize("text", TEXTS[:6])
def test_so_they_are_in_a_closed_set(package, text):
    (found,) = second.langdetect_verdicts([text], ("it", "fr", "de", "xx"))
    assert [(one.value, one.confidence) for one in found] == of_package(package, text, ("it", "fr", "de"))


def test_it_has_nothing_to_say_where_it_knows_no_n_gram_or_no_language():
    for text, languages in (("", None), (" 12 -- ", None), ("a word", ("xx",))):
        assert [one.value for one in second.langdetect_verdicts([text], languages)[0]] == ["und"]


def test_many_texts_are_answered_as_each_alone():
    many = [*TEXTS, "", *TEXTS[::-1]]
    for languages in (None, ("it", "fr", "de")):
        alone = [second.langdetect_verdicts([text], languages)[0] for text in many]
        assert second.langdetect_verdicts(many, languages) == alone


def test_the_numbers_drawn_are_those_of_the_generator():
    held = random.Random(second.SEED)
    for size in (1, 2, 3, 64, 65, 1000):
        held.seed(second.SEED)
        draws = second._Draws(size)
        for _ in range(second.TRIALS):
            assert draws.gauss() == held.gauss(0.0, 1.0)
            start = draws.first()
            assert draws.places[start : start + 9].tolist() == [held.choice(range(size)) for _ in range(9)]
            draws.go_on(start + 9)


def test_the_numbers_are_enough_for_the_longest_trials():
    for bits in range(1, 13):
        taken = np.count_nonzero(second._drawn()[2 * second.TRIALS :] >> np.uint32(32 - bits) < 1 << (bits - 1))
        assert taken >= second.TRIALS * 1001


def test_the_profiles_are_all_of_the_packages(package):
    held = profiles.load()
    factory = package[1]
    assert len(held._keys) == len(factory.word_lang_prob_map)
    assert len(held.languages) == len(factory.langlist) == 55


def test_a_file_of_another_form_is_read_as_well(package):
    folder = Path(package[0].detector_factory.PROFILES_DIRECTORY)
    for name in ("en", "zh-cn"):
        text = (folder / name).read_text("utf-8")
        keys, counts, held = profiles._read(text)
        others, numbers, whole = profiles._parsed(text)
        assert (keys == others).all()
        assert (counts == numbers).all()
        assert held == {"name": name, "n_words": whole["n_words"]}


def test_the_engine_is_named_with_its_version():
    assert second.engine() == f"langdetect/{version('langdetect')}"
