"""Names of clean texts: kept where they can be, and no two that some file system takes for one."""

from unicodedata import normalize

import pytest

from cleaner.outputs import output_paths
from cleaner.outputs.naming import is_refused


@pytest.mark.parametrize("paths", [["a.txt", "b/a.txt"], ["Å.txt", "A.txt"], ["cafe\u0301.txt"], ["Ｋ.txt", "K.txt"]])
def test_names_that_differ_are_kept(paths):
    assert output_paths(paths) == paths


def test_names_that_differ_in_case_or_composition_get_a_number():
    composed, taken_apart = "É/café.txt", normalize("NFD", "É/café.txt")
    given = output_paths([composed, taken_apart, composed.lower(), "K.txt", "\u212a.txt"])
    assert given == [composed, taken_apart[:-4] + "~2.txt", "é/café~3.txt", "K.txt", "\u212a~2.txt"]


def test_a_name_that_is_a_folder_gets_a_number_however_it_is_composed():
    assert output_paths(["é.txt/a", "e\u0301"]) == ["é.txt/a.txt", "e\u0301~2.txt"]
    assert output_paths(["a.txt/b/c/d", "a"]) == ["a.txt/b/c/d.txt", "a~2.txt"]


@pytest.mark.parametrize(
    "path", ["console.txt", "a.b.txt", ".hidden.txt", "com10.txt", "auxiliary/x.txt", "a b/c.txt", "é, ü & ñ!.txt"]
)
def test_names_that_every_system_takes_are_kept(path):
    assert output_paths([path]) == [path]


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("Why?.txt", "Why_.txt"),
        ("12:30 <a|b>*.txt", "12_30 _a_b__.txt"),
        ("caf\\xe9.txt", "caf_xe9.txt"),
        ("a\tb.txt", "a_b.txt"),
        ("end./space /x", "end_/space_/x.txt"),
        ("Con", "Con_.txt"),
        ("aux.md", "aux_.md.txt"),
        ("COM¹.log", "COM¹_.log.txt"),
        ("lpt³", "lpt³_.txt"),
        ("con .txt", "con _.txt"),
        ("CONIN$", "CONIN$_.txt"),
        ("conout$/a", "conout$_/a.txt"),
        ("nul/COM1.tar.gz", "nul_/COM1_.tar.gz.txt"),
        ("ünter:.txt", "ünter_.txt"),
    ],
)
def test_what_windows_refuses_is_not_in_a_name(path, given):
    assert is_refused(path)
    assert not is_refused(given)
    assert output_paths([path, given]) == [given, given.removesuffix(".txt") + "~2.txt"]
    assert output_paths([given]) == [given]
