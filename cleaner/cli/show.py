"""`cleaner show FILE…`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from cleaner.cli.common import Style, add_encodings, add_output, add_rules, colour_wanted, printable, sure
from cleaner.edits import line_around
from cleaner.plurals import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.checking import Checked, Problem

LONGEST = 110
"""Code points of a line that are shown around a change."""
EPILOG = """\
examples:
  cleaner show letter.txt
  cleaner show letter.txt --profile corpus
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Shows what `cleaner fix` would change in files, line by line, with rule, reason and evidence."
    parser.epilog = EPILOG
    parser.add_argument("files", nargs="+", metavar="FILE", help="file to show; - is stdin")
    what = parser.add_argument_group("what counts")
    add_rules(what, "encoding")
    add_encodings(what)
    add_output(parser.add_argument_group("what is printed"), verbose="list also unlikely alternatives")


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from cleaner.checking import check_bytes
    from cleaner.cli.checked import write_lines
    from cleaner.cli.configuration import Configurations, said_by

    style = Style(colour_wanted(options))
    configurations = Configurations(said_by(options))
    for number, name in enumerate(options.files):
        data = read_file(name)
        place = os.path.abspath(name)
        checked = check_bytes(data, path=name, settings=configurations.of(place).settings_of(place))
        if number:
            print()
        write_lines(_shown(name, checked, style, verbose=options.verbose))
    return 0


def read_file(name: str) -> bytes:
    """The bytes of the file `name`, or of stdin for `-`. Raises UsageError where it can't be read."""
    import sys

    from cleaner.errors import UsageError

    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    try:
        if path.is_dir():
            raise UsageError(f"{printable(name)}: a folder; name the files in it")
        if path.exists() and not path.is_file():
            raise UsageError(f"{printable(name)}: not a regular file")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(f"{printable(name)}: can't be read: {getattr(error, 'strerror', None) or error}") from None


def _shown(name: str, checked: Checked, style: Style, *, verbose: bool) -> Iterator[str]:
    verdict = checked.encoding
    if checked.binary:
        yield f"{style(printable(name), 'bold')}: binary data, no text ({'; '.join(verdict.evidence)})"
        return
    changes = sum(problem.after is not None for problem in checked.problems)
    left = len(checked.problems) - changes
    said = f"{verdict.label} ({sure(verdict.confidence)}, {verdict.method})"
    yield f"{style(printable(name), 'bold')}: {said}, {counted(changes, 'change')}, {left} left alone"
    for line, problems in _by_line(checked):
        yield ""
        yield from _line(checked.text, line, problems, style)
        for problem in problems:
            yield from _reasons(problem, style, verbose=verbose)


def _by_line(checked: Checked) -> Iterator[tuple[int, list[Problem]]]:
    held: dict[int, list[Problem]] = {}
    for problem in checked.problems:
        held.setdefault(problem.line, []).append(problem)
    yield from sorted(held.items())


def _line(text: str, number: int, problems: list[Problem], style: Style) -> Iterator[str]:
    """The line before and after, its changes marked; a long line around its changes only."""
    first, last = problems[0].start, max(problem.end for problem in problems)
    start, end = line_around(text, first, last)
    start, end = max(start, first - LONGEST // 2), min(end, max(last, first) + LONGEST // 2)
    if last - first > 4 * LONGEST:
        end = first + LONGEST
    before, after, done = [], [], start
    for problem in problems:
        if problem.start < done or problem.start >= end:
            continue
        plain = printable(text[done : problem.start])
        gone = printable(text[problem.start : min(problem.end, end)])
        before += [plain, style(gone, "red", "bold") if problem.after is not None else style(gone, "yellow", "bold")]
        new = style(printable(problem.after), "green", "bold") if problem.after is not None else gone
        after += [plain, new]
        done = min(problem.end, end)
    rest = printable(text[done:end].rstrip("\r\n"))
    yield f"{number:>6} {style('-', 'red')} {''.join(before)}{rest}"
    if any(problem.after is not None for problem in problems):
        yield f"{'':>6} {style('+', 'green')} {''.join(after)}{rest}"


def _reasons(problem: Problem, style: Style, *, verbose: bool) -> Iterator[str]:
    from cleaner.cli.reporters.as_text import quoted

    into = f" → {quoted(problem.after)}" if problem.after is not None else " left"
    said = f"{sure(problem.confidence)} {problem.kind}"
    yield f"{'':>9}{style(problem.rule, 'cyan')} {quoted(problem.before)}{into}  {style(said, 'dim')}"
    yield f"{'':>16}{printable(problem.reason)}"
    for reason in problem.evidence:
        yield f"{'':>16}{style('evidence: ' + printable(reason), 'dim')}"
    others = [one for one in problem.alternatives if one.confidence >= 0.01 or verbose]
    if others:
        listed = ", ".join(f"{quoted(one.value)} {one.confidence:.2g}" for one in others)
        yield f"{'':>16}{style('could be: ' + listed, 'dim')}"
