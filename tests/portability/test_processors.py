"""The same on every processor: numpy sorts and adds with whatever instructions there are."""

import os
import subprocess
import sys

import numpy as np
import pytest

from tests.conftest import ROOT

CODE = """
import sys
from pathlib import Path
import cleaner
for meant, right, wrong in (
    ("Une élève très gênée a préféré ôter ses vêtements mouillés", "mac_roman", "iso8859-1"),
    ("Příliš žlutý kůň úpěl ďábelské ódy", "cp1250", "cp1252"),
    ("Вчера мы говорили о том, как это было", "koi8-r", "cp1251"),
    ("déjà très tôt, près du café", "cp850", "cp1252"),
    ("schön grün für Käse", "cp437", "mac_roman"),
):
    print(ascii(cleaner.repair(meant.encode(right).decode(wrong))))
for place in sorted(Path("fixtures").rglob("*"), key=Path.as_posix):
    if place.is_file():
        print(ascii(cleaner.clean(place.read_bytes())))
"""


def test_a_processor_with_fewer_instructions_gives_the_same():
    """Of equally likely readings one was chosen by how the processor sorts: 33 of 17,953 verdicts differed."""
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found")
    if not found:
        pytest.skip("there are no instructions here beyond those that numpy needs")
    told = [
        subprocess.run(
            [sys.executable, "-c", CODE],
            cwd=ROOT,
            env={**os.environ, **more},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for more in ({}, {"NPY_DISABLE_CPU_FEATURES": " ".join(found)})
    ]
    assert told[0] == told[1]
