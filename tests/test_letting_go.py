"""Tables that are let go are made again, and say the same."""

import ctypes

import pytest

from cleaner import clean, letting_go
from cleaner.letting_go import give_back, let_go
from cleaner.models import characters, languages


def test_what_is_let_go_is_made_again():
    data = "Le cafÃ© est fermé, mais la boulangerie au coin de la rue est ouverte.".encode()
    before, held = clean(data), languages.load()
    let_go()
    assert languages.load.cache_info().currsize == characters.load.cache_info().currsize == 0
    assert clean(data) == before
    assert languages.load() is not held


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_another_c_library_is_no_error(monkeypatch, error):
    asked = []

    def missing(name):
        asked.append(name)
        raise error

    letting_go._trim.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", missing)
    give_back()
    give_back()
    assert asked == [None]
    letting_go._trim.cache_clear()
