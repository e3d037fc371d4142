"""Events: which sentences of two tellings tell the same, and in what order."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from cleaner.document import Relation
from cleaner.overlap.tellings.tasks import PARTNERS, PassageTask, chosen_pairs, done
from cleaner.overlap.tellings.telling_words import LIMIT
from cleaner.overlap.words.costs import costs_of, listed_languages
from cleaner.overlap.words.stems import letters_of, stem_ends
from cleaner.overlap.words.tokens import hashes_of

CASES = json.loads((Path(__file__).parents[3] / "fixtures" / "overlap" / "events.json").read_text("utf-8"))


def aligned(tellings, languages=None):
    languages = languages or dict.fromkeys(tellings, "en")
    pairs = tuple(combinations(sorted(tellings), 2))
    listed = listed_languages(Counter(languages.values()))
    task = PassageTask(pairs, (len(pairs),), tuple(sorted(languages.items())), listed)
    return dict(zip(pairs, done(task, tellings.__getitem__), strict=True))


def kinds(passages, a, b):
    return {(a[p.a.start : p.a.end], b[p.b.start : p.b.end], p.kind) for p in passages}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case):
    a, b = " ".join(case["a"]), " ".join(case["b"])
    found = aligned({"a": a, "b": b}, {"a": case.get("language_a", "en"), "b": case.get("language_b", "en")})["a", "b"]
    events = {(x, y) for x, y, kind in kinds(found, a, b) if kind == "same_event"}
    assert events == {(case["a"][i], case["b"][j]) for i, j in case["events"]}


def test_the_evidence_are_shared_words_best_first():
    case = CASES[0]
    a, b = " ".join(case["a"]), " ".join(case["b"])
    (first, *_) = aligned({"a": a, "b": b})["a", "b"]
    assert first.kind == "same_event"
    assert {"ruby", "carnival"} <= set(first.evidence)
    assert 0 < first.score < 1


@pytest.mark.parametrize("before", ["* * *\n", "17 33\n", "(Anna Berg)\n"])
def test_tellings_without_a_word_in_what_is_aligned(before):
    """A table that fills all sentences that are aligned, in the only tellings there are."""
    (case, *_) = CASES
    a, b = (f"{before * LIMIT}{' '.join(case[side])}" for side in "ab")
    assert {pair: kinds(found, a, b) for pair, found in aligned({"a": a, "b": b}).items()} == {("a", "b"): set()}


def test_a_third_telling_speaks_for_a_pair():
    case = next(case for case in CASES if case["name"] == "one event in two tellings")
    a, b = " ".join(case["a"]), " ".join(case["b"])
    two = aligned({"a": a, "b": b})["a", "b"][0].score
    three = aligned({"a": a, "b": b, "c": a.replace("bishop", "abbot")})["a", "b"][0].score
    assert three > two


def test_stories_that_are_aligned_together_do_not_touch_each_other():
    texts = {f"{n} {side}": " ".join(case[side]) for n, case in enumerate(CASES) for side in "ab"}
    pairs = tuple((f"{n} a", f"{n} b") for n in range(len(CASES)))
    languages = {f"{n} {side}": case.get(f"language_{side}", "en") for n, case in enumerate(CASES) for side in "ab"}

    def passages(first, after):
        own = pairs[first:after]
        known = tuple((name, languages[name]) for pair in own for name in pair)
        return done(PassageTask(own, (1,) * len(own), known, ("en", "ru")), texts.__getitem__)

    assert passages(0, len(pairs)) == [passages(n, n + 1)[0] for n in range(len(pairs))]


def test_every_order_of_tellings_gives_the_same():
    texts = {str(n): " ".join(case["a"]) for n, case in enumerate(CASES)}
    backwards = dict(reversed(texts.items()))
    assert aligned(texts) == aligned(backwards)


def stem(word: str) -> str:
    (end,) = stem_ends(*letters_of([word]))
    return word[:end]


@pytest.mark.parametrize(
    ("one", "other"),
    [("drummer", "drums"), ("introduces", "introducing"), ("discovered", "discover"), ("spots", "spotted")],
)
def test_stems_meet(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("bass", "based"), ("producer", "product"), ("sing", "single")])
def test_stems_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_costs_are_higher_for_rare_words():
    letters, starts, ends = letters_of(["house", "drummer", "zqxv"])
    stems = stem_ends(letters, starts, ends)
    words, cut = hashes_of(letters, starts, ends), hashes_of(letters, starts, stems)
    common, rare, unknown = costs_of(["en"], ["en"])["en"](words, cut).tolist()
    assert common < rare < unknown


def test_each_telling_is_aligned_with_few_others():
    names = [f"d{n:02}" for n in range(12)]
    stories = [Relation(a, b, "story", 0.5) for a, b in combinations(names, 2)]
    pairs = chosen_pairs(stories)
    assert len(pairs) <= PARTNERS * len(names)
    assert {name for pair in pairs for name in pair} == set(names)
