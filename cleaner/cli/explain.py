"""`cleaner explain [CODE]`."""

from __future__ import annotations

import argparse
import textwrap

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Says what a rule sees, what it does and when it keeps away. Without a code: lists the rules."
    parser.add_argument("code", nargs="?", metavar="CODE", help="a rule code, such as MOJ202")


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from cleaner.rules import explain_rule, rule_codes, rule_summary

    if options.code is None:
        print("\n".join(f"{code}  {rule_summary(code)}" for code in rule_codes()))
        return 0
    paragraphs = explain_rule(options.code).split("\n\n")
    print("\n\n".join(textwrap.fill(paragraph, 88) for paragraph in paragraphs))
    return 0
