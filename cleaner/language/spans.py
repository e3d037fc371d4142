"""Spans of languages inside a text: the best path through its words, where each change of language has a price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from cleaner.document import LanguageSpan
from cleaner.language.letters import ONE_LANGUAGE, WORD, script_of

__all__ = ["find_spans"]

SWITCH = 9.0
"""Nats that a change of language costs inside a sentence."""
AT_STOP = 6.0
"""The same at the end of a sentence or line, where languages do change."""
TEMPER = 0.30
"""How much of a nat of a word's overlapping sequences counts."""
STOP = re.compile(r"[.!?…。！？\n]")
SPECK = 10
"""Letters below which a run between two of one language is no span."""
LONGEST = 60_000
"""Code points of a text whose words are looked at one by one; of a longer one, lines are."""


def find_spans(text: str, languages: Sequence[str] | None) -> tuple[LanguageSpan, ...]:
    """The spans of `text` in order, joined without gaps from the first word to the last."""
    words = list(WORD.finditer(text)) if len(text) <= LONGEST else _lines(text)
    if not words:
        return ()
    import numpy as np

    from cleaner.models.languages import load

    model = load()
    scores, _ = model.by_word([_letters(match[0]) for match in words])
    scores = scores * TEMPER
    allowed = np.array([not languages or code in languages for code in model.codes])
    scores[:, ~allowed] = -50.0
    for row, match in enumerate(words):
        code = _script_code(match[0])
        if code in model.codes:
            scores[row] -= 30.0
            scores[row, model.codes.index(code)] += 60.0
    path = _without_specks(_best_path(scores, _prices(text, words)), [len(match[0]) for match in words])
    spans: list[LanguageSpan] = []
    start = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or path[place] != path[start]:
            end = (
                _last(text, words[place - 1].end())
                if place == len(words)
                else _border(text, words[place - 1], words[place])
            )
            first = spans[-1].end if spans else words[start].start()
            spans.append(LanguageSpan(first, end, model.codes[path[start]], _sure(scores[start:place], path[start])))
            start = place
    return tuple(_trimmed(text, span) for span in spans)


def _last(text: str, end: int) -> int:
    """Behind the signs that close the last sentence."""
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return end


def _letters(word: str) -> str:
    return " ".join(WORD.findall(word.lower())).replace("'", "").replace("’", "").replace(" ", "")


def _script_code(word: str) -> str:
    return ONE_LANGUAGE.get(script_of(word[0]), "zh" if script_of(word[0]) == "Hani" else "")


def _lines(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"[^\n]*[^\W\d_][^\n]*", text))


def _without_specks(path: list[int], lengths: list[int]) -> list[int]:
    """`path` without runs of a few letters between two runs of one language: names and abbreviations."""
    runs: list[list[int]] = []
    for place, code in enumerate(path):
        if runs and runs[-1][2] == code:
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1, code])
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if before[2] == after[2] and sum(lengths[run[0] : run[1]]) < SPECK:
            path[run[0] : run[1]] = [before[2]] * (run[1] - run[0])
    return path


def _prices(text: str, words: list[re.Match[str]]) -> list[float]:
    """Price of a change of language before each word."""
    prices = [0.0]
    for before, after in pairwise(words):
        prices.append(AT_STOP if STOP.search(text, before.end(), after.start()) else SWITCH)
    return prices


def _best_path(scores: Any, prices: list[float]) -> list[int]:
    """The language of each word on the best path (Viterbi; a change costs the same to any language)."""
    import numpy as np

    best = scores[0].copy()
    came = np.zeros(scores.shape, np.int32)
    own = np.arange(scores.shape[1])
    for row in range(1, len(scores)):
        top = int(best.argmax())
        change = best[top] - prices[row]
        stays = best >= change
        came[row] = np.where(stays, own, top)
        best = np.where(stays, best, change) + scores[row]
    path = [int(best.argmax())]
    for row in range(len(scores) - 1, 0, -1):
        path.append(int(came[row, path[-1]]))
    return path[::-1]


def _border(text: str, before: re.Match[str], after: re.Match[str]) -> int:
    """Where one span ends and the next begins, between two words: behind the last stop, else before the word."""
    between = text[before.end() : after.start()]
    stops = list(re.finditer(r"[.!?…。！？»”\"')\]]+\s*|\n+", between))
    return (
        before.end() + stops[-1].end() if stops else after.start() - (len(between) - len(between.rstrip("«“„\"'([¿¡")))
    )


def _sure(scores: Any, chosen: int) -> float:
    import numpy as np

    total = scores.sum(axis=0)
    total = (total - total.max()) / (1 + len(scores) / 12)
    return round(float(np.exp(total[chosen]) / np.exp(total).sum()), 4)


def _trimmed(text: str, span: LanguageSpan) -> LanguageSpan:
    """`span` without white space at its end."""
    end = span.start + len(text[span.start : span.end].rstrip())
    return LanguageSpan(span.start, end, span.code, span.confidence)
