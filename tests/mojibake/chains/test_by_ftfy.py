"""ftfy's own repair: the same as the package gives, which is loaded only where it would change something."""

import subprocess
import sys

import pytest
from ftfy import fix_encoding_and_explain
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.mojibake.chains.by_ftfy import what_ftfy_would_do

SIGNS = "ÃÂâ€™œ¦©³ \u00a0\u0080\u009déèÐÑ½a."


def by_the_package(line):
    text, plan = fix_encoding_and_explain(line)
    return text, tuple(f"{action} {argument}" for action, argument in plan or ())


@pytest.mark.parametrize(
    "line", ["", "plain", "Grüße aus Köln", "naïve façade", "voilÃ le travail", "sÃ³", "itâ€™s", "\x91so\x92"]
)
def test_lines_are_repaired_as_the_package_does(line):
    assert what_ftfy_would_do(line) == by_the_package(line)


@given(st.text(st.sampled_from(SIGNS), max_size=12))
def test_any_line_is(line):
    assert what_ftfy_would_do(line) == by_the_package(line)


@pytest.mark.parametrize(("line", "loaded"), [("Grüße aus Köln", False), ("voilÃ le travail", True)])
def test_the_package_is_loaded_for_what_it_would_change(line, loaded):
    code = "import sys; from cleaner.mojibake.chains.by_ftfy import what_ftfy_would_do as f"
    code += f"; f({line!r}); print('ftfy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said.strip() == str(loaded)


def test_a_table_of_controls_is_left():
    row = "".join(map(chr, range(0x80, 0xC0)))
    assert cleaner.repair(f'  "chars": "{row}"').text == f'  "chars": "{row}"'
    assert cleaner.repair("Das ist \x84gut\x93 \x96 oder?").text == "Das ist „gut“ – oder?"
