"""Compiled loops: off until asked for, and the same values."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

PROGRAM = """
from cleaner.kernels import compiled, warm

def double(values):
    total = 0
    for value in values:
        total += 2 * value
    return total

import sys
assert compiled(double) is None and "numba" not in sys.modules
print(warm())
if warm():
    import numpy as np
    print(compiled(double)(np.arange(10)))
"""


def test_nothing_is_compiled_before_it_is_asked_for(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    said = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True).stdout.split()
    assert said == (["True", "90"] if find_spec("numba") else ["False"])


@pytest.mark.skipif(find_spec("numba") is None, reason="needs numba: pip install '.[speed]'")
def test_a_loop_is_compiled_once():
    pytest.importorskip("numba")
    from cleaner.kernels import _compile

    def nothing(value):
        return value

    assert _compile(nothing) is _compile(nothing)
