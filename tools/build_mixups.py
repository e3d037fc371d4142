"""Builds the set of words, and of windows of words, that only a mix-up of two pages makes, from the word lists.

The frequent words of each language that writes letters beyond ASCII are written in each page that has them and read in each
other common one. Where no list and no training sentence has the result as a word, the letters around each letter in it that
few languages have are a window; windows that no such word holds are kept, the most frequent. A result without such a window
is kept as a word where the gate's pairs of characters would not be sure of it. Writes `cleaner/models/data/mixups.bin`.

    python tools/build_mixups.py --train TEXTS
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from building import asked, lines_of, seal

from cleaner.models import words
from cleaner.models.encodings import decode_sloppy, encode_sloppy
from cleaner.models.gate import evidence
from cleaner.models.mixups import PATH, pack, windows

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
    "vi",
]
FREQUENT, MANY = 3000, 12_000
"""Words beyond ASCII of each language that are kept whole and tell pairs, and those whose windows are counted."""
KEPT = 80_000
"""Windows. Those that are rarer find little more, and stand in names: 160,000 make 0.35 % of 7,237 clean sentences beyond ASCII
suspicious, 80,000 0.17 %, and both find 37 of 40 garbled Turkish texts."""
WINDOWS = ["cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257"]
PAIRS = [(right, wrong) for right in WINDOWS for wrong in ("cp1252", "cp1250", "iso8859-2") if right != wrong]
PAIRS += [(right, "cp1252") for right in ("cp437", "cp850", "cp852", "cp857", "mac_roman", "mac_latin2")]
PAIRS += [("cp1258", "cp1252")]
PAIRS += [("cp1252", wrong) for wrong in ("cp437", "cp850", "mac_roman")]
"""The accidents that leave letters of one alphabet: right page, wrong page."""
TONES = "\u0300\u0301\u0303\u0309\u0323"
WORD = re.compile(r"[^\W\d_]+")
LATIN_WORD = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]+")
RATIO, LEAST = 12.0, 5e-5
"""A pair of letters tells where its share in some garbled language is so many times its mean share in clean text."""
SURE = 8
"""Nats of neighbouring pairs from which the gate sees a word in any line."""
EVERYWHERE = 13
"""Languages that have a letter as a usual one, from which it tells nothing."""
USUAL = 0.002
"""Share of the letters beyond ASCII that a usual letter has."""


@cache
def frequent(code: str, most: int = FREQUENT) -> list[tuple[str, float]]:
    """The frequent words of `code` with letters beyond ASCII, the most frequent first, with their share of a text's words."""
    held = words.load((code,))
    found = []
    for length, steps in enumerate(held.steps, 1):
        if length > 1:
            texts = held.texts(length, np.arange(len(steps)))
            found += [(int(step), word) for word, step in zip(texts, steps, strict=True) if not word.isascii()]
    return [(word, math.exp(-step * words.STEP)) for step, word in sorted(found)[:most]]


def known() -> set[str]:
    """Every listed word with letters beyond ASCII."""
    found: set[str] = set()
    for code in words.codes():
        held = words.load((code,))
        for length, steps in enumerate(held.steps, 1):
            if len(steps):
                found.update(word for word in held.texts(length, np.arange(len(steps))) if not word.isascii())
    return found


def sentences(folder: Path) -> Iterator[str]:
    """The words beyond ASCII of the training sentences, in small letters; without the sentences that are held out."""
    found: set[str] = set()
    for path in sorted((folder / "sentences").glob("*.txt.xz")):
        for line in lines_of(path, whole=False):
            if not line.isascii():
                found.update(word for word in WORD.findall(line.lower()) if not word.isascii())
    return iter(found)


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


def written(word: str, codec: str) -> bytes | None:
    """`word` in `codec`; cp1258 has the tones of Vietnamese after their letters."""
    if codec == "cp1258":
        word = "".join(parted(char) for char in word)
    return encode_sloppy(word, codec)


def parted(char: str) -> str:
    marks = unicodedata.normalize("NFD", char)
    tones = "".join(mark for mark in marks if mark in TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES)) + tones


def garbled(word: str) -> Iterator[tuple[tuple[str, str], str]]:
    """What `word` becomes when one page is read as another, if all of it is Latin letters; with the pages."""
    for right, wrong in PAIRS:
        data = written(word, right)
        after = decode_sloppy(data, wrong) if data else None
        if after and after != word and len(after) > 2 and LATIN_WORD.fullmatch(after):
            yield (right, wrong), after


def main() -> None:
    options = asked(__doc__, Path(PATH)).parse_args()
    listed, common = known(), usual()
    common |= {char.upper() for char in common}
    listed |= set(sentences(options.train))
    clean = {window for word in listed for window in told(word, common)}
    weights: dict[str, float] = defaultdict(float)
    for word, share in results(MANY, listed, common):
        for window in told(word.lower(), common) - clean:
            weights[window] += share
    held = set(sorted(weights, key=lambda window: (-weights[window], window))[:KEPT])
    whole = {
        word
        for word, _ in results(FREQUENT, listed, common)
        if evidence(word).run < SURE and not held & set(windows(word))
    }
    letters = telling(common)
    packed = pack([*whole, *held], letters)
    options.out.write_bytes(packed)
    seal(options.out)
    print(f"{options.out}: {len(packed):,} bytes; {len(whole):,} words; {len(held):,} windows; {len(letters)} pairs")


def told(word: str, common: set[str]) -> set[str]:
    """The windows around the letters of `word` that few languages have."""
    letters = (char for char in word if not char.isascii())
    return {window for window, char in zip(windows(word), letters, strict=True) if odd(char, common)}


def results(most: int, listed: set[str], common: set[str]) -> Iterator[tuple[str, float]]:
    """What mix-ups make of the `most` frequent words of each language where no language has it as a word, with its share."""
    for code in LATIN:
        best: dict[str, float] = {}
        for word, share in frequent(code, most):
            for form in (word, upper(word, code)):
                for _, after in garbled(form):
                    if odd(after, common) and after.lower() not in listed:
                        best[after] = max(share, best.get(after, 0.0))
        yield from best.items()


def telling(common: set[str]) -> list[str]:
    """The pairs of letters that some garbled language has much more often than clean text."""
    clean: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for code in LATIN:
        shares: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for word, share in frequent(code):
            clean.update(dict.fromkeys(pairs(word), share / len(LATIN)))
            for form in (word, upper(word, code)):
                for pages, after in garbled(form):
                    shares[pages].update(dict.fromkeys(pairs(after) - pairs(form), share))
        for counts in shares.values():
            found |= counts
    return sorted(
        pair
        for pair, share in found.items()
        if share > RATIO * (clean[pair] + clean[pair.lower()]) and share > LEAST and odd(pair, common)
    )


if __name__ == "__main__":
    main()
