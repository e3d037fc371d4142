"""How Han characters are read, and how their readings are heard in names: 波特 is bo te, and Potter is heard so.

`tools/build_pinyin.py` writes the file; this module owns the format. Nothing loads it but a comparison of a text in Chinese with
one in another script.

Format of `pinyin.bin`: zlib of lines of UTF-8. The first has the letters of names, each with what it costs; the second the
characters that write names of other languages, those of -1 bit, of 0 bits, of 1 bit and so on, a tab between; then one line a
syllable: the syllable, its characters, and the pieces of names for which it stands, each with its cost; a tab between.
Costs are negative binary logarithms in steps of `STEP` bits.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cleaner.memory import cached

PATH = Path(__file__).parent / "data" / "pinyin.bin"
STEP = 0.125
"""Bits a step."""
LONGEST = 4
"""Letters that a syllable stands for at most, if it is not heard as it is read (zhuang)."""


class Pinyin(NamedTuple):
    """The table, read."""

    syllables: Mapping[str, str]
    """Character -> its most common reading, without tone; ü is u."""
    pieces: Mapping[str, Mapping[str, float]]
    """Syllable -> piece of a name in the letters of `overlap.transliterate.sounds` -> its cost in bits."""
    letters: Mapping[str, float]
    """Letter -> its cost in a name, bits."""
    foreign: Mapping[str, int]
    """Character that writes names of other languages -> how much more frequent it is there than in text, whole bits from -1 on."""


def pack(
    syllables: Mapping[str, str],
    shares: Mapping[str, Mapping[str, float]],
    letters: Mapping[str, float],
    foreign: Mapping[str, float],
) -> bytes:
    """The bytes of the file; `shares` are of each syllable's pieces, 0 to 1; `foreign` is in bits."""
    from math import log2

    chars = defaultdict(list)
    for char, syllable in sorted(syllables.items()):
        chars[syllable].append(char)
    groups = [""] * (2 + round(max(foreign.values())))
    for char, held in sorted(foreign.items()):
        groups[1 + round(held)] += char
    lines = [_costs(letters), "\t".join(groups)]
    for syllable in sorted(chars):
        pieces = {piece: -log2(share) for piece, share in shares[syllable].items()}
        lines.append("\t".join((syllable, "".join(chars[syllable]), _costs(pieces))))
    return zlib.compress("\n".join(lines).encode(), 9)


def _costs(costs: Mapping[str, float]) -> str:
    return " ".join(f"{piece}{round(cost / STEP)}" for piece, cost in sorted(costs.items()))


def unpack(data: bytes) -> Pinyin:
    """What `pack` wrote."""
    first, foreign, *lines = zlib.decompress(data).decode().split("\n")
    held = {char: number for number, group in enumerate(foreign.split("\t"), -1) for char in group}
    syllables, pieces = {}, {}
    for line in lines:
        syllable, chars, costs = line.split("\t")
        syllables.update(dict.fromkeys(chars, syllable))
        pieces[syllable] = _read(costs)
    return Pinyin(syllables, pieces, _read(first), held)


def _read(costs: str) -> dict[str, float]:
    read = {}
    for row in costs.split(" "):
        piece = row.rstrip("0123456789")
        read[piece] = STEP * int(row[len(piece) :])
    return read


@cached
def pinyin() -> Pinyin:
    """The table; read once a process."""
    return unpack(PATH.read_bytes())


@cached
def syllable_numbers() -> Any:
    """Code point -> the number of its syllable, uint16, for all below U+10000: its place among all, sorted, from 1; 0 has none."""
    table = pinyin()
    numbers = {syllable: number for number, syllable in enumerate(sorted(table.pieces), 1)}
    found = np.zeros(1 << 16, np.uint16)
    for char, syllable in table.syllables.items():
        found[ord(char)] = numbers[syllable]
    return found
