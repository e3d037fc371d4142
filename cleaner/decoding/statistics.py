"""The last method: the legacy encoding that gives the most likely text."""

from __future__ import annotations

import codecs
import math
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec

from cleaner.decoding.candidates import SINGLE_BYTE, prior
from cleaner.decoding.context import EncodingContext
from cleaner.decoding.drawn import without_drawing
from cleaner.decoding.legacy import SEQUENCE, Ranked, rank
from cleaner.decoding.mixed import Mixture, find_mixture, strain
from cleaner.decoding.nul_patterns import read_nul_patterns
from cleaner.decoding.pages import language_costs, text_cost
from cleaner.decoding.reading import Piece, Reading, decode_damaged, strict
from cleaner.decoding.sampling import Sample, sample_of
from cleaner.decoding.words import PLAIN
from cleaner.document import EncodingCandidate
from cleaner.models.encodings import page

DECLARED = 12.0
"""Nats for an encoding that the document declares: enough to win against a neighbour page, not against sense."""
WIDER = 8.0
"""Nats by which UTF-16 or UTF-32 without a mark must be better than a legacy encoding."""
SHORT = 128
"""Bytes up to which UTF-16 may hold no control byte; in Chinese, one byte in sixteen is one."""
MIXED = 0.93
"""Most confidence in a text of several legacy encodings."""
UNSURE = 0.6
"""Below this probability other detectors are asked as well, and their answers become evidence."""
TEMPER = 0.45
"""Weight of a nat, since neighbouring characters are not independent; fitted by `benchmarks/encoding_calibration.py`."""
TEMPER_OF_ONE = 0.4
"""The same where all foreign bytes are equal, and so say the same. Of 2,519 such texts (names, signs, lines of files) 56 are surely
wrong with TEMPER and 37 with this, 1,976 and 1,907 surely right."""
STRAINED, STRAINED_SURE, FALLING, NO_TEXT, HOPELESS = 4.0, 0.93, 0.12, 6.0, 0.3
"""Nats a letter from which the best reading is in doubt, the most confidence there, and how much less for each nat
more; nats from which it is not text, and the most confidence there. Of 6,000 verdicts above 0.9 on text of 55 languages
98 to 99 % were right below 4 nats, 92 % from 4 to 4.3, 89 % to 5, 80 % to 6 and none of five above."""
FAR, FAR_STRAINED = 20.0, 5.0
"""Where the next other text is so many nats behind, or none is close, the best reading is in doubt only from
`FAR_STRAINED` nats a letter on: odd words, as those of a pangram, cost much in the right page too. Of 47,000 lines of
words, half of them with their letters shuffled, in 32 languages and their usual pages, 274 of 275 verdicts between 4
and 5 nats were right where the next text was so far, 66 of 77 where it was nearer. Of lines and notes of programs in
131 languages, in all pages, 356 of 389."""
LISTED = 0.001
"""Probability from which an encoding that gives another text is listed."""
COMPARED = 1 << 20
"""Bytes on which two encodings are compared for giving the same text."""


def read_statistics(
    data: bytes, hints: Sequence[str] | None, context: EncodingContext | None, declared: str | None
) -> Reading | None:
    """A reading of `data`, which holds bytes above 0x7F and is not UTF-8; None where no encoding gives text."""
    allowed = [codecs.lookup(name).name for name in hints] if hints else None
    sample = Sample.of(data)
    ranked = rank(sample, context, allowed) or (rank(sample, context) if allowed else [])
    ranked = _with_wider(data, ranked)
    if declared and any(row.codec == declared for row in ranked):
        ranked = [replace(row, score=row.score + DECLARED * (row.codec == declared)) for row in ranked]
        ranked.sort(key=lambda row: -row.score)
    if not ranked:
        return None
    ranked, alike = _best_named(data, ranked, declared)
    codec = ranked[0].codec
    one_byte = len(set(sample.bare.translate(None, PLAIN))) == 1
    sure, others, gap = _confidence(ranked, alike, TEMPER_OF_ONE if one_byte else TEMPER)
    if allowed is None:
        mixture = find_mixture(sample, codec)
        if mixture is not None:
            return _of_mixture(mixture, sure)
    sure = min(sure, _surest(strain(sample, codec), gap))
    text = strict(data, codec)
    pieces: Sequence[Piece] = (Piece(len(data), text, codec),) if text is not None else decode_damaged(data, codec)[0]
    said = [f"the likeliest of {len(ranked)} readings that are close by their letters"]
    if gap is not None:
        said.append(f"{gap:.1f} nats before the next other text")
    method = "statistics"
    if declared == codec:
        method = "declared"
        said.append("the document declares it")
    if ranked[0].context:
        without = max(ranked, key=lambda row: row.score - row.context)
        decided = not _alike(data, codec, [without.codec])[0]
        said.append(f"neighbours in the folder are in it{f', else {without.codec}' if decided else ''}")
        method = "context" if decided else method
    if sure < UNSURE:
        said += _other_detectors(sample_of(data))
    return Reading(codec, min(0.999, sure), method, tuple(said), tuple(pieces), others)


def _surest(strained: float, gap: float | None) -> float:
    """The most confidence in the best reading where its letters cost `strained` nats each and the next other text is
    `gap` nats behind: the best of bad readings may be wrong.
    """
    if strained < (FAR_STRAINED if gap is None or gap > FAR else STRAINED):
        return 1.0
    return HOPELESS if strained > NO_TEXT else STRAINED_SURE - FALLING * (strained - STRAINED)


def _best_named(data: bytes, ranked: list[Ranked], declared: str | None) -> tuple[list[Ranked], list[bool]]:
    """`ranked` with the most common encoding that gives the best one's text moved to the front; and which give that text."""
    alike = _alike(data, ranked[0].codec, [row.codec for row in ranked])
    if ranked[0].codec == declared:
        return ranked, alike
    own = [number for number, same in enumerate(alike) if same]
    first = min(own, key=lambda number: (-ranked[number].context, prior(ranked[number].codec), number))
    order = [first, *(number for number in range(len(ranked)) if number != first)]
    best = replace(ranked[first], score=ranked[0].score)
    return [best, *(ranked[number] for number in order[1:])], [alike[number] for number in order]


def _of_mixture(mixture: Mixture, sure: float) -> Reading:
    most = max(mixture.lines, key=lambda row: row[1])[0]
    said = ", ".join(f"{codec} in {number}" for codec, number in mixture.lines)
    return Reading(most, min(MIXED, sure), "mixed", (f"lines with foreign bytes: {said}",), mixture.pieces)


def _confidence(
    ranked: list[Ranked], same: list[bool], temper: float
) -> tuple[float, tuple[EncodingCandidate, ...], float | None]:
    """Probability that the best of `ranked` gives the right text, the alternatives with theirs, and the nats to the next
    other text, where a nat weighs `temper`. Encodings that give the same text as the best one share its probability.
    """
    top = ranked[0]
    weights = [math.exp(max(-60.0, (row.score - top.score) * temper)) for row in ranked]
    total = sum(weights)
    sure = sum(weight for weight, alike in zip(weights, same, strict=True) if alike) / total
    others = tuple(
        EncodingCandidate(row.codec, round(weight / total, 4), alike)
        for row, weight, alike in zip(ranked[1:8], weights[1:8], same[1:8], strict=True)
        if weight / total > LISTED or alike
    )
    gap = next((top.score - row.score for row, alike in zip(ranked, same, strict=True) if not alike), None)
    return sure, others, gap


def _alike(data: bytes, one: str, others: list[str]) -> list[bool]:
    """Whether `data` (the beginning of a long text) reads the same in `one` as in each of `others`."""
    part = data[:COMPARED]
    own = page(one) if one in SINGLE_BYTE else None
    high = set(part.translate(None, PLAIN)) if own else set()
    text = None
    found = []
    for other in others:
        its = page(other) if own and other in SINGLE_BYTE else None
        if one == other:
            found.append(True)
        elif own and its:
            found.append(all(own[byte] == its[byte] for byte in high))
        else:
            text = part.decode(one, "replace") if text is None else text
            found.append(text == part.decode(other, "replace"))
    return found


def _with_wider(data: bytes, ranked: list[Ranked]) -> list[Ranked]:
    """`ranked` with UTF-16 and UTF-32 without mark, where a pattern speaks for them and the text is better."""
    short = len(data) <= SHORT and len(data) % 2 == 0 and data.count(b" ") < 2  # a space has a NUL there
    short = short and not without_drawing(data)[1]
    reading = read_nul_patterns(data) if short else None
    if reading is None:
        return ranked
    if not ranked:
        return [Ranked(reading.encoding, 0.0)]
    sample = data[:1500]
    text = sample.decode(reading.encoding, "replace")
    cost, wide = text_cost(text, "utf-8", language_costs(b""))
    found = Ranked(reading.encoding, -cost - SEQUENCE * wide - WIDER)
    return sorted([*ranked, found], key=lambda row: -row.score)


def _other_detectors(sample: bytes) -> list[str]:
    """What other detectors say of doubtful legacy bytes, a sentence each.

    charset-normalizer is never asked about valid UTF-8, since it garbles text that holds mojibake. chardetng (Firefox's
    detector, extra `chardetng`) is asked where it is installed.
    """
    said = []
    if find_spec("charset_normalizer"):
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        said.append(f"charset-normalizer says {best.encoding}" if best else "charset-normalizer has no answer")
    if find_spec("chardetng_py"):
        from chardetng_py import detect

        said.append(f"chardetng says {detect(sample)}")
    return said
