"""A run that was killed, at whatever moment, is taken up: the result has the same bytes, and finished work is kept."""

import contextlib
import errno
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.cleaning import FIRST, FolderContext
from cleaner.corpus import TIMINGS, clean_folder
from cleaner.decisions import Decision
from cleaner.engines import ProcessEngine
from cleaner.errors import UsageError
from cleaner.planning import REST, plan_folder
from cleaner.runs.comparing import SCRATCH
from cleaner.runs.destination import STATE
from cleaner.runs.entries import clean_batch
from cleaner.runs.ledger import NAME, Ledger, Place, Row
from cleaner.settings import Settings
from tests.conftest import ROOT, tree

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
MOMENTS = 14
QUIET = Settings(report=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Text of every sort: clean, legacy, garbled, doubtful, copies, binaries, in folders."""
    folder = tmp_path_factory.mktemp("in")
    for number in range(6):
        (folder / f"d{number % 3}" / "er").mkdir(parents=True, exist_ok=True)
        english = f"Number {number}. Nobody had lived in the house for years, it’s said. Anna Rosling left it in May."
        french = f"Numéro {number}. La maison était au bout du chemin, et personne n’y habitait depuis des années."
        (folder / f"d{number % 3}" / f"{number}.txt").write_text(english, encoding="utf-8")
        (folder / f"d{number % 3}" / "er" / f"g{number}.txt").write_bytes(french.encode().decode("cp1252").encode())
        (folder / f"l{number}.txt").write_bytes((french * 3).encode("cp1252"))
    (folder / "short.txt").write_bytes("é".encode("cp1252"))
    (folder / "copy.txt").write_bytes((folder / "d0" / "0.txt").read_bytes())
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8)
    return folder


def killed(folder: Path, orders: list[str]) -> list[list[int]]:
    command = [sys.executable, "-m", "tests.engines.killing", str(folder), *orders]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [[int(part) for part in line.split()] for line in done.stdout.splitlines()]


def digest(out: Path) -> str:
    return hashlib.sha256(repr(tree(out)).encode()).hexdigest()


def test_killed_at_any_moment(folder, tmp_path):
    ((signal_, changes),) = killed(folder, [f"{tmp_path / 'whole'}@0"])
    assert signal_ == 0
    assert changes > 4 * MOMENTS
    moments = sorted({1 + (changes - 1) * place // (MOMENTS - 1) for place in range(MOMENTS)})
    outs = [tmp_path / f"at{moment}" for moment in moments]
    assert [row[0] for row in killed(folder, [f"{o}@{m}" for o, m in zip(outs, moments, strict=True)])] == [9] * len(
        outs
    )
    wanted = digest(tmp_path / "whole")
    for out in outs:
        clean_folder(folder, out, settings=QUIET, jobs=1)
    assert [digest(out) for out in outs] == [wanted] * len(outs)


def test_killed_again_and_again(folder, tmp_path):
    out = tmp_path / "out"
    killed(folder, [f"{out}@{moment}" for moment in (30, 25, 40, 9, 60)])
    clean_folder(folder, out, settings=QUIET, jobs=1)
    clean_folder(folder, tmp_path / "fresh", settings=QUIET, jobs=1)
    assert tree(out) == tree(tmp_path / "fresh")
    assert sorted(path.name for path in out.iterdir() if path.name.endswith("part")) == []


def test_killed_while_texts_are_written_and_documents_compared(folder, tmp_path):
    out, texts = tmp_path / "out", tmp_path / "out" / STATE / "text"
    code = f"""
from cleaner.corpus import clean_folder
from cleaner.settings import Settings
if __name__ == "__main__":
    clean_folder({str(folder)!r}, {str(out)!r}, settings=Settings(report=False), engine="process", jobs=2)
"""
    run = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, start_new_session=True)
    while run.poll() is None and not texts.exists():
        time.sleep(0.002)
    with contextlib.suppress(ProcessLookupError):  # it was quicker
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    clean_folder(folder, out, settings=QUIET, jobs=1)
    clean_folder(folder, tmp_path / "fresh", settings=QUIET, jobs=1)
    assert tree(out) == tree(tmp_path / "fresh")


def test_nothing_of_a_run_killed_while_it_compares_stays(folder, tmp_path, monkeypatch):
    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    out = tmp_path / "out"
    for _ in range(2):
        child = os.fork()
        if not child:
            monkeypatch.setattr("cleaner.overlap.overlaps_of", die)
            clean_folder(folder, out, settings=QUIET, jobs=1)
            os._exit(0)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    clean_folder(folder, out, settings=QUIET, jobs=1)
    clean_folder(folder, tmp_path / "fresh", settings=QUIET, jobs=1)
    assert tree(out) == tree(tmp_path / "fresh")
    assert {path.name for path in (out / STATE).iterdir()} == {
        path.name for path in (tmp_path / "fresh" / STATE).iterdir()
    }


@pytest.mark.parametrize("left", ["text", "parts"])
def test_what_cannot_be_removed_is_not_published(folder, tmp_path, monkeypatch, left):
    def stays(path, *, unlink=os.unlink, **options):
        if os.path.basename(path) == "stale.txt":
            raise PermissionError(errno.EPERM, "Operation not permitted", path)
        unlink(path, **options)

    out = tmp_path / "out"
    clean_folder(folder, out, settings=QUIET, jobs=1)
    shutil.rmtree(out / "text")
    (out / STATE / left).mkdir()
    (out / STATE / left / "stale.txt").write_text("of an earlier run")
    with monkeypatch.context() as patched:
        patched.setattr("os.unlink", stays)
        with pytest.raises(UsageError, match=f"{left}: left by an earlier run, and can't be removed: Operation not"):
            clean_folder(folder, out, settings=QUIET, jobs=1)
    assert not (out / "text").exists()
    clean_folder(folder, out, settings=QUIET, jobs=1)
    clean_folder(folder, tmp_path / "fresh", settings=QUIET, jobs=1)
    assert tree(out) == tree(tmp_path / "fresh")


def test_scratch_that_cannot_be_removed_is_in_nobodys_way(folder, tmp_path, monkeypatch):
    def stays(path, *, unlink=os.unlink, **options):
        if os.fspath(path).endswith("-stems.npy"):
            raise PermissionError(errno.EACCES, "The process cannot access the file", path)
        unlink(path, **options)

    monkeypatch.setattr("cleaner.corpus.remove_scratch", lambda _: None)
    out, engine = tmp_path / "out", ProcessEngine(2)
    own = Path(shutil.copytree(folder, tmp_path / "in"))
    monkeypatch.setattr("os.unlink", stays)
    clean_folder(own, out, settings=QUIET, engine=engine)
    (own / "d0" / "0.txt").unlink()
    clean_folder(own, out, settings=QUIET, engine=engine)  # the workers still have what the first run left
    engine.close()
    assert list((out / STATE / SCRATCH).rglob("*-stems.npy"))
    clean_folder(own, tmp_path / "fresh", settings=QUIET, jobs=1)
    assert tree(out) == tree(tmp_path / "fresh")


def test_finished_documents_are_not_cleaned_again(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    first = clean_folder(folder, out, settings=QUIET, jobs=1)
    (folder / "zz.txt").write_text("Something new stands here, and nothing else is done again.", encoding="utf-8")
    cleaned = []
    monkeypatch.setattr("cleaner.runs.entries.read_text", lambda *a, **k: cleaned.append(k["path"]) or real(*a, **k))
    from cleaner.cleaning import read_text as real

    again = clean_folder(folder, out, settings=QUIET, jobs=1)
    (folder / "zz.txt").unlink()
    # What is in doubt is read again where the folder as a whole says something else than before.
    assert cleaned in (["zz.txt"], ["zz.txt", "short.txt"])
    assert first.counts.documents + 1 - len(cleaned) == again.reused


@pytest.mark.parametrize("other", [{"overlap": "keep-best"}, {"report": True}])
def test_settings_that_change_no_document_keep_the_work(folder, tmp_path, other):
    clean_folder(folder, tmp_path / "out", settings=QUIET, jobs=1)
    again = clean_folder(folder, tmp_path / "out", settings=Settings(**{"report": False, **other}), jobs=1)
    assert again.reused == again.counts.documents + len(again.writing.removed)


def test_another_profile_does_the_work_again(folder, tmp_path):
    clean_folder(folder, tmp_path / "out", settings=QUIET, jobs=1)
    again = clean_folder(folder, tmp_path / "out", settings=Settings(profile="corpus", report=False), jobs=1)
    assert again.reused == 0


@pytest.mark.parametrize(("what", "other"), [("FORM", 0), ("unidata_version", "14.0.1")])
def test_what_another_form_or_unicode_has_left_is_not_read(folder, tmp_path, monkeypatch, what, other):
    clean_folder(folder, tmp_path / "out", settings=QUIET, jobs=1)
    monkeypatch.setattr(f"cleaner.runs.entries.{what}", other)
    assert clean_folder(folder, tmp_path / "out", settings=QUIET, jobs=1).reused == 0


def test_a_dry_run_writes_nothing_and_knows_what_is_done(folder, tmp_path):
    out = tmp_path / "out"
    plan = plan_folder([folder], out, settings=QUIET)
    assert not out.exists()
    assert (plan.files, plan.known) == (21, 0)
    clean_folder(folder, out, settings=QUIET, jobs=1)
    before = {path: path.stat().st_mtime_ns for path in sorted(out.rglob("*"))}
    again = plan_folder([folder], out, settings=QUIET)
    assert again.known == again.files == 21
    assert again.new_size == 0
    assert {path: path.stat().st_mtime_ns for path in sorted(out.rglob("*"))} == before
    assert f"about {again.seconds:.0f} s, by the run before" in again.told()


def test_a_dry_run_knows_what_a_killed_run_has_left(folder, tmp_path):
    """The ledger's last rows, its very first table too, stand in SQLite's log beside it until the ledger is closed."""
    out = tmp_path / "out"
    clean_folder(folder, tmp_path / "whole", settings=QUIET, jobs=1)
    with contextlib.closing(Ledger(out / STATE)) as ledger:
        shutil.copytree(tmp_path / "whole" / STATE / "shards", out / STATE / "shards", dirs_exist_ok=True)
        with contextlib.closing(sqlite3.connect(tmp_path / "whole" / STATE / NAME)) as whole:
            for row in whole.execute("select key, card, shard, start, lengths, crc from results"):
                key, card, shard, start, lengths, crc = row
                place = Place(shard, start, tuple(map(int, lengths.split())), crc) if shard else None
                ledger.put(Row(key, card, place))
        ledger.flush()
        assert (out / STATE / f"{NAME}-wal").stat().st_size
        left = tmp_path / "left"
        shutil.copytree(out, left)  # as a kill leaves it
    before = {path: path.read_bytes() for path in left.rglob("*") if path.is_file()}
    assert plan_folder([folder], left, settings=QUIET).known == 21
    assert {path: path.read_bytes() for path in left.rglob("*") if path.is_file()} == before


def test_a_dry_run_of_what_is_cleaned_knows_that_overlap_is_still_to_be_found(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    for _ in range(2):  # of the second nothing is to be learned about cleaning
        clean_folder(folder, out, settings=QUIET, jobs=1)
    assert plan_folder([folder], out, settings=QUIET).basis == "by the run before"
    more = Path(shutil.copytree(folder, tmp_path / "more"))
    (more / "new.txt").write_text("Nobody had lived in the house for years.\n" * 900, encoding="utf-8")
    assert plan_folder([more], out, settings=QUIET).basis == "by a sample of the files"
    clean_folder(more, out, settings=QUIET, jobs=1)  # the new file is the most of it
    (more / "new.txt").write_text("It was built long ago, and is empty since.\n" * 900, encoding="utf-8")
    assert plan_folder([more], out, settings=QUIET).basis == "by the run before"
    (out / STATE / TIMINGS).unlink()  # as where the run was killed when all was cleaned
    monkeypatch.setattr("cleaner.planning._sampled", lambda entries, work: (0.0, 10.0 * len(entries)))
    assert plan_folder([folder], out, settings=QUIET, jobs=1).seconds == 210 * REST


@pytest.mark.parametrize("held", [b"", b"no database" * 100])
def test_a_dry_run_reads_no_ledger_that_a_run_would_not(folder, tmp_path, held):
    (tmp_path / "out" / STATE).mkdir(parents=True)
    (tmp_path / "out" / STATE / NAME).write_bytes(held)
    assert plan_folder([folder], tmp_path / "out", settings=QUIET).known == 0


def test_a_dry_run_leaves_out_what_the_run_leaves_out(folder, tmp_path):
    plan = plan_folder([folder], tmp_path / "out", settings=QUIET, leave_out=lambda path: path.endswith(".png"))
    assert (plan.files, plan.skipped) == (20, 1)


def test_a_dry_run_counts_documents_with_new_decisions_as_new(folder, tmp_path):
    clean_folder(folder, tmp_path / "out", settings=QUIET, jobs=1)
    decisions = [Decision("copy.txt", language="fr")]
    assert plan_folder([folder], tmp_path / "out", settings=QUIET, decisions=decisions).known == 20


def test_files_of_every_size_are_sampled_large_ones_by_their_beginning(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    for name, size in (("a.txt", 0), ("b.txt", 10), ("c.txt", 400_000)):
        (tmp_path / "in" / name).write_bytes(b"a" * size)
    assert {size for size, _ in sampled(tmp_path / "in", monkeypatch)} == {0, 10, 1 << 16}


def test_what_a_run_cleans_twice_is_sampled_twice(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sure.txt").write_bytes(b"Nobody had lived in the house for years. " * 2)
    (tmp_path / "in" / "doubtful.txt").write_bytes(b"caf\xe9 \x93")
    contexts = [context for size, context in sampled(tmp_path / "in", monkeypatch) if size < 20]
    assert contexts[-2:] == [FIRST, FolderContext()]
    contexts = [context for size, context in sampled(tmp_path / "in", monkeypatch) if size > 20]
    assert set(contexts) == {FIRST}


def sampled(folder, monkeypatch):
    """Size and context of what a dry run cleans."""
    done = []

    def noted(batch, *, work):
        done.extend((Path(entry.file).stat().st_size, work.context) for entry in batch)
        return clean_batch(batch, work=work)

    monkeypatch.setattr("cleaner.planning.clean_batch", noted)
    plan_folder([folder], folder.parent / "out", settings=QUIET)
    return done


def test_a_lost_shard_is_made_again(folder, tmp_path):
    out = tmp_path / "out"
    clean_folder(folder, out, settings=QUIET, jobs=1)
    before = tree(out)
    shutil.rmtree(out / STATE / "shards")
    assert clean_folder(folder, out, settings=QUIET, jobs=1).reused == 0
    assert tree(out) == before


def test_texts_that_were_changed_by_hand_are_written_again(folder, tmp_path):
    out = tmp_path / "out"
    clean_folder(folder, out, settings=QUIET, jobs=1)
    before = tree(out)
    (out / "text" / "copy.txt").write_text("changed", encoding="utf-8")
    with (out / "text" / "l2.txt").open("ab") as longer:
        longer.write(b"more")
    (out / "text" / "l1.txt").unlink()
    clean_folder(folder, out, settings=QUIET, jobs=1)
    assert tree(out) == before
