"""One document through the stages: what one stage tells of another."""

import pytest

from cleaner import Settings
from cleaner.cleaning import FIRST, clean, without_repeated_loss
from cleaner.document import Finding

RUSSIAN = "РџСЂРёРІРµС‚, РєР°Рє РґРµР»Р°?  \r\nР’СЃС‘ С…РѕСЂРѕС€Рѕ.  \r\n"


def test_spans_of_languages_count_in_the_clean_text():
    document = clean("Nobody had lived in the house for years, it is said.  \r\n" * 3 + " \r\n" * 40)
    assert len(document.text) < 200
    assert document.language.spans
    assert all(0 <= span.start < span.end <= len(document.text) for span in document.language.spans)


def test_a_language_that_came_with_a_repair_is_told_with_the_repair_alone():
    document = clean(RUSSIAN)
    assert document.language.code == "ru"
    told = {edit.rule: any("became ru" in said for said in edit.evidence) for edit in document.edits}
    assert told == {"MOJ101": True, "TXT102": False, "TXT105": False}


def test_an_uncertain_language_is_found_with_its_doubt_and_asked_about_once():
    document = clean("la casa es")
    assert document.language.uncertain
    (finding,) = document.findings
    assert (finding.rule, finding.start, finding.end) == ("LNG101", 0, len(document.text))
    assert finding.confidence == round(1 - document.language.confidence, 4)
    assert document.language.second_opinion is not None
    assert clean("la casa es", context=FIRST).language.second_opinion is None


@pytest.mark.parametrize(("more", "made"), [(0.0, True), (0.0001, False)])
def test_a_change_as_sure_as_is_asked_for_is_made(more, made):
    sure = clean(RUSSIAN).edits[0].confidence
    document = clean(RUSSIAN, settings=Settings(min_confidence=sure + more))
    assert ("Привет" in document.text) is made


@pytest.mark.parametrize(
    ("start", "end", "told"), [(2, 3, False), (2, 5, False), (2, 6, True), (1, 3, True), (3, 3, True), (7, 8, True)]
)
def test_a_sign_of_lost_text_is_not_told_where_bytes_are(start, end, told):
    damaged, sign = Finding("ENC101", 2, 5, "bytes"), Finding("MOJ301", start, end, "sign")
    assert without_repeated_loss([damaged, sign]) == ([damaged, sign] if told else [damaged])
    other = Finding("MOJ302", start, end, "another")
    assert without_repeated_loss([damaged, other]) == [damaged, other]
