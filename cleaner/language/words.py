"""The words of a passage with what each speaks for, all scripts together."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

import numpy as np

from cleaner.document import LanguageSpan
from cleaner.language.letters import ONE_LANGUAGE, points_of
from cleaner.models.languages import DIGIT, SCRIPTS, SPACE, STEP, alphabet, load, sequence_hashes

__all__ = ["Words"]

SWITCH, AT_STOP, AT_LINE = 12.0, 6.0, 4.0
"""Nats that a change of language costs inside a sentence, at its end, and at the end of a line."""
TEMPER = 0.17
"""How much of a nat of a word's overlapping sequences counts."""
SCRIPT = 7.0
"""Levels that a letter of a script speaks for the languages that write it, against those that do not."""
SUREST = 0.9995
"""Most that is claimed."""
LEAST = np.array([{"Latn": 3.0, "Cyrl": 2.5, "Arab": 1.6}.get(script, 0.0) for script in SCRIPTS])
"""Levels that a possible sequence of a span adds on average at the least, by script: 2 % of the development sentences stay
below."""
ALONE = 9.0
"""Levels that a letter speaks for the one language of its script."""
KANA_NEAR = 30
"""Code points within which kana makes Chinese characters Japanese."""
STOP = re.compile(r"[.!?…。！？؟।։]")
BORDER = re.compile(r"[.!?…。！？؟।»”\"')\]]+\s*|\n+")
OPENING = "«“„\"'([¿¡"
HAN, KANA = SCRIPTS.index("Hani"), (SCRIPTS.index("Hira"), SCRIPTS.index("Kana"))
Array = Any


@cache
def _columns(code: str) -> tuple[Array, Array | None]:
    """For each script the column of language `code` among those that share it, -1 where it is not written so; and which
    scripts it writes alone, None where it has none.
    """
    shared = np.full(len(SCRIPTS), -1)
    for script, codes in load().codes.items():
        if code in codes:
            shared[SCRIPTS.index(script)] = codes.index(code)
    alone = np.array([ONE_LANGUAGE.get(script) == code for script in SCRIPTS])
    return shared, alone if alone.any() else None


class Words:
    """The words of `text[start:end]`: runs of letters of one script."""

    __slots__ = ("_hits", "_kana", "_owner", "_scripts", "_text", "ends", "starts")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        points = points_of(text[start:end])
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
        self.starts: Array = kept[begin] + start
        self.ends: Array = kept[stop - 1] + 1 + start
        self._scripts: Array = held[begin]
        self._spell(folded[kept], begin, stop)
        kana = (classes == KANA[0]) | (classes == KANA[1])
        self._kana = np.zeros(len(begin), bool)
        if kana.any():
            sums = np.concatenate([[0], np.cumsum(kana)])
            low = np.maximum(self.starts - start - KANA_NEAR, 0)
            high = np.minimum(self.ends - start + KANA_NEAR, len(points))
            self._kana = sums[high] > sums[low]

    def _spell(self, folded: Array, begin: Array, stop: Array) -> None:
        """Looks the sequences of all words up: the row of each hit, and the word it is of."""
        lengths = stop - begin
        firsts = np.cumsum(lengths + 1) - lengths
        spelt = np.full(int((lengths + 1).sum()) + 1, SPACE, np.uint32)
        inside = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        spelt[np.repeat(firsts, lengths) + inside] = folded[np.repeat(begin, lengths) + inside]
        owner = np.cumsum(spelt == SPACE) - 1
        hashes = sequence_hashes(spelt)
        slots = load().slots(np.concatenate(hashes))
        known = np.flatnonzero(slots)
        self._hits = slots[known]
        self._owner = np.concatenate([owner[: len(some)] for some in hashes])[known]

    def __len__(self) -> int:
        return len(self.starts)

    def lengths(self) -> list[int]:
        lengths: list[int] = (self.ends - self.starts).tolist()
        return lengths

    def scripts(self) -> list[int]:
        """Places in SCRIPTS."""
        scripts: list[int] = self._scripts.tolist()
        return scripts

    def scores(self, candidates: list[str]) -> tuple[Array, Array]:
        """What each word speaks for each candidate: nats (float64), and the levels behind them (words x candidates)."""
        model = load()
        size = len(self)
        levels = np.zeros((size, len(candidates)))
        scores = np.zeros((size, len(candidates)))
        letters = self.ends - self.starts
        missed = SCRIPT * letters
        scripts = self._scripts[self._owner]
        for column, code in enumerate(candidates):
            columns, only = _columns(code)
            writes = columns[self._scripts] >= 0
            if writes.any():
                levels[:, column] = np.bincount(self._owner, model.levels(self._hits, columns[scripts]), size)[:size]
            if only is not None:
                alone = only[self._scripts]
                levels[:, column] += np.where(alone, ALONE * letters, 0.0)
                writes |= alone
            if code in ("ja", "zh"):
                han = self._scripts == HAN
                writes = (writes & ~han) | (han & (self._kana == (code == "ja")))
            scores[:, column] = levels[:, column] - np.where(writes, 0.0, missed)
        return scores * (STEP * TEMPER), levels

    def familiar(self, path: list[int], levels: Array, home: int) -> list[int]:
        """`path` with `home` for runs of another language that look little like it: those of one that is not known."""
        if home < 0:
            return path
        wanted = LEAST[self._scripts] * np.maximum(1, 3 * (self.ends - self.starts) - 2)
        start = 0
        found = list(path)
        for place in range(1, len(path) + 1):
            if place < len(path) and path[place] == path[start]:
                continue
            if path[start] != home and levels[start:place, path[start]].sum() < wanted[start:place].sum():
                found[start:place] = [home] * (place - start)
            start = place
        return found

    def prices(self) -> list[float]:
        """Price of a change of language before each word."""
        prices = [0.0]
        for end, start in zip(self.ends[:-1].tolist(), self.starts[1:].tolist(), strict=True):
            if start - end < 2:
                prices.append(SWITCH)
                continue
            between = self._text[end:start]
            prices.append(AT_LINE if "\n" in between else AT_STOP if STOP.search(between) else SWITCH)
        return prices

    def spans(self, path: list[int], scores: Array, candidates: list[str]) -> list[LanguageSpan]:
        """The spans along a path, joined without gaps."""
        found: list[LanguageSpan] = []
        start = 0
        for place in range(1, len(path) + 1):
            if place < len(path) and path[place] == path[start]:
                continue
            end = int(self.ends[place - 1])
            if place < len(path):
                end = self._border(end, int(self.starts[place]))
            else:
                end = _behind_signs(self._text, end)
            first = found[-1].end if found else int(self.starts[start])
            share = _sure(scores[start:place].sum(axis=0), path[start])
            found.append(LanguageSpan(first, end, candidates[path[start]], share))
            start = place
        return found

    def _border(self, end: int, start: int) -> int:
        """Where one span ends and the next begins, between two words: behind the last stop, else before the word."""
        between = self._text[end:start]
        stops = list(BORDER.finditer(between))
        return end + stops[-1].end() if stops else start - (len(between) - len(between.rstrip(OPENING)))


def _behind_signs(text: str, end: int) -> int:
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return end


def _sure(totals: Array, chosen: int) -> float:
    """Probability of the chosen language against the other candidates."""
    weights = [math.exp(max(-50.0, min(50.0, float(total - totals[chosen])))) for total in totals]
    return round(min(SUREST, 1 / sum(weights)), 4)
