"""Workers that end, that don't begin, and what the leading process says of it."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_all_start_methods

import pytest

from cleaner.engines import ProcessEngine, process
from cleaner.errors import ResourceError
from tests.conftest import ROOT

METHODS = get_all_start_methods()


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("method", METHODS)
def test_what_workers_say_does_not_fill_their_line(monkeypatch, method):
    """It takes 220 messages that nobody reads: with more workers the last ones waited for ever, and so did `close`."""
    monkeypatch.setattr(process, "_method", lambda: method)
    engine = ProcessEngine(2)
    assert list(engine.map(square, range(3))) == [0, 1, 4]
    assert not engine._line[0].poll()
    engine.close()


@pytest.mark.parametrize("method", METHODS)
def test_workers_end_with_a_parent_that_is_killed(method):
    """The workers hold stdout open as long as they live."""
    code = f"""
import cleaner.engines.process as engines, tests.engines.test_workers_end as home
if __name__ == "__main__":
    engines._method = lambda: "{method}"
    for _ in engines.ProcessEngine(2).map(home.said, range(10**9)):
        pass
"""
    done = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert done.stdout is not None
    assert done.stdout.readline() == "at work\n"
    done.kill()
    done.communicate(timeout=60)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no Ctrl-C can be sent here to some processes of a console")
@pytest.mark.parametrize("method", METHODS)
def test_an_interrupt_reaches_the_leading_process_alone(method):
    """Ctrl-C goes to all processes. The workers hold stdout and stderr open as long as they live, and say nothing."""
    code = f"""
import cleaner.engines.process as engines, tests.engines.test_workers_end as home
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


@pytest.mark.parametrize("method", METHODS)
def test_a_worker_that_is_killed_is_an_error_that_says_so(monkeypatch, method):
    monkeypatch.setattr(process, "_method", lambda: method)
    engine = ProcessEngine(2)
    with pytest.raises(ResourceError, match="lack of memory; use fewer --jobs"):
        list(engine.map(killed, range(20)))
    with pytest.raises(ResourceError, match="lack of memory"):
        list(engine.map(square, range(3)))
    engine.close()


def killed(_: int) -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


@pytest.mark.parametrize("method", METHODS)
def test_workers_that_do_not_begin_are_told_each_time(monkeypatch, method):
    """Those that are forked run no script that could lack its guard."""
    said = "lack of memory" if method == "fork" else "the workers did not start"
    monkeypatch.setattr(process, "_method", lambda: method)
    monkeypatch.setattr(process, "_begun", never_begun)
    engine = ProcessEngine(2)
    for _ in range(2):
        with pytest.raises(ResourceError, match=said):
            list(engine.map(square, range(20)))
    engine.close()


def never_begun(*_: object) -> None:
    os._exit(1)


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


def test_a_pool_that_ended_for_lack_of_threads_is_told_from_a_lost_worker():
    """As Python says it from 3.12 on."""
    broken = BrokenProcessPool()
    assert "a worker was ended" in str(ProcessEngine(2)._lost(broken))
    broken.__cause__ = RuntimeError(f"\n...\nRuntimeError: {NO_THREAD}\n")
    assert "no more threads" in str(ProcessEngine(2)._lost(broken))


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
