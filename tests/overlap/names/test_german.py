"""Nouns of German texts are no names."""

import pytest

from tests.overlap import profile_of

GERMAN = (
    "Der Kommissar fand das Messer im Garten und brachte es mit der Quittung auf die Wache. Dort wartete Harras Wernicke, der "
    "sich nicht für den Einbruch verantworten wollte, und die Gemeinde sprach über nichts als die Kirche. Damit müssen Sie leben."
)


def names(text):
    return set(profile_of(text).names.texts)


def test_names_are_left_of_a_german_text():
    assert names(GERMAN) >= {"Harras", "Wernicke"}
    assert names(GERMAN).isdisjoint({"Kommissar", "Quittung", "Einbruch", "Gemeinde", "Kirche", "Sie"})


def test_nouns_count_as_words():
    assert len(profile_of(GERMAN).stems) > len(profile_of(GERMAN.replace("Gemeinde", "...")).stems)


@pytest.mark.parametrize(
    "text",
    [
        "The Gemeinde of Freisen lies in the district of Wendel, and the Kirche there is dedicated to Remigius since 1754.",
        "De Kommissar en de Gemeinde gaan met de trein naar Wenen, waar de Kirche staat die Wernicke niet wilde zien.",
        "Kommissar Gemeinde Kirche",
        "",
    ],
)
def test_texts_in_other_languages_keep_theirs(text):
    assert names(text) >= {"Kommissar", "Gemeinde", "Kirche"} & set(text.split())
