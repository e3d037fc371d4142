"""What verdicts on pairs say of each other."""

from itertools import combinations

import numpy as np

from cleaner.overlap.stories.agreement import MOST, agreed, doubted
from cleaner.overlap.stories.verdicts import Judged

DOCUMENTS = [f"{letter}.txt" for letter in "abcdefgh"]


def judged(one: int, other: int, verdict: str = "story", names: float = 0.4, one_language: bool = False) -> Judged:
    return Judged(one, other, verdict, names, one_language, ("Anna",), ())  # type: ignore[arg-type]


def asked(pairs, apart=(), weights=None):
    apart = np.array(apart, np.int32).reshape(-1, 2)
    return agreed(pairs, [apart], DOCUMENTS, np.ones(len(DOCUMENTS)) if weights is None else np.array(weights))


def verdicts(*pairs, apart=(), weights=None):
    return {one.pair: one.verdict for one in asked(pairs, apart, weights)}


def test_two_texts_that_are_one_story_with_a_third_are_one():
    found = asked([judged(0, 2, names=0.3), judged(1, 2)])
    assert [one.pair for one in found] == [(0, 1), (0, 2), (1, 2)]
    assert (found[0].verdict, found[0].names, found[0].shown) == ("story", 0.3, ("one story with c.txt",))


def test_of_equally_sure_thirds_the_one_is_named_whose_other_story_is_surer_and_then_the_first():
    thirds = [judged(0, 2, names=0.3), judged(1, 2), judged(0, 3), judged(1, 3, names=0.3)]
    assert asked(thirds)[0].shown == ("one story with c.txt",)
    assert asked([*thirds, judged(0, 4, names=0.3), judged(1, 4, names=0.9)])[0].shown == ("one story with e.txt",)
    assert asked([*thirds, judged(0, 4), judged(1, 4, names=0.35)])[0].names == 0.35


def test_what_was_related_keeps_its_names():
    found = asked([judged(0, 1, "related", 0.25), judged(0, 2, names=0.3), judged(1, 2)])
    assert (found[0].verdict, found[0].names, found[0].shown) == ("story", 0.3, ("Anna", "one story with c.txt"))


def test_texts_in_one_language_that_tell_different_things_stay_apart():
    assert verdicts(judged(0, 2), judged(1, 2), apart=((0, 1),)) == {(0, 2): "story", (1, 2): "story"}
    assert verdicts(judged(0, 1, "related", one_language=True), judged(0, 2), judged(1, 2))[0, 1] == "related"


def test_a_text_that_hardly_any_telling_of_a_story_is_one_with_is_only_related():
    tellings = [judged(*pair) for pair in combinations(range(5), 2)]
    found = verdicts(*tellings, judged(4, 5))
    assert found[4, 5] == "related"
    assert {pair: kind for pair, kind in found.items() if kind == "story"} == {one.pair: "story" for one in tellings}


def test_texts_in_one_language_that_share_nothing_stay_apart():
    one = [judged(0, 2, one_language=True), judged(1, 2, one_language=True)]
    assert verdicts(*one) == {(0, 2): "story", (1, 2): "story"}
    assert verdicts(one[0], judged(1, 2))[0, 1] == "story"


def test_two_texts_alone_are_what_they_are():
    assert verdicts(judged(0, 1), judged(2, 3, "related")) == {(0, 1): "story", (2, 3): "related"}


def test_very_large_stories_stay_as_they_are():
    chain = [judged(number, number + 1) for number in range(MOST)]
    assert len(agreed(chain, [], DOCUMENTS * MOST, np.ones(MOST + 1))) == len(chain)


def test_copies_of_a_text_count_as_one():
    copies = [judged(0, other) for other in (2, 3, 4, 5)] + [judged(*pair) for pair in combinations(range(2, 6), 2)]
    assert verdicts(judged(0, 1), *copies)[0, 1] == "related"
    assert verdicts(judged(0, 1), *copies, weights=[1, 1, 0.25, 0.25, 0.25, 0.25, 1, 1])[0, 1] == "story"


def kept(pairs, apart=()):
    """The stories among `pairs` that no rival puts in doubt."""
    found = doubted(pairs, [np.array(apart, np.int32).reshape(-1, 2)])
    return {one.pair for one in found if one.verdict == "story"}


def test_a_text_that_has_a_much_better_partner_is_no_story_with_what_is_told_apart_from_that_by_way_of_another_telling():
    """0 and 1 are in one language, 2 tells what 0 tells, 3 what 1 tells."""
    told = [judged(0, 2, names=0.9), judged(1, 3, names=0.8)]
    assert kept([*told, judged(2, 3, names=0.4)], apart=((0, 1),)) == {(0, 2), (1, 3)}
    assert kept([*told, judged(2, 3, names=0.4)]) == {(0, 2), (1, 3), (2, 3)}
    assert kept([*told, judged(2, 3, names=0.7)], apart=((0, 1),)) == {(0, 2), (1, 3), (2, 3)}


def test_a_list_speaks_neither_for_nor_against_a_story():
    told = judged(0, 1, names=0.4)
    assert kept([told, judged(1, 2, "denied", 0.9)], apart=((0, 2),)) == {(0, 1)}
    assert kept([told, judged(1, 2, "related", 0.9)], apart=((0, 2),)) == set()
