"""What the pages say is what happens: commands give the output shown, Python examples hold, links lead somewhere."""

import re

import pytest

from tests.conftest import ROOT
from tests.docs.snippets import matches, run_examples, run_steps, steps

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
LINK = re.compile(r"\]\(((?!https?:|mailto:)[^)#\s]+)(?:#[^)]*)?\)")
RUN = [name for name, text in TEXTS.items() if steps(text)]
EXAMPLES = [name for name, text in TEXTS.items() if ">>> " in text]


@pytest.mark.parametrize("name", RUN)
def test_commands(name, tmp_path):
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    assert run_steps(TEXTS[name], tmp_path) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name):
    result = run_examples(TEXTS[name], name)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name):
    page = ROOT / name
    lost = [target for target in LINK.findall(TEXTS[name]) if not (page.parent / target).exists()]
    assert lost == []


def test_the_change_that_the_readme_shows_is_one_of_the_samples():
    """Its parts between signs of omission stand in one line of the edits, in this order."""
    (shown,) = re.findall(r"```json\n(.*?)```", TEXTS["README.md"], re.DOTALL)
    parts = map(re.escape, shown.replace("\n ", "").strip().split("…"))
    edits = (ROOT / "cleaned" / "edits.jsonl").read_text(encoding="utf-8")
    assert re.search(".*?".join(parts), edits)


def test_there_is_something_to_run():
    assert {"README.md", "docs/tutorial/first-corpus.md"} <= set(RUN)
    assert {"README.md", "docs/explanation/comparison.md", "docs/how-to/python.md"} <= set(EXAMPLES)


@pytest.mark.parametrize(
    ("shown", "said", "same"),
    [
        ("one\n", "one\n", True),
        ("one\n", "one\ntwo\n", False),
        ("one\n…\n", "one\ntwo\nthree\n", True),
        ("a … c\n", "a b c\n", True),
        ("", "", True),
        ("", "something\n", False),
    ],
)
def test_what_counts_as_shown(shown, said, same):
    assert matches(shown, said) is same


@pytest.mark.parametrize("kind", ["tutorial", "how-to", "reference", "explanation"])
def test_every_kind_has_pages_with_one_title(kind):
    pages = [text for name, text in TEXTS.items() if name.startswith(f"docs/{kind}/")]
    assert pages
    for text in pages:
        outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        assert outside.startswith("# ")
        assert len(re.findall(r"^# ", outside, re.MULTILINE)) == 1
