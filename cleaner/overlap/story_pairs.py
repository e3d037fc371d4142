"""Pairs of documents compared by more than their names: words, sounds, what is copied; as tasks, done anywhere, in any order.

A task reads the profiles and texts of its pairs; what it needs of all other documents is how common words are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from cleaner.overlap.candidates import PRIOR, PRIOR_SEEN
from cleaner.overlap.likely import Likely
from cleaner.overlap.near import shared_keys
from cleaner.overlap.profiles import Frequencies, Profile
from cleaner.overlap.terms import LATIN_END, alphabet_of, little_words, particles_of, same_alphabet, sounds_of
from cleaner.overlap.tokens import plain, tokens_of
from cleaner.overlap.transliterate import latin
from cleaner.overlap.verdicts import ACROSS_MANY, SMALL, Judged, Scored, is_hopeless, verdict_on

__all__ = ["Common", "PairComparing", "StoryTask", "Told"]

CASELESS_SCRIPTS = frozenset({"5", "6", "7", "9", "a", "b", "c", "d", "10", "ac"})
"""As `terms.script_of` names Hebrew, Arabic, the scripts of India, Georgian and Hangul."""
SOUNDS_ALIKE, COGNATES_ALIKE = 0.6, 0.85
"""Similarity of spelling (Ratcliff and Obershelp 1988) from which two words that sound alike are one word. In two scripts true
ones of the development set have .67 and more (Gotham and Готэма), chance gives .46 (insane and женщин). Where both are Latin,
letters say more: from .85 on, 7 of 10 pairs of tellings in two languages share two words and more, and 1.7 % of 2,000 pairs
of other texts (from .6 on, 7 of 10 and 10.8 %)."""
RARE_SOUNDS = 3
"""Factor on what is rare for words that sound alike in two languages: hardly any word does both by chance."""
SHOWN = 60_000
"""Code points of a text in which rare words are looked up to be shown."""
HELD = 256
"""Documents of which profiles, words and sounds are kept while a task is done: as many as a task has pairs."""
LITTLE_HELD = 1 << 12
"""The same for short words and letters by which languages are told, which are small: 1 KB a document."""
RARE_SHOWN = 8
"""Rare words that are shown of a pair."""

TextOf = Callable[[str], str]
Told = tuple[list[Judged], list[tuple[int, int]]]
Array = Any


@dataclass(frozen=True, slots=True)
class StoryTask:
    """Pairs that are compared at once; small, to be sent to a worker."""

    pairs: tuple[Likely, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """What all tasks of a folder share."""

    documents: int
    stems: Array | Path
    """In how many documents each stem stands (`Frequencies.stems`), or the file that holds this table."""
    rare: float
    """Documents in which a rare term stands at most."""
    strictness: float
    words: bool
    """Whether the rare words of pairs are shown that are no story."""

    def stored(self, file: Path) -> Common:
        """The same with its table in `file`, small enough to be sent to workers."""
        import numpy as np

        np.save(file, np.asarray(self.stems))
        return replace(self, stems=file)

    def frequencies(self) -> Frequencies:
        """The table opened."""
        import numpy as np

        table = np.load(self.stems, mmap_mode="r") if isinstance(self.stems, Path) else self.stems
        return Frequencies(self.documents, table)


class PairComparing:
    """Compares pairs of documents; what is needed of a document more than once is made once."""

    def __init__(self, common: Common, profiles: Mapping[str, Profile], text_of: TextOf) -> None:
        self.common, self.frequencies = common, common.frequencies()
        # What is kept must not lead back here: with the task done it is to be let go at once, not when cycles are looked for.
        frequencies = self.frequencies
        self.profile = profile = lru_cache(HELD)(profiles.__getitem__)
        self.little = lru_cache(LITTLE_HELD)(lambda name: little_words(text_of(name)))
        self.alphabet = lru_cache(LITTLE_HELD)(lambda name: alphabet_of(text_of(name)))
        self.sounds = lru_cache(HELD)(lambda name, latin: sounds_of(text_of(name), latin_script=latin))
        self.particles = lru_cache(HELD)(lambda name: particles_of(text_of(name)))
        self.words = words = lru_cache(HELD)(lambda name: _weighed(profile(name).stems, frequencies))
        self.rare_words = lru_cache(HELD)(
            lambda name: int((frequencies.stem_counts(words(name)[0]) <= common.rare).sum())
        )
        """How many rare words a document has."""
        self.small_words = lru_cache(HELD)(lambda name: _small_words(text_of(name)))

    def done(self, task: StoryTask) -> Told:
        """The pairs of `task` that are a story or related, with verdicts; by number, pairs of one language that are neither."""
        found: list[Judged] = []
        apart = []
        small = self.frequencies.documents < SMALL
        for pair in task.pairs:
            scored, words = self.compare(pair)
            kind = verdict_on(scored, small, self.common.strictness)
            if kind == "none":
                if scored.one_language:
                    apart.append(pair.numbers)
                continue
            if words and scored.one_language and (kind == "story" or self.common.words):
                scored = replace(scored, rare_words=self._shown(pair.a, words))
            found.append((scored, kind))
        return found, apart

    def compare(self, pair: Likely) -> tuple[Scored, tuple[int, ...]]:
        """The two documents compared, and the stems of the rarest words that both have."""
        same_script = pair.scripts[0] == pair.scripts[1]
        one_language = self._one_language(pair) if pair.one_language is None else pair.one_language
        scored = Scored(
            pair.a,
            pair.b,
            shared_names=len(pair.rare_names),
            names=pair.names,
            coverage=pair.coverage,
            one_language=one_language,
            mentions=pair.mentions,
            longer=pair.longer,
        )
        small = self.frequencies.documents < SMALL
        if is_hopeless(scored, small, self.common.strictness):
            return scored, ()
        shown = pair.shown
        caseless = not CASELESS_SCRIPTS.isdisjoint(pair.scripts) or pair.scripts == ("han", "han")
        words, rare, rare_words = self._shared_words(pair.a, pair.b) if same_script else (0.0, 0, ())
        if one_language:
            poorer = min(rich + self.rare_words(name) for rich, name in zip(pair.rich, (pair.a, pair.b), strict=True))
            scored = replace(
                scored,
                tokens=len(pair.rare_names) + rare,
                words=words,
                shown=shown,
                poorer=poorer,
                caseless=caseless,
                copied=self._copied(pair.a, pair.b),
            )
            return scored, rare_words
        if pair.telling and (len(pair.rare_names) < ACROSS_MANY or small):
            shown = (*shown, *self._shared_sounds(pair))
            if not same_script:
                shown = (*shown, *self._shared_particles(pair))
        return replace(scored, tokens=len(shown), words=words, shown=shown, caseless=caseless), ()

    def _shown(self, name: str, stems: tuple[int, ...]) -> tuple[str, ...]:
        """A word of the document with each of these stems."""
        import numpy as np

        lower, held, starts, ends = self.small_words(name)
        places = [np.flatnonzero(held == stem)[-1:].tolist() for stem in stems]
        return tuple([lower[starts[at] : ends[at]].decode("utf-8", "replace") for own in places for at in own])

    def _copied(self, first: str, second: str) -> float:
        one, other = self.profile(first).keys, self.profile(second).keys
        return shared_keys(one, other) / max(1, min(len(one), len(other)))

    def _one_language(self, pair: Likely) -> bool:
        """In Latin script whether a third of the short, frequent words are the same.

        In Cyrillic the letters tell; other scripts serve few languages.
        """
        script = pair.scripts[0]
        if script != pair.scripts[1]:
            return False
        if script == "cyrillic":
            return same_alphabet(self.alphabet(pair.a), self.alphabet(pair.b))
        if script != "latin":
            return True
        mine, theirs = self.little(pair.a), self.little(pair.b)
        return not mine or not theirs or len(mine & theirs) * 3 >= min(len(mine), len(theirs))

    def _shared_words(self, first: str, second: str) -> tuple[float, int, tuple[int, ...]]:
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
        rare = np.flatnonzero(seen <= self.common.rare)
        shown = rare[np.lexsort((shared[rare], seen[rare]))][:RARE_SHOWN]
        return cosine, len(rare), tuple(shared[shown].tolist())

    def _shared_sounds(self, pair: Likely) -> list[str]:
        mine, theirs = (self.sounds(name, s == "latin") for name, s in zip((pair.a, pair.b), pair.scripts, strict=True))
        names = set(pair.shared)
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
        most = RARE_SOUNDS * self.common.rare
        rare = [(mine[key], theirs[key]) for key, one, other in pairs if one + other <= most]
        alike = {words for words in rare if _spelt_alike(*words)}
        return [f"{one} = {other}" for one, other in sorted(alike)]

    def _shared_particles(self, pair: Likely) -> list[str]:
        """Particles and initials that stand before one of the names in both: `van Gogh` and `O'Connor` are names of two words.

        What counts as a name by itself (the Wi of Wi-Fi) does not count again.
        """
        mine, theirs = self.particles(pair.a), self.particles(pair.b)
        both = [row for row in sorted(mine.keys() & theirs.keys()) if row[1] in pair.rare_names]
        return [
            f"{one} = {other}"
            for (one, key), (other, _) in ((mine[row], theirs[row]) for row in both)
            if key not in pair.rare_names
        ]


def _weighed(stems: Array, frequencies: Frequencies) -> tuple[Array, Array, float]:
    """Stems of a document, squares of their weights, and the length of this vector."""
    import numpy as np

    seen = frequencies.stem_counts(stems)
    weights = np.log((frequencies.documents + PRIOR) / (seen + float(PRIOR_SEEN))) ** 2
    return stems, weights, math.sqrt(float(weights.sum()))


def _small_words(text: str) -> tuple[bytes, Array, Array, Array]:
    """The text in lower case; stems, first and last bytes of its words in small letters."""
    one = plain(text[:SHOWN])
    tokens = tokens_of([one])
    return one.lower, tokens.stems[~tokens.upper], tokens.starts[~tokens.upper], tokens.ends[~tokens.upper]


@lru_cache(maxsize=1 << 14)
def _spelt_alike(one: str, other: str) -> bool:
    least = COGNATES_ALIKE if max(one[0], other[0]) < LATIN_END else SOUNDS_ALIKE
    return SequenceMatcher(None, latin(one), latin(other), autojunk=False).ratio() >= least
