"""The report in headless Chromium: it opens, shows its data, follows a link to a document, and runs nothing foreign."""

import shutil
import subprocess

import pytest

import cleaner
from cleaner.outputs.report import ReportData, render_report
from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=8000",
    "--enable-logging=stderr",
]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")]


def opened(page, tmp_path) -> tuple[str, str]:
    """The page's elements after its script has run, and what the browser logged."""
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page],
        capture_output=True, text=True, timeout=90, check=True,
    )  # fmt: skip
    return done.stdout, "\n".join(line for line in done.stderr.split("\n") if "CONSOLE" in line)


def test_overview_and_table(tmp_path):
    dom, log = opened((ROOT / "cleaned" / "report.html").as_uri(), tmp_path)
    assert "5 documents tell one story" in dom
    assert dom.count("<tr") >= 6
    assert log == ""


def test_a_change_and_its_reason_are_shown(tmp_path):
    page = (ROOT / "cleaned" / "report.html").as_uri() + "#doc=002_dba9c49a8f1d4344.txt"
    dom, log = opened(page, tmp_path)
    assert 'aria-label="Source"' in dom
    assert 'aria-label="Clean"' in dom
    assert dom.count('id="change-') == 12
    assert "contraction or possessive" in dom
    assert log == ""


def test_hostile_text_stays_text(tmp_path):
    text = "</script><img src=x onerror=\"document.title='owned'\"> bandโs <script>document.title='owned'</script>"
    documents = [cleaner.clean(text, path="<b>bold</b>.txt")]
    page = tmp_path / "report.html"
    data = ReportData("1", "text", {}, documents, (), (), [], (), {})
    page.write_text("".join(render_report(data)), encoding="utf-8")
    dom, _ = opened(page.as_uri() + "#doc=%3Cb%3Ebold%3C%2Fb%3E.txt", tmp_path)
    assert "<title>What was cleaned</title>" in dom
    assert "<img" not in dom
    assert "<b>" not in dom


def test_ten_thousand_documents_open(tmp_path):
    documents = [cleaner.clean(f"Text number {number}.", path=f"{number:05}.txt") for number in range(10_000)]
    page = tmp_path / "report.html"
    data = ReportData("1", "text", {}, documents, (), (), [], (), {})
    page.write_text("".join(render_report(data)), encoding="utf-8")
    dom, log = opened(page.as_uri(), tmp_path)
    assert "10,000 documents" in dom
    assert log == ""
