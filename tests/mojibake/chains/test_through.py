"""Lines that are UTF-8 all through: many at once as one by one, and their edits as those of any other repair."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.edits import undo
from cleaner.mojibake import repair
from cleaner.mojibake.accidents.steps import utf8_steps
from cleaner.mojibake.chains.through import all_through, by_layers, by_layers_of_spaces, explained_through, outdone
from cleaner.mojibake.localize import changes, whole_changes

LINES = [
    "Привет, как дела?",
    "plain text",
    "À la carte: café, thé et gâteau à 100 % “maison”",
    "日本語の文章  と\tEnglish words ✓",
    "naïve Straße",
]
PAGES = ["cp1252", "cp1251", "koi8-r", "cp437", "cp864"]
STEPS = {step.wrong: step for step in utf8_steps()}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", LINES)
def test_edits_of_a_whole_line_are_those_of_any_other(page: str, text: str) -> None:
    steps = (STEPS[page],)
    shown = steps[0].replay(text)
    if shown is not None:
        assert list(whole_changes(shown, text, steps)) == changes(shown, text, steps)


def test_two_layers_have_the_same_edits_too() -> None:
    steps = (STEPS["cp1252"], STEPS["cp1251"])
    for text in LINES:
        shown = steps[0].replay(steps[1].replay(text) or "")
        if shown is not None:
            assert list(whole_changes(shown, text, steps)) == changes(shown, text, steps)


@pytest.mark.parametrize("odd", ["", "Ã", "déjà vu", "Ð¿Ñ\x80Ð¸", "â€œA"])
def test_lines_at_once_are_explained_as_one_by_one(odd: str) -> None:
    chains = [(STEPS["cp1252"],), (STEPS["cp1251"],)]
    lines = [STEPS["cp1252"].replay(text) or "" for text in LINES] + [STEPS["cp1251"].replay(LINES[4]) or "", odd]
    for some in (lines[:5], lines, lines[5:], lines[:1], []):
        assert all_through(some, chains) == [explained_through(line, chains) for line in some]
        assert all_through(some, []) == [None] * len(some)


def test_a_line_proves_itself_or_is_left() -> None:
    assert by_layers("cafÃ©") is None
    found = by_layers("Ð\x9fÑ\x80Ð¸Ð²ÐµÑ\x82")
    assert found is not None
    assert found.whole
    assert found.text == "Привет"


SHORT = ["São Paulo", "mañana", "café", "köszönöm", "pão"]


@pytest.mark.parametrize("meant", SHORT)
def test_a_known_page_must_make_the_likelier_text_of_a_short_line(meant: str) -> None:
    line, known = meant.encode().decode("cp1252"), (STEPS["mac_roman"],)
    assert explained_through(line, [known]) is None
    found = explained_through(line, [known, (STEPS["cp1252"],)])
    assert found is not None
    assert found.text == meant
    before = "Die Größe der Straße".encode().decode("mac_roman")
    assert repair(f"{before}\n{line}").text == f"Die Größe der Straße\n{meant}"


@pytest.mark.parametrize(
    "meant", ["Último", "Saône en Loire, Eyjafjarðarsveit", "Utilizador              Porto     Último"]
)
def test_a_known_page_explains_what_the_gate_finds_a_little_strange(meant: str) -> None:
    text = f"{meant}\nA estação está em São Paulo\n{meant}"
    assert repair(text.encode().decode("cp1252")).text == text


@pytest.mark.parametrize("meant", ["Größe", "Größe, Müller und Süd", "Grüße – für Köln"])
def test_a_rare_page_that_is_known_explains_its_own_short_lines(meant: str) -> None:
    line = meant.encode().decode("mac_roman")
    found = explained_through(line, [(STEPS["mac_roman"],)])
    assert found is not None
    assert found.text == meant


def test_short_lines_at_once_are_compared_one_by_one() -> None:
    known = (STEPS["mac_roman"],)
    lines = ["Größe".encode().decode("mac_roman"), *(meant.encode().decode("cp1252") for meant in SHORT)]
    for chains in ([known], [known, (STEPS["cp1252"],)]):
        found = all_through(lines, chains)
        assert found == [explained_through(line, chains) for line in lines]
        assert found[0] is not None
        assert found[0].text == "Größe"
    assert outdone([(lines[2], "ma\u0331ana")], known) == {lines[2]}
    assert outdone([(lines[0], "Größe")], known) == set()


@pytest.mark.parametrize(
    ("text", "page"),
    [("Файл не найден", "cp1251"), ("Ответ на вопрос", "cp1251"), ("Voilà où il a été à midi", "cp1252")],
)
@pytest.mark.parametrize("space", [" ", ""])
def test_two_layers_whose_no_break_spaces_are_spaces_or_gone(text, page, space):
    garbled = text.encode().decode(page).encode().decode(page)
    assert "\xa0" in garbled
    shown = garbled.replace("\xa0", space)
    revision = cleaner.repair(shown)
    assert revision.text == text
    assert undo(revision.text, revision.edits) == shown
    assert all(edit.kind == "inferred" and edit.alternatives for edit in revision.edits)
    assert cleaner.repair(revision.text).text == text


@pytest.mark.parametrize("line", ["Р С Т У Ф", "РСФСР и СССР", "Ã Â Ä Å", "Это Р или С?"])
def test_letters_alone_are_no_layers(line):
    assert by_layers_of_spaces(line) is None
    assert cleaner.repair(line).text == line


@pytest.mark.parametrize("text", ["Ça mène à Nice", "Ça part là-bas à deux"])
@pytest.mark.parametrize("space", [" ", ""])
def test_the_outer_layer_can_be_the_proof_of_both(text, space):
    shown = text.encode().decode("cp1252").encode().decode("cp1252").replace("\xa0", space)
    assert cleaner.repair(shown).text == text
