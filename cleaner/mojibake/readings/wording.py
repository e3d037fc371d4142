"""Word lists applied to the readings of a line: words that fit its gaps are proposed, and readings with known words gain."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from cleaner.document import Candidate
from cleaner.memory import cached, cached_last
from cleaner.models.characters import STEP
from cleaner.mojibake.accidents.gaps import OPEN, Reading
from cleaner.mojibake.accidents.steps import BEYOND
from cleaner.mojibake.readings.beam import Row, Stretch, decode, stretches
from cleaner.mojibake.words.lexicon import RANGES, Lexicon, Weights, script_of, words_for

WORD_COST = 1.0
"""Nats by which a word must be likelier as a listed word than by its letters."""
CASE_COST = 6.0
"""Nats for a word that mixes small letters and capitals after its first letter."""
HELD = 4_096
"""Size of the caches of sets of choices by letter, and of words with their gains: one accident has few, 2,182 garbled
texts of 40 languages 2,000 and 3,200."""
STRETCHES_HELD = 4_096
"""Stretches that are cached with their readings: the words of a document are repeated. Those 2,182 texts have 3,600."""
FAINT = 16.0
"""Nats behind the best from which a reading is dropped: it has a ten-millionth of the probability."""
Core = tuple[int, int, tuple[str, ...]]
"""Places `first` to `last` that can be a word, and the small letters that each can have."""
_Span = tuple[int, int]
_Words = tuple[int, int, Mapping[str, float]]
"""For places `first` to `last`: the words that fit there, with their costs."""
_Used = tuple[int, int, str, float]
"""A word of a list in a reading: its places, the word between spaces, its cost."""
LETTERS = re.compile(r"[^\W\d_]{2,}")
LATIN = "A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f\u1e00-\u1eff"
"""The letters whose script is Latin (`lexicon.script_of`)."""
LEAST, ALTERNATIVES = 0.001, 5
"""Least probability of an alternative at a place, and most alternatives."""
SIGN = "[\xa1-\xa9\xab\xac\xae\xaf\xb1-\xb4\xb6\xb8\xb9\xbb-\xbf\xf7\u201a-\u201f\u2020\u2021\u2030-\u2bff]"
TORN = re.compile(f"(?<!\\w)\\w*(?:(?<=[^\\W\\d_]){SIGN}(?=[^\\W\\d_])\\w*)+")
"""A word split by a sign that does not join words: its parts don't count as words (`Logeintr„ge`). Of 16,400 unseen
garbled texts 14 more become right for it, and two wrong ones are wrong in another way."""


def word_gains(texts: Sequence[str], script: str) -> list[float]:
    """Nats that each of `texts` gains by its known words, not counting those that all of them have."""
    held = [Counter(LETTERS.findall(TORN.sub(" ", text.lower()))) for text in texts]
    shared = held[0].copy()
    for words in held[1:]:
        shared &= words
    own = [words - shared for words in held]
    if not any(own):
        return [0.0] * len(texts)
    weights = Lexicon(script, map(tuple, sorted(set().union(*held), key=lambda word: (-len(word), word)))).weights
    return [sum([_word_gain(word, script, weights) * count for word, count in words.items()]) for words in own]


@cached_last(HELD)
def _word_gain(word: str, script: str, weights: Weights) -> float:
    """Nats that `word` is likelier by as a word of a list than as a row of letters."""
    from cleaner.mojibake.readings.evidence import likelihoods

    cost = words_for(script, tuple(word), weights).get(word, math.inf)
    return max(0.0, -likelihoods([f" {word} "])[0] - cost - WORD_COST)


class Worded:
    """A stretch with its readings, the likeliest first: log-likelihood with the gains of words, and the choice at each
    open place.
    """

    __slots__ = ("_others", "part", "readings")

    def __init__(self, part: Stretch) -> None:
        self.part = part
        self.readings: list[tuple[float, tuple[str, ...]]] = []
        self._others: list[tuple[Candidate, ...]] | None = None

    def others(self) -> list[tuple[Candidate, ...]]:
        """For each open place what other readings have there."""
        if self._others is None:
            top = self.readings[0][0]
            weights = [math.exp(score - top) for score, _ in self.readings]
            total = sum(weights)
            chosen = zip(*[row for _, row in self.readings], strict=True)
            self._others = [_otherwise(texts, weights, total) for texts in chosen]
        return self._others


def _otherwise(texts: Sequence[str], weights: Sequence[float], total: float) -> tuple[Candidate, ...]:
    """The likeliest of `texts` but the first, each with its share of the `weights`."""
    shares: dict[str, float] = {}
    for text, weight in zip(texts, weights, strict=True):
        if text != texts[0]:
            shares[text] = shares.get(text, 0.0) + weight / total
    likely = sorted((-share, text) for text, share in shares.items() if share >= LEAST)
    return tuple([Candidate(text, round(-share, 3)) for share, text in likely[:ALTERNATIVES]])


@cached_last(STRETCHES_HELD)
def _worded(part: Stretch, script: str, weights: Weights, spans: tuple[_Span, ...]) -> Worded:
    """The `Worded` of `part`, cached: its readings depend on the `script` and the `weights` of the languages of its
    line (empty where no words are used), and on the `spans` of its uncertain words. `_fill` gives it the readings.
    """
    del script, weights, spans
    return Worded(part)


def worded(readings: Sequence[Reading]) -> list[list[Worded]]:
    """The stretches of each of `readings`, with their own readings.

    What a stretch can be depends only on itself, and on the script and the languages of its line, so that it is
    computed once.
    """
    found: list[list[Worded]] = []
    wanted: dict[int, tuple[Worded, list[Core] | None, Lexicon | None]] = {}
    for reading in readings:
        script = script_in(reading)
        cores = _Cores(reading, script) if script else None
        lexicon = None
        row = []
        for start, part in stretches(reading):
            spans = cores.within(start, start + len(part.text)) if cores else ()
            near = tuple([(first - start, last - start) for first, last in spans])
            if script and cores and near:
                lexicon = lexicon or Lexicon(script, cores.telling())
            held = _worded(part, script or "", lexicon.weights if lexicon and near else (), near)
            if not held.readings and id(held) not in wanted:
                letters = cores.beside(start, spans) if cores else None
                wanted[id(held)] = held, letters, lexicon
            row.append(held)
        found.append(row)
    if wanted:
        _fill(list(wanted.values()))
    return found


def _fill(wanted: Sequence[tuple[Worded, list[Core] | None, Lexicon | None]]) -> None:
    """Gives each its readings: those of the beam and those with listed words, with the gains of their words.

    Only differences count: what is the same in all readings, such as sure words, is left out.
    """
    from cleaner.mojibake.readings.evidence import likelihoods

    beams = decode([held.part for held, _, _ in wanted])
    written, texts = [], dict[str, None]()
    for (held, cores, lexicon), rows in zip(wanted, beams, strict=True):
        if cores is None:
            held.readings = [(-STEP * cost, chosen) for cost, chosen in rows]
            continue
        known = [(first, last, lexicon.fitting(letters)) for first, last, letters in cores] if lexicon else []
        one = _Written(held.part, rows, [row for row in known if row[2]])
        texts.update(dict.fromkeys(one.texts()))
        written.append((held, one))
    scores = dict(zip(texts, likelihoods(list(texts)), strict=True)) if texts else {}
    for held, one in written:
        found = one.ranked(scores)
        held.readings = [row for row in found if row[0] > found[0][0] - FAINT]


class _Written:
    """The readings of a stretch written out."""

    def __init__(self, part: Stretch, rows: Sequence[Row], words: Sequence[_Words]) -> None:
        self._part, self._words = part, words
        self._open = part.open
        self._parts = [text for fixed in part.text.split(OPEN) for text in (fixed, "")][:-1]
        base = rows[0][1]
        known = {chosen for _, chosen in rows}
        self._proposed = [chosen for row in words for chosen in self._proposals(base, row, known)]
        self._rows = [(cost, chosen, *self._read(chosen)) for cost, chosen in rows]
        self._more = [(chosen, *self._read(chosen)) for chosen in self._proposed]

    def texts(self) -> Iterator[str]:
        """Texts to ask the model about: the first reading, those that words propose, and the words; nothing where no word fits."""
        if self._words:
            yield self._rows[0][2]
        for _, text, _, _ in self._more:
            yield text
        for used in [*(row[4] for row in self._rows), *(row[3] for row in self._more)]:
            yield from [word for _, _, word, _ in used]

    def ranked(self, scores: Mapping[str, float]) -> list[tuple[float, tuple[str, ...]]]:
        """The readings with their log-likelihoods and the gains of their words, the likeliest first."""
        cost, chosen, text, _, _ = self._rows[0]
        # The beam did not count characters that no choice changes.
        fixed = round(-scores[text] / STEP) + self._cost(chosen) - cost if self._words else 0
        found = [(cost + fixed, chosen, mixed, used) for cost, chosen, _, mixed, used in self._rows]
        for chosen, text, mixed, used in self._more:
            found.append((round(-scores[text] / STEP) + self._cost(chosen), chosen, mixed, used))
        rows = []
        for cost, chosen, mixed, used in found:
            words = [(-scores[word] - price - WORD_COST, first, last) for first, last, word, price in used]
            rows.append((-STEP * cost - CASE_COST * mixed + _worth(words), chosen))
        rows.sort(key=lambda row: (-row[0], row[1]))
        return rows

    def _cost(self, chosen: tuple[str, ...]) -> int:
        """The cost of `chosen` besides its likelihood, in steps."""
        text, cost = self._part.left, 0
        for way, fixed, choice in zip(self._part.ways, self._parts[::2], chosen, strict=False):
            text += fixed
            cost += way.cost(choice, text[-2:])
            text += choice
        return cost

    def _read(self, chosen: tuple[str, ...]) -> tuple[str, int, list[_Used]]:
        """The text of a reading with what stands around it, its words of mixed case, and its words of the list."""
        self._parts[1::2] = chosen
        inside = "".join(self._parts)
        text = self._part.left + inside + self._part.right
        lower = inside.lower()
        mixed = sum(map(_mixed, LETTERS.findall(text))) if lower != inside else 0
        return text, mixed, self._used(inside, lower, chosen) if self._words else []

    def _used(self, inside: str, lower: str, chosen: tuple[str, ...]) -> list[_Used]:
        """The words of a list that the text `inside` of a reading holds: places, the word between spaces, its cost."""
        found = []
        if len(inside) == len(self._part.text):  # nearly always each place has one character
            letters = lower if len(lower) == len(inside) else "".join(map(small, inside))
            for first, last, known in self._words:
                cost = known.get(letters[first:last])
                if cost is not None:
                    # In small letters, so that being a word does not make up for a capital in the wrong place.
                    found.append((first, last, f" {inside[first:last].lower()} ", cost))
            return found
        full = list(self._part.text)
        for at, text in zip(self._open, chosen, strict=True):
            full[at] = text
        for first, last, known in self._words:
            word = "".join(full[first:last])
            cost = known.get("".join(map(small, word)))
            if cost is not None:
                found.append((first, last, f" {word.lower()} ", cost))
        return found

    def _proposals(
        self, base: tuple[str, ...], words: _Words, known: set[tuple[str, ...]]
    ) -> Iterator[tuple[str, ...]]:
        """The reading `base` with each of these words, unless it is `known`."""
        first, last, fitting = words
        inside = [(number, at) for number, at in enumerate(self._open) if first <= at < last]
        by_letter = [_by_letter(self._part.ways[number].choices) for number, _ in inside]
        for word in fitting:
            chosen = list(base)
            for (number, at), held in zip(inside, by_letter, strict=True):
                texts = held[word[at - first]]
                # Where a letter can be either, it has the case of the one before it.
                chosen[number] = texts[0] if len(texts) == 1 else self._cased(texts, at, first)
            if tuple(chosen) not in known:
                known.add(tuple(chosen))
                yield tuple(chosen)

    def _cased(self, texts: Sequence[str], at: int, first: int) -> str:
        upper = at > first and self._part.text[at - 1].isupper()
        return next((text for text in texts if text.isupper() == upper), texts[0])


def _mixed(word: str) -> bool:
    """Whether `word` has small and capital letters after its first."""
    rest = word[1:]
    return not rest.islower() and rest != rest.upper()


def _worth(words: list[tuple[float, int, int]]) -> float:
    """The total gain of the best of `words` (gain, first, last) that do not overlap, in nats."""
    total = 0.0
    taken: list[tuple[int, int]] = []  # in order, none over another
    for gain, first, last in sorted(words, reverse=True):
        place = bisect_left(taken, (last,))
        if gain > 0 and (not place or taken[place - 1][1] <= first):
            total += gain
            taken.insert(place, (first, last))
    return total


@cached_last(HELD)
def _by_letter(choices: tuple[str, ...]) -> dict[str, list[str]]:
    """The texts among `choices` that each small letter can stand for."""
    found: dict[str, list[str]] = {}
    for text in choices:
        found.setdefault(small(text), []).append(text)
    return found


def small(char: str) -> str:
    """`char` as a small letter, always one code point: `i` for `İ`, whose small form has a second one."""
    return char.lower()[:1]


def script_in(reading: Reading) -> str | None:
    """The script that most of the letters beyond ASCII have."""
    counts = Counter(map(script_of, BEYOND.findall(reading.text)))
    del counts[None]
    # Equal choices are the same object (interned in `gaps`), so that each is looked up once.
    held = {id(slot.choices): slot.choices for slot in reading.slots}
    for number, times in Counter([id(slot.choices) for slot in reading.slots]).items():
        for script in _scripts(held[number]):
            counts[script] += times
    return min(counts, key=lambda script: (-counts[script], script)) if counts else None


@cached_last(HELD)
def _scripts(choices: tuple[str, ...]) -> list[str]:
    """The scripts of the first letters of the likeliest `choices`, those beyond ASCII; none where the first is ASCII."""
    chars = {choice[0] for choice in choices[:8]} if not choices[0].isascii() else set()
    return [script for char in chars if char > "\x7f" and (script := script_of(char))]


class _Cores:
    """The runs of places of a reading that can all be letters of `script`; where it has no spaces, windows around open places."""

    def __init__(self, reading: Reading, script: str) -> None:
        held = {id(slot.choices): slot.choices for slot in reading.slots}
        letters_of = {number: _letters(choices, script) for number, choices in held.items()}
        opened = zip(reading.places, reading.slots, strict=True)
        self._open = {place: letters_of[id(slot.choices)] for place, slot in opened}
        text = reading.text
        if not any(self._open.values()):
            text = ""  # no word is asked for
        elif not all(self._open.values()):
            chars = list(text)
            for place, letters in self._open.items():
                if not letters:
                    chars[place] = "\0"
            text = "".join(chars)
        self._spans = [match.span() for match in _letters_of(script).finditer(text)]
        if script == "han":
            self._spans = list(_windows(self._spans, self._open))
        self._starts = [first for first, _ in self._spans]
        lower = text.lower()
        self._text = lower if len(lower) == len(text) else "".join(map(small, text))

    def within(self, start: int, end: int) -> list[_Span]:
        """The runs in the places `start` to `end` that hold an open one."""
        near = self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [span for span in near if span[1] <= end and OPEN in self._text[slice(*span)]]

    def letters(self, first: int, last: int) -> tuple[str, ...]:
        """The small letters that can stand at each of the places `first` to `last`."""
        part = self._text[first:last]
        if OPEN not in part:
            return tuple(part)
        return tuple([self._open[at] if char == OPEN else char for at, char in enumerate(part, first)])

    def beside(self, start: int, spans: Iterable[_Span]) -> list[Core]:
        """The runs `spans`, their places counted from `start`."""
        return [(first - start, last - start, self.letters(first, last)) for first, last in spans]

    def telling(self) -> Iterator[tuple[str, ...]]:
        """The letters of the runs, those first that have most letters that are sure."""
        order = sorted([(self._unsure(first, last) - last + first, first, last) for first, last in self._spans])
        return (self.letters(first, last) for _, first, last in order)

    def _unsure(self, first: int, last: int) -> int:
        if OPEN not in self._text[first:last]:
            return 0
        return sum([self._text[at] == OPEN and len(self._open[at]) > 1 for at in range(first, last)])


@cached
def _letters_of(script: str) -> re.Pattern[str]:
    """Matches runs of letters of `script` and open places."""
    ranges = [f"{chr(first)}-{chr(last - 1)}" for first, last, name in RANGES if name == script] or [LATIN]
    return re.compile(f"[{''.join(ranges)}{OPEN}]+")


@cached_last(HELD)
def _letters(choices: tuple[str, ...], script: str) -> str:
    """The small letters of `script` among `choices`."""
    fitting = (small(choice) for choice in choices if len(choice) == 1 and script_of(choice) == script)
    return "".join(dict.fromkeys(fitting))


def _windows(spans: Iterable[_Span], openings: Collection[int]) -> Iterator[_Span]:
    """Words that runs without spaces can hold around `openings`: of two to four places."""
    for first, last in spans:
        for start in range(first, last):
            for end in range(start + 2, min(last, start + 4) + 1):
                if any(place in openings for place in range(start, end)):
                    yield start, end
