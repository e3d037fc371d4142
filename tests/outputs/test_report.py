"""The report: one safe file, written from the files of a run, the same bytes for the same files."""

import base64
import hashlib
import json
import re
import zlib

import pytest

from cleaner.cli import main
from cleaner.outputs import report
from cleaner.outputs.report import write_report
from cleaner.outputs.report.overlaps import Overlaps
from cleaner.outputs.report.packing import Packer, script_safe
from cleaner.outputs.report.tally import LEAST, Tally

HOSTILE = "</script><img src=x onerror=alert(1)> <!-- \u2028 ]]> & \u202e bandโs  \n"
RULES = {"MOJ202": "quotes and dashes lost"}


def run(tmp_path, **texts: str):
    """The output folder of a run over `texts` (file name without its end -> text)."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name, text in texts.items():
        (source / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    assert main(["run", str(source), "--out", str(out), "--quiet"]) == 0
    return out


def elements(page: str) -> dict[str, tuple[str, str]]:
    """Id -> type and content of every script element with data."""
    return {
        name: (kind, text)
        for kind, name, text in re.findall(r'<script type="([^"]+)" id="([^"]+)">(.*?)</script>', page, re.DOTALL)
    }


def held(page: str) -> tuple[dict, dict[int, dict]]:
    """The overview of a page, and the details by the document's number."""
    found = elements(page)
    overview = json.loads(found["data"][1])
    details = {}
    for number, part in enumerate(overview["columns"]["part"]):
        if part >= 0:
            kind, text = found[f"part-{part}"]
            raw = zlib.decompress(base64.b64decode(text)) if kind == "application/zlib" else text
            details[number] = json.loads(raw)[str(number)]
    return overview, details


def test_nothing_in_a_document_can_run(tmp_path):
    page = (run(tmp_path, hostile=HOSTILE) / "report.html").read_text(encoding="utf-8")
    assert page.count("</script>") == len(elements(page)) + 1
    assert "<img" not in page
    assert "onerror=alert(1)>" not in page
    assert "\u2028" not in page
    _, details = held(page)
    assert "<img src=x onerror=alert(1)>" in details[0]["text"]


def test_lone_surrogates_and_ends_of_script_are_escaped():
    written = script_safe({"<": "\ud800 </script> \u2029"})
    written.encode()
    assert "<" not in written
    assert json.loads(written) == {"<": "\ud800 </script> \u2029"}


def test_the_policy_names_the_script_and_the_style(tmp_path):
    page = (run(tmp_path, plain="plain") / "report.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert "default-src 'none'" in policy
    for name, body in (("style", r"<style>(.*?)</style>"), ("script", r"<script>(.*?)</script>")):
        digest = base64.b64encode(hashlib.sha256(re.search(body, page, re.DOTALL)[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_no_network_and_no_markup_from_data(tmp_path):
    page = (run(tmp_path, plain="plain") / "report.html").read_text(encoding="utf-8")
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(", page)
    assert not re.search(r"@[A-Z_]+@", page)


def test_what_is_told_of_documents(tmp_path):
    out = run(tmp_path, a="bandโs first days  \n", b="plain")
    overview, details = held((out / "report.html").read_text(encoding="utf-8"))
    assert (overview["documents"], overview["changed"], overview["noticed"]) == (2, 1, 0)
    assert overview["columns"]["id"] == ["a.txt", "b.txt"]
    assert dict(overview["tallies"]["rules"]) == {"MOJ202": 1, "TXT105": 1}
    assert details[0]["text"] == "band’s first days\n"
    assert {edit["rule"] for edit in details[0]["edits"]} == {"MOJ202", "TXT105"}
    assert details[0]["sha256"] == hashlib.sha256("bandโs first days  \n".encode()).hexdigest()
    assert "edits" not in details[1]
    assert sum(map(sum, overview["confidence"])) == 2


def test_written_again_from_the_files_alone(tmp_path):
    out = run(tmp_path, a="bandโs first days  \n", b=HOSTILE)
    first = (out / "report.html").read_bytes()
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["output"]["report.html"] == hashlib.sha256(first).hexdigest()
    (out / "report.html").unlink()
    from cleaner.rules import rule_summaries

    digest = write_report(out, rules=rule_summaries())
    assert (out / "report.html").read_bytes() == first
    assert digest == manifest["output"]["report.html"]


def test_large_runs_are_deflated_and_hold_the_same(tmp_path, monkeypatch):
    out = run(tmp_path, a="bandโs first days  \n", b=HOSTILE)
    write_report(out, rules=RULES)
    plain = held((out / "report.html").read_text(encoding="utf-8"))
    monkeypatch.setattr(report, "PLAIN", 0)
    write_report(out, rules=RULES)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert elements(page)["part-0"][0] == "application/zlib"
    assert held(page) == plain


def test_long_texts_are_told_by_their_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "LONGEST", 40)
    out = run(tmp_path, a="The bandโs first days. " * 4)
    overview, details = held((out / "report.html").read_text(encoding="utf-8"))
    assert "text" not in details[0]
    assert overview["untold"] == {"texts": 1, "details": 0}
    assert details[0]["edits"][0]["left"] == "The band"
    assert details[0]["edits"][0]["right"].startswith("s first days.")


def test_what_is_beyond_the_cap_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "TEXTS", 0)
    monkeypatch.setattr("cleaner.outputs.report.packing.FULL", 0)
    out = run(tmp_path, a="The bandโs first days", b="The bandโs last days, and more of them")
    overview, details = held((out / "report.html").read_text(encoding="utf-8"))
    assert overview["columns"]["part"] == [0, -1]
    assert overview["untold"]["details"] == 1
    assert overview["changed"] == 2
    assert list(details) == [0]


def test_the_least_certain_changes_come_first_and_are_capped():
    tally = Tally()
    encoding, language = {"encoding": "utf-8", "confidence": 1}, {"code": "en", "confidence": 1}
    for number in range(300):
        edits = [
            {"rule": "MOJ202", "confidence": c, "before": "a", "after": "b", "reason": "r", "clean": {"start": 1, "end": 2}}
            for c in [0.5 + number / 1000] * 10 + [1.0]
        ]  # fmt: skip
        row = {"id": str(number), "text": "xby", "source": {"size": 3}, "encoding": encoding, "language": language}
        tally.add(row, edits, [], 0)
    shown = tally.least_certain()
    assert len(shown) == LEAST
    assert [entry["confidence"] for entry in shown] == sorted(entry["confidence"] for entry in shown)
    assert (shown[0]["doc"], shown[0]["left"], shown[0]["right"]) == (0, "x", "y")
    assert max(entry["doc"] for entry in shown) == LEAST // 6 - 1


def passage(kind: str, start: int, score: float = 0.5) -> dict:
    return {"kind": kind, "score": score, "a": {"start": start, "end": start + 4}, "b": {"start": 0, "end": 3}}


def test_passages_take_their_words_from_the_documents():
    relation = {"type": "relation", "a": "a", "b": "b", "relation": "story", "score": 0.6, "evidence": ["Olga"]}
    relation["passages"] = [passage("same_people", 0), passage("same_event", 4)]
    related = {"type": "relation", "a": "a", "b": "c", "relation": "related", "score": 0.2}
    cluster = {
        "type": "cluster",
        "id": "s1",
        "relation": "story",
        "members": ["a", "b"],
        "representative": "a",
        "reason": "r",
    }
    overlaps = Overlaps.read(lambda: [relation, related, cluster])
    overlaps.take("a", "onestwos")
    overlaps.take("b", "three")
    story, pair = overlaps.clusters
    assert [p["kind"] for p in story["pairs"][0]["passages"]] == ["same_event", "same_people"]
    assert [(p["a"], p["b"]) for p in story["pairs"][0]["passages"]] == [("twos", "thr"), ("ones", "thr")]
    assert (pair["relation"], pair["members"]) == ("related", ["a", "c"])


def test_of_many_pairs_the_best_are_shown(monkeypatch):
    monkeypatch.setattr("cleaner.outputs.report.overlaps.FEWEST", 2)
    monkeypatch.setattr("cleaner.outputs.report.overlaps.ALL_PAIRS", 2)
    members = ["a", "b", "c", "d"]
    pairs = [("a", "b", 0.2), ("a", "c", 0.9), ("a", "d", 0.5), ("b", "c", 0.9)]
    relations = [{"type": "relation", "a": a, "b": b, "relation": "near", "score": score} for a, b, score in pairs]
    cluster = {
        "type": "cluster",
        "id": "n1",
        "relation": "near",
        "members": members,
        "representative": "a",
        "reason": "r",
    }
    overlaps = Overlaps.read(lambda: [*relations, cluster])
    (shown,) = overlaps.clusters
    assert [(pair["a"], pair["b"]) for pair in shown["pairs"]] == [("a", "c"), ("b", "c")]
    assert shown["pairCount"] == 4
    assert overlaps.pairs == {"near": 4}


def test_parts_are_numbered_and_closed():
    packer = Packer(deflate=False)
    assert packer.add(0, "a") == 0
    first = packer.close()
    assert packer.add(7, "b") == 1
    assert 'id="part-0"' in first
    assert '{"7":"b"}' in packer.close()
    assert packer.close() == ""


@pytest.mark.parametrize("name", report.SCRIPTS)
def test_scripts_are_short_enough_to_read(name):
    assert report._asset(f"{name}.js").count("\n") <= 400
