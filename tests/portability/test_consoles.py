"""Terminals and locales that can't say what documents and their names hold."""

import os
import subprocess
import sys

import pytest

from cleaner.corpus import clean_folder
from tests.commands.folders import ENGLISH, RUSSIAN
from tests.conftest import ROOT, tree

GARBLED = "ภาษาไทย 😀 พูดว่าอะไร วันนี้อากาศดีมาก\nThe bandโs last show was in the cafÃ© on the corner. 😀\n"
OLD_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Neither UTF-8 nor what Python makes of `C` by itself: names of files are ASCII to it."""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    (made / "ไทย😀.txt").write_text(GARBLED, encoding="utf-8")
    (made / "мир.txt").write_text(RUSSIAN, encoding="utf-8")
    (made / "cafÃ©.txt").write_text(ENGLISH, encoding="utf-8")
    if sys.platform.startswith("linux"):
        (made / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"It\x92s the caf\xe9 on the corner, of course.\n")
    return made


def said(environment, *words) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "cleaner", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env={**os.environ, **environment})
    assert b"Traceback" not in done.stderr + done.stdout
    return done


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252"])
def test_what_a_terminal_lacks_is_escaped(folder, encoding):
    environment = {"PYTHONIOENCODING": encoding}
    for words in (
        ["check", folder],
        ["check", folder, "--format", "json"],
        ["fix", folder, "--diff"],
        ["show", folder / "ไทย😀.txt"],
    ):
        done = said(environment, *words)
        assert done.returncode < 2
        assert b"\\u0e44" in done.stdout
        done.stdout.decode(encoding)
    missing = said(environment, "check", folder / "нет.txt")
    assert (missing.returncode, missing.stderr.count(b"\n")) == (2, 1)


@pytest.mark.skipif(os.name == "nt", reason="Windows has names in Unicode")
def test_a_run_does_not_depend_on_the_locale(folder, tmp_path):
    out = tmp_path / "out ไทย"
    for _ in range(2):
        assert said(OLD_LOCALE, "run", folder, "--out", out, "--quiet").returncode == 0
    clean_folder(folder, tmp_path / "here", jobs=1)
    assert tree(out) == tree(tmp_path / "here")
    assert said(OLD_LOCALE, "restore", out, "--to", tmp_path / "again").returncode == 0
    assert tree(tmp_path / "again") == tree(folder)
