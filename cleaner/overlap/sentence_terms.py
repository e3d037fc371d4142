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
from itertools import chain

from cleaner.overlap.sentences import Sentence, sentences_of
from cleaner.overlap.terms import name_keys

__all__ = ["FUNCTION_WORDS", "UNKNOWN", "Costs", "SentenceTerms", "StoryTerms", "stem", "story_terms"]

WORD = re.compile(r"[^\W\d_]+|\d{4}")
CAST = re.compile(r"\([^()\n]{3,60}\)")
ADJACENT = re.compile(r"(?<!\w)([A-ZÀ-ÞА-ЯЁΑ-Ω][^\W\d_]+) (?=([A-ZÀ-ÞА-ЯЁΑ-Ω][^\W\d_]+))")
ENDINGS = frozenset(
    re.findall(
        r"\S+",
        "'s ’s ingly edly ings ing ed ies es s ly ers er ments ment ions ion ists ist e y "
        "ами ями ого его ому ему ыми ими ом ем ой ей ую юю ая яя ах ях ов ев ый ий а е и о у ы э ю я й ь ъ",
    )
)
LAST, LONGEST = frozenset(ending[-1] for ending in ENDINGS), max(map(len, ENDINGS))
VOWELS = frozenset("aeiouyàâäáãåæèéêëíìîïòóôöõøœúùûüýаеёиоуыэюяіїє")
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

    def together(self) -> frozenset[tuple[str, str]]:
        """Pairs of keys at most two words apart, in any order; not of two names."""
        found = []
        places, keys = self.places, self.words
        for one, other, first, second in zip(places, places[1:], keys, keys[1:], strict=False):
            if other - one <= 2 and first != second and not first[0] == second[0] == "~":
                found.append((first, second) if first < second else (second, first))
        return frozenset(found)


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


def stem(word: str) -> str:
    """A lower-case word without its ending, cut to STEM letters."""
    shorter = word
    for least in (SHORTEST, SHORTEST + 1):
        cut = _without_ending(shorter)
        if len(cut) == len(shorter) or len(cut) < least or VOWELS.isdisjoint(cut):
            break
        shorter = cut[:-1] if len(cut) > SHORTEST and cut[-1] == cut[-2] and cut[-1] in DOUBLED else cut
    return shorter[:STEM]


def _without_ending(word: str) -> str:
    """`word` without the longest of ENDINGS that it has; `ss` is none."""
    if word[-1:] in LAST:
        for size in range(LONGEST, 0, -1):
            ending = word[-size:]
            if ending in ENDINGS and (ending != "s" or word[-2:] != "ss"):
                return word[:-size]
    return word


def story_terms(
    tellings: Mapping[str, str],
    languages: Mapping[str, str],
    costs: Mapping[str, Costs],
    sentences: Mapping[str, tuple[Sentence, ...]] | None = None,
) -> StoryTerms:
    """Terms of all `tellings` (id -> text); only words of one language are compared with each other, names with all.

    `sentences` are those of each text, where they are known already.
    """
    known = sentences or {}
    cut = {name: (known.get(text) or sentences_of(text))[:LIMIT] for name, text in sorted(tellings.items())}
    words = {name: _words(tellings[name], spans) for name, spans in cut.items()}
    names = _names(words.values())
    lowered = {name: {word: word.lower() for word in set(chain.from_iterable(held))} for name, held in words.items()}
    stems: dict[str, dict[str, str]] = defaultdict(dict)
    rare: dict[str, float] = {}
    for name, held in lowered.items():
        _price(held.values(), languages[name], costs[name], stems[languages[name]], rare)
    resolved: dict[str, dict[str, str]] = defaultdict(dict)
    made = {}
    for name, spans in cut.items():
        keys = resolved[languages[name]]
        new = {word: lower for word, lower in lowered[name].items() if word not in keys}
        keys |= _resolved(new, names, stems[languages[name]], rare)
        made[name] = tuple(
            [_terms(span, own, [keys[word] for word in own]) for span, own in zip(spans, words[name], strict=True)]
        )
    cast = _cast(tellings.values())
    persons = _persons(tellings.values())
    return StoryTerms(made, _weights(made, rare, cast, persons), cast, persons)


def _words(text: str, sentences: Iterable[Sentence]) -> list[list[str]]:
    """The words of each sentence, but those in parentheses that may be actors."""
    pieces = [text[start:end] for start, end in sentences]
    return [WORD.findall(CAST.sub(_blank, piece) if "(" in piece else piece) for piece in pieces]


def _terms(span: Sentence, words: Sequence[str], keys: Sequence[str]) -> SentenceTerms:
    places = [place for place, key in enumerate(keys) if key]
    heard = tuple([keys[place] for place in places])
    order = tuple(dict.fromkeys(heard))
    return SentenceTerms(span, tuple(places), heard, tuple([words[place] for place in places]), order, frozenset(order))


def _price(words: Iterable[str], language: str, costs: Costs, stems: dict[str, str], rare: dict[str, float]) -> None:
    """Adds to `rare` the costs of the lower-case words of one text, and to `stems` their keys.

    Of words with one key the first tells the cost.
    """
    first: dict[str, str] = {}
    for word in sorted(set(words)):
        if word not in stems:
            says = len(word) >= SHORTEST and word not in FUNCTION_WORDS
            stems[word] = f"{language}:{stem(word)}" if says else ""
        key = stems[word]
        if key and key not in rare:
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


def _resolved(
    words: Mapping[str, str], names: frozenset[str], stems: Mapping[str, str], rare: Mapping[str, float]
) -> dict[str, str]:
    """The key of each of `words` (as it is written -> in lower case), empty for one that says nothing."""
    named = [word for word, lower in words.items() if lower in names and word[0].isupper()]
    found = {word: key if rare.get(key := stems[lower], 0.0) > COMMON else "" for word, lower in words.items()}
    found.update((word, key if len(key) > 2 else "") for word, key in zip(named, name_keys(named), strict=True))
    return found


def _cast(texts: Iterable[str]) -> frozenset[str]:
    """Keys of the names that stand in parentheses behind other names: `Joan (Mary Miller)`."""
    found = set()
    for text in texts:
        for match in CAST.finditer(text):
            words = WORD.findall(match[0])
            if 2 <= len(words) <= 4 and all(word[0].isupper() for word in words):
                found.update(name_keys(words))
    return frozenset(found)


def _persons(texts: Iterable[str]) -> dict[str, str]:
    """Names that stand side by side PERSON times and more are of one person."""
    pairs = [pair for text in texts for pair in ADJACENT.findall(text)]
    keys = name_keys([name for pair in pairs for name in pair])
    counts = Counter((min(pair), max(pair)) for pair in zip(keys[::2], keys[1::2], strict=True) if pair[0] != pair[1])
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
    rows = [row.keys for own in sentences.values() for row in own]
    count = 1 + len(rows)
    seen = Counter(chain.from_iterable(rows))
    named = frozenset(key for key in seen if key[0] == "~")
    people = Counter(
        chain.from_iterable(
            {persons.get(key, key) for key in keys & named} for keys in rows if not named.isdisjoint(keys)
        )
    )
    weights = {}
    for key, times in seen.items():
        if key in cast:
            weights[key] = CAST_WEIGHT
        elif key[0] == "~":
            weights[key] = NAME * math.log(count / people[persons.get(key, key)])
        else:
            weights[key] = math.log(max(SENTENCES, count) / times) * min(MOST, (rare[key] - COMMON) / SCALE)
    return weights
