"""Each engine gives the same results in the same order."""

import io
import mmap
import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children

import pytest

from cleaner.corpus import clean_folder, even
from cleaner.engines import ProcessEngine, SerialEngine, process, start
from cleaner.errors import ResourceError, UsageError
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


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_what_workers_say_does_not_fill_their_line(monkeypatch, method):
    """It takes 220 messages that nobody reads: with more workers the last ones waited for ever, and so did `close`."""
    monkeypatch.setattr(process, "_method", lambda: method)
    engine = ProcessEngine(2)
    assert list(engine.map(square, range(3))) == [0, 1, 4]
    assert not engine._line[0].poll()
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
    monkeypatch.setattr("cleaner.engines.process.give_back", lambda: done.append("given"))
    assert [process._done(square, number) for number in (2, 3)] == [4, 9]
    assert len(done) == given


@pytest.mark.parametrize(("held", "let_go"), [(process.MORE + 1, 1), (process.MORE, 0), (sys.maxsize, 0)])
def test_tables_are_let_go_where_giving_back_is_not_enough(monkeypatch, held, let_go):
    done = []
    monkeypatch.setattr("cleaner.engines.process._resident", lambda: held)
    monkeypatch.setattr("cleaner.engines.process.give_back", lambda: None)
    monkeypatch.setattr("cleaner.engines.process.let_go", lambda: done.append("let go"))
    assert process._done(square, 3) == 9
    assert len(done) == let_go


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
    made = list(even(Entries(entries), workers))
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
    assert sum(map(len, even(entries, 2))) == 20_000
    assert Counted.looked < 4 * 20_000


@pytest.mark.parametrize("fork", [True, False])
def test_workers_end_with_a_parent_that_is_killed(fork):
    """The workers hold stdout open as long as they live."""
    code = f"""
import cleaner.engines.process as engines, tests.engines.test_engines as home
if __name__ == "__main__":
    engines._method = lambda: "{"fork" if fork else "spawn"}"
    for _ in engines.ProcessEngine(2).map(home.said, range(10**9)):
        pass
"""
    done = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert done.stdout is not None
    assert done.stdout.readline() == "at work\n"
    done.kill()
    done.communicate(timeout=60)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_an_interrupt_reaches_the_leading_process_alone(method):
    """Ctrl-C goes to all processes. The workers hold stdout and stderr open as long as they live, and say nothing."""
    code = f"""
import cleaner.engines.process as engines, tests.engines.test_engines as home
if __name__ == "__main__":
    engines._method = lambda: "{method}"
    engine = engines.ProcessEngine(2)
    try:
        list(engine.map(home.said_and_slept, range(10)))
    except KeyboardInterrupt:
        engine.close()
        print("stopped")
"""
    done = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert done.stdout is not None
    assert done.stdout.readline() == "at work\n"
    os.killpg(done.pid, signal.SIGINT)
    told, errors = done.communicate(timeout=60)
    assert (told.removeprefix("at work\n"), errors, done.returncode) == ("stopped\n", "", 0)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals can't be held here")
def test_an_item_that_is_handed_over_while_an_interrupt_comes_is_known(monkeypatch):
    engine = ProcessEngine(2)
    pool = engine._started()
    submit = pool.submit

    def interrupted(*given):
        signal.raise_signal(signal.SIGINT)
        return submit(*given)

    monkeypatch.setattr(pool, "submit", interrupted)
    try:
        with pytest.raises(KeyboardInterrupt):
            engine.map(slept, range(2))
        assert len(engine._hand) == 1, "a worker has it, and is to be told to end"
    finally:
        engine.close()


def slept(number: int) -> int:
    time.sleep(5)
    return number


def said_and_slept(number: int) -> None:
    said(number)
    time.sleep(600)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_worker_that_is_killed_is_an_error_that_says_so(monkeypatch, method):
    monkeypatch.setattr(process, "_method", lambda: method)
    engine = ProcessEngine(2)
    with pytest.raises(ResourceError, match="lack of memory; use fewer --jobs"):
        list(engine.map(killed, range(20)))
    with pytest.raises(ResourceError, match="lack of memory"):
        list(engine.map(square, range(3)))
    engine.close()


def killed(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


NO_THREAD = "can't start new thread"


def none_started(*_: object, **__: object) -> None:
    raise RuntimeError(NO_THREAD)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forked on Linux")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(
    ("which", "error", "said"),
    [
        ("concurrent.futures.process._ExecutorManagerThread.start", RuntimeError, NO_THREAD),
        ("multiprocessing.queues.Queue._start_thread", ResourceError, "no more threads"),
        ("cleaner.engines.process.Thread", ResourceError, "use fewer --jobs"),
    ],
    ids=["leading", "handing", "in workers"],
)
def test_where_no_thread_can_be_started_the_workers_end(monkeypatch, which, error, said):
    before = set(active_children())
    monkeypatch.setattr(process, "_method", lambda: "fork")
    monkeypatch.setattr(process, "WITHOUT_NEWS", 0.1)
    monkeypatch.setattr(which, none_started)
    engine = ProcessEngine(2)
    with pytest.raises(error, match=said):
        list(engine.map(square, range(20)))
    engine.close()
    for worker in set(active_children()) - before:
        worker.join(30)
        assert worker.exitcode is not None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forked on Linux")
def test_a_run_whose_pool_can_start_no_thread_says_so_in_one_line(seeds, tmp_path):
    code = """
import multiprocessing.queues
from cleaner.cli import script
from cleaner.engines import process
def none_started(*_):
    raise RuntimeError("can't start new thread")
multiprocessing.queues.Queue._start_thread = none_started
process.WITHOUT_NEWS = 0.1
script()
"""
    command = [sys.executable, "-c", code, "run", seeds, "--out", tmp_path / "out", "--jobs", "2", "-q"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("cleaner: the system started no more threads")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forked on Linux")
def test_a_run_that_loses_a_worker_says_so_and_goes_on(seeds, tmp_path):
    code = """
import os, signal, sys
from cleaner.runs import entries
from cleaner.cli import script
if sys.argv.pop(1) == "kill":
    entries.read_text = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
script()
"""
    for word, exit_code in (("kill", 2), ("go on", 0)):
        command = [sys.executable, "-c", code, word, "run", seeds, "--out", tmp_path / "out", "--jobs", "2", "-q"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == exit_code
        assert done.stderr.startswith("cleaner: a worker was ended" if exit_code else "")
        assert done.stderr.count("\n") == bool(exit_code)


@pytest.mark.parametrize(
    ("guard", "jobs", "said"),
    [
        ('if __name__ == "__main__":', 2, "done"),
        ("if True:", 2, '`if __name__ == "__main__":`'),
        ("if True:", None, "done"),
        ('if __name__ == "__main__":', None, "done"),
    ],
)
def test_a_script_without_a_guard(seeds, tmp_path, guard, jobs, said):
    """Its workers can't start where they are spawned: that is said, and done only where it was asked for."""
    script = tmp_path / "script.py"
    script.write_text(f"""
import cleaner.corpus, cleaner.engines.process
cleaner.corpus.PAYS = 0
cleaner.engines.process._method = lambda: "spawn"
{guard}
    cleaner.corpus.clean_folder({str(seeds)!r}, {str(tmp_path / "out")!r}, jobs={jobs})
    print("done")
""")
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], env=variables, capture_output=True, text=True, timeout=120)
    if said == "done":
        assert (done.stdout, done.stderr) == ("done\n", "")
    else:
        assert done.stderr.splitlines()[-1].startswith("cleaner.errors.ResourceError: the workers did not start")
        assert said in done.stderr.splitlines()[-1]


def said(_: int) -> None:
    sys.stdout.write("at work\n")
    sys.stdout.flush()
    time.sleep(0.05)


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
    def aligned(handed, *, shards):  # by another worker, which lets go of its own
        with Reader(shards) as reader:
            return done_packed(handed[0], comparing._texts(handed[1], reader))

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
