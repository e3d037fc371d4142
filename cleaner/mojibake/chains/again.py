"""Explains a line by a chain that another line of its document went through, which costs less than a search."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.mojibake.accidents.gaps import gap_in
from cleaner.mojibake.accidents.steps import Explained, Step, undone
from cleaner.mojibake.chains.through import explained_through, outdone
from cleaner.mojibake.readings.evidence import MARGIN, Likelihoods, weighed
from cleaner.mojibake.readings.judging import LONG, is_clear
from cleaner.mojibake.readings.sampling import refined, sample_of, turned_words
from cleaner.mojibake.strangeness import suspicious


def explained_again(line: str, first: Sequence[tuple[Step, ...]], asked: Likelihoods) -> Explained | None:
    """`line` explained by one of the chains `first`, where that leaves nothing suspicious and is better text.

    `asked`: likelihoods already known.
    """
    through = explained_through(line, first)
    if through is not None:
        return through
    sample = ""
    for steps in first:
        text = refined(line, [undone(line, steps)], asked)[0]
        if text == line or suspicious(text) or _leaves_gaps(line, steps) or _is_outdone(line, text, steps):
            continue
        sample = sample or sample_of(line)
        after = undone(sample, steps)
        pair = _is_pair(steps)
        gain = weighed(sample, [(after, steps[-1])], asked)[0][0] if pair else _gain(sample, after, asked)
        gain -= sum(step.cost for step in steps) / 2
        if gain > MARGIN:
            return Explained(text, steps, gain, sure=pair and is_clear(after, asked))
    return None


def ask_ahead(lines: Sequence[str], steps: tuple[Step, ...], asked: Likelihoods) -> None:
    """Asks the model at once for all likelihoods that `explained_again` will need for `lines`."""
    if not _is_pair(steps):
        return
    texts: list[str] = []
    for line in lines:
        if len(line) <= LONG:
            sample = sample_of(line)
            texts += sample, undone(sample, steps), *turned_words(line, undone(line, steps))
    asked(texts)


def _leaves_gaps(line: str, steps: tuple[Step, ...]) -> bool:
    """Whether `line`, in the first page of `steps`, has incomplete UTF-8 sequences.

    Then bytes were lost, or it was another page. Good words beside them can hide from `suspicious` what this page would
    leave.
    """
    gap = gap_in(steps[0].wrong) if steps[0].right == "utf-8" else None
    return gap is not None and gap.search(line) is not None


def _is_outdone(line: str, text: str, steps: tuple[Step, ...]) -> bool:
    """Whether the words of `line` that `text` changes are likelier text as UTF-8 in another page."""
    old, new = line.split(), text.split()
    changed = [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]] if len(old) == len(new) else []
    before, after = map(" ".join, zip(*changed, strict=True)) if changed else (line, text)
    return bool(outdone([(before, after)], steps))


def _is_pair(steps: tuple[Step, ...]) -> bool:
    """Whether `steps` are one mix-up of two pages."""
    return len(steps) == 1 and steps[0].right != "utf-8"


def _gain(before: str, after: str, asked: Likelihoods) -> float:
    own, now = asked([before, after])
    return now - own
