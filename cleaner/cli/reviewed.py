"""The work of `review`: decisions by rule or by asking, and the file that keeps them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from cleaner.cli.asking import ask
from cleaner.cli.checked import write_lines
from cleaner.cli.common import Style, colour_wanted, printable
from cleaner.decisions import Decision, read_decisions
from cleaner.errors import UsageError
from cleaner.known import is_rule, near_rule
from cleaner.outputs.atomic import write_atomic
from cleaner.outputs.reading import Row
from cleaner.plurals import counted
from cleaner.records import dumps
from cleaner.runs.reviewing import Item, all_documents, items, kept_documents


def review(options: argparse.Namespace) -> int:
    """Carries `review` out; 0 when it is done."""
    _known(options)
    place: Path = options.decisions or options.out / "decisions.jsonl"
    kept = _Kept(place)
    kept.add(_overrides(options))
    if options.imported:
        kept.add(read_decisions(options.imported))
    pending = [
        item
        for item in items(options.out, lambda edit: _wanted(edit, options))
        if options.again or not kept.decides(item)
    ]
    if options.list:
        write_lines(json.dumps(item.record(), ensure_ascii=False) for item in pending)
        return 0
    kept.add(decided for item in pending if (decided := _by_rule(item, options)))
    pending = [item for item in pending if options.again or not kept.decides(item)]
    silent = any((options.accept, options.reject, options.accept_above is not None, options.reject_below is not None))
    silent = silent or bool(options.encoding or options.language or options.imported)
    if pending and not silent:
        if not sys.stdin.isatty():
            raise UsageError("there is no terminal to ask on; use --accept, --reject, --accept-above … or --list")
        ask(pending, kept.add, Style(colour_wanted(options)))
    if not options.quiet:
        left = sum(not kept.decides(item) for item in pending)
        new, undecided = counted(kept.new, "new decision"), counted(left, "change is", "changes are")
        print(f"{new}, {len(kept):,} in all in {printable(place)}; {undecided} undecided.")
        print(f"`cleaner run … --out {printable(options.out)}` applies them.")
    return 0


class _Kept:
    """The decisions of a file, those added to it, and how many are new."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._held = {one.about: one for one in read_decisions(place)} if place.is_file() else {}
        self.new = 0

    def __len__(self) -> int:
        return len(self._held)

    def decides(self, item: Item) -> bool:
        """Whether something was decided about `item`."""
        held = self._held.get(item.decision("accept").about)
        return held is not None and held.sha256 in (None, item.sha256)

    def add(self, decisions: Iterable[Decision]) -> None:
        """Takes `decisions` in, and saves them."""
        fresh = [one for one in decisions if self._held.get(one.about) != one]
        self._held |= {one.about: one for one in fresh}
        self.new += len(fresh)
        if fresh:
            self._save()

    def _save(self) -> None:
        """Writes the file, whole or not at all."""
        try:
            write_atomic(self._place, (dumps(one.record()) + "\n" for one in self._held.values()))
        except OSError as error:
            raise UsageError(
                f"{self._place}: can't be written: {error.strerror}; name another file with --decisions"
            ) from None


def _wanted(edit: Row, options: argparse.Namespace) -> bool:
    if not options.exact and edit["kind"] != "inferred":
        return False
    if options.select and not edit["rule"].startswith(tuple(code.upper() for code in options.select)):
        return False
    if options.document and edit["document"] not in options.document:
        return False
    return options.below is None or edit["confidence"] < options.below


def _by_rule(item: Item, options: argparse.Namespace) -> Decision | None:
    if options.reject or (options.reject_below is not None and item.edit.confidence < options.reject_below):
        return item.decision("reject")
    if options.accept or (options.accept_above is not None and item.edit.confidence >= options.accept_above):
        return item.decision("accept")
    return None


def _known(options: argparse.Namespace) -> None:
    """Raises UsageError where a document or rule that the command names does not exist, or it asks for two things at once."""
    if options.accept and options.reject:
        raise UsageError("all changes can't be accepted and rejected; give --accept or --reject")
    for code in options.select:
        if not is_rule(code.upper()):
            raise UsageError(f"--select {code}: there is no such rule; {near_rule(code)}")
    if options.document:
        known = kept_documents(options.out)
        for name in options.document:
            if name not in known:
                raise UsageError(f"--document {name}: {_no_document(options.out, name, known)}")


def _no_document(out: Path, name: str, known: set[str]) -> str:
    """That the run in `out` has no document `name`, and which it has."""
    listed = sorted(known)
    near = get_close_matches(name, listed, n=1) or [one for one in listed if one.rpartition("/")[2] == name][:1]
    if near:
        return f"the run in {printable(out)} has no such document; did you mean {printable(near[0])}?"
    shown = ", ".join(map(printable, listed[:5])) + (f" and {len(listed) - 5:,} more" if len(listed) > 5 else "")
    return f"the run in {printable(out)} has no such document; it has {shown or 'none'}"


def _overrides(options: argparse.Namespace) -> list[Decision]:
    asked = [(kind, *pair) for kind in ("encoding", "language") for pair in getattr(options, kind) or ()]
    known = all_documents(options.out) if asked else set()
    made = []
    for kind, document, value in asked:
        if document not in known:
            raise UsageError(f"--{kind} {document}={value}: {_no_document(options.out, document, known)}")
        try:
            made.append(Decision.of({"document": document, kind: value}))
        except ValueError as error:
            raise UsageError(f"--{kind} {document}={value}: {error}") from None
    return made
