"""What README says is what happens."""

import doctest
import re

import pytest

from cleaner.cli import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_python_examples():
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert tried >= 6
    assert failed == 0


def test_the_summary_is_real(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    assert main(["run", "seeds", "--out", "cleaned", "--no-report"]) == 0
    said = capsys.readouterr().out
    shown = README.split("```\n")[1].split("```")[0]
    for line in shown.strip().split("\n"):
        if "report.html" not in line:
            assert line.split("…")[0].rstrip(", ") in said


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(((?!http)[^)#]+)\)", README))))
def test_links_lead_somewhere(target):
    assert (ROOT / target).exists()
