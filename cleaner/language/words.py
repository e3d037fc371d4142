"""The words of passages with what each speaks for, all scripts together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array
from cleaner.document import LanguageSpan
from cleaner.language.han import HAN, KANA, SURE, only_chinese
from cleaner.language.letters import WORTH, WRITTEN, points_of
from cleaner.language.paths import OFTEN, Run, best_path, runs_of, together, without_specks
from cleaner.memory import cached
from cleaner.models.languages import DIGIT, LENGTHS, SCRIPTS, SPACE, STEP, alphabet, load, sequence_hashes

TEMPER = 0.17
"""How much of a nat of a word's overlapping sequences counts."""
NATS = STEP * TEMPER
"""What a level is worth."""
SWITCH, AT_STOP, AT_LINE = 12.0 / NATS, 6.0 / NATS, 4.0 / NATS
"""Levels that a change of language costs inside a sentence, at its end, and at the end of a line: 12, 6 and 4 nats."""
SCRIPT = 7
"""Levels that a letter of a script speaks for the languages that write it, against those that do not."""
SUREST = 0.9995
"""Most that is claimed."""
PARTS = np.array([{"Latn": 1.0, "Cyrl": 0.85, "Arab": 0.53}.get(script, 0) for script in SCRIPTS])
LOWEST, USUAL, SPREAD = 3.0, 5.4, 25.0
"""Levels that a possible sequence of a span adds on average at the least, part of them by script: USUAL less SPREAD by the root of
their number, LOWEST in short ones, below which 2 % of the development sentences stay. Lists of names and languages not known
have fewer; a half more for all of them costs a point in the mixed development documents."""
ALONE = 9
"""Levels that a letter speaks for the one language of its script."""
KANA_NEAR = 30
"""Code points within which kana makes Chinese characters Japanese."""
STOP = re.compile(r"[.!?…。！？؟।։]")
BORDER = re.compile(r"[.!?…。！？؟।»”\"')\]]+\s*|\n+")
OPENING = "«“„\"'([¿¡"


LATIN = SCRIPTS.index("Latn")


class Passage(NamedTuple):
    """A passage of a text (code points, half-open), and the languages that it could be in."""

    owner: int
    """The text's place among those asked about."""
    text: str
    start: int
    end: int
    candidates: tuple[str, ...]


@cached
def _languages() -> dict[str, int]:
    """The rows of `_columns`."""
    codes = {code for codes in load().codes.values() for code in codes} | {code for _, code in WRITTEN}
    return {code: place for place, code in enumerate(sorted(codes))}


@cached
def _columns() -> tuple[Array, Array]:
    """For each language and script: its column among those that share the script, -1 where it is not written so; and whether
    it writes the script alone.
    """
    places = _languages()
    shared = np.full((len(places), len(SCRIPTS)), -1)
    alone = np.zeros(shared.shape, bool)
    for script, codes in load().codes.items():
        for column, code in enumerate(codes):
            shared[places[code], SCRIPTS.index(script)] = column
    for script, code in WRITTEN:
        alone[places[code], SCRIPTS.index(script)] = True
    return shared, alone


def words_of(passages: Sequence[Passage]) -> list[Words]:
    """The words of each passage. Asked for many at once, as they cost as much as one large one."""
    letters = _Letters(passages)
    levels, speaks = letters.weighed([passage.candidates for passage in passages])
    found = []
    for passage, first, last in zip(passages, letters.bounds[:-1].tolist(), letters.bounds[1:].tolist(), strict=True):
        width, part = len(passage.candidates), slice(first, last)
        found.append(
            Words(
                passage,
                letters.starts[part],
                letters.ends[part],
                letters.scripts[part],
                levels[part, :width],
                speaks[part, :width],
            )
        )
    return found


class _Letters:
    """The words of passages as arrays: where they begin and end in their texts, their scripts, their sequences."""

    __slots__ = ("_hits", "_kana", "_owner", "bounds", "ends", "scripts", "starts")

    def __init__(self, passages: Sequence[Passage]) -> None:
        points = points_of("\n".join(passage.text[passage.start : passage.end] for passage in passages))
        sizes = np.array([passage.end - passage.start for passage in passages])
        limits = np.cumsum(sizes + 1) - 1
        folds, kinds = alphabet()
        classes = kinds.take(points)
        folded = folds.take(points)
        classes[classes >= DIGIT] = 0
        kept = np.flatnonzero(folded)
        held = classes.take(kept)
        # Where a run of one script, or of what is no letter, begins; the end of the last one behind them.
        new = np.concatenate([[0] if len(held) else [], np.flatnonzero(held[1:] != held[:-1]) + 1, [len(held)]])
        new = new.astype(np.intp)
        letters = held.take(new[:-1]) > 0
        begin, stop = new[:-1][letters], new[1:][letters]
        starts: Array = kept[begin]
        ends: Array = kept[stop - 1] + 1
        self.scripts: Array = held[begin]
        self.bounds: Array = np.append(0, np.searchsorted(starts, limits))
        """The place of the first word of each passage, and of the end."""
        counts = self.bounds[1:] - self.bounds[:-1]
        self._spell(folded[kept], begin, stop, self.bounds[1:][counts > 0])
        kana = (classes == KANA[0]) | (classes == KANA[1])
        self._kana = np.zeros(len(begin), bool)
        if kana.any():
            sums = np.concatenate([[0], np.cumsum(kana)])
            low = np.maximum(starts - KANA_NEAR, np.repeat(limits - sizes, counts))
            high = np.minimum(ends + KANA_NEAR, np.repeat(limits, counts))
            self._kana = sums[high] > sums[low]
            chinese = np.concatenate([[0], np.cumsum(only_chinese().take(points))])
            self._kana &= chinese[ends] - chinese[starts] < SURE * (ends - starts)
        moved = np.repeat(np.array([passage.start for passage in passages]) - limits + sizes, counts)
        self.starts, self.ends = starts + moved, ends + moved

    def _spell(self, folded: Array, begin: Array, stop: Array, last: Array) -> None:
        """Looks the sequences of all words up: the row of each hit, and the word it is of. `last` are the ends of passages."""
        lengths = stop - begin
        firsts = np.cumsum(lengths + 1) - lengths
        spelt = np.full(int((lengths + 1).sum()) + 1, SPACE, np.uint32)
        inside = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        spelt[np.repeat(firsts, lengths) + inside] = folded[np.repeat(begin, lengths) + inside]
        owner = np.cumsum(spelt == SPACE) - 1
        hashes = sequence_hashes(spelt)
        slots = load().slots(np.concatenate(hashes))
        behind, at = firsts[last - 1] + lengths[last - 1], 0
        for length, some in zip(LENGTHS, hashes, strict=True):
            # None goes on from one passage into the next.
            across = behind[:, None] - np.arange(1, length - 1)
            slots[at + across[(across >= 0) & (across < len(some))]] = 0
            at += len(some)
        known = np.flatnonzero(slots)
        self._hits = slots[known]
        self._owner = np.concatenate([owner[: len(some)] for some in hashes])[known]

    def weighed(self, candidates: Sequence[tuple[str, ...]]) -> tuple[Array, Array]:
        """The levels of each word for each candidate of its passage (float64 of whole numbers, words x most candidates), and
        what it speaks for it: less where the language is not written so.
        """
        model, places = load(), _languages()
        size, most = len(self.starts), max(map(len, candidates))
        columns, only = _columns()
        counts = self.bounds[1:] - self.bounds[:-1]
        letters = WORTH.take(self.scripts) * (self.ends - self.starts)
        levels, speaks = np.zeros((size, most)), np.zeros((size, most))
        for column in range(most):
            codes = [row[column] if column < len(row) else "" for row in candidates]
            which = np.repeat([places.get(code, -1) for code in codes], counts)
            asked = which >= 0
            hits, owner = self._hits, self._owner
            if not asked.all():
                chosen = np.flatnonzero(asked.take(owner))
                hits, owner = hits.take(chosen), owner.take(chosen)
            written = np.where(asked, columns[which, self.scripts], -1)
            gained = model.gained(hits, owner, written)
            alone = only[which, self.scripts] & asked
            gained += np.where(alone, ALONE * letters, 0)
            writes = alone | (written >= 0)
            if "ja" in codes or "zh" in codes:
                han = self.scripts == HAN
                for code in ("ja", "zh"):
                    mine = which == places[code]
                    writes[mine] = ((writes & ~han) | (han & (self._kana == (code == "ja"))))[mine]
            levels[:, column] = gained
            speaks[:, column] = gained - np.where(writes, 0, SCRIPT * letters)
        return levels, speaks


class Words(NamedTuple):
    """The words of one passage: runs of letters of one script."""

    passage: Passage
    starts: Array
    ends: Array
    scripts: Array
    """Places in SCRIPTS."""
    levels: Array
    """Of each word for each candidate."""
    speaks: Array
    """The same, less where the language is not written in the word's script."""

    def spans(self, code: str, after: bool, before: bool) -> Iterator[LanguageSpan]:
        """The spans of the passage, without gaps but lines that have no letters; text in `code` goes on `before` and `after` it
        where these say so.
        """
        candidates = self.passage.candidates
        if not len(self.starts) or not candidates:
            return
        home = candidates.index(code) if code in candidates else -1
        runs = runs_of(best_path(self.speaks, self._prices(), home, after, before))
        if home >= 0 and len(runs) + (runs[0][2] != home) > 1:
            runs = self._familiar(runs, home)
        worth = WORTH.take(self.scripts) * (self.ends - self.starts)
        runs = without_specks(runs, worth.tolist(), self.scripts.tolist(), home, self._often(worth))
        sums = np.add.reduceat(self.speaks, [start for start, _, _ in runs]).tolist()
        at = int(self.starts[0])
        for (_, end, chosen), totals in zip(runs, sums, strict=True):
            last = int(self.ends[end - 1])
            if end < len(self.starts):
                behind, following = self._border(last, int(self.starts[end]))
            else:
                behind = following = _behind_signs(self.passage.text, last)
            yield LanguageSpan(at, behind, candidates[chosen], _sure(totals, chosen))
            at = following

    def _familiar(self, runs: list[Run], home: int) -> list[Run]:
        """`runs` with `home` for those of another language that look little like it: of one that is not known."""
        starts = [start for start, _, _ in runs]
        possible = np.maximum(1, 3 * (self.ends - self.starts) - 2)
        shared = PARTS.take(self.scripts)
        counts = np.add.reduceat(possible, starts)
        wanted = np.add.reduceat(shared * possible, starts) * np.maximum(LOWEST, USUAL - SPREAD / np.sqrt(counts))
        known = (np.add.reduceat(self.levels, starts) >= wanted[:, None]).tolist()
        return together(
            (start, end, code if row[code] else home) for (start, end, code), row in zip(runs, known, strict=True)
        )

    def _often(self, worth: Array) -> list[int]:
        """The scripts that stand there by rule, by what the words are worth."""
        counts = np.bincount(self.scripts, worth, len(SCRIPTS))
        counts[LATIN] = 0
        found: list[int] = np.flatnonzero(counts > OFTEN * worth.sum()).tolist()
        return found

    def _prices(self) -> list[float]:
        """Price of a change of language before each word, in levels."""
        text = self.passage.text
        prices = [SWITCH] * len(self.starts)
        prices[0] = 0.0
        far = np.flatnonzero(self.starts[1:] - self.ends[:-1] > 1)
        for place, end, start in zip(far.tolist(), self.ends[far].tolist(), self.starts[far + 1].tolist(), strict=True):
            between = text[end:start]
            if "\n" in between:
                prices[place + 1] = AT_LINE
            elif STOP.search(between):
                prices[place + 1] = AT_STOP
        return prices

    def _border(self, end: int, start: int) -> tuple[int, int]:
        """Where one span ends and the next begins, between two words: after the last stop, else before the word. Lines
        without letters between them, such as the times of subtitles, are in neither.
        """
        between = self.passage.text[end:start]
        first, last = between.find("\n"), between.rfind("\n")
        if between[first:last].strip():
            return end + first, end + last + 1
        stops = list(BORDER.finditer(between))
        border = end + stops[-1].end() if stops else start - (len(between) - len(between.rstrip(OPENING)))
        return border, border


def _behind_signs(text: str, end: int) -> int:
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return end


def _sure(totals: list[float], chosen: int) -> float:
    """Probability of the chosen language against the other candidates, by their levels."""
    weights = [math.exp(max(-50.0, min(50.0, NATS * (total - totals[chosen])))) for total in totals]
    return round(min(SUREST, 1 / sum(weights)), 4)
