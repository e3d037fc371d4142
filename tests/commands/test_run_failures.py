"""`cleaner run` where something fails: one clear line, nothing lost, and the same command goes on."""

import errno
import io
import os
import sqlite3
import subprocess
import sys
import time

import pytest

from cleaner.cli import main
from cleaner.runs.ledger import Ledger
from tests.commands.folders import FRENCH, run
from tests.conftest import READS_ALL, ROOT, rows, tree


def test_a_killed_run_can_be_taken_up(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_bytes((f"{number}. " + FRENCH * 20).encode().decode("cp1252").encode())
    command = [
        sys.executable,
        "-m",
        "cleaner",
        "run",
        str(folder),
        "--out",
        str(tmp_path / "out"),
        "--no-report",
        "--quiet",
    ]
    process = subprocess.Popen(command, cwd=ROOT)
    ledger = tmp_path / "out" / ".state" / "ledger.sqlite-wal"
    deadline = time.monotonic() + 60
    while (
        process.poll() is None
        and time.monotonic() < deadline
        and not (ledger.exists() and ledger.stat().st_size > 20_000)
    ):
        time.sleep(0.005)
    process.kill()
    process.wait()
    subprocess.run(command, cwd=ROOT, check=True)
    assert run(folder, "--out", tmp_path / "fresh") == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_a_bar_is_taken_away_when_a_run_fails(mixed, tmp_path, monkeypatch):
    closed = []

    def close(progress):
        closed.append(progress)

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("cleaner.cli.run.Progress.close", close)
    monkeypatch.setattr("cleaner.corpus.clean_folder", stopped)
    assert main(["run", str(mixed), "--out", str(tmp_path / "out")]) == 130
    assert len(closed) == 1


def test_lack_of_memory_is_said_in_one_line(mixed, tmp_path, monkeypatch, capsys):
    def short_of_memory(*_, **__):
        raise MemoryError

    monkeypatch.setattr("cleaner.corpus.clean_folder", short_of_memory)
    assert main(["run", str(mixed), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[-1].startswith("cleaner: there is not enough memory")
    assert "Traceback" not in " ".join(said)


@pytest.mark.parametrize("stage", ["read_text", "languages_of", "finished"])
def test_a_fault_of_the_program_costs_one_document(mixed, tmp_path, monkeypatch, stage):
    from cleaner.runs import entries

    real = getattr(entries, stage)
    marked = b"A fault is waiting in this one."
    (mixed / "a.txt").write_bytes(marked)

    def failing(first, *others, **named):
        documents = first if isinstance(first, list) else [first]
        if any(getattr(one, "data", one) == marked for one in documents):
            raise ZeroDivisionError("by chance")
        return real(first, *others, **named)

    monkeypatch.setattr(entries, stage, failing)
    assert run(mixed, "--out", tmp_path / "out", "--jobs", 1) == 0
    (row,) = [row for row in rows(tmp_path / "out" / "rejected.jsonl") if row["rule"] == "SRC105"]
    assert row["path"] == "a.txt"
    assert row["reason"].endswith("ZeroDivisionError: by chance")
    monkeypatch.undo()  # the next run tries again
    assert run(mixed, "--out", tmp_path / "out", "--jobs", 1) == 0
    assert "SRC105" not in {row["rule"] for row in rows(tmp_path / "out" / "rejected.jsonl")}


LACKING = [
    MemoryError("Unable to allocate 8 MiB"),
    OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)),
    ImportError("table.so: failed to map segment from shared object"),
]


@pytest.mark.parametrize(
    ("stage", "error"),
    [
        *((stage, error) for stage in ("read_text", "languages_of", "finished", "compared") for error in LACKING),
        ("compared", RuntimeError("can't start new thread")),
    ],
)
def test_too_little_memory_ends_the_run_and_rejects_nothing(mixed, tmp_path, monkeypatch, capsys, stage, error):
    def failing(*_, **__):
        raise error

    command = ["run", str(mixed), "--out", str(tmp_path / "out"), "--jobs", "1", "--quiet"]
    with monkeypatch.context() as patched:
        patched.setattr(f"cleaner.{'corpus' if stage == 'compared' else 'runs.entries'}.{stage}", failing)
        assert main(command) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("cleaner: there is not enough memory (")
    assert "--jobs" in line
    assert main(command) == 0
    assert main(["run", str(mixed), "--out", str(tmp_path / "fresh"), "--jobs", "1", "--quiet"]) == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "(none is left)"),
        (ImportError("\n\nIMPORTANT: a page of advice\n\nm.so: failed to map segment"), "(failed to map segment)"),
    ],
)
def test_lack_of_memory_is_said_in_a_few_words(mixed, tmp_path, monkeypatch, capsys, error, said):
    def failing(*_, **__):
        raise error

    monkeypatch.setattr("cleaner.corpus.compared", failing)
    assert run(mixed, "--out", tmp_path / "out", "--jobs", 1, "--quiet") == 2
    assert capsys.readouterr().err.startswith(f"cleaner: there is not enough memory {said}; use fewer")


def test_a_file_that_cannot_be_read_for_lack_of_memory_is_not_rejected(mixed, tmp_path, monkeypatch, capsys):
    def failing(*_):
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr("cleaner.runs.entries._data", failing)
    assert run(mixed, "--out", tmp_path / "out", "--jobs", 1) == 2
    assert "there is not enough memory" in capsys.readouterr().err


def test_a_table_that_cannot_be_read_ends_the_run(mixed, tmp_path, monkeypatch, capsys):
    def failing(*_, **__):
        raise OSError(errno.EIO, "Input/output error", "words.npz")

    monkeypatch.setattr("cleaner.runs.entries.read_text", failing)
    assert run(mixed, "--out", tmp_path / "out", "--jobs", 1) == 2
    assert capsys.readouterr().err == "cleaner: words.npz: can't be read or written: Input/output error\n"


DAMAGED = sqlite3.DatabaseError("database disk image is malformed")
DAMAGED.sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "make room, and run the same command again"),
        (sqlite3.OperationalError("database or disk is full"), "make room, and run the same command again"),
        (DAMAGED, "the same command begins anew"),
    ],
)
def test_a_run_that_its_disk_or_ledger_ends_says_so_and_goes_on_later(
    seeds, tmp_path, monkeypatch, capsys, error, said
):
    def flush(self):
        raise error

    command = ["run", str(seeds), "--out", str(tmp_path / "out"), "--quiet"]
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "flush", flush)
        assert main(command) == 2
    assert said in capsys.readouterr().err
    assert main(command) == 0


def test_an_output_that_cannot_be_made_is_named(seeds, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["run", str(seeds), "--out", str(tmp_path / "file" / "out")]) == 2
    assert "out: the output folder can't be written: " in capsys.readouterr().err


def test_a_ledger_that_fails_is_not_told_as_a_full_disk(seeds, tmp_path, monkeypatch, capsys):
    def flush(self):
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(Ledger, "flush", flush)
    assert main(["run", str(seeds), "--out", str(tmp_path / "out"), "--quiet"]) == 2
    said = capsys.readouterr().err
    assert "malformed" in said
    assert "run the same command again" in said
    assert "make room" not in said


def test_what_a_kill_left_half_written_goes(seeds, tmp_path):
    out = tmp_path / "out"
    assert main(["run", str(seeds), "--out", str(out), "--quiet"]) == 0
    for name in ("report.html", "merged.jsonl", "corpus.jsonl"):
        (out / f"{name}.cleaner-part").write_text("half")
    assert main(["run", str(seeds), "--out", str(out), "--quiet", "--no-report"]) == 0
    assert not list(out.glob("*.cleaner-part"))


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize(
    "error", [BrokenPipeError(errno.EPIPE, "Broken pipe"), OSError(errno.EIO, "Input/output error")]
)
def test_a_run_goes_on_when_nobody_listens(seeds, tmp_path, monkeypatch, error, terminal):
    class Closed(io.StringIO):
        tried = 0

        def isatty(self):
            return terminal

        def write(self, text):
            self.tried += 1
            raise error

    assert main(["run", str(seeds), "--out", str(tmp_path / "heard"), "--quiet"]) == 0
    monkeypatch.setattr("cleaner.cli.progress.PAUSE_PIPE", 0)
    monkeypatch.setattr("cleaner.cli.progress.PAUSE_TERMINAL", 0)
    monkeypatch.setattr("cleaner.cli.progress._bar", lambda **_: None)
    monkeypatch.setattr("cleaner.corpus.BATCH_BYTES", 1)
    monkeypatch.setattr("sys.stderr", Closed())
    assert main(["run", str(seeds), "--out", str(tmp_path / "out")]) == 0
    assert sys.stderr.tried == 1
    assert tree(tmp_path / "out") == tree(tmp_path / "heard")


def test_what_comes_behind_cleaning_is_told(seeds, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("cleaner.cli.progress.PAUSE_PIPE", 0)
    assert main(["run", str(seeds), "--out", str(tmp_path / "out")]) == 0
    first, *others = capsys.readouterr().err.splitlines()
    assert first.startswith("cleaned 5 of 5 documents, ")
    assert first.endswith(" s of cleaning left")
    assert others == ["looking for copies and stories among 5 documents …", "writing 5 documents …"]


def test_an_error_that_nobody_hears_has_its_exit_code(tmp_path, monkeypatch):
    class Closed(io.StringIO):
        def write(self, text):
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("sys.stderr", Closed())
    assert main(["run", str(tmp_path / "nosuch"), "--out", str(tmp_path / "out")]) == 2


CALLED = """
import sys
import cleaner.cli.explain
from cleaner.cli import script

def run(options):
    if options.code == "other":
        raise BrokenPipeError(32, "Broken pipe")
    while True:
        print("line" * SIZE)

cleaner.cli.explain.run = run
script()
"""


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("size", [20, 5_000, 500_000])
def test_a_reader_that_went_away_ends_a_command_well(size, unbuffered):
    """`head` has read enough. Lines that are larger than the buffer are gone when they can't be written."""
    command = [sys.executable, "-c", CALLED.replace("SIZE", str(size)), "explain", "MOJ"]
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=env, **pipes) as process:
        assert process.stdout.read(4) == b"line"
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")


def test_another_pipe_that_breaks_is_an_error():
    """One to another process: there stdout is read to its end."""
    command = [sys.executable, "-c", CALLED, "explain", "other"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "cleaner: a pipe of this run: Broken pipe\n")


@pytest.mark.skipif(READS_ALL, reason="nothing can be made unreadable")
def test_an_output_in_a_folder_that_is_closed_is_said_to_be_one(mixed, tmp_path, capsys):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    assert main(["run", str(mixed), "--out", str(closed / "out")]) == 2
    assert "the output folder can't be written" in capsys.readouterr().err
