"""Words speak for a repair, or it is not written in place."""

import pytest

from cleaner.checking import check_bytes
from cleaner.document import Edit
from cleaner.mojibake.words.support import unsupported
from cleaner.settings import Settings


def edit(text, before, after, rule="MOJ102", kind="exact", chain=("encode cp1252", "decode cp1251")):
    start = text.index(before)
    return Edit(rule, start, start + len(before), before, after, "", 0.99, kind, (), chain)


UTF8 = ("encode cp1252", "decode utf-8")
OTHER = ("encode mac_roman", "decode utf-8")


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("Ïðèâåò ìèð", [("Ïðèâåò", "Привет"), ("ìèð", "мир")]),
        ("Thιβtre", [("ιβ", "éâ")]),
        ("cafÃ© xqzv", [("Ã©", "é", "MOJ101", "exact", UTF8)]),  # the usual accident needs no words
        ("It‚Äôs", [("‚Äô", "’", "MOJ101", "exact", OTHER)]),  # nor do three characters that make a mark
        ("bandโs", [("โ", "’", "MOJ202", "inferred", ("encode tis-620", "decode utf-8"))]),
    ],
)
def test_damage_has_support(text, edits):
    assert not unsupported(text, [edit(text, *one) for one in edits])


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("b'┌──┐'", [("┌──┐", "ДААЖ")]),
        ("args ´timeout´ or", [("´timeout´", "“timeout“")]),
        ("алфавит = аáčďéě", [("áčďéě", "АХОИЛ")]),
        ("12 µ", [("µ", "”")]),
        ("x = لجج", [("لجج", "餤", "MOJ101", "exact", OTHER)]),
    ],
)
def test_what_is_no_text_has_none(text, edits):
    assert unsupported(text, [edit(text, *one) for one in edits]) == set(range(len(edits)))


def test_one_accident_is_judged_as_a_whole():
    text = "Ïðèâåò xý"
    assert not unsupported(text, [edit(text, "Ïðèâåò", "Привет"), edit(text, "ý", "э")])


@pytest.mark.parametrize(
    "line", ["data = '\xe1\xe1\xf0f\xe1\xed\xf3\xe5\xe9\xeb'", 'BARS = "┤┘┴└├┌┬┐"', "a ´timeout´ b"]
)
def test_code_is_not_rewritten(line):
    assert check_bytes((line + "\n").encode(), path="a.py", settings=Settings(profile="encoding")).fixed is None
