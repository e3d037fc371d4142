"""All rules by their code: the one list behind `explain`, the summary of a run and the reference pages."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from cleaner.arguments import as_text, check_kind
from cleaner.document import Edit, Finding
from cleaner.edits import line_around
from cleaner.errors import UsageError

ROOMS = ("sources", "decoding", "mojibake", "normalization", "spoofing", "language", "overlap")
"""Rooms with a `rules.py`, in the order of the stages."""


@cache
def _rules() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for room in ROOMS:
        module = import_module(f"cleaner.{room}.rules")
        found |= {code: (summary, module.DETAILS[code]) for code, summary in module.RULES.items()}
    return found


def rule_codes() -> list[str]:
    """Every rule code, in the order of the stages."""
    return list(_rules())


def rule_summary(code: str) -> str:
    """One line that says what the rule sees; empty for an unknown code."""
    return _rules().get(code, ("", ""))[0]


def rule_summaries() -> dict[str, str]:
    """What each rule sees, by its code, in the order of the stages."""
    return {code: summary for code, (summary, _) in _rules().items()}


def explain_rule(code: str) -> str:
    """What the rule `code` sees, does and leaves alone. Raises UsageError for an unknown code."""
    rules = _rules()
    if code.upper() not in rules:
        from difflib import get_close_matches

        near = get_close_matches(code.upper(), rules, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`cleaner explain` lists them"
        raise UsageError(f"there is no rule {code!r}; {hint}")
    summary, details = rules[code.upper()]
    return f"{code.upper()}: {summary}\n\n{details}"


def explain(subject: Edit | Finding | str | None = None, *, text: str | None = None) -> str:
    """What happened at an edit or finding, and why: its rule, reason, evidence, confidence and alternatives.

    A string is taken for a rule code: then what `explain_rule` says of it. With `text`, the text that the edit or finding
    counts in, also what ftfy would have done with its line. `text` alone: what `repair` makes of it and why, and beside it what
    ftfy would have done. Raises UsageError for an unknown code.

    >>> import cleaner
    >>> edit = cleaner.repair("We met at the cafÃ© by the river").edits[0]
    >>> print(cleaner.explain(edit).splitlines()[0])
    MOJ101 at 17:19: 'Ã©' became 'é' (confidence 0.999, exact)
    >>> print(cleaner.explain(text="Thιβtre du Chβtelet"))  # doctest: +ELLIPSIS
    cleaner: 'Théâtre du Châtelet'
    MOJ102 at ...
    ftfy: leaves the text as it is
    """
    if isinstance(subject, str):
        return explain_rule(subject)
    if text is not None:
        as_text(text, "explain")
    if subject is not None:
        check_kind(subject, (Edit, Finding), "explain takes an edit, a finding or a rule code; name a text with text=…")
        return "\n".join(_told(subject) + _line_by_ftfy(subject, text))
    if text is None:
        raise UsageError("nothing to explain; name an edit, a finding, a rule code or a text")
    from cleaner.mojibake import repair
    from cleaner.mojibake.chains.by_ftfy import ftfy_says

    revision = repair(text)
    lines = [f"cleaner: {revision.text!r}" if revision.edits else "cleaner: leaves the text as it is"]
    lines += [line for edit in revision.edits for line in _told(edit)]
    lines += [line for finding in revision.findings for line in _told(finding)]
    return "\n".join(lines + ftfy_says(text, revision.text))


def _line_by_ftfy(subject: Edit | Finding, text: str | None) -> list[str]:
    if text is None:
        return []
    from cleaner.mojibake.chains.by_ftfy import ftfy_says

    start, end = line_around(text, subject.start, subject.end)
    return [f"  {said}" for said in ftfy_says(text[start:end])]


def _told(subject: Edit | Finding) -> list[str]:
    place = f"{subject.rule} at {subject.start}:{subject.end}"
    if isinstance(subject, Edit):
        sure = f"confidence {subject.confidence:g}, {subject.kind}"
        lines = [f"{place}: {subject.before!r} became {subject.after!r} ({sure})"]
        others = subject.alternatives
    else:
        lines = [f"{place}: left as it is (confidence {subject.confidence:g})"]
        others = subject.candidates
    lines.append(f"  why: {subject.reason}")
    lines += [f"  evidence: {said}" for said in subject.evidence]
    if isinstance(subject, Edit) and subject.chain:
        lines.append(f"  undone: {', '.join(subject.chain)}")
    if others:
        lines.append("  could be: " + ", ".join(f"{other.value!r} ({other.confidence:g})" for other in others))
    return lines
