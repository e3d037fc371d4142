"""Language identification."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

import cleaner

SENTENCES = {
    "en": "The house stood at the end of the lane, and nobody had lived there for years.",
    "de": "Das Haus stand am Ende der Gasse, und seit Jahren hatte niemand dort gewohnt.",
    "fr": "La maison était au bout du chemin, et personne n’y habitait depuis des années.",
    "es": "La casa estaba al final del camino y nadie había vivido allí desde hacía años.",
    "it": "La casa era in fondo al vicolo e da anni nessuno ci abitava più.",
    "pl": "Dom stał na końcu uliczki i od lat nikt w nim nie mieszkał.",
    "ru": "Дом стоял в конце переулка, и в нём много лет никто не жил.",
    "uk": "Будинок стояв у кінці провулка, і в ньому багато років ніхто не жив.",
    "el": "Το σπίτι ήταν στο τέλος του δρόμου και κανείς δεν έμενε εκεί.",
    "he": "הבית עמד בקצה הסמטה, ואיש לא גר שם שנים רבות.",
    "ar": "كان البيت في آخر الزقاق، ولم يسكنه أحد منذ سنوات طويلة.",
    "ja": "その家は路地の突き当たりにあり、何年も誰も住んでいなかった。",
    "zh": "那座房子在小巷的尽头，多年来没有人住过。",
    "ko": "그 집은 골목 끝에 있었고 몇 년 동안 아무도 살지 않았다.",
    "th": "บ้านหลังนั้นอยู่สุดซอย และไม่มีใครอยู่มาหลายปีแล้ว",
    "tr": "Ev sokağın sonundaydı ve yıllardır orada kimse yaşamıyordu.",
    "fi": "Talo seisoi kujan päässä, eikä siellä ollut asunut kukaan vuosiin.",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_sentences(code, text):
    verdict = cleaner.detect_language(text)
    assert verdict.code == code
    assert verdict.candidates[0].value == code


@pytest.mark.parametrize(
    "text",
    ["", "   \n", "12 345,67", "!!! ???", "😀🎉", "https://example.org/a/b?c=d", "d41d8cd98f00b204e9800998ecf8427e",
     '{"a": [1, 2], "b": {"c": null}}', "def add(x, y):\n    return x + y\n"],
)  # fmt: skip
def test_no_language(text):
    assert cleaner.detect_language(text).code == "und"


def test_the_choice_can_be_closed():
    assert cleaner.detect_language("hotel internet", languages=("de",)).code == "de"
    assert cleaner.detect_language(SENTENCES["ru"], languages=("uk", "ru")).code == "ru"


def test_spans_cover_each_language():
    text = f"{SENTENCES['en']} {SENTENCES['ru']}\n{SENTENCES['de']}"
    verdict = cleaner.detect_language(text, spans=True)
    assert [span.code for span in verdict.spans] == ["en", "ru", "de"]
    for span, code in zip(verdict.spans, ("en", "ru", "de"), strict=True):
        assert text[span.start : span.end] == SENTENCES[code]
    assert abs(sum(share.confidence for share in verdict.shares) - 1) < 0.01


def test_a_long_text_is_judged_by_all_of_it():
    assert cleaner.detect_language(SENTENCES["en"] * 10 + SENTENCES["pl"] * 200).code == "pl"


def test_langdetect_is_seeded_and_leaves_the_generator_alone():
    random.seed(7)
    before = random.getstate()
    found = {cleaner.detect_language("casa mare", backend="langdetect") for _ in range(4)}
    assert random.getstate() == before
    assert len(found) == 1
    assert found.pop().backend.startswith("langdetect/")


def test_an_uncertain_verdict_has_a_second_opinion():
    verdict = cleaner.detect_language("casa", second_opinion=True)
    assert verdict.confidence < 0.75
    assert verdict.second_opinion is not None


def test_threads_agree():
    texts = list(SENTENCES.values()) * 4
    serial = [cleaner.detect_language(text, spans=True) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: cleaner.detect_language(text, spans=True), texts)) == serial


def test_confidence_is_a_probability():
    for text in SENTENCES.values():
        verdict = cleaner.detect_language(text)
        assert 0 <= verdict.confidence <= 1
        assert sum(candidate.confidence for candidate in verdict.candidates) <= 1.001
