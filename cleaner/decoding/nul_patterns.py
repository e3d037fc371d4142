"""UTF-16 and UTF-32 without a byte-order mark: the places of zero bytes and of repeated high bytes give them away."""

from __future__ import annotations

import unicodedata
from codecs import utf_8_decode
from collections import Counter

from cleaner.decoding.reading import Reading, decode_damaged

SAMPLE = 4096
"""Bytes looked at; even, and a multiple of four."""
CLEAR = 0.85
"""Least share of one script's letters, marks, digits, usual punctuation and spaces in a right reading."""

ELSEWHERE = 0.7
"""The same in the middle and at the end of a larger file, where a table or another script may stand. A program can begin with a
table of numbers that reads as UTF-16; of 620 programs and compiled files 6 did, and none in all three places."""
NO_TEXT = 0.01
"""Share of control characters above which a part is not text: numbers and addresses have far more, damaged texts hardly any."""
DAMAGE = 0.02
"""Share of bytes that may be damaged."""
CONTROLS = bytes(range(32))
FEW = 4
"""Bytes that are valid UTF-8 can be UTF-16 only where one of so many is below 32, as the upper halves of the letters of
most scripts are; of text with stray NUL bytes at most one in sixteen is."""

SHORT, UNSURE = 16, 0.9
"""Below so many bytes the confidence is no more than this, but for plain ASCII: `abc` and a NUL also read as two
characters of UTF-16, and four bytes of a program as one of UTF-32. At .9 no file is converted in place."""


def read_nul_patterns(data: bytes) -> Reading | None:
    """A reading of `data` as UTF-16 or UTF-32 without a mark, or None.

    Each of the four byte orders is tried on a sample; the right one gives text of few blocks, a wrong one characters of
    many blocks, or unassigned ones. Of two equally good ones that of plain ASCII is right: `abc` is three Chinese
    characters in the other order.
    """
    if len(data) < 4:
        return None
    sample = data[:SAMPLE]
    if _is_utf8(sample):
        return None
    found: list[tuple[float, bool, str]] = []
    for codec, unit in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if unit == 4 and len(data) % 4 and len(data) > SAMPLE:
            continue
        units = sample[: len(sample) // unit * unit]
        if _bound(units, codec) < CLEAR:
            continue
        score = _plausible(units, codec)
        if score is not None and score >= CLEAR:
            found.append((score, units.decode(codec, "replace").isascii(), codec))
    if not found:
        return None
    score, _, codec = max(found, key=lambda one: one[:2])
    if not all(_is_text(part, codec) for part in _further(data)):
        return None
    pieces, _ = decode_damaged(data, codec)
    evidence = f"{score:.0%} of a sample are usual characters of one script in {codec}"
    sure = 0.99 if len(data) >= SHORT or all(piece.text.isascii() for piece in pieces) else UNSURE
    return Reading(codec, min(sure, score), "nul-pattern", (evidence,), tuple(pieces))


def _is_utf8(sample: bytes) -> bool:
    """Whether `sample` is UTF-8 with few control characters; its last character may be cut off."""
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    if controls * FEW >= len(sample):
        return False
    try:
        utf_8_decode(sample, "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def _further(data: bytes) -> list[bytes]:
    """Samples of `data`, at whole units: its beginning, and where it is much larger also its middle and its end."""
    if len(data) < 3 * SAMPLE:
        return [data[:SAMPLE]]
    return [data[:SAMPLE], *(data[at : at + SAMPLE] for at in (len(data) // 8 * 4, (len(data) - SAMPLE) // 4 * 4))]


def _is_text(part: bytes, codec: str) -> bool:
    """Whether `part` reads as text in `codec`: usual characters, and hardly any control character."""
    score = _plausible(part[: len(part) // 4 * 4], codec)
    if score is None or score < ELSEWHERE:
        return False
    text = part.decode(codec, "ignore")
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1b" for character in text)
    return controls <= max(1, NO_TEXT * len(text))


def _bound(sample: bytes, codec: str) -> float:
    """An upper bound of `_plausible`, counted on single bytes: it refuses almost every legacy text in microseconds.

    Surrogates and the damage that `_plausible` tolerates are subtracted from the divisor, so that no right reading is
    lost.
    """
    little = codec.endswith("-le")
    if codec.startswith("utf-32"):
        top = sample[3::4] if little else sample[0::4]
        return top.count(0) / len(top) + DAMAGE * 4 if top else 0.0
    high = Counter(sample[1::2] if little else sample[0::2])
    surrogates = sum(high[byte] for byte in range(0xD8, 0xE0))
    groups: Counter[int] = Counter()
    for byte, count in high.items():
        groups[_group(byte)] += count
    latin = groups.pop(0, 0)
    likely = latin + max(groups.values(), default=0)
    return likely / max(1, sum(high.values()) * (1 - 2 * DAMAGE) - surrogates)


LATIN, WIDE, HANGUL, SURROGATE = 0, 1, 2, 3


def _group(high: int) -> int:
    """A number for the group of scripts that the high byte of a UTF-16 unit belongs to; ASCII and all Latin letters are `LATIN`."""
    if high <= 2 or high in (0x1E, 0x20, 0x2C, 0xA7):
        return LATIN
    if high in (0x30, 0x31) or 0x4E <= high <= 0x9F or high in (0xF9, 0xFA, 0xFF):
        return WIDE
    if 0xAC <= high <= 0xD7:
        return HANGUL
    return SURROGATE if 0xD8 <= high <= 0xDF else 16 + SAME_SCRIPT.get(high, high)


SAME_SCRIPT = {0x1F: 0x03, 0x05: 0x04, 0x07: 0x06, 0x08: 0x06, 0xFB: 0x06, 0xFC: 0x06, 0xFD: 0x06, 0xFE: 0x06,
               0x2D: 0x10, 0x12: 0x13, 0xAB: 0x13}  # fmt: skip
"""High byte -> that of the same script's main block: Greek, Cyrillic, Arabic, Georgian, Ethiopic and Cherokee letters."""


def _plausible(sample: bytes, codec: str) -> float | None:
    """Share of plausible characters in `sample` read as `codec`; None where it can't be that."""
    pieces, damaged = decode_damaged(sample, codec)
    if damaged > len(sample) * DAMAGE:
        return None
    text = "".join(piece.text for piece in pieces if piece.codec)
    if not text:
        return None
    blocks: Counter[int] = Counter()
    usual = 0
    for character, count in Counter(text).items():
        code = ord(character)
        category = unicodedata.category(character)
        if character in "\t\n\r " or 0x21 <= code < 0x7F:
            usual += count
            blocks[ASCII] += count
        elif category[0] in "LMN" or category in ("Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Zs", "Sc"):
            blocks[_block(code)] += count
        else:
            blocks[NOISE] += count
    # One script and ASCII: the largest block that is not ASCII counts, the others are noise.
    foreign = [count for block, count in blocks.items() if block not in (ASCII, NOISE)]
    return (usual + max(foreign, default=0)) / len(text)


ASCII, NOISE, EXTRA_LATIN = -2, -1, -3


def _block(code: int) -> int:
    """A number for the group of scripts of a code point: Han, kana and CJK punctuation are one, Latin letters another."""
    if 0x2010 <= code <= 0x206F:
        return EXTRA_LATIN
    group = _group(code >> 8) if code < 0x10000 else 256 + (code >> 12)
    return EXTRA_LATIN if group == LATIN else group
