"""Spans of languages."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.language.paths import best_path, runs_of, without_specks
from cleaner.language.spans import FAR, LONGEST, _passages
from cleaner.language.words import Passage, words_of
from tests.language.test_language import SENTENCES


def spans_of(text, **options):
    return [
        (text[span.start : span.end], span.code) for span in cleaner.detect_language(text, spans=True, **options).spans
    ]


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_one_language_is_one_span(code):
    text = f"{SENTENCES[code]} {SENTENCES[code]}\n\n{SENTENCES[code]}"
    assert spans_of(text) == [(text, code)]


def test_names_in_another_script_are_no_span():
    text = "Дом Hilton Garden стоял в конце переулка, и в нём много лет никто не жил. Рядом стоял Marriott."
    assert [code for _, code in spans_of(text)] == ["ru"]


@pytest.mark.parametrize("text", ["打开文件", "ファイルを開く", "파일을 엽니다", "открыть файл"])
def test_short_strings_in_another_script_are_spans_where_there_are_many(text):
    pair = f'msgid "Open the file of {{}}"\nmsgstr "{text}{{}}"\n\n'
    catalogue = "".join(pair.format(f"{place}.", f"{place}。") for place in range(12))
    code = cleaner.detect_language(text).code
    found = cleaner.detect_language(catalogue, spans=True)
    assert sum(text in catalogue[span.start : span.end] for span in found.spans if span.code == code) == 12
    assert {share.value for share in found.shares} == {"en", code}


def test_a_short_sentence_in_characters_of_more_meaning_is_a_span():
    chinese = "将鼠标移动到敌方单位之上。"
    text = f"{SENTENCES['fi']} {chinese} {SENTENCES['fi']}"
    assert [code for _, code in spans_of(text)] == ["fi", "zh", "fi"]


def test_chinese_lines_beside_japanese_ones():
    text = "\n".join((SENTENCES["ja"], "虽然你征募的单位都还不能移动，但是你仍然可以。")) + "\n"
    assert [code for _, code in spans_of(text * 3)] == ["ja", "zh"] * 3
    assert [code for _, code in spans_of(f"{SENTENCES['ja']}\n東京都千代田区永田町\n{SENTENCES['ja']}")] == ["ja"]


def test_the_times_of_subtitles_are_in_no_span():
    cue = "{}\n00:00:0{},200 --> 00:00:0{},800\n{}\n{}\n\n"
    text = "".join(cue.format(n, n, n + 1, SENTENCES["en"], SENTENCES["pl"]) for n in range(1, 6))
    assert spans_of(text) == [(SENTENCES["en"], "en"), (SENTENCES["pl"], "pl")] * 5


def test_a_title_is_no_span():
    text = f"{SENTENCES['de']} Er las The Great Gatsby und ging dann langsam nach Hause. {SENTENCES['de']}"
    assert [code for _, code in spans_of(text)] == ["de"]


@pytest.mark.parametrize(
    ("first", "second"), [("en", "ru"), ("de", "en"), ("fi", "tr"), ("ja", "en"), ("ar", "he"), ("pl", "it")]
)
def test_a_change_at_a_line_or_sentence(first, second):
    for glue in ("\n", " ", "\n\n"):
        text = f"{SENTENCES[first]}{glue}{SENTENCES[second]}"
        assert spans_of(text) == [(SENTENCES[first], first), (SENTENCES[second], second)]


def test_a_change_inside_a_sentence():
    first = "das haus stand am ende der gasse und seit vielen jahren hatte dort niemand mehr gewohnt"
    second = "pero los vecinos decían que por la noche se oían voces detrás de las ventanas cerradas"
    (one, code), (other, next_code) = spans_of(f"{first} {second}")
    assert (code, next_code) == ("de", "es")
    assert abs(len(one) - len(first)) <= 10
    assert abs(len(other) - len(second)) <= 10


def test_spans_of_a_long_text_and_their_shares():
    text = f"{SENTENCES['en']} " * 40 + f"{SENTENCES['pl']} " * 40
    verdict = cleaner.detect_language(text, spans=True)
    assert [span.code for span in verdict.spans] == ["en", "pl"]
    shares = {share.value: share.confidence for share in verdict.shares}
    assert shares.keys() == {"en", "pl"}
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    for span in verdict.spans:
        assert 0 < span.confidence <= 1


def test_a_mixed_text_longer_than_is_looked_at_in_one_go():
    text = "\n".join(f"{SENTENCES['de']} {SENTENCES['de']}\n{SENTENCES['ru']}" for _ in range(150))
    found = spans_of(text)
    assert len(text) > 30_000
    assert [code for _, code in found] == ["de", "ru"] * 150
    assert {part for part, code in found if code == "ru"} == {SENTENCES["ru"]}


@pytest.mark.parametrize("between", ["\n", "\t", "'"])
def test_a_long_list_of_words_is_looked_at_in_pieces_whatever_stands_between_them(between):
    text = between.join(["sch", "ung", "anz", "cle", "ism", "öße"] * 20_000)
    windows = [(0, len(text), frozenset({"de", "fr", "en"}))]
    pieces = list(_passages(0, text, "de", (0, len(text)), windows, None))
    assert max(piece.end - piece.start for piece in pieces) <= LONGEST + FAR
    assert (pieces[0].start, pieces[-1].end) == (0, len(text))
    assert all(one.end == following.start for one, following in pairwise(pieces))


def test_spans_keep_to_the_closed_set():
    text = f"{SENTENCES['en']}\n{SENTENCES['ru']}"
    found = {code for _, code in spans_of(text, languages=("en", "uk"))}
    assert found == {"en", "uk"}


def test_offsets_are_code_points_beyond_the_bmp():
    text = f"😀 {SENTENCES['en']}\n😀😀 {SENTENCES['ru']}"
    assert [part.strip("😀 \n") for part, _ in spans_of(text)] == [SENTENCES["en"], SENTENCES["ru"]]


def test_no_spans_without_language():
    assert cleaner.detect_language("12 345 https://example.org/x", spans=True).spans == ()


def test_a_change_has_its_price():
    scores = np.array([[5.0, 0.0], [0.0, 6.0], [5.0, 0.0]])
    assert best_path(scores, [0.0, 10.0, 10.0], -1, False, False) == [0, 0, 0]
    assert best_path(scores, [0.0, 2.0, 2.0], -1, False, False) == [0, 1, 0]
    assert best_path(scores[1:2], [4.0], 0, True, True) == [0]


@given(
    st.lists(st.tuples(st.integers(-40, 40), st.sampled_from([18.1, 27.2, 54.3])), min_size=1, max_size=30),
    st.integers(-1, 1),
    st.booleans(),
    st.booleans(),
)
def test_between_two_languages_the_path_is_that_of_the_general_way(words, home, after, before):
    gains, prices = [float(gain) for gain, _ in words], [0.0, *(price for _, price in words[1:])]
    scores = np.array([[0.0, gain] for gain in gains])
    never = np.full((len(words), 1), -1000.0)
    assert best_path(scores, prices, home, after, before) == best_path(
        np.concatenate([scores, never], axis=1), prices, home, after, before
    )


@given(
    st.lists(st.tuples(st.tuples(*[st.integers(-40, 40)] * 3), st.sampled_from([18, 27, 54])), min_size=1, max_size=6),
    st.integers(-1, 2),
    st.booleans(),
    st.booleans(),
)
def test_no_path_is_better(words, home, after, before):
    scores, prices = np.array([gains for gains, _ in words], float), [price for _, price in words]

    def worth(path):
        changes = sum(price for one, two, price in zip(path, path[1:], prices[1:], strict=False) if one != two)
        ends = (after and path[0] != home) * prices[0] + (before and path[-1] != home) * max(prices)
        return scores[range(len(path)), path].sum() - changes - (ends if home >= 0 else 0)

    found = best_path(scores, prices, home, after, before)
    assert worth(found) == max(map(worth, product(range(3), repeat=len(words))))


def test_words_of_many_passages_are_those_of_each():
    codes = ("ja", "en", "ru", "de", "zh")
    text = " ".join(SENTENCES[code] for code in ("de", "ja", "ru", "en"))
    cuts = [(0, 40), (17, 90), (80, 81), (60, len(text)), (len(text) - 9, len(text))]
    passages = [Passage(0, text, *cut, codes[number % 3 :]) for number, cut in enumerate(cuts)]
    for passage, words in zip(passages, words_of(passages), strict=True):
        (alone,) = words_of([passage])
        for name in ("starts", "ends", "scripts"):
            assert (getattr(words, name) == getattr(alone, name)).all()
        assert (words.levels == alone.levels).all()
        assert (words.speaks == alone.speaks).all()
        assert list(words.spans("de", True, True)) == list(alone.spans("de", True, True))


@pytest.mark.parametrize(
    ("path", "lengths", "scripts", "wanted"),
    [
        ([0, 1, 1, 1, 0], [30, 20, 20, 20, 30], [1] * 5, [(0, 1, 0), (1, 4, 1), (4, 5, 0)]),
        ([0, 1, 1, 1, 0], [30, 7, 7, 7, 30], [1, 2, 2, 2, 1], [(0, 1, 0), (1, 4, 1), (4, 5, 0)]),
        ([0, 1, 2], [30, 8, 45], [1, 1, 1], [(0, 1, 0), (1, 2, 1), (2, 3, 2)]),
        ([0, 1, 0], [30, 8, 30], [1, 1, 1], [(0, 3, 0)]),
        ([1, 0, 1], [50, 8, 50], [1, 1, 1], [(0, 3, 1)]),
        ([0, 0, 1], [30, 30, 8], [1, 1, 1], [(0, 3, 0)]),
        ([0, 1, 1], [8, 30, 30], [1, 1, 1], [(0, 1, 0), (1, 3, 1)]),
    ],
)
def test_specks(path, lengths, scripts, wanted):
    assert without_specks(runs_of(path), lengths, scripts, 0) == wanted


def test_a_short_run_in_a_script_that_is_frequent_is_no_speck():
    runs = runs_of([0, 1, 0])
    assert without_specks(runs, [30, 9, 30], [1, 2, 1], 0) == [(0, 3, 0)]
    assert without_specks(runs, [30, 9, 30], [1, 2, 1], 0, [2]) == runs
    assert without_specks(runs, [30, 9, 30], [1, 1, 1], 0, [1]) == [(0, 3, 0)]


LETTERS = "abcdeéñżabcdeиклмнопабвгאבגדאبتثجالกขคงจआकखगあいう漢字한국ßþ 	\n.,!?\"'-–0123/\\_<>{}=&;:😀́‍"


@given(st.text(st.sampled_from(LETTERS), max_size=600), st.sampled_from([None, ("en", "ru"), ("ja", "hi", "ar")]))
@settings(max_examples=150, deadline=None)
def test_spans_of_any_text_are_in_order_and_inside(text, languages):
    verdict = cleaner.detect_language(text, languages, spans=True)
    end = 0
    for span in verdict.spans:
        assert end <= span.start < span.end <= len(text)
        assert 0 <= span.confidence <= 1
        assert not languages or span.code in languages
        end = span.end
    assert verdict.code == "und" or not languages or verdict.code in languages
    assert cleaner.detect_language(text, languages, spans=True) == verdict
