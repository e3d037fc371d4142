"""What overlap needs to know of one document: a pure function of its text, small enough to be sent between processes.

`profiles_of` reads many texts a batch at a time, because that is fast; each profile depends on its own text only.
`Frequencies` adds profiles up, in any order and on any machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise, repeat
from typing import Any

from cleaner.overlap.chinese import han_of
from cleaner.overlap.keys import Keys, keys_of_large, keys_of_tokens, looks_garbled
from cleaner.overlap.terms import script_of
from cleaner.overlap.tokens import (
    CASELESS,
    CHUNK,
    FOREIGN,
    LEAD,
    MULTIPLIER,
    Plain,
    Tokens,
    plain,
    plain_pieces,
    powers_of,
    tokens_of,
)

__all__ = ["Frequencies", "Names", "Profile", "line_hash", "profile_of", "profiles_of"]

BUCKETS = 21
"""Bits of a stem's hash by which documents are counted: two million counters, 8 MB a table whatever the corpus."""
LINE = 5
"""Words from which a line is looked for in other documents: shorter ones are headings and names."""
TOGETHER = 256
"""Profiles that are held at once while they are counted."""
SHOUTING = 0.65
"""Share of capitalised words from which a text's capitals say nothing: headlines have nine in ten; a line that names a film's
hero, actor and director has up to six."""
LARGE_PIECES = 4
"""Pieces of 256 KB of a large text that are read for names; its keys are of the whole text."""
CASELESS_WORD = re.compile(
    r"[\u0590-\u05ff]{3,}|[\u0600-\u06d3\u06d5-\u08ff]{3,}|[\u0900-\u0963\u0970-\u0dff]{3,}|[\u10a0-\u10ff]{3,}"
    r"|[\uac00-\ud7af]{2,}|[\u30a1-\u30fa\u30fc]{3,}"
)
"""Words of scripts without capitals, with their vowel signs; of Japanese the foreign words, which are in katakana."""

Array = Any


@dataclass(frozen=True, slots=True)
class Names:
    """Words that may be names: written with a capital, or in a script that has none. Parallel arrays."""

    texts: tuple[str, ...]
    counts: Array
    hashes: Array
    """32 bits of the hash of the word in lower case; 0 in scripts without capitals."""
    inside: Array
    """Whether it was capitalised inside a sentence, which says that it is a name."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that overlap knows of a document without its text."""

    keys: Keys
    """Sorted distinct hashes of word 5-grams, uint64."""
    words: int
    garbled: bool
    """Whether the text shows signs of a wrong decoding."""
    names: Names
    stems: Array
    """Sorted distinct stems of the words in lower case, uint32."""
    lowered: Array
    """Sorted distinct hashes of these words, uint32: what stands there in small letters."""
    lines: Array
    """Sorted distinct hashes of the lines of LINE words and more, uint64."""
    script: str = "none"
    """That of most letters at the beginning, as `terms.script_of` names it."""
    han: str = ""
    """The Han characters of a Chinese text, each run of others as one space."""


class Frequencies:
    """In how many documents a stem, and a word in small letters, stands. Adding is commutative: any order, any parts."""

    __slots__ = ("documents", "lowered", "stems")

    def __init__(self, documents: int = 0, stems: Array | None = None) -> None:
        import numpy as np

        self.documents = documents
        self.stems: Array = np.zeros(1 << BUCKETS, np.uint32) if stems is None else stems
        self.lowered: Array = np.zeros(1 << BUCKETS, np.uint32)

    def add(self, profiles: Iterable[Profile]) -> None:
        """Counts `profiles`."""
        import numpy as np

        iterator = iter(profiles)
        while held := list(islice(iterator, TOGETHER)):
            self.documents += len(held)
            for table, parts in ((self.stems, [p.stems for p in held]), (self.lowered, [p.lowered for p in held])):
                np.add.at(table, np.concatenate(parts) >> np.uint32(32 - BUCKETS), np.uint32(1))

    def merge(self, other: Frequencies) -> None:
        """Counts what `other` has counted."""
        self.documents += other.documents
        self.stems += other.stems
        self.lowered += other.lowered

    def stem_counts(self, stems: Array) -> Array:
        """Documents that hold each of `stems` (or another with the same upper bits)."""
        import numpy as np

        return self.stems[stems >> np.uint32(32 - BUCKETS)]

    def lowered_counts(self, hashes: Array) -> Array:
        """Documents that hold each of the words with these hashes in small letters."""
        import numpy as np

        return self.lowered[hashes >> np.uint32(32 - BUCKETS)]


def profile_of(text: str) -> Profile:
    """The profile of one text."""
    return next(profiles_of([text]))


def profiles_of(texts: Iterable[str], *, stories: bool = True) -> Iterator[Profile]:
    """The profile of each of `texts`, in order; without `stories` it has no names and stems."""
    for batch in _batches(texts):
        if isinstance(batch, str):
            yield _large(batch, stories)
            continue
        tokens = tokens_of([one for _, one in batch], case=stories)
        lengths = [after - first for first, after in pairwise(tokens.borders)]
        terms = _terms(tokens) if stories else repeat(_nothing(), len(batch))
        lines = _lines(tokens) if stories else repeat(_nothing()[1], len(batch))
        for (text, one), keys, words, (names, stems, lowered), shared in zip(
            batch, keys_of_tokens(tokens), lengths, terms, lines, strict=True
        ):
            held = _with_caseless(names, text) if stories and one.signs & CASELESS else names
            garbled = bool(one.signs & (LEAD | FOREIGN)) and looks_garbled(text)
            script = script_of(text) if stories else "none"
            han = han_of(text) if script == "han" else ""
            yield Profile(keys, words, garbled, held, stems, lowered, shared, script, han)


def _batches(texts: Iterable[str]) -> Iterator[list[tuple[str, Plain]] | str]:
    """`texts` in order, made ready, in lists of less than CHUNK bytes together; a larger one alone, as it is."""
    waiting: list[tuple[str, Plain]] = []
    size = 0
    for text in texts:
        one = plain(text) if len(text) < CHUNK else None
        own = CHUNK if one is None else len(one.data) + 1
        if waiting and size + own > CHUNK:
            yield waiting
            waiting, size = [], 0
        if one is None or own > CHUNK:
            yield text
        else:
            waiting.append((text, one))
            size += own
    if waiting:
        yield waiting


@cache
def _nothing() -> tuple[Names, Array, Array]:
    import numpy as np

    none = np.zeros(0, np.uint32)
    return Names((), none, none, none.astype(bool)), none, none


def _large(text: str, stories: bool) -> Profile:
    import numpy as np

    keys, words = keys_of_large(tokens_of([piece], case=False).hashes for piece in plain_pieces(text))
    garbled = looks_garbled(text)
    if not stories:
        return Profile(keys, words, garbled, *_nothing(), _nothing()[1])
    pieces = list(islice(plain_pieces(text), LARGE_PIECES))
    read = [tokens_of([piece]) for piece in pieces]
    terms = [next(_terms(tokens)) for tokens in read]
    lines = np.unique(np.concatenate([next(_lines(tokens)) for tokens in read]))
    joined: dict[str, tuple[int, int, bool]] = {}
    for own, _, _ in terms:
        for name, *row in zip(own.texts, own.counts.tolist(), own.hashes.tolist(), own.inside.tolist(), strict=True):
            count, _, inside = joined.get(name, (0, 0, False))
            joined[name] = row[0] + count, row[1], row[2] or inside
    rows = list(joined.values())
    names = Names(
        tuple(joined),
        np.array([row[0] for row in rows], np.uint32),
        np.array([row[1] for row in rows], np.uint32),
        np.array([row[2] for row in rows], bool),
    )
    stems, lowered = (np.unique(np.concatenate([own[place] for own in terms])) for place in (1, 2))
    held = (
        _with_caseless(names, text[: LARGE_PIECES * CHUNK])
        if any(piece.signs & CASELESS for piece in pieces)
        else names
    )
    script = script_of(text)
    return Profile(keys, words, garbled, held, stems, lowered, lines, script, han_of(text) if script == "han" else "")


def line_hash(line: str) -> int:
    """The hash of one line, as `Profile.lines` has it; 0 for a line of few words."""
    found = next(_lines(tokens_of([plain(line.replace("\n", " "))])))
    return int(found[0]) if len(found) else 0


def _lines(tokens: Tokens) -> Iterator[Array]:
    """Hashes of the lines of each text of a batch: a polynomial over the hashes of their words."""
    import numpy as np

    count = len(tokens.hashes)
    powers, inverse = powers_of(count + 1)
    sums: Array = np.zeros(count + 1, np.uint64)
    np.cumsum(tokens.hashes * powers[:count], out=sums[1:])
    ends = np.flatnonzero(np.frombuffer(tokens.data, np.uint8) == 0x0A)
    cuts = np.concatenate([[0], np.searchsorted(tokens.starts, ends), [count]])
    first, after = cuts[:-1], cuts[1:]
    long = np.flatnonzero(after - first >= LINE)
    first, after = first[long], after[long]
    hashes = (sums[after] - sums[first]) * inverse[first]
    hashes ^= hashes >> np.uint64(29)
    borders = np.searchsorted(first, tokens.borders)
    for start, end in pairwise(borders.tolist()):
        yield np.unique(hashes[start:end])


def _terms(tokens: Tokens) -> Iterator[tuple[Names, Array, Array]]:
    """Names, stems and words in small letters of each text of a batch."""
    import numpy as np

    count = len(tokens.borders) - 1
    number = np.repeat(np.arange(count, dtype=np.uint64), np.diff(tokens.borders)) << np.uint64(32)
    length = tokens.ends - tokens.starts
    lead = np.frombuffer(tokens.data, np.uint8)[tokens.starts]
    small = ~tokens.upper & (lead > 0x39)
    low = small & (length > 2)
    stems = tokens.stems.copy()
    joined = tokens.starts[1:] == tokens.ends[:-1]
    single = np.flatnonzero(joined & (length[:-1] == 3) & (lead[:-1] >= 0xE0))
    stems[single] ^= tokens.stems[single + 1] * np.uint32(0x9E3779B1)
    halves = tokens.hashes * np.uint64(MULTIPLIER) >> np.uint64(32)
    stem_codes = _sorted(number[low] | stems[low])
    low_codes = _sorted(number[small] | halves[small])
    found = _names(tokens, number | halves, low_codes)
    edges = np.arange(count + 1, dtype=np.uint64) << np.uint64(32)
    stem_cuts, low_cuts = np.searchsorted(stem_codes, edges).tolist(), np.searchsorted(low_codes, edges).tolist()
    for place in range(count):
        yield (
            found[place],
            stem_codes[stem_cuts[place] : stem_cuts[place + 1]].astype(np.uint32),
            low_codes[low_cuts[place] : low_cuts[place + 1]].astype(np.uint32),
        )


def _sorted(codes: Array) -> Array:
    import numpy as np

    codes = np.sort(codes)
    keep = np.ones(len(codes), bool)
    np.not_equal(codes[1:], codes[:-1], out=keep[1:])
    return codes[keep]


def _names(tokens: Tokens, codes: Array, low_codes: Array) -> list[Names]:
    """Words with capitals of each text, but those that it also writes small and capitalises once only."""
    import numpy as np

    count = len(tokens.borders) - 1
    inner = ~tokens.first
    capital = np.flatnonzero(tokens.upper & (tokens.ends - tokens.starts > 1))
    if not len(capital):
        return [_nothing()[0]] * count
    edges = np.asarray(tokens.borders)
    inner_before = np.concatenate([[0], np.cumsum(inner)])[edges]
    capital_before = np.concatenate([[0], np.cumsum(inner & tokens.upper)])[edges]
    loud = np.diff(capital_before) > SHOUTING * np.diff(inner_before)
    order = capital[np.argsort(codes[capital], kind="stable")]
    own = codes[order]
    heads = np.flatnonzero(np.concatenate([[True], own[1:] != own[:-1]]))
    counts = np.diff(np.concatenate([heads, [len(order)]])).astype(np.uint32)
    inside = np.add.reduceat(inner[order].astype(np.int32), heads)
    own = own[heads]
    keep = np.arange(len(own))
    if len(low_codes):
        places = np.searchsorted(low_codes, own)
        places[places == len(low_codes)] = 0
        keep = np.flatnonzero((low_codes[places] != own) | (inside > 1))
    texts = (own[keep] >> np.uint64(32)).astype(np.int64)
    inside = (inside[keep] > 0) & ~loud[texts]
    places = order[heads[keep]]
    data = tokens.data
    spans = zip(tokens.starts[places].tolist(), tokens.ends[places].tolist(), strict=True)
    words = b" ".join([data[start:end] for start, end in spans]).decode("utf-8", "replace").split(" ")
    hashes, counts = own[keep].astype(np.uint32), counts[keep]
    cuts = np.searchsorted(texts, np.arange(count + 1)).tolist()
    return [
        Names(tuple(words[one:other]), counts[one:other], hashes[one:other], inside[one:other])
        for one, other in pairwise(cuts)
    ]


def _with_caseless(names: Names, text: str) -> Names:
    """`names`, and the words of scripts without capitals."""
    import numpy as np

    held = sorted(Counter(CASELESS_WORD.findall(text)).items())
    return Names(
        (*names.texts, *(word for word, _ in held)),
        np.concatenate([names.counts, np.array([times for _, times in held], np.uint32)]),
        np.concatenate([names.hashes, np.zeros(len(held), np.uint32)]),
        np.concatenate([names.inside, np.ones(len(held), bool)]),
    )
