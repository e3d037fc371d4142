"""Words that may be names, of many texts at once: those with capitals, and those of scripts that have none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cleaner.letting_go import cached
from cleaner.overlap.tokens import Tokens

__all__ = ["Names", "counted", "names_of", "no_names", "with_caseless"]

SHOUTING = 0.65
"""Share of capitalised words from which a text's capitals say nothing: headlines have nine in ten; a line that names a film's
hero, actor and director has up to six."""
CASELESS_SETS = (
    (r"\u0590-\u05ff", 3),
    (r"\u0600-\u06d3\u06d5-\u08ff", 3),
    (r"\u0900-\u0963\u0970-\u0dff", 3),
    (r"\u10a0-\u10ff", 3),
    (r"\uac00-\ud7af", 2),
    (r"\u30a1-\u30fa\u30fc", 3),
)
CASELESS_WORD = re.compile(
    "[{}](?:{})".format(
        "".join(chars for chars, _ in CASELESS_SETS),
        "|".join(f"(?<=[{chars}])[{chars}]{{{least - 1},}}" for chars, least in CASELESS_SETS),
    )
)
"""Words of scripts without capitals, with their vowel signs, from so many letters on; of Japanese the foreign words, which are in
katakana. A search is fast that begins with one set of characters: half the time that six alternatives take."""

Array = Any


@dataclass(frozen=True, slots=True)
class Names:
    """Words that may be names: written with a capital, or in a script that has none. Parallel arrays."""

    joined: str
    """The words, one a line."""
    counts: Array
    hashes: Array
    """32 bits of the hash of the word in lower case; 0 in scripts without capitals."""
    inside: Array
    """Whether it was capitalised inside a sentence, which says that it is a name."""

    @property
    def texts(self) -> list[str]:
        """The words."""
        return self.joined.split("\n") if len(self.counts) else []


@cached
def no_names() -> Names:
    """Those of a text that has none."""
    import numpy as np

    none = np.zeros(0, np.uint32)
    return Names("", none, none, none.astype(bool))


def counted(chosen: Array) -> Array:
    """How many are chosen before each place."""
    import numpy as np

    counts = np.zeros(len(chosen) + 1, np.int64)
    np.cumsum(chosen, out=counts[1:])
    return counts


def names_of(tokens: Tokens, halves: Array, lowered: Array, low_cuts: Sequence[int]) -> list[Names]:
    """Words with capitals of each text, but those that it also writes small and capitalises once only."""
    import numpy as np

    count = len(tokens.borders) - 1
    inner = ~tokens.first
    capital = np.flatnonzero(tokens.upper & (tokens.ends - tokens.starts > 1))
    if not len(capital):
        return [no_names()] * count
    edges = np.asarray(tokens.borders)
    loud = np.diff(counted(inner & tokens.upper)[edges]) > SHOUTING * np.diff(counted(inner)[edges])
    owner = np.repeat(np.arange(count, dtype=np.uint64), np.diff(np.searchsorted(capital, edges)))
    codes, order = _in_order(owner << np.uint64(32) | halves[capital])
    order = capital[order]
    heads = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
    counts = np.diff(np.concatenate([heads, [len(order)]])).astype(np.uint32)
    inside = np.add.reduceat(inner[order].astype(np.int32), heads)
    own = codes[heads]
    keep = np.arange(len(own))
    if len(lowered):
        low = np.repeat(np.arange(count, dtype=np.uint64) << np.uint64(32), np.diff(low_cuts)) | lowered
        places = np.searchsorted(low, own)
        places[places == len(low)] = 0
        keep = np.flatnonzero((low[places] != own) | (inside > 1))
    texts = (own[keep] >> np.uint64(32)).astype(np.int64)
    inside = (inside[keep] > 0) & ~loud[texts]
    places = order[heads[keep]]
    written, ends = _cut_out(tokens, places)
    hashes, counts = own[keep].astype(np.uint32), counts[keep]
    cuts = np.searchsorted(texts, np.arange(count + 1)).tolist()
    return [
        Names(
            written[ends[one] : max(ends[one], ends[other] - 1)].decode("utf-8", "replace"),
            counts[one:other],
            hashes[one:other],
            inside[one:other],
        )
        for one, other in pairwise(cuts)
    ]


def _in_order(codes: Array) -> tuple[Array, Array]:
    """`codes` sorted, and their places, those of equal ones ascending."""
    import numpy as np

    bits = np.uint64(len(codes).bit_length())
    if int(codes[-1]).bit_length() + int(bits) > 64:  # the last text's codes are the largest
        order = np.argsort(codes, kind="stable")
        return codes[order], order
    both = np.sort(codes << bits | np.arange(len(codes), dtype=np.uint64))
    return both >> bits, (both & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)


def _cut_out(tokens: Tokens, places: Array) -> tuple[bytes, list[int]]:
    """The words at `places`, one a line, and where each begins; behind these the length of all."""
    import numpy as np

    starts, sizes = tokens.starts[places], tokens.ends[places] - tokens.starts[places]
    ends = np.concatenate([[0], np.cumsum(sizes + 1)])
    rows = np.repeat(starts - ends[:-1], sizes + 1) + np.arange(int(ends[-1]))
    rows[ends[1:] - 1] = 0
    written = np.frombuffer(tokens.data, np.uint8)[rows]
    written[ends[1:] - 1] = 0x0A
    return written.tobytes(), ends.tolist()


def with_caseless(names: Names, text: str) -> Names:
    """`names`, and the words of scripts without capitals."""
    import numpy as np

    counts = Counter(CASELESS_WORD.findall(text))
    words = sorted(counts)
    times = np.fromiter(map(counts.__getitem__, words), np.uint32, len(words))
    return Names(
        "\n".join([*names.texts, *words]),
        np.concatenate([names.counts, times]),
        np.concatenate([names.hashes, np.zeros(len(words), np.uint32)]),
        np.concatenate([names.inside, np.ones(len(words), bool)]),
    )
