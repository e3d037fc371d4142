"""What the code pages make of letters, all at once: the same as each step by itself."""

from __future__ import annotations

import pytest

from cleaner.models.encodings import SINGLE_BYTE, decode_sloppy, encode_sloppy
from cleaner.mojibake.accidents.pages import alike, before_mix_ups, undone
from cleaner.mojibake.accidents.steps import CJK, Step, other_steps

STEPS = [step for step in other_steps() if step.right in SINGLE_BYTE and step.wrong not in CJK]


def _read(letters: str, step: Step) -> str:
    data = encode_sloppy(letters, step.wrong)
    return decode_sloppy(data, step.right) or "" if data else ""


@pytest.mark.parametrize("letters", ["ý", "è", "ðý", "àìò"])
def test_letters_become_what_some_step_makes_of_them(letters: str) -> None:
    made = {_read(letters, step) for step in STEPS}
    found = before_mix_ups(letters)
    assert set(found) <= made
    assert letters not in found
    latin = {text for text in made if text and all("À" <= char <= "ɏ" and char.isalpha() for char in text)}
    assert latin - {letters} <= set(found)


def test_a_text_is_undone_by_the_steps_that_turn_its_letters() -> None:
    text = "uèi tròp 日"
    found = [after for after, _ in undone(text, "è", ("č",))]
    assert "uči trňp 日" in found
    assert len(set(found)) == len(found)
    assert all(after.startswith("uči ") and after.endswith(" 日") for after in found)
    assert set(found) <= {step.undo(text) for step in STEPS}


def test_steps_that_do_the_same_to_a_text() -> None:
    step = Step("cp1252", "cp1253", 10.0)
    names = [(other.wrong, other.right) for other in alike("Óôü÷ïò ôïõ íüìïõ", step)]
    assert ("cp1252", "cp1253") in names
    assert ("cp1252", "iso8859-7") in names
    assert ("cp1252", "cp1251") not in names
