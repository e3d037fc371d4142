"""What the builders of tables are asked."""

from __future__ import annotations

import argparse
from pathlib import Path


def asked(told: str | None, out: Path | None = None, *, tenths: bool = False) -> argparse.ArgumentParser:
    """The parser of a builder that its docstring tells of: where texts are, where the table goes (must be said where `out` is
    None), and with `tenths` whether a tenth of the sentences is left out.
    """
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True, metavar="TEXTS", help="a folder of training text")
    parser.add_argument("--out", type=Path, default=out, required=out is None)
    if tenths:
        parser.add_argument(
            "--nine-tenths", action="store_true", help="leave out each tenth sentence, for benchmarks on the rest"
        )
    return parser
