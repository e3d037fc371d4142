"""All rules by their code: the one list behind `explain`, the summary of a run and the reference pages."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from cleaner.errors import UsageError

__all__ = ["explain_rule", "rule_codes", "rule_summary"]

ROOMS = ("sources", "decoding", "mojibake", "normalization", "language", "overlap")
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


def explain_rule(code: str) -> str:
    """What the rule `code` sees, does and leaves alone. Raises UsageError for an unknown code."""
    rules = _rules()
    if code.upper() not in rules:
        from difflib import get_close_matches

        near = get_close_matches(code.upper(), rules, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"known are: {', '.join(rules)}"
        raise UsageError(f"there is no rule {code!r}; {hint}")
    summary, details = rules[code.upper()]
    return f"{code.upper()}: {summary}\n\n{details}"
