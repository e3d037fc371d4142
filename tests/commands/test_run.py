"""`cleaner run` on folders of all sorts: what is refused, what is rejected, and that the result is always the same."""

import errno
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from jsonschema import Draft202012Validator

from cleaner.cli import main
from cleaner.ledger import Ledger
from cleaner.outputs.rows import schemas
from tests.conftest import ROOT, rows, tree

ENGLISH = (
    "The house stood at the end of the lane, and nobody had lived there for years. It’s said that she left in May."
)
RUSSIAN = "Дом стоял в конце переулка, и в нём много лет никто не жил. Говорят, она уехала в мае."
FRENCH = "La maison était au bout du chemin, et personne n’y habitait depuis des années. Où est-elle allée ?"


@pytest.fixture
def mixed(tmp_path):
    """A folder with what folders really hold."""
    folder = tmp_path / "in"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "a.txt").write_bytes(ENGLISH.encode())
    (folder / "b.txt").write_bytes(("\ufeff" + ENGLISH + "\r\nNext line.\r\n").encode())
    (folder / "c.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (folder / "d").write_bytes(FRENCH.encode("utf-16"))
    (folder / "deep" / "e.md").write_bytes(b"# Title\n\nA line with a break  \nand another.\n")
    (folder / "deep" / "er" / "f.txt").write_bytes(FRENCH.encode().decode("cp1252").encode())
    (folder / "deep" / "er" / "broken.txt").write_bytes(FRENCH.encode() + b"\xff\xfe\x80 and on " + ENGLISH.encode())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8)
    (folder / "copy of a.txt").write_bytes(ENGLISH.encode())
    return folder


def run(*arguments) -> int:
    return main(["run", *map(str, arguments), "--no-report", "--quiet"])


def test_everything_is_accounted_for(mixed, tmp_path):
    out = tmp_path / "out"
    assert run(mixed, "--out", out) == 0
    ids = [row["id"] for row in rows(out / "corpus.jsonl")]
    rejected = [row["path"] for row in rows(out / "rejected.jsonl")]
    files = sorted(path.relative_to(mixed).as_posix() for path in mixed.rglob("*") if path.is_file())
    assert sorted(ids + rejected) == files
    assert rejected == ["picture.png"]


def test_records_fit_the_published_schemas(mixed, tmp_path):
    out = tmp_path / "out"
    assert run(mixed, "--out", out, "--profile", "corpus", "--overlap", "keep-best") == 0
    described = schemas()
    for name in ("corpus", "edits", "findings", "relations", "removed", "rejected"):
        validator = Draft202012Validator(described[name])
        for row in rows(out / f"{name}.jsonl"):
            validator.validate(row)
    assert rows(out / "removed.jsonl")


@pytest.mark.parametrize("profile", ["encoding", "text", "corpus"])
def test_restore_gives_every_byte_back(mixed, tmp_path, profile):
    out = tmp_path / "out"
    assert run(mixed, "--out", out, "--profile", profile) == 0
    assert main(["restore", str(out), "--to", str(tmp_path / "again"), "--quiet"]) == 0
    sources = tree(mixed)
    del sources["picture.png"]
    assert tree(tmp_path / "again") == sources


def test_any_number_of_workers_gives_the_same_bytes(mixed, tmp_path):
    assert run(mixed, "--out", tmp_path / "one", "--jobs", 1) == 0
    assert run(mixed, "--out", tmp_path / "two", "--jobs", 2) == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_second_run_takes_everything_up(mixed, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["run", str(mixed), "--out", str(out), "--no-report"]) == 0
    before = tree(out)
    capsys.readouterr()
    assert main(["run", str(mixed), "--out", str(out), "--no-report"]) == 0
    assert "9 taken from the earlier run" in capsys.readouterr().out
    assert tree(out) == before


def test_a_changed_folder_brings_the_output_up_to_date(mixed, tmp_path):
    assert run(mixed, "--out", tmp_path / "out") == 0
    (mixed / "a.txt").unlink()
    (mixed / "new.txt").write_text("Something else entirely stands here now.", encoding="utf-8")
    assert run(mixed, "--out", tmp_path / "out") == 0
    assert run(mixed, "--out", tmp_path / "fresh") == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


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
    process.send_signal(signal.SIGKILL)
    process.wait()
    subprocess.run(command, cwd=ROOT, check=True)
    assert run(folder, "--out", tmp_path / "fresh") == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_same_names_do_not_collide(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a").write_text("The first of two with one name.", encoding="utf-8")
    (folder / "a.txt").write_text("The second of two with one name.", encoding="utf-8")
    assert run(folder, "--out", tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out" / "text").iterdir()) == ["a.txt", "a~2.txt"]


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="file names there are always Unicode")
def test_a_name_that_is_not_utf8(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(ENGLISH.encode())
    assert run(folder, "--out", tmp_path / "out") == 0
    assert main(["restore", str(tmp_path / "out"), "--to", str(tmp_path / "again"), "--quiet"]) == 0
    assert [os.fsencode(path.name) for path in (tmp_path / "again").iterdir()] == [b"caf\xe9.txt"]


def test_several_inputs_are_prefixed(mixed, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("Another text by the same name.", encoding="utf-8")
    assert run(mixed, other, "--out", tmp_path / "out") == 0
    ids = [row["id"] for row in rows(tmp_path / "out" / "corpus.jsonl")]
    assert {"in/a.txt", "other/a.txt"} <= set(ids)
    assert ids == sorted(ids)


@pytest.mark.skipif(
    os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="the administrator may read everything"
)
def test_an_unreadable_file_is_rejected(mixed, tmp_path):
    (mixed / "a.txt").chmod(0)
    assert run(mixed, "--out", tmp_path / "out") == 0
    assert any(row["path"] == "a.txt" and row["rule"] == "SRC101" for row in rows(tmp_path / "out" / "rejected.jsonl"))


def test_links_to_folders_are_listed(mixed, tmp_path):
    (mixed / "loop").symlink_to(mixed, target_is_directory=True)
    assert run(mixed, "--out", tmp_path / "out") == 0
    assert any(row["path"] == "loop" and row["rule"] == "SRC102" for row in rows(tmp_path / "out" / "rejected.jsonl"))


def test_verbose_lists_what_became_no_document(mixed, tmp_path, capsys):
    assert main(["run", str(mixed), "--out", str(tmp_path / "out"), "--no-report", "-v"]) == 0
    out = capsys.readouterr().out
    for row in rows(tmp_path / "out" / "rejected.jsonl"):
        assert f"no document: {row['path']}: {row['reason']}" in out


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


def test_a_folder_without_text_says_so(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    out = capsys.readouterr().out
    assert "no text to clean" in out
    assert "report.html" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere", "--out", "out"], "nowhere: there is no such file or folder"),
        (["pipe", "--out", "out"], "pipe: neither a file nor a folder"),
        (["in", "./in", "--out", "out"], "in: was named twice"),
        (["in", "--out", "in/out"], "can't be inside the input"),
        (["in", "--out", "in"], "can't be inside the input"),
        (["in/deep", "--out", "in"], "can't be inside the output"),
        (["in", "--out", "in/a.txt/x"], "can't be inside the input"),
        (["in", "--out", "full"], "not written by cleaner"),
        (["in", "--out", "file"], "this is a file"),
        (["in", "--out", "out", "--profile", "txt"], "encoding, text, corpus"),
        (["in", "--out", "out", "--overlap", "drop"], "annotate, keep-best"),
        (["in", "--out", "out", "--encodings", "latin-99"], "'latin-99'"),
    ],
)
def test_wrong_arguments_get_one_clear_line(mixed, tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    assert main(["run", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_force_writes_beside_other_files(mixed, tmp_path):
    out = tmp_path / "full"
    out.mkdir()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    assert run(mixed, "--out", out, "--force") == 0
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["text/mine.txt", "edits.jsonl", ".state/mine"])
def test_force_replaces_nothing_of_others(mixed, tmp_path, capsys, name):
    own = tmp_path / "full" / name
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    assert run(mixed, "--out", tmp_path / "full", "--force") == 2
    assert f"holds {name.split('/')[0]} by another hand" in capsys.readouterr().err
    assert tree(tmp_path / "full") == {name: b"mine"} or (name.startswith(".state") and own.exists())
    assert run(mixed, "--out", tmp_path / "full") == 2
    assert own.read_text(encoding="utf-8") == "mine"


def test_names_too_long_and_names_that_are_folders_too(tmp_path):
    names = ["a", "a.txt/b", "d" * 253, "д" * 127]
    for name in names:
        place = tmp_path / "in" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"A text of its own, number {len(name)}.\n", encoding="utf-8")
    out = tmp_path / "out"
    for _ in range(2):
        assert run(tmp_path / "in", "--out", out) == 0
        assert [row["id"] for row in rows(out / "corpus.jsonl")] == sorted(names)
        for row in rows(out / "corpus.jsonl"):
            assert (out / "text" / row["output_path"]).read_text(encoding="utf-8") == row["text"]
    assert main(["restore", str(out), "--to", str(tmp_path / "again"), "--quiet"]) == 0
    assert tree(tmp_path / "again") == tree(tmp_path / "in")


def test_unknown_options_exit_with_2(capsys):
    assert main(["run", "in", "--out", "out", "--colour"]) == 2
    assert "--colour" in capsys.readouterr().err


def test_settings_file_is_obeyed(mixed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cleaner.toml").write_text('profile = "encoding"\nreport = false\n', encoding="utf-8")
    assert main(["run", "in", "--out", "out", "--quiet"]) == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["profile"] == "encoding"
    assert not (tmp_path / "out" / "report.html").exists()


def test_thresholds_of_a_settings_file_reach_the_comparison(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ENGLISH)
    (tmp_path / "in" / "b.txt").write_text(ENGLISH.replace("May", "June"))
    settings = tmp_path / "cleaner.toml"
    found = []
    for said in ("", "near-threshold = 0.99\ncontained-threshold = 0.99\n"):
        settings.write_text(said)
        assert main(["run", "in", "--out", f"out{len(found)}", "--no-report", "--quiet"]) == 0
        found.append({row["relation"] for row in rows(tmp_path / f"out{len(found)}" / "relations.jsonl")})
    assert found == [{"near"}, set()]
    settings.write_text('embedding = "nowhere"\n')
    assert main(["run", "in", "--out", "other", "--no-report", "--quiet"]) == 2
    assert "nowhere: there is no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("stage", ["read_text", "languages_of", "finished"])
def test_a_fault_of_the_program_costs_one_document(mixed, tmp_path, monkeypatch, stage):
    from cleaner import entries

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
        patched.setattr(f"cleaner.{'corpus' if stage == 'compared' else 'entries'}.{stage}", failing)
        assert main(command) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("cleaner: there is not enough memory (")
    assert "--jobs" in line
    assert main(command) == 0
    assert main(["run", str(mixed), "--out", str(tmp_path / "fresh"), "--jobs", "1", "--quiet"]) == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_a_file_that_cannot_be_read_for_lack_of_memory_is_not_rejected(mixed, tmp_path, monkeypatch, capsys):
    def failing(*_):
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr("cleaner.entries._data", failing)
    assert run(mixed, "--out", tmp_path / "out", "--jobs", 1) == 2
    assert "there is not enough memory" in capsys.readouterr().err


def test_a_table_that_cannot_be_read_ends_the_run(mixed, tmp_path, monkeypatch, capsys):
    def failing(*_, **__):
        raise OSError(errno.EIO, "Input/output error", "words.npz")

    monkeypatch.setattr("cleaner.entries.read_text", failing)
    assert run(mixed, "--out", tmp_path / "out", "--jobs", 1) == 2
    assert capsys.readouterr().err == "cleaner: words.npz: Input/output error\n"


def test_garbled_file_names(tmp_path):
    """Repaired for the output path with a record; a name that is taken gets a number; none leads out of the folder."""
    names = {
        "café.txt": "café~2.txt",
        "cafÃ© menu du jour.txt": "café menu du jour.txt",
        "caf%C3%83%C2%A9.txt": "café.txt",
        "th%C3%A9.txt": "th%C3%A9.txt",
        "x%2F..%2Fcaf%C3%83%C2%A9.txt": "x%2F..%2Fcaf%C3%83%C2%A9.txt",
        "plain.txt": "plain.txt",
    }
    folder = tmp_path / "in"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(f"{ENGLISH} {name.encode().hex()}\n".encode())
    assert main(["run", str(folder), "--out", str(tmp_path / "out"), "-q"]) == 0
    held = {row["source"]["path"]: row for row in rows(tmp_path / "out" / "corpus.jsonl")}
    assert {path: row["output_path"] for path, row in held.items()} == names
    (edit,) = held["cafÃ© menu du jour.txt"]["name_edits"]
    assert (edit["rule"], edit["before"], edit["after"]) == ("MOJ101", "Ã©", "é")
    assert not held["plain.txt"].get("name_edits")
    assert main(["restore", str(tmp_path / "out"), "--to", str(tmp_path / "back"), "-q"]) == 0
    assert tree(tmp_path / "back") == tree(folder)


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), sqlite3.OperationalError("database or disk is full")]
)
def test_a_run_on_a_full_disk_says_so_and_goes_on_later(seeds, tmp_path, monkeypatch, capsys, error):
    def flush(self):
        raise error

    command = ["run", str(seeds), "--out", str(tmp_path / "out"), "--quiet"]
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "flush", flush)
        assert main(command) == 2
    assert "make room, and run the same command again" in capsys.readouterr().err
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
    assert "begin anew" in said
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


def test_an_error_that_nobody_hears_has_its_exit_code(tmp_path, monkeypatch):
    class Closed(io.StringIO):
        def write(self, text):
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("sys.stderr", Closed())
    assert main(["run", str(tmp_path / "nosuch"), "--out", str(tmp_path / "out")]) == 2
