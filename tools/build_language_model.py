"""Builds the language tables from a folder of text and the counts that lingua 1.x ships.

    python tools/build_language_model.py --train ../shared/train --lingua FOLDER

`FOLDER` is `lingua/language-models` of the pure-Python wheel (`pip download "lingua-language-detector<2" --no-deps`,
Apache-2.0; needs `pip install brotli`). Both sources are made relative frequencies and averaged, so that a language that
only one of them has is known as well. Writes `cleaner/models/data/languages.npz`.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.models.languages import FLOORS, LENGTHS, PATH, STEP, sequence_hashes

TWO_SCRIPTS = frozenset({"sr", "az", "uz", "mn", "kk"})
"""Languages written in two scripts: twice as many of their sequences are kept."""
MOST = {2: 1_000, 3: 6_000, 4: 9_000, 5: 9_000}
"""Sequences kept of each length and language."""
NAMES = ("uni", "bi", "tri", "quadri", "five")
SAME = {"no": "nb", "zh-Hant": "zh", "zh_cn": "zh", "zh_tw": "zh", "pt_br": "pt"}
EXTRA = (
    "gl",
    "ml",
    "kn",
    "si",
    "km",
    "lo",
    "my",
    "am",
    "ug",
    "tt",
    "ky",
    "uz",
    "tg",
    "mt",
    "ne",
    "fo",
    "yi",
    "br",
    "oc",
    "gd",
    "fy",
)
"""Languages beyond lingua's that the training text holds enough of."""
WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0fff\u1780-\u17ff]+[^\W\d_]*)*")


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower())


def own_counts(train: Path) -> dict[str, dict[int, Counter[str]]]:
    """Code -> length -> weighted counts of sequences in the training text."""
    found: dict[str, dict[int, Counter[str]]] = {}
    for path in sorted(train.glob("*/*.txt.xz")):
        name = path.name.split(".")[0]
        code = SAME.get(name, name)
        if code.startswith("ze_"):
            continue
        weights: Counter[str] = Counter()
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if path.parent.name == "words":
                    word, _, count = line.rstrip("\n").rpartition(" ")
                    for part in words_of(word):
                        weights[part] += int(math.sqrt(int(count))) + 1
                else:
                    weights.update(words_of(line))
        sequences = found.setdefault(code, {length: Counter() for length in LENGTHS})
        for word, weight in weights.items():
            for length in LENGTHS:
                for start in range(len(word) - length + 1):
                    sequences[length][word[start : start + length]] += weight
    return found


def lingua_counts(folder: Path) -> dict[str, dict[int, dict[str, float]]]:
    """Code -> length -> relative frequencies, from lingua's conditional ones."""
    import brotli

    found = {}
    for place in sorted(folder.iterdir()):
        joint: dict[str, float] = {"": 1.0}
        by_length = {}
        for length, name in enumerate(NAMES, 1):
            path = place / f"{name}grams.json.br"
            if not path.is_file():  # languages that their script decides have short sequences only
                continue
            held = json.loads(brotli.decompress(path.read_bytes()))["ngrams"]
            mine = {}
            for fraction, sequences in held.items():
                above, below = fraction.split("/")
                share = int(above) / int(below)
                for sequence in sequences.split(" "):
                    mine[sequence] = share * joint.get(sequence[:-1], 0.0)
            joint |= mine
            by_length[length] = mine
        found[place.name] = by_length
    return found


def build(train: Path, lingua: Path) -> dict[str, Any]:
    own, theirs = own_counts(train), lingua_counts(lingua)
    codes = sorted({*theirs, *EXTRA})
    hashes, languages, values = [], [], []
    for number, code in enumerate(codes):
        for length in LENGTHS:
            share: Counter[str] = Counter()
            sources = [source for source in (own.get(code, {}).get(length), theirs.get(code, {}).get(length)) if source]
            for source in sources:
                total = sum(source.values())
                for sequence, count in source.items():
                    share[sequence] += count / total / len(sources)  # type: ignore[assignment]
            kept = [
                (s, math.log(p) - FLOORS[length])
                for s, p in share.most_common(MOST[length] * (1 + (code in TWO_SCRIPTS)))
            ]
            kept = [(s, v) for s, v in kept if v > STEP]
            points = [np.frombuffer(s.encode("utf-32-le"), np.uint32) for s, _ in kept]
            hashes.append(np.array([sequence_hashes(p, length)[0] for p in points], np.uint32))
            languages.append(np.full(len(kept), number, np.uint8))
            values.append(np.clip(np.round([v / STEP for _, v in kept]), 1, 255).astype(np.uint8))
    all_hashes = np.concatenate(hashes)
    all_languages = np.concatenate(languages)
    all_values = np.concatenate(values)
    order = np.lexsort((all_languages, all_hashes))
    keys, counts = np.unique(all_hashes, return_counts=True)
    print(f"{len(codes)} languages, {len(keys):,} sequences, {len(order):,} entries")
    return {
        "codes": np.frombuffer(" ".join(codes).encode("ascii"), np.uint8),
        "keys": keys,
        "counts": counts.astype(np.uint8),
        "language": all_languages[order],
        "value": all_values[order],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, default=Path("../shared/train"))
    parser.add_argument("--lingua", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=PATH)
    options = parser.parse_args()
    np.savez(options.out, **build(options.train, options.lingua))
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
