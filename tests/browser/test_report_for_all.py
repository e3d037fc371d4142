"""The report for everybody: phone width, light and dark, names, headings, the keyboard."""

import re
from itertools import pairwise

import pytest

from cleaner.cli import main
from tests.browser.reports import SAMPLE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "fragment", ["", "#review", "#overlaps", "#cluster=0", "#documents", f"#doc={SAMPLE}&change=3"]
)
@pytest.mark.parametrize("width", [320, 390])
def test_phone_width_scrolls_one_way_only(page, samples, fragment, width):
    page.open(samples, fragment, width=width, height=844)
    page.until("return document.querySelector('main > section:not([hidden])').offsetHeight > 100")
    assert page.ask("return document.documentElement.scrollWidth") <= width
    if fragment == "#documents":
        assert page.one("#table .c-id a").size["width"] > 140
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


@pytest.mark.parametrize("theme", ["", "dark"])
def test_paper_is_light(page, samples, theme):
    page.open(samples, dark=True)
    page.ask("document.documentElement.dataset.theme = arguments[0]", theme)
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert page.ask("return getComputedStyle(document.body).backgroundColor") == "rgb(246, 246, 243)"
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_text_from_right_to_left_is_read_so(page, tmp_path):
    (tmp_path / "in").mkdir()
    text = "תוקפו של חוק כזה יהיה עד חמש שנים, אך הוא ניתן להארכה."
    (tmp_path / "in" / "law.txt").write_text(f"{text.encode().decode('mac_roman')}\n", encoding="utf-8")
    (tmp_path / "in" / "copy.txt").write_text(f"{text}\n{text}\n", encoding="utf-8")
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    for fragment, selector in (("#doc=law.txt", ".is ins"), ("#cluster=0", "blockquote:first-of-type > span > *")):
        page.open(tmp_path / "out" / "report.html", fragment)
        page.one(selector)
        places = page.ask(
            "return [...document.querySelectorAll(arguments[0])].map(one => one.getBoundingClientRect())", selector
        )
        line = [one["right"] for one in places if one["top"] == places[0]["top"]]
        assert line[0] == max(line), fragment


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


def test_tab_goes_on_where_rows_are_made_anew(page, many):
    """Rows that come into view replace the elements of all rows; the focus stays on its own."""
    page.open(many, "#documents", height=600)
    page.until("return document.querySelectorAll('#table tr[data-at]').length > 20")
    page.ask("document.querySelector('#table tr[data-at=\"0\"] a').focus()")
    reached = []
    for at in range(1, 60):
        page.press("\ue004")
        focused = "return document.activeElement.closest('tr[data-at]')?.dataset.at"
        page.until(f"{focused} === '{at}'")
        reached.append(page.ask(focused))
    assert reached == [str(at) for at in range(1, 60)]
