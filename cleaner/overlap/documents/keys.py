r"""The keys by which copies are found: hashes of word 5-grams as sorted distinct unsigned 64-bit integers.

Words are runs of `\w`, lower case; scripts without spaces are cut into characters, so that their keys are character
5-grams; a text of few words has 3-grams. Robust keys leave out everything but ASCII letters and digits inside a
run between spaces: garbling touches all the rest, so a garbled copy keeps these.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

import numpy as np

from cleaner.arrays import Array, without_repeats
from cleaner.nfc import composed
from cleaner.overlap.words.characters import FOREIGN, LEAD, Beyond
from cleaner.overlap.words.tokens import (
    CHUNK,
    MIXER,
    MULTIPLIER,
    WORD_BYTES,
    Plain,
    Tokens,
    in_batches,
    pieces_of,
    tokens_of,
)

SIZE, SHORT = 5, 3
FEW = 8
"""Words below which a text is compared by SHORT-grams: one edit in a sentence of seven words changes all its five-word keys."""
BLOCK = 1 << 22
"""Keys of a large text that are sorted at once: 32 MB, from which size on freed memory goes back to the system."""
GARBLED = re.compile(r"[\x80-\x9f\ufffdâÂÃÐÑ](?:(?<![âÂÃÐÑ])|[^\x00-\x7fa-z])")
"""Signs of a wrong decoding: C1 controls, the lead bytes of UTF-8 as letters …"""
MIXED = re.compile(
    r"[\u0e00-\u0e7f\u0400-\u04ff\u0370-\u03ff\u4e00-\u9fff](?:(?<=[a-z].)|(?<![\u4e00-\u9fff])(?=[€™a-z]))"
)
"""… and two scripts in one word."""
CYRILLIC = re.compile("(?<![А-яЁё])[а-яё][А-ЯЁ]{3}|Р[°µ»ѕ]")
"""One Cyrillic code page read as another: capitals after a small letter; UTF-8 read as one: а, е, л and о begin with Р."""
GARBLED_LEAST, JUDGED = 0.125, 1 << 12
"""Share of the words with letters beyond ASCII that have a sign where a text is garbled; and code points around the first sign
that are judged. Of 324 garbled copies of the development set the least has .88; of 207 texts of a mixed corpus with a sign
132 have less than .1, two up to .21, and the others, .57 and more, are garbled or have a word or two beyond ASCII."""
SPACES = b" \t\n\r\x0b\x0c"
NOT_ROBUST = bytes(byte for byte in range(256) if byte not in WORD_BYTES + SPACES)

Keys = Array


def normalized_digest(text: str) -> str:
    """Digest of `text` in NFC with its runs of spaces as one: equal for texts that differ in layout only."""
    if not text.isascii():
        text = composed(text)
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def looks_garbled(text: str) -> bool:
    """Whether `text` looks garbled; only then are the robust keys consulted.

    One word in many that has a sign (a name in Latin letters inside Cyrillic) leaves the other keys as they are.
    """
    sign = _sign_in(text)
    if sign is None:
        return False
    judged = text[max(0, sign.start() - JUDGED // 2) :][:JUDGED]
    foreign = [word for word in judged.split() if not word.isascii()]
    least = GARBLED_LEAST * len(foreign)
    if len(foreign) < 2:
        return True
    if len(GARBLED.findall(judged)) + len(MIXED.findall(judged)) < least:
        return False
    least = math.ceil(least)
    signed = (word for word in foreign if _sign_in(word) is not None)
    return sum(1 for _ in islice(signed, least)) == least


def _sign_in(text: str) -> re.Match[str] | None:
    """A sign of a wrong decoding."""
    if text.isascii():
        return None
    return GARBLED.search(text) or MIXED.search(text)


def signs_in(octets: Array, beyond: Beyond) -> Array:
    """First bytes of the characters at which GARBLED or MIXED finds something in this UTF-8."""
    rows = beyond.having(LEAD | FOREIGN)
    if not len(rows):
        return rows
    places, codes, lead = beyond.places[rows], beyond.codes[rows], beyond.kinds[rows] & LEAD != 0
    before = octets[places - 1] * (places > 0)
    behind = places + beyond.sizes(rows)
    after = octets[np.minimum(behind, len(octets) - 1)] * (behind < len(octets))
    quotes = np.flatnonzero((beyond.codes == 0x20AC) | (beyond.codes == 0x2122))
    quoted = np.zeros(len(rows), bool)
    if len(quotes):
        before_quote = np.searchsorted(behind, beyond.places[quotes])
        known = np.flatnonzero(before_quote < len(behind))
        at = before_quote[known]
        quoted[at] = behind[at] == beyond.places[quotes[known]]
    letter = (after >= 0x61) & (after <= 0x7A)
    han = (codes >= 0x4E00) & (codes < 0xA000)
    garbled = lead & ((codes < 0xA0) | (codes == 0xFFFD) | (after >= 0x80))
    mixed = ~lead & ((before >= 0x61) & (before <= 0x7A) | ~han & (letter | quoted))
    return places[garbled | mixed]


def hides_letters(text: str) -> bool:
    """Whether `text` is in a script without ASCII letters and looks garbled, so that its robust keys say nothing."""
    return (_sign_in(text) or CYRILLIC.search(text)) is not None and robust_bytes(text) is None


def robust_bytes(text: str) -> Plain | None:
    """The ASCII letters and digits of `text` and its spaces; None where most of it is in other letters."""
    data = text.lower().encode("utf-8", "surrogatepass").translate(None, NOT_ROBUST)
    return Plain(data, data) if 2 * len(data) >= len(text) else None


def robust_keys(texts: Iterable[Plain]) -> Iterator[Keys]:
    """The keys of each of `texts`, in order."""
    for batch in in_batches(texts):
        if len(batch[0].data) >= CHUNK:
            yield keys_of_large(tokens_of([piece], case=False).hashes for piece in pieces_of(batch[0]))[0]
        else:
            yield from keys_of_tokens(tokens_of(batch, case=False))


def keys_of_large(pieces: Iterable[Array]) -> tuple[Keys, int]:
    """The keys of one text of any size, and its number of words; `pieces` are the hashes of its words, in order."""
    blocks: list[Keys] = []
    waiting: list[Keys] = []
    size, before = 0, np.zeros(0, np.uint64)
    for hashes in pieces:
        size += len(hashes)
        words = np.concatenate([before, hashes])
        before = words[1 - SIZE :]
        waiting.append(_grams(words, SIZE))
        if sum(map(len, waiting)) > BLOCK:
            blocks.append(without_repeats(np.sort(np.concatenate(waiting))))
            waiting.clear()
    blocks.append(without_repeats(np.sort(np.concatenate([np.zeros(0, np.uint64), *waiting]))))
    waiting.clear()
    # Each block is freed when it has been copied: a text has one key a word, and there is no room for all of them twice.
    keys: Keys = np.empty(sum(map(len, blocks)), np.uint64)
    end = len(keys)
    while blocks:
        block = blocks.pop()
        keys[end - len(block) : end] = block
        end -= len(block)
    keys.sort()
    return without_repeats(keys), size


def keys_of_tokens(tokens: Tokens) -> Iterator[Keys]:
    """The keys of each text of a batch."""
    grams = _grams(tokens.hashes, SIZE)
    borders = np.asarray(tokens.borders)
    words = np.diff(borders)
    inside = np.ones(len(grams), bool)
    for step in range(1, SIZE):  # those of two texts
        across = borders[1:] - step
        inside[across[(across >= 0) & (across < len(grams))]] = False
    keys, cuts = distinct_in(grams[inside], np.concatenate([[0], np.cumsum(np.maximum(0, words - SIZE + 1))]))
    rows = zip(words.tolist(), borders.tolist(), pairwise(cuts), strict=False)
    for size, first, (start, end) in rows:
        if size >= FEW:
            yield keys[start:end]
        else:
            yield without_repeats(np.sort(_grams(tokens.hashes[first : first + size], min(SHORT, max(1, size)))))


def distinct_in(values: Array, cuts: Array) -> tuple[Array, list[int]]:
    """The distinct values of each part between two `cuts`, sorted, in one array, and its cuts; sorts `values` in place."""
    for start, end in pairwise(cuts.tolist()):
        values[start:end].sort()
    keep = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=keep[1:])
    keep[cuts[cuts < len(values)]] = True
    if keep.all():
        return values, cuts.tolist()
    places = np.flatnonzero(keep)
    cuts = np.searchsorted(places, cuts)
    return values[places], cuts.tolist()


def _grams(words: Array, size: int) -> Array:
    """Hashes of `size` successive words; none where there are fewer."""
    count = max(0, len(words) - size + 1)
    mixed = np.zeros(count, np.uint64)
    for place in range(size):
        mixed *= np.uint64(MULTIPLIER)
        mixed ^= words[place : place + count]
        mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(MIXER)
    mixed ^= mixed >> np.uint64(32)
    return mixed
