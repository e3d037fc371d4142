"""`cleaner run` on folders of all sorts: what is refused, what is rejected, and that the result is always the same."""

import hashlib
import json
import os
import sys

import pytest
from jsonschema import Draft202012Validator

from cleaner.cli import main
from cleaner.corpus import clean_folder
from cleaner.outputs.rows import schemas
from tests.commands.folders import ENGLISH, run
from tests.conftest import READS_ALL, posix, rows, tree


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


@pytest.mark.parametrize("again", [False, True])
def test_the_manifest_has_the_digests_of_all_files(mixed, tmp_path, again):
    out = tmp_path / "out"
    if again:
        assert run(mixed, "--out", out) == 0
        (mixed / "added.txt").write_bytes(b"One more.\n")
    assert main(["run", str(mixed), "--out", str(out), "--quiet"]) == 0
    files = {name: hashlib.sha256(data).hexdigest() for name, data in tree(out).items()}
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    texts = {name.removeprefix("text/"): files.pop(name) for name in [*files] if name.startswith("text/")}
    sources = {name: hashlib.sha256(data).hexdigest() for name, data in tree(mixed).items()}
    del files["manifest.json"]
    assert manifest["output"] == {**files, "text/": digest_of(texts)}
    assert manifest["input"]["sha256"] == digest_of(sources)
    assert manifest["input"]["bytes"] == sum(map(len, tree(mixed).values()))


def digest_of(files):
    listed = "".join(f"{name}\0{digest}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(listed.encode()).hexdigest()


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


@pytest.mark.skipif(READS_ALL, reason="nothing can be made unreadable")
def test_an_unreadable_file_is_rejected(mixed, tmp_path):
    (mixed / "a.txt").chmod(0)
    assert run(mixed, "--out", tmp_path / "out") == 0
    assert any(row["path"] == "a.txt" and row["rule"] == "SRC101" for row in rows(tmp_path / "out" / "rejected.jsonl"))


@posix
def test_links_to_folders_are_listed(mixed, tmp_path):
    (mixed / "loop").symlink_to(mixed, target_is_directory=True)
    assert run(mixed, "--out", tmp_path / "out") == 0
    assert any(row["path"] == "loop" and row["rule"] == "SRC102" for row in rows(tmp_path / "out" / "rejected.jsonl"))


def test_verbose_lists_what_became_no_document(mixed, tmp_path, capsys):
    assert main(["run", str(mixed), "--out", str(tmp_path / "out"), "--no-report", "-v"]) == 0
    out = capsys.readouterr().out
    for row in rows(tmp_path / "out" / "rejected.jsonl"):
        assert f"no document: {row['path']}: {row['reason']}" in out


@posix
def test_what_became_no_document_is_told_by_kind_and_the_unreadable_also_when_quiet(mixed, tmp_path, capsys):
    (mixed / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert main(["run", str(mixed), "--out", str(tmp_path / "out"), "--no-report"]) == 0
    told = capsys.readouterr().out
    assert "          1  ENC901  binary data, no text" in told
    assert "          1  SRC102  something in the folder that is no file to read" in told
    assert run(mixed, "--out", tmp_path / "quiet") == 0
    said = capsys.readouterr()
    where = tmp_path / "quiet" / "rejected.jsonl"
    assert (said.out, said.err) == ("", f"cleaner: 1 file or folder could not be read: listed in {where}\n")


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
        pytest.param(["pipe", "--out", "out"], "pipe: neither a file nor a folder", marks=posix),
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
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    assert main(["run", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


@posix
def test_a_file_that_became_a_pipe_is_not_waited_for(mixed, tmp_path):
    def swapped(path):
        if os.path.basename(path) == "a.txt":
            os.unlink(path)
            os.mkfifo(path)
        return False

    done = clean_folder(mixed, tmp_path / "out", leave_out=swapped)
    assert ("a.txt", "SRC101", "can't be read: not a regular file") in {
        (row.path, row.rule, row.reason) for row in done.writing.rejected
    }


def test_a_run_over_other_files_is_not_replaced_unasked(mixed, tmp_path, capsys):
    other, out = tmp_path / "other", tmp_path / "out"
    other.mkdir()
    (other / "elsewhere.txt").write_text("Nothing of this is in the other folder.\n")
    assert run(mixed, "--out", out) == 0
    held = {path: path.read_bytes() for path in out.rglob("*.jsonl")}
    for more in ([], ["--dry-run"]):
        assert run(other, "--out", out, *more) == 2
        assert "holds a run over other files" in capsys.readouterr().err
    assert held == {path: path.read_bytes() for path in out.rglob("*.jsonl")}
    assert run(mixed, other, "--out", out) == 0  # more inputs: other names, the same files
    assert run(mixed, "--out", out) == 0
    (mixed / "new.txt").write_text("One more.\n")
    assert run(mixed, "--out", out) == 0
    assert run(other, "--out", out, "--force") == 0
    assert [row["id"] for row in rows(out / "corpus.jsonl")] == ["elsewhere.txt"]


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


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], ""),
        (["--drop-boilerplate", "--profile", "corpus"], ""),
        (["--per-language", "--overlap", "one-per-story"], ""),
        (["--drop-boilerplate"], "drop-boilerplate has no effect without profile 'corpus'"),
        (["--per-language", "--overlap", "merge"], "per-language has no effect without overlap 'one-per-story'"),
    ],
)
def test_what_has_no_effect_is_told(mixed, tmp_path, capsys, options, said):
    assert main(["run", str(mixed), "--out", str(tmp_path / "out"), "--no-report", *options]) == 0
    told = capsys.readouterr().out
    assert said in told
    assert ("has no effect" in told) is bool(said)


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
