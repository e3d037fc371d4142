"""Mojibake whose case was changed afterwards."""

import pytest

import cleaner
from cleaner.mojibake.accidents.cased import changed, may_be_cased, read_cased


@pytest.mark.parametrize(
    "text",
    [
        "são paulo não está longe",
        "ÇA VA À L’ÉCOLE",
        "тихая ночь",
        "ã é uma letra",
        "über den wolken",
        "x ± 2 ÷ 3",
        "MON IPHONE À MOI",
        "USB שלום",
        "iñaki",
        "ÁREA Nº 5ª",
    ],
)
def test_clean_text_in_one_case_is_left_alone(text):
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text",
    [
        "les élèves sont allés à l’école, où ils ont mangé.",
        "сегодня вечером мы идём в театр.",
        "wąż leży na łące, a żaba śpi.",
    ],
)
def test_small_letters(page, text):
    raw = text.encode()
    shown = (
        raw.decode("latin-1")
        if page == "latin-1"
        else "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in raw)
    )
    garbled = shown.lower()
    assert garbled != shown
    revision = cleaner.repair(garbled)
    assert revision.text == text
    assert {edit.kind for edit in revision.edits if edit.rule == "MOJ204"} == {"inferred"}
    assert cleaner.repair(revision.text).text == text


def test_mixed_case_was_not_changed():
    assert changed("Café") is None
    assert changed("cafã©") == "small letters"
    assert changed("CAFÉ") == "capitals"


def test_text_that_sequences_do_not_explain():
    assert read_cased("ãé õü íó", "cp1252", "small letters") is None


@pytest.mark.parametrize(
    "text",
    [
        "caf\u00e9 ol\u00e9",
        "sch\u00f6ne gr\u00fc\u00dfe",
        "d\u00e9j\u00e0 vu, gar\u00e7on",
        "o\u00f9 est ma cl\u00e9",
        "na\u00efve",
    ],
)
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_a_few_words_whose_case_was_changed(text, case):
    garbled = case(text.encode().decode("latin-1"))
    revision = cleaner.repair(garbled)
    assert revision.text == case(text)
    assert cleaner.repair(revision.text).text == revision.text


def test_only_proof_changes_no_case():
    assert cleaner.repair("cafã© olã©", level="exact").text == "cafã© olã©"
    assert cleaner.repair("SEÃ±OR", level="exact").text == "SEñOR"


def test_capitals_that_are_utf8_as_they_stand():
    assert not may_be_cased("├àsa ├ûberg")
    assert cleaner.repair("├àsa ├ûberg").text == "Åsa Öberg"


@pytest.mark.parametrize(
    ("shown", "meant"),
    [("LA CAMIÃºN", "LA CAMIÚN"), ("ZALÃªNNA PUANZÃ¢R", "ZALÊNNA PUANZÂR"), ("NÃºMERO TRÃªS", "NÚMERO TRÊS")],
)
def test_ordinal_signs_are_no_small_letters(shown, meant):
    assert cleaner.repair(shown).text == meant
