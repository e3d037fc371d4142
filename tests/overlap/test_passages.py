"""Passages: what counts as one event, and where it stands."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.overlap.passages import same_events, same_sentences, summarise

CASES = json.loads((Path(__file__).parents[2] / "fixtures" / "overlap" / "passages.json").read_text("utf-8"))
POOL = [
    "The miller of Oberau sold seven clocks on Monday.",
    "Nobody in the harbour had seen a lantern like that.",
    "«Wo ist der Schlüssel?», fragte die Witwe im Hafen.",
    "Она нашла старую карту под половицей дома.",
    "A welder keeps two peacocks behind the chapel wall.",
]
TEXTS = st.lists(st.sampled_from(POOL), max_size=6).map("\n".join)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_events(case):
    found = same_events(case["a"], case["b"], case["names"])
    assert [p.kind for p in found] == ([case["kind"]] if case["kind"] else [])


def test_an_event_needs_three_shared_words():
    two = same_events("Rubies at carnival.", "Carnival of rubies.", [])
    three = same_events("Rubies stolen at carnival.", "Carnival of stolen rubies.", [])
    assert [p.kind for p in two] == ["same_people"]
    assert [p.kind for p in three] == ["same_event"]
    assert set(three[0].evidence) == {"rubies", "stolen", "carnival"}


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_same_text_is_the_same_and_whole(a, b):
    passages = same_sentences(a, b)
    for p in passages:
        assert a[p.a.start : p.a.end] == b[p.b.start : p.b.end]
        assert set(a[p.a.start : p.a.end].split("\n")) <= set(POOL)
    assert bool(passages) == bool(set(a.split("\n")) & set(b.split("\n")) - {""})


def test_summary_names_what_only_one_tells():
    a, b = "\n".join(POOL[:2]), "\n".join([POOL[1], POOL[4]])
    told = summarise(a, b, same_sentences(a, b))
    assert told == {"both": [POOL[1]], "only_a": [POOL[0]], "only_b": [POOL[4]]}
