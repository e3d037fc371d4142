"""A chain that is known is tried on other lines; what it explains beyond doubt is compared with nothing else."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.accidents.steps import other_steps, utf8_steps
from cleaner.mojibake.chains.again import ask_ahead, explained_again
from cleaner.mojibake.context import RepairContext
from cleaner.mojibake.readings.evidence import Likelihoods, likelihoods

PAIR = next(step for step in other_steps() if (step.wrong, step.right) == ("cp1252", "cp1251"))
READ_AS = {step.wrong: step for step in utf8_steps() if step.single}
UTF8 = READ_AS["cp1252"]
LINES = ["Утром мы долго гуляли по берегу реки", "А потом пошёл дождь, и все вернулись домой"]


def shown(text: str) -> str:
    return text.encode("cp1251").decode("cp1252")


@pytest.mark.parametrize("meant", LINES)
def test_a_known_mix_up_is_sure(meant: str) -> None:
    found = explained_again(shown(meant), [(UTF8,), (PAIR,)], Likelihoods())
    assert found is not None
    assert (found.text, found.steps, found.sure) == (meant, (PAIR,), True)


def test_a_known_mix_up_of_a_chinese_page_is_sure_too() -> None:
    """What leaves no doubt is the same of a chain that is known, and of one that is found."""
    pair = next(step for step in other_steps() if (step.wrong, step.right) == ("cp1252", "gb18030"))
    meant = "我们明天要去学校学习中文，这是一个很大的城市。"
    line = meant.encode("gb18030").decode("latin-1")
    found = explained_again(line, [(pair,)], Likelihoods())
    assert found is not None
    assert (found.text, found.sure) == (meant, True)


@pytest.mark.parametrize("line", ["Blå ål på øya", "Добрый день", "plain words"])
def test_what_it_does_not_explain_is_left(line: str) -> None:
    assert explained_again(line, [(PAIR,)], Likelihoods()) is None


def test_asking_ahead_changes_no_answer() -> None:
    asked = Likelihoods()
    ask_ahead([shown(line) for line in LINES], (PAIR,), asked)
    ask_ahead([shown(line) for line in LINES], (UTF8,), asked)
    for line in LINES:
        one = explained_again(shown(line), [(PAIR,)], asked)
        assert one == explained_again(shown(line), [(PAIR,)], Likelihoods())


def test_likelihoods_are_those_of_the_model_in_any_company() -> None:
    asked = Likelihoods()
    assert asked([LINES[0]]) == likelihoods([LINES[0]])
    assert asked([LINES[1], LINES[0], LINES[1]]) == likelihoods([LINES[1], LINES[0], LINES[1]])
    assert asked([]) == []


def test_a_document_is_repaired_as_its_lines_are() -> None:
    text = "\n".join([shown(LINES[0]), "An English line.", *map(shown, LINES[1:]), shown(LINES[0])])
    assert cleaner.repair(text).text == "\n".join([LINES[0], "An English line.", *LINES[1:], LINES[0]])


PARTLY = [
    ("Дети вышли на улицу, а Ð´ÐµÑ‚Ð¸ нет", "Дети вышли на улицу, а дети нет"),
    ('Слово "Ð¿Ñ€Ð¸Ð²ÐµÑ‚" значит "здравствуй"…', 'Слово "привет" значит "здравствуй"…'),
    ("школа Ð³Ð¾Ñ€Ð¾Ð´ звёзды", "школа город звёзды"),
]


@pytest.mark.parametrize(("line", "meant"), PARTLY)
def test_a_page_that_leaves_gaps_explains_no_part_of_a_line(line: str, meant: str) -> None:
    """The good words around it hide what such a page leaves of the garbled one."""
    assert explained_again(line, [(READ_AS["iso8859-1"],)], Likelihoods()) is None
    before = "Дети вышли на улицу"
    assert cleaner.repair(f"{before.encode().decode('latin-1')}\n{line}").text == f"{before}\n{meant}"
    known = RepairContext(chains=((("encode iso8859-1", "decode utf-8"), 3),))
    assert cleaner.repair(line, context=known).text == meant


def test_the_page_that_fits_explains_part_of_a_line() -> None:
    line, meant = PARTLY[0]
    found = explained_again(line, [(READ_AS["iso8859-1"],), (UTF8,)], Likelihoods())
    assert found is not None
    assert (found.text, found.steps, found.whole) == (meant, (UTF8,), False)


@pytest.mark.parametrize("page", ["mac_roman", "cp850"])
@pytest.mark.parametrize("line", ["Jeden dzień, pÃ£o", "Привет, cafÃ©"])
def test_a_rare_page_that_is_known_does_not_beat_the_obvious_one(line: str, page: str) -> None:
    assert explained_again(line, [(READ_AS[page],)], Likelihoods()) is None
    before = "Größe"
    meant = line.replace("Ã£", "ã").replace("Ã©", "é")
    assert cleaner.repair(f"{before.encode().decode(page)}\n{line}").text == f"{before}\n{meant}"
