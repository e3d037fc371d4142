"""Tables that are let go are made again, and say the same."""

import ast
import ctypes
import gc
from pathlib import Path
from threading import Thread
from weakref import ref

import pytest

from cleaner import clean, clean_folder, memory
from cleaner.memory import SELDOM, cached, cached_last, collected_seldom, empty_caches, give_back_memory
from cleaner.models import characters, languages
from cleaner.runs import comparing
from cleaner.settings import Settings
from tests.conftest import tree

PACKAGE = Path(memory.__file__).parent
ROOMS = ("decoding", "language", "models", "mojibake", "overlap")


def test_what_is_let_go_is_made_again():
    data = "Le cafÃ© est fermé, mais la boulangerie au coin de la rue est ouverte.".encode()
    before, held = clean(data), languages.load()
    empty_caches()
    assert languages.load.cache_info().currsize == characters.load.cache_info().currsize == 0
    assert clean(data) == before
    assert languages.load() is not held


def test_what_is_kept_is_let_go_wherever_it_is_made():
    table, last = cached(str), cached_last(2)(str)
    for number in range(3):
        assert table(number) == last(number) == str(number)
    assert (table.cache_info().currsize, last.cache_info().currsize) == (3, 2)
    empty_caches()
    assert table.cache_info().currsize == last.cache_info().currsize == 0


def test_what_overlap_keeps_is_let_go():
    from cleaner.overlap.words import transliterate

    assert transliterate.latin("Дарья" * 20) == "daria" * 20
    assert transliterate._letters.cache_info().currsize
    empty_caches()
    assert not transliterate._letters.cache_info().currsize


def test_a_cache_goes_with_the_task_that_made_it():
    before = len(memory._CACHES)
    own = cached(str)
    assert len(memory._CACHES) == before + 1
    held = ref(own)
    del own
    assert held() is None
    assert len(memory._CACHES) == before


def test_caches_are_made_and_emptied_by_several_threads():
    made = []

    def making():
        for number in range(300):
            own = cached(str)
            own(number)
            made.append(own)

    threads = [Thread(target=making) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        empty_caches()
    empty_caches()
    assert len(made) == 1200
    assert not any(own.cache_info().currsize for own in made)


@pytest.mark.parametrize("room", ROOMS)
def test_no_stage_keeps_anything_that_is_not_let_go(room):
    """A cache of a whole module is one of `memory`; one inside a function is its task's."""
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            outer = node.decorator_list if isinstance(node, ast.FunctionDef) else [getattr(node, "value", None)]
            names = {inner.id for one in outer if one for inner in ast.walk(one) if isinstance(inner, ast.Name)}
            assert names.isdisjoint({"cache", "lru_cache"}), f"{path}:{node.lineno}"


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

    memory._trim.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", missing)
    give_back_memory()
    give_back_memory()
    assert asked == [None]
    memory._trim.cache_clear()


@pytest.mark.parametrize(("much", "times"), [(0, 3), (1 << 40, 1)])
def test_small_runs_of_one_process_keep_the_tables(tmp_path, monkeypatch, seeds, much, times):
    done = []
    monkeypatch.setattr("cleaner.runs.comparing.MUCH", much)
    monkeypatch.setattr("cleaner.runs.comparing.empty_caches", lambda: done.append(empty_caches()))
    comparing._without_tables.cache_clear()
    for number in range(3):
        clean_folder(seeds, tmp_path / str(number), settings=Settings(report=False), jobs=1)
    assert len(done) == times
    assert tree(tmp_path / "0") == tree(tmp_path / "1") == tree(tmp_path / "2")
