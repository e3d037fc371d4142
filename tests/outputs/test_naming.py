"""Names of clean texts: kept where they can be, and no two that some file system takes for one."""

from unicodedata import normalize

import pytest

from cleaner.outputs import output_paths


@pytest.mark.parametrize("paths", [["a.txt", "b/a.txt"], ["Å.txt", "A.txt"], ["cafe\u0301.txt"], ["Ｋ.txt", "K.txt"]])
def test_names_that_differ_are_kept(paths):
    assert output_paths(paths) == paths


def test_names_that_differ_in_case_or_composition_get_a_number():
    composed, taken_apart = "É/café.txt", normalize("NFD", "É/café.txt")
    given = output_paths([composed, taken_apart, composed.lower(), "K.txt", "\u212a.txt"])
    assert given == [composed, taken_apart[:-4] + "~2.txt", "é/café~3.txt", "K.txt", "\u212a~2.txt"]


def test_a_name_that_is_a_folder_gets_a_number_however_it_is_composed():
    assert output_paths(["é.txt/a", "e\u0301"]) == ["é.txt/a.txt", "e\u0301~2.txt"]
