"""Copies: near-duplicates by Jaccard, and texts contained in others; candidates by sketches, every pair verified.

A sketch keeps the keys whose hash falls below a limit (a sample of a fixed share, at least some of each text). Two texts
that share keys share sampled ones, whatever their sizes: unlike MinHash bands, that finds containment as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.overlap.keys import Keys

__all__ = ["Measured", "candidate_pairs", "measure"]

SAMPLED = 64
"""Smallest keys of each text in the sketch, whatever its size."""
SHARE_BITS = 4
"""Beside them, one key of 2**SHARE_BITS: keeps the chance of missing a contained text small for long ones."""
BUCKET = 64
"""Texts that may share a key before it says nothing: quotations, formulas, licence texts."""
NEEDED = 2
"""Sampled keys that two texts must share to be compared; one for texts with few keys."""

Array = Any


@dataclass(frozen=True, slots=True)
class Measured:
    """A pair of texts by number, `a` < `b`, with exact figures of their keys."""

    a: int
    b: int
    jaccard: float
    containment: float
    smaller: int
    """Which of the two has fewer keys."""


def candidate_pairs(keys: Sequence[Keys]) -> tuple[list[tuple[int, int]], int]:
    """Pairs of numbers that share enough sampled keys, sorted, and how many keys were too common to count."""
    import numpy as np

    if not keys:
        return [], 0
    sketches = [_sketch(own) for own in keys]
    flat = np.concatenate(sketches)
    owner = np.repeat(np.arange(len(keys)), [len(sketch) for sketch in sketches])
    order = np.lexsort((owner, flat))
    flat, owner = flat[order], owner[order]
    borders = np.flatnonzero(np.concatenate([[True], flat[1:] != flat[:-1], [True]]))
    sizes = np.diff(borders)
    shared: Counter[tuple[int, int]] = Counter()
    common = int((sizes > BUCKET).sum())
    for start, size in zip(
        borders[:-1][(sizes > 1) & (sizes <= BUCKET)], sizes[(sizes > 1) & (sizes <= BUCKET)], strict=True
    ):
        members = owner[start : start + size].tolist()
        for place, a in enumerate(members):
            for b in members[place + 1 :]:
                shared[a, b] += 1
    few = [len(own) < 24 for own in keys]
    return sorted(pair for pair, count in shared.items() if count >= NEEDED or few[pair[0]] or few[pair[1]]), common


def _sketch(keys: Keys) -> Array:
    import numpy as np

    if len(keys) <= SAMPLED:
        return keys
    limit = np.uint64(1 << (64 - SHARE_BITS))
    return keys[: max(SAMPLED, int(np.searchsorted(keys, limit)))]


def measure(pairs: Sequence[tuple[int, int]], keys: Sequence[Keys]) -> Iterator[Measured]:
    """Exact Jaccard and containment of each pair."""
    import numpy as np

    for a, b in pairs:
        one, other = keys[a], keys[b]
        smaller, larger = (a, b) if len(one) <= len(other) else (b, a)
        places: Array = np.searchsorted(keys[larger], keys[smaller])
        places[places == len(keys[larger])] = 0
        both = int((keys[larger][places] == keys[smaller]).sum()) if len(keys[larger]) else 0
        union = len(one) + len(other) - both
        yield Measured(a, b, both / union if union else 0.0, both / max(1, len(keys[smaller])), smaller)


def groups_of(digests: Mapping[str, str]) -> list[list[str]]:
    """Names with the same digest, each group sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(digests):
        found[digests[name]].append(name)
    return [names for names in found.values() if len(names) > 1]
