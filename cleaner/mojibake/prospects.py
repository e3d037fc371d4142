"""Tests the words that make a line suspicious one by one: can a mix-up of two single-byte pages have made this one?

Searching a line costs half a millisecond, and most clean lines that look suspicious do so for one word: a rare name, an old
spelling, a language that the tables lack. Trying all readings of one word costs a tenth of that, and the answer is kept. Only where
a reading of the word is better text, the same mix-up is tried on the whole line; if the line gets better too, it is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from cleaner.memory import cached_last
from cleaner.models.gate import SPEAKING

LIKELIER, NEARLY = 3.0, -3.0
"""Nats by which a reading must be likelier than the word as it stands; less is enough where the reading is a listed word. Of 461
garbled lines that single words tell, the one with the least has 3.4; where that reading is listed, -0.9. Of 67 clean lines 25 have
neither."""
SHORTEST = 3
"""Letters from which a listed word is right for that alone."""
MANY = 6
"""Most suspicious pairs of a line whose words are tested one by one; a line with more is searched at once: 2 of 63
clean lines have more, 5,913 of 7,722 garbled."""
LONGEST = 40
"""Most letters of a word that is tested alone: all readings of an endless row would be long too."""
HELD = 4_096
"""Words whose answer is cached."""
LINES_HELD = 256
"""Lines whose answer is cached: the same line is asked about at a glance, before the search and after it, and in other files."""
LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]")
BEYOND = re.compile("[^\x00-\x7f]")
TOGETHER = re.compile("[^\x00-\x7f]{2}")
"""What may be UTF-8, or a character of two bytes."""


def words_of_pairs(line: str, data: bytes) -> set[str | None]:
    """The words of `line` that hold suspicious pairs (`data`: a weight for each pair, of `models.gate`); None among them stands for
    a place that `_word_at` takes for no word.
    """
    speaking = data.translate(SPEAKING)
    if len(data) != len(line) + 1 or speaking.count(1) > MANY:
        return {None}
    found: set[str | None] = set()
    at = speaking.find(1)
    while at >= 0:
        found.update(_word_at(line, place) for place in (at - 1, at) if line[place : place + 1] > "\x7f")
        at = speaking.find(1, at + 1)
    return found


def words_at(text: str, starts: Iterable[int]) -> set[str | None]:
    """The words of `text` around the first letter beyond ASCII after each of `starts`; None as in `words_of_pairs`."""
    return {_word_at(text, match.start()) for start in starts if (match := BEYOND.search(text, start))}


def _word_at(text: str, place: int) -> str | None:
    """The word of two to LONGEST Latin letters around `place`; None where there is none, or neighbours are both beyond ASCII."""
    if not LATIN.match(text, place):
        return None
    start = end = place
    while start and end - start <= LONGEST and LATIN.match(text, start - 1):
        start -= 1
    while end - start <= LONGEST and LATIN.match(text, end):
        end += 1
    if not 2 <= end - start <= LONGEST or TOGETHER.search(text, max(0, start - 1), end + 1):
        return None
    return text[start:end]


def any_prospect(line: str, words: Iterable[str | None]) -> bool:
    """Whether one of `words` of `line` can be a garbled one.

    None, and a word with a capital inside, count as such without a look: UTF-8 whose second byte was lost leaves a capital (`sÃ`).
    """
    return any(word is None or not _is_tidy(word) or _is_borne_out(line, word) for word in words)


def _is_tidy(word: str) -> bool:
    return word.islower() or word.isupper() or word[1:].islower()


@cached_last(HELD)
def _turned(word: str) -> tuple[str, ...]:
    """What the letters of `word` become in readings that are likelier, or are listed words and nearly as likely."""
    from cleaner.mojibake.accidents.pages import before_mix_ups
    from cleaner.mojibake.readings.evidence import likelihoods

    if len(word) >= SHORTEST and _is_listed(word):
        return ()
    letters = _letters(word)
    turned = before_mix_ups(letters)
    readings = [word.translate(str.maketrans(letters, others)) for others in turned]
    own, *scores = likelihoods([f" {reading} " for reading in (word, *readings)])
    gains = [score - own for score in scores]
    return tuple(
        others
        for others, reading, gain in zip(turned, readings, gains, strict=True)
        if gain > LIKELIER or (gain > NEARLY and _is_listed(reading))
    )


@cached_last(LINES_HELD)
def _is_borne_out(line: str, word: str) -> bool:
    """Whether a mix-up that improves `word` improves the words of `line` too."""
    from cleaner.mojibake.accidents.pages import undone
    from cleaner.mojibake.readings.judging import any_wins
    from cleaner.mojibake.readings.sampling import sample_of

    turned = _turned(word)
    if not turned:
        return False
    sample = sample_of(line)
    return any_wins(line, sample, undone(sample, _letters(word), turned))


def _letters(word: str) -> str:
    return "".join(sorted(set(BEYOND.findall(word))))


def _is_listed(word: str) -> bool:
    from cleaner.mojibake.words.lexicon import is_listed

    return is_listed("latin", normalize("NFC", word.lower()))
