"""`cleaner compare OUT1 OUT2`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.common import Style, add_output, colour_wanted, printable
from cleaner.plurals import counted

if TYPE_CHECKING:
    from cleaner.runs.differences import Differences, RuleDifference

MOST = 5
"""Names that are shown of a list."""
NOT = "not rejected"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Says what changed from one run to another over the same documents, by rule, with examples."
    parser.epilog = """\
examples:
  cleaner compare clean-0.1 clean-0.2
  cleaner compare clean strict --format json"""
    parser.add_argument("first", type=Path, metavar="OUT1", help="folder of the earlier run")
    parser.add_argument("second", type=Path, metavar="OUT2", help="folder of the later run")
    how = parser.add_argument_group("what is printed")
    how.add_argument("--format", choices=("text", "json"), default="text", help="form (default: text)")
    add_output(how)


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from cleaner.cli.checked import write_lines
    from cleaner.runs.differences import compare_runs

    found = compare_runs(options.first, options.second)
    if options.format == "json":
        import json
        from dataclasses import asdict

        row = asdict(found)
        row["encodings"] = [[*pair, number] for pair, number in found.encodings.items()]
        row["languages"] = [[*pair, number] for pair, number in found.languages.items()]
        print(json.dumps(row, ensure_ascii=False, indent=1))
        return 0
    write_lines(_told(options.first, options.second, found, Style(colour_wanted(options))))
    return 0


def _told(first: Path, second: Path, found: Differences, style: Style) -> Iterator[str]:
    for place, version, number in zip((first, second), found.versions, found.documents, strict=True):
        yield f"{style(printable(place), 'bold')}: {counted(number, 'document')}, cleaner {version}"
    for name, (one, other) in found.settings.items():
        yield f"  setting {name}: {one!r} → {other!r}"
    yield ""
    if not found:
        yield "Nothing changed."
        return
    yield f"Texts: {found.same:,} the same, {found.texts:,} different."
    yield from _listed(f"only in {printable(first)}", found.only_first)
    yield from _listed(f"only in {printable(second)}", found.only_second)
    yield from _listed("another source, not compared", found.sources)
    rejected = [f"{path} ({one or NOT} → {other or NOT})" for path, (one, other) in found.rejected.items()]
    yield from _listed("rejected by one run only, or for another reason", rejected)
    yield from _pairs("encoding", found.encodings)
    yield from _pairs("language", found.languages)
    if found.rules:
        yield ""
        yield style(f"{'changes':<10}{'gone':>8}{'new':>8}{'other':>8}", "dim")
    for rule, held in sorted(found.rules.items()):
        yield from _rule(rule, held, style)
    findings = {rule: number for rule, number in sorted(found.findings.items()) if number}
    if findings:
        yield ""
        yield "left alone: " + ", ".join(f"{rule} {number:+,}" for rule, number in findings.items())
    for kind, (gone, come) in found.relations.items():
        yield f"relations {kind}: {gone:,} gone, {come:,} new"


def _rule(rule: str, held: RuleDifference, style: Style) -> Iterator[str]:
    from cleaner.cli.reporters.as_text import quoted
    from cleaner.rules import rule_summary

    yield f"{style(f'{rule:<10}', 'cyan')}{held.first:>8,}{held.second:>8,}{held.other:>8,}  {rule_summary(rule)}"
    for one in held.examples:
        was = "left" if one.first is None else quoted(one.first)
        now = "left" if one.second is None else quoted(one.second)
        place = f"{printable(one.document)}, character {one.start:,},"
        yield f"    {place} {quoted(one.before)}: {style(was, 'red')} → {style(now, 'green')}"


def _listed(said: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f" and {len(names) - MOST:,} more" if len(names) > MOST else ""
        yield f"{len(names):,} {said}: {', '.join(map(printable, names[:MOST]))}{more}"


def _pairs(said: str, pairs: Counter[tuple[str, str]]) -> Iterator[str]:
    if pairs:
        ranked = [f"{one} → {other} ({number:,})" for (one, other), number in pairs.most_common(MOST)]
        yield f"{pairs.total():,} with another {said}: {', '.join(ranked)}"
