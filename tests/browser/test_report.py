"""The report in headless Chromium: open, filter, follow a change, follow a cluster, decide, phone, dark, hostile text."""

import json
import re
from itertools import pairwise

import pytest

from cleaner.cli import main
from cleaner.outputs.report import write_report
from cleaner.rules import rule_codes, rule_summary
from tests.conftest import ROOT, rows

pytestmark = pytest.mark.browser
SAMPLE = "002_dba9c49a8f1d4344.txt"
HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> "
    "bandโs [x](javascript:document.title='owned') \u2028 \u2029 \u202eevil\u202c &lt;b&gt; <!-- ]]> {{x}} ${x}\n"
)
HOSTILE_NAME = "<img src=x onerror=document.title=1>&quot;'\u202e.txt"


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
    empty = {"encoding": "utf-8", "label": "utf-8", "confidence": 1.0, "method": "utf8", "evidence": ["valid UTF-8"]}
    edit = {"rule": "MOJ202", "start": 8, "end": 9, "before": "โ", "after": "’", "reason": "a contraction", "confidence": 0.9,
            "kind": "inferred", "layer": 1, "source": {"start": 8, "end": 9}, "clean": {"start": 8, "end": 9}}  # fmt: skip
    with (
        (out / "corpus.jsonl").open("w", encoding="utf-8") as corpus,
        (out / "edits.jsonl").open("w", encoding="utf-8") as edits,
    ):
        for number in range(10_000):
            name, changed = f"folder/text {number:05}.txt", number % 3 == 0
            source = {"path": name, "size": len(text), "sha256": "0" * 64}
            row = {"id": name, "text": text + name, "source": source, "encoding": empty,
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
    write_report(out, rules={code: rule_summary(code) for code in rule_codes()}, manifest=manifest)
    return out / "report.html"


def test_opens_and_tells_what_was_done(page, samples):
    page.open(samples)
    assert "5 documents, 2 of them changed in 16 places. 3 passed through as they were." in page.text("#lead")
    assert "MOJ202" in page.text("#plots")
    assert page.ask("return document.querySelectorAll('#plots svg').length") >= 6
    assert page.log() == []


def test_a_bar_leads_to_its_documents(page, samples):
    page.open(samples)
    page.ask("[...document.querySelectorAll('.bars button')].find(b => b.textContent.includes('MOJ202')).click()")
    assert page.until("return document.documentElement.dataset.page") == "documents"
    page.until("return document.querySelector('#count').textContent.startsWith('1 of 5')")
    assert [row.text for row in page.all("#table .c-id a")] == [SAMPLE]


def test_filter_and_sort(page, samples):
    page.open(samples, "#documents")
    page.one("#f-text").send_keys("00")
    assert page.text("#count") == "5 documents"
    page.one("#f-text").send_keys("3_9a")
    assert page.text("#count") == "1 of 5 documents"
    page.one("button[type=reset]").click()
    page.until("return document.querySelector('#count').textContent === '5 documents'")
    page.one("th.c-edits button").click()
    assert page.one("th.c-edits").get_attribute("aria-sort") == "descending"
    assert page.all("#table .c-id a")[0].text == SAMPLE
    page.ask(
        "const s = document.querySelector('#f-lang'); s.value = 'ru'; s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    assert page.text("#count") == "1 of 5 documents"
    assert page.log() == []


def test_follow_a_change(page, samples):
    page.open(samples, "#documents")
    page.ask("[...document.querySelectorAll('#table a')].find(a => a.textContent.startsWith('002')).click()")
    assert page.text("#doc-title") == SAMPLE
    marks = page.all("ins[role=button]")
    assert len(marks) == 12
    page.ask("arguments[0].click()", marks[2])
    shown = page.text(".change")
    assert "contraction or possessive" in shown
    assert "encode tis-620, then decode utf-8" in shown
    assert "U+0E42 → U+2019" in shown
    assert "3 of 12" in shown
    assert page.one("ins.on").get_attribute("aria-expanded") == "true"
    page.press("n")
    assert "4 of 12" in page.text(".change")
    page.press("\ue00c")
    assert page.all(".change") == []
    assert page.ask("return document.activeElement.getAttribute('role')") == "button"
    assert page.log() == []


def test_both_sides_are_the_source_and_the_clean_text(page, samples):
    """The page undoes the edits itself; what it shows is what the files hold."""
    texts = {row["id"]: row["text"] for row in rows(samples.parent / "corpus.jsonl")}
    for name in (SAMPLE, "003_9a54cbe64b5716e8.txt"):
        page.open(samples, f"#doc={name}")
        page.one(".diff")
        plain = """
            const clone = arguments[0].cloneNode(true);
            const names = {NBSP: "\\u00a0", "\\u2423": " ", "\\u2205": "", "\\u21b5": "\\n"};
            for (const sign of clone.querySelectorAll(".sign")) sign.replaceWith(names[sign.textContent] ?? sign.textContent);
            return clone.textContent;"""
        for side, whole in (("was", (ROOT / "seeds" / name).read_text(encoding="utf-8")), ("is", texts[name])):
            shown = [page.ask(plain, cell) for cell in page.all(f".diff .line .{side}")]
            assert "".join("".join(shown).split()) == "".join(whole.split()), side


def test_follow_a_cluster(page, samples):
    page.open(samples, "#overlaps")
    page.one(".group h3 a").click()
    assert page.text("#cluster-title") == "5 tellings of one story"
    assert len(page.all(".matrix button")) == 10
    assert page.all(".pair.same_event mark")
    assert len(page.all(".pairs .pair:first-child blockquote")) == 2
    before = page.text(".compare")
    page.all(".matrix button")[0].click()
    assert page.text(".compare") != before
    page.one(".compare h3 a").click()
    assert page.until("return document.documentElement.dataset.page === 'doc'")
    assert page.log() == []


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


@pytest.mark.parametrize(
    "fragment", ["", "#review", "#overlaps", "#cluster=0", "#documents", f"#doc={SAMPLE}&change=3"]
)
def test_phone_width_scrolls_one_way_only(page, samples, fragment):
    page.open(samples, fragment, width=390, height=844)
    page.until("return document.querySelector('main > section:not([hidden])').offsetHeight > 100")
    assert page.ask("return document.documentElement.scrollWidth") <= 390
    if fragment == "#documents":
        assert page.one("#table .c-id a").size["width"] > 150
    assert page.log() == []


RATIO = """
const channel = value => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
const parse = colour => (colour.match(/[\\d.]+/g) ?? []).map(value => Number(value) * (colour.startsWith("color(") ? 255 : 1));
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const ground = node => {
  for (let at = node; at; at = at.parentElement) {
    const colour = parse(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const spoken = node => [...node.childNodes].some(kid => kid.nodeType === 3 && kid.textContent.trim());
const bad = [];
for (const node of document.querySelectorAll("body *")) {
  if (!spoken(node) || !node.offsetParent || node.closest("option,datalist,.unseen,.skip,svg")) continue;
  const a = light(parse(getComputedStyle(node).color)), b = light(ground(node));
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) bad.push(`${node.tagName}.${node.className} ${node.textContent.slice(0, 30)} ${ratio.toFixed(2)}`);
}
return bad;
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("fragment", ["", "#review", "#cluster=0", "#documents", f"#doc={SAMPLE}&change=3"])
def test_contrast(page, samples, fragment, dark):
    page.open(samples, fragment, dark=dark)
    background = page.ask("return getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", background)[:3])) < 200) == dark
    assert page.ask(RATIO) == []


def test_the_theme_can_be_changed(page, samples):
    page.open(samples, dark=True)
    assert page.text("#theme") == "Light"
    page.one("#theme").click()
    assert page.ask("return getComputedStyle(document.body).backgroundColor") == "rgb(246, 246, 243)"


NAMELESS = """
const labels = node => [...(node.labels ?? [])].map(label => label.textContent).join("");
const named = node => (node.getAttribute("aria-label") ?? "") + node.textContent + labels(node);
const asked = "button, a, input, select, [role=button], [role=region], [role=group], nav, section";
return [...document.querySelectorAll(asked)]
  .filter(node => node.offsetParent && !named(node).trim() && !node.getAttribute("aria-labelledby"))
  .map(node => node.outerHTML.slice(0, 100));
"""


@pytest.mark.parametrize("fragment", ["", "#review", "#cluster=0", "#documents", f"#doc={SAMPLE}&change=3"])
def test_everything_has_a_name_and_headings_are_in_order(page, samples, fragment):
    page.open(samples, fragment)
    assert page.ask(NAMELESS) == []
    levels = [int(node.tag_name[1]) for node in page.all("h1, h2, h3, h4") if node.is_displayed()]
    assert levels[:2] == [1, 2]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    twice = page.ask(
        "const ids = [...document.querySelectorAll('[id]')].map(n => n.id); return ids.filter((id, at) => ids.indexOf(id) < at)"
    )
    assert twice == []


def test_keyboard_alone(page, samples):
    page.open(samples)
    page.press("\ue004")
    assert page.ask("return document.activeElement.textContent") == "Skip to the content"
    page.press("\ue007")
    assert page.ask("return document.activeElement.id") == "main"
    page.open(samples, "#documents")
    page.ask("document.querySelector('#table tbody a').focus()")
    page.press("\ue015", "\ue015")
    assert page.ask("return document.activeElement.textContent") == SAMPLE
    page.press("\ue007")
    page.until("return document.activeElement.id === 'doc-title'")
    page.ask("document.querySelector('ins[role=button]').focus()")
    page.press("\ue007")
    assert "1 of 12" in page.text(".change")
    page.ask("document.querySelector('.change [data-step=next]').focus()")
    page.press("\ue007", "a")
    assert page.text("#decided").startswith("1 decision")


@pytest.mark.parametrize(
    "fragment",
    ["", "#review", "#overlaps", "#cluster=0", "#documents", "#doc=copy.txt&change=1", "#doc=surrogate.txt&change=1"],
)
def test_hostile_text_stays_text(page, hostile, fragment):
    page.open(hostile, fragment)
    if fragment.startswith("#doc="):
        page.one(".diff")
    assert "owned" not in page.ask("return document.title")
    assert page.all("img, iframe, object, body b, a[href^=javascript]") == []
    assert (
        page.ask("return document.scripts.length")
        == page.ask("return document.querySelectorAll('script[type]').length") + 1
    )
    assert page.log() == []


def test_hostile_name_leads_to_its_document(page, hostile):
    page.open(hostile, "#documents")
    page.ask("[...document.querySelectorAll('#table a')].find(a => a.textContent.includes('onerror')).click()")
    page.one(".diff")
    assert "U+202E" in page.text("#doc-title")
    assert page.all("img") == []
    page.ask("document.querySelector('ins[role=button]').click()")
    page.ask("document.querySelector('.change [data-verdict=accept]').click()")
    page.one("#download").click()
    assert page.downloaded("decisions.jsonl")[0]["document"] == HOSTILE_NAME


def test_the_policy_forbids_foreign_script(page, samples):
    page.open(samples)
    markup = "try { document.body.innerHTML = '<b>x</b>'; return 'done'; } catch (error) { return error.message; }"
    assert "TrustedHTML" in page.ask(markup)
    link = "const a = document.createElement('a'); a.href = \"javascript:document.title='owned'\"; document.body.append(a);"
    page.ask(link + "a.click()")
    page.until("return document.querySelector('body > a:last-of-type').href.startsWith('javascript:')")
    assert "owned" not in page.ask("return document.title")
    assert any("Content Security Policy" in line for line in page.log())


@pytest.mark.parametrize(
    "fragment", ["", "#review", "#overlaps", "#documents", "#doc=empty.txt", "#doc=gone", "#cluster=7"]
)
def test_a_run_of_nearly_nothing(page, tmp_path, fragment):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\r")
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    page.open(tmp_path / "out" / "report.html", fragment)
    if not fragment:
        assert page.text("#lead") == "1 document. Nothing was changed."
        assert "picture.png" in page.ask("return document.querySelector('#others').textContent")
    assert page.log() == []


def test_a_document_with_thousands_of_changes(page, tmp_path):
    (tmp_path / "in").mkdir()
    text = "".join(f"line {number} of a long text\r\n" for number in range(6000))
    (tmp_path / "in" / "long.txt").write_bytes(text.encode())
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    page.open(tmp_path / "out" / "report.html", "#doc=long.txt")
    page.one(".diff")
    assert len(page.all(".diff .line")) < 500
    assert "lines left" in page.all(".fold button")[-1].text
    page.ask("[...document.querySelectorAll('.actions button')].find(b => b.textContent === 'Accept all').click()")
    assert page.text("#decided").startswith("6,000 decisions")
    page.open(tmp_path / "out" / "report.html", "#doc=long.txt&change=3000")
    assert "3,000 of 6,000" in page.text(".change")
    assert "line 2999 of" in page.ask("return document.querySelector('ins.on').closest('.line').textContent")
    assert page.log() == []


def test_ten_thousand_documents(page, many):
    page.open(many, "#documents")
    assert page.text("#count") == "10,000 documents"
    assert len(page.all("#table tr")) < 80
    page.ask("document.querySelector('#scroll').scrollTop = 1e9")
    page.until(
        "return [...document.querySelectorAll('#table .c-id a')].some(a => a.textContent === 'folder/text 09999.txt')"
    )
    page.one("#f-text").send_keys("text 00042")
    assert page.text("#count") == "1 of 10,000 documents"
    page.one("#table .c-id a").click()
    assert page.text("#doc-title") == "folder/text 00042.txt"
    page.one(".diff")
    assert "The bandโs early days" in page.text(".diff .was")
    assert page.log() == []
