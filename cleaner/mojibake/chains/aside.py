"""Sets right words of a line aside, so that they don't decide which mix-up of two pages garbled the others.

A page that can write all of a line, right words too, is seldom the one that its garbled words were read in: `καλά`
beside Japanese read as cp1252 leaves only pages that turn the latter into Cyrillic. So where the best chain for all of
a line does not explain its right words, those are set aside, the others are explained as a line of their own, and the
likelier of both texts is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from cleaner.mojibake.accidents.steps import BEYOND, SPACES, Explained, replays, undone
from cleaner.mojibake.readings.evidence import likelihoods
from cleaner.mojibake.readings.judging import WIDE
from cleaner.mojibake.strangeness import strangenesses
from cleaner.mojibake.words.listed import is_listed_word
from cleaner.mojibake.words.support import LETTERS, any_known

MARGIN = 10.0
"""Nats that words must gain where others of their line are right, since few lines are garbled in part. Of 5,840 short
texts that mix right and garbled words 5,571 become right and 20 wrong; with 5 it is 5,582 and 22, with 20 5,518 and 18.
With 6 one of 28,442 clean texts was changed."""
CLEARLY = 4.0
"""Nats by which a word that does not look garbled must become likelier to be changed with the others: with 2 as many become right,
with 8 three fewer."""

LETTER = re.compile("[^\\W\\d_\u02b0-\u02ff]")
"""A word of one letter, which says nothing by itself; spacing accents are not letters."""


def explain_aside(line: str, found: Explained | None, explain: Callable[[str], Explained | None]) -> Explained | None:
    """`found`, the best chain for all of `line`, or what `explain` says of its garbled words alone, where that is better text."""
    words = SPACES.split(line)
    places = [place for place, word in enumerate(words) if not word.isascii()]
    whole = SPACES.split(found.text) if found is not None else words
    if len(places) < 2 or len(whole) != len(words):
        return found
    if not any(
        _is_right(words[place]) and not (found is not None and _accounts_for(found, words[place], whole[place]))
        for place in places
    ):
        return found
    others = [place for place in places if not LETTER.fullmatch(words[place])]
    said = strangenesses([words[place] for place in others])
    strange = [place for place, nats in zip(others, said, strict=True) if nats > 0]
    # The lists are asked about few words: the others only where none of the strange ones is left.
    garbled = _not_right(words, strange) or _not_right(words, others)
    alone = _explained(words, garbled, explain) if garbled else None
    if alone is None or alone.gain <= MARGIN or not _is_likelier(words, alone, found, whole):
        return found
    alike = _scripts(words[at] for at in garbled) & _scripts(words[at] for at in places if at not in garbled)
    return found if alike and not _is_told(words, alone) else alone


def _scripts(words: Iterable[str]) -> set[str | None]:
    """The scripts of the letters of `words`, other than the Latin one, whose letters most mix-ups show."""
    from cleaner.mojibake.words.lexicon import script_of

    return {script_of(char) for word in words for char in BEYOND.findall(word)} - {None, "latin"}


def _not_right(words: list[str], places: Sequence[int]) -> list[int]:
    return [place for place in places if not _is_right(words[place])]


def _accounts_for(found: Explained, word: str, after: str) -> bool:
    """Whether the chain that was `found` accounts for the right `word`: it makes it another listed word, `after`, or
    leaves all its characters. Marks alone, which many pages leave, prove nothing.
    """
    if after != word:
        return is_listed_word(after)
    if not any(map(str.isalpha, BEYOND.findall(word))):
        return False
    return replays(word, word, found.steps)


def _explained(
    words: list[str], garbled: Sequence[int], explain: Callable[[str], Explained | None]
) -> Explained | None:
    """The line of `words` with those at the places `garbled` explained by themselves."""
    found = explain(" ".join([words[place] for place in garbled]))
    after = found.text.split(" ") if found is not None else []
    if found is None or len(after) != len(garbled):
        return None
    made = dict(zip(garbled, after, strict=True))
    turned = [word if word.isascii() else undone(word, found.steps) for word in words]
    others = [place for place, word in enumerate(words) if word != turned[place] and place not in made]
    now = [made.get(place, word) for place, word in enumerate(words)]
    asked = likelihoods([_beside(now, place, text[place]) for place in others for text in (words, turned)])
    for place, stood, turns in zip(others, asked[::2], asked[1::2], strict=True):
        if turns > stood + CLEARLY and (is_listed_word(turned[place]) or not is_listed_word(words[place])):
            made[place] = turned[place]
    text = "".join([made.get(place, word) for place, word in enumerate(words)])
    return replace(found, text=text, whole=False, sure=False)


def _beside(words: list[str], place: int, word: str) -> str:
    """`word` at `place` of `words`, which have spaces between them, with the words beside it."""
    return f" {words[place - 2] if place > 1 else ''} {word} {words[place + 2] if place + 2 < len(words) else ''} "


def _is_told(words: list[str], alone: Explained) -> bool:
    """Whether a word that `alone` changes becomes a listed one. A rare name (`Вольфґанґ`) among right words of its
    script is likelier than a mix-up.
    """
    after = SPACES.split(alone.text)
    turned = [new for old, new in zip(words, after, strict=False) if old != new]
    return len(after) == len(words) and any_known([word for part in turned for word in LETTERS.findall(part)])


def _is_likelier(words: list[str], alone: Explained, found: Explained | None, whole: list[str]) -> bool:
    """Whether `alone` is likelier text than `whole`, the words of what was `found`."""
    if found is None:
        return True
    after = SPACES.split(alone.text)
    if len(after) != len(words):
        return False
    pairs = [pair for pair in zip(after, whole, strict=True) if pair[0] != pair[1]]
    if not pairs:
        return False
    scores = likelihoods([f" {word} " for pair in pairs for word in pair])
    cost = sum(step.cost for step in alone.steps) - sum(step.cost for step in found.steps)
    return sum(scores[::2]) - sum(scores[1::2]) > cost


def _is_right(word: str) -> bool:
    """Whether `word` is right as it stands."""
    if WIDE.search(word) is not None:
        return strangenesses([word])[0] <= 0
    return is_listed_word(word)
