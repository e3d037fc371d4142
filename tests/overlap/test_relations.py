"""Relations in columns are those that were found."""

import pytest

from cleaner.document import Relation
from cleaner.overlap import relations
from cleaner.overlap.relations import KINDS, Found

NAMES = ("a", "b", "c", "d")
ROWS = (
    Relation("a", "b", "near", 0.5, evidence=("7 runs",)),
    Relation("a", "b", "contained", 0.9, "b", ("7 runs",)),
    Relation("a", "c", "contained", 0.8, "a", ("8 runs",)),
    Relation("c", "d", "exact", 1.0),
)
STORIES = (Relation("a", "b", "story", 0.25, evidence=("Oberau", "lantern")), Relation("b", "d", "related", 0.125))


def found(rows):
    held = Found(NAMES)
    for one in rows:
        inner = None if one.direction is None else NAMES.index(one.direction)
        held.add(NAMES.index(one.b), NAMES.index(one.a), one.relation, one.score, one.evidence, inner)
    return held.relations()


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_they_come_back_in_the_order_of_their_ids(monkeypatch, at_once):
    monkeypatch.setattr(relations, "AT_ONCE", at_once)
    held = found(reversed(ROWS))
    assert list(held) == list(ROWS)
    assert [held[at] for at in (2, 0, -1)] == [ROWS[2], ROWS[0], ROWS[-1]]
    assert len(held) == len(ROWS)
    with pytest.raises(IndexError):
        held[len(ROWS)]


def test_none_are_none():
    assert list(found(())) == list(found(()).and_those(found(())).of({"story"})) == []


def test_those_of_two_searches_are_one():
    every = found(ROWS).and_those(found(STORIES))
    order = {kind: place for place, kind in enumerate(KINDS)}
    assert list(every) == sorted((*ROWS, *STORIES), key=lambda one: (one.a, one.b, order[one.relation]))
    assert list(every.of({"story", "exact"})) == [STORIES[0], ROWS[3]]
    assert list(every.of(KINDS)) == list(every)


def test_a_pair_has_one_code():
    held = found(ROWS)
    assert held.codes.tolist() == [1, 1, 2, (2 << 32) | 3]
    assert [held.number(name) for name in NAMES] == [0, 1, 2, 3]
