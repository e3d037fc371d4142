"""EBCDIC: the pages of mainframes. A space is 0x40 there, letters stand above 0x80, digits above 0xF0."""

from __future__ import annotations

import math

from cleaner.decoding.candidates import EBCDIC
from cleaner.decoding.reading import Piece, Reading, strict
from cleaner.document import EncodingCandidate

SAMPLE = 2048
SPACES = 14
"""A text has at least one space (0x40) in so many bytes. ASCII text has a space in six bytes and hardly an `@`."""
PLAIN_SHARE = 0.9
"""Share of letters, digits, spaces and common punctuation among the characters of a right reading."""
FEW = 8
"""At least one of so many characters other than spaces is a letter or digit: lists with leaders and reports with rules
have one in three or four, ASCII without spaces that is read as EBCDIC next to none."""
CERTAIN = 4.4
"""Most nats a character that text costs in the character model; garbled text costs 6 and more."""
RARER = 7.0
"""Nats by which text that costs more than that (names, figures) must read better than in the likeliest other page."""
ENDS = b"\x25\x15\x05"
"""Line ends and tabs of EBCDIC: ASCII's per cent sign and two control characters."""


def looks_like_ebcdic(data: bytes) -> bool:
    """Whether `data` has EBCDIC's spaces and none of ASCII's; costs a microsecond."""
    part = data[:SAMPLE]
    others = part.count(0x20)
    if others * 20 > len(part):
        return False  # most texts, at the least cost
    spaces = part.count(0x40)
    if not part.isascii():
        spaces += sum(map(part.count, ENDS))  # a list of names has few spaces
    return spaces * SPACES > len(part) and (others + part.count(0x0A)) * 20 <= spaces


def read_ebcdic(data: bytes) -> Reading | None:
    """A reading of `data` in an EBCDIC page, or None where it lacks EBCDIC's spaces or where no page gives text."""
    if not looks_like_ebcdic(data):
        return None
    from cleaner.models.characters import load

    sample = data[:SAMPLE]
    texts = {codec: text for codec in EBCDIC if (text := strict(sample, codec)) is not None}
    if not any(map(_is_plain, texts.values())):
        return None
    sequences = dict(zip(texts, (-load().log_likelihoods(list(texts.values()))).tolist(), strict=True))
    costs = {codec: sequences[codec] + _letters(text, codec) for codec, text in texts.items()}
    best = min(costs, key=lambda codec: (costs[codec], codec))
    if not _is_plain(texts[best]):
        return None
    dear = sequences[best] > CERTAIN * len(texts[best])
    if dear and (strict(data, "utf-8") is not None or sequences[best] + RARER > _elsewhere(sample)):
        return None
    text = strict(data, best)
    if text is None:
        return None
    others = tuple(
        EncodingCandidate(codec, round(math.exp(min(0.0, 0.3 * (costs[best] - costs[codec]))) / 2, 4), other == text)
        for codec, other in (
            (codec, strict(data, codec)) for codec in sorted(costs, key=lambda c: costs[c]) if codec != best
        )
    )
    evidence = (
        f"{sample.count(0x40) / len(sample):.0%} of the bytes are 0x40, EBCDIC's space",
        f"the likeliest of {len(texts)} EBCDIC pages",
    )
    rival = max((other.confidence for other in others if not other.same_text), default=0.0)
    return Reading(best, min(0.99, 1 - rival), "ebcdic", evidence, (Piece(len(data), text, best),), others)


def _elsewhere(sample: bytes) -> float:
    """Nats of `sample` in the character model, read in the likeliest page other than EBCDIC's; infinite where there is none."""
    from cleaner.decoding.legacy import rank
    from cleaner.decoding.sampling import Sample
    from cleaner.models.characters import load

    ranked = rank(Sample.of(sample))
    return -float(load().log_likelihoods([sample.decode(ranked[0].codec, "replace")])[0]) if ranked else math.inf


def _letters(text: str, codec: str) -> float:
    """What the letters of `text` cost in the likeliest language, in nats."""
    from cleaner.decoding.pages import language_costs, text_cost

    languages = language_costs(text.encode("latin-1", "replace"))
    return text_cost(text, codec, languages)[0]


def _is_plain(text: str) -> bool:
    """Whether `text` consists of common characters, and not of signs and spaces alone: ASCII such as `oooo@oo` reads as
    `???? ??`.
    """
    if sum(map(str.isalnum, text)) * FEW < max(1, len(text) - text.count(" ")):
        return False
    plain = sum(character.isalnum() or character in " \n\r\t\x85.,;:«»×%-'\"()/?!" for character in text)
    return plain >= PLAIN_SHARE * len(text)
