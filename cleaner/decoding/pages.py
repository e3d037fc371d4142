"""Code pages by their letters: which pages can the high bytes of a sample be in, and in which language?

A naive Bayes model over languages. The plain letters (below 0x80) of a sample say which languages are likely; each page
turns the high bytes into characters, and each language of the page's region says what those cost. One table holds the
cost of every byte in every page and language, so that all pages are compared in one multiplication. Which characters
follow each other does not matter here. A "stranger" is a letter of another language than that of the plain letters: a
name, a quotation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.arrays import Array, code_points
from cleaner.decoding.candidates import ALSO, MULTI_BYTE, SINGLE_BYTE, foreign, prior, regions
from cleaner.decoding.drawn import cost_of_drawing
from cleaner.decoding.signs import is_sparse
from cleaner.decoding.words import NO_LETTERS
from cleaner.memory import cached
from cleaner.models.encodings import page
from cleaner.models.letters import BEYOND, FOLD, KINDS, ROWS, WIDE, are_wide, load

MARKUP = re.compile(
    rb"<!\[CDATA\[|<[^<>\n\r\x80-\xff]*>|&[#\w]+;|https?:[!#-;=?-~]*|(?<![\x80-\xff])\\[A-Za-z]+(?![A-Za-z\x80-\xff])"
)
"""Matches within a line only, so that the number of lines stays. Commands of TeX and folders of a path (`\\section`, `\\Users`)
stand in words with foreign bytes: of 3,000 TeX texts, paths and strings 2,902 are right with them, 2,953 without. Behind a byte
above 0x7F a backslash may be half a character."""
MARKED = (b"<", b"&", b"http", b"\\")
"""What every match has one of; far cheaper to look for."""
PLAIN = 0.5
"""Weight of the plain letters' evidence on the language: pairs of letters are not independent."""
STRANGER = 0.001
"""Share of high bytes that belong to another language than the plain letters: names, titles, quotations."""
UNDEFINED = 24.0
"""Nats for a byte that a page has no character for."""
AGAIN, SPACE = 6.0, 2.0
"""Nats for a high byte that means a character of ASCII once more, or the space, as in the Mac's Arabic pages."""
WRITTEN, LISTED = 10.0, 4.5
"""Cost up to which a language of a page's region is taken to use a letter, and what each such letter costs in a list of
letters. Of 1,895 files and pieces that people wrote one fewer is right with LISTED halved and two more with it doubled,
31 fewer with WRITTEN halved and three more with it doubled."""
UTF8 = -4.0
"""UTF-8 is more common than all legacy encodings together."""
CAPITALS, SMALL_LETTERS = bytes(range(0x41, 0x5B)), bytes(range(0x61, 0x7B))
FEW_CAPITALS, SHOUTED_SHARE = 6, 0.4
"""Fewest plain capitals of a text in capitals, and most small letters for each of them. Without this 249 of 10,400
texts fewer are right, 2,433 of them in capitals; with 12 capitals 17, with 3 one. Of 1,766 texts in capitals with
units, addresses or titles among them 1,735 are right with this share, 1,723 with .1, 1,705 with none."""
SMALL = 4.0
"""Nats for a small foreign letter in such a text: of 2,433 texts in capitals five fewer are right with 2, four more with 8."""
SIGNS = 1.5
"""Nats by which a text of ASCII and signs costs more than one in the likeliest language; with 0 and 4 some 1 % more and
fewer are right."""
MANY_LANGUAGES, BORDER = 7.0, 0.25
"""Nats for a text whose words are each in a language of its own, and the weight of the plain letters' language for
words that have foreign bytes at their borders only. Of 1,728 lists of names and titles in 12 Western or 7 Central
European languages and nine pages 88 % are right without this, 97 % with it; 125 and 17 of them are wrong with high
confidence."""
STRAINED = 4.1
"""Nats a letter from which each word may have a language of its own: three in ten files of one language cost so much,
and 99 in 100 of the lists for which it makes a difference."""
WITHIN = re.compile(rb"[A-Za-z\x80-\xff][\x80-\xff]+[A-Za-z]|[\x80-\xff]{3}")
"""Foreign bytes inside a word, or three together."""
EVERYWHERE = ("en", "de", "fr", "es")
"""Languages that are quoted in texts of all others, so that each page considers them, at the cost of a foreign one."""


@cached
def page_names() -> tuple[str, ...]:
    """The single-byte pages, in the order of the tables."""
    return tuple(SINGLE_BYTE)


def _rows_of(codec: str) -> list[int]:
    """The rows of the languages that are considered for `codec`."""
    wanted = regions(codec) | set(EVERYWHERE) | set(ALSO.get(codec, "").split())
    return [number for number, row in enumerate(ROWS) if row.split()[0] in wanted]


@dataclass(frozen=True, slots=True)
class _Columns:
    """A column for each language that is considered for each page."""

    costs: Array
    """Nats of each byte, float32, 256 × columns."""
    rows: Array
    """The row of the language of each column."""
    priors: Array
    pages: Array
    """The number of the page of each column, in the order of `page_names()`."""
    starts: Array
    """The first column of each page."""

    def of(self, codec: str) -> Array:
        """The costs of page `codec` alone."""
        first, end = self.pages.searchsorted([number := page_names().index(codec), number + 1])
        return self.costs[:, first:end]


@cached
def _columns(shouted: bool) -> _Columns:
    """The table by which all pages are compared. In a text in capitals (`shouted`), a capital costs what its small
    letter does, and small letters cost more.
    """
    names = page_names()
    meanings = [page(codec)[0x80:] for codec in names]
    points = np.array([[ord(c) if c else 0 for c in meaning] for meaning in meanings], np.uint32)
    costs = load().costs(points)  # page × byte × row
    if shouted:
        small = np.array([[_small(c) for c in meaning] for meaning in meanings], np.uint32)
        large = np.array([[bool(c) and c.islower() and len(c.upper()) == 1 for c in meaning] for meaning in meanings])
        costs = (
            np.where((small != points)[..., None], np.minimum(costs, load().costs(small)), costs)
            + SMALL * large[..., None]
        )
    costs[points < 0x80] = AGAIN
    costs[points == 0x20] = SPACE
    costs[points == 0] = UNDEFINED
    rows = [_rows_of(codec) for codec in names]
    plain = _plain(shouted)
    table = [np.vstack([plain[:, own], costs[number][:, own]]) for number, own in enumerate(rows)]
    priors = [_priors(codec)[own] for codec, own in zip(names, rows, strict=True)]
    sizes = list(map(len, rows))
    pages = np.repeat(np.arange(len(names)), sizes)
    starts = np.cumsum([0, *sizes[:-1]])
    return _Columns(np.ascontiguousarray(np.hstack(table)), np.concatenate(rows), np.concatenate(priors), pages, starts)


def _small(character: str) -> int:
    """The code point of the small letter of `character`, of itself where it has none; 0 for ""."""
    small = character.lower()
    return ord(small) if len(small) == 1 else ord(character or "\0")


@cached
def _priors(codec: str) -> Array:
    """Cost of `codec` for each row, float32 nats."""
    if codec == "utf-8":
        return np.full(len(ROWS), UTF8, np.float32)
    made_for = regions(codec)
    return np.array([prior(codec) + foreign(codec) * (code.split()[0] not in made_for) for code in ROWS], np.float32)


def _plain(shouted: bool) -> Array:
    """Nats of each byte below 0x80 in each row: letters only."""
    costs = load().costs(np.arange(128, dtype=np.uint32))
    if shouted:
        costs[0x41:0x5B] = np.minimum(costs[0x41:0x5B], costs[0x61:0x7B])
    return costs


def is_shouted(sample: bytes) -> bool:
    """Whether `sample` is in capitals: two in three of its letters are plain, and these are capitals but for a few."""
    others = len(sample.translate(None, NO_LETTERS + CAPITALS))
    small = others - len(sample.translate(None, NO_LETTERS + CAPITALS + SMALL_LETTERS))
    capitals = len(sample.translate(None, NO_LETTERS)) - others
    return capitals >= max(FEW_CAPITALS, 2 * (others - small)) and small < SHOUTED_SHARE * capitals


def markup_as_spaces(sample: bytes) -> bytes:
    """`sample` with a space for each tag, entity, URL and TeX command: their letters say nothing of the language."""
    return MARKUP.sub(b" ", sample) if any(mark in sample for mark in MARKED) else sample


def _weighted(counts: Array, table: Array) -> Array:
    """Sum of the rows of `table`, weighted by `counts`; without BLAS threads, which don't pay for small sums."""
    held = np.flatnonzero(counts)
    return np.einsum("i,ij->j", counts[held].astype(np.float32), table[held])


def _counts(data: bytes) -> Array:
    """How often each of the 256 bytes stands in `data`."""
    return np.bincount(np.frombuffer(data, np.uint8), minlength=256)


def total(costs: Array) -> Array:
    """Nats over all languages together (log-sum-exp); `costs` are those of each, along the last axis."""
    least = costs.min(axis=-1, keepdims=True)
    return least[..., 0] - np.log(np.exp(least - costs).sum(axis=-1))


def language_costs(sample: bytes) -> Array:
    """Nats of each of `ROWS` by the plain letters of `sample`, at most the cost of one stranger; float32."""
    return with_strangers(plain_costs(sample), [1])[0]


def plain_costs(sample: bytes) -> Array:
    """Nats of the plain letters of `sample` in each of `ROWS`."""
    folded = FOLD[np.frombuffer(sample, np.uint8)].astype(np.intp)
    counts = np.bincount(folded[:-1] * KINDS + folded[1:], minlength=KINDS * KINDS)
    counts[0] = 0
    costs = PLAIN * _weighted(counts, load().pairs)
    signs = costs.min() + SIGNS if is_sparse(sample) else np.inf
    return np.append(costs, np.float32(signs))


def with_strangers(costs: Array, words: Sequence[int]) -> Array:
    """Nats of each of `ROWS` from those of `plain_costs`, at most the cost of so many strangers; float32, a row for
    each of `words`.
    """
    native = costs - (total(costs) + math.log1p(-STRANGER))
    stranger = math.log(len(ROWS)) - math.log(STRANGER) * np.array(words)[:, None]
    return -np.logaddexp(-native, -stranger).astype(np.float32)


@cached
def _listed() -> Array:
    """What the 128 high bytes cost in each of `_columns` where letters are listed: all that a language of the page's
    region uses cost the same.
    """
    held = _columns(False)
    costs = held.costs[0x80:]
    written = np.minimum.reduceat(costs, held.starts, axis=1) < WRITTEN
    return np.where(written[:, held.pages], LISTED, costs)


@cached
def _drawing() -> Array:
    """What each of the 128 high bytes costs in each of `page_names()` where it draws; float32."""
    return np.array([[cost_of_drawing(c) for c in page(codec)[0x80:]] for codec in page_names()], np.float32).T


def page_costs(
    sample: bytes, languages: Array, lists: bytes = b"", drawn: bytes = b"", *, shouted: bool = False
) -> Array:
    """Nats of `sample` in each of `page_names()` over all languages together, `languages` and priors included: a row
    for each row of `languages`. Of `lists`, words that list letters, only counts which letters they are; `drawn` are
    the bytes that draw (`drawn.py`).
    """
    held = _columns(shouted)
    costs = _weighted(_counts(sample), held.costs) + held.priors
    if lists:
        costs += _weighted(_counts(lists)[0x80:], _listed())
    costs = costs + languages.take(held.rows, axis=-1)
    least = np.minimum.reduceat(costs, held.starts, axis=-1)
    behind = least.take(held.pages, axis=-1) - costs
    whole = least - np.log(np.add.reduceat(np.exp(behind), held.starts, axis=-1))
    return whole + _drawing()[[byte - 0x80 for byte in drawn]].sum(axis=0) if drawn else whole


def in_many_languages(sample: bytes, costs: Array, languages: Array, *, shouted: bool) -> Array:
    """`costs` of `page_costs`; where they are high, together with those of a text where each word, a line of `sample`,
    is in a language of its own, as in lists of names.

    Foreign bytes at the borders of a word may be quotation marks, so that the languages of the plain letters count
    there too.
    """
    words = [word for word in sample.split(b"\n") if not word.isascii()]
    if len(words) < 2 or costs.min() < STRAINED * len(sample.translate(None, NO_LETTERS)):
        return costs
    held = _columns(shouted)
    own, choices = _choices(shouted)
    by_word = _of_each(words, held.costs) + choices
    at_border = [number for number, word in enumerate(words) if not WITHIN.search(word)]
    by_word[at_border] += BORDER * languages[held.rows]
    whole = np.minimum.reduceat(by_word, held.starts, axis=1).sum(axis=0) + own + MANY_LANGUAGES
    return -np.logaddexp(-costs, -whole)


@cached
def _choices(shouted: bool) -> tuple[Array, Array]:
    """The cost of each page, and that of each column of `_columns` for a word in its language, one of the page's many."""
    held = _columns(shouted)
    own = np.array([prior(codec) for codec in page_names()], np.float32)
    sizes = np.bincount(held.pages)
    return own, held.priors + (np.log(sizes) - own)[held.pages].astype(np.float32)


@cached
def _wide_table() -> tuple[Array, Array]:
    """The rows that are considered for multi-byte encodings, and what each character costs in them: any, and only if it is wide."""
    rows = np.array([ROWS.index(code) for code in (*WIDE, "en", "ru")])
    costs = load().costs_of(tuple(rows.tolist()))
    points = np.arange(BEYOND, dtype=np.uint32)
    wide = np.zeros((len(costs), 1), bool)
    wide[load().places(points[are_wide(points)])] = True
    return rows, np.stack([costs, costs * wide], axis=1)


def text_cost(text: str, codec: str, languages: Array) -> tuple[float, float]:
    """Nats of `text`, read by `codec`, over all languages together, `languages` and the prior included; and how many of
    those in the likeliest language are for wide characters.
    """
    if codec in MULTI_BYTE:
        return wide_costs({codec: text}, languages)[codec]
    points = code_points(text)
    costs = load().costs(points)
    whole = costs.sum(axis=0) + languages + _priors(codec)
    wide = costs[are_wide(points), int(whole.argmin())].sum()
    return float(total(whole)), float(wide)


def wide_costs(texts: dict[str, str], languages: Array) -> dict[str, tuple[float, float]]:
    """The same for several `texts`, by the multi-byte encoding that reads each."""
    if not texts:
        return {}
    rows, _ = _wide_table()
    costs = _sums(list(texts.values()))
    whole = costs[:, 0] + languages[rows] + np.array([_priors(codec)[rows] for codec in texts])
    wide = costs[np.arange(len(texts)), 1, whole.argmin(axis=1)]
    return dict(zip(texts, zip(total(whole).tolist(), wide.tolist(), strict=True), strict=True))


def _sums(texts: list[str]) -> Array:
    """What each of `texts` costs in `_wide_table`; float32, text × 2 × row."""
    places = load().places(code_points("\n".join([*texts, ""])))  # a line end costs nothing
    starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    return np.add.reduceat(_wide_table()[1].take(places, axis=0), starts)


def costs_in_utf8(sample: bytes) -> Array:
    """Nats of each of `ROWS` by the plain letters of `sample`, as `language_costs`, and by its characters in UTF-8."""
    points = code_points(sample.decode("utf-8", "ignore"))
    costs: Array = load().costs(points[points >= 0x80]).sum(axis=0) + language_costs(sample)
    return costs


def dearest(text: str, languages: Array) -> float:
    """Nats of the character above 0x7F in `text` that is rarest in the likeliest language; 0 where there is none. `languages` are
    nats of each of `ROWS` by what stands around it.
    """
    points = code_points(text)
    costs = load().costs(points)
    row = int((costs.sum(axis=0) + languages).argmin())
    return float(costs[points >= 0x80, row].max(initial=0.0))


AT_ONCE = 1024
"""Lines that are counted at once: 2 MB; a quarter of a megabyte of lines of two bytes took 270 before."""


def high_costs(lines: list[bytes], codec: str, shouted: bool) -> Array:
    """Nats of the letters of each line in page `codec`, in the language of its region that fits the line best; float32."""
    table = _columns(shouted).of(codec)
    parts = [_of_each(lines[start : start + AT_ONCE], table).min(axis=1) for start in range(0, len(lines), AT_ONCE)]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def _of_each(parts: list[bytes], table: Array) -> Array:
    """What the bytes of each of `parts` cost in each column of `table`, byte × column; float32, part × column."""
    joined = np.frombuffer(b"".join(parts), np.uint8)
    place = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    counts = np.bincount(place * 256 + joined, minlength=256 * len(parts)).reshape(-1, 256)
    used = np.flatnonzero(counts.any(axis=0))
    # No product of matrices: its threads cost more than they save, and far more where other processes are at work.
    costs: Array = np.einsum("pb,bc->pc", counts[:, used].astype(np.float32), table[used])
    return costs


def text_costs(texts: list[str]) -> Array:
    """Nats of the letters of each text, read by a multi-byte encoding, in the language that fits it best; float32."""
    return _sums(texts)[:, 0].min(axis=1)
