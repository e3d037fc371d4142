"""Which of two documents stands first changes nothing but the sides on which things are told."""

import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.overlap import find_duplicates, profiles_of
from cleaner.overlap.documents.survey import survey_of
from cleaner.overlap.index.name_index import index_of
from cleaner.overlap.index.name_parts import Capitals, NameColumns, names_of
from cleaner.overlap.index.shared_names import in_chinese
from cleaner.overlap.stories.measuring import Facts, Measuring
from cleaner.overlap.stories.near_names import with_near_names
from cleaner.overlap.words.transliterate import spelt_alike
from tests.overlap import pair_of

FOLDER = Path(__file__).parents[1] / "overlap"
TEXTS = [
    json.loads(line)["text"]
    for name in ("tellings.jsonl", "tellings_chinese.jsonl", "tellings_long.jsonl")
    for line in FOLDER.joinpath(name).read_text("utf-8").splitlines()
]


def mirrored(words):
    return tuple(" = ".join(reversed(word.split(" = "))) for word in words)


def by_number(word, place):
    """A text that is named as evidence by its number."""
    said = "one story with "
    return f"{said}{place[word.removeprefix(said)]}" if word.startswith(said) else word


def relations(texts, order, passages):
    """What is found where the texts have ids in this order, told as if each pair stood in the order of `texts`."""
    place = {f"{at:03}": number for at, number in enumerate(order)}
    found = {}
    for one in find_duplicates({name: texts[number] for name, number in place.items()}, passages=passages).pairs:
        a, b = place[one.a], place[one.b]
        evidence, spans = one.evidence, [(p.a, p.b, p.kind, p.score) for p in one.passages]
        if a > b:
            a, b, evidence, spans = b, a, mirrored(evidence), [(q, p, kind, score) for p, q, kind, score in spans]
        holder = place[one.direction] if one.direction else None
        words = tuple(by_number(word.lower(), place) for word in evidence)
        found[a, b, one.relation] = (one.score, holder, words, sorted(spans, key=repr))
    return found


def test_a_folder_backwards():
    there = range(len(TEXTS))
    found = relations(TEXTS, there, passages=False)
    assert len(found) > 400
    assert relations(TEXTS, reversed(there), passages=False) == found


SOME = st.lists(st.sampled_from(TEXTS), min_size=2, max_size=5, unique=True)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_few_tellings_in_any_order(data):
    texts = data.draw(SOME)
    order = data.draw(st.permutations(range(len(texts))))
    assert relations(texts, order, passages=True) == relations(texts, range(len(texts)), passages=True)


@cache
def stories():
    return sorted((a, b) for a, b, kind in relations(TEXTS, range(len(TEXTS)), passages=False) if kind == "story")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300))
def test_two_tellings_of_one_story(number):
    texts = [TEXTS[place] for place in stories()[number]]
    assert relations(texts, (1, 0), passages=True) == relations(texts, (0, 1), passages=True)


LETTERS = st.text(st.sampled_from("abcnt"), min_size=1, max_size=12)


@given(LETTERS, LETTERS, st.sampled_from([0.6, 0.8, 0.85]))
def test_spelling(one, other, least):
    assert spelt_alike(one, other, least) == spelt_alike(other, one, least)


def test_spelling_that_is_likelier_from_one_side():
    assert spelt_alike("tide", "diet", 0.5) == spelt_alike("diet", "tide", 0.5)


HEADS, MIDDLES, ENDS = ["Bran", "Bron", "Par", "Bor"], ["d", "t", "n", "dn"], ["", "o", "on", "onal", "otka", "ima"]
NEARLY = st.lists(
    st.builds("{}{}{}".format, st.sampled_from(HEADS), st.sampled_from(MIDDLES), st.sampled_from(ENDS)),
    min_size=1,
    max_size=6,
    unique=True,
)


@settings(max_examples=200, deadline=None)
@given(NEARLY, NEARLY)
def test_names_that_are_nearly_the_same(one, other):
    """Each name of one text may be that of several of the other."""

    def looked_at(*told):
        names = [f"x sees Anton, and {', and '.join(own)} too" for own in told]
        profiles = dict(zip("ab", profiles_of(names), strict=True))
        survey = survey_of(profiles)
        parts = [names_of([NameColumns.of(own) for own in profiles.values()], Capitals.of(survey))]
        measuring = Measuring(
            index_of(parts, survey, 20), Facts.of(survey, {}), 1.0, lambda pairs: np.zeros(len(pairs))
        )
        return with_near_names([pair_of(names=0.2, coverage=0.2, mentions=2, longer=6, rare=1)], measuring)[0]

    there, back = looked_at(one, other), looked_at(other, one)
    assert there == back._replace(shown=mirrored(back.shown))


ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 4)),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[:2],
)


@given(ROWS)
def test_names_of_two_chinese_texts(rows):
    """Each of them may write a name so that it stands for several of the other."""

    def kept(sides):
        words = np.array([*rows_of(sides[0]), *rows_of(sides[1])], np.uint64)
        size = len(rows)
        held = SimpleNamespace(words=words, keys_at=lambda places: [f"~{place % size}" for place in places.tolist()])
        left, seen = np.arange(size), np.array([row[2] for row in rows])
        chinese = np.ones(1, bool)
        _, kept_left, _, _ = in_chinese(held, np.zeros(size, np.int64), left, left + size, seen, chinese, chinese)
        return kept_left.tolist()

    def rows_of(side):
        return [1000 + 7919 * row[side] for row in rows]

    assert kept((0, 1)) == kept((1, 0))
