"""Two or more legacy encodings in one file: files that were joined, logs of several programs.

A line that costs far more by its letters than a line of its encoding should is suspicious. All suspicious lines are judged
together; where they read clearly better in another encoding, each line with foreign bytes goes to the one that reads it
better, and a change from line to line costs something.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cleaner.arrays import Array
from cleaner.decoding.candidates import MULTI_BYTE
from cleaner.decoding.drawn import without_drawing
from cleaner.decoding.legacy import rank, sample_of
from cleaner.decoding.pages import high_costs, text_costs, without_markup
from cleaner.decoding.reading import Piece, strict
from cleaner.decoding.words import NO_LETTERS, foreign_words, lists_of_letters
from cleaner.models.encodings import page

LARGE = 1 << 18
"""Bytes from which a file is not looked at by line."""
MOST = 3
"""Encodings that are told apart in one file."""
USUAL, STRANGE, EXCESS = 3.35, 3.85, 8.0
"""Nats a letter that lines in their own encoding cost in the middle; from which a line is suspicious; and how many nats more
than usual it must cost in all. Of 4,900 lines in 20 encodings 95 % stay below 3.8, of 3,200 in a wrong one 5 % below 4.05."""
WIDER = 1.3
"""Wide characters cost so many times more a byte: 7 to 9 nats for two."""
WELL = 3.55
"""Nats a letter below which a line is not moved."""
BETTER = 40.0
"""Nats that the suspicious lines must read better by, all together."""
CHANGE = 5.0
"""Nats for a change of encoding from one line to the next."""
CHANCE, USUAL_LINES = 2.2, 20
"""Nats by which what happens by chance grows with the number of lines, from so many on: the inverse of `statistics.TEMPER`.
Without it 55 of the 7,300 words of a Greek dictionary were Cyrillic."""
SAMPLED = 12_288
"""Bytes from which a sample decides whether a text is looked at by line."""
SHORT = 12
"""Bytes below which a text is taken to be in one encoding."""
FEW, LITTLE = 6, 15.0
"""Lines with foreign bytes up to which each is asked by itself where all together are too little evidence, and nats that they must
read better by, changes counted in."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """The pieces of a text in several legacy encodings, and the codecs with the number of lines in each."""

    pieces: tuple[Piece, ...]
    lines: tuple[tuple[str, int], ...]


def find_mixture(data: bytes, codec: str) -> Mixture | None:
    """How `data`, best read as `codec` if it is in one encoding, splits into several; None where it doesn't."""
    if len(data) < SHORT or len(data) > LARGE:
        return None
    if len(data) > SAMPLED and not _suspicious(sample_of(data), codec):
        return None
    lines, bare = _lines(data), _lines(without_drawing(without_markup(data))[0])
    foreign = [number for number, line in enumerate(lines) if not line.isascii()]
    if len(foreign) < 2:
        return None
    words = [b" ".join(foreign_words(bare[number])) for number in foreign]
    strange = np.flatnonzero(_strange(_line_costs(words, codec), _sizes(words)))
    if not len(strange):
        return None
    for place in strange.tolist():
        words[place] = _words_of(bare[foreign[place]])
    sizes = _sizes(words)
    codecs, costs = [codec], _line_costs(words, codec)[None, :]
    while len(codecs) < MOST:
        found = _another(words, sizes, costs, codecs)
        if found is None:
            break
        more = _line_costs(words, found)
        # A line that reads well stays where it is.
        more[costs.min(axis=0) < WELL * sizes] = np.inf
        codecs.append(found)
        costs = np.vstack([costs, more])
    if len(codecs) == 1:
        codecs, costs = _each_alone(words, sizes, costs, codec)
    if len(codecs) == 1:
        return None
    by_line = {number: codecs[choice] for number, choice in zip(foreign, _path(costs), strict=True)}
    return _mixture(lines, by_line, codec)


def _each_alone(words: list[bytes], sizes: Array, costs: Array, codec: str) -> tuple[list[str], Array]:
    """The encodings of a few lines by the `words` of each, and what the lines cost in each encoding; `codec` alone where that is
    as good. Half of such a text is strange in any one encoding.
    """
    own = costs[0]
    if len(words) > FEW or 2 * int(_strange(own, sizes).sum()) < len(words):
        return [codec], costs
    best = [ranked[0].codec for word in words if (ranked := rank(word))]
    found = list(dict.fromkeys([codec, *best]))
    costs = np.vstack([_line_costs(words, one) for one in found])
    path = _path(costs)
    used = list(dict.fromkeys(found[choice] for choice in path))
    total = sum(float(costs[choice, line]) for line, choice in enumerate(path))
    changes = sum(one != other for one, other in pairwise(path))
    if len(used) < 2 or len(used) > MOST or total + CHANGE * changes + LITTLE > float(own.sum()):
        return [codec], costs[:1]
    return found, costs


def _sizes(lines: list[bytes]) -> Array:
    return np.array([max(1, len(line.translate(None, NO_LETTERS))) for line in lines])


def _strange(costs: Array, sizes: Array) -> Array:
    """Which lines cost more than lines in their own encoding do; bool array."""
    return (costs > STRANGE * sizes) & (costs - USUAL * sizes > EXCESS)


def _suspicious(sample: bytes, codec: str) -> bool:
    """Whether a line of `sample` costs more than lines in their own encoding do."""
    lines = [line for line in _lines(without_drawing(without_markup(sample))[0]) if not line.isascii()]
    words = [b" ".join(foreign_words(line)) for line in lines]
    return bool(lines) and bool(_strange(_line_costs(words, codec), _sizes(words)).any())


RUN = re.compile(rb"(..|....)\1{2,}", re.DOTALL)
"""Pairs of bytes, so that characters of two bytes stay whole."""


def _words_of(line: bytes) -> bytes:
    """The words of `line` with foreign bytes, each once, without rows of one sign, single signs and lists of letters: rules and
    tables are no text.
    """
    words = list(dict.fromkeys(foreign_words(RUN.sub(rb"\1\1", line))))
    lists = set(lists_of_letters(words))
    return b" ".join(word for word in words if word not in lists and len(word.translate(None, NO_LETTERS)) > 1)


def _lines(data: bytes) -> list[bytes]:
    if b"\r" in data:
        return data.splitlines(keepends=True)
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _another(lines: list[bytes], sizes: Array, costs: Array, codecs: list[str]) -> str | None:
    """The encoding of the lines that none of `codecs` reads well; None where there are none such."""
    best = costs.min(axis=0)
    strange = _strange(best, sizes)
    if not strange.any():
        return None
    suspicious = [line for line, is_strange in zip(lines, strange, strict=True) if is_strange]
    ranked = rank(b"\n".join(_of_one_kind(suspicious) if strange.all() else suspicious))
    if not ranked or ranked[0].codec in codecs:
        return None
    found = ranked[0].codec
    if any(row.codec in codecs and row.score > ranked[0].score - BETTER / 2 for row in ranked):
        return None
    other = _line_costs(lines, found)
    better = strange & (other < best) & (other < STRANGE * sizes)
    gains = (best - other)[better] - by_chance(len(lines))
    return found if float(gains[gains > 0].sum()) > BETTER else None


def by_chance(lines: int) -> float:
    """Nats that the strangest of `lines` reads better by in another encoding by chance: words of a list, a line each."""
    return CHANCE * max(0.0, math.log(lines / USUAL_LINES))


def _of_one_kind(lines: list[bytes]) -> list[bytes]:
    """Where no line is usual, the lines that the most successful multi-byte encoding reads; all where none does."""
    readable = {codec: [line for line in lines if strict(line, codec) is not None] for codec in MULTI_BYTE}
    wide = {codec: own for codec, own in readable.items() if 2 * len(own) >= len(lines) > len(own)}
    return max(wide.values(), key=len) if wide else lines[: max(1, len(lines) // 3)]


def _line_costs(lines: list[bytes], codec: str) -> Array:
    """Nats of the letters of each line in `codec`, in the language that fits the line best; those of wide characters are put
    on the scale of letters. float32.
    """
    if codec in MULTI_BYTE or page(codec) is None:
        texts = [line.decode(codec, "replace") for line in lines]
        return text_costs(texts) / WIDER
    return high_costs(lines, codec)


def _path(costs: Array) -> list[int]:
    """The cheapest choice of an encoding for each line, changes counted in; `costs` is encoding × line."""
    number, length = costs.shape
    so_far = costs[:, 0].copy()
    back = np.zeros((length, number), np.intp)
    for line in range(1, length):
        moved = so_far.min() + CHANGE
        back[line] = np.where(so_far <= moved, np.arange(number), int(so_far.argmin()))
        so_far = np.minimum(so_far, moved) + costs[:, line]
    choice = int(so_far.argmin())
    path = [choice]
    for line in range(length - 1, 0, -1):
        choice = int(back[line, choice])
        path.append(choice)
    return path[::-1]


def _mixture(lines: list[bytes], by_line: dict[int, str], codec: str) -> Mixture | None:
    pieces: list[Piece] = []
    counts: dict[str, int] = {}
    current = by_line.get(0, codec)
    for number, line in enumerate(lines):
        current = by_line.get(number, current)
        text = strict(line, current)
        if text is None:
            return None
        pieces.append(Piece(len(line), text, current))
        counts[current] = counts.get(current, 0) + (number in by_line)
    if len(counts) < 2:
        return None
    return Mixture(tuple(pieces), tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0]))))
