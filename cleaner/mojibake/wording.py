"""Word lists on the readings of a line: words that fit its gaps are proposed, and readings that hold words are worth more."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from cleaner.mojibake.beam import Stretch, ways
from cleaner.mojibake.gaps import Slot
from cleaner.mojibake.lexicon import Lexicon, is_listed, script_of

__all__ = ["add_words", "is_word", "script_in", "word_gains"]

WORD_COST = 1.0
"""Nats that a word must be likelier as a word of the list than as a row of letters."""
CASE_COST = 6.0
"""Nats for a word that mixes small letters and capitals after its first letter."""
HELD = 1_024
"""Sets of choices that are kept by letter: an accident has few."""
Fits = list[tuple[int, int, Mapping[str, float]]]
"""For places `first` to `last`: the words that fit there, with their costs."""
LETTERS = re.compile(r"[^\W\d_]{2,}")


def word_gains(texts: Sequence[str], script: str) -> list[float]:
    """Nats that the words of each of `texts` are worth which not all of them have."""
    from cleaner.mojibake.search import likelihoods

    held = [Counter(LETTERS.findall(text.lower())) for text in texts]
    shared = held[0].copy()
    for words in held[1:]:
        shared &= words
    own = [words - shared for words in held]
    asked = sorted(set().union(*own))
    if not asked:
        return [0.0] * len(texts)
    lexicon = Lexicon(script, [tuple(word) for word in sorted(set().union(*held), key=lambda word: (-len(word), word))])
    scores = dict(zip(asked, likelihoods([f" {word} " for word in asked]), strict=True))
    gains = {
        word: max(0.0, -scores[word] - lexicon.fitting(tuple(word)).get(word, math.inf) - WORD_COST) for word in asked
    }
    return [sum(gains[word] * count for word, count in words.items()) for words in own]


def is_word(word: str) -> bool:
    """Whether lower-case `word` in Latin letters stands in a list."""
    return is_listed("latin", word)


def add_words(readings: Sequence[tuple[Sequence[Slot], Sequence[Stretch]]]) -> None:
    """Adds to each stretch of these readings of a line those that words of a list give, and sorts its readings anew."""
    found: list[Stretch] = []
    fits: list[Fits] = []
    for slots, parts in readings:
        script = script_in(slots)
        if script is not None:
            found += parts
            fits += _fitting(slots, parts, script)
    if found:
        _rank(found, fits)


def _fitting(slots: Sequence[Slot], found: Sequence[Stretch], script: str) -> Iterator[Fits]:
    """The words that fit each of the stretches `found`, with which readings are added to it."""
    cores = _cores(slots, script)
    if script == "han":
        cores = list(_windows(cores, {at for part in found for at in part.open}))
    telling = sorted(cores, key=lambda core: (sum(len(letters) > 1 for letters in core[2]) - len(core[2]), core[0]))
    lexicon = Lexicon(script, [letters for _, _, letters in telling])
    starts = [core[0] for core in cores]  # in order, as `_windows` and `_cores` make them
    for part in found:
        near = cores[bisect_left(starts, part.first) : bisect_left(starts, part.last)]
        words = [(first, last, lexicon.fitting(letters)) for first, last, letters in near if last <= part.last]
        held = {chosen for _, chosen in part.readings}
        for first, last, known in words:
            _propose(part, slots, first, last, known, held)
        yield [row for row in words if row[2]]


def _rank(found: Sequence[Stretch], fits: Sequence[Fits]) -> None:
    """Gives each reading its log-likelihood with what its words are worth, and sorts them."""
    from cleaner.mojibake.search import likelihoods

    rows = []
    texts: dict[str, None] = {}
    for part, words in zip(found, fits, strict=True):
        written = _Written(part, words)
        for _, chosen in part.readings:
            text, cost, used = written.read(chosen)
            texts[text] = None
            texts.update(dict.fromkeys([word for _, _, word, _ in used]))
            rows.append((part, chosen, text, cost, used))
        part.readings.clear()
    scores = dict(zip(texts, likelihoods(list(texts)), strict=True))
    for part, chosen, text, cost, used in rows:
        worth = _worth([(-scores[word] - price - WORD_COST, first, last) for first, last, word, price in used])
        part.readings.append((scores[text] + worth - cost, chosen))
    for part in found:
        part.readings.sort(key=lambda row: (-row[0], row[1]))


class _Written:
    """A stretch whose readings are written out: what does not depend on them is made once."""

    def __init__(self, part: Stretch, words: Fits) -> None:
        self._part, self._words = part, words
        bounds = [part.first - 1, *part.open, part.last]
        fixed = [
            "".join([slot.choices[0] for slot in part.slots[first + 1 : last]]) for first, last in pairwise(bounds)
        ]
        held = [ways(part.slots[at].choices, part.slots[at].literal) for at in part.open]
        self._open = list(zip(held, fixed, strict=False))
        self._last = fixed[-1]

    def read(self, chosen: tuple[str, ...]) -> tuple[str, float, list[tuple[int, int, str, float]]]:
        """The text of a reading, with what stands around it, what it costs besides its likelihood, and its words (`_used`)."""
        part = self._part
        text, cost = part.left, 0.0
        for (held, fixed), choice in zip(self._open, chosen, strict=True):
            text += fixed
            cost += held.cost(choice, text[-2:])
            text += choice
        text += self._last
        inside = text[len(part.left) :]
        text += part.right
        if text != text.lower():
            cost += CASE_COST * sum(map(_mixed, LETTERS.findall(text)))
        if not self._words:
            return text, cost, []
        return text, cost, self._used(inside, chosen)

    def _used(self, inside: str, chosen: tuple[str, ...]) -> list[tuple[int, int, str, float]]:
        """The words of a list that the text `inside` of a reading holds: places, the word between spaces, its cost."""
        start, found = self._part.first, []
        if len(inside) == self._part.last - start:  # nearly always each place has one character
            letters = inside if inside == inside.lower() else "".join(map(small, inside))
            for first, last, known in self._words:
                cost = known.get(letters[first - start : last - start])
                if cost is not None:
                    # In small letters, so that being a word does not make up for a capital in the wrong place.
                    found.append((first, last, f" {inside[first - start : last - start].lower()} ", cost))
            return found
        full = _full(self._part, chosen)
        for first, last, known in self._words:
            word = "".join(full[first - start : last - start])
            cost = known.get("".join(map(small, word)))
            if cost is not None:
                found.append((first, last, f" {word.lower()} ", cost))
        return found


def _mixed(word: str) -> bool:
    """Whether `word` has small and capital letters after its first."""
    rest = word[1:]
    return not rest.islower() and rest != rest.upper()


def _worth(words: list[tuple[float, int, int]]) -> float:
    """Nats that `words` (gain, first, last) are worth: the best of them that do not overlap."""
    total = 0.0
    taken: list[tuple[int, int]] = []  # in order, none over another
    for gain, first, last in sorted(words, reverse=True):
        place = bisect_left(taken, (last,))
        if gain > 0 and (not place or taken[place - 1][1] <= first):
            total += gain
            taken.insert(place, (first, last))
    return total


def _full(part: Stretch, chosen: Sequence[str]) -> list[str]:
    """The text at each place of `part`."""
    full = [slot.choices[0] for slot in part.slots[part.first : part.last]]
    for at, text in zip(part.open, chosen, strict=True):
        full[at - part.first] = text
    return full


def _propose(
    part: Stretch, slots: Sequence[Slot], first: int, last: int, words: Iterable[str], known: set[tuple[str, ...]]
) -> None:
    """Adds the best reading of `part` with each of `words` in the places `first` to `last`, unless it is `known`."""
    base = part.readings[0][1]
    inside = [(number, at) for number, at in enumerate(part.open) if first <= at < last]
    by_letter = {at: _by_letter(slots[at].choices) for _, at in inside}
    for word in words:
        chosen = list(base)
        for number, at in inside:
            fitting = by_letter[at][word[at - first]]
            # Where a letter can be either, it has the case of the one before it.
            chosen[number] = fitting[0] if len(fitting) == 1 else _cased(fitting, slots, at, first)
        if tuple(chosen) not in known:
            known.add(tuple(chosen))
            part.readings.append((-math.inf, tuple(chosen)))


@lru_cache(HELD)
def _by_letter(choices: tuple[str, ...]) -> dict[str, list[str]]:
    """The texts among `choices` that each small letter can stand for."""
    found: dict[str, list[str]] = {}
    for text in choices:
        found.setdefault(small(text), []).append(text)
    return found


def small(char: str) -> str:
    """`char` as a small letter, always one code point: `i` for `İ`, whose small form has a second one."""
    return char.lower()[:1]


def _cased(fitting: list[str], slots: Sequence[Slot], at: int, first: int) -> str:
    upper = at > first and len(slots[at - 1].choices) == 1 and slots[at - 1].choices[0].isupper()
    return next((text for text in fitting if text.isupper() == upper), fitting[0])


def script_in(slots: Sequence[Slot]) -> str | None:
    """The script that most of the letters beyond ASCII have."""
    counts: Counter[str] = Counter()
    for choices, count in Counter([slot.choices for slot in slots if not slot.choices[0].isascii()]).items():
        for script in _scripts(choices):
            counts[script] += count
    return min(counts, key=lambda script: (-counts[script], script)) if counts else None


@lru_cache(HELD)
def _scripts(choices: tuple[str, ...]) -> list[str]:
    """The scripts of the first letters of the likeliest `choices`, those beyond ASCII."""
    chars = {choice[0] for choice in choices[:8]}
    return [script for char in chars if char > "\x7f" and (script := script_of(char))]


Core = tuple[int, int, tuple[str, ...]]
"""Places `first` to `last` that can be a word, and the small letters that each can have."""


def _cores(slots: Sequence[Slot], script: str) -> list[Core]:
    """The runs of places that can all be letters of `script`."""
    found: list[Core] = []
    first = 0
    run: list[str] = []
    for place in range(len(slots) + 1):
        letters = _letters(slots[place].choices, script) if place < len(slots) else ""
        if letters:
            run.append(letters)
            continue
        if run:
            found.append((first, place, tuple(run)))
        first, run = place + 1, []
    return found


@lru_cache(HELD)
def _letters(choices: tuple[str, ...], script: str) -> str:
    """The small letters of `script` among `choices`."""
    fitting = (small(choice) for choice in choices if len(choice) == 1 and script_of(choice) == script)
    return "".join(dict.fromkeys(fitting))


def _windows(cores: Iterable[Core], openings: set[int]) -> Iterator[Core]:
    """Words that cores without spaces can hold around `openings`: of two to four places."""
    for first, last, letters in cores:
        for start in range(first, last):
            for end in range(start + 2, min(last, start + 4) + 1):
                if any(place in openings for place in range(start, end)):
                    yield start, end, letters[start - first : end - first]
