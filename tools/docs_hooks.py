"""Hooks of mkdocs for this project: the list of pages, and the pages of figures, which are outside `docs/`.

`mkdocs build --strict` reads this file (see mkdocs.yml). The list is made from the folders, so that a new page needs no
second entry: tutorial, how-to, reference, explanation, in that order, each page under its first heading.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
KINDS = {"tutorial": "Tutorial", "how-to": "How-to guides", "reference": "Reference", "explanation": "Explanation"}
FIRST = {
    "reference": ("commands", "settings", "python", "output", "decisions", "rules", "glossary"),
    "explanation": ("promises", "comparison", "when-not-to-use", "architecture"),
}
"""Pages that stand first in their kind; the others follow by name."""
ELSEWHERE = {"reference": ("glossary.md",), "explanation": ("architecture.md",)}
"""Pages of a kind that stand directly below `docs/`."""
LINK = re.compile(r"\[([^\[\]]+)\]\(([^)#:\s]+)(#[^)\s]*)?\)")


def pages(kind: str) -> list[Path]:
    """The pages of `kind` in their order, without those of rules and decisions."""
    found = [*(DOCS / kind).glob("*.md"), *(DOCS / name for name in ELSEWHERE.get(kind, ()))]
    first = FIRST.get(kind, ())
    return sorted(found, key=lambda page: (first.index(page.stem) if page.stem in first else len(first), page.stem))


def figures() -> Iterator[Path]:
    """Pages of figures, which stand beside the benchmarks that make them."""
    yield ROOT / "benchmarks" / "RESULTS.md"
    yield from sorted((ROOT / "benchmarks" / "results").glob("*.md"))


def on_config(config: Any) -> Any:
    """Fills in the list of pages."""
    nav: list[Any] = [{"cleaner": "index.md"}]
    for kind, title in KINDS.items():
        entries: list[Any] = [page.relative_to(DOCS).as_posix() for page in pages(kind)]
        if kind == "reference":
            rules = sorted((DOCS / "reference" / "rules").glob("*.md"))
            entries.append({"Rules, one by one": [f"reference/rules/{page.name}" for page in rules]})
        if kind == "explanation":
            entries.append({"Decisions": sorted(f"adr/{page.name}" for page in (DOCS / "adr").glob("*.md"))})
        nav.append({title: entries})
    nav.append({"Figures": [page.relative_to(ROOT).as_posix() for page in figures()]})
    config.nav = nav
    return config


def on_files(files: Any, config: Any) -> Any:
    """Takes in the pages of figures."""
    from mkdocs.structure.files import File

    for page in figures():
        name = page.relative_to(ROOT).as_posix()
        files.append(File.generated(config, name, content=page.read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """`markdown` whose links out of `docs/` lead to the page taken in; they become text where there is none."""
    source = page.file.src_uri
    here = posixpath.dirname(source if source.startswith("benchmarks/") else f"docs/{source}")
    known = {one.relative_to(ROOT).as_posix() for one in figures()}

    def led(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(here, found[2]))
        place = target.removeprefix("docs/") if target.startswith("docs/") else target
        if target != f"docs/{place}" and place not in known:
            return found[1]
        return f"[{found[1]}]({posixpath.relpath(place, posixpath.dirname(source) or '.')}{found[3] or ''})"

    return LINK.sub(led, markdown)
