"""The report: one safe file, the same bytes for the same data."""

import json
import re

import pytest

import cleaner
from cleaner.outputs.report import ReportData, render_report

HOSTILE = "</script><img src=x onerror=alert(1)> <!-- \u2028 ]]> & \u202e bandโs"


def report_of(*texts: str) -> str:
    documents = [cleaner.clean(text, path=f"{number} {text[:20]}") for number, text in enumerate(texts)]
    data = ReportData(
        "1", "text", {"profile": "text"}, documents, (), (), [{"path": HOSTILE, "reason": HOSTILE}], (), {}
    )
    return "".join(render_report(data))


def test_nothing_in_a_document_can_run():
    page = report_of(HOSTILE)
    assert page.count("</script>") == 2
    assert "<img" not in page
    assert "onerror=alert(1)>" not in page


def test_data_is_json_and_whole():
    page = report_of("bandโs first days  \n", "plain")
    held = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    overview, first, second = json.loads(held[1])
    assert overview["profile"] == "text"
    assert first["text"] == "band’s first days\n"
    assert {change["rule"] for change in first["changes"]} == {"MOJ202", "TXT105"}
    assert second["edits"] == 0


def test_no_network_and_no_markup_from_data():
    page = report_of("plain")
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert "innerHTML" not in page
    assert "default-src 'none'" in page


def test_same_bytes():
    assert report_of("bandโs", HOSTILE) == report_of("bandโs", HOSTILE)


@pytest.mark.parametrize("sign", ["@DATA@", "@STYLE@", "@SCRIPT@"])
def test_template_is_filled(sign):
    assert sign not in report_of("plain")
