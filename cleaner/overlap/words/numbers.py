"""The numbers in a text. They are written alike in most languages: goals, dates, prices and amounts tell two reports apart."""

from __future__ import annotations

import re

SAMPLE = 20_000
"""Code points of a text that are looked at."""
NUMBER = re.compile(r"(?<!\d)(?:\d{1,3}(?:[.,’' \u00a0\u202f]\d{3}(?!\d)){1,3}|\d{1,12}(?!\d))")
"""Digits of any script, with thousands set apart: a year before a number is none of its thousands."""
APART = re.compile(r"\D")


def numbers_in(text: str) -> frozenset[int]:
    """The numbers that `text`, without mark-up, has in digits."""
    return frozenset(int(APART.sub("", number)) for number in NUMBER.findall(text[:SAMPLE]))
