"""What overlap needs to know of one document: a pure function of its text, small enough to be sent between processes.

`profiles_of` reads texts in batches, because that is fast; each profile depends on its own text only. `Frequencies`
adds profiles up, in any order and on any machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise, repeat
from typing import NamedTuple
from unicodedata import is_normalized

import numpy as np

from cleaner.arrays import Array
from cleaner.markup import without_markup
from cleaner.memory import cached
from cleaner.overlap.documents.keys import Keys, distinct_in, keys_of_large, keys_of_tokens, looks_garbled, signs_in
from cleaner.overlap.grouping import in_groups, in_parts
from cleaner.overlap.names.capitals import Names, chosen, names_of, no_names, with_caseless
from cleaner.overlap.names.caseless import caseless_in
from cleaner.overlap.names.chinese import han_of
from cleaner.overlap.names.german import nouns_in
from cleaner.overlap.words.characters import CASELESS, Beyond, lowered, unsettled
from cleaner.overlap.words.scripts import script_of, scripts_of
from cleaner.overlap.words.tokens import (
    CHUNK,
    Tokens,
    hashes_of,
    in_batches,
    plain,
    plain_pieces,
    tokens_in,
    tokens_of,
)

BUCKETS = 21
"""Bits of a stem's hash by which documents are counted: two million counters, 8 MB a table whatever the corpus."""
LINE = 5
"""Words from which a line is looked for in other documents: shorter ones are headings and names."""
TOGETHER = 256
"""Most profiles in memory while they are counted."""
LARGE_PIECES = 4
"""How many pieces of 256 KB of a large text are read for names; its keys are those of the whole text."""


class Profile(NamedTuple):
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
    """Sorted distinct hashes of these words, uint32."""
    lines: Array
    """Sorted distinct hashes of the lines of at least LINE words, uint64."""
    script: str = "none"
    """That of most letters at the beginning, as `scripts.script_of` names it."""
    han: str = ""
    """The Han characters of a Chinese text, each run of others as one space."""


class Frequencies:
    """In how many documents each stem, and each word in small letters, occurs. Adding is commutative: any order, any parts."""

    __slots__ = ("documents", "lowered", "stems")

    def __init__(self, documents: int = 0, stems: Array | None = None) -> None:
        """Empty without `stems`; with them only `stem_counts` may be asked."""
        self.documents = documents
        self.stems: Array = np.zeros(1 << BUCKETS, np.uint32) if stems is None else stems
        self.lowered: Array = np.zeros(1 << BUCKETS if stems is None else 0, np.uint32)

    def add(self, profiles: Iterable[Profile]) -> None:
        """Counts `profiles`."""
        for held in in_parts(profiles, TOGETHER):
            self.documents += len(held)
            for table, parts in ((self.stems, [p.stems for p in held]), (self.lowered, [p.lowered for p in held])):
                np.add.at(table, np.concatenate(parts) >> np.uint32(32 - BUCKETS), np.uint32(1))

    def stem_counts(self, stems: Array) -> Array:
        """Documents that hold each of `stems` (or another with the same upper bits)."""
        return self.stems[stems >> np.uint32(32 - BUCKETS)]


def profiles_of(
    texts: Iterable[str], encoded: Iterable[bytes | None] = repeat(None), *, stories: bool = True
) -> Iterator[Profile]:
    """The profile of each of `texts`, in order; without `stories` it has no names and stems.

    `encoded` are the texts as UTF-8, where these are at hand.
    """
    for batch in _batches(map(_Waiting.of, texts, encoded)):
        if isinstance(batch, str):
            yield _large(batch, stories)
        else:
            yield from _of_batch(batch, stories)


class _Waiting(NamedTuple):
    """A text, and its words as UTF-8."""

    text: str
    data: bytes
    same: bool = True
    """Whether `data` is `text` as it is, and not what `plain` makes of it."""

    @classmethod
    def of(cls, text: str, data: bytes | None) -> _Waiting:
        """`text`, not looked at yet, without mark-up."""
        if (bare := without_markup(text)) is not text:
            text, data = bare, None
        if "İ" in text:
            return cls(text, text.replace("İ", "I").encode("utf-8", "surrogatepass"), same=False)
        return cls(text, text.encode("utf-8", "surrogatepass") if data is None else data)


def _batches(texts: Iterable[_Waiting]) -> Iterator[list[_Waiting] | str]:
    """`texts` in order, in lists of at most CHUNK bytes together; a larger one alone, as it is."""
    for group in in_groups(texts, CHUNK, lambda one: len(one.data) + 1):
        yield group[0].text if len(group[0].data) >= CHUNK else group


def _of_batch(batch: Sequence[_Waiting], stories: bool) -> Iterator[Profile]:
    """The profiles of some texts."""
    data = b"\n".join([one.data for one in batch])
    ends = np.cumsum([len(one.data) + 1 for one in batch])
    written = np.frombuffer(data, np.uint8)
    beyond = Beyond.of(written)
    octets, others = lowered(data, beyond)
    odd, marked = (np.atleast_1d(np.searchsorted(ends, own, "right")) for own in (others, unsettled(written, beyond)))
    doubtful = set(odd.tolist())
    doubtful |= {number for number in set(marked.tolist()) if not is_normalized("NFC", batch[number].text)}
    changed = {}
    for number in sorted(doubtful):
        one = plain(batch[number].text)
        if one.data == batch[number].data:
            end = int(ends[number]) - 1
            octets[end - len(one.lower) : end] = np.frombuffer(one.lower, np.uint8)
        else:
            changed[number] = _Waiting(batch[number].text, one.data, same=False)
    if changed:
        for part in _batches(changed.get(number, one) for number, one in enumerate(batch)):
            yield from [_large(part, stories)] if isinstance(part, str) else _of_batch(part, stories)
        return
    tokens = tokens_in(data, octets, beyond, ends, case=stories)
    terms = _terms(tokens) if stories else repeat(_nothing(), len(batch))
    lines = _lines(tokens) if stories else repeat(_nothing()[1], len(batch))
    words = [after - first for first, after in pairwise(tokens.borders)]
    scripts = scripts_of([one.text for one in batch]) if stories else repeat("none", len(batch))
    signs = np.bincount(np.searchsorted(ends, signs_in(written, beyond), side="right"), minlength=len(batch))
    some = stories and any(kinds & CASELESS for kinds in tokens.kinds)
    caseless = caseless_in(written, beyond, ends) if some else repeat((b"", _nothing()[1]), len(batch))
    rows = zip(batch, signs.tolist(), keys_of_tokens(tokens), words, terms, caseless, lines, scripts, strict=True)
    for (text, _, same), signed, keys, size, (names, stems, small), more, shared, script in rows:
        garbled = bool(signed or not same) and looks_garbled(text)
        han = han_of(text) if script == "han" else ""
        yield Profile(keys, size, garbled, with_caseless(names, more), stems, small, shared, script, han)


@cached
def _nothing() -> tuple[Names, Array, Array]:
    none = np.zeros(0, np.uint32)
    return no_names(), none, none


def _large(text: str, stories: bool) -> Profile:
    keys, words = keys_of_large(tokens_of([piece], case=False).hashes for piece in plain_pieces(text))
    garbled = looks_garbled(text)
    if not stories:
        return Profile(keys, words, garbled, *_nothing(), _nothing()[1])
    parts: list[tuple[Array, ...]] = []
    joined: dict[str, tuple[int, int, bool]] = {}
    for piece in islice(plain_pieces(text), LARGE_PIECES):
        tokens, octets = tokens_of([piece]), np.frombuffer(piece.data, np.uint8)
        names, stems, lowered = next(_terms(tokens))
        parts.append((stems, lowered, next(_lines(tokens))))
        names = with_caseless(names, next(caseless_in(octets, Beyond.of(octets), np.array([len(octets) + 1]))))
        for name, *row in zip(names.texts, *(column.tolist() for column in names[1:]), strict=True):
            count, _, inside = joined.get(name, (0, 0, False))
            joined[name] = row[0] + count, row[1], row[2] or inside
    kinds = enumerate((np.uint32, np.uint32, bool))
    rows = [np.array([row[at] for row in joined.values()], kind) for at, kind in kinds]
    stems, lowered, lines = (np.unique(np.concatenate(own)) for own in zip(*parts, strict=True))
    script = script_of(text)
    han = han_of(text) if script == "han" else ""
    return Profile(keys, words, garbled, Names("\n".join(joined).encode(), *rows), stems, lowered, lines, script, han)


def line_hashes(lines: Iterable[str]) -> Iterator[int]:
    """The hash of each line, as in `Profile.lines`; 0 for a line of few words."""
    for batch in in_batches(plain(line.replace("\n", " ")) for line in lines):
        for found in _lines(tokens_of(batch)):
            yield int(found[0]) if len(found) else 0


def _lines(tokens: Tokens) -> Iterator[Array]:
    """Hashes of the lines of each text of a batch: a polynomial over the hashes of their words."""
    cuts = np.concatenate([[0], tokens.lines, [len(tokens.hashes)]])
    first, after = cuts[:-1], cuts[1:]
    long = np.flatnonzero(after - first >= LINE)
    first = first[long]
    hashes = hashes_of(tokens.hashes, first, after[long])
    hashes ^= hashes >> np.uint64(29)
    found, borders = distinct_in(hashes, np.searchsorted(first, np.asarray(tokens.borders)))
    for start, end in pairwise(borders):
        yield found[start:end]


def _terms(tokens: Tokens) -> Iterator[tuple[Names, Array, Array]]:
    """Names, stems and words in small letters of each text of a batch; nouns of German texts count as small ones."""
    tokens = tokens._replace(upper=tokens.upper & ~nouns_in(tokens))
    length = tokens.ends - tokens.starts
    lead = tokens.lead
    small = ~tokens.upper & (lead > 0x39)
    low = small & (length > 2)
    stems = tokens.stems.copy()
    joined = tokens.starts[1:] == tokens.ends[:-1]
    single = np.flatnonzero(joined & (length[:-1] == 3) & (lead[:-1] >= 0xE0))
    stems[single] ^= tokens.stems[single + 1] * np.uint32(0x9E3779B1)
    borders = np.asarray(tokens.borders)
    (low, low_borders), (small, small_borders) = (chosen(own, borders) for own in (low, small))
    stems, stem_cuts = distinct_in(stems[low], low_borders)
    lowered, low_cuts = distinct_in(tokens.halves[small], small_borders)
    for names, (first, after), (start, end) in zip(
        names_of(tokens, lowered, low_cuts), pairwise(stem_cuts), pairwise(low_cuts), strict=True
    ):
        yield names, stems[first:after], lowered[start:end]
