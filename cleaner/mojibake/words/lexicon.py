"""Word lists at work: which language a damaged text is in, and which words fit the letters that are left."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from cleaner.arrays import Array
from cleaner.memory import cached, cached_last
from cleaner.models import words
from cleaner.mojibake.words.spelling import Spelling

TELLING = 5
"""Longest words of a text that tell its language."""
UNKNOWN = 2.4
"""Nats a letter of a word that no list has."""
SCRIPTS = {
    "latin": (
        "en fr de es pt it nl sv da nb fi et lv lt pl cs sk sl hr bs hu ro tr sq is af ca gl eu eo id ms tl br vi cy nn hsb dsb"
    ),
    "cyrillic": "ru uk bg sr mk be kk ky tg",
    "greek": "el",
    "hebrew": "he",
    "arabic": "ar fa ur ug",
    "armenian": "hy",
    "georgian": "ka",
    "devanagari": "hi mr",
    "bengali": "bn as",
    "tamil": "ta",
    "telugu": "te",
    "malayalam": "ml",
    "sinhala": "si",
    "gujarati": "gu",
    "hangul": "ko",
    "han": "zh ja",
}
RANGES = (  # first code point, the one after the last, script
    (0x0370, 0x0400, "greek"),
    (0x0400, 0x0530, "cyrillic"),
    (0x0530, 0x0590, "armenian"),
    (0x0590, 0x0600, "hebrew"),
    (0x0600, 0x0780, "arabic"),
    (0x0900, 0x0980, "devanagari"),
    (0x0980, 0x0A00, "bengali"),
    (0x0A80, 0x0B00, "gujarati"),
    (0x0B80, 0x0C00, "tamil"),
    (0x0C00, 0x0C80, "telugu"),
    (0x0D00, 0x0D80, "malayalam"),
    (0x0D80, 0x0E00, "sinhala"),
    (0x10A0, 0x1100, "georgian"),
    (0x3005, 0x3008, "han"),
    (0x3040, 0x3100, "han"),
    (0x3400, 0xA000, "han"),
    (0xAC00, 0xD7B0, "hangul"),
)
HELD = 4_096
"""Damaged words whose answers are kept: each is asked about once a reading of its line."""
CHARACTERS_HELD = 8_192
"""Characters whose script is kept: more than Chinese text has in use."""
LINES_HELD = 2_048
"""Lines whose languages are kept: the readings of a line have the same telling words."""
SPELLINGS_HELD = 16
"""Languages whose spelling is kept: 1.8 MB each, made again in 9 ms. For the judge's garbled texts, of some 40 languages in no
order, 180 were made with 8, 60 with 16."""
MOST = 40
"""Words tried for one stretch."""
SPELLINGS = 12
"""Spellings that no list has, tried for one stretch."""
EVERYDAY = 11.0
"""Nats below which a word of the list is so frequent that no other spelling is asked for. With 7.5, 9, 11, 13 and none at all,
2,266, 2,266, 2,267, 2,267 and 2,267 of the judge's garbled texts become right, and 714 of 928 held-back ones each time; without
spellings 2,257."""
UNLISTED = 1.6
"""Nats of being no word of the list: one in five words of running text is none."""
SPREAD = 9.0
"""Nats that a language may be behind the likeliest one and still give words."""


@cached_last(CHARACTERS_HELD)
def script_of(char: str) -> str | None:
    """The script of a letter; None where no word list is in it."""
    code = ord(char)
    if code < 0x0250 or 0x1E00 <= code < 0x1F00:
        return "latin" if char.isalpha() else None
    for first, last, script in RANGES:
        if first <= code < last:
            return script if _codes(script) else None
    return None


@cached
def _codes(script: str) -> tuple[str, ...]:
    """The languages of `script` that have a list."""
    known = set(words.codes())
    return tuple(code for code in SCRIPTS[script].split() if code in known)


@cached
def _list(script: str) -> words.WordList:
    return words.load(_codes(script))


@cached_last(SPELLINGS_HELD)
def _spelling(code: str) -> Spelling:
    return Spelling(words.load((code,)))


@cached_last(HELD)
def _by_language(script: str, core: tuple[str, ...]) -> Array | None:
    """Cost in nats of the most frequent word that fits `core` in each language; None where no language has one."""
    match = _list(script).matches(core)
    return match.by_language(_unknown(core)) if match is not None else None


def _unknown(core: Sequence[str]) -> float:
    """Nats of a word that no list has."""
    return UNKNOWN * len(core) + 4


@cached_last(HELD)
def _spelled(code: str, core: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    return tuple(_spelling(code).fitting(core, SPELLINGS))


def costs_by_language(script: str, asked: Sequence[Sequence[str]]) -> dict[str, float]:
    """Cost in nats of all words of `asked`, each given as the small letters possible at each place, in each language of
    `script`.
    """
    held = _list(script)
    total = np.zeros(len(held.languages), np.float64)
    for word in asked:
        costs = _by_language(script, tuple(word))
        total += costs if costs is not None else _unknown(word)
    return dict(zip(held.languages, total.tolist(), strict=True))


@cached_last(HELD)
def is_listed(script: str, word: str) -> bool:
    """Whether a language of `script` has lower-case `word` in its list."""
    return _list(script).matches(word) is not None


@cached_last(HELD)
def languages_of(script: str, word: str) -> tuple[str, ...]:
    """The languages of `script` that have lower-case `word` in their lists."""
    held = _list(script)
    match = held.matches(word)
    costs = match.by_language(math.inf).tolist() if match is not None else []
    return tuple(code for code, cost in zip(held.languages, costs, strict=False) if cost < math.inf)


def is_known(word: str) -> bool:
    """Whether lower-case `word`, of letters, is in a list of the script that it begins in."""
    script = script_of(word[0])
    return script in SCRIPTS and is_listed(str(script), word)


Weights = tuple[tuple[int, float], ...]
"""(index, extra cost) of each language that a text can be in: nats that a word of it costs more than one of the likeliest."""


@cached_last(LINES_HELD)
def _weights(script: str, cores: tuple[tuple[str, ...], ...]) -> Weights:
    """The languages of a text whose words fit `cores`."""
    total = np.zeros(len(_list(script).languages), np.float32)
    told = 0
    for core in cores:
        costs = _by_language(script, core)
        if costs is not None:
            total += costs
            told += 1
    behind = total - total.min()
    near = np.flatnonzero(behind <= SPREAD)
    return tuple(zip(near.tolist(), (behind[near] / max(1, told)).astype(np.float32).tolist(), strict=True))


@cached_last(HELD)
def words_for(script: str, core: tuple[str, ...], weights: Weights) -> Mapping[str, float]:
    """The words of the languages `weights` that fit `core`, with their costs in nats."""
    held = _list(script)
    match = held.matches(core, [place for place, _ in weights])
    extra = np.zeros(len(held.languages), np.float32)
    extra[[place for place, _ in weights]] = [behind for _, behind in weights]
    found = dict(match.best(extra, MOST)) if match is not None else {}
    if script == "han" or (found and min(found.values()) < EVERYDAY):
        return found
    likeliest = min(weights, key=lambda weight: weight[1])[0]
    for word, cost in _spelled(held.languages[likeliest], core):
        found[word] = min(found.get(word, math.inf), cost + UNLISTED)
    return found


class Lexicon:
    """The word list for one damaged text, each language weighed by how well it fits the words that are known."""

    def __init__(self, script: str, cores: Iterable[tuple[str, ...]]) -> None:
        self._script = script
        telling: dict[tuple[str, ...], None] = {}
        for core in cores:
            telling[core] = None
            if len(telling) == TELLING:
                break
        self.weights = _weights(script, tuple(telling))

    def fitting(self, core: Sequence[str]) -> Mapping[str, float]:
        """Words that fit `core`, the small letters possible at each place, with their costs in nats.

        The most frequent listed words; and, where those are not everyday words, spellings that are likely in the
        likeliest language.
        """
        return words_for(self._script, tuple(core), self.weights)
