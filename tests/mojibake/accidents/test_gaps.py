"""Sequences of UTF-8 as a page shows them: those read by hand are those that an expression finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.models.encodings import page
from cleaner.mojibake.accidents.gaps import Choices, firsts, gap_in, losses, outlines
from cleaner.mojibake.accidents.steps import sequences, utf8_steps

PAGES = [step.wrong for step in utf8_steps() if step.single]


def shown(codec: str, first: int, last: int) -> str:
    return "".join(re.escape(char) for char in page(codec)[first : last + 1])


def lines(codec: str) -> st.SearchStrategy[str]:
    signs = [char for char in page(codec) if char and not char.isascii()]
    leads = [char for char in page(codec)[0xC2:0xF5] if char]
    part = st.sampled_from(signs) | st.sampled_from(leads) | st.sampled_from("a ?\n\ufffd\xa0")
    return st.text(part, max_size=30)


@given(st.sampled_from(PAGES).flatmap(lambda codec: st.tuples(st.just(codec), lines(codec))))
def test_whole_sequences(case):
    codec, line = case
    two, three, four, later = (shown(codec, *ends) for ends in ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4), (0x80, 0xBF)))
    parts = [f"[{lead}][{later}]{{{need}}}" for need, lead in ((1, two), (2, three), (3, four)) if lead]
    wanted = [match.span() for match in re.finditer("|".join(parts), line)]
    assert [match.span() for match in sequences(codec).finditer(line)] == wanted
    # Every other first byte begins a gap.
    assert len(gap_in(codec).findall(line)) == sum(map(firsts(codec).__contains__, line)) - len(wanted)


@given(st.sampled_from(PAGES).flatmap(lambda codec: st.tuples(st.just(codec), lines(codec))))
def test_torn_sequences(case):
    codec, line = case
    later = shown(codec, 0x80, 0xBF)
    for held in outlines(line, losses(codec)):
        sign = re.escape(held.loss.sign)
        for slot in held.torn:
            need = firsts(codec)[slot.literal[0]]
            assert line[slot.start : slot.end] == slot.literal
            assert re.fullmatch(
                f".[{later}{sign}]{{{need}}}" if sign else f".[{later}]{{0,{need - 1}}} ?", slot.literal
            )
            assert held.loss.sign in slot.literal
        whole = {place for match in sequences(codec).finditer(line) for place in range(*match.span())}
        assert all(whole.issuperset(range(slot.start, slot.end)) for slot in held.sure)
        sure = [sequences(codec).findall(line[slot.start : slot.end]) for slot in held.sure]
        assert ["".join(parts) for parts in sure] == [line[slot.start : slot.end] for slot in held.sure]
        assert [len(parts) for parts in sure] == [len(slot.choices[0]) for slot in held.sure]
        assert held.whole == sum(map(len, sure))


@pytest.mark.parametrize(
    ("line", "sign", "torn"),
    [
        ("cafÃ est", "", [(3, 4)]),
        ("cafÃ? est", "?", [(3, 5)]),
        ("â€ end", "", [(0, 2)]),
        ("â?? end", "?", [(0, 3)]),
        ("plain Ã© only", "", []),
    ],
)
def test_what_is_torn(line, sign, torn):
    loss = next(loss for loss in losses("cp1252") if loss.sign == sign)
    assert [(slot.start, slot.end) for slot in next(outlines(line, [loss])).torn] == torn


def test_choices_are_told_apart_as_tuples_are():
    held = Choices(("é", "è"))
    assert {held: 1}[("é", "è")] == {("é", "è"): 1}[held] == 1
    assert hash(held) == hash(("é", "è"))
    assert held != Choices(("è", "é"))
