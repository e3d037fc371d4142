"""The report in headless Chromium: open, filter, follow a change, follow a cluster, many documents."""

import pytest

from cleaner.cli import main
from tests.browser.reports import SAMPLE
from tests.conftest import ROOT, rows

pytestmark = pytest.mark.browser


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


@pytest.mark.parametrize("fragment", ["#review", "#overlaps", "#documents"])
def test_a_page_opens_at_its_heading(page, samples, fragment):
    page.open(samples, fragment, height=500)
    assert page.ask("return scrollY") == 0


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


@pytest.mark.parametrize("width", [1600, 1280, 1100, 1000, 800, 700])
def test_no_encoding_is_cut(page, many, width):
    page.open(many, "#documents", width=width)
    page.until("return document.querySelectorAll('#table td.c-enc').length > 8")
    cells = "[...document.querySelectorAll('#table td.c-enc')]"
    cut = f"return {cells}.filter(td => td.scrollWidth > td.clientWidth).map(td => td.textContent)"
    assert page.ask(cut) == []
