"""What the sentences of a story's tellings are about: their names, by sound, and their words, by stem, each with a weight.

A word weighs by how rare it is in its language and how rare it is in the story: neither `the` nor what everyone in the
story does all the time tells one event from another. Names of actors (in parentheses behind a name) tell none at all.
All words of a story stand in arrays.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, NamedTuple

from cleaner.overlap.sentences import Sentence, sentences_of, with_words_alone
from cleaner.overlap.stems import SHORTEST, stems_of
from cleaner.overlap.terms import name_keys

__all__ = ["FUNCTION_WORDS", "UNKNOWN", "Costs", "StoryTerms", "distinct", "story_terms"]

WORD = re.compile(r"[^\W\d_]+|\d{4}")
WORDS_ONLY = bytes(byte if byte >= 0x80 or chr(byte).isalnum() or byte == 0x0A else 0x20 for byte in range(256))
DIGITS, YEAR = re.compile(r"\d+"), 4
CAST = re.compile(r"\([^()\n]{3,60}\)")
ADJACENT = re.compile(r"([A-ZÀ-ÞА-ЯЁΑ-Ω](?<!\w.)[^\W\d_]+) (?=([A-ZÀ-ÞА-ЯЁΑ-Ω][^\W\d_]+))")
"""Two capitalised words. A search is fast that begins with one set of characters: a seventh of the time."""
CASED = re.compile(r"[a-zа-яёà-ÿα-ω]")
COMMON, SCALE, MOST = 6.2, 3.8, 1.2
"""Cost of a word in nats from which it says something, and how fast it says more: of a word with a cost of 11 and more
(one in 60,000) the weight in the story counts MOST times. Fitted on the pairs of the samples."""
UNKNOWN = 14.0
"""Cost of a word that a list of 40,000 does not have."""
NAME = 0.9
"""Factor on names: they say who, not what."""
CAST_WEIGHT = 0.3
PERSON = 2
"""Times that two names stand side by side from which they are the name and surname of one person."""
SENTENCES = 100
"""Sentences that a story is taken to have at least where words are weighed: among ten no word would be rare. A name must be
rare in the story as it is."""
LIMIT = 400
"""Sentences of a text that are aligned; what lies behind is left out."""
FUNCTION_WORDS = frozenset(
    WORD.findall("""
    about above across after afterwards again against almost alone along already also although always among and another
    any anyone anything anyway are around away back because before behind being below beneath beside besides between
    beyond both but can cannot could despite did didn does doesn doing don done down during each either else enough even
    ever every everyone everything except few for from further furthermore had has have having hence her here hers herself
    him himself his how however indeed instead into its itself just least less lot many may maybe meanwhile might mine
    more moreover most much must myself neither never nevertheless next none nor not nothing now nowhere off often once
    one only onto other others otherwise our ours out over own perhaps quite rather really same several shall she should
    since some someone something sometimes somewhere soon still such than that the their theirs them themselves then there
    thereafter therefore these they this those though through throughout thus till together too toward towards two under
    unless until upon upwards very via was wasn well were what whatever when whenever where whereas whereby wherein
    whereupon wherever whether which whichever while who whoever whole whom whose why will with within without would yet
    you your yours yourself
    """)
)
"""English words that only bind others together, some of them as rare as nouns. Other languages go by the cost alone."""

Costs = Callable[[Sequence[str], Sequence[str]], Sequence[float]]
"""How rare lower-case words are in a language, given the words and their stems: negative log-probabilities in nats."""
Array = Any


@dataclass(frozen=True, slots=True)
class StoryTerms:
    """The words of all tellings that say something, in their order: parallel arrays.

    Sentences, words and keys are known by number. A key is a name's sound, or a word's stem with its language.
    """

    tellings: Mapping[str, tuple[int, int]]
    """The documents, sorted, with the numbers of their first sentences and of those behind their last."""
    spans: tuple[Sentence, ...]
    """Of every sentence."""
    row: Array
    """The sentence of each word."""
    place: Array
    """How many words of its sentence stand before it."""
    word: Array
    key: Array
    words: tuple[str, ...]
    """As they are written."""
    keys: tuple[str, ...]
    """Those of names start with `~`."""
    weights: Array
    """Of each key."""
    names: Array
    """Whether each key is that of a name."""
    cast: Array
    """Whether it is that of an actor's name."""
    person: Array
    """A number for the person, equal for the names of one; another for each word."""


def story_terms(
    tellings: Mapping[str, str],
    languages: Mapping[str, str],
    costs: Mapping[str, Costs],
    sentences: Mapping[str, tuple[Sentence, ...]] | None = None,
) -> StoryTerms:
    """Terms of all `tellings` (id -> text); only words of one language are compared with each other, names with all.

    `sentences` are those of each text, where they are known already.
    """
    import numpy as np

    known = sentences or {}
    cut = {name: (known.get(text) or sentences_of(text))[:LIMIT] for name, text in sorted(tellings.items())}
    vocabulary: dict[str, int] = {}
    read = [_read(tellings[name], spans, vocabulary) for name, spans in cut.items()]
    borders = np.cumsum([0, *map(len, cut.values())]).tolist()
    telling = np.repeat(np.arange(len(cut)), [len(own) for _, _, own in read])
    row = np.concatenate([own + first for (own, _, _), first in zip(read, borders, strict=False)])
    place, word = (np.concatenate([columns[at] for columns in read]) for at in (1, 2))
    words = tuple(vocabulary)
    lower = [text.lower() for text in words]
    names = _names(place, word, words, lower, vocabulary)
    named = {number: text for number, text in enumerate(words) if lower[number] in names and text[0].isupper()}
    actors = _actors(tellings.values())
    beside = Counter(pair for text in tellings.values() for pair in ADJACENT.findall(text))
    all_names = list(dict.fromkeys(chain(named.values(), actors, chain.from_iterable(beside))))
    sounds = dict(zip(all_names, name_keys(all_names), strict=True))
    plain = [low for low in dict.fromkeys(lower) if len(low) >= SHORTEST and low not in FUNCTION_WORDS]
    stem_of = dict(zip(plain, stems_of(plain), strict=True))
    held = _Held(
        lower, [stem_of.get(low, "") for low in lower], {number: sounds[text] for number, text in named.items()}
    )
    keys: dict[str, int] = {}
    rare: dict[str, float] = {}
    key = np.full(len(word), -1)
    for language in sorted({languages[name] for name in cut}):
        own = [number for number, name in enumerate(cut) if languages[name] == language]
        mine = np.isin(telling, own)
        used = np.flatnonzero(np.bincount(word[mine], minlength=len(words))).tolist()
        price = costs[next(name for name in cut if languages[name] == language)]
        key[mine] = _resolved(used, held, language, price, keys, rare)[word[mine]]
    says = np.flatnonzero(key >= 0)
    row, place, word, key = row[says], place[says], word[says], key[says]
    cast, persons = {sounds[name] for name in actors}, _persons(beside, sounds)
    texts = tuple(keys)
    numbers: dict[str, int] = {}
    person = np.array([numbers.setdefault(persons.get(text, text), len(numbers)) for text in texts], np.int64)
    is_name, acting = (np.array([test(text) for text in texts], bool) for test in (_is_name, cast.__contains__))
    weights = _weights(row, key, borders[-1], [rare.get(text, 0.0) for text in texts], is_name, acting, person)
    rows = dict(zip(cut, pairwise(borders), strict=True))
    spans = tuple(span for own in cut.values() for span in own)
    return StoryTerms(rows, spans, row, place, word, key, words, texts, weights, is_name, acting, person)


def _read(text: str, sentences: Sequence[Sentence], vocabulary: dict[str, int]) -> tuple[Array, Array, Array]:
    """Of each word its sentence, how many stand before it there, and its number.

    Those in parentheses that may be actors are left out.
    """
    import numpy as np

    joined = "\n".join([text[start:end] for start, end in sentences])
    if "(" in joined:
        joined = CAST.sub(_blank, joined)
    plain = with_words_alone(DIGITS.sub(_years, joined), WORDS_ONLY)
    if plain is None:
        lines = [WORD.findall(line) for line in joined.split("\n")]
    else:
        lines = [line.split() for line in plain.decode().split("\n")]
    found = list(chain.from_iterable(lines))
    for written in dict.fromkeys(found):
        vocabulary.setdefault(written, len(vocabulary))
    sizes = np.array(list(map(len, lines)), np.int64)
    place = np.arange(len(found)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    word = np.fromiter(map(vocabulary.__getitem__, found), np.int64, len(found))
    return np.repeat(np.arange(len(lines)), sizes), place, word


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _years(match: re.Match[str]) -> str:
    """Four digits are a word each, such as a year; what is left of others is none."""
    digits = match[0]
    return f" {' '.join([digits[at : at + YEAR] for at in range(0, len(digits) - YEAR + 1, YEAR)])} "


def _names(
    place: Array, word: Array, words: Sequence[str], lower: Sequence[str], vocabulary: Mapping[str, int]
) -> frozenset[str]:
    """Words that are capitalised inside sentences, mostly; lower case."""
    import numpy as np

    times = np.bincount(word, minlength=len(words)).tolist()
    inside = np.bincount(word[place > 0], minlength=len(words)).tolist()
    upper: Counter[str] = Counter()
    for text, low, count in zip(words, lower, inside, strict=True):
        if count and text[0].isupper():
            upper[low] += count
    small = {low: times[vocabulary[low]] if low in vocabulary and CASED.match(low) else 0 for low in upper}
    return frozenset(low for low, count in upper.items() if count > 2 * small[low])


class _Held(NamedTuple):
    """What is known of the words of a story, by number."""

    lower: Sequence[str]
    stems: Sequence[str]
    """Empty for a word that says nothing."""
    names: Mapping[int, str]
    """The sounds of those that are names."""


def _resolved(
    used: Sequence[int], held: _Held, language: str, costs: Costs, keys: dict[str, int], rare: dict[str, float]
) -> Array:
    """The key of each of the words `used` in a language, by number; -1 where one says nothing.

    Adds to `keys`, and to `rare` how rare each is.
    """
    import numpy as np

    plain = [number for number in used if held.stems[number]]
    stems = [held.stems[number] for number in plain]
    cheapest: dict[str, float] = {}
    for stem, cost in zip(stems, costs([held.lower[number] for number in plain], stems), strict=True):
        if cost < cheapest.get(stem, math.inf):
            cheapest[stem] = cost
    found: dict[str, int] = {}
    for stem, cost in cheapest.items():
        if cost > COMMON:
            key = f"{language}:{stem}"
            found[stem] = keys.setdefault(key, len(keys))
            rare[key] = cost
    table = np.full(len(held.lower), -1)
    table[plain] = [found.get(stem, -1) for stem in stems]
    for number in used:
        if number in held.names:
            key = held.names[number]
            table[number] = keys.setdefault(key, len(keys)) if len(key) > 2 else -1
    return table


def _is_name(key: str) -> bool:
    return key[0] == "~"


def _actors(texts: Iterable[str]) -> list[str]:
    """The names that stand in parentheses behind other names: `Joan (Mary Miller)`."""
    found: dict[str, None] = {}
    for text in texts:
        for match in CAST.finditer(text):
            words = WORD.findall(match[0])
            if 2 <= len(words) <= 4 and all(word[0].isupper() for word in words):
                found |= dict.fromkeys(words)
    return list(found)


def _persons(beside: Mapping[tuple[str, str], int], sounds: Mapping[str, str]) -> dict[str, str]:
    """Names that stand side by side PERSON times and more are of one person."""
    counts: Counter[tuple[str, str]] = Counter()
    for (first, second), times in beside.items():
        one, other = sounds[first], sounds[second]
        if one != other:
            counts[min(one, other), max(one, other)] += times
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.get(key, key) != key:
            key = parent[key]
        return key

    for (one, other), count in sorted(counts.items()):
        if count >= PERSON:
            low, high = sorted((root(one), root(other)))
            parent[high] = low
    return {key: root(key) for key in parent}


def distinct(codes: Array) -> Array:
    """`codes` sorted, each once: `numpy.unique` looks for them in a table, which takes three times as long."""
    import numpy as np

    codes = np.sort(codes)
    keep = np.ones(len(codes), bool)
    np.not_equal(codes[1:], codes[:-1], out=keep[1:])
    return codes[keep]


def _weights(
    row: Array, key: Array, sentences: int, rare: Sequence[float], names: Array, cast: Array, person: Array
) -> Array:
    import numpy as np

    width = len(rare)
    seen = np.bincount(distinct(row * width + key) % max(1, width), minlength=width)
    named = names[key]
    people = np.bincount(distinct(row[named] * width + person[key[named]]) % max(1, width), minlength=width)
    count = 1 + sentences
    words, told = (
        np.array([math.log(all_ / max(1, times)) for times in range(int(most.max(initial=0)) + 1)])
        for all_, most in ((max(SENTENCES, count), seen), (count, people))
    )
    words = words[seen] * np.minimum(MOST, (np.asarray(rare) - COMMON) / SCALE)
    weights = np.where(names, NAME * told[people[person]], words)
    return np.where(cast, CAST_WEIGHT, weights)
