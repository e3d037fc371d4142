"""Calibration of repairs: is an inferred change that says 0.9 right nine times of ten?

    python benchmarks/repair_calibration.py SENTENCES_FOLDER [--each N] [--held-out] [--filled] [--fit]
    python benchmarks/repair_calibration.py FILE.jsonl[.xz]

SENTENCES_FOLDER holds `LANGUAGE.txt.xz`, a sentence a line; N lines of each language are garbled, one accident each; of Chinese,
Japanese and Korean, which have accidents of their own, 8 N lines, three times each. Each line
of FILE is an object with `garbled` and `clean`. A change is right as `fix_precision.py` says. `--filled`: only accidents that lose
bytes or change case. `--held-out`: only the tenth of the sentences that `tools/build_character_model.py --nine-tenths` and
`tools/build_word_lists.py --nine-tenths` leave out: tables that have seen a sentence fill it too well, so that calibration is
measured, and weights are fitted, with those that they write. `--fit` prints the weights that
`cleaner/mojibake/confidence.py` holds: logistic regression on its `signs_of`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import lzma
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from fix_precision import shared

from cleaner.document import Edit
from cleaner.edits import apply
from cleaner.models.encodings import decode_sloppy, encode_sloppy
from cleaner.mojibake import confidence, repair

sys.path.append(str(Path(__file__).parent.parent / "tools"))
UTF8_AS = [
    "cp1252",
    "cp1251",
    "cp1250",
    "iso8859-1",
    "iso8859-15",
    "cp437",
    "cp850",
    "mac_roman",
    "koi8-r",
    "cp874",
    "cp1254",
]
SINGLE = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "cp437", "cp850", "cp852", "cp866", "koi8-r", "mac_roman",
          "iso8859-2", "iso8859-5", "iso8859-7"]  # fmt: skip
LOSSY = [*["cp1252"] * 3, "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1257", "cp874", "tis-620"]
WRITTEN = {"zh": ["gb18030"], "zh-Hant": ["big5"], "ja": ["cp932", "euc_jp"], "ko": ["cp949"]}
"""Languages that have multi-byte pages of their own."""
WIDE = ["gb18030", "big5", "cp932", "cp949", "euc_jp"]
Accident = Callable[[str, random.Random], "str | None"]
EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 1.0)


def lossless(text: str, chance: random.Random) -> str | None:
    return decode_sloppy(text.encode(), chance.choice(UTF8_AS))


def partly(text: str, chance: random.Random) -> str | None:
    """UTF-8 read as a page in some words of the line."""
    codec = chance.choice(UTF8_AS)
    words = [
        (decode_sloppy(word.encode(), codec) if chance.random() < 0.5 else word) or word for word in text.split(" ")
    ]
    return " ".join(words)


def single(text: str, chance: random.Random) -> str | None:
    data = encode_sloppy(text, chance.choice(SINGLE))
    return decode_sloppy(data, chance.choice(SINGLE)) if data else None


def lossy(text: str, chance: random.Random) -> str | None:
    """UTF-8 read as a page that has no character for some bytes: they are dropped or replaced by a sign."""
    codec, sign = chance.choice(LOSSY), chance.choice(["", "?", "\ufffd"])
    shown = (bytes([byte]).decode(codec, "replace") for byte in text.encode())
    return "".join(sign if char == "\ufffd" else char for char in shown)


def space(text: str, chance: random.Random) -> str | None:
    garbled = decode_sloppy(text.encode(), "cp1252") or ""
    return garbled.replace("\xa0", chance.choice(["", " "]))


def thai(text: str, chance: random.Random) -> str | None:
    """UTF-8 read as TIS-620; its undefined bytes dropped."""
    del chance
    return text.encode().decode("tis-620", "ignore")


def cased(text: str, chance: random.Random) -> str | None:
    garbled = decode_sloppy(text.encode(), "cp1252")
    return garbled and (garbled.lower() if chance.random() < 0.7 else garbled.upper())


def asian(text: str, chance: random.Random, language: str = "") -> str | None:
    """UTF-8, or mostly a page of the language's own, read as another multi-byte page; what it can't read is U+FFFD."""
    if language in WRITTEN and chance.random() < 0.8:
        written = chance.choice(WRITTEN[language])
        return text.encode(written).decode(chance.choice([codec for codec in WIDE if codec != written]), "replace")
    return text.encode().decode(chance.choice(WIDE[:4]), "replace")


def single_then_utf8(text: str, chance: random.Random) -> str | None:
    garbled = single(text, chance)
    return garbled and decode_sloppy(garbled.encode(), "cp1252")


FILLED = (lossy, lossy, lossy, lossy, lossy, space, cased, asian, asian)
ACCIDENTS = (lossless, partly, partly, single, single, lossy, lossy, lossy, space, thai, cased, asian, single_then_utf8)


def garbled_sentences(
    folder: Path, each: int, accidents: Sequence[Accident] = ACCIDENTS, *, held_out: bool = False
) -> Iterator[tuple[str, str]]:
    import building

    chance = random.Random(620)
    for path in sorted(folder.glob("*.txt.xz")):
        language = path.name.partition(".")[0]
        lines = [line.strip() for line in building.lines_of(path) if not held_out or building.held_out(line)]
        lines = [line for line in lines if not line.isascii() and 20 <= len(line) <= 300]
        chosen = chance.sample(lines, min(each * (8 if language in WRITTEN else 1), len(lines)))
        for clean in chosen * (3 if language in WRITTEN else 1):
            accident = chance.choice(accidents)
            wanted = clean.lower() if accident is cased else clean
            try:
                garbled = asian(wanted, chance, language) if accident is asian else accident(wanted, chance)
            except UnicodeError:
                continue
            if garbled and garbled != wanted:
                yield garbled, wanted.upper() if accident is cased and garbled.isupper() else wanted


def judged(path: Path) -> Iterator[tuple[str, str]]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if "garbled" in row and "clean" in row:
                yield row["garbled"], row["clean"]


def kind_of(edit: Edit) -> str:
    """The kind of evidence, as `confidence` names it."""
    if edit.kind == "exact":
        return "exact"
    if any("ftfy" in said for said in edit.evidence):
        return "ftfy"
    if any("Thai" in said for said in edit.evidence):
        return f"thai {edit.rule}"
    return f"filled {edit.rule}" if edit.rule in {"MOJ201", "MOJ203", "MOJ204", "MOJ205"} else "chain"


def outcomes(pairs: Iterator[tuple[str, str]]) -> dict[str, list[tuple[float, bool]]]:
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for garbled, clean in pairs:
        edits = repair(garbled).edits
        held = shared(apply(garbled, edits), clean) if edits else []
        shift = 0
        for edit in edits:
            start = edit.start + shift
            shift += len(edit.after) - (edit.end - edit.start)
            found[kind_of(edit)].append((edit.confidence, all(held[start : start + len(edit.after)])))
    return found


MADE = 0.2
"""Confidence from which any change is made."""


class Signs:
    """Stands in for `filled_confidence`: keeps its arguments, and returns the number of the call."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[float, ...]]] = []

    def __call__(self, rule: str, gap: confidence.Gap) -> float:
        self.asked.append((rule, confidence.signs_of(rule, gap)))
        return MADE + len(self.asked) / 10_000


def fitted(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, int, list[float]]]:
    """(rule, changes, weights) of a logistic regression."""
    recording = importlib.import_module("cleaner.mojibake.recording")
    rows: dict[str, list[tuple[tuple[float, ...], bool]]] = defaultdict(list)
    for garbled, clean in pairs:
        signs = Signs()
        vars(recording)["filled_confidence"] = signs
        filled = [
            (signs.asked[round((stated - MADE) * 10_000) - 1], right)
            for kind, found in outcomes(iter([(garbled, clean)])).items()
            for stated, right in found
            if kind in {"filled MOJ201", "filled MOJ205"} and 0 < round((stated - MADE) * 10_000) <= len(signs.asked)
        ]
        for (rule, sign), right in filled:
            rows[rule].append((sign, right))
    for rule in confidence.WEIGHTS:
        asked, answers = (np.array(column, float) for column in zip(*rows[rule], strict=True))
        weights = np.zeros(asked.shape[1])
        for _ in range(30):  # Newton's method, with a little ridge for signs that are not used
            share = 1 / (1 + np.exp(-asked @ weights))
            slope = asked.T @ (answers - share) - 0.1 * weights
            curve = (asked * (share * (1 - share))[:, None]).T @ asked + 0.1 * np.eye(len(weights))
            weights += np.linalg.solve(curve, slope)
        yield rule, len(answers), weights.round(2).tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--filled", action="store_true")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    accidents = FILLED if options.filled else ACCIDENTS
    pairs = (
        garbled_sentences(options.source, options.each, accidents, held_out=options.held_out)
        if options.source.is_dir()
        else judged(options.source)
    )
    if options.fit:
        for rule, changes, weights in fitted(pairs):
            print(f"{rule}: {weights}, {changes:,} changes")
        return
    found = outcomes(pairs)
    found["inferred, all"] = [row for kind, rows in found.items() if kind != "exact" for row in rows]
    print("| evidence | stated | changes | mean stated, % | right, % |\n|---|---|---|---|---|")
    for kind, rows in sorted(found.items()):
        for low, high in pairwise(EDGES):
            held = [row for row in rows if low <= row[0] < high]
            if held:
                stated, right = (100 * sum(column) / len(held) for column in zip(*held, strict=True))
                print(f"| {kind} | {low:g} to {high:g} | {len(held):,} | {stated:.1f} | {right:.1f} |")
        error = sum(abs(sum(one - other for one, other in rows if low <= one < high)) for low, high in pairwise(EDGES))
        print(f"| {kind} | all | {len(rows):,} | expected calibration error | {100 * error / len(rows):.1f} |")


if __name__ == "__main__":
    main()
