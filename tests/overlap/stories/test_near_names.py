"""Names that are nearly the same, in two languages."""

import numpy as np
import pytest

from cleaner.overlap.documents.profiles import profiles_of
from cleaner.overlap.documents.survey import survey_of
from cleaner.overlap.index.name_index import index_of
from cleaner.overlap.index.name_parts import Capitals, NameColumns, names_of
from cleaner.overlap.stories.measuring import Facts, Measuring
from cleaner.overlap.stories.near_names import MOST, with_near_names
from tests.overlap import pair_of

NEARLY = [
    ("Guido", "Γκουίντο"),
    ("Fagin", "페이긴"),
    ("Brandon", "Brandonnal"),
]
APART = [
    ("Marta", "Мариной"),
    ("Guido", "Γιώργος"),
    ("Cobb", "コップル"),
    ("Kurtz", "Curtis"),
    ("Brandon", "Brunhilde"),
]


def looked_at(one, other):
    """What a second look adds to a pair of texts that share one name."""
    profiles = dict(
        zip("ab", profiles_of([f"x sees Anton, and {one} too", f"y sees Anton, and {other} too"]), strict=True)
    )
    survey = survey_of(profiles)
    index = index_of([names_of([NameColumns.of(own) for own in profiles.values()], Capitals.of(survey))], survey, 20)
    measuring = Measuring(index, Facts.of(survey, {}), 1.0, lambda pairs: np.zeros(len(pairs)))
    pair = pair_of(names=0.2, coverage=0.2, mentions=2, longer=6, rare=1, shown=("Anton",), rich=(2, 2))
    return pair, with_near_names([pair], measuring)[0]


@pytest.mark.parametrize(("one", "other"), NEARLY)
def test_names_that_are_nearly_the_same_count(one, other):
    pair, found = looked_at(one, other)
    assert found.shown == ("Anton", f"{one} = {other}")
    assert found.rare == pair.rare + 1
    assert found.names > pair.names
    assert found.coverage > pair.coverage
    assert found.mentions > pair.mentions


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_names_do_not(one, other):
    pair, found = looked_at(one, other)
    assert found == pair


def test_lists_of_names_are_not_looked_at():
    pair, found = looked_at("Guido", "Γκουίντο " + " ".join(f"Wort{number:x}" for number in range(MOST)).title())
    assert found == pair
