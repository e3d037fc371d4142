"""Edits of two passes made one layer: what stays provable, and what does not."""

import pytest

from cleaner.document import Edit
from cleaner.edits import apply, merge, undo

SHOWN, WRITTEN = ("encode cp1250", "decode cp864"), ("encode cp864", "decode utf-8")


def edit(start, before, after, chain=SHOWN, kind="exact", confidence=0.9):
    return Edit("MOJ102", start, start + len(before), before, after, "why", confidence, kind, (), chain)


def test_an_edit_that_touches_no_other_stays_as_it_is():
    first, second = edit(0, "ab", "x"), edit(4, "ef", "y", WRITTEN)
    merged = merge("ab-c-ef", [first], [second])
    assert [(one.start, one.end, one.after, one.kind) for one in merged] == [
        (0, 2, "x", "exact"),
        (5, 7, "y", "exact"),
    ]


def test_exact_changes_of_the_same_characters_are_exact_together():
    (merged,) = merge("-ab-", [edit(1, "ab", "xy")], [edit(1, "xy", "z", WRITTEN, confidence=0.7)])
    assert (merged.before, merged.after, merged.kind, merged.confidence) == ("ab", "z", "exact", 0.7)
    assert merged.chain == (*SHOWN, *WRITTEN)
    assert merged.reason == "why; then why"


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("-abc", [edit(1, "ab", "xy")], [edit(1, "xyc", "z")]),
        ("-ab-", [edit(1, "ab", "xy")], [edit(2, "y", "z")]),
        ("-ab-", [edit(1, "ab", "xy")], [edit(1, "xy", "z", kind="inferred")]),
        ("-ab-", [edit(1, "ab", "xy", kind="inferred")], [edit(1, "xy", "z")]),
        ("-ab-", [edit(1, "ab", "xy", chain=())], [edit(1, "xy", "z")]),
        ("abcd", [edit(0, "ab", "x"), edit(2, "cd", "x")], [edit(1, "x", "y")]),
    ],
    ids=["more", "less", "second inferred", "first inferred", "no chain", "two before"],
)
def test_other_changes_that_touch_are_inferred_together(text, first, second):
    merged = merge(text, first, second, trust=0.2)
    assert {(one.kind, one.confidence) for one in merged} == {("inferred", 0.18)}
    result = apply(apply(text, first), second)
    assert apply(text, merged) == result
    assert undo(result, merged) == text
