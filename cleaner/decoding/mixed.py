"""Two or more legacy encodings in one file: files that were joined, logs of several programs.

A line whose letters cost far more than those of a line in its encoding should is suspicious. The likeliest encodings of
such lines, alone and together, and of parts of the text are candidates. The two or three that read the text best
together share its lines, where a change from line to line has a cost; then each is detected again from the lines that
it got.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cleaner.arrays import Array
from cleaner.decoding.candidates import MULTI_BYTE
from cleaner.decoding.drawn import without_drawing
from cleaner.decoding.legacy import Ranked, rank, sequence_costs
from cleaner.decoding.pages import high_costs, markup_as_spaces, page_names, text_costs
from cleaner.decoding.reading import Piece, strict
from cleaner.decoding.sampling import WHOLE, Sample
from cleaner.decoding.words import NO_LETTERS, foreign_words, lists_of_letters
from cleaner.models.encodings import page

LARGE = 1 << 18
"""Bytes from which a file is not examined line by line."""
MOST = 3
"""Most encodings that are told apart in one file."""
USUAL, STRANGE, EXCESS = 3.35, 3.85, 8.0
"""Nats a letter that lines in their own encoding cost on average; from which a line is suspicious; and how many nats
more than usual it must cost in all. Of 4,900 lines in 20 encodings 95 % stay below 3.8, of 3,200 in a wrong one 5 %
below 4.05."""
WIDER = 1.3
"""How many times more wide characters cost a byte: 7 to 9 nats for two bytes."""
CHANGE = 4.0
"""Nats for a change of encoding from one line to the next."""
CHANCE, USUAL_LINES = 2.2, 20
"""Nats that a line gains by chance grow so much with the logarithm of the number of lines, from so many on: the inverse
of `statistics.TEMPER`. Without it 55 of the 7,300 words of a Greek dictionary were Cyrillic."""
HOPED, LITTLE, NEEDED = 3.2, 15.0, 16.0
"""Nats a letter that strange lines may come down to at best; the least that they must gain by that for a search; and
the least that a mixture must gain, changes included. Of 284 mixtures and 3,500 other texts, halved and doubled: HOPED
five more right and 107 fewer, LITTLE five more and six fewer, NEEDED ten more, but a short text taken for a mixture,
and 21 fewer."""
BEHIND = 15.0
"""Nats by which the encoding of the whole must be behind in one of the strangest lines; without it 194 rules were Cyrillic."""
ALONE, PARTS, ROUNDS = 4, 4, 2
"""How many of the strangest lines, and how many parts of the text, are ranked by themselves, and how often lines choose
again. Of 2,388 mixtures made of sentences half as many lines lose 23; of 588 of them half as many parts lose one and a
single round four."""
SAMPLED = 12_288
"""Bytes from which a sample decides whether a text is examined line by line."""
SHORT = 12
"""Bytes below which a text is taken to be in one encoding."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """The pieces of a text in several legacy encodings, and the codecs with the number of lines in each."""

    pieces: tuple[Piece, ...]
    lines: tuple[tuple[str, int], ...]


def find_mixture(sample: Sample, codec: str) -> Mixture | None:
    """How the data of `sample` splits into several encodings, `codec` being the best single one; None where it doesn't,
    or where `codec` is UTF-16 or UTF-32, whose bytes have no lines.
    """
    data = sample.data
    if len(data) < SHORT or len(data) > LARGE or codec not in (*page_names(), *MULTI_BYTE):
        return None
    if len(data) > SAMPLED and not _suspicious(sample, codec):
        return None
    lines = _lines(data)
    foreign = [number for number, line in enumerate(lines) if not line.isascii()]
    if len(foreign) < 2:
        return None
    bare = _lines(sample.bare if len(data) <= WHOLE else without_drawing(markup_as_spaces(data))[0])
    words = [b" ".join(foreign_words(bare[number])) for number in foreign]
    strange = np.flatnonzero(_strange(_line_costs(words, codec, sample.shouted), _sizes(words)))
    if not len(strange):
        return None
    for place in strange.tolist():
        words[place] = _words_of(bare[foreign[place]], codec)
    taken = _taken(words, codec, sample.shouted)
    return _mixture(lines, dict(zip(foreign, taken, strict=True)), taken[0]) if taken else None


def strain(sample: Sample, codec: str) -> float:
    """Nats a letter that the words of `sample` cost in the page `codec`; 0 where they are few, and where `codec` is not a page."""
    if codec in MULTI_BYTE or codec not in page_names():
        return 0.0
    words = [b" ".join(word for word in sample.words if word not in sample.lists)]
    size = int(_sizes(words)[0])
    return float(high_costs(words, codec, sample.shouted)[0]) / size if size >= SHORT else 0.0


def _taken(words: list[bytes], codec: str, shouted: bool) -> list[str] | None:
    """The encoding of each line of `words`, where several read them better than `codec` alone; else None.

    Each encoding is detected again from the lines that took it, since the best one for all may lie between two. Then
    the lines choose again, now by their sequences as well, and at a cost of a change that follows from how many changes
    there were.
    """
    sizes, own = _sizes(words), _line_costs(words, codec, shouted)
    chance = by_chance(len(words))
    hope = (own - HOPED * sizes)[_strange(own, sizes)] - chance
    if float(hope[hope > 0].sum()) < LITTLE:
        return None
    codecs = _candidates(words, own, sizes, codec)
    if len(codecs) < 2:
        return None
    costs = _table(words, codecs, shouted)
    held = _best_few(costs)
    taken = [codecs[held[choice]] for choice in _path(costs[held], CHANGE)]
    for _ in range(ROUNDS):
        names = list(dict.fromkeys(_ranked_again(words, taken)))
        if len(names) < 2:
            return None
        own, *others = _table(words, [codec, *names], shouted)
        costs = np.vstack(others)
        change = max(0.0, math.log((len(words) - _changes(taken)) / (_changes(taken) + 1)) * CHANCE)
        path = _path(costs + _sequences(words, names), change)
        before, taken = taken, [names[choice] for choice in path]
        if before == taken:
            break
    cost = costs[path, np.arange(len(words))]
    moved = (own > cost) & (cost < STRANGE * sizes)
    if codec in MULTI_BYTE:
        moved &= _strange(own, sizes)
    gains = (own - cost - chance)[moved]
    return taken if float(gains[gains > 0].sum()) >= NEEDED + change * _changes(taken) else None


def _is_behind(codec: str, ranked: list[Ranked]) -> bool:
    """Whether `codec` is far behind the best of `ranked`, or not among them."""
    return bool(ranked) and all(row.codec != codec or row.score < ranked[0].score - BEHIND for row in ranked)


def _candidates(words: list[bytes], own: Array, sizes: Array, codec: str) -> list[str]:
    """The encodings that lines of `words` may be in, `codec` first: the likeliest of all strange lines together, of
    each of the strangest, and of each part of the text. `codec` alone where it is not far behind in any of the
    strangest.
    """
    strange = np.flatnonzero(_strange(own, sizes))
    strangest = strange[np.argsort((USUAL * sizes - own)[strange], kind="stable")][:ALONE].tolist()
    alone = [_ranked([words[place]]) for place in strangest]
    if not any(_is_behind(codec, ranked) for ranked in alone):
        return [codec]
    groups = [[words[place] for place in strange]]
    if len(words) > PARTS:
        each = -(-len(words) // PARTS)
        groups += [words[at : at + each] for at in range(0, len(words), each)]
    if len(strange) == len(words):
        groups.append(_of_one_kind(words))
    best = [ranked[0].codec for ranked in (*map(_ranked, groups), *alone) if ranked]
    return list(dict.fromkeys([codec, *best]))


def _best_few(costs: Array) -> list[int]:
    """Which rows of `costs` (encoding × line) read the text best together; the first alone where others gain too little."""
    held, best = [0], float(costs[0].sum())
    while len(held) < MOST:
        tried = [[*held, number] for number in range(len(costs)) if number not in held]
        if len(held) == 1:
            tried += [[one, two] for one in range(1, len(costs)) for two in range(one + 1, len(costs))]
        if not tried:
            break
        few = min(tried, key=lambda numbers: float(costs[numbers].min(axis=0).sum()))
        path = _path(costs[few], CHANGE)
        cost = float(costs[few][path, np.arange(costs.shape[1])].sum()) + CHANGE * _changes(path)
        if cost + NEEDED > best:
            break
        held, best = few, cost
    return held


def _ranked(words: list[bytes]) -> list[Ranked]:
    return rank(Sample.of(b"\n".join(words)))


def _changes(path: Sequence[object]) -> int:
    return sum(one != other for one, other in pairwise(path))


def _table(words: list[bytes], codecs: list[str], shouted: bool) -> Array:
    """Nats of the letters of each line in each of `codecs`; where one reads a line as the first does, both cost the same."""
    costs = np.vstack([_line_costs(words, codec, shouted) for codec in codecs])
    first = _meanings(codecs[0])
    if first is None:
        return costs
    place = np.repeat(np.arange(len(words)), [len(word) for word in words])
    high = np.frombuffer(b"".join(words), np.uint8)
    for number, codec in enumerate(codecs[1:], start=1):
        other = _meanings(codec)
        if other is not None:
            differ = np.array([one != its for one, its in zip(first, other, strict=True)])
            alike = np.bincount(place, differ[high], minlength=len(words)) == 0
            costs[0, alike] = costs[number, alike] = np.minimum(costs[0], costs[number])[alike]
    return costs


def _meanings(codec: str) -> tuple[str, ...] | None:
    return None if codec in MULTI_BYTE else page(codec)


def _sequences(words: list[bytes], codecs: list[str]) -> Array:
    """Nats of the sequences of characters of each line in each of `codecs`; zeros where one has wide characters, which
    the model does not know.
    """
    if any(codec in MULTI_BYTE for codec in codecs):
        return np.zeros((len(codecs), len(words)))
    return np.vstack([sequence_costs([word.decode(codec, "replace") for word in words]) for codec in codecs])


def _ranked_again(words: list[bytes], taken: list[str]) -> list[str]:
    """For each encoding of `taken`, the likeliest encoding of the lines that took it."""
    found = []
    for codec in dict.fromkeys(taken):
        ranked = _ranked([word for word, one in zip(words, taken, strict=True) if one == codec])
        found.append(ranked[0].codec if ranked else codec)
    return found


def _sizes(lines: list[bytes]) -> Array:
    return np.array([max(1, len(line.translate(None, NO_LETTERS))) for line in lines])


def _strange(costs: Array, sizes: Array) -> Array:
    """Which lines cost more than lines in their own encoding do; bool array."""
    return (costs > STRANGE * sizes) & (costs - USUAL * sizes > EXCESS)


def _suspicious(sample: Sample, codec: str) -> bool:
    """Whether a line of `sample` costs more than lines in their own encoding do."""
    words = [b" ".join(foreign_words(line)) for line in _lines(sample.bare) if not line.isascii()]
    return bool(words) and bool(_strange(_line_costs(words, codec, sample.shouted), _sizes(words)).any())


RUN = re.compile(rb"(..|....)\1{2,}", re.DOTALL)
"""Pairs of bytes, so that characters of two bytes stay whole."""
NO_TEXT = dict.fromkeys(NO_LETTERS)
"""As a table of `str.translate`."""


def _words_of(line: bytes, codec: str) -> bytes:
    """The distinct words of `line` with foreign bytes, without rows of one sign, single signs and lists of letters, as
    rules and tables have them.
    """
    words = list(dict.fromkeys(foreign_words(RUN.sub(rb"\1\1", line))))
    lists = set(lists_of_letters(words))
    if codec in MULTI_BYTE:
        lists.update(word for word in words if len(word.decode(codec, "replace").translate(NO_TEXT)) == 1)
    return b" ".join(word for word in words if word not in lists)


def _lines(data: bytes) -> list[bytes]:
    if b"\r" in data:
        return data.splitlines(keepends=True)
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def by_chance(lines: int) -> float:
    """Nats by which the strangest of `lines` lines reads better in another encoding by chance."""
    return CHANCE * max(0.0, math.log(lines / USUAL_LINES))


def _of_one_kind(lines: list[bytes]) -> list[bytes]:
    """Where all lines are strange: those that the most successful multi-byte encoding can read, else the first third."""
    readable = {codec: [line for line in lines if strict(line, codec) is not None] for codec in MULTI_BYTE}
    wide = {codec: own for codec, own in readable.items() if 2 * len(own) >= len(lines) > len(own)}
    return max(wide.values(), key=len) if wide else lines[: max(1, len(lines) // 3)]


def _line_costs(lines: list[bytes], codec: str, shouted: bool) -> Array:
    """Nats of the letters of each line in `codec`, in the language that fits the line best; those of wide characters are put
    on the scale of letters. float32.
    """
    if codec in MULTI_BYTE:
        texts = [line.decode(codec, "replace") for line in lines]
        return text_costs(texts) / WIDER
    return high_costs(lines, codec, shouted)


def _path(costs: Array, change: float) -> list[int]:
    """The cheapest choice of an encoding for each line, changes included (Viterbi); `costs` is encoding × line."""
    first, *rows = costs.T.tolist()
    so_far: list[float] = first
    back: list[list[int]] = []
    for row in rows:
        least = min(so_far)
        at, moved = so_far.index(least), least + change
        back.append([number if own <= moved else at for number, own in enumerate(so_far)])
        so_far = [min(own, moved) + cost for own, cost in zip(so_far, row, strict=True)]
    path = [so_far.index(min(so_far))]
    for choices in reversed(back):
        path.append(choices[path[-1]])
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
