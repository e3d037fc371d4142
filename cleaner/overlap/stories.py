"""Different tellings of one story: texts that share rare names, whatever their words and their script.

Texts of one script are compared by the names themselves, texts of two scripts by how the names sound. No two texts are
compared that share no rare name: candidates come from an inverted index.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cleaner.overlap.sentences import words_of
from cleaner.overlap.transliterate import latin, skeleton, sound_key

__all__ = ["StoryPair", "Telling", "find_stories", "telling_of"]

NAME_SHARE = 0.6
"""Share of a word's appearances inside sentences that are capitalised, from which it is a name."""
BACKGROUND = 300
"""Texts of other stories that are thought to stand beside the folder's own, so that a name shared by all five texts of a folder
is still rare."""
STORY, STORY_ACROSS = 0.22, 0.20
"""Cosine of names from which two texts tell one story, in one script and across scripts."""
RELATED = 0.13
"""Cosine from which two texts share their people."""
NEEDED = 3
"""Names that two texts must share to be compared at all; a name of two words is two."""
COMMON = 0.04
"""Share of the texts from which a name is too common to count (in folders of a hundred texts and more)."""
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "lady",
        "the",
        "miss",
        "and",
        "von",
        "van",
        "de",
        "la",
        "le",
        "du",
        "of",
        "st",
        "mister",
        "i",
    ]
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is kept of a text for comparison."""

    cased: bool
    """Whether its script has capitals."""
    script: str
    inside: Mapping[str, int]
    """Words capitalised inside sentences, lower case -> how often."""
    lower: Mapping[str, int]
    """All words as they stand in lower case -> how often (of scripts without capitals: all words)."""
    starts: Mapping[str, int]
    """Capitalised words at the beginning of sentences, lower case -> how often."""


@dataclass(frozen=True, slots=True)
class StoryPair:
    """Two texts by number, how near their names are, and the names they share, the rarest first."""

    a: int
    b: int
    score: float
    shared: tuple[str, ...]
    across: bool
    """Whether they are in two scripts."""


def telling_of(text: str) -> Telling:
    """The names of `text` and the words that tell names from words."""
    inside: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    for word in words_of(text):
        bare = _bare(word.text)
        if len(bare) < 2:
            continue
        letters[_script(bare[0])] += len(bare)
        if bare[0].isupper():
            (starts if word.first else inside)[bare.lower()] += 1
        else:
            lower[bare] += 1
    script = max(sorted(letters), key=lambda name: letters[name]) if letters else "other"
    return Telling(script in ("latin", "cyrillic", "greek", "armenian"), script, inside, lower, starts)


def _bare(word: str) -> str:
    for mark in ("'s", "’s", "'", "’"):
        word = word.removesuffix(mark)
    return word


def _script(char: str) -> str:
    code = ord(char)
    for name, first, last in (
        ("latin", 0x41, 0x24F), ("greek", 0x370, 0x3FF), ("cyrillic", 0x400, 0x52F), ("armenian", 0x530, 0x58F),
        ("hebrew", 0x590, 0x5FF), ("arabic", 0x600, 0x6FF), ("devanagari", 0x900, 0x97F), ("georgian", 0x10A0, 0x10FF),
        ("cjk", 0x3040, 0x9FFF), ("hangul", 0xAC00, 0xD7A3),
    ):  # fmt: skip
        if first <= code <= last:
            return name
    return "other"


def find_stories(tellings: Sequence[Telling]) -> list[StoryPair]:
    """Pairs that share enough names, with a score of RELATED and more, in order."""
    names = _names(tellings)
    frequency = Counter(name for own in names for name in own)
    limit = max(12, int(COMMON * len(tellings)))
    weights = {
        name: math.log((len(tellings) + BACKGROUND) / (count + 1))
        for name, count in frequency.items()
        if count <= limit
    }
    vectors = [
        {name: (1 + math.log(count)) * weights[name] for name, count in own.items() if name in weights} for own in names
    ]
    found = _within(tellings, vectors)
    found += _across(tellings, vectors)
    return sorted(found, key=lambda pair: (pair.a, pair.b))


def _names(tellings: Sequence[Telling]) -> list[dict[str, int]]:
    """The names of each text with their counts; judged over all texts."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for telling in tellings:
        capital.update(telling.inside)
        small.update(telling.lower)
    return [
        {
            name: count + telling.starts.get(name, 0)
            for name, count in telling.inside.items()
            if name not in TITLES and capital[name] > NAME_SHARE * (capital[name] + small[name])
        }
        if telling.cased
        else {}
        for telling in tellings
    ]


def _within(tellings: Sequence[Telling], vectors: Sequence[Mapping[str, float]]) -> list[StoryPair]:
    """Pairs in one script, by the names as they are written (marks ignored)."""
    folded = [
        _folded(vector, latin if telling.script == "latin" else str)
        for telling, vector in zip(tellings, vectors, strict=True)
    ]
    norms = [math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0 for vector in folded]
    postings: dict[str, list[int]] = defaultdict(list)
    for number, vector in enumerate(folded):
        for name in vector:
            postings[name].append(number)
    products: dict[tuple[int, int], float] = defaultdict(float)
    shared: Counter[tuple[int, int]] = Counter()
    for name in sorted(postings):
        members = postings[name]
        for place, a in enumerate(members):
            for b in members[place + 1 :]:
                if tellings[a].script == tellings[b].script:
                    products[a, b] += folded[a][name] * folded[b][name]
                    shared[a, b] += 1
    found = []
    for (a, b), product in products.items():
        score = product / (norms[a] * norms[b])
        if shared[a, b] >= NEEDED and score >= RELATED:
            names = sorted(set(folded[a]) & set(folded[b]), key=lambda name: (-folded[a][name] * folded[b][name], name))
            found.append(StoryPair(a, b, round(min(1.0, score), 4), tuple(names[:24]), across=False))
    return found


def _folded(vector: Mapping[str, float], fold: type[str] | object) -> dict[str, float]:
    folded: dict[str, float] = {}
    for name, weight in vector.items():
        key = fold(name) if callable(fold) else name
        folded[key] = max(weight, folded.get(key, 0.0))
    return folded


def _across(tellings: Sequence[Telling], vectors: Sequence[Mapping[str, float]]) -> list[StoryPair]:
    """Pairs in two scripts, by how the names sound; in scripts without capitals every word may be a name."""
    scripts = {telling.script for telling in tellings}
    if len(scripts) < 2:
        return []
    heard: list[dict[str, tuple[float, str]]] = []
    postings: dict[str, list[int]] = defaultdict(list)
    for number, (telling, vector) in enumerate(zip(tellings, vectors, strict=True)):
        own: dict[str, tuple[float, str]] = {}
        words = vector if telling.cased else dict.fromkeys(telling.lower, 4.0)
        for name in sorted(words):
            for key in _sounds(name):
                if key not in own or own[key][0] < words[name]:
                    own[key] = (words[name], name)
        heard.append(own)
        for key in own:
            postings[key].append(number)
    counts: Counter[tuple[int, int]] = Counter()
    limit = max(24, int(2 * COMMON * len(tellings)))
    for key in sorted(postings):
        members = postings[key]
        if len(members) > limit:
            continue
        for place, a in enumerate(members):
            for b in members[place + 1 :]:
                if tellings[a].script != tellings[b].script and (tellings[a].cased or tellings[b].cased):
                    counts[a, b] += 1
    pairs = {pair for pair, count in counts.items() if count >= NEEDED}
    return [pair for a, b in sorted(pairs) if (pair := _heard_pair(a, b, heard, tellings)) is not None]


def _sounds(name: str) -> tuple[str, ...]:
    """The keys that `name` is heard as: its consonants, where they are enough, else its whole sound."""
    bones, sound = skeleton(name), sound_key(name)
    if len(bones) >= 3:
        return (bones,)
    return ("=" + sound,) if len(sound) >= 3 else ()


def _heard_pair(
    a: int, b: int, heard: Sequence[Mapping[str, tuple[float, str]]], tellings: Sequence[Telling]
) -> StoryPair | None:
    """The pair's score: the share of the shorter text's names that the other one has too."""
    keys = sorted(set(heard[a]) & set(heard[b]))
    shared = {heard[a][key][1]: heard[b][key][1] for key in keys}
    if len(shared) < NEEDED:
        return None
    product = sum(heard[a][key][0] * heard[b][key][0] for key in keys)
    cased = [number for number in (a, b) if tellings[number].cased]
    norms = [math.sqrt(sum(weight * weight for weight, _ in heard[number].values())) for number in cased]
    norm = norms[0] * norms[1] if len(norms) == 2 else norms[0] * norms[0]
    score = min(1.0, product / (norm or 1.0))
    if score < RELATED:
        return None
    names = sorted(shared, key=lambda name: (-max(heard[a][key][0] for key in keys if heard[a][key][1] == name), name))
    return StoryPair(a, b, round(score, 4), tuple(f"{name} = {shared[name]}" for name in names[:24]), across=True)
