"""The last method: the legacy encoding that gives the most likely text."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from cleaner.decoding.context import EncodingContext
from cleaner.decoding.damaged import decode_damaged
from cleaner.decoding.legacy import Ranked, confidence, rank, sample_of
from cleaner.decoding.nul_patterns import read_nul_patterns
from cleaner.decoding.reading import Piece, Reading, strict

__all__ = ["read_statistics"]

DECLARED = 12.0
"""Nats for an encoding that the document declares: enough to win against a neighbour page, not against sense."""


def read_statistics(
    data: bytes, hints: Sequence[str] | None, context: EncodingContext | None, declared: str | None
) -> Reading | None:
    """A reading of `data`, which holds bytes above 0x7F and is no UTF-8; None where no encoding gives text."""
    allowed = [codecs.lookup(name).name for name in hints] if hints else None
    ranked = rank(data, context, allowed) or (rank(data, context) if allowed else [])
    ranked = _with_others(data, ranked)
    if declared and any(codec == declared for codec, _ in ranked):
        ranked = sorted(((c, s + DECLARED * (c == declared)) for c, s in ranked), key=lambda row: -row[1])
    if not ranked:
        return None
    codec = ranked[0][0]
    sample = sample_of(data)
    texts = {name: sample.decode(name, "replace") for name, _ in ranked[:12]}
    sure, others = confidence(ranked, texts)
    text = strict(data, codec)
    pieces: Sequence[Piece] = (Piece(len(data), text, codec),) if text is not None else decode_damaged(data, codec)[0]
    gap = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 99.0
    said = [f"most likely text of {len(ranked)} readings, {gap:.1f} nats before the next"]
    if declared == codec:
        said.append("the document declares it")
    if context and context.bonus(codec):
        said.append("neighbours in the folder are in it")
    if sure < UNSURE:
        said.append(_second_opinion(data))
    method = "declared" if declared == codec else "context" if context and context.bonus(codec) > gap else "statistics"
    return Reading(codec, min(0.999, sure), method, tuple(said), tuple(pieces), others)


UNSURE = 0.6
"""Below this probability charset-normalizer is asked as well, and its answer stands in the evidence."""


def _second_opinion(data: bytes) -> str:
    """What charset-normalizer says; it is asked about legacy bytes only, since it garbles valid UTF-8 that holds mojibake."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample_of(data)).best()
    return f"charset-normalizer says {best.encoding}" if best else "charset-normalizer has no answer"


def _with_others(data: bytes, ranked: Ranked) -> Ranked:
    """`ranked` with UTF-16 and UTF-32 without mark, where a pattern speaks for them and the text is better."""
    reading = read_nul_patterns(data) if len(data) % 2 == 0 else None
    if reading is None:
        return ranked
    from cleaner.models.characters import load

    sample = sample_of(data)
    if len(sample) < len(data):
        sample = data[:1500]
    text = sample.decode(reading.encoding, "replace")
    score = load().log_likelihood(text) - 8.0
    return sorted([*ranked, (reading.encoding, score)], key=lambda row: -row[1])
