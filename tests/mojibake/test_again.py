"""A chain that is known is tried on other lines; what it explains beyond doubt is compared with nothing else."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.again import ask_ahead, explained_again
from cleaner.mojibake.evidence import Likelihoods, likelihoods
from cleaner.mojibake.steps import other_steps, utf8_steps

PAIR = next(step for step in other_steps() if (step.wrong, step.right) == ("cp1252", "cp1251"))
UTF8 = next(step for step in utf8_steps() if step.wrong == "cp1252")
LINES = ["Утром мы долго гуляли по берегу реки", "А потом пошёл дождь, и все вернулись домой"]


def shown(text: str) -> str:
    return text.encode("cp1251").decode("cp1252")


@pytest.mark.parametrize("meant", LINES)
def test_a_known_mix_up_is_sure(meant: str) -> None:
    found = explained_again(shown(meant), [(UTF8,), (PAIR,)], Likelihoods(), code=False)
    assert found is not None
    assert (found.text, found.steps, found.sure) == (meant, (PAIR,), True)


@pytest.mark.parametrize("line", ["Blå ål på øya", "Добрый день", "plain words"])
def test_what_it_does_not_explain_is_left(line: str) -> None:
    found = explained_again(line, [(PAIR,)], Likelihoods(), code=False)
    assert found is None or not found.sure


def test_asking_ahead_changes_no_answer() -> None:
    asked = Likelihoods()
    ask_ahead([shown(line) for line in LINES], (PAIR,), asked)
    ask_ahead([shown(line) for line in LINES], (UTF8,), asked)
    for line in LINES:
        one = explained_again(shown(line), [(PAIR,)], asked, code=False)
        assert one == explained_again(shown(line), [(PAIR,)], Likelihoods(), code=False)


def test_likelihoods_are_those_of_the_model_in_any_company() -> None:
    asked = Likelihoods()
    assert asked([LINES[0]]) == likelihoods([LINES[0]])
    assert asked([LINES[1], LINES[0], LINES[1]]) == likelihoods([LINES[1], LINES[0], LINES[1]])
    assert asked([]) == []


def test_a_document_is_repaired_as_its_lines_are() -> None:
    text = "\n".join([shown(LINES[0]), "An English line.", *map(shown, LINES[1:]), shown(LINES[0])])
    assert cleaner.repair(text).text == "\n".join([LINES[0], "An English line.", *LINES[1:], LINES[0]])
