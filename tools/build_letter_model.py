"""Builds the letter tables of languages from a folder of text: which letters and signs each language writes, and how often.

    python tools/build_letter_model.py --train TEXTS

The folder is that of `build_character_model.py`. Writes `cleaner/models/data/letters.npz`; `cleaner/models/letters.py`
says what it holds. Needs a minute.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from build_character_model import dressed
from building import asked, lines_of, seal

from cleaner.models.letters import FOLD, KINDS, LANGUAGES, PATH, SHOUTED, STEP, TABLED, WIDE, is_wide, unseen

Array = Any
Shares = defaultdict[str, float]
"""Weight of each character."""
WORDS = {"nb": "no", "zh": "zh_cn", "zh-Hant": "zh_tw"}
"""Word lists that have another name than the sentences of the language."""
WORD_SHARE = 0.4
"""Weight of a word list beside the sentences: lists know rare letters, sentences know signs and capitals."""
OWN = 0.85
"""Share of a sign's probability that the language itself gives; the rest is that of all languages together."""
ALPHA = 0.3
"""Added to each count of a pair of letters."""
SIGNS = frozenset("\u00a0¡£§©«®°·»¿½×–—‘’‚“”„†•…‹›€№™、。「」『』【】・ー！（），－．／：；？～％＆")
"""Signs that keyboards and word processors write in texts of every language."""
SIGN_COST = 9.0
CAPITALS = 0.25
"""Least frequency of a capital beside its small letter: titles and headings are texts of capitals alone."""
HALF_WIDTH = 0.2
"""Frequency of half-width katakana beside the usual form, voicing marks included: of 156 texts with half-width kana 113 are
right without the marks and 130 with them, of 3,429 others in Chinese, Japanese and Korean as many. With .5 141, and 59 for
12 of 136 titles of such kana alone, but a judged title in Cyrillic is Japanese."""
LEVELS = (("gb2312", "zh", 0xB0, 0xD8), ("big5", "zh-Hant", 0xA4, 0xC7), ("euc_jp", "ja", 0xB0, 0xD0))
"""Lead bytes of the level that a national standard calls its common characters: unseen ones cost less than others."""
LEVEL_COST = 11.0


def scripts_apart(code: str, lines: list[str]) -> list[str]:
    """The lines of Serbian that are Cyrillic; its Latin ones count as Croatian."""
    if code != "sr":
        return lines
    return [line for line in lines if sum("\u0400" <= c < "\u0500" for c in line) * 2 > sum(map(str.isalpha, line))]


def texts_of(train: Path, code: str, *, whole: bool) -> tuple[list[str], Shares]:
    """Sentences of a language in all their dressed forms, and the characters of its word list with their weights."""
    lines = scripts_apart(code, list(lines_of(train / "sentences" / f"{code}.txt.xz", whole=whole)))
    texts = [made for number, line in enumerate(lines) for made in dressed(line, number)]
    counts = Shares(float)
    path = train / "words" / f"{WORDS.get(code, code)}.txt.xz"
    if path.exists() and code != "sr":
        for line in lines_of(path):
            word, _, number = line.rpartition(" ")
            weight = float(number)
            for character in word:
                counts[character] += weight
            for character in word.title()[:1]:
                counts[character] += weight * 0.1
            for character in word.upper():
                counts[character] += weight * 0.02
    return texts, counts


def frequencies(train: Path, *, whole: bool) -> Iterator[tuple[str, Shares, Array]]:
    """Code, relative frequency of each character, and counts of pairs of folded letters."""
    for code in LANGUAGES:
        texts, words = texts_of(train, code, whole=whole)
        counts = Counter("".join(texts))
        total, listed = sum(counts.values()), sum(words.values())
        shares = Shares(float, {c: n / total for c, n in counts.items()})
        if listed:
            shares = Shares(float, {c: n * (1 - WORD_SHARE) for c, n in shares.items()})
            for character, weight in words.items():
                shares[character] += WORD_SHARE * weight / listed
        yield code, evened(code, shares), pairs_of("\n".join(texts))


def evened(code: str, shares: Shares) -> Shares:
    """`shares` with capitals frequent enough for a title in capitals, and both forms of Romanian's letters equally frequent."""
    for character, share in list(shares.items()):
        upper = character.upper()
        if len(upper) == 1 and upper != character:
            shares[upper] = max(shares[upper], CAPITALS * share)
    if code == "ja":
        # Half-width text writes voiced kana as two characters.
        spelt = Shares(float)
        for character, share in list(shares.items()):
            for part in unicodedata.normalize("NFD", character):
                spelt[part] += share
        for number in range(0xFF61, 0xFFA0):
            wide = unicodedata.normalize("NFKC", chr(number))
            shares[chr(number)] = max(shares[chr(number)], HALF_WIDTH * spelt[wide])
    if code == "ro":
        for comma, cedilla in zip("șțȘȚ", "şţŞŢ", strict=True):
            shares[comma] = shares[cedilla] = shares[comma] + shares[cedilla]
    return shares


def pairs_of(text: str) -> Array:
    """Counts of neighbouring pairs after folding; a pair of two signs says nothing and counts nothing."""
    folded = FOLD[np.minimum(np.frombuffer(text.encode("utf-32-le"), np.uint32), 255)].astype(np.int64)
    return np.bincount(folded[:-1] * KINDS + folded[1:], minlength=KINDS * KINDS)


def costs_of(held: dict[str, Shares], wide: bool, codes: tuple[str, ...]) -> tuple[Array, Array]:
    """Sorted code points and their cost in each of `codes`, in steps."""
    least = 2e-7 if wide else 1e-7
    found = {c for code in codes for c, share in held[code].items() if share > least and (c > "\x7f" or c.isalpha())}
    points = sorted({c for c in found if is_wide(c) == wide} | (levels() if wide else set()))
    pooled = Shares(float)
    for code in codes:
        for character, share in held[code].items():
            pooled[character] += share / len(codes)
    common = level_of() if wide else {}
    costs = np.zeros((len(codes), len(points)))
    for row, code in enumerate(codes):
        for column, character in enumerate(points):
            share = held[code][character]
            if not unicodedata.category(character).startswith(("L", "M")):
                share = OWN * share + (1 - OWN) * pooled[character]
            floor = SIGN_COST if character in SIGNS else unseen(character)
            if code in common.get(character, ()):
                floor = min(floor, LEVEL_COST)
            costs[row, column] = min(floor, -np.log(share)) if share > 0 else floor
    return np.array([ord(c) for c in points], np.uint32), np.clip(np.round(costs / STEP), 1, 255).astype(np.uint8)


def level_of() -> dict[str, set[str]]:
    """The languages in whose standard a wide character is a common one."""
    found: dict[str, set[str]] = {}
    for codec, code, low, high in LEVELS:
        for lead in range(low, high):
            for trail in range(0x40, 0xFF):
                try:
                    found.setdefault(bytes((lead, trail)).decode(codec), set()).add(code)
                except UnicodeDecodeError:
                    continue
    return found


def levels() -> set[str]:
    return {character for character in level_of() if is_wide(character)}


def build(train: Path, *, whole: bool = True) -> dict[str, Array]:
    held: dict[str, Shares] = {}
    pairs = []
    for code, shares, counted in frequencies(train, whole=whole):
        held[code] = shares
        table = counted.reshape(KINDS, KINDS).astype(float)
        table[0, 0] = 0
        # A pair is as likely as its second letter is after the first one.
        rows = (table + ALPHA) / (table + ALPHA).sum(axis=1, keepdims=True)
        pairs.append(-np.log(rows).ravel())
    for code in SHOUTED:
        held[code + " capitals"] = Shares(float)
        for character, share in held[code].items():
            upper = character.upper()
            if len(upper) == 1:
                held[code + " capitals"][upper] += share
        pairs.append(pairs[LANGUAGES.index(code)])
    points, costs = costs_of(held, False, TABLED)
    wide_points, wide_costs = costs_of(held, True, WIDE)
    return {
        "points": points,
        "costs": costs,
        "wide_points": wide_points,
        "wide_costs": wide_costs,
        "pairs": np.clip(np.round(np.array(pairs) / STEP), 1, 255).astype(np.uint8),
    }


def main() -> None:
    options = asked(__doc__, PATH, tenths=True).parse_args()
    tables = build(options.train, whole=not options.nine_tenths)
    np.savez_compressed(options.out, **tables)
    seal(options.out)
    print({name: table.shape for name, table in tables.items()}, f"{options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
