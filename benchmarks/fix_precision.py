"""How many of the changes that `cleaner fix` writes are right? By kind and confidence, beside those that it does not write.

    python benchmarks/fix_precision.py FILE.jsonl [--every N]

Each line of FILE is an object with `garbled` and `clean`. A change is right if all that it writes is in `clean` too, when
the two texts are aligned character by character. Also printed: how many texts came out entirely right.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from cleaner.checking import check_bytes
from cleaner.edits import apply
from cleaner.mojibake import repair
from cleaner.settings import Settings

STEPS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98)


def shared(text: str, clean: str) -> list[bool]:
    """Which characters of `text` have a partner in `clean`."""
    held = [False] * len(text)
    for block in SequenceMatcher(None, text, clean, autojunk=False).get_matching_blocks():
        held[block.a : block.a + block.size] = [True] * block.size
    return held


def step_of(confidence: float) -> float:
    return max(step for step in STEPS if step <= confidence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    opener = lzma.open if options.file.suffix == ".xz" else open
    with opener(options.file, "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if "garbled" in row and "clean" in row][:: options.every]
    every: Counter[tuple[str, float]] = Counter()
    right: Counter[tuple[str, float]] = Counter()
    whole = written = wrong = 0
    for row in rows:
        proposed = repair(row["garbled"])
        text = apply(row["garbled"], proposed.edits)
        held = shared(text, row["clean"]) if proposed.edits else []
        shift = 0
        for edit in proposed.edits:
            start = edit.start + shift
            end = start + len(edit.after)
            shift += len(edit.after) - (edit.end - edit.start)
            key = (edit.kind, step_of(edit.confidence))
            every[key] += 1
            right[key] += all(held[start:end])
        checked = check_bytes(
            row["garbled"].encode("utf-8", "surrogatepass"), path="a.txt", settings=Settings(profile="encoding")
        )
        written += checked.fixed is not None
        whole += checked.fixed is not None and checked.fixed_text == row["clean"]
        wrong += checked.fixed is not None and checked.fixed_text != row["clean"]
    print("| kind | confidence from | changes | right, % |\n|---|---|---|---|")
    for kind, step in sorted(every):
        share = 100 * right[kind, step] / every[kind, step]
        print(f"| {kind} | {step:g} | {every[kind, step]:,} | {share:.1f} |")
    told = f"{whole:,} become the right text, {wrong:,} a text that differs from it"
    print(f"\n{len(rows):,} texts; `fix` writes {written:,}: {told}.")


if __name__ == "__main__":
    main()
