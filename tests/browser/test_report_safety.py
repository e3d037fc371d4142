"""Nothing in a document can run: hostile texts and names, and the policy of the page."""

import pytest

from tests.browser.reports import HOSTILE_NAME

pytestmark = pytest.mark.browser


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
