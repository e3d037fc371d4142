"""Mojibake whose case was changed afterwards."""

import pytest

import cleaner
from cleaner.mojibake.cased import changed, read_cased


@pytest.mark.parametrize(
    "text",
    ["são paulo não está longe", "ÇA VA À L’ÉCOLE", "тихая ночь", "ã é uma letra", "über den wolken", "x ± 2 ÷ 3"],
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
