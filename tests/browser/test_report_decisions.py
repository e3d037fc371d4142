"""What is decided in the report: accept, reject, pick, override, download, load again."""

import json

import pytest

from cleaner.cli import main
from tests.browser.reports import SAMPLE
from tests.conftest import rows

pytestmark = pytest.mark.browser


def test_decide_and_download(page, samples):
    page.open(samples, f"#doc={SAMPLE}&change=2")
    page.one(".change")
    page.press("1")
    page.press("n", "a", "n", "r")
    assert page.text("#decided") == "3 decisions, not downloaded yet"
    assert page.all("ins.rejected")
    page.ask("document.querySelector('#doc details').open = true")
    page.one("input[list=encoding-options]").send_keys("cp1252\t")
    page.one("input[list=language-options]").send_keys("fr\t")
    page.one("#download").click()
    found = page.downloaded("decisions.jsonl")
    edits = sorted(
        (row for row in rows(samples.parent / "edits.jsonl") if row["document"] == SAMPLE), key=lambda row: row["start"]
    )
    digest = next(row["source"]["sha256"] for row in rows(samples.parent / "corpus.jsonl") if row["id"] == SAMPLE)
    wanted = [
        {
            "document": SAMPLE,
            "sha256": digest,
            "rule": edit["rule"],
            **edit["source"],
            "before": edit["before"],
            "verdict": verdict,
        }
        for edit, verdict in zip(edits[1:4], ("pick", "accept", "reject"), strict=True)
    ]
    wanted[0]["after"] = edits[1]["alternatives"][0]["value"]
    assert found == [*wanted, {"document": SAMPLE, "encoding": "cp1252"}, {"document": SAMPLE, "language": "fr"}]
    assert page.text("#decided") == "5 decisions, downloaded"


def test_what_is_no_code_of_a_language_decides_nothing(page, samples):
    page.open(samples, f"#doc={SAMPLE}")
    page.ask("document.querySelector('#doc details').open = true")
    field = page.one("input[list=language-options]")
    field.send_keys("french\t")
    assert page.ask("return document.querySelector('input[list=language-options]').validationMessage")
    assert page.ask("return decisions.hidden")
    field.clear()
    field.send_keys(" pt-BR \t")
    page.one("#download").click()
    assert page.downloaded("decisions.jsonl") == [{"document": SAMPLE, "language": "pt-BR"}]


def test_a_run_keeps_to_what_was_decided_in_the_report(page, seeds, tmp_path):
    out = tmp_path / "out"
    command = ["run", str(seeds), "--out", str(out), "--quiet"]
    assert main(command) == 0
    page.open(out / "report.html", f"#doc={SAMPLE}&change=2")
    page.one(".change")
    page.press("1")
    page.press("n", "r", "n", "a")
    page.one("#download").click()
    picked, rejected, accepted = page.downloaded("decisions.jsonl")
    with (out / "decisions.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in (picked, rejected, accepted))
    assert main(command) == 0
    edits = {row["source"]["start"]: row for row in rows(out / "edits.jsonl") if row["document"] == SAMPLE}
    assert edits[picked["start"]]["after"] == picked["after"]
    assert rejected["start"] not in edits
    assert accepted["start"] in edits
    page.open(out / "report.html", f"#doc={SAMPLE}")
    assert len(page.all("ins[role=button]")) == 11
    assert "rejected in review" in page.text("#doc .found")


def test_go_on_with_earlier_decisions(page, samples, tmp_path):
    edit = next(row for row in rows(samples.parent / "edits.jsonl") if row["document"] == SAMPLE)
    row = {
        "document": SAMPLE,
        "sha256": "0",
        "rule": edit["rule"],
        **edit["source"],
        "before": edit["before"],
        "verdict": "reject",
    }
    (tmp_path / "decisions.jsonl").write_text(
        json.dumps(row) + "\n" + json.dumps({"document": "x", "language": "fr"}) + "\n"
    )
    page.open(samples, f"#doc={SAMPLE}")
    page.one("#load").send_keys(str(tmp_path / "decisions.jsonl"))
    page.until("return document.querySelector('#decided').textContent.startsWith('2 decisions')")
    assert len(page.all("ins.rejected")) == 1


def test_review_begins_with_the_least_certain(page, samples):
    page.open(samples, "#review")
    sure = [int(node.text.split()[0]) for node in page.all(".look .sure")]
    assert sure == sorted(sure)
    page.one(".look .verdict button").click()
    assert page.text("#decided").startswith("1 decision,")
    page.ask("document.querySelector('.look .where a').click()")
    page.one(".change")
    assert page.one(".change .verdict [data-verdict=accept]").get_attribute("aria-pressed") == "true"
