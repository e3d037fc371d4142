"""Builds the pooled character model from a folder of text.

    python tools/build_character_model.py --train TEXTS

The folder has `sentences/<code>.txt.xz` (one item a line) and `words/<code>.txt.xz` (`word count` a line). Each language
counts alike up to a limit, so that small ones are known too. Writes `cleaner/models/data/characters.npz`,
and `rare_cjk.txt` beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from building import asked, lines_of, seal

from cleaner.models.characters import CLASS_COST, CLASSES, PATH, PROBES, STEP, hashed

Array = Any
TARGET = 600_000
"""Characters that a language counts for; one with less text is weighted up by at most MOST."""
MOST = 4.0
WORDS = 6_000
"""Most frequent words taken of a word list; their counts are damped by a square root."""
TRIGRAMS, BIGRAMS = 1_000_000, 250_000
"""Entries kept: what fits the tables at half load."""
TRIGRAM_BITS, BIGRAM_BITS = 21, 19
COMMON = 0.985
"""Share of all wide text that the common characters make up; the others are rare."""
SMALL = 0.45
"""Weight below which an entry is noise."""


def dressed(line: str, number: int) -> list[str]:
    """`line` as it is and, now and then, in capitals, in title case, and with typographic marks around it."""
    made = [line]
    if number % 12 == 0:
        made.append(line.upper())
    if number % 25 == 0:
        made.append(line.title())
    if number % 5 == 0:
        made.append(
            line.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
            .replace(" - ", " \N{EN DASH} ")
            .replace("...", "\N{HORIZONTAL ELLIPSIS}")
        )
    if number % 9 == 0:
        opening, closing = (
            ("\u201c", "\u201d"),
            ("\u201e", "\u201c"),
            ("\u00ab", "\u00bb"),
            ("\u2018", "\u2019"),
            ("\u00ab\u00a0", "\u00a0\u00bb"),
        )[number // 9 % 5]
        cut = len(line) // 3
        cut = line.find(" ", cut) + 1
        end = line.find(" ", cut + 12)
        if cut and end > 0:
            made.append(f"{line[:cut]}{opening}{line[cut:end].rstrip(',.;')}{closing}{line[end:]}")
            made.append(f"{opening}{line}{closing}")
    if number % 20 == 0 and " " in line:
        made.append(line.replace(" ", "\N{EM DASH}", 1).replace(" ", "\u00a0", 1))
        made.append("\N{EN DASH} " + line.replace(" ", " \N{EM DASH} ", 2))
    return made


def points_of(texts: list[str]) -> Array:
    """Code points of `texts`, two line ends before each, digits as one."""
    points = np.frombuffer(("\n\n" + "\n\n".join(texts)).encode("utf-32-le"), np.uint32).copy()
    points[(points >= 0x31) & (points <= 0x39)] = 0x30
    return points


def languages(train: Path, *, whole: bool = True) -> Iterator[tuple[str, list[str], float]]:
    """Code, texts and weight of each language."""
    for path in sorted((train / "sentences").glob("*.txt.xz")):
        texts = [made for number, line in enumerate(lines_of(path, whole=whole)) for made in dressed(line, number)]
        size = sum(map(len, texts))
        yield path.name.split(".")[0], texts, min(MOST, TARGET / max(1, size))
    for path in sorted((train / "words").glob("*.txt.xz")):
        texts = []
        for number, line in enumerate(lines_of(path)):
            if number >= WORDS:
                break
            word, _, count = line.rpartition(" ")
            times = min(8, 1 + int(math.log10(max(1, int(count)))))
            texts.append(" ".join([word] * times))
            if number % 3 == 0:
                texts += [word.title(), word.upper()]
        yield path.name.split(".")[0] + " words", texts, 0.5


class Counts:
    """Weighted counts of keys, merged as they come."""

    def __init__(self) -> None:
        self.keys: Array = np.zeros(0, np.uint64)
        self.values: Array = np.zeros(0)
        self._waiting: list[tuple[Array, Array]] = []

    def add(self, keys: Array, weight: float) -> None:
        found, counts = np.unique(keys, return_counts=True)
        self._waiting.append((found, counts * weight))
        if len(self._waiting) >= 12:
            self.merge()

    def merge(self) -> None:
        keys = np.concatenate([self.keys, *(k for k, _ in self._waiting)])
        values = np.concatenate([self.values, *(v for _, v in self._waiting)])
        self._waiting.clear()
        self.keys, inverse = np.unique(keys, return_inverse=True)
        self.values = np.bincount(inverse, values)


def count(train: Path, *, whole: bool = True) -> tuple[Array, Array, Counts, Counts]:
    """Known points, their weights, and counts of bigrams and trigrams of ids."""
    unigram = np.zeros(0x110000)
    texts = [(points_of(lines), weight) for _, lines, weight in languages(train, whole=whole)]
    for points, weight in texts:
        unigram += np.bincount(points, minlength=0x110000) * weight
    known = np.flatnonzero(unigram >= 2.0).astype(np.uint32)
    ids = np.zeros(0x110000, np.uint64)
    ids[known] = np.arange(CLASSES, CLASSES + len(known), dtype=np.uint64)
    for digit in range(0x31, 0x3A):
        ids[digit] = ids[0x30]
    bigrams, trigrams = Counts(), Counts()
    for points, weight in texts:
        seen = ids[points]
        pairs = (seen[:-1] << np.uint64(16)) | seen[1:]
        bigrams.add(pairs[(seen[:-1] > 0) & (seen[1:] > 0)], weight)
        triples = (seen[:-2] << np.uint64(32)) | pairs[1:]
        trigrams.add(triples[(seen[:-2] > 0) & (seen[1:-1] > 0) & (seen[2:] > 0)], weight)
    bigrams.merge()
    trigrams.merge()
    return known, unigram[known], bigrams, trigrams


def quantised(costs: Array) -> Array:
    return np.clip(np.round(np.asarray(costs) / STEP), 1, 255).astype(np.uint16)


def table_of(keys: Array, costs: Array, bits: int) -> tuple[Array, Array, int]:
    """A hash table, the slot of every key (-1: dropped), and how many were dropped. `keys` are in order of weight."""
    slots, marks = hashed(keys, bits)
    size = 1 << bits
    table = np.zeros(size, np.uint16)
    place = np.full(len(keys), -1, np.int64)
    entries = (marks.astype(np.uint16) << 8) | quantised(costs)
    for probe in range(PROBES):
        waiting = np.flatnonzero(place < 0)
        at = (slots[waiting] + probe) & (size - 1)
        free = table[at] == 0
        waiting, at = waiting[free], at[free]
        _, first = np.unique(at, return_index=True)
        table[at[first]] = entries[waiting[first]]
        place[waiting[first]] = at[first]
    return table, place, int((place < 0).sum())


def build(train: Path, *, whole: bool = True) -> tuple[dict[str, Array], str]:
    known, weights, bigrams, trigrams = count(train, whole=whole)
    total = weights.sum()
    # Digits share one id, but each digit is only a tenth of it.
    number = CLASSES + len(known)
    unigram = np.full(number, 12.0)
    for kind, cost in CLASS_COST.items():
        unigram[kind] = cost
    unigram[CLASSES:] = -np.log(weights / total)
    # Witten-Bell: an event seen for the first time in a context is as likely as there are kinds of events in it.
    second = (bigrams.keys >> np.uint64(16)).astype(np.int64)
    third = (bigrams.keys & np.uint64(0xFFFF)).astype(np.int64)
    mass2 = np.bincount(second, bigrams.values, number)
    kinds2 = np.bincount(second, bigrams.values >= SMALL, number)
    rest2 = kinds2 / np.maximum(mass2 + kinds2, 1e-9)
    p2 = bigrams.values / (mass2 + kinds2)[second] + rest2[second] * np.exp(-unigram[third])
    backoff1 = np.where(rest2 > 0, -np.log(np.maximum(rest2, 1e-4)), 0)
    keep2 = np.argsort(-bigrams.values, kind="stable")[:BIGRAMS]
    keep2 = keep2[bigrams.values[keep2] >= SMALL]
    context = trigrams.keys >> np.uint64(16)
    place = np.searchsorted(bigrams.keys, context)
    mass3 = np.bincount(place, trigrams.values, len(bigrams.keys))
    kinds3 = np.bincount(place, trigrams.values >= SMALL, len(bigrams.keys))
    rest3 = kinds3 / np.maximum(mass3 + kinds3, 1e-9)
    shorter = np.searchsorted(bigrams.keys, trigrams.keys & np.uint64(0xFFFFFFFF))
    p3 = trigrams.values / np.maximum(mass3 + kinds3, 1e-9)[place] + rest3[place] * p2[shorter]
    backoff2 = np.where(rest3 > 0, -np.log(np.maximum(rest3, 1e-4)), 0)
    # A trigram that says no more than its bigram does is not worth its place.
    gain = trigrams.values * np.abs(np.log(p3) - np.log(np.maximum(rest3[place], 1e-4) * p2[shorter]))
    keep3 = np.argsort(-gain, kind="stable")[:TRIGRAMS]
    keep3 = keep3[trigrams.values[keep3] >= SMALL]
    bigram, slots, lost2 = table_of(bigrams.keys[keep2], -np.log(p2[keep2]), BIGRAM_BITS)
    trigram, _, lost3 = table_of(trigrams.keys[keep3], -np.log(p3[keep3]), TRIGRAM_BITS)
    beside = np.zeros(len(bigram), np.uint8)
    placed = slots >= 0
    beside[slots[placed]] = quantised(backoff2[keep2][placed]).astype(np.uint8)
    print(f"{len(known):,} points, {len(keep2):,} bigrams ({lost2} dropped), {len(keep3):,} trigrams ({lost3} dropped)")
    tables = {
        "points": known,
        "unigram": quantised(unigram).astype(np.uint8),
        "unigram_backoff": quantised(backoff1).astype(np.uint8),
        "bigram": bigram,
        "bigram_backoff": beside,
        "trigram": trigram,
    }
    return tables, rare_cjk(known, weights)


def rare_cjk(known: Array, weights: Array) -> str:
    """Ranges of the wide characters that are not among those that make up COMMON of all wide text."""
    wide = [(int(c), w) for c, w in zip(known, weights, strict=True) if 0x4E00 <= c <= 0x9FFF or 0xAC00 <= c <= 0xD7A3]
    common: set[int] = set()
    for low, high in ((0x4E00, 0x9FFF), (0xAC00, 0xD7A3)):
        own = sorted(((w, c) for c, w in wide if low <= c <= high), reverse=True)
        total, so_far = sum(w for w, _ in own), 0.0
        for weight, code in own:
            if so_far > COMMON * total:
                break
            so_far += weight
            common.add(code)
    ranges: list[list[int]] = []
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xAC00, 0xD7A4), *range(0xF900, 0xFB00)):
        if code in common:
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in ranges)


def main() -> None:
    options = asked(__doc__, PATH, tenths=True).parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    tables, rare = build(options.train, whole=not options.nine_tenths)
    np.savez(options.out, **tables)
    seal(options.out)
    rare_cjk = options.out.parent / "rare_cjk.txt"
    rare_cjk.write_text(rare + "\n", encoding="utf-8")
    seal(rare_cjk)
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
