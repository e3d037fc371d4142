"""Profiles: what a document alone gives; nothing depends on its neighbours."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.overlap.copies.near import (
    Limits,
    asked_keys,
    candidate_pairs,
    hits_in,
    pairs_of_hits,
    shared_at_least,
    shared_keys,
    sketch,
)
from cleaner.overlap.documents.keys import GARBLED, MIXED, looks_garbled, signs_in
from cleaner.overlap.documents.profiles import profiles_of
from cleaner.overlap.words.characters import Beyond
from cleaner.overlap.words.tokens import CHUNK, pieces_of, plain, tokens_of
from tests.overlap import profile_of

TEXTS = [
    "",
    "One.",
    "In Oberau lebte eine Müllerin. Sie hieß Ágnes Çelik und kam aus İzmir.",
    "Она нашла старую карту. Потом Анна ушла в Кострому.",
    "東京の図書館で、シャノンは古い地図を見つけた。",
    "รุ้งพบแผนที่เก่าใต้พื้นบ้าน",
    "안나는 코스트로마에서 지도를 찾았다. 안나는 웃었다.",
    "अन्ना को पुराना नक्शा मिला। अन्ना हँसी।",
    "THE MILL ON THE HILL. ALL IN CAPITALS, AND LONG ENOUGH TO COUNT.",
]
ODD = [
    "Ο ΣΊΣΥΦΟΣ και ο Οδυσσέας. Είδε ΤΟΥΣ ἈΝΘΡΏΠΟΥΣ.",
    "Ⱥ letter of two bytes, STRAẞE, and Ǆungla in capitals: e\u0301te\u0301, 5\u212a, \u1112\u1161\u11ab.",
]


def same(one, other):
    arrays = ("keys", "stems", "lowered")
    return (
        all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)
        and (one.words, one.garbled, one.names.texts) == (other.words, other.garbled, other.names.texts)
        and np.array_equal(one.names.counts, other.names.counts)
        and np.array_equal(one.names.inside, other.names.inside)
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*TEXTS, *ODD]) | st.text(max_size=60), min_size=1, max_size=8))
def test_neighbours_do_not_matter(texts):
    together = list(profiles_of(texts))
    assert len(together) == len(texts)
    assert all(same(one, profile_of(text)) for one, text in zip(together, texts, strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_words(text):
    one = plain(text)
    tokens = tokens_of([one])
    words = [one.data[start:end].decode() for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert "".join(words) == "".join(char for char in text.replace("İ", "I") if char.isalnum() or char == "_")
    assert [bool(up) for up in tokens.upper] == [word[0] != word[0].lower() for word in words]


def test_scripts_without_spaces_are_cut_into_characters():
    assert len(tokens_of([plain("東京の図書館")]).hashes) == 6
    assert len(tokens_of([plain("in 東京 today")]).hashes) == 4
    assert len(tokens_of([plain("안나는 웃었다")]).hashes) == 2


def test_hashes_know_no_case_and_no_neighbour():
    alone, among = tokens_of([plain("lantern")]), tokens_of([plain("The Lantern shines")])
    assert alone.hashes[0] == among.hashes[1]
    assert tokens_of([plain("lanterns")]).stems[0] == alone.stems[0]


@pytest.mark.parametrize("text", ["brick " * 60_000, "é" * 200_000, "Wort " + "x" * CHUNK, "山" * 100_000])
def test_a_batch_may_be_larger_than_the_tables_that_are_kept(text):
    few, many = tokens_of([plain(text[:30])]), tokens_of([plain(text)])
    assert many.starts[-1] < many.ends[-1] <= len(many.data)
    assert many.hashes[: len(few.hashes) - 1].tolist() == few.hashes[:-1].tolist()
    *_, last = tokens_of([plain(f"a {text.split()[-1]}")]).hashes.tolist()
    assert many.hashes[-1] == last


def test_names_are_capitalised_inside_sentences():
    names = profile_of("Tomorrow Marta leaves. Marta goes to Sandholm, and nobody knows. Nobody asks.").names
    inside = {name for name, within in zip(names.texts, names.inside, strict=True) if within}
    assert inside == {"Marta", "Sandholm"}
    assert "Nobody" not in names.texts


def test_capitals_of_a_loud_text_say_nothing():
    assert not profile_of(TEXTS[-1]).names.inside.any()


@pytest.mark.parametrize(
    ("text", "name"),
    [(TEXTS[4], "シャノン"), (TEXTS[6], "안나는"), (TEXTS[7], "अन्ना"), ("שרה פגשה את דוד בחיפה", "פגשה")],
)
def test_names_of_scripts_without_capitals(text, name):
    assert name in profile_of(text).names.texts


def test_a_large_text_has_the_keys_of_its_whole():
    words = [f"w{number * 7919 % 60_000}" for number in range(60_000)]
    large = " ".join(words)
    assert len(list(pieces_of(plain(large)))) > 1
    assert len(large) > CHUNK
    assert len(profile_of(large).keys) == len({tuple(words[n : n + 5]) for n in range(len(words) - 4)})


@pytest.mark.parametrize("char", ["é", "字", "ก", "𠀀"])
def test_a_large_text_without_spaces_is_cut_between_characters(char):
    pieces = list(pieces_of(plain(char * CHUNK)))
    assert len(pieces) > 1
    assert all(len(piece.data) <= CHUNK for piece in pieces)
    assert "".join(piece.data.decode() for piece in pieces) == char * CHUNK


def test_candidates_in_steps_are_candidates_at_once():
    texts = [" ".join(f"{word}{n // 3}" for word in "abcdefghij") for n in range(9)]
    keys = [profile.keys for profile in profiles_of(texts)]
    probes = [sketch(own) for own in keys]
    asked = asked_keys(probes)
    for own, found in zip(keys, hits_in(keys, asked), strict=True):
        assert asked[found].tolist() == sorted(set(own.tolist()) & set(asked.tolist()))
    limits = Limits(np.array([len(own) for own in keys], np.uint32), np.zeros(len(keys), bool), 0.5, 0.8)
    stepwise = pairs_of_hits(asked, probes, list(hits_in(keys, asked)), limits)
    assert np.array_equal(stepwise[0], candidate_pairs(keys.__getitem__, limits)[0])
    assert len(stepwise[0]) == 9


def test_how_many_keys_of_a_sketch_copies_share():
    sizes = np.array([10, 24, 100, 100, 140, 1000])
    limits = Limits(sizes, np.array([False] * 5 + [True]), 0.5, 0.8)
    one, other = np.array([0, 1, 2, 2, 2]), np.array([5, 4, 3, 4, 5])
    assert limits.least(one, other).tolist() == [1, 19, 66, 80, 1]
    assert limits.fewest(one, other, 24).tolist() == [5, 19, 6, 10, 7]  # the sketch of 24 keys holds all of them


@pytest.mark.parametrize(("near", "contained", "larger"), [(0.5, 0.8, 1000), (0.5, 0.8, 5000), (0.3, 0.4, 1000)])
def test_no_copy_on_the_border_is_passed_over(near, contained, larger):
    draw = np.random.default_rng(7)
    sizes = np.array([1000, larger], np.uint32)
    limits = Limits(sizes, np.zeros(2, bool), near, contained)
    shared = int(limits.least(np.array([0]), np.array([1]))[0])
    for _ in range(300):
        keys = np.unique(draw.integers(0, 1 << 64, 1000 + larger, np.uint64))
        draw.shuffle(keys)
        pair = [np.sort(keys[:1000]), np.sort(np.concatenate([keys[:shared], keys[1000 : 1000 + larger - shared]]))]
        assert len(candidate_pairs(pair.__getitem__, limits)[0]) == 1


def in_a_crowd(draw, crowd, passage, sizes):
    """The keys of `crowd` texts that share a passage of so many keys, and have so many of their own."""
    return [
        np.concatenate([passage, draw.integers(0, 1 << 64, draw.integers(*sizes), np.uint64)]) for _ in range(crowd)
    ]


def test_copies_are_found_among_many_texts_that_share_a_passage():
    draw = np.random.default_rng(3)
    passage = draw.integers(0, 1 << 64, 150, np.uint64)
    keys = in_a_crowd(draw, 250, passage, (50, 300))
    copies = [np.concatenate([own[:-12], draw.integers(0, 1 << 64, 20, np.uint64)]) for own in keys[200:]]
    keys = [np.unique(own) for own in (*keys, *copies)]
    limits = Limits(np.array([len(own) for own in keys], np.uint32), np.zeros(len(keys), bool), 0.5, 0.8)
    pairs, common = candidate_pairs(keys.__getitem__, limits)
    found = {tuple(sorted(divmod(pair, 1 << 32))) for pair in pairs.tolist()}
    assert found >= {(200 + at, 250 + at) for at in range(50)}
    assert common


def test_a_text_that_stands_in_very_many_is_found_in_each():
    draw = np.random.default_rng(5)
    passage = draw.integers(0, 1 << 64, 150, np.uint64)
    keys = [np.unique(own) for own in (*in_a_crowd(draw, 500, passage, (2000, 4000)), passage)]
    limits = Limits(np.array([len(own) for own in keys], np.uint32), np.zeros(len(keys), bool), 0.5, 0.8)
    assert candidate_pairs(keys.__getitem__, limits)[0].tolist() == [(at << 32) + 500 for at in range(500)]


def test_shared_keys_of_many_pairs_are_those_of_each():
    draw = np.random.default_rng(4)
    keys = [np.unique(draw.integers(0, 1 << 64, size, np.uint64)) for size in (900, 1200, 30, 5, 400)]
    keys += [np.unique(np.concatenate([keys[0][:part], keys[1][part:]])) for part in (0, 100, 700, 900)]
    pairs = [(a, b) for a in range(len(keys)) for b in range(a + 1, len(keys))]
    exact = [shared_keys(keys[a], keys[b]) for a, b in pairs]
    for least in (1, 150, 600):
        found = shared_at_least([(a, b, least) for a, b in pairs], keys.__getitem__)
        assert found == [shared if shared >= least else 0 for shared in exact]


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("plain words", False),
        ("Ça va très bien, Ñandú.", False),
        ("Обычный русский текст, 5 kg и €5", False),
        ("Ελληνικά και Latin", False),
        ("東京 Tokyo", False),
        ("itâ€™s", True),
        ("cafÃ©", True),
        ("the bandโs", True),
        ("replaced \ufffd here", True),
        ("РџСЂРёРІРµС‚ РјРёСЂ", False),
        ("русскийlatin в тексте по-русски", True),
        ("Мы поставили Pythonом заменённую программу, и она работает до сих пор без всяких перебоев", False),
        ("Ça va très bien à Genève, où l’été dure. " * 3 + "itâ€™s", False),
    ],
)
def test_signs_of_garbling(text, garbled):
    assert looks_garbled(text) == garbled


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("az Z5.€™âÃÐÑé\x85\ufffdйΩก東あ\n"), min_size=1, max_size=12))
def test_signs_in_bytes_are_those_in_text(text):
    octets = np.frombuffer(text.encode(), np.uint8)
    signs = signs_in(octets, Beyond.of(octets))
    assert bool(len(signs)) == bool(GARBLED.search(text) or MIXED.search(text))


@pytest.mark.parametrize("letter", ["", "STRAẞE", "Ⱥ", "İ", "u\u0306", "Σ"])
def test_garbled_text_is_known_whatever_letters_it_holds(letter):
    """Small letters and composed ones, which keys are made of, hide what garbled letters look like."""
    text = "StraÃŸe MÃ¤nner grÃ¶ÃŸer frÃ¼h BÃ¤ume " * 20 + letter
    assert profile_of(text).garbled
    assert [one.garbled for one in profiles_of(["nothing here", text, "plain " + letter])] == [False, True, False]
