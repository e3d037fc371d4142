"""Builds the set of words that only a mix-up of two pages makes, from the word lists.

The frequent words of each language that writes letters beyond ASCII are written in each page that has them and read in each
other common one. A result is kept where no language has it as a word,
and where the gate's pairs of characters would not be sure of it.

    python tools/build_mixups.py --out cleaner/models/data/mixups.bin
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from cleaner.models import words
from cleaner.models.encodings import decode_sloppy, encode_sloppy
from cleaner.models.gate import evidence
from cleaner.models.mixups import pack

LATIN = [
    "en",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "et",
    "lv",
    "lt",
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "bs",
    "hu",
    "ro",
    "tr",
    "sq",
    "is",
    "af",
    "ca",
    "gl",
    "eu",
    "eo",
    "br",
    "cy",
    "hsb",
    "dsb",
]
FREQUENT = 3000
"""Words beyond ASCII of each language."""
WINDOWS = ["cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257"]
PAIRS = [(right, wrong) for right in WINDOWS for wrong in ("cp1252", "cp1250", "iso8859-2") if right != wrong]
PAIRS += [(right, "cp1252") for right in ("cp437", "cp850", "cp852", "cp857", "mac_roman", "mac_latin2")]
PAIRS += [("cp1252", wrong) for wrong in ("cp437", "cp850", "mac_roman")]
"""The accidents that leave letters of one alphabet: right page, wrong page."""
LATIN_WORD = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]+")
RATIO, LEAST = 12.0, 5e-5
"""A pair of letters tells where its share in some garbled language is so many times its mean share in clean text."""
SURE = 8
"""Nats of neighbouring pairs from which the gate sees a word in any line."""
EVERYWHERE = 13
"""Languages that have a letter as a usual one, from which it tells nothing."""
USUAL = 0.002
"""Share of the letters beyond ASCII that a usual letter has."""


def frequent(code: str) -> list[tuple[str, float]]:
    """The frequent words of `code` with letters beyond ASCII, the most frequent first, with their share of a text's words."""
    held = words.load((code,))
    found = []
    for length, steps in enumerate(held.steps, 1):
        if length > 1:
            texts = held.texts(length, np.arange(len(steps)))
            found += [(int(step), word) for word, step in zip(texts, steps, strict=True) if not word.isascii()]
    return [(word, math.exp(-step * words.STEP)) for step, word in sorted(found)[:FREQUENT]]


def known() -> set[str]:
    """Every word of every list that has letters beyond ASCII."""
    found: set[str] = set()
    for code in words.codes():
        held = words.load((code,))
        for length, steps in enumerate(held.steps, 1):
            if len(steps):
                found.update(word for word in held.texts(length, np.arange(len(steps))) if not word.isascii())
    return found


def usual() -> set[str]:
    """Letters that many languages have."""
    counts: Counter[str] = Counter()
    for code in LATIN:
        letters = Counter(char for word, _ in frequent(code) for char in word if not char.isascii())
        counts.update(char for char, count in letters.items() if count > USUAL * letters.total())
    return {char for char, count in counts.items() if count >= EVERYWHERE}


def upper(word: str, code: str) -> str:
    return (word.replace("i", "İ") if code == "tr" else word).upper()


def pairs(word: str) -> set[str]:
    """The pairs of neighbours in `word`, its end included, that hold a letter beyond ASCII."""
    return {one + other for one, other in pairwise(f"{word} ") if not (one + other).isascii()}


def odd(text: str, common: set[str]) -> bool:
    return any("\u00c0" <= char < "\u0250" and char not in common for char in text)


def garbled(word: str) -> Iterator[tuple[tuple[str, str], str]]:
    """What `word` becomes when one page is read as another, where that is Latin letters all through; with the pages."""
    for right, wrong in PAIRS:
        data = encode_sloppy(word, right)
        after = decode_sloppy(data, wrong) if data else None
        if after and after != word and len(after) > 2 and LATIN_WORD.fullmatch(after):
            yield (right, wrong), after


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    listed, common = known(), usual()
    common |= {char.upper() for char in common}
    clean: Counter[str] = Counter()
    telling: Counter[str] = Counter()
    kept: set[str] = set()
    for code in LATIN:
        shares: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for word, share in frequent(code):
            clean.update(dict.fromkeys(pairs(word), share / len(LATIN)))
            for form in (word, upper(word, code)):
                for pages, after in garbled(form):
                    if odd(after, common) and after.lower() not in listed and evidence(after).run < SURE:
                        kept.add(after)
                        shares[pages].update(dict.fromkeys(pairs(after) - pairs(form), share))
        for counts in shares.values():
            telling |= counts
    letters = sorted(
        pair
        for pair, share in telling.items()
        if share > RATIO * (clean[pair] + clean[pair.lower()]) and share > LEAST and odd(pair, common)
    )
    packed = pack(kept, letters)
    options.out.write_bytes(packed)
    print(f"{options.out}: {len(packed):,} bytes; {len(kept):,} words; {len(letters)} pairs; {' '.join(letters)[:300]}")


if __name__ == "__main__":
    main()
