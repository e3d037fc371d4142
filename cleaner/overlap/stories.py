"""Stories: different tellings of one tale, found by the rare names and rare words they share.

Candidates come from an inverted index of names (no all-pairs). A pair in one script is judged by two cosines, one of
names and one of the other words: tellings of one story share both, sequels and films of one actor share names only. A
pair in two scripts or languages is judged by its names alone, and by words that sound alike in both.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache
from typing import Any

from cleaner.document import Relation
from cleaner.overlap.candidates import MOST, PRIOR, PRIOR_SEEN, NameIndex, index_names, name_pairs
from cleaner.overlap.near import shared_keys
from cleaner.overlap.profiles import Frequencies, Profile
from cleaner.overlap.terms import (
    LATIN_END,
    alphabet_of,
    little_words,
    particles_of,
    same_alphabet,
    script_of,
    sounds_of,
)
from cleaner.overlap.tokens import plain, tokens_of
from cleaner.overlap.transliterate import latin
from cleaner.overlap.verdicts import (
    ACROSS_COVERAGE,
    ACROSS_MANY,
    ACROSS_NAMES,
    DILUTED_COSINE,
    HEROES,
    PAGE,
    SMALL,
    WHOLE,
    Scored,
    Verdict,
    is_hopeless,
    judge,
)

__all__ = ["Stories", "find_stories"]

CASELESS_SCRIPTS = frozenset(
    {"5", "6", "7", "9", "a", "b", "c", "d", "10", *(f"{high:x}" for high in range(0xAC, 0xD8))}
)
"""As `terms.script_of` names Hebrew, Arabic, the scripts of India, Georgian and Hangul."""
SOUNDS_ALIKE, COGNATES_ALIKE = 0.6, 0.85
"""Similarity of spelling (Ratcliff and Obershelp 1988) from which two words that sound alike are one word. In two scripts true
ones of the development set have .67 and more (Gotham and Готэма), chance gives .46 (insane and женщин). Where both are Latin,
letters say more: from .85 on, 7 of 10 pairs of tellings in two languages share two words and more, and 1.7 % of 2,000 pairs
of other texts (from .6 on, 7 of 10 and 10.8 %)."""
NAME_ALIKE = 0.8
"""Similarity of spelling from which two names of one sound are one name where it is counted how many documents have it."""
RARE, RARE_LEAST = 0.02, 20
"""A term is rare that stands in at most this share of the documents, or in so few of them."""
RARE_SOUNDS = 3
"""Factor on that for words that sound alike in two languages: hardly any word does both by chance."""
SURE = 0.5
"""Share of WHOLE that the cosine of names must reach for a pair without heroes to be looked at."""
FLOOR = 0.8
"""Share of the lowest border that a pair's rare names must reach alone to be looked at; common names add the rest."""
SHOWN = 60_000
"""Code points of a text in which rare words are looked up to be shown."""
HELD, FEW_HELD = 4096, 256
"""Documents of which words, and sounds, are kept meanwhile: 4 KB and half a megabyte each."""
RARE_SHOWN = 8
"""Rare words that are shown of a pair."""
ALIKE = 0.75
"""With vectors from a plug-in: cosine from which a related pair of texts counts as one story."""

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
TextOf = Callable[[str], str]
Array = Any


@dataclass(frozen=True, slots=True)
class Stories:
    """Pairs with the relation story or related, in the order of their ids, and notes for a person."""

    pairs: tuple[Relation, ...]
    notes: tuple[str, ...]


def find_stories(
    profiles: Mapping[str, Profile],
    text_of: TextOf,
    *,
    frequencies: Frequencies | None = None,
    languages: Mapping[str, str] | None = None,
    strictness: float = 1.0,
    embed: Embed | None = None,
) -> Stories:
    """Pairs of documents that tell one story, or related ones; `strictness` multiplies every border.

    `text_of` is asked for the texts of documents that share names only. `frequencies` are of all `profiles`, where they
    have been counted already.
    """
    if frequencies is None:
        frequencies = Frequencies()
        frequencies.add(profiles.values())
    index = index_names(profiles, frequencies)
    comparing = _Comparing(index, profiles, text_of, frequencies, languages or {}, strictness)
    scored = []
    for first, second in name_pairs(index, FLOOR * DILUTED_COSINE * strictness, HEROES, PAGE, WHOLE * SURE):
        one = comparing.compare(first, second, DILUTED_COSINE * strictness)
        if one is not None:
            scored.append(one)
    verdicts = judge(scored, frequencies.documents, strictness)
    if embed is not None:
        verdicts = _with_vectors(verdicts, text_of, embed)
    rows = [
        Relation(
            one.a, one.b, kind, round(min(1.0, one.names), 4), evidence=comparing.evidence(one, words=kind == "story")
        )
        for one, kind in verdicts
        if kind != "none"
    ]
    notes = [f"{index.skipped} names stand in more than {MOST} documents: by them alone no stories are looked for"]
    return Stories(tuple(sorted(rows, key=lambda row: (row.a, row.b))), tuple(notes if index.skipped else ()))


class _Comparing:
    """Compares documents by number; what is needed of a document more than once is made once."""

    def __init__(
        self,
        index: NameIndex,
        profiles: Mapping[str, Profile],
        text_of: TextOf,
        frequencies: Frequencies,
        languages: Mapping[str, str],
        strictness: float,
    ) -> None:
        self.strictness = strictness
        self.index = index
        self.profiles = profiles
        self.text_of = text_of
        self.frequencies = frequencies
        self.languages = languages
        self.rare = max(RARE_LEAST, RARE * frequencies.documents)
        self.script = cache(lambda number: script_of(self._text(number)))
        self.little = cache(lambda number: little_words(self._text(number)))
        self.alphabet = cache(lambda number: alphabet_of(self._text(number)))
        self.sounds = lru_cache(FEW_HELD)(self._sounds)
        self.words = lru_cache(HELD)(self._words)
        self.shown = lru_cache(FEW_HELD)(self._shown)
        self.richness = cache(self._richness)
        self.particles = lru_cache(FEW_HELD)(lambda number: particles_of(self._text(number)))

    @cached_property
    def spellings(self) -> Mapping[str, Mapping[str, int]]:
        """How the names are written whose sound is not rare, and by how many documents."""
        found: dict[str, Counter[str]] = {key: Counter() for key, seen in self.index.seen.items() if seen > self.rare}
        for written in self.index.spelt:
            for key in written.keys() & found.keys():
                found[key][written[key]] += 1
        return found

    def _text(self, number: int) -> str:
        return self.text_of(self.index.documents[number])

    def _sounds(self, number: int) -> dict[str, str]:
        return sounds_of(self._text(number), latin_script=self.script(number) == "latin")

    def _words(self, number: int) -> tuple[Array, Array, float]:
        """Stems of a document, squares of their weights, and the length of this vector."""
        import numpy as np

        stems = self.profiles[self.index.documents[number]].stems.copy()  # a view would hold the whole profile
        seen = self.frequencies.stem_counts(stems)
        weights = np.log((self.frequencies.documents + PRIOR) / (seen + float(PRIOR_SEEN))) ** 2
        return stems, weights, math.sqrt(float(weights.sum()))

    def _richness(self, number: int) -> int:
        """How many rare names and words a document has."""
        seen = self.frequencies.stem_counts(self.words(number)[0])
        names = sum(self.index.seen[key] <= self.rare for key in self.index.counts[number])
        return names + int((seen <= self.rare).sum())

    def _shown(self, document: str) -> dict[int, bytes]:
        """Stem -> a word of the document."""
        one = plain(self.text_of(document)[:SHOWN])
        tokens = tokens_of([one])
        low = tokens.starts[~tokens.upper].tolist(), tokens.ends[~tokens.upper].tolist()
        words = (one.lower[start:end] for start, end in zip(*low, strict=True))
        return dict(zip(tokens.stems[~tokens.upper].tolist(), words, strict=True))

    def compare(self, first: int, second: int, least: float = 0.0) -> Scored | None:
        """The two documents compared; None where their names are less alike than `least`, or no rare one is shared."""
        index = self.index
        one, other = index.counts[first], index.counts[second]
        left, right = index.spelt[first], index.spelt[second]
        names = sorted(one.keys() & other.keys())
        same_script = self.script(first) == self.script(second)
        if same_script:
            names = [key for key in names if left[key] == right[key] or _same_word(left[key], right[key])]
        weights = index.weights
        dot = sum([_tf(one[key]) * _tf(other[key]) * weights[key] ** 2 for key in names])
        cosine = dot / (index.norms[first] * index.norms[second]) if dot else 0.0
        if cosine < least:
            return None
        poorer = min(index.totals[first], index.totals[second])
        coverage = sum([weights[key] for key in names]) / poorer if poorer else 0.0
        telling = coverage >= ACROSS_COVERAGE or cosine >= ACROSS_NAMES
        rare_names = [key for key in names if index.seen[key] <= self.rare]
        if telling and not same_script:
            rare_names += [
                key for key in names if index.seen[key] > self.rare and self._is_rare(key, left[key], right[key])
            ]
        if not rare_names:
            return None
        pair = Scored(
            index.documents[first],
            index.documents[second],
            shared_names=len(rare_names),
            names=cosine,
            coverage=coverage,
            one_language=self._one_language(first, second, same_script),
            mentions=sum([max(one[key], other[key]) for key in rare_names]),
            longer=max(int(index.words[first]), int(index.words[second])),
        )
        if is_hopeless(pair, self.frequencies.documents < SMALL, self.strictness):
            return pair
        shown = [
            left[key] if left[key].lower() == right[key].lower() else f"{left[key]} = {right[key]}"
            for key in sorted(rare_names, key=lambda key: (index.seen[key], key))
        ]
        caseless = self.script(first) in CASELESS_SCRIPTS or self.script(second) in CASELESS_SCRIPTS
        words, rare, rare_words = self._shared_words(first, second) if same_script else (0.0, 0, ())
        if pair.one_language:
            return replace(
                pair,
                tokens=len(rare_names) + rare,
                words=words,
                shown=tuple(shown),
                rare_words=rare_words,
                poorer=min(self.richness(first), self.richness(second)),
                caseless=caseless,
                copied=self._copied(first, second),
            )
        if telling and (len(rare_names) < ACROSS_MANY or self.frequencies.documents < SMALL):
            shown += self._shared_sounds(first, second, {left[key] for key in names})
            if not same_script:
                shown += self._shared_particles(first, second, rare_names)
        return replace(
            pair, tokens=len(shown), words=words, shown=tuple(shown), rare_words=rare_words, caseless=caseless
        )

    def _copied(self, first: int, second: int) -> float:
        one, other = (self.profiles[self.index.documents[number]].keys for number in (first, second))
        return shared_keys(one, other) / max(1, min(len(one), len(other)))

    def _one_language(self, first: int, second: int, same_script: bool) -> bool:
        """What the caller says, or in Latin script whether a third of the short, frequent words are the same.

        In Cyrillic the letters tell; other scripts serve few languages.
        """
        known = {self.languages.get(self.index.documents[number], "und") for number in (first, second)}
        if "und" not in known:
            return len(known) == 1
        if not same_script:
            return False
        if self.script(first) == "cyrillic":
            return same_alphabet(self.alphabet(first), self.alphabet(second))
        mine, theirs = self.little(first), self.little(second)
        if self.script(first) != "latin" or not mine or not theirs:
            return True
        return len(mine & theirs) * 3 >= min(len(mine), len(theirs))

    def _shared_words(self, first: int, second: int) -> tuple[float, int, tuple[int, ...]]:
        """Cosine of the words, how many rare ones both have, and the rarest of them."""
        import numpy as np

        (stems, weights, size), (others, _, other_size) = self.words(first), self.words(second)
        if not len(stems) or not len(others):
            return 0.0, 0, ()
        places: Array = np.searchsorted(others, stems)
        places[places == len(others)] = 0
        both = np.flatnonzero(others[places] == stems)
        cosine = float(weights[both].sum()) / (size * other_size)
        if self.frequencies.documents < SMALL:
            return cosine, 0, ()
        shared = stems[both]
        seen = self.frequencies.stem_counts(shared)
        rare = np.flatnonzero(seen <= self.rare)
        shown = rare[np.lexsort((shared[rare], seen[rare]))][:RARE_SHOWN]
        return cosine, len(rare), tuple(shared[shown].tolist())

    def _shared_sounds(self, first: int, second: int, names: set[str]) -> list[str]:
        mine, theirs = self.sounds(first), self.sounds(second)
        shared = sorted(key for key in mine.keys() & theirs.keys() if mine[key] not in names)
        if not shared:
            return []
        words = [word for key in shared for word in (mine[key], theirs[key])]
        tokens = tokens_of([plain(" ".join(words))])
        if len(tokens.stems) == len(words):
            seen = self.frequencies.stem_counts(tokens.stems).tolist()
        else:  # words with vowel signs, which are cut
            tokens = tokens_of([plain(word) for word in words])
            seen = self.frequencies.stem_counts(tokens.stems[tokens.borders[:-1]]).tolist()
        pairs = zip(shared, seen[::2], seen[1::2], strict=True)
        rare = [(mine[key], theirs[key]) for key, one, other in pairs if one + other <= RARE_SOUNDS * self.rare]
        alike = {pair for pair in rare if _spelt_alike(*pair)}
        return [f"{one} = {other}" for one, other in sorted(alike)]

    def _shared_particles(self, first: int, second: int, names: Sequence[str]) -> list[str]:
        """Particles and initials that stand before one of `names` in both: `van Gogh` and `O'Connor` are names of two words."""
        mine, theirs = self.particles(first), self.particles(second)
        return [f"{mine[pair]} = {theirs[pair]}" for pair in sorted(mine.keys() & theirs.keys()) if pair[1] in names]

    def _is_rare(self, key: str, *words: str) -> bool:
        """Whether few documents write the name of this sound like `words`: sound alone joins Hara and Harry."""
        return (
            sum(
                times
                for word, times in self.spellings.get(key, {}).items()
                if any(_one_name(word, own) for own in words)
            )
            <= self.rare
        )

    def evidence(self, one: Scored, *, words: bool) -> tuple[str, ...]:
        """What a pair shares, for a person: its rare names, rarest first, and with `words` some of its rare words."""
        common: list[str] = []
        if words and one.one_language and one.rare_words:
            shown = self.shown(one.a)
            common = [shown[stem].decode("utf-8", "replace") for stem in one.rare_words if stem in shown]
        return (*one.shown, *common)[:24]


@lru_cache(maxsize=1 << 12)
def _tf(count: int) -> float:
    return math.sqrt(1 + math.log(count))


@lru_cache(maxsize=1 << 16)
def _spelt_alike(one: str, other: str) -> bool:
    least = COGNATES_ALIKE if max(one[0], other[0]) < LATIN_END else SOUNDS_ALIKE
    return SequenceMatcher(None, latin(one), latin(other), autojunk=False).ratio() >= least


@lru_cache(maxsize=1 << 16)
def _one_name(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, latin(one), latin(other), autojunk=False).ratio() >= NAME_ALIKE


@lru_cache(maxsize=1 << 16)
def _same_word(one: str, other: str) -> bool:
    """Whether two words of one script are one name but for its ending: sound alone joins Kurtz and Curtis."""
    left, right = latin(one).lower(), latin(other).lower()
    if left == right:
        return True
    short = min(len(left), len(right))
    return short >= 3 and abs(len(left) - len(right)) <= 3 and left[: max(3, short - 2)] == right[: max(3, short - 2)]


def _with_vectors(
    verdicts: Sequence[tuple[Scored, Verdict]], text_of: TextOf, embed: Embed
) -> list[tuple[Scored, Verdict]]:
    """Related pairs whose vectors lie close count as one story; a plug-in never takes a story away."""
    wanted = sorted({name for one, kind in verdicts if kind == "related" for name in (one.a, one.b)})
    vectors = dict(zip(wanted, embed([text_of(name) for name in wanted]), strict=True)) if wanted else {}
    made = []
    for one, kind in verdicts:
        verdict: Verdict = kind
        if kind == "related":
            left, right = vectors[one.a], vectors[one.b]
            dot = sum(x * y for x, y in zip(left, right, strict=True))
            size = math.sqrt(sum(x * x for x in left) * sum(y * y for y in right))
            if size and dot / size >= ALIKE:
                verdict = "story"
        made.append((one, verdict))
    return made
