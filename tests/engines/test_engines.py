"""Each engine gives the same results in the same order."""

import io
import mmap
import os
import subprocess
import sys
import time

import pytest

from cleaner.corpus import clean_folder, shrinking_batches, workers_for
from cleaner.engines import ProcessEngine, SerialEngine, process, start
from cleaner.errors import UsageError
from cleaner.overlap import done_packed
from cleaner.runs import comparing
from cleaner.runs.ledger import Reader
from cleaner.settings import Settings
from cleaner.sources import Entries, Entry
from tests.conftest import ROOT, rows, tree


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("engine", [SerialEngine(), ProcessEngine(1), ProcessEngine(2)], ids=["serial", "one", "two"])
@pytest.mark.parametrize("count", [0, 1, 100])
def test_map_keeps_order(engine, count):
    assert list(engine.map(square, range(count))) == [number * number for number in range(count)]


@pytest.mark.parametrize(("files", "jobs", "workers"), [(0, 300, 1), (1, 300, 1), (5, 300, 5), (5, 2, 2), (5, None, 1)])
def test_there_are_no_more_workers_than_files(files, jobs, workers):
    assert workers_for(Entries([Entry(f"/{n}", f"{n}", None, 9) for n in range(files)]), jobs) == workers


def test_an_error_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        list(ProcessEngine(2).map(divided, [1, 0]))


def test_results_are_waited_for_however_long_they_take(monkeypatch):
    monkeypatch.setattr(process, "WITHOUT_NEWS", 0.01)
    engine = ProcessEngine(2)
    assert list(engine.map(slowly, range(3))) == [0, 1, 2]
    with pytest.raises(TimeoutError, match="own"):
        list(engine.map(late, range(3)))
    engine.close()


def slowly(number: int) -> int:
    time.sleep(0.05)
    return number


def late(_: int) -> None:
    raise TimeoutError("own")


def divided(number: int) -> float:
    return 1 / number


def test_a_pool_serves_several_maps():
    engine = ProcessEngine(2)
    assert list(engine.map(square, [1, 2])) == [1, 4]
    assert list(engine.map(square, [3])) == [9]
    engine.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forked on Linux")
@pytest.mark.parametrize(("threads", "loaded"), [("1", "True"), ("2", "False")])
def test_modules_are_loaded_once_where_that_starts_no_thread(threads, loaded):
    code = """
import tests.engines.test_engines as home, sys
from cleaner.engines import ProcessEngine
engine = ProcessEngine(2, modules=["colorsys"])
print(set(engine.map(home.has_colorsys, range(4))) == {"colorsys" in sys.modules}, "colorsys" in sys.modules)
engine.close()
"""
    variables = {**os.environ, "OPENBLAS_NUM_THREADS": threads}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=variables, capture_output=True, text=True)
    assert done.stdout.split() == ["True", loaded]


def has_colorsys(_: int) -> bool:
    return "colorsys" in sys.modules


@pytest.mark.parametrize(("much", "given"), [(0, 2), (1 << 60, 0)])
def test_memory_is_given_back_where_much_is_held(monkeypatch, much, given):
    done = []
    monkeypatch.setattr("cleaner.engines.process.MUCH", much)
    monkeypatch.setattr("cleaner.engines.process.MORE", 1 << 60)
    monkeypatch.setattr("cleaner.engines.process.give_back_memory", lambda: done.append("given"))
    assert [process._done(square, number) for number in (2, 3)] == [4, 9]
    assert len(done) == given


@pytest.mark.parametrize(("held", "empty_caches"), [(process.MORE + 1, 1), (process.MORE, 0), (sys.maxsize, 0)])
def test_tables_are_let_go_where_giving_back_is_not_enough(monkeypatch, held, empty_caches):
    done = []
    monkeypatch.setattr("cleaner.engines.process._resident", lambda: held)
    monkeypatch.setattr("cleaner.engines.process.give_back_memory", lambda: None)
    monkeypatch.setattr("cleaner.engines.process.empty_caches", lambda: done.append("let go"))
    assert process._done(square, 3) == 9
    assert len(done) == empty_caches


def test_a_system_that_says_nothing_of_memory_counts_as_full(monkeypatch):
    monkeypatch.setattr("builtins.open", missing)
    assert process._resident() == sys.maxsize


def test_files_that_are_mapped_are_not_held(monkeypatch):
    monkeypatch.setattr("builtins.open", lambda *_, **__: io.BytesIO(b"9000 5000 4950 1 0 800 0\n"))
    assert process._resident() == 50 * mmap.PAGESIZE


def missing(*_: object, **__: object) -> None:
    raise FileNotFoundError


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_batches_get_smaller_towards_the_end_and_hold_every_entry_once(workers):
    entries = [Entry(f"{n}", f"{n}", None, n % 5 * 30_000) for n in range(200)]
    made = list(shrinking_batches(Entries(entries), workers))
    assert [one for batch in made for one in batch] == entries
    sizes = [sum(one.size for one in batch) for batch in made]
    assert max(sizes) <= 1_000_000
    assert sizes[-1] < 200_000 or workers == 1
    assert len(sizes) >= 2 * workers


def test_making_batches_looks_at_each_entry_a_few_times():
    class Counted(Entries):
        looked = 0

        def __iter__(self):
            for one in super().__iter__():
                Counted.looked += 1
                yield one

        def __getitem__(self, at):
            Counted.looked += len(range(len(self))[at]) if isinstance(at, slice) else 1
            return super().__getitem__(at)

    entries = Counted(Entry(f"{n}", f"{n}", None, 5000) for n in range(20_000))
    assert sum(map(len, shrinking_batches(entries, 2))) == 20_000
    assert Counted.looked < 4 * 20_000


def test_engines_by_name():
    assert isinstance(start("serial", 1), SerialEngine)
    engine = start("process", 2)
    assert (type(engine), engine.workers) == (ProcessEngine, 2)
    engine.close()
    with pytest.raises(UsageError, match="serial, process, ray"):
        start("threads", 2)


class Staying(SerialEngine):
    """Workers that stay, as those of an engine of one's own do: what one keeps is there in the next run."""

    workers = 2


def test_workers_that_stay_keep_nothing_for_the_next_run(tmp_path, monkeypatch):
    def aligned(task, *, places, shards):  # by another worker, which lets go of its own
        with Reader(shards) as reader:
            numbers = {number for pair in task.pairs for number in pair}
            return done_packed(task, comparing.texts_of(places.by_number(numbers), reader))

    monkeypatch.setattr(comparing, "_passages_of", aligned)
    engine, settings = Staying(), Settings(report=False)
    folder = tmp_path / "in"
    folder.mkdir()
    for heroes in ("Marenko Tovaril Pesupis Nokaku", "Quillane Drostan Fessmark Ulverane"):
        for place in range(3):
            (folder / f"{place}.txt").write_text(told(heroes.split(), place))
        clean_folder(folder, tmp_path / "out", engine=engine, settings=settings)
    clean_folder(folder, tmp_path / "anew", jobs=1, settings=settings)
    assert tree(tmp_path / "out") == tree(tmp_path / "anew")
    assert "Quillane" in (tmp_path / "out" / "relations.jsonl").read_text()


def told(heroes: list[str], place: int) -> str:
    """A tale of `heroes`, each time in other words."""
    verbs = ("rode sailed walked", "fought waited mourned", "hunted climbed travelled")[place].split()
    where = ("harbour castle forest", "chapel market quarry", "orchard lantern mountain")[place].split()
    days = [
        (heroes[day % 4], verbs[day % 3], heroes[(day + 1 + day % 2) % 4], where[day // 3 % 3]) for day in range(36)
    ]
    return " ".join(f"Then {one} {verb} with {other} to the {goal}." for one, verb, other, goal in days)


def test_what_is_on_disk_gives_the_same_overlap(tmp_path, monkeypatch, seeds):
    folder = tmp_path / "in"
    folder.mkdir()
    for path in sorted(seeds.iterdir()):
        text = path.read_bytes()
        (folder / path.name).write_bytes(text)
        (folder / f"part of {path.name}").write_bytes(text[: len(text) // 3])
        (folder / f"most of {path.name}").write_bytes(text[200:])
    clean_folder(folder, tmp_path / "memory", settings=Settings(report=False))
    monkeypatch.setattr("cleaner.runs.comparing.LARGE", 0)
    monkeypatch.setattr("cleaner.runs.comparing.FILED", 0)
    clean_folder(folder, tmp_path / "disk", settings=Settings(report=False))
    assert tree(tmp_path / "disk") == tree(tmp_path / "memory")
    assert len(rows(tmp_path / "disk" / "relations.jsonl")) > 10
