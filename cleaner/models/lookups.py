"""The lookups of letter sequences as loops, to be compiled where numba is loaded (`cleaner.kernels`).

They give what `LanguageModel` gives with numpy: the same hashes, the same rows, whole numbers. `rows` are 64 levels in 4 words of
8 bytes, two to a byte; sixteen rows are added byte by byte before a byte can run over.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["parts_loop", "total_loop"]

Array = Any


def total_loop(
    words: Array, displacements: Array, prints: Array, rows: Array, slot_shift: int, bucket_shift: int
) -> Array:
    """Sum of the rows of all sequences of 3, 4 and 5 of `words` (int64, one a column)."""
    mask, low = np.uint64(0xFFFFFFFF), np.uint64(0x0F0F0F0F0F0F0F0F)
    sums = np.zeros(64, np.int64)
    held = np.zeros(8, np.uint64)
    waiting = 0
    size = len(words)
    for start in range(size - 2):
        value = np.uint64(words[start])
        for length in range(2, min(6, size - start + 1)):
            value = (value * np.uint64(0x9E3779B1) + np.uint64(words[start + length - 1])) & mask
            if length == 2:
                continue
            mixed = value ^ (value >> np.uint64(15))
            mixed = (mixed * np.uint64(0x85EBCA6B)) & mask
            mixed ^= mixed >> np.uint64(13)
            moved = (np.uint64(displacements[mixed >> np.uint64(bucket_shift)]) * np.uint64(0xC2B2AE35)) & mask
            slot = (((mixed ^ moved) * np.uint64(0x27D4EB2F)) & mask) >> np.uint64(slot_shift)
            if np.uint64(prints[slot]) != ((value * np.uint64(0xB5297A4D)) & mask) >> np.uint64(16):
                continue
            for column in range(4):
                held[column] += rows[slot, column] & low
                held[column + 4] += (rows[slot, column] >> np.uint64(4)) & low
            waiting += 1
            if waiting == 16:
                for column in range(64):
                    sums[column] += np.int64((held[column >> 3] >> np.uint64(8 * (column & 7))) & np.uint64(0xFF))
                held[:] = 0
                waiting = 0
    for column in range(64):
        sums[column] += np.int64((held[column >> 3] >> np.uint64(8 * (column & 7))) & np.uint64(0xFF))
    return sums


def parts_loop(
    words: Array,
    displacements: Array,
    prints: Array,
    rows: Array,
    slot_shift: int,
    bucket_shift: int,
    stride: int,
    size: int,
) -> Array:
    """Sums of the rows of every `size` sequences of four, each `stride` behind the last (uint64, parts x 8)."""
    mask, low = np.uint64(0xFFFFFFFF), np.uint64(0x0F0F0F0F0F0F0F0F)
    count = (len(words) - 3 + stride - 1) // stride
    parts = np.zeros(((count + size - 1) // size, 8), np.uint64)
    for number in range(count):
        start = number * stride
        value = np.uint64(words[start])
        for place in range(1, 4):
            value = (value * np.uint64(0x9E3779B1) + np.uint64(words[start + place])) & mask
        mixed = value ^ (value >> np.uint64(15))
        mixed = (mixed * np.uint64(0x85EBCA6B)) & mask
        mixed ^= mixed >> np.uint64(13)
        moved = (np.uint64(displacements[mixed >> np.uint64(bucket_shift)]) * np.uint64(0xC2B2AE35)) & mask
        slot = (((mixed ^ moved) * np.uint64(0x27D4EB2F)) & mask) >> np.uint64(slot_shift)
        if np.uint64(prints[slot]) == ((value * np.uint64(0xB5297A4D)) & mask) >> np.uint64(16):
            part = number // size
            for column in range(4):
                parts[part, column] += rows[slot, column] & low
                parts[part, column + 4] += (rows[slot, column] >> np.uint64(4)) & low
    return parts
