"""Proves that no training text is in the text that is judged: compares letters and digits of both, without case.

    python tools/prove_no_overlap.py TRAIN EVAL

TRAIN has `sentences/*.txt.xz`; EVAL holds `*.jsonl.xz`, `*.tsv.xz` and `*.tar.xz`, whose files are read in the encodings
that their manifest names. Exit code 1 if a sentence of 40 letters or more is in both. Word lists are counts of words
and hold no sentence.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import tarfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

SHORTEST = 40
LETTERS = re.compile(r"[\W_]+")


def key(line: str) -> bytes | None:
    bare = LETTERS.sub("", line.lower())
    return blake2b(bare.encode("utf-8", "replace"), digest_size=12).digest() if len(bare) >= SHORTEST else None


def judged(folder: Path) -> Iterator[str]:
    """Every line of judged text."""
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                for field in ("clean", "text"):
                    yield from str(record.get(field, "")).split("\n")
    for path in sorted(folder.glob("*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from line.rstrip("\n").split("\t")[-1].split("\\n")
    for path in sorted(folder.glob("*.tar.xz")):
        yield from in_archive(path)


def in_archive(path: Path) -> Iterator[str]:
    """Every line of the files of an archive, each read in the encoding that its `manifest.tsv` names; expected texts too."""
    with tarfile.open(path) as archive:
        files = {
            member.name: held.read()
            for member in archive
            if member.isfile() and (held := archive.extractfile(member)) is not None
        }
    head, *rows = files.get("manifest.tsv", b"path\tcodec").decode("utf-8").splitlines()
    columns = head.split("\t")
    codecs = {row.split("\t")[columns.index("path")]: row.split("\t")[columns.index("codec")] for row in rows}
    for name, data in files.items():
        if name != "manifest.tsv":
            try:
                yield from data.decode(codecs.get(name) or "utf-8", "replace").splitlines()
            except LookupError:
                yield from data.decode("utf-8", "replace").splitlines()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("judged", type=Path)
    options = parser.parse_args()
    known = {found for line in judged(options.judged) if (found := key(line))}
    shared = []
    count = 0
    for path in sorted((options.train / "sentences").glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                count += 1
                if key(line) in known:
                    shared.append(f"{path.name}: {line.strip()[:80]}")
    print(f"{count:,} training sentences, {len(known):,} judged lines, {len(shared)} in both", *shared[:20], sep="\n")
    return int(bool(shared))


if __name__ == "__main__":
    raise SystemExit(main())
