"""Statistics: which legacy encoding gives the best text?

A cascade. Structure first: a multi-byte encoding must be able to read the bytes. Then the letters (`pages`): all code
pages at once, and the multi-byte readings by their characters. Only readings that are close to the best by their letters
are shown to the character model, which knows which characters follow each other. Only distinct words that hold foreign
bytes (above 0x7F) are compared, since all readings agree on the rest, and a repeated word says nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from cleaner.arrays import Array
from cleaner.decoding.candidates import EXOTIC, MULTI_BYTE, SINGLE_BYTE, prior, writes_latin
from cleaner.decoding.context import EncodingContext
from cleaner.decoding.drawn import NO_SIGN
from cleaner.decoding.pages import (
    in_many_languages,
    language_costs,
    markup_as_spaces,
    page_costs,
    page_names,
    plain_costs,
    text_cost,
    wide_costs,
    with_strangers,
)
from cleaner.decoding.sampling import Sample
from cleaner.decoding.signs import (
    ALONE,
    LETTER,
    SIGN,
    Signs,
    is_sparse,
    signs_of,
    stand_alone,
    wide_stand_alone,
)
from cleaner.decoding.words import HIGH, NO_LETTERS, PLAIN, foreign_words, lists_of_letters
from cleaner.memory import cached
from cleaner.models.encodings import page
from cleaner.models.letters import are_wide

WORDS, MORE_WORDS = 360, 1000
"""Bytes of words that the character model is asked about first, and where these leave doubt."""
CLEAR = 15.0
"""Nats between the two best readings from which no more words are needed."""
CLOSE, CLOSE_BYTE = 14.0, 0.1
"""Nats that a reading may be behind the best by its letters, and what each byte of words adds. Of 10,400 texts in 62 encodings,
the right reading is further behind in one of 500."""
FEW = 3
"""Number of foreign words up to which letters of another language can't put a wrong reading so far ahead that the right
one is not close."""
SEQUENCE = 0.8
"""Weight of the character model beside the letters; .5 to 1 differ by less than 0.2 points."""
INSIDE = 3.0
"""Nats for a sign inside a word, where none belongs; an apostrophe, a hyphen and a middle dot may stand there."""
BROKEN = 15.0
"""Nats for a byte that a multi-byte encoding can't read."""
BROKEN_SHARE = 50
"""A multi-byte reading may have one broken byte in so many foreign ones."""
STRUCTURE = 1 << 12
"""Bytes that a multi-byte encoding must be able to read to be asked about; the whole is read by the one that wins."""
SEARCHED = 1 << 20
TELLING, NEAR = 100, 40
WORD_END = re.compile(rb"[\x00-\x2f]")
"""Pages that read the sampled words alike are told apart by other words: how many bytes are searched, at how many
places words are taken, and how many bytes on both sides of each. With TELLING and NEAR halved and doubled, as many
files are right."""
INSIDE_SIGN = r"[“”„‚«»…§©®°¿¡†‡•‹›€£×÷¤¦¨¬¯´¶¸¹²³¼½¾\u2500-\u25ff]"
IN_WORD = re.compile(f"{INSIDE_SIGN}(?<={LETTER}.){INSIDE_SIGN}*+(?={LETTER})")
"""A sign inside a word. The pattern begins with the signs, which are found ten times as fast as letters."""
WIDE_IN_WORD = re.compile(r"(?<=[A-Za-z])[\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef](?=[A-Za-z])")
"""One character of Chinese, Japanese or Korean inside a word of plain letters: `Gab桧kovo`."""
HAS_ALIKE = re.compile("[șțȘȚ〜‾¤]")
ALIKE = str.maketrans("șțȘȚ〜‾¤", "şţŞŢ～~€")
"""Characters that look alike and differ between encodings: they are made the same before the model, which knows one of
them better, is asked."""
HEBREW = re.compile("[\u05d0-\u05ea]")
"""Old terminals and web pages store it in visual order, from the end of a line to its beginning. Of 361 such texts in three
pages 71 % are right, 95 % where sequences are looked at in both directions; of 239 in logical order and 1,182 in Cyrillic
or Greek as many."""
SUPERSETS = {"shift_jis_2004": "cp932", "euc_jis_2004": "euc_jp"}
"""Encodings that are asked only where the common one can't read the bytes."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One encoding that fits, and its score in nats, higher is better; `context` is the neighbours' part of it."""

    codec: str
    score: float
    context: float = 0.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What readings are ranked by: the sample, and what is known besides."""

    sample: Sample
    lists: bytes
    """Words that list letters."""
    languages: Array
    """Nats of each language; in a second row, unless words are few or the candidates given, those where another
    language than that of the plain letters is paid for word by word."""
    context: EncodingContext
    allowed: Sequence[str] | None
    damaged: Array | None
    """Nats for each byte that is no UTF-8; None where UTF-8 is not asked about."""


@dataclass(slots=True)
class _Text:
    """A reading on its way through the cascade; `cost` in nats, lower is better."""

    codec: str
    text: str
    cost: float
    wide: float = 0.0
    native: bool = False
    """Whether `_native` keeps it, though its letters are not close to the best."""


def rank_with_utf8(
    data: bytes, context: EncodingContext | None, damaged: Array, languages: Array | None = None
) -> list[Ranked]:
    """Encodings that can read `data`, best first, and UTF-8 among them: its broken bytes are left out, and each costs what
    `damaged` says (nats of the 256).

    `languages` (nats of each of `letters.ROWS`) are those of the text around words.
    """
    return rank(Sample.of(data), context, damaged=damaged, languages=languages)


def utf8_before(data: bytes, codec: str, damaged: Array) -> float:
    """Nats by which UTF-8 reads the letters of `data` better than `codec` does, where `codec` is not close enough to be
    ranked.
    """
    words = b"\n".join(dict.fromkeys(foreign_words(markup_as_spaces(data))))[:MORE_WORDS]
    languages = language_costs(data)
    cost = text_cost(words.decode(codec, "replace"), codec, languages)[0]
    return max(close_to(len(words)), cost - _as_utf8(words, languages, damaged).cost)


def rank(
    sample: Sample,
    context: EncodingContext | None = None,
    allowed: Sequence[str] | None = None,
    *,
    damaged: Array | None = None,
    languages: Array | None = None,
) -> list[Ranked]:
    """Encodings that can read what `sample` is of, best first.

    `context` lowers the cost of encodings that neighbours are in; `allowed` are the only candidates, where it is given.
    `damaged` and `languages` are those of `rank_with_utf8`.
    """
    words, lists = sample.words or (sample.bare,), b""
    if damaged is None and sample.lists:
        words = tuple(word for word in words if word not in sample.lists)
        lists = b"\n".join(word for word in sample.words if word in sample.lists)[:MORE_WORDS]
    foreign = b"\n".join(words)[:MORE_WORDS]
    if languages is None:
        several = len(words) > FEW and allowed is None and damaged is None
        languages = with_strangers(plain_costs(sample.bare), [1, len(words)] if several else [1])
    asked = _Asked(sample, lists, np.atleast_2d(languages), context or EncodingContext(), allowed, damaged)
    near = _near(asked, foreign)
    telling = _telling_words(sample.data, near, foreign + sample.drawn) if foreign else b""
    if telling:
        near = _near(asked, (telling + b"\n" + foreign)[:MORE_WORDS])
    found = [Ranked(reading.codec, -reading.cost, asked.context.bonus(reading.codec)) for reading in near]
    return sorted(found, key=lambda row: (-row.score, prior(row.codec), row.codec))


def _near(asked: _Asked, foreign: bytes) -> list[_Text]:
    """The readings of the words `foreign` that are close to the best, with the costs of their letters and of their
    sequences.

    Words that list letters count by their letters only.
    """
    readings = _by_letters(asked, foreign)
    if not readings:
        return []
    best = min(reading.cost for reading in readings)
    near = [reading for reading in readings if reading.native or reading.cost < best + close_to(len(foreign))]
    for reading in near:
        if reading.codec in MULTI_BYTE:
            reading.text = _unified(reading.text)
        if asked.sample.shouted:
            reading.text = reading.text.lower()
    if len({reading.text for reading in near}) > 1:
        signs = signs_of(asked.sample.bare, asked.sample.drawn) if is_sparse(foreign) else None
        _by_sequence(near, foreign, signs)
    return near


def _telling_words(data: bytes, near: list[_Text], seen: bytes) -> bytes:
    """Words of `data` with bytes not yet `seen` that tell the best of `near` from the pages that give the same text; ""
    where there are none.

    A long text in iso8859-7 may have its first `Ά`, which is another byte in cp1253, far from the sampled places.
    """
    searched = data[:SEARCHED]
    unseen = set(searched.translate(None, PLAIN + seen))
    if not unseen:
        return b""
    pages = [page(codec) for codec in _same_text(near)]
    held = bytes(byte for byte in unseen if len({meanings[byte] for meanings in pages}) > 1)
    if not held:
        return b""
    found, until = [], 0
    for match in islice(re.compile(b"[%s]" % re.escape(held)).finditer(searched), TELLING):
        at = match.start()
        if at < until:
            continue
        before = WORD_END.split(searched[max(until, at - NEAR) : at])[-1]
        after = WORD_END.split(searched[at : at + NEAR], maxsplit=1)[0]
        until = at + len(after)
        # A sign alone, `©`, says nothing: some page has a letter there.
        if len((before + after).translate(None, NO_LETTERS)) > 2:
            found.append(before + after)
    lists = set(lists_of_letters(found))
    return b"\n".join(word for word in dict.fromkeys(found) if word not in lists)[:WORDS]


def _same_text(near: list[_Text]) -> list[str]:
    """The single-byte pages that give the text of the best of `near`."""
    best = min(near, key=lambda reading: reading.cost, default=None)
    return [reading.codec for reading in near if best and reading.codec in SINGLE_BYTE and reading.text == best.text]


def _by_letters(asked: _Asked, foreign: bytes) -> list[_Text]:
    """All readings of the words `foreign` with what their letters cost; pages that are far behind are left out."""
    allowed, bonus, drawn = asked.allowed, asked.context.bonus, asked.sample.drawn
    readings = _wide_readings(asked, foreign)
    if asked.damaged is not None:
        readings.append(_as_utf8(foreign, asked.languages[0], asked.damaged))
    for reading in readings:
        reading.cost += NO_SIGN * len(drawn) - bonus(reading.codec)
    costs, *strangers = page_costs(foreign, asked.languages, asked.lists, drawn, shouted=asked.sample.shouted)
    wide = min((reading.cost for reading in readings), default=np.inf)
    close = close_to(len(foreign))
    if costs.min() < wide + close:
        costs = in_many_languages(foreign, costs, asked.languages[0], shouted=asked.sample.shouted)
    if is_sparse(foreign) and stand_alone(foreign):
        costs = costs + ALONE * _other_letters()[:, list(foreign.translate(None, PLAIN))].any(axis=1)
    if asked.context:
        costs = costs - np.array([bonus(codec) for codec in page_names()])
    limit = min(float(costs.min()), wide) + close if allowed is None else np.inf
    native = _native(strangers[0], close) if strangers else np.zeros(len(costs), bool)
    for number in np.flatnonzero((costs < limit) | native).tolist():
        codec = page_names()[number]
        if allowed is None or codec in allowed:
            text, cost = foreign.decode(codec, "replace"), float(costs[number])
            cost += INSIDE * len(IN_WORD.findall(text))
            readings.append(_Text(codec, _unified(text), cost, native=bool(native[number])))
    return readings


def _native(costs: Array, close: float) -> Array:
    """Which of `page_names()` are close in a language that the plain letters speak for, bool. `costs` are those of all
    pages where another language is paid for word by word.

    A letter of another language costs less than a sign: the quotation marks of 30 English sentences in `mac_roman` were
    Lithuanian letters in `cp775`, and the character model was never shown another reading. Of 1,920 texts with such
    marks in English, Dutch, Basque and Indonesian 1,101 were right without this, 1,895 with it.
    """
    return (costs < costs.min() + close) & _usual()


@cached
def _other_letters() -> Array:
    """Which bytes are letters in those of `page_names()` that were made for other scripts than Latin, bool; page × byte."""
    return np.array([[not writes_latin(codec) and char.isalpha() for char in page(codec)] for codec in page_names()])


@cached
def _usual() -> Array:
    """Which of `page_names()` are not `EXOTIC`, bool."""
    return np.array([prior(codec) < EXOTIC for codec in page_names()])


def close_to(size: int) -> float:
    """Nats behind the best within which a reading is ranked, for `size` bytes of words with foreign bytes."""
    return CLOSE + CLOSE_BYTE * min(size, MORE_WORDS)


def _wide_readings(asked: _Asked, foreign: bytes) -> list[_Text]:
    """The readings of the multi-byte encodings that can read the bytes."""
    structure = asked.sample.data[:STRUCTURE]
    able: dict[str, int] = {}
    for codec in MULTI_BYTE:
        if SUPERSETS.get(codec) not in able and (asked.allowed is None or codec in asked.allowed):
            broken = _broken(structure, codec)
            if broken is not None:
                able[codec] = broken
    texts = {codec: foreign.decode(codec, "replace") for codec in able}
    wholes = texts
    if asked.lists:
        wholes = {codec: f"{text}\n{asked.lists.decode(codec, 'replace')}" for codec, text in texts.items()}
    if asked.sample.shouted:
        wholes = {codec: whole.lower() for codec, whole in wholes.items()}
    found, readings = wide_costs(wholes, asked.languages[0]), []
    sparse = is_sparse(foreign)
    for codec, (cost, wide) in found.items():
        more = INSIDE * len(WIDE_IN_WORD.findall(texts[codec])) + BROKEN * able[codec]
        if sparse and wide_stand_alone(texts[codec]):
            more += ALONE
        readings.append(_Text(codec, texts[codec], cost + more, wide))
    return readings


def _as_utf8(foreign: bytes, languages: Array, damaged: Array) -> _Text:
    """The reading as UTF-8, without the bytes that are not UTF-8."""
    text = foreign.decode("utf-8", "ignore")
    lost = [ord(char) & 0xFF for char in foreign.decode("utf-8", "surrogateescape") if "\ud800" <= char <= "\udfff"]
    cost, wide = text_cost(text, "utf-8", languages)
    return _Text("utf-8", _unified(text), cost + float(damaged[lost].sum()), wide)


def _unified(text: str) -> str:
    """`text` with one of each two characters in `ALIKE`."""
    return text.translate(ALIKE) if HAS_ALIKE.search(text) else text


def _broken(data: bytes, codec: str) -> int | None:
    """How many bytes of `data` the multi-byte `codec` can't read, but for a last character that is cut off; None where
    there are too many.
    """
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:
            return 0
        if error.start < len(data) // 4 and error.start < 400:
            return None  # so early that it is not worth counting
    else:
        return 0
    broken = data.decode(codec, "replace").count("\ufffd")
    high = len(data) - len(data.translate(None, HIGH))
    return broken if broken * BROKEN_SHARE <= high else None


def _by_sequence(readings: list[_Text], foreign: bytes, signs: Signs | None) -> None:
    """Adds the costs of their sequences of characters to `readings`: by the first words, in doubt by more."""
    whole = {reading.codec: reading.text for reading in readings}
    letters = {reading.codec: reading.cost for reading in readings}
    share = 1.0
    if len(foreign) > WORDS + 200:
        share = WORDS / len(foreign)
        for reading in readings:
            reading.text = reading.text[: int(len(reading.text) * share)]
    _add_sequence(readings, share, signs)
    if share < 1 and not _clear(readings):
        for reading in readings:
            reading.text, reading.cost = whole[reading.codec], letters[reading.codec]
        _add_sequence(readings, 1.0, signs)


def _clear(readings: list[_Text]) -> bool:
    best = min(readings, key=lambda reading: reading.cost)
    return all(reading.cost > best.cost + CLEAR for reading in readings if reading.text != best.text)


def _add_sequence(readings: list[_Text], share: float, signs: Signs | None) -> None:
    texts = sorted({reading.text for reading in readings})
    found = dict(zip(texts, sequence_costs(texts, signs).tolist(), strict=True))
    for reading in readings:
        reading.cost += found[reading.text] + SEQUENCE * share * reading.wide


def sequence_costs(texts: list[str], signs: Signs | None = None) -> Array:
    """Weighted nats of the sequences of characters of each text; float64.

    Chinese and Japanese characters cost nothing here, since the model knows too little of them: their cost by
    themselves stands in for it. Nor does the model know the signs that `signs` finds, in texts without other foreign
    characters.
    """
    from cleaner.models.characters import load

    hebrew = [number for number, text in enumerate(texts) if HEBREW.search(text)]
    turned = [texts[number][::-1] for number in hebrew]
    costs = -SEQUENCE * load().log_likelihoods([*texts, *turned], are_wide, signs, SIGN)
    costs[hebrew] = np.minimum(costs[hebrew], costs[len(texts) :])
    return costs[: len(texts)]
