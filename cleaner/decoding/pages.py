"""Code pages by their letters: which pages can the high bytes of a sample be in, and in which language?

A naive Bayes model over languages. The plain letters of a sample say which languages are likely; each page turns the high
bytes into characters, and each language of the page's region says what those cost. One table holds the cost of every byte
in every page and language, so that all pages are compared in one multiplication. What characters follow each other is not
asked here.
"""

from __future__ import annotations

import re

import numpy as np

from cleaner.arrays import Array, code_points
from cleaner.decoding.candidates import ALSO, MULTI_BYTE, SINGLE_BYTE, foreign, prior, regions
from cleaner.decoding.drawn import cost_of_drawing
from cleaner.decoding.words import NO_LETTERS
from cleaner.letting_go import cached
from cleaner.models.encodings import page
from cleaner.models.letters import FOLD, KINDS, ROWS, WIDE, are_wide, load

MARKUP = re.compile(rb"<!\[CDATA\[|<[^<>\n\r\x80-\xff]*>|&[#\w]+;|https?:[!#-;=?-~]*")
"""Within a line, so that lines keep their places."""
PLAIN = 0.5
"""Weight of the plain letters' word on the language: pairs of letters are no independent witnesses."""
STRANGER = 0.001
"""Share of high bytes that belong to another language than the plain letters: names, titles, quotations."""
UNDEFINED = 24.0
"""Nats for a byte that a page has no character for."""
AGAIN, SPACE = 6.0, 2.0
"""Nats for a high byte that means a sign of ASCII, or the space, as in the Mac's Arabic pages."""
WRITTEN, LISTED = 10.0, 4.5
"""Nats up to which a page's region writes a letter, and what each such letter costs in a list of letters. Of 1,895 files and
pieces that people wrote one fewer is right with LISTED halved and two more with it doubled, 31 fewer with WRITTEN halved and three
more with it doubled."""
UTF8 = -4.0
"""UTF-8 is more common than all legacy encodings together."""
CAPITALS, SMALL_LETTERS = bytes(range(0x41, 0x5B)), bytes(range(0x61, 0x7B))
FEW_CAPITALS, SHOUTED_SHARE = 6, 0.1
"""Plain capitals that a text in capitals has at the least, and small letters for one of them that it has at the most. Without
this 249 of 10,400 texts fewer are right, 2,433 of them in capitals; with 12 capitals 17, with 3 one; half
and twice the share change none."""
SMALL = 4.0
"""Nats for a small foreign letter in such a text: of 2,433 texts in capitals five fewer are right with 2, four more with 8."""
EVERYWHERE = ("en", "de", "fr", "es")
"""Languages that are quoted in texts of all others, so that each page is asked about them, at the cost of a foreign one."""


@cached
def page_names() -> tuple[str, ...]:
    """The single-byte pages that this Python has, in the order of the tables."""
    return tuple(codec for codec in SINGLE_BYTE if page(codec))


def _rows_of(codec: str) -> list[int]:
    """The rows of the languages that `codec` is asked about."""
    wanted = regions(codec) | set(EVERYWHERE) | set(ALSO.get(codec, "").split())
    return [number for number, row in enumerate(ROWS) if row.split()[0] in wanted]


@cached
def _columns(shouted: bool) -> tuple[Array, Array, Array, Array]:
    """For each page and language that is asked about: the cost of the 128 high bytes (float32, 128 × columns), the row, the
    prior; and the first column of each page. Of a text in capitals, each costs what its small letter does, and small letters more.
    """
    names = page_names()
    meanings = [(page(codec) or ())[0x80:] for codec in names]
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
    table = np.concatenate([costs[number][:, own] for number, own in enumerate(rows)], axis=1)
    priors = np.concatenate([_priors(codec)[own] for codec, own in zip(names, rows, strict=True)])
    starts = np.cumsum([0, *(len(own) for own in rows[:-1])])
    return np.ascontiguousarray(table), np.concatenate(rows), priors, starts


def _small(character: str) -> int:
    """The code point of the small letter of `character`; of the character itself where that is none, 0 for none."""
    small = character.lower()
    return ord(small) if len(small) == 1 else ord(character or "\0")


@cached
def _priors(codec: str) -> Array:
    """Cost of `codec` for each row, float32 nats."""
    if codec == "utf-8":
        return np.full(len(ROWS), UTF8, np.float32)
    made_for = regions(codec)
    return np.array([prior(codec) + foreign(codec) * (code.split()[0] not in made_for) for code in ROWS], np.float32)


@cached
def _plain(shouted: bool) -> Array:
    """Nats of each byte below 0x80 in each row: letters only."""
    costs = load().costs(np.arange(128, dtype=np.uint32))
    if shouted:
        costs[0x41:0x5B] = np.minimum(costs[0x41:0x5B], costs[0x61:0x7B])
    return costs


def is_shouted(sample: bytes) -> bool:
    """Whether `sample` is in capitals: two in three of its letters are plain ones, and these are capitals but for a few."""
    others = len(sample.translate(None, NO_LETTERS + CAPITALS))
    small = others - len(sample.translate(None, NO_LETTERS + CAPITALS + SMALL_LETTERS))
    capitals = len(sample.translate(None, NO_LETTERS)) - others
    return capitals >= max(FEW_CAPITALS, 2 * (others - small)) and small < SHOUTED_SHARE * capitals


def without_markup(sample: bytes) -> bytes:
    """`sample` with a space for each tag, entity and address of a page: their letters are of no language."""
    return MARKUP.sub(b" ", sample) if b"<" in sample or b"&" in sample or b"http" in sample else sample


def _weighted(counts: Array, table: Array) -> Array:
    """Sum of the lines of `table`, each so many times as `counts` says; without threads, which small sums don't pay for."""
    held = np.flatnonzero(counts)
    return np.einsum("i,ij->j", counts[held].astype(np.float32), table[held])


def total(costs: Array) -> float:
    """Nats over all languages together."""
    least = costs.min()
    return float(least - np.log(np.exp(least - costs).sum()))


def language_costs(sample: bytes) -> Array:
    """Nats of each of `ROWS` by the plain letters of `sample`, a stranger's cost at the most; float32."""
    return with_strangers(plain_costs(sample))


def plain_costs(sample: bytes) -> Array:
    """Nats of the plain letters of `sample` in each of `ROWS`."""
    folded = FOLD[np.frombuffer(sample, np.uint8)].astype(np.intp)
    counts = np.bincount(folded[:-1] * KINDS + folded[1:], minlength=KINDS * KINDS)
    counts[0] = 0
    return PLAIN * _weighted(counts, load().pairs)


def with_strangers(costs: Array, words: int = 1) -> Array:
    """Nats of each of `ROWS` from those of `plain_costs`, at the most a stranger's cost for each of so many words; float32."""
    native = costs - total(costs) - np.log1p(-STRANGER)
    stranger = np.log(len(ROWS)) - words * np.log(STRANGER)
    return -np.logaddexp(-native, -stranger).astype(np.float32)


@cached
def _listed() -> Array:
    """The first of `_columns` where letters are listed: those that a language of the page's region writes cost the same."""
    table, _, _, starts = _columns(False)
    written = np.minimum.reduceat(table, starts, axis=1) < WRITTEN
    return np.where(np.repeat(written, np.diff(starts, append=table.shape[1]), axis=1), LISTED, table)


@cached
def _drawing() -> Array:
    """What each of the 128 high bytes costs in each of `page_names()` where it draws; float32."""
    return np.array([[cost_of_drawing(c) for c in (page(codec) or ())[0x80:]] for codec in page_names()], np.float32).T


def page_costs(
    sample: bytes, languages: Array, lists: bytes = b"", drawn: bytes = b"", *, shouted: bool = False
) -> Array:
    """Nats of `sample` in each of `page_names()` over all languages together, `languages` and priors in it; `lists` are letters
    that stand there to be listed, so that only what they are counts; `drawn` are the bytes that draw (`drawn.py`).
    """
    table, rows, priors, starts = _columns(shouted)
    counts = np.bincount(np.frombuffer(sample, np.uint8), minlength=256)
    languages = languages + _weighted(counts[:128], _plain(shouted))
    costs = _weighted(counts[128:], table) + priors + languages[rows]
    if lists:
        costs += _weighted(np.bincount(np.frombuffer(lists, np.uint8), minlength=256)[128:], _listed())
    least = np.minimum.reduceat(costs, starts)
    behind = np.repeat(least, np.diff(starts, append=len(costs))) - costs
    whole = least - np.log(np.add.reduceat(np.exp(behind), starts))
    return whole + _drawing()[[byte - 0x80 for byte in drawn]].sum(axis=0) if drawn else whole


@cached
def _wide_table() -> tuple[Array, Array]:
    """The rows that multi-byte encodings are asked about, and the cost of all places in them."""
    rows = np.array([ROWS.index(code) for code in (*WIDE, "en", "ru")])
    return rows, load().costs_of(tuple(rows.tolist()))


def text_cost(text: str, codec: str, languages: Array) -> tuple[float, float]:
    """Nats of `text`, read by `codec`, over all languages together, `languages` and the prior in it; and how many of the
    likeliest language's are for wide characters.
    """
    points = code_points(text)
    if codec in MULTI_BYTE:
        rows, table = _wide_table()
        costs = table[load().places(points)]
        languages, priors = languages[rows], _priors(codec)[rows]
    else:
        costs, priors = load().costs(points), _priors(codec)
    whole = costs.sum(axis=0) + languages + priors
    wide = costs[are_wide(points), int(whole.argmin())].sum()
    return total(whole), float(wide)


def dearest(text: str, languages: Array) -> float:
    """Nats of the character above 0x7F of `text` that the likeliest language writes least; 0 where there is none."""
    points = code_points(text)
    costs = load().costs(points)
    row = int((costs.sum(axis=0) + languages).argmin())
    return float(costs[points >= 0x80, row].max(initial=0.0))


def high_costs(lines: list[bytes], codec: str, shouted: bool) -> Array:
    """Nats of the letters of each line in page `codec`, in the language of its region that fits the line best; float32."""
    table, rows, _, starts = _columns(shouted)
    number = page_names().index(codec)
    columns = slice(starts[number], starts[number + 1] if number + 1 < len(starts) else None)
    whole = np.vstack([_plain(shouted)[:, rows[columns]], table[:, columns]])
    joined = np.frombuffer(b"".join(lines), np.uint8)
    place = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    counts = np.bincount(place * 256 + joined, minlength=256 * len(lines)).reshape(-1, 256)
    return np.einsum("lb,bc->lc", counts.astype(np.float32), whole).min(axis=1)


def text_costs(texts: list[str]) -> Array:
    """Nats of the letters of each text in the language that fits it best; float32."""
    points = code_points("".join(texts))
    rows, table = _wide_table()
    costs = table[load().places(points)]
    ends = np.cumsum([len(text) for text in texts])
    sums = np.vstack([np.zeros((1, len(rows)), np.float32), np.cumsum(costs, axis=0)])
    return (sums[ends] - sums[np.concatenate([[0], ends[:-1]])]).min(axis=1)
