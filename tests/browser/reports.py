"""Reports for the tests in the browser: of the samples, of hostile documents, of 10,000 documents."""

import json

import pytest

from cleaner.cli import main
from cleaner.outputs.report import write_report
from cleaner.rules import rule_summaries

SAMPLE = "002_dba9c49a8f1d4344.txt"
HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> "
    "bandโs [x](javascript:document.title='owned') \u2028 \u2029 \u202eevil\u202c &lt;b&gt; <!-- ]]> {{x}} ${x}\n"
)
HOSTILE_NAME = "<img src=x onerror=document.title=1>&quot;'\u202e.txt"
ENCODINGS = ("utf-8", "iso2022_jp_2004", "shift_jisx0213", "mac-centeuro")
"""The longest names are the ones that a column must hold."""


@pytest.fixture(scope="session")
def samples(tmp_path_factory, seeds):
    out = tmp_path_factory.mktemp("samples") / "out"
    assert main(["run", str(seeds), "--out", str(out), "--quiet"]) == 0
    return out / "report.html"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in" / HOSTILE_NAME).write_text(HOSTILE, encoding="utf-8")
    (folder / "in" / "copy.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "in" / "surrogate.txt").write_bytes(b"bad \xed\xa0\x80 end, the band\xe0\xb9\x82s last show\x07\n")
    assert main(["run", str(folder / "in"), "--out", str(folder / "out"), "--quiet"]) == 0
    return folder / "out" / "report.html"


@pytest.fixture(scope="session")
def many(tmp_path_factory):
    """A run of 10,000 documents, its files made here: the report reads nothing else."""
    out = tmp_path_factory.mktemp("many")
    text = "The band’s early days were loud, and nobody in town had heard the like of it before. " * 20
    verdict = {"label": None, "confidence": 0.991, "method": "statistics", "evidence": ["made up"]}
    edit = {"rule": "MOJ202", "start": 8, "end": 9, "before": "โ", "after": "’", "reason": "a contraction", "confidence": 0.9,
            "kind": "inferred", "layer": 1, "source": {"start": 8, "end": 9}, "clean": {"start": 8, "end": 9}}  # fmt: skip
    with (
        (out / "corpus.jsonl").open("w", encoding="utf-8") as corpus,
        (out / "edits.jsonl").open("w", encoding="utf-8") as edits,
    ):
        for number in range(10_000):
            name, changed = f"folder/text {number:05}.txt", number % 3 == 0
            source = {"path": name, "size": len(text), "sha256": "0" * 64}
            encoding = {"encoding": ENCODINGS[number % len(ENCODINGS)], **verdict}
            row = {"id": name, "text": text + name, "source": source, "encoding": encoding,
                   "language": {"code": ("en", "fr", "ru")[number % 3], "confidence": 0.99}, "output_path": name,
                   "edits": {"MOJ202": 1} if changed else {}, "findings": {}}  # fmt: skip
            corpus.write(json.dumps(row, ensure_ascii=False) + "\n")
            if changed:
                edits.write(json.dumps({"document": name, **edit}, ensure_ascii=False) + "\n")
    counts = dict.fromkeys(
        ("documents", "changed", "edits", "findings", "relations", "clusters", "removed", "rejected"), 0
    )
    manifest = {"version": "1", "settings": {"profile": "text"}, "counts": counts, "notes": []}
    manifest["input"] = {"files": 10_000, "bytes": 17_000_000, "sha256": "0" * 64}
    write_report(out, rules=rule_summaries(), manifest=manifest)
    return out / "report.html"
