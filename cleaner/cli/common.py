"""Arguments that several commands have, and what they share in printing."""

from __future__ import annotations

import argparse
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO


def add_rules(parser: argparse._ArgumentGroup, profile: str) -> None:
    """Which rules and changes are wanted; `profile` is what the command has where nothing is said."""
    parser.add_argument(
        "--profile", metavar="NAME", help=f"encoding, text or corpus, each holds the one before (default: {profile})"
    )
    parser.add_argument(
        "--level", metavar="NAME", help="inferred (default): all repairs; exact: only those that can be proven"
    )
    add_selection(parser)


def add_selection(parser: argparse._ArgumentGroup) -> None:
    """Which rules are wanted, and how sure a change must be."""
    parser.add_argument("--min-confidence", type=share, metavar="N", help="leave changes below N (0 to 1)")
    parser.add_argument("--select", type=names, metavar="A,B", help="only these rules, by code or its beginning")
    parser.add_argument("--ignore", type=names, metavar="A,B", help="not these rules")


def add_choice(parser: argparse._ArgumentGroup) -> None:
    """What is known about the documents."""
    add_encodings(parser)
    parser.add_argument("--languages", type=names, metavar="A,B", help="languages that they may be in, such as en,ru")


def add_encodings(parser: argparse._ArgumentGroup) -> None:
    """What is known about their bytes, for commands that don't ask for the language."""
    parser.add_argument("--encodings", type=names, metavar="A,B", help="encodings besides UTF-8 that they may be in")


def add_output(
    parser: argparse.ArgumentParser | argparse._ArgumentGroup, *, quiet: bool = False, verbose: str = ""
) -> None:
    """The options for colour and the amount of output; `quiet`: whether there is --quiet; `verbose`: what --verbose adds."""
    if quiet:
        parser.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
    if verbose:
        parser.add_argument("-v", "--verbose", action="store_true", help=verbose)
    parser.add_argument("--no-color", action="store_true", help="no colours (as with NO_COLOR set)")


def names(text: str) -> tuple[str, ...]:
    """A list of names, separated by commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def share(text: str) -> float:
    """A number from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return number


def sure(confidence: float) -> str:
    """A confidence with two digits; with three where two would round it to 1."""
    shown = f"{confidence:.2f}"
    return f"{min(confidence, 0.999):.3f}" if shown == "1.00" and confidence < 1 else shown


def positive(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; it must be 1 or more")
    return int(text)


def colour_wanted(options: argparse.Namespace, stream: TextIO | None = None) -> bool:
    """Whether to write colours: on a terminal, unless --no-color or NO_COLOR say otherwise; FORCE_COLOR insists."""
    if options.no_color or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    stream = stream or sys.stdout
    return stream.isatty() and (os.name != "nt" or _takes_colours(stream))


def _takes_colours(stream: TextIO) -> bool:
    """Whether the Windows console behind `stream` shows colours: it does when it is told to, from Windows 10 on."""
    import ctypes

    try:
        kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        handle, mode = kernel.GetStdHandle(-10 - stream.fileno()), ctypes.c_ulong()
        return bool(kernel.GetConsoleMode(handle, ctypes.byref(mode)) and kernel.SetConsoleMode(handle, mode.value | 4))
    except (AttributeError, OSError, ValueError):
        return False


class Style:
    """Colours of a terminal, or none."""

    CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36"}  # noqa: RUF012  # fmt: skip

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, *names: str) -> str:
        """`text` in the styles `names`."""
        if not self.on or not text:
            return text
        return f"\x1b[{';'.join(self.CODES[name] for name in names)}m{text}\x1b[0m"


def printable(text: Any) -> str:
    """`text` with everything escaped that could steer a terminal or hide: controls, direction marks, lone surrogates."""
    shown = str(text)
    if shown.isascii() and shown.isprintable():
        return shown
    return "".join(char if char.isprintable() else _escaped(char) for char in shown)


def _escaped(char: str) -> str:
    if "\udc80" <= char <= "\udcff":  # a byte of a file name that is not UTF-8
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")
