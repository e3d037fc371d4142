"""Writes the generated reference pages: a page a rule, from its texts and its test cases, and the schemas.

python tools/build_reference.py            write them
python tools/build_reference.py --check    say which are stale; exit 1 where one is
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.outputs.rows import schemas
from cleaner.rules import explain_rule, rule_codes, rule_summary

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
MOST = 6
"""Cases shown on a page."""


def cases() -> Iterator[dict[str, Any]]:
    """Every case below `fixtures/` that names a rule."""
    for path in sorted((ROOT / "fixtures").rglob("*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        found = held.get("cases", []) if isinstance(held, dict) else held
        yield from (case for case in found if isinstance(case, dict) and "rule" in case)


def shown(text: str) -> str:
    """`text` as code in a Markdown table, invisible characters by their escapes."""
    escaped = "".join(
        c if c.isprintable() and c != "\N{NO-BREAK SPACE}" else c.encode("unicode_escape").decode() for c in text
    )
    fence = "``" if "`" in escaped else "`"
    return f"{fence}{escaped.replace('|', chr(0x2758))}{fence}"


def pages() -> dict[str, str]:
    """Path below `docs/reference` -> text of every generated page."""
    by_rule: dict[str, list[dict[str, Any]]] = {}
    for case in cases():
        by_rule.setdefault(case["rule"], []).append(case)
    made = {}
    index = [
        "# Rules",
        "",
        "Made by `tools/build_reference.py`; `cleaner explain CODE` says the same.",
        "",
        "| code | what it sees |",
        "|---|---|",
    ]
    for code in rule_codes():
        index.append(f"| [{code}](rules/{code}.md) | {rule_summary(code)} |")
        title, _, details = explain_rule(code).partition("\n\n")
        lines = [f"# {title}", "", details, ""]
        own = [case for case in by_rule.get(code, ()) if {"text", "clean"} <= set(case)][:MOST]
        if own:
            lines += ["## Cases", "", "| before | after |", "|---|---|"]
            lines += [f"| {shown(case['text'])} | {shown(case['clean'])} |" for case in own]
            lines.append("")
        made[f"rules/{code}.md"] = "\n".join(lines)
    made["rules.md"] = "\n".join([*index, ""])
    made |= {f"schemas/{name}.json": json.dumps(body, indent=2) + "\n" for name, body in schemas().items()}
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is stale")
    options = parser.parse_args()
    made = pages()
    present = {
        p.relative_to(REFERENCE).as_posix()
        for folder in ("rules", "schemas")
        for p in (REFERENCE / folder).rglob("*.*")
    }
    stale = sorted(present - set(made))
    for name, text in made.items():
        path = REFERENCE / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not options.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    if not options.check:
        for name in present - set(made):
            (REFERENCE / name).unlink()
    print(f"{len(made)} pages, {len(stale)} {'stale' if options.check else 'written'}", *stale, sep="\n  ")
    return int(options.check and bool(stale))


if __name__ == "__main__":
    raise SystemExit(main())
