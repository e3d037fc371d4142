"""Passages that lie in a file are those that were found."""

from io import BytesIO

import pytest

from cleaner.document import Passage, Relation, Span
from cleaner.overlap.aligned import Aligned, Records, packed_passages, unpacked_passages
from cleaner.overlap.relations import KINDS, Found
from cleaner.records import written

PASSAGES = (
    Passage(Span(0, 5), Span(7, 19), "same_text", 1.0),
    Passage(Span(1 << 40, 1 << 41), Span(0, 0), "same_event", 0.3, ("Łódź", "東京", '"\\', "\ud800")),
)


def relations():
    return [Relation(a, b, kind, 0.5) for a, b in (("a", "b"), ("a", "c"), ("b", "c")) for kind in KINDS]


def in_columns():
    found = Found(("a", "b", "c"))
    for kind in reversed(KINDS):
        for a, b in ((1, 2), (2, 0), (0, 1)):
            found.add(a, b, kind, 0.5, ())
    return found.relations()


def test_no_passage_is_nothing():
    assert packed_passages(()) == b""
    assert unpacked_passages(b"") == ()


def test_what_is_packed_is_unpacked():
    assert unpacked_passages(packed_passages(PASSAGES)) == PASSAGES


def test_a_pair_has_its_passages_in_each_relation_that_may_have_them():
    aligned = Aligned(in_columns(), BytesIO)
    aligned.add((1, 2), packed_passages(PASSAGES[:1]))
    aligned.add((0, 2), b"")
    aligned.add((0, 1), packed_passages(PASSAGES))
    found = {(one.a, one.b, one.relation): one.passages for one in aligned if one.passages}
    kinds = ("near", "contained", "story")
    assert found == {("a", "b", kind): PASSAGES for kind in kinds} | {("b", "c", kind): PASSAGES[:1] for kind in kinds}
    rows = list(aligned)
    assert [aligned[at] for at in (3, 0, 3)] == [rows[3], rows[0], rows[3]]
    assert aligned[-1] == relations()[-1]
    assert len(aligned) == len(relations())
    with pytest.raises(IndexError):
        aligned[len(relations())]
    assert list(Records(aligned)) == [*aligned.records()] == [*map(written, aligned)] == list(Records(list(aligned)))
    assert len(Records(aligned)) == len(aligned)


def test_no_file_is_made_for_nothing(tmp_path):
    aligned = Aligned(in_columns(), lambda: pytest.fail("no passage was added"))
    aligned.add((0, 1), b"")
    assert list(aligned) == relations()


def test_the_file_is_closed_with_what_reads_it(tmp_path):
    file = (tmp_path / "passages").open("w+b")
    aligned = Aligned(in_columns(), lambda: file)
    aligned.add((0, 1), packed_passages(PASSAGES))
    assert aligned[1].passages == PASSAGES
    del aligned
    assert file.closed
