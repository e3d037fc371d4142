"""Code pages by their letters: which pages can the high bytes of a sample be in, and in which language?

A naive Bayes model over languages. The plain letters of a sample say which languages are likely; each page turns the high
bytes into characters, and each language says what those cost. One table holds the cost of every byte in every page and
language, so that all pages are compared in one multiplication. What characters follow each other is not asked here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np

from cleaner.decoding.candidates import SINGLE_BYTE, foreign, prior, regions
from cleaner.models.encodings import page
from cleaner.models.letters import FOLD, KINDS, ROWS, WIDE, are_wide, load

__all__ = ["language_costs", "page_costs", "page_names", "text_cost", "without_markup"]

MARKUP = re.compile(rb"<[^<>\x80-\xff]*>|&[#\w]+;|https?:[!#-;=?-~]*|[\w.+-]+@[\w.-]+")
PLAIN = 0.5
"""Weight of the plain letters' word on the language: pairs of letters are no independent witnesses."""
STRANGER = 0.001
"""Share of high bytes that belong to another language than the plain letters: names, titles, quotations."""
UNDEFINED = 24.0
"""Nats for a byte that a page has no character for."""

UTF8 = -4.0
"""UTF-8 is more common than all legacy encodings together."""

Array = Any


@cache
def page_names() -> tuple[str, ...]:
    """The single-byte pages that this Python has, in the order of the tables."""
    return tuple(codec for codec in SINGLE_BYTE if page(codec))


@cache
def _table() -> Array:
    """Nats of each high byte in each page and language: float32, 128 × (pages · languages)."""
    meanings = [(page(codec) or ())[0x80:] for codec in page_names()]
    characters = sorted({c for row in meanings for c in row if len(c) == 1 and c >= "\x80"})
    costs = np.vstack([load().costs("".join(characters)), np.full((1, len(ROWS)), UNDEFINED, np.float32)])
    place = {c: number for number, c in enumerate(characters)}
    numbers = np.array([[place.get(c, len(characters)) for c in row] for row in meanings])
    return np.ascontiguousarray(costs[numbers.T]).reshape(128, -1)


@cache
def _plain() -> Array:
    """Nats of each byte below 0x80 in each language: letters only."""
    costs = load().costs("".join(map(chr, range(128))))
    costs[FOLD[:128] == 0] = 0
    return costs


@cache
def priors(codec: str) -> Array:
    """Cost of `codec` for each language, float32 nats."""
    if codec == "utf-8":
        return np.full(len(ROWS), UTF8, np.float32)
    made_for = regions(codec)
    return np.array([prior(codec) + foreign(codec) * (code.split()[0] not in made_for) for code in ROWS], np.float32)


@cache
def _page_priors() -> Array:
    return np.array([priors(codec) for codec in page_names()])


def without_markup(sample: bytes) -> bytes:
    """`sample` with a space for each tag, entity and address: their letters are of no language."""
    return MARKUP.sub(b" ", sample)


def language_costs(sample: bytes) -> Array:
    """Nats of each language by the plain letters of `sample`, a stranger's cost at the most; float32."""
    folded = FOLD[np.frombuffer(sample, np.uint8)].astype(np.intp)
    counts = np.bincount(folded[:-1] * KINDS + folded[1:], minlength=KINDS * KINDS).astype(np.float32)
    counts[0] = 0
    costs = PLAIN * (load().pairs @ counts)
    weights = np.exp(costs.min() - costs)
    return -np.log((1 - STRANGER) * weights / weights.sum() + STRANGER / len(ROWS)).astype(np.float32)


def page_costs(sample: bytes, languages: Array) -> Array:
    """Nats of `sample` in each of `page_names()` and each language, `languages` and priors in it; page × language."""
    every = np.bincount(np.frombuffer(sample, np.uint8), minlength=256).astype(np.float32)
    held = np.flatnonzero(every[128:])
    costs = every[128 + held] @ _table()[held]
    languages = languages + every[:128] @ _plain()
    return costs.reshape(-1, len(ROWS)) + _page_priors() + languages


WIDE_ELSEWHERE = 14.0
"""Nats for a wide character in a language that has none."""
WIDE_ROWS = np.array([ROWS.index(code) for code in WIDE])


def text_cost(text: str, codec: str, languages: Array) -> tuple[Array, float]:
    """Nats of `text`, read by `codec`, in each language, `languages` and the prior in it; and how many of the best
    language's are for wide characters.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    plain = np.bincount(points[points < 0x80], minlength=128).astype(np.float32)
    points, numbers = np.unique(points[points > 0x7F], return_counts=True)
    counts = numbers.astype(np.float32)
    model = load()
    total = languages + priors(codec) + plain @ _plain()
    wide = are_wide(points)
    if not wide.all():
        total = total + counts[~wide] @ model.costs("".join(map(chr, points[~wide])))
    if not wide.any():
        return total, 0.0
    mine = np.full(len(ROWS), np.float32(WIDE_ELSEWHERE) * counts[wide].sum())
    mine[WIDE_ROWS] = counts[wide] @ model.wide(points[wide])
    total = total + mine
    return total, float(mine[total.argmin()])
