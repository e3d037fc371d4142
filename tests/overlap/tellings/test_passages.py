"""Passages: whole sentences, word for word; boilerplate by name; what a summary says."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.document import Passage, Span
from cleaner.overlap import summarise
from cleaner.overlap.tellings.passages import plain_sentence, same_in_pairs, sentences_in
from cleaner.overlap.tellings.telling_words import TellingWords
from cleaner.overlap.words.sentences import read, sentences_of
from cleaner.overlap.words.tokens import CHUNK

POOL = [
    "The miller of Oberau sold seven clocks on Monday.",
    "Nobody in the harbour had seen a lantern like that.",
    "«Wo ist der Schlüssel?», fragte die Witwe im Hafen.",
    "Она нашла старую карту под половицей дома.",
    "A welder keeps two peacocks behind the chapel wall.",
]
TEXTS = st.lists(st.sampled_from(POOL), max_size=6).map("\n".join)
FOOTER = "All rights reserved by the archive of the town of Oberau, which lends no books."


def same_sentences(a, b):
    return same_in_pairs(sentences_in([a, b]), [(0, 1)], ())[0]


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_same_text_is_the_same_and_whole(a, b):
    passages = same_sentences(a, b)
    for p in passages:
        assert a[p.a.start : p.a.end] == b[p.b.start : p.b.end]
        assert set(a[p.a.start : p.a.end].split("\n")) <= set(POOL)
    assert bool(passages) == bool(set(a.split("\n")) & set(b.split("\n")) - {""})


def test_short_sentences_are_alike_by_chance():
    assert same_sentences("He said no. She left.", "She left. He said no.") == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab. !?…。\n\"'’”A é", max_size=80))
def test_sentences_do_not_overlap_and_lose_nothing_but_space(text):
    spans = sentences_of(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    outside = list(text)
    for span in spans:
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        outside[span.start : span.end] = [" "] * (span.end - span.start)
    assert not "".join(outside).strip()


def test_abbreviations_end_no_sentence():
    text = "Mr. Bell met Dr. Kovács. 東京で会った。猫もいた。"
    assert [text[s.start : s.end] for s in sentences_of(text)] == [
        "Mr. Bell met Dr. Kovács.",
        "東京で会った。",
        "猫もいた。",
    ]


def test_boilerplate_is_named():
    shared = f"{POOL[0]} {POOL[1]} {POOL[4]} {POOL[0].replace('seven', 'nine')}"
    documents = {f"d{n}": f"Page {n} of number {n * 7} tells of {n} bricks only.\n{FOOTER}" for n in range(6)}
    documents |= {"x": f"{shared}\n{FOOTER}", "y": f"{shared} And one more.\n{FOOTER}"}
    found = cleaner.find_duplicates(documents)
    (line,) = found.boilerplate
    assert (line.text, line.count) == (FOOTER, 7)
    assert "d0" in line.documents
    (pair,) = [p for p in found.pairs if {p.a, p.b} == {"x", "y"} and p.relation == "near"]
    assert {p.kind for p in pair.passages} == {"same_text", "boilerplate"}


def test_boilerplate_stands_beside_a_line_that_is_very_long():
    documents = {f"d{n}": f"Page {n} of number {n * 7} tells of {n} bricks only.\n{FOOTER}" for n in range(6)}
    documents["d0"] += "\n" + "brick " * (CHUNK // 6 + 1)
    (line,) = cleaner.find_duplicates(documents).boilerplate
    assert (line.text, line.count) == (FOOTER, 6)


def test_a_line_of_few_documents_or_of_copies_is_no_boilerplate():
    four = {f"d{n}": f"Page {n} of number {n * 7} tells of {n} bricks only.\n{FOOTER}" for n in range(4)}
    copies = {f"c{n}": f"{POOL[0]} {POOL[1]}\n{FOOTER}" for n in range(9)}
    assert cleaner.find_duplicates(four).boilerplate == ()
    assert cleaner.find_duplicates(copies).boilerplate == ()


def test_summary_names_what_only_one_tells():
    a, b = "\n".join(POOL[:2]), "\n".join([POOL[1], POOL[4]])
    told = summarise(a, b, same_sentences(a, b))
    assert [(one.a, one.b) for one in told.both] == [(POOL[1], POOL[1])]
    assert [part.text for part in told.only_a] == [POOL[0]]
    assert [part.text for part in told.only_b] == [POOL[4]]
    assert (told.covered_a, told.covered_b) == (0.5, 0.5)
    assert all(a[part.span.start : part.span.end] == part.text for part in told.only_a)


def test_the_same_people_are_not_told_by_both():
    people = Passage(Span(0, len(POOL[0])), Span(0, len(POOL[4])), "same_people", 0.5)
    told = summarise(POOL[0], POOL[4], [people])
    assert told.both == ()
    assert [(one.kind, one.a, one.b) for one in told.people] == [("same_people", POOL[0], POOL[4])]
    assert told.covered_a == told.covered_b == 0


def test_plain_sentence_ignores_signs_and_case():
    assert plain_sentence("«Wo ist» DER Schlüssel?") == "wo ist der schlüssel"


def spans(texts):
    found = [[] for _ in texts]
    for part in read(texts):
        rows = zip(
            part.owner.tolist(), (part.starts + part.shift).tolist(), (part.ends + part.shift).tolist(), strict=True
        )
        for number, start, end in rows:
            found[number].append((start, end))
    return found


PIECES = st.sampled_from([*"ab. !?…。！\n\"'’”A é(5_", "Mr.", "Dr. ", "A. ", " \n ", "\u2028", "Ok. The"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=40).map("".join), max_size=4), st.integers(1, 60))
def test_sentences_are_the_same_however_many_texts_are_read_together(texts, size):
    alone = [[(one.start, one.end) for one in sentences_of(text)] for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.overlap.words.sentences.TOGETHER", size)
        assert spans(texts) == alone


def test_a_sentence_without_end_is_cut(monkeypatch):
    text = " ".join(["word"] * 200) + ". The end."
    assert len(sentences_of(text)) == 2
    monkeypatch.setattr("cleaner.overlap.words.sentences.TOGETHER", 50)
    monkeypatch.setattr("cleaner.overlap.words.sentences.LONGEST", 200)
    cut = sentences_of(text)
    assert len(cut) == 6
    assert "".join(text[one.start : one.end] for one in cut).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "text", ["amp" * 100, "&amp;" * 60, "İx" * 150, "Wort, " * 50, " " * 300, "x" + " " * 300 + "y", "字" * 300]
)
def test_a_word_may_be_cut_where_a_sentence_has_no_end(monkeypatch, text):
    monkeypatch.setattr("cleaner.overlap.words.sentences.TOGETHER", 7)
    monkeypatch.setattr("cleaner.overlap.words.sentences.LONGEST", 50)
    parts = TellingWords()
    held = sentences_in([text, f"{text}."], parts.add)
    spans = zip(held.owner.tolist(), held.starts.tolist(), held.ends.tolist(), strict=True)
    whole = "".join([text, f"{text}."][number][start:end] for number, start, end in spans)
    assert whole.replace(" ", "") == f"{text}{text}.".replace(" ", "")
    assert len(same_sentences(text, f"{text}.")) == (held.long.sum() > 0)


LETTERS = st.sampled_from([*"abE .,\n", "İ", "Σ", "ß", "é", "_", "7", "。", "\x00"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(LETTERS, min_size=25, max_size=60).map("".join), min_size=2, max_size=4))
def test_sentences_are_the_same_where_their_words_are(texts):
    held = sentences_in(texts)
    rows = zip(held.owner.tolist(), held.starts.tolist(), held.ends.tolist(), held.keys.tolist(), strict=True)
    plain = [plain_sentence(texts[number][start:end]) for number, start, end, _ in rows]
    assert [len(words) >= 30 for words in plain] == held.long.tolist()
    assert len(set(plain)) == len(set(held.keys.tolist())) == len(set(zip(plain, held.keys.tolist(), strict=True)))


def test_what_stands_several_times_is_paired_one_by_one():
    a, b = f"{POOL[0]} {POOL[1]} {POOL[0]}", f"{POOL[0]} {POOL[4]} {POOL[0]} {POOL[0]}"
    assert [(a[p.a.start : p.a.end], p.a.start, p.b.start) for p in same_sentences(a, b)] == [
        (POOL[0], 0, 0),
        (POOL[0], a.rindex(POOL[0]), b.index(POOL[0], 1)),
    ]
