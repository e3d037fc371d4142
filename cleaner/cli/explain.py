"""`cleaner explain [CODE]`, `cleaner explain --text TEXT`."""

from __future__ import annotations

import argparse
import textwrap

EPILOG = """\
examples:
  cleaner explain MOJ202
  cleaner explain --text 'We met at the cafÃ©'
  cleaner explain --text - < letter.txt
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = (
        "Says what a rule sees, what it does and when it keeps away; or what becomes of a text and why, and what ftfy would "
        "have done. Without an argument, or with the beginning of a code: lists the rules."
    )
    parser.epilog = EPILOG
    parser.add_argument("code", nargs="?", metavar="CODE", help="a rule code, such as MOJ202, or its beginning")
    parser.add_argument("--text", metavar="TEXT", help="text to explain the repair of; - is stdin")


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    from cleaner.cli.show import read_file
    from cleaner.errors import UsageError
    from cleaner.rules import explain, explain_rule, rule_codes, rule_summary

    if options.text is not None:
        if options.code is not None:
            raise UsageError("name a rule code or --text, not both")
        text = options.text if options.text != "-" else _text_of(read_file("-"))
        print(explain(text=text))
        return 0
    begins = (options.code or "").upper()
    listed = [code for code in rule_codes() if code.startswith(begins)]
    if listed and begins not in listed:
        print("\n".join(f"{code}  {rule_summary(code)}" for code in listed))
        return 0
    paragraphs = explain_rule(options.code).split("\n\n")
    print("\n\n".join(textwrap.fill(paragraph, 88) for paragraph in paragraphs))
    return 0


def _text_of(data: bytes) -> str:
    """`data`, in whatever encoding, as text. Raises UsageError where it is none."""
    from cleaner.decoding import decode
    from cleaner.errors import UsageError

    decoded = decode(data)
    if decoded.encoding.encoding is None:
        raise UsageError(f"stdin: binary data, no text: {'; '.join(decoded.encoding.evidence)}")
    return decoded.text
