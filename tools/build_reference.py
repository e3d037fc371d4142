"""Writes the generated reference pages: a page a rule, from its texts and its test cases, and the schemas.

python tools/build_reference.py            write them
python tools/build_reference.py --check    say which are stale; exit 1 where one is
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cleaner.cli.schema import schemas
from cleaner.rules import explain_rule, rule_codes, rule_summary

sys.path.insert(0, str(Path(__file__).parent))
from reference_pages import commands_page, python_page, settings_page

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
MOST = 12
"""Cases of a kind that a page shows; further ones are counted."""

Case = dict[str, Any]


def cases() -> Iterator[Case]:
    """Every case below `fixtures/` that names a rule; a folder there is a stage."""
    for path in sorted((ROOT / "fixtures").rglob("*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        found = held.get("cases", []) if isinstance(held, dict) else held
        yield from (case for case in found if isinstance(case, dict) and "rule" in case)


def shown(text: str) -> str:
    """`text` as code in a Markdown table, invisible characters by their escapes."""
    escaped = "".join(
        c if c.isprintable() and c != "\N{NO-BREAK SPACE}" else c.encode("unicode_escape").decode() for c in text
    )
    if not escaped:
        return "nothing"
    fence = "``" if "`" in escaped else "`"
    pad = " " if escaped[0] in " `" or escaped[-1] in " `" else ""  # Markdown takes one space off each end
    return f"{fence}{pad}{escaped.replace('|', chr(0x2758))}{pad}{fence}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    lines += [f"| {' | '.join(row)} |" for row in rows[:MOST]]
    more = [f"{len(rows) - MOST} more stand in `fixtures/`.", ""] if len(rows) > MOST else []
    return [*lines, "", *more]


def _why(case: Case) -> str:
    profile = case.get("profile")
    why = str(case.get("why") or case.get("note") or "").replace("|", chr(0x2758))
    return why[:1].upper() + why[1:] + (f" (Profile `{profile}`.)" if profile else "")


def _pair(case: Case) -> list[str]:
    """Two documents and what is found about them."""
    kind = case.get("relation") or case.get("passage")
    told = [case[side].replace("\n", "  \n> ") for side in ("a", "b")]
    return [f"> {told[0]}", "", f"> {told[1]}", "", f"`{kind}`: {_why(case)}", ""]


def case_lines(own: Sequence[Case]) -> list[str]:
    """The part of a page that shows the cases `own` of its rule."""
    failing = [case for case in own if case.get("known_failure")]
    own = [case for case in own if not case.get("known_failure")]
    lines: list[str] = []
    swaps = [case for case in own if {"text", "clean"} <= set(case)]
    changed = [case for case in swaps if case["text"] != case["clean"]]
    same = [case for case in swaps if case["text"] == case["clean"]]
    tables: list[tuple[str, Sequence[str], list[list[str]]]] = [
        ("Cases", ("before", "after", "why"), [[shown(c["text"]), shown(c["clean"]), _why(c)] for c in changed]),
        ("Left as it is", ("text", "why"), [[shown(c["text"]), _why(c)] for c in same]),
        (
            "Cases",
            ("text", "reported and left", "why"),
            [[shown(c["text"]), ", ".join(map(shown, c["found"])), _why(c)] for c in own if "found" in c],
        ),
        (
            "Cases",
            ("bytes", "read as", "why"),
            [
                [f"`{c['bytes']}`", shown(c["text"]) if "text" in c else "\N{EN DASH}", _why(c)]
                for c in own
                if "bytes" in c
            ],
        ),
        (
            "Cases",
            ("text", "candidates", "why"),
            [[shown(c["text"]), ", ".join(c["doubtful"]) or "many", _why(c)] for c in own if "doubtful" in c],
        ),
        ("Cases", ("in the folder", "said of it", "why"), [[c["place"], c["row"], _why(c)] for c in own if "row" in c]),
    ]
    for title, heads, rows in tables:
        if rows:
            lines += [f"## {title}", "", *_table(heads, rows)]
    pairs = [line for case in own if "a" in case and "why" in case for line in _pair(case)]
    if pairs:
        lines += ["## Cases", "", *pairs]
    if failing:
        rows = [[shown(c["text"]), shown(c["clean"]), str(c["known_failure"])] for c in failing if "clean" in c]
        lines += ["## Known failures", "", *_table(("text", "should become", "why it does not"), rows)]
    return lines


def pages() -> dict[str, str]:
    """Path below `docs/reference` -> text of every generated page."""
    by_rule: dict[str, list[Case]] = {}
    for case in cases():
        by_rule.setdefault(case["rule"], []).append(case)
    made = {}
    index = [
        "# Rules",
        "",
        "A page a rule, made by `tools/build_reference.py` from the texts of the rules and the cases in `fixtures/`;",
        "`cleaner explain CODE` says the same. Codes are stable.",
        "",
        "| code | what it sees |",
        "|---|---|",
    ]
    for code in rule_codes():
        index.append(f"| [{code}](rules/{code}.md) | {rule_summary(code)} |")
        title, _, details = explain_rule(code).partition("\n\n")
        lines = [f"# {title}", "", details, "", *case_lines(by_rule.get(code, ()))]
        made[f"rules/{code}.md"] = "\n".join(lines)
    made["rules.md"] = "\n".join([*index, ""])
    made |= {"commands.md": commands_page(), "settings.md": settings_page(), "python.md": python_page()}
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
