"""Pairs of documents that share rare names, from an inverted index: no document is compared with all others.

The names of all documents are laid out in arrays. Names that stand in MOST documents or fewer make pairs; a pair's similarity
is added up over them, for some documents at a time. Time grows with the documents, since a name makes at most
MOST * (MOST - 1) / 2 pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Any

from cleaner.overlap.chinese import READ, Known
from cleaner.overlap.profiles import TOGETHER, Profile
from cleaner.overlap.spellings import pinyin_among
from cleaner.overlap.survey import HAN_WORD, Survey, in_parts
from cleaner.overlap.terms import bare_sounds, keys_of_sounds

__all__ = ["MOST", "NameIndex", "index_names", "name_pairs"]

CAPITALISED = 0.6
"""Share of the documents with a word in which it is capitalised inside a sentence, from which it is a name (findings: a
name in .6 and more of 664 documents)."""
OFTEN, CAPITALISED_LEAST = 3, 0.2
"""A text that names a word so often has a name of its own there, if not most others write the word small (Tara, Hope)."""
MOST = 50
"""Documents from which a name makes no candidates: 1,225 pairs a name. Stories of the development set share names of 2 to 9."""
PRIOR, PRIOR_SEEN = 100, 3
"""Documents without the term, and with it, that are assumed beside those at hand: smooths the weights of small folders."""
NAMES_LEAST = 0.5
"""Names that a text has at least, as a factor on the root of its words that are read: what is missing of them in a Chinese text
has not been recognised. (Of 521 texts of the development set with 16 to 8,000 words, half have .5 to 1.1.)"""
FIRST_UNVOWELLED, VOWELLED = "\u0590", "\u0900"
"""Letters between which are those of Hebrew, Arabic and Syriac: names without vowels are not heard under Chinese syllables."""
PART = 1 << 17
"""Meetings of two documents in a name that are held in memory at a time: 1 MB an array. Larger ones leave holes in the heap."""

Array = Any
Rows = tuple[Array, Array, Array]
"""Names of some documents: how many each has; how often each name is named, and its word."""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of documents, by number. A name is known by its key, which is how it sounds.

    Document `d` has the rows `borders[d]:borders[d + 1]`, sorted by key; a row is a name: how often it is named, and the place in
    `words` of how it is written there first.
    """

    keys: tuple[str, ...]
    """Sorted."""
    words: tuple[str, ...]
    sound: Array
    """Of each of `words`, the place of its key; -1 where it says nothing."""
    borders: Array
    count: Array
    spelt: Array
    seen: Array
    """Documents that hold a key."""
    weights: Array
    """Inverse document frequency of each key, in nats."""
    norms: Array
    """Length of each document's vector of names."""
    totals: Array
    """Sum of the weights of each document's names."""

    @property
    def skipped(self) -> int:
        """Names that stand in more than MOST documents."""
        import numpy as np

        return int(np.count_nonzero(self.seen > MOST))

    def owners(self) -> Array:
        """The document of each row."""
        import numpy as np

        return np.repeat(np.arange(len(self.borders) - 1, dtype=np.int32), np.diff(self.borders))

    def key(self, rows: Array | slice = slice(None)) -> Array:
        """The place in `keys` of each of `rows`, of all where none are named."""
        return self.sound[self.spelt[rows]]

    def times(self, rows: Array) -> Array:
        """What the number of mentions contributes to the weight of each of `rows`."""
        return _times(self.count[rows])


def index_names(profiles: Mapping[str, Profile], survey: Survey) -> NameIndex:
    """The index of all `profiles`; `survey` is of the same documents."""
    import numpy as np

    known = _Known(survey)
    parts = [known.rows(held) for held in in_parts((profiles[name] for name in survey.documents), TOGETHER)]
    if known.heard:
        parts = known.with_chinese(parts, profiles)
    keys, sound = known.sorted_keys()
    for place, part in enumerate(parts):  # one after the other, so that no part is held twice
        parts[place] = _sorted_rows(part, sound)
    lengths, count, spelt = (
        np.concatenate([np.zeros(0, np.uint32), *(part[column] for part in parts)]) for column in range(3)
    )
    seen = np.zeros(len(keys), np.int64)
    for _, _, own in parts:
        seen += np.bincount(sound[own], minlength=len(keys))
    idf = np.log((len(survey.documents) + PRIOR) / (seen + PRIOR_SEEN))
    unseen = np.log((len(survey.documents) + PRIOR) / (1 + PRIOR_SEEN))
    squares, totals = np.zeros(len(lengths)), np.zeros(len(lengths))
    spare, at = known.spare(), 0
    for size, times, own in parts:
        owner, documents = np.repeat(np.arange(len(size)), size), slice(at, at + len(size))
        at += len(size)
        weights = np.where(spare[own], 0.0, idf[sound[own]])
        squares[documents] = np.bincount(owner, (_times(times) * weights) ** 2, len(size))
        totals[documents] = np.bincount(owner, weights, len(size))
        missing = NAMES_LEAST * np.sqrt(np.minimum(survey.words[documents], READ / HAN_WORD)) - np.bincount(
            owner, weights > 0, len(size)
        )
        missing = np.where(survey.chinese[documents], np.maximum(0.0, missing), 0.0)
        squares[documents] += missing * unseen**2
        totals[documents] += missing * unseen
    borders = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    return NameIndex(keys, known.texts(), sound, borders, count, spelt, seen, idf, np.sqrt(squares), totals)


def _times(count: Array) -> Array:
    import numpy as np

    return np.sqrt(1 + np.log(count.astype(float)))


class _Known:
    """Which words of a document are names, by the capitals of all documents together."""

    def __init__(self, survey: Survey) -> None:
        import numpy as np

        self.survey = survey
        self.words: dict[str, int] = {}
        self.keys: dict[str, int] = {}
        self.key_of: Array = np.zeros(0, np.int32)
        """The number of the key of each word; -1 where it says nothing."""
        self.sounds: list[str] = []
        """How the words sound, one a line, some at a time; where there are Chinese texts, in which they are looked for."""
        self.heard = bool(survey.chinese.any())
        self.chinese: dict[tuple[str, str, bool], int] = {}
        """Numbers of words behind `words`: names in Han with the key of a name for which they may stand, each with one of them; and
        whether another is likelier."""

    def rows(self, profiles: Sequence[Profile]) -> Rows:
        """The names of `profiles`."""
        import numpy as np

        names = [one.names for one in profiles]
        hashes, counts = (np.concatenate([getattr(own, column) for own in names]) for column in ("hashes", "counts"))
        good = self._are_names(hashes, counts)
        owner = np.repeat(np.arange(len(names)), [len(own.texts) for own in names])[good]
        texts = list(compress(chain.from_iterable(own.texts for own in names), good.tolist()))
        before = len(self.words)
        numbers = self.words
        spelt = np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int32)
        self._learn(texts, spelt, hashes[good], before)
        key = self.key_of[spelt]
        told = key >= 0
        return self._merged(len(names), owner[told], spelt[told], counts[good][told])

    def _merged(self, documents: int, owner: Array, spelt: Array, counts: Array) -> Rows:
        """Rows with one of each key in each document, written as it is first."""
        import numpy as np

        codes = owner * (len(self.keys) + 1) + self.key_of[spelt]
        order = np.argsort(codes, kind="stable")
        heads = _heads(codes[order])
        counts = np.add.reduceat(counts[order], heads) if len(heads) else counts
        first = order[heads]
        return np.bincount(owner[first], minlength=documents).astype(np.uint32), counts.astype(np.uint32), spelt[first]

    def spare(self) -> Array:
        """Of each word whether another one of its document is the same name, and likelier."""
        import numpy as np

        return np.concatenate([np.zeros(len(self.words), bool), np.array([row[2] for row in self.chinese], bool)])

    def texts(self) -> tuple[str, ...]:
        """All words."""
        return (*self.words, *(written for written, _, _ in self.chinese))

    def with_chinese(self, parts: Sequence[Rows], profiles: Mapping[str, Profile]) -> list[Rows]:
        """The names in Chinese texts added to those written in other letters."""
        import numpy as np

        survey, before = self.survey, len(self.words)
        known = self._known_elsewhere(parts)
        found: dict[int, list[tuple[int, int]]] = {}
        numbers = np.flatnonzero(survey.chinese).tolist()
        texts = (profiles[survey.documents[number]].han for number in numbers)
        for number, names in zip(numbers, known.names_in(texts), strict=True):
            rows = [(name.written, key, place > 0, name.times) for name in names for place, key in enumerate(name.keys)]
            found[number] = [
                (self.chinese.setdefault((written, key, spare), before + len(self.chinese)), times)
                for written, key, spare, times in sorted(rows, key=lambda row: row[2])
            ]
        more = [self.keys.setdefault(key, len(self.keys)) for _, key, _ in self.chinese]
        self.key_of = np.concatenate([self.key_of, np.array(more, np.int32)])
        joined, at = [], 0
        for lengths, count, spelt in parts:
            own = [(place, *row) for place in range(len(lengths)) for row in found.get(at + place, ())]
            at += len(lengths)
            if not own:
                joined.append((lengths, count, spelt))
                continue
            added: Array = np.array(own, np.int64).reshape(-1, 3).T
            owner = np.concatenate([np.repeat(np.arange(len(lengths)), lengths), added[0]])
            words = np.concatenate([spelt, added[1]]).astype(np.int32)
            joined.append(self._merged(len(lengths), owner, words, np.concatenate([count, added[2]])))
        return joined

    def _known_elsewhere(self, parts: Sequence[Rows]) -> Known:
        """The names of the documents that are not in Chinese."""
        import numpy as np

        texts = list(self.words)
        used: Array = np.zeros(len(texts), bool)
        for _, spelt in self._elsewhere(parts):
            used[spelt] = True
        used[[FIRST_UNVOWELLED <= text < VOWELLED for text in texts]] = False
        words = np.flatnonzero(used)
        names = list(compress(texts, used.tolist()))
        bare = list(compress("\n".join(self.sounds).split("\n"), used.tolist()))
        keys = list(map(list(self.keys).__getitem__, self.key_of[words].tolist()))
        place: Array = np.full(len(texts), -1)
        """In `names`, of those that are pinyin."""
        native = pinyin_among(names)
        place[words[native]] = native
        holders = (
            (document, at)
            for owner, own in ((owner, place[spelt]) for owner, spelt in self._elsewhere(parts))
            for document, at in zip(owner[own >= 0].tolist(), own[own >= 0].tolist(), strict=True)
        )
        return Known(names, keys, bare, holders)

    def _elsewhere(self, parts: Sequence[Rows]) -> Iterator[tuple[Array, Array]]:
        """The rows of documents that are not in Chinese, some at a time: the document, and the word."""
        import numpy as np

        at = 0
        for lengths, _, spelt in parts:
            owner = np.repeat(np.arange(at, at + len(lengths)), lengths)
            at += len(lengths)
            rows = ~self.survey.chinese[owner]
            yield owner[rows], spelt[rows]

    def sorted_keys(self) -> tuple[tuple[str, ...], Array]:
        """All keys, sorted, and the place among them of each word's key."""
        import numpy as np

        keys = tuple(sorted(self.keys))
        renumbered = np.full(len(keys) + 1, -1, np.int32)
        renumbered[[self.keys[key] for key in keys]] = np.arange(len(keys), dtype=np.int32)
        return keys, renumbered[self.key_of]

    def _are_names(self, hashes: Array, counts: Array) -> Array:
        import numpy as np

        known, times = self.survey.capitals
        capital = np.zeros(len(hashes), np.int64)
        if len(known):
            places: Array = np.searchsorted(known, hashes)
            places[places == len(known)] = 0
            capital = np.where(known[places] == hashes, times[places], 0).astype(np.int64)
        lowered = self.survey.frequencies.lowered_counts(hashes).astype(np.int64)
        share = capital / np.maximum(1, capital + lowered)
        often = (counts >= OFTEN) & (share > CAPITALISED_LEAST)
        return (hashes == 0) | (share > CAPITALISED) | often

    def _learn(self, texts: Sequence[str], spelt: Array, hashes: Array, before: int) -> None:
        """Finds the keys of the words from number `before` on.

        Words in capitals throughout are abbreviations (README, CF), which texts of all kinds share.
        """
        import numpy as np

        number, first = np.unique(spelt, return_index=True)
        first = first[number >= before]
        words = [texts[place] for place in first.tolist()]
        if not words:
            return
        sounds = bare_sounds(words)
        if self.heard:
            self.sounds.append(sounds)
        found = []
        for text, key, cased in zip(words, keys_of_sounds(sounds), (hashes[first] != 0).tolist(), strict=True):
            says = len(key) > (2 if cased else 3) and not (cased and text.isupper())
            found.append(self.keys.setdefault(key, len(self.keys)) if says else -1)
        self.key_of = np.concatenate([self.key_of, np.array(found, np.int32)])


def _sorted_rows(part: Rows, sound: Array) -> Rows:
    """The same rows, those of each document sorted by key."""
    import numpy as np

    lengths, count, spelt = part
    order = np.lexsort((sound[spelt], np.repeat(np.arange(len(lengths)), lengths)))
    return lengths, count[order], spelt[order]


def name_pairs(
    index: NameIndex, words: Array, least: float, heroes: int, page: int, sure: float
) -> Iterator[tuple[Array, Array]]:
    """Pairs of numbers of documents whose cosine of rare names is `least` or more, sorted, some at a time.

    `words` are the documents' numbers of words. Where one text has `page` words and more, there must be `heroes` mentions of
    the names, each counted in the text that mentions it more, or the cosine must reach `sure`.
    """
    import numpy as np

    rare = np.flatnonzero(((index.seen > 1) & (index.seen <= MOST))[index.key()]).astype(np.int32)
    owner = index.owners()[rare]
    order = np.argsort(index.key(rare), kind="stable").astype(np.int32)
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    behind = np.cumsum(np.bincount(index.key(rare), minlength=len(index.keys))).astype(np.int32)
    width, first = len(index.borders) - 1, 0
    ends = np.cumsum(np.bincount(owner, behind[index.key(rare)] - place - 1, width)).astype(np.int64)
    borders = np.searchsorted(owner, np.arange(width + 1))
    while first < width:
        before = int(ends[first - 1]) if first else 0
        stop = max(first + 1, int(np.searchsorted(ends, before + PART, side="right")))
        rows = np.arange(borders[first], borders[stop])
        first = stop
        sizes = behind[index.key(rare[rows])] - place[rows] - 1
        if not sizes.any():
            continue
        one = np.repeat(rows, sizes)
        offsets = np.arange(len(one)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        other = order[place[one] + 1 + offsets]
        codes = owner[one].astype(np.int64) * width + owner[other]
        one, other = rare[one], rare[other]
        times = index.times(one) * index.times(other) * index.weights[index.key(one)] ** 2
        code, dot, mentions = _summed(codes, times, np.maximum(index.count[one], index.count[other]))
        left, right = code // width, code % width
        cosine = dot / (index.norms[left] * index.norms[right])
        short = np.maximum(words[left], words[right]) < page
        good = (cosine >= least) & (short | (mentions >= heroes) | (cosine >= sure))
        if good.any():
            yield left[good], right[good]


def _summed(code: Array, dot: Array, mentions: Array) -> tuple[Array, Array, Array]:
    """Each code once, sorted, with the sums of what belongs to it."""
    import numpy as np

    order = np.argsort(code, kind="stable")
    code, dot, mentions = code[order], dot[order], mentions[order]
    heads = _heads(code)
    return code[heads], np.add.reduceat(dot, heads), np.add.reduceat(mentions, heads)


def _heads(codes: Array) -> Array:
    """Places in the sorted `codes` at which another one begins."""
    import numpy as np

    return np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]])) if len(codes) else np.zeros(0, np.int64)
