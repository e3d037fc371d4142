"""`cleaner overlap A B`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cleaner.cli.common import Style, add_choice, add_output, colour_wanted, printable
from cleaner.plurals import counted

if TYPE_CHECKING:
    from cleaner.document import Document, Relation
    from cleaner.overlap.summary import Part, Shared, Summary

MOST = 12
"""Passages of a kind that are shown, unless --verbose."""
WIDTH = 96


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = (
        "Says what two files have in common: what both tell, what only the one tells, what only the other."
    )
    parser.epilog = """\
examples:
  cleaner overlap plot-a.txt plot-b.txt
  cleaner overlap plot-a.txt plot-b.txt --format json"""
    parser.add_argument("first", metavar="A", help="a file")
    parser.add_argument("second", metavar="B", help="another")
    add_choice(parser.add_argument_group("what is known"))
    how = parser.add_argument_group("what is printed")
    how.add_argument("--format", choices=("text", "json"), default="text", help="form (default: text)")
    add_output(how, verbose="list all passages")


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from cleaner.cleaning import clean
    from cleaner.cli.checked import write_lines
    from cleaner.cli.configuration import settings_here
    from cleaner.cli.show import read_file
    from cleaner.document import Passage, Span
    from cleaner.errors import UsageError
    from cleaner.overlap import find_duplicates
    from cleaner.overlap.summary import summarise

    names = (options.first, options.second)
    if names[0] == names[1]:
        raise UsageError("name two files that are not the same")
    settings = settings_here(options)
    first, second = (clean(read_file(name), path=printable(name), settings=settings) for name in names)
    # Pairs come in the order of their ids: the first file is the lower one.
    pairs = find_duplicates(
        {"0": first.text, "1": second.text},
        digests={"0": first.source.sha256, "1": second.source.sha256},
        languages={"0": first.language.code, "1": second.language.code},
    ).pairs
    passages = [passage for pair in pairs for passage in pair.passages]
    if any(pair.relation == "exact" for pair in pairs):  # of such a pair no passages are looked for
        passages = [Passage(Span(0, len(first.text)), Span(0, len(second.text)), "same_text", 1.0)]
    summary = summarise(first.text, second.text, dict.fromkeys(passages))
    if options.format == "json":
        import json

        from cleaner.records import to_json

        relations = [{"relation": one.relation, "score": one.score, "evidence": list(one.evidence)} for one in pairs]
        print(
            json.dumps(
                {"a": names[0], "b": names[1], "relations": relations, **to_json(summary)}, ensure_ascii=False, indent=1
            )
        )
        return 0
    most = 10**9 if options.verbose else MOST
    write_lines(_told((first, second), pairs, summary, Style(colour_wanted(options)), most))
    return 0


def _told(
    documents: Sequence[Document], pairs: Sequence[Relation], summary: Summary, style: Style, most: int
) -> Iterator[str]:
    first, second = documents
    for name, document in zip("AB", documents, strict=True):
        yield f"{style(name, 'bold')} {document.id}: {counted(len(document.text), 'character')}, {document.language.code}"
    found = ", ".join(f"{one.relation} ({one.score:.2f})" for one in pairs)
    yield f"relation: {style(found, 'green') if found else 'none'}"
    if not pairs:
        return
    said = dict.fromkeys(word for one in pairs for word in one.evidence)
    if said:
        yield f"evidence: {', '.join(map(printable, said))}"
    if not summary.both and not summary.people:
        yield "No sentences were found that tell the same."
        return
    yield f"B tells {summary.covered_a:.0%} of the sentences of A; A tells {summary.covered_b:.0%} of those of B."
    yield ""
    yield from _shared("both tell", summary.both, style, most)
    if summary.people:
        yield ""
        yield from _shared("name the same people", summary.people, style, most)
    yield from _alone(f"only A tells: {first.id}", summary.only_a, style, most)
    yield from _alone(f"only B tells: {second.id}", summary.only_b, style, most)


def _shared(said: str, passages: Sequence[Shared], style: Style, most: int) -> Iterator[str]:
    yield style(f"{said} ({len(passages)})", "bold")
    for shared in passages[:most]:
        evidence = f"  {', '.join(shared.evidence)}" if shared.evidence else ""
        yield f"  {style(shared.kind, 'cyan')} {shared.score:.2f}{evidence}"
        yield f"    A {_short(shared.a)}"
        if shared.a != shared.b:
            yield f"    B {_short(shared.b)}"
    yield from _more(len(passages) - most)


def _alone(said: str, parts: Sequence[Part], style: Style, most: int) -> Iterator[str]:
    yield ""
    yield style(f"{said} ({len(parts)})", "bold")
    for part in parts[:most]:
        yield f"  {part.span.start:>6} {_short(part.text)}"
    yield from _more(len(parts) - most)


def _more(left: int) -> Iterator[str]:
    if left > 0:
        yield f"  {left:,} more; --verbose shows them"


def _short(text: str) -> str:
    shown = printable(" ".join(text.split()))
    return shown if len(shown) <= WIDTH else shown[: WIDTH - 1] + "…"
