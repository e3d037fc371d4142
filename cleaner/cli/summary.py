"""The closing words of a run: what was done, what was left alone, where to look."""

from __future__ import annotations

import shlex
from collections import Counter

from cleaner.cli.common import printable
from cleaner.corpus import Summary
from cleaner.plurals import counted
from cleaner.rules import rule_summary

MOST = 6
"""Rows of a kind that are shown before the rest is counted."""
NAMED = 3
"""Documents of a story that are named."""
WENT_WRONG, REFUSED = ("SRC101", "SRC103", "SRC105"), "can't be "
"""Rules of files that should have become documents, and how the reason begins where a folder or a link could not be read."""


def summary(done: Summary) -> str:
    """The text, without a line end after its last line."""
    writing = done.writing
    counts = done.counts
    edits, findings = counts.edits, counts.findings
    lines = [
        f"{counted(counts.documents, 'document')} written to {printable(done.out)}"
        + (f" ({done.reused:,} taken from the earlier run)" if done.reused else ""),
        f"  encodings   {_most(counts.encodings)}",
        f"  languages   {_most(counts.languages)}",
        f"  changed     {counted(counts.changed, 'document')}, {counted(edits.total(), 'change')}",
        *_rules(edits),
        f"  left alone  {counted(findings.total(), 'finding')}",
        *_rules(findings),
    ]
    if writing.rejected:
        lines.append(
            f"  no document {counted(len(writing.rejected), 'file')}, listed in {printable(done.out / 'rejected.jsonl')}"
        )
        lines += _rules(Counter(row.rule for row in writing.rejected))
    if writing.removed:
        lines.append(
            f"  left out    {counted(len(writing.removed), 'document')}, kept in {printable(done.out / 'removed.jsonl')}"
        )
    if writing.merged:
        told = counted(len(writing.merged), "text of a story", "texts of stories")
        lines.append(f"  merged      {told}, in {printable(done.out / 'merged.jsonl')} and below text/")
    lines += [f"  note        {note}" for note in writing.notes]
    lines += _overlap(done)
    return "\n".join([*lines, "", *_where(done, edits)])


def trouble(done: Summary) -> str:
    """What a person should know of a run that is to say only what went wrong; "" where nothing did."""
    rows = done.writing.rejected
    wrong = sum(row.rule in WENT_WRONG or row.reason.startswith(REFUSED) for row in rows)
    told = counted(wrong, "file or folder", "files or folders")
    return f"{told} could not be read: listed in {printable(done.out / 'rejected.jsonl')}" if wrong else ""


def _most(names: Counter[str]) -> str:
    ranked = _ranked(names)
    shown = ", ".join(f"{name} {number:,}" for name, number in ranked[:MOST])
    return shown + (f" and {len(ranked) - MOST} more" if len(ranked) > MOST else "") or "none"


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def _rules(counts: Counter[str]) -> list[str]:
    ranked = _ranked(counts)
    lines = [f"    {number:>7,}  {rule}  {rule_summary(rule)}" for rule, number in ranked[:MOST]]
    return lines + ([f"             and {counted(len(ranked) - MOST, 'more rule')}"] if len(ranked) > MOST else [])


def _overlap(done: Summary) -> list[str]:
    clusters = done.writing.clusters
    lines = []
    copies = [cluster for cluster in clusters if cluster.relation in ("exact", "near", "contained")]
    stories = [cluster for cluster in clusters if cluster.relation == "story"]
    if copies:
        told = len({member for cluster in copies for member in cluster.members})
        lines.append(f"{told:,} documents are copies of one another, in {counted(len(copies), 'group')}.")
    if len(stories) == 1:
        members = stories[0].members
        more = f" and {len(members) - NAMED:,} more" if len(members) > NAMED else ""
        lines.append(f"{len(members):,} documents tell one story: {', '.join(map(printable, members[:NAMED]))}{more}")
    elif stories:
        told = len({member for cluster in stories for member in cluster.members})
        lines.append(f"{told:,} documents tell {len(stories):,} stories.")
    if stories and not done.writing.removed and done.writing.settings["overlap"] == "annotate":
        lines.append("All are kept; the same command with `--overlap one-per-story` keeps one text a story.")
    elif copies and done.writing.settings["overlap"] == "annotate":
        lines.append("All are kept; the same command with `--overlap keep-best` keeps the best copy only.")
    return ["", *lines] if lines else []


def _where(done: Summary, edits: Counter[str]) -> list[str]:
    if not done.counts.documents and not done.writing.removed:
        return ["There was no text to clean."]
    lines = []
    if done.writing.report:
        lines.append(f"Open {printable(done.out / 'report.html')} to see each change beside its source.")
    if edits:
        # There is little to say about line ends.
        rule, _ = min(_ranked(edits), key=lambda row: row[0].startswith("TXT"))
        lines.append(
            f"Each change is a line of {printable(done.out / 'edits.jsonl')}; `cleaner explain {rule}` says more of a rule."
        )
    lines.append(f"`cleaner restore {printable(shlex.quote(str(done.out)))} --to FOLDER` gives the source bytes back.")
    return lines
