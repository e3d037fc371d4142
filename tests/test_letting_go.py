"""Tables that are let go are made again, and say the same."""

import ctypes
import gc

import pytest

from cleaner import clean, letting_go
from cleaner.letting_go import SELDOM, collected_seldom, give_back, let_go
from cleaner.models import characters, languages


def test_what_is_let_go_is_made_again():
    data = "Le cafÃ© est fermé, mais la boulangerie au coin de la rue est ouverte.".encode()
    before, held = clean(data), languages.load()
    let_go()
    assert languages.load.cache_info().currsize == characters.load.cache_info().currsize == 0
    assert clean(data) == before
    assert languages.load() is not held


@pytest.mark.parametrize(("before", "while_"), [(700, SELDOM), (2 * SELDOM, 2 * SELDOM), (0, 0)])
def test_cycles_are_looked_for_seldom_for_a_while(before, while_):
    held = gc.get_threshold()
    try:
        gc.set_threshold(before, 10, 10)
        with collected_seldom():
            assert gc.get_threshold() == (while_, 10, 10)
        assert gc.get_threshold() == (before, 10, 10)
    finally:
        gc.set_threshold(*held)


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
