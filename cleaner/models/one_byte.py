"""Texts in Latin-1, and short ones in one script: the pairs of `gate` looked up as pairs of bytes.

Most texts need fewer than 256 characters: those of Latin-1, or ASCII, some signs and the letters of one other script. Such
a text becomes bytes in one call, its pairs are the overlapping 16-bit numbers in them, and a table of 64 kB has the
weight of each: half the calls that the gate's classes need, and a table that stays in the processor's cache. The weights are
the same; the pairs that may give a mix-up's word away are those of characters, where the gate's are those of classes.
"""

from __future__ import annotations

import codecs
import re

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from cleaner.arrays import Array

    Take = Callable[[Array], Array]
    Script = tuple[Any, Take, Take | None]

ASCII = "\t\n\r" + "".join(map(chr, range(0x20, 0x7F)))
SIGNS = (
    "\xa0\xa7\xab\xb0\xb4\xb7\xbb\u200c\u200d\u200e\u200f\u2013\u2014"
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u20ac\u2116"
)
LATIN = (
    "ÀÁÂÄÅÆÇÈÉÊÍÎÏÓÔÖØÚÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĀāăąĆćĊċČčĎďĐđēĖėęěĞğĠġĢģĦħĪīĮįİıĶķļĽľŁłńņňŋőŒœŘřŚśŞşŠšŢţťŪūůűŲųŵŷŹźŻżŽžȘșȚț"
)
"""Letters of texts in Latin script that are not Latin-1; of capitals those that begin many words."""
VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9"
"""Vietnamese needs nearly all places that there are."""
ARABIC = (
    "\u060c\u061b\u061f\u0621-\u063a\u0640-\u0655\u0660-\u066c\u0670\u0671\u0679-\u0680\u0683\u0684\u0686-\u068a\u068c\u068d"
    "\u068f\u0691\u0698\u0699\u06a2\u06a6\u06a9-\u06ad\u06af\u06b1\u06b3\u06ba\u06bb\u06be\u06c1-\u06c3\u06c6-\u06c8\u06cb\u06cc"
    "\u06d0-\u06d5\u06f0-\u06f9\u06fd\u06fe"
)
SCRIPTS = (
    "\u0384-\u03ce",  # Greek
    "Ѐ-џҐґҒғҚқҢңҮүҰұҺһӘәӨөЎўӢӣӮӯҲҳҶҷ",
    "\u0531-\u0556\u0559-\u055f\u0561-\u0587\u0589\u058a",  # Armenian
    "\u05b0-\u05c7\u05d0-\u05ea\u05f0-\u05f4",  # Hebrew
    ARABIC,
    *(f"{chr(block)}-{chr(block + 0x7F)}" for block in range(0x900, 0xE80, 0x80)),  # India, Sri Lanka, Thailand
    "\u10d0-\u10ff",  # Georgian
    "\u1780-\u17f9",  # Khmer
)
"""The other scripts: characters, and ranges of them."""
LATIN_1 = "".join(map(chr, range(256)))
SHORT = 600
"""Code points up to which this is faster than looking up classes; in Latin-1 it is in longer texts, too."""
PIECE = 16_384
"""Pairs looked up at once: what keeps the arrays in the processor's cache."""
BLOCK = 6
"""Bits of a code point that tell characters of a script apart: with seven, Armenian and Hebrew letters share a block."""
VIETNAMESE_BLOCK = 0x1EA0 >> BLOCK
"""Of the letters that only Vietnamese has; the text's other letters tell LATIN."""
FREE = "\ufffe"
"""What `codecs.charmap_build` takes for a byte without a character."""


def alphabets() -> tuple[str, ...]:
    """The characters of each alphabet, by their bytes, FREE where there is none; ASCII has its own bytes."""
    return tuple(_arranged(ASCII + SIGNS + _spelled_out(letters)) for letters in (LATIN, *SCRIPTS, VIETNAMESE))


def _spelled_out(ranges: str) -> str:
    return re.sub("(.)-(.)", lambda match: "".join(map(chr, range(ord(match[1]), ord(match[2]) + 1))), ranges)


def _arranged(chars: str) -> str:
    """`chars` so that ASCII has its own places and NUL the first, without which looking up is slow."""
    beyond = iter(dict.fromkeys(char for char in chars if not char.isascii()))
    placed = "".join(
        "\0" if not byte else chr(byte) if chr(byte) in ASCII else next(beyond, FREE) for byte in range(256)
    )
    if next(beyond, None) is not None:
        raise ValueError("an alphabet of more than 256 characters")
    return placed


def reader(
    weights_of: Callable[[str], Array], telling: Iterable[str], flag: int, otherwise: Callable[[str], bytes]
) -> Callable[[str], bytes]:
    """A function that gives the weight of each pair of neighbours in a text with line ends around it, a byte each.

    `weights_of` an alphabet are those of all pairs of its characters, uint8[first, second]; to those of the pairs `telling`
    (a space stands for whatever ends a word) `flag` is added. A table is made when the first text in its script is met.
    `otherwise` reads texts that are not in one of the alphabets, or neither in Latin-1 nor SHORT.
    """
    scripts = _Scripts(lambda alphabet: _table(alphabet, weights_of(alphabet), telling, flag))
    held, in_latin_1, in_alphabet = scripts.__getitem__, codecs.latin_1_encode, codecs.charmap_encode
    array, numbers, overlapping = np.ndarray, np.dtype("<u2"), (1,)

    def read(text: str) -> bytes:
        size = len(text)
        if not 0 < size <= SHORT:
            return in_pieces(text)
        at = size >> 1
        # The character in the middle tells the script; where that is a space or digit, another one does.
        script = held(ord(text[at]) >> BLOCK) or held(ord(text[at - 1]) >> BLOCK) or held(ord(text[at >> 1]) >> BLOCK)
        if script is None:
            return otherwise(text)
        mapping, take, take_latin_1 = script
        if take_latin_1 is not None and len(data := in_latin_1(text, "ignore")[0]) == size:
            take = take_latin_1
        elif len(data := in_alphabet(text, "ignore", mapping)[0]) != size:
            if take_latin_1 is None or (script := held(VIETNAMESE_BLOCK)) is None:
                return otherwise(text)
            mapping, take, _ = script
            if len(data := in_alphabet(text, "ignore", mapping)[0]) != size:
                return otherwise(text)
        return take(array((size + 1,), numbers, b"\n" + data + b"\n", 0, overlapping)).tobytes()  # type: ignore[no-any-return]

    def in_pieces(text: str) -> bytes:
        try:
            data = b"\n" + in_latin_1(text)[0] + b"\n"
        except UnicodeEncodeError:
            return otherwise(text)
        take = scripts.latin_1()
        pairs = len(data) - 1
        return b"".join(
            [
                take(array((min(PIECE, pairs - at),), numbers, data, at, overlapping)).tobytes()
                for at in range(0, pairs, PIECE)
            ]
        )

    return read


class _Scripts(dict[int, "Script | None"]):
    """For each block of 64 code points the script of its letters: its characters' bytes, how the weights of pairs of them are
    looked up, and, for Latin, the same in Latin-1; made when it is first met.
    """

    def __init__(self, table: Callable[[str], Take]) -> None:
        self._table = table
        self._alphabets = alphabets()
        self._made: dict[int, Script] = {}
        self._latin_1: Take | None = None
        self._number_of: dict[int, int] = {}
        for number, alphabet in enumerate(self._alphabets):
            for char in filter(str.isalpha, alphabet):
                self._number_of.setdefault(ord(char) >> BLOCK, number)

    def __missing__(self, block: int) -> Script | None:
        number = self._number_of.get(block)
        script = None
        if number is not None:
            script = self._made.get(number) or self._make(number)
            self._made[number] = script
        self[block] = script
        return script

    def _make(self, number: int) -> Script:
        alphabet = self._alphabets[number]
        return codecs.charmap_build(alphabet), self._table(alphabet), None if number else self.latin_1()

    def latin_1(self) -> Take:
        """How the weights of pairs in Latin-1 are looked up."""
        self._latin_1 = self._latin_1 or self._table(LATIN_1)
        return self._latin_1


def _table(alphabet: str, weights: Array, telling: Iterable[str], flag: int) -> Take:
    """How weights are looked up by pairs of the bytes of `alphabet`, low byte first."""
    place = {char: byte for byte, char in enumerate(alphabet)}
    known = [pair for pair in telling if pair[0] in place] if any("À" <= char <= "ɏ" for char in alphabet) else []
    ends = [byte for byte, char in enumerate(alphabet) if not (char.isalnum() or char == "_")]
    first = [place[pair[0]] for pair in known if pair[1] == " "]
    weights[np.ix_(first, ends)] |= flag
    within = [(place[pair[0]], place[pair[1]]) for pair in known if pair[1] != " " and pair[1] in place]
    weights[[one for one, _ in within], [other for _, other in within]] |= flag
    return np.ascontiguousarray(weights.T).reshape(-1).take
