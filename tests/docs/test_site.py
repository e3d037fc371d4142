"""The built site: no warning, and nothing that comes from the network."""

import os
import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytest.importorskip("mkdocs", reason="extra `docs`")
pytest.importorskip("material", reason="extra `docs`")
LOADED = re.compile(r"""<(?:script|link|img|iframe)[^>]*?(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, check=False, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return out


def test_every_rule_has_a_page(site):
    assert {page.stem for page in (site / "reference" / "rules").glob("*.html")} == {
        page.stem for page in (ROOT / "docs" / "reference" / "rules").glob("*.md")
    }


def test_nothing_comes_from_the_network(site):
    foreign = {
        f"{page.relative_to(site)}: {found}"
        for page in site.rglob("*.html")
        for found in LOADED.findall(page.read_text(encoding="utf-8"))
    }
    assert foreign == set()


def test_search_needs_no_server(site):
    assert (site / "search" / "search_index.js").is_file()
    assert 'src="../iframe-worker.js"' in (site / "how-to" / "review.html").read_text(encoding="utf-8")
