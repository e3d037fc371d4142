"""The conversation of `cleaner review` on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cleaner.cli.common import Style, printable, sure
from cleaner.cli.reporters.as_text import quoted
from cleaner.decisions import Decision
from cleaner.document import Candidate
from cleaner.plurals import counted
from cleaner.runs.reviewing import Item

HELP = """\
  a, Enter   accept                     r   reject: leave what the source had
  1 … 9      pick that alternative      t   type the text yourself
  A, R       the same for every change of this rule from this text to that text
  s          skip                       b   back to the one before
  q          stop; decisions are kept   ?   this help"""
Keep = Callable[[Iterable[Decision]], None]


def ask(items: Sequence[Item], keep: Keep, style: Style, *, read: Callable[[str], str] = input) -> None:
    """Asks about each of `items`; every answer is kept at once. Ends at the last item, at `q`, or at the end of input."""
    print(f"{counted(len(items), 'change')} to look at; ? lists the keys.")
    try:
        _ask(items, keep, style, read)
    except EOFError:
        print()


def _ask(items: Sequence[Item], keep: Keep, style: Style, read: Callable[[str], str]) -> None:
    at = 0
    done: set[int] = set()
    while 0 <= at < len(items):
        if at in done:
            at += 1
            continue
        item = items[at]
        others = [one for one in item.edit.alternatives if one.value != item.edit.after]
        _show(item, others, at, len(items), style)
        answer = read("a/r/1-9/t/A/R/s/b/q/? ").strip()
        if answer == "q":
            return
        if answer == "?":
            print(HELP)
        elif answer == "b":
            at = max(0, at - 1)
            done.discard(at)
        elif answer == "s":
            done.add(at)
        elif answer in ("A", "R"):
            same = [number for number, other in enumerate(items) if number >= at and _alike(item, other)]
            keep(items[number].decision("accept" if answer == "A" else "reject") for number in same)
            done.update(same)
            print(f"  {len(same):,} decided alike")
        elif (decision := _decided(answer, item, [one.value for one in others], read)) is not None:
            keep([decision])
            done.add(at)
        else:
            print(f"  {answer!r} is no answer; ? lists the keys")


def _decided(answer: str, item: Item, others: Sequence[str], read: Callable[[str], str]) -> Decision | None:
    if answer in ("", "a"):
        return item.decision("accept")
    if answer == "r":
        return item.decision("reject")
    if answer == "t":
        return item.decision("pick", read("text: "))
    if answer.isdecimal() and 1 <= int(answer) <= min(9, len(others)):
        picked = others[int(answer) - 1]
        return item.decision("reject") if picked == item.edit.before else item.decision("pick", picked)
    return None


def _alike(one: Item, other: Item) -> bool:
    a, b = one.edit, other.edit
    return (a.rule, a.before, a.after) == (b.rule, b.before, b.after)


def _show(item: Item, others: Sequence[Candidate], at: int, every: int, style: Style) -> None:
    edit, place = item.edit, f"{printable(item.document)}, character {item.place.start:,}"
    print(
        f"\n{style(f'{at + 1}/{every}', 'dim')} {style(place, 'bold')} {style(edit.rule, 'cyan')} {sure(edit.confidence)}"
    )
    left, right = printable(item.left), printable(item.right)
    print(f"  - {left}{style(printable(edit.before), 'red', 'bold')}{right}")
    print(f"  + {left}{style(printable(edit.after), 'green', 'bold')}{right}")
    print(f"    {printable(edit.reason)}")
    for said in edit.evidence:
        print(style(f"    evidence: {printable(said)}", "dim"))
    for number, other in enumerate(others[:9], 1):
        print(f"    {number} {quoted(other.value)} {other.confidence:.2g}")
