"""What a sentence of a telling is about: its names, by sound, and its words, by stem, each with a weight.

A word weighs by how rare it is in its language and how rare it is in the story: neither `the` nor what everyone in the
story does all the time tells one event from another. Names of actors (in parentheses behind a name) tell none at all.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from cleaner.overlap.sentences import Sentence, sentences_of
from cleaner.overlap.terms import name_key

__all__ = ["FUNCTION_WORDS", "UNKNOWN", "Costs", "SentenceTerms", "StoryTerms", "stem", "story_terms"]

WORD = re.compile(r"[^\W\d_]+|\d{4}")
CAST = re.compile(r"\([^()\n]{3,60}\)")
ADJACENT = re.compile(r"(?<!\w)([A-ZÀ-ÞА-ЯЁΑ-Ω][^\W\d_]+) (?=([A-ZÀ-ÞА-ЯЁΑ-Ω][^\W\d_]+))")
SUFFIX = re.compile(
    r"(?:'s|’s|ingly|edly|ings|ing|ed|ies|es|(?<!s)s|ly|ers|er|ments|ment|ions|ion|ists|ist|e|y"
    r"|ами|ями|ого|его|ому|ему|ыми|ими|ом|ем|ой|ей|ую|юю|ая|яя|ах|ях|ов|ев|ый|ий|[аеиоуыэюяйьъ])$"
)
VOWEL = re.compile("[aeiouyàâäáãåæèéêëíìîïòóôöõøœúùûüýаеёиоуыэюяіїє]")
CASED = re.compile(r"[a-zа-яёà-ÿα-ω]")
DOUBLED = frozenset("bdgkmnprtv")
"""Letters that English doubles before an ending (drummer), and does not end a word with."""
STEM = 7
"""Letters of a word that count. With six `productive` is `produce`."""
SHORTEST = 3
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

Costs = Callable[[Sequence[str]], Sequence[float]]
"""How rare lower-case words are in a language: negative log-probabilities in nats."""


@dataclass(frozen=True, slots=True)
class SentenceTerms:
    """A sentence and what it is about."""

    span: Sentence
    places: tuple[int, ...]
    """Of each word that says something, its number in the sentence."""
    words: tuple[str, ...]
    """Its key. Keys of names start with `~`."""
    shown: tuple[str, ...]
    """As it is written."""
    order: tuple[str, ...]
    """The keys, each once."""
    keys: frozenset[str]
    together: frozenset[tuple[str, str]]
    """Pairs of keys at most two words apart, in any order; not of two names."""


@dataclass(frozen=True, slots=True)
class StoryTerms:
    """All tellings of a story."""

    sentences: Mapping[str, tuple[SentenceTerms, ...]]
    """Of each document, in order."""
    weights: Mapping[str, float]
    cast: frozenset[str]
    """Names of actors: keys."""
    persons: Mapping[str, str]
    """Name -> the key that stands for its person; names of one person weigh the same."""

    def person(self, key: str) -> str:
        """The key that stands for the person, or the word itself."""
        return self.persons.get(key, key)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A lower-case word without its ending, cut to STEM letters."""
    shorter = word
    for least in (SHORTEST, SHORTEST + 1):
        cut = SUFFIX.sub("", shorter)
        if cut == shorter or len(cut) < least or not VOWEL.search(cut):
            break
        shorter = cut[:-1] if len(cut) > SHORTEST and cut[-1] == cut[-2] and cut[-1] in DOUBLED else cut
    return shorter[:STEM]


def story_terms(tellings: Mapping[str, str], languages: Mapping[str, str], costs: Mapping[str, Costs]) -> StoryTerms:
    """Terms of all `tellings` (id -> text); only words of one language are compared with each other, names with all."""
    cut = {name: sentences_of(tellings[name])[:LIMIT] for name in sorted(tellings)}
    words = {
        name: [WORD.findall(CAST.sub(_blank, tellings[name][one.start : one.end])) for one in sentences]
        for name, sentences in cut.items()
    }
    names = _names(words.values())
    distinct = {name: set(chain.from_iterable(held)) for name, held in words.items()}
    rare: dict[str, float] = {}
    for name, held in distinct.items():
        _price(held, languages[name], costs[name], rare)
    made = {}
    resolved: dict[str, dict[str, str]] = defaultdict(dict)
    for name, sentences in cut.items():
        keys = resolved[languages[name]]
        resolve = _resolver(names, languages[name], rare)
        keys |= {word: resolve(word) for word in distinct[name] - keys.keys()}
        rows = []
        for span, own in zip(sentences, words[name], strict=True):
            found = [keys[word] for word in own]
            places = tuple([place for place, key in enumerate(found) if key])
            heard = tuple([key for key in found if key])
            order = tuple(dict.fromkeys(heard))
            rows.append(
                SentenceTerms(
                    span,
                    places,
                    heard,
                    tuple([own[place] for place in places]),
                    order,
                    frozenset(order),
                    _together(places, heard),
                )
            )
        made[name] = tuple(rows)
    cast = _cast(tellings.values())
    persons = _persons(tellings.values())
    return StoryTerms(made, _weights(made, rare, cast, persons), cast, persons)


def _price(words: Iterable[str], language: str, costs: Costs, rare: dict[str, float]) -> None:
    """Adds to `rare` the costs of the words of one text; of words with one stem that of the first."""
    first: dict[str, str] = {}
    for word in sorted({word.lower() for word in words}):
        if len(word) >= SHORTEST and word not in FUNCTION_WORDS:
            key = f"{language}:{stem(word)}"
            if key not in rare:
                first.setdefault(key, word)
    rare.update(zip(first, costs(list(first.values())), strict=True))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _names(texts: Iterable[Sequence[Sequence[str]]]) -> frozenset[str]:
    """Words that are capitalised inside sentences, mostly; lower case."""
    inside: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for sentences in texts:
        inside.update(chain.from_iterable(words[1:] for words in sentences))
        first.update(words[0] for words in sentences if words)
    upper: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for word, times in inside.items():
        if word[0].isupper():
            upper[word.lower()] += times
        elif CASED.match(word):
            lower[word] += times
    for word, times in first.items():
        if not word[0].isupper() and CASED.match(word):
            lower[word] += times
    return frozenset(word for word, count in upper.items() if count > 2 * lower[word])


def _resolver(names: frozenset[str], language: str, rare: Mapping[str, float]) -> Callable[[str], str]:
    """The key of a word, empty for one that says nothing."""

    def resolve(word: str) -> str:
        lower = word.lower()
        if lower in names and word[0].isupper():
            key = name_key(word)
            return key if len(key) > 2 else ""
        key = f"{language}:{stem(lower)}"
        return key if lower not in FUNCTION_WORDS and rare.get(key, 0.0) > COMMON else ""

    return resolve


def _together(places: Sequence[int], keys: Sequence[str]) -> frozenset[tuple[str, str]]:
    found = []
    for one, other, first, second in zip(places, places[1:], keys, keys[1:], strict=False):
        if other - one <= 2 and first != second and not first[0] == second[0] == "~":
            found.append((first, second) if first < second else (second, first))
    return frozenset(found)


def _cast(texts: Iterable[str]) -> frozenset[str]:
    """Keys of the names that stand in parentheses behind other names: `Joan (Mary Miller)`."""
    found = set()
    for text in texts:
        for match in CAST.finditer(text):
            words = WORD.findall(match[0])
            if 2 <= len(words) <= 4 and all(word[0].isupper() for word in words):
                found |= {name_key(word) for word in words}
    return frozenset(found)


def _persons(texts: Iterable[str]) -> dict[str, str]:
    """Names that stand side by side PERSON times and more are of one person."""
    counts: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for match in ADJACENT.finditer(text):
            one, other = name_key(match[1]), name_key(match[2])
            if one != other:
                counts[min(one, other), max(one, other)] += 1
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


def _weights(
    sentences: Mapping[str, Sequence[SentenceTerms]],
    rare: Mapping[str, float],
    cast: frozenset[str],
    persons: Mapping[str, str],
) -> dict[str, float]:
    count = 1 + sum(map(len, sentences.values()))
    seen: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for rows in sentences.values():
        for row in rows:
            seen.update(row.keys)
            people.update({persons.get(key, key) for key in row.keys if key[0] == "~"})
    weights = {}
    for key, times in seen.items():
        if key in cast:
            weights[key] = CAST_WEIGHT
        elif key[0] == "~":
            weights[key] = NAME * math.log(count / people[persons.get(key, key)])
        else:
            weights[key] = math.log(max(SENTENCES, count) / times) * min(MOST, (rare[key] - COMMON) / SCALE)
    return weights
