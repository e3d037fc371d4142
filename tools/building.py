"""What the builders of tables share: their arguments, the lines of the training text, and the list of digests."""

from __future__ import annotations

import argparse
import hashlib
import lzma
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

DIGESTS = "digests.txt"
"""Beside the tables: the SHA-256 of each, one a line, as `sha256sum` writes it."""


def asked(told: str | None, out: Path, *, tenths: bool = False) -> argparse.ArgumentParser:
    """The argument parser of a builder with the docstring `told`: the folder of text, and the table to write if not `out`; with
    `tenths`, also whether to leave out the sentences that are held out.
    """
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True, metavar="TEXTS", help="a folder of training text")
    parser.add_argument("--out", type=Path, default=out, help="the table to write, if not the package's own")
    if tenths:
        parser.add_argument(
            "--nine-tenths", action="store_true", help="leave out each tenth sentence, for benchmarks on the rest"
        )
    return parser


def held_out(line: str) -> bool:
    """Whether `line` is in the tenth of the sentences that is kept for tests of generalisation."""
    return crc32(line.encode("utf-8")) % 10 == 7


def lines_of(path: Path, *, whole: bool = True) -> Iterator[str]:
    """The lines of a file of the training folder; without those that are held out unless `whole`."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            bare = line.rstrip("\n")
            if whole or not held_out(bare):
                yield bare


def seal(path: Path) -> None:
    """Writes the digest of `path` into the list beside it, if there is one: a table built elsewhere has none."""
    listed = path.parent / DIGESTS
    if listed.exists():
        digests = {name: digest for digest, name in map(str.split, listed.read_text().splitlines())}
        digests[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        listed.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())))
