"""NFC, also of thousands of marks in a row, which Python alone sorts in quadratic time (80,000: 4 s)."""

from __future__ import annotations

from unicodedata import combining, normalize

STEP = 256
"""Every so many code points one is looked at: rows of twice as many marks are found, shorter ones take 1 ms at the most."""
PAIRS = "\u0f73\u0f75\u0f81"
"""The characters of combining class 0 that stand for two marks."""


def composed(text: str) -> str:
    """`text` in form NFC."""
    rows = _rows(text)
    return normalize("NFC", _in_order(text, rows) if rows else text)


def _rows(text: str) -> list[tuple[int, int]]:
    """Where long rows of marks begin and end, in code points."""
    rows: list[tuple[int, int]] = []
    done = 0
    for place, char in enumerate(text[::STEP]):
        at = place * STEP
        if not _is_mark(char) or at < done or not all(map(_is_mark, text[at : at + STEP])):
            continue
        start, done = at, min(at + STEP, len(text))
        while start and _is_mark(text[start - 1]):
            start -= 1
        while done < len(text) and _is_mark(text[done]):
            done += 1
        rows.append((start, done))
    return rows


def _in_order(text: str, rows: list[tuple[int, int]]) -> str:
    """`text` with the marks of `rows` taken apart, and in the order of their classes, as NFC has them."""
    parts: list[str] = []
    done = 0
    for start, end in rows:
        marks = "".join(normalize("NFD", mark) for mark in text[start:end])
        parts += text[done:start], *sorted(marks, key=combining)
        done = end
    return "".join([*parts, text[done:]])


def _is_mark(char: str) -> bool:
    return combining(char) > 0 or char in PAIRS
