"""Words that only a mix-up of two pages makes: `hoþuna` is `hoşuna` (Turkish) read as a Western page, and no word of any language.

The gate's pairs of characters do not tell them: every pair is one that some language has. So the frequent words
of each language were garbled, and of the results those windows of some letters kept that no clean word holds: `utanýyorum` has
`anýyo` as `anlaþýlýyor` and others have `lýyo`. Digests of 32 bits are in a table that
is read as it stands, without unpacking: a file that one word has to be looked up for pays 0.3 ms.

Format of `mixups.bin`, numbers little-endian: the pairs of letters that give a garbled word away (a space is the end of a word),
UTF-8, and a line end; for each value of a digest's high 16 bits the number of digests below it (uint32, BUCKETS and one
more); the low 16 bits of the digests, in order (uint16). Built by `tools/build_mixups.py` from the word lists.
"""

from __future__ import annotations

import operator
import os
import re
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from cleaner.memory import cached

PATH = os.path.join(os.path.dirname(__file__), "data", "mixups.bin")  # noqa: PTH118, PTH120 - pathlib costs a hook 2 ms
BUCKETS = 1 << 16
STARTS = 4 * (BUCKETS + 1)
"""Bytes of the numbers before the digests."""
BEFORE, AFTER = 3, 2
"""Letters of a window before and behind the one that it tells. With two before, clean words that no list has hold one twice as
often; three behind find no more."""
HELD, LONGEST = 32_768, 64
"""Words, with the signs around them, whose answer is kept, for frequent ones come again, and their code points at most. 100 MB of
text in many languages have 32,000 words that are asked about, 144,000 times; with 16,384 53,000 are looked up."""
WORD = re.compile(r"[^\W\d_]+")


def digest(word: str) -> int:
    """The number of `word`, 32 bits; equal for a word and the same word with its first letter in upper case."""
    return zlib.crc32(_first_small(word).encode("utf-8", "surrogatepass"))


def _first_small(word: str) -> str:
    return word[:1].lower() + word[1:]


def windows(word: str) -> list[str]:
    """Each letter beyond ASCII of `word` in small letters, with those around it and the word's ends (`^`, `$`)."""
    word = f"^{word.lower()}$"
    return [word[max(0, at - BEFORE) : at + AFTER + 1] for at, char in enumerate(word) if char > "\x7f"]


def pack(words: Iterable[str], pairs: Iterable[str]) -> bytes:
    """The file's bytes."""
    held = sorted({digest(word) for word in words})
    starts = array("I", [bisect_left(held, number << 16) for number in range(BUCKETS + 1)])
    rests = array("H", [number & 0xFFFF for number in held])
    if sys.byteorder != "little":
        starts.byteswap()
        rests.byteswap()
    return ("".join(pairs) + "\n").encode() + starts.tobytes() + rests.tobytes()


@cached
def telling_pairs() -> frozenset[str]:
    """The pairs of letters that give a garbled word away; a space stands for whatever ends a word."""
    with open(PATH, "rb") as held:  # noqa: PTH123
        text = held.readline().decode().rstrip("\n")
    return frozenset(map(operator.add, text[::2], text[1::2]))


@cached
def _digests() -> tuple[memoryview, memoryview]:
    """The file behind the pairs: for each value of the high 16 bits the digests below it; the low 16 bits of the digests."""
    with open(PATH, "rb") as held:  # noqa: PTH123
        held.readline()
        data = memoryview(held.read())
    if sys.byteorder == "little":
        return data[:STARTS].cast("I"), data[STARTS:].cast("H")
    starts, rests = array("I", data[:STARTS]), array("H", data[STARTS:])
    starts.byteswap()
    rests.byteswap()
    return memoryview(starts), memoryview(rests)


def tells(pair: str) -> bool:
    """Whether `pair`, two neighbours or the last character of a text, gives a garbled word away."""
    pairs = telling_pairs()
    return pair in pairs or (pair[0] + " " in pairs and not (pair[1:].isalnum() or pair[1:] == "_"))


def may_hold_mixup(text: str, flags: bytes) -> bool:
    """Whether `mixup_words` may find any at the pairs that have 1 in `flags`: a quick look, after which it finds none for a no.

    `text` is as `models.gate` shows it in units of UTF-16; pair 0 is the one before it.
    """
    at = flags.find(1, 1)
    if at < 0:
        return False
    held = _held()
    while at > 0:
        start, end = text.rfind(" ", 0, at) + 1, text.find(" ", at)
        if end < 0:
            return bool(held[text[start:]])
        if held[text[start:end]]:
            return True
        at = flags.find(1, end + 1)
    return False


def mixup_words(text: str, places: Iterable[int]) -> Iterator[int]:
    """Where in `text` the words begin that a mix-up makes of a frequent word, of those at `places`, in order.

    `places` hold those of the pairs that tell; at others no word is found.
    """
    held, end = _held(), 0
    for at in places:
        if at >= end:
            start = text.rfind(" ", end, at) + 1 or end
            end = text.find(" ", at)
            end = len(text) if end < 0 else end
            for place in held[text[start:end]]:
                yield start + place


class _Held(dict[str, tuple[int, ...]]):
    """Where in a part of a text, which no space is in, the words begin that a mix-up makes; looked up when it is first met."""

    def __missing__(self, part: str) -> tuple[int, ...]:
        places = _words_held(part)
        if len(part) <= LONGEST:
            if len(self) >= HELD:
                self.clear()
            self[part] = places
        return places


@cached
def _held() -> _Held:
    return _Held()


def _words_held(part: str) -> tuple[int, ...]:
    """Where in `part`, which no space is in, the words begin that a mix-up makes."""
    pairs, found = telling_pairs(), []
    for match in WORD.finditer(part):
        word, end = match[0], match.end()
        if not word.isascii() and _is_held(word):
            behind = part[end : end + 1]  # a digit ends no word here, every other sign does
            ended = word + (behind if behind.isalnum() or behind == "_" else " ")
            if not pairs.isdisjoint(map(operator.add, word, ended[1:])):
                found.append(match.start())
    return tuple(found)


def _is_held(word: str) -> bool:
    """Whether `word`, of letters, or one of its `windows` is in the file."""
    starts, rests = _digests()
    ended = f"^{word.lower()}$"
    for at, char in enumerate(ended):
        if char > "\x7f":
            number = zlib.crc32(ended[at - BEFORE if at > BEFORE else 0 : at + AFTER + 1].encode())
            bucket = number >> 16
            if number & 0xFFFF in rests[starts[bucket] : starts[bucket + 1]]:
                return True
    number = digest(word)
    bucket = number >> 16
    return number & 0xFFFF in rests[starts[bucket] : starts[bucket + 1]]
