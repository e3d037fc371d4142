"""Spans of languages inside a text. Windows of letter sequences say where another language than the text's could be; only there
the best path through the words is sought, where each change of language has a price.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np

from cleaner.document import LanguageSpan
from cleaner.language.letters import GROUPS, ONE_LANGUAGE, USUAL, points_of, script_counts
from cleaner.language.paths import AT_END, STRANGE
from cleaner.language.words import Passage, words_of
from cleaner.models.languages import DIGIT, SCRIPTS, SPACE, LanguageModel, alphabet, load

__all__ = ["find_spans"]

STRIDE, PART = 2, 16
"""Every second sequence of four letters is looked at, sixteen to a part: a part is 32 letters and spaces, a window two parts."""
ANOTHER = 20
"""Levels by which a window must speak more for another language, twice as many for a near one. Of 20 and its neighbours 14 to 26
the best on the mixed development documents; 1 of 383 clean English documents has such a window."""
FOUND = {"Latn": 100, "Cyrl": 85, "Arab": 62, "Deva": 55}
"""Levels from which a window is in some language at all, by script: 2 % of the windows of the development sentences stay below,
but most of those in languages that the tables do not know."""
MARGIN = 160
"""Code points around such a window that are looked at with it: a change of language lies near, and the path finds where."""
NEAR = 6
"""Code points within which letters of another script belong together."""
LONGEST = 20_000
"""Code points that are looked at word by word in one go."""
BLOCK = 60_000
"""Code points looked at in one go."""
AT_BORDER = 200
"""Code points at the ends of a text that are looked at first for its first and last letter."""
LETTER = re.compile(r"[^\W\d_]")
NEAR_TO = {one: frozenset(group.split("|")) - {one} for group in GROUPS for one in group.split("|")}
"""Languages that are as good as another, and need twice the evidence."""
JAPANESE = ["Hira", "Kana", "Hani"]
CLOSING = re.compile(r"[^\w\s]*")

Array = Any
Region = tuple[int, int, frozenset[str]]


def find_spans(text: str, code: str, confidence: float, languages: Sequence[str] | None) -> tuple[LanguageSpan, ...]:
    """The spans of `text` in order, joined without gaps from the first word to the last.

    `code` is the verdict on the whole, `und` where it is in no single language.
    """
    bounds = _letters_in(text)
    if bounds is None:
        return ()
    first, last = bounds[0], _closed(text, bounds[1])
    windows = _doubtful(text, code, languages)
    regions = _joined(windows, len(text))
    if code == "und":
        regions = [(first, last, frozenset().union(*(codes for _, _, codes in regions)))]
    pieces: list[LanguageSpan] = []
    passages = _passages(text, regions, _Near(windows), (first, last), code, languages)
    for words in chain.from_iterable(words_of(some) for some in _at_once(passages)):
        passage = words.passage
        pieces += words.spans(code, passage.start > first, passage.end < last)
    return _filled(text, pieces, first, last, code, confidence)


def _passages(
    text: str,
    regions: list[Region],
    near: _Near,
    bounds: tuple[int, int],
    code: str,
    languages: Sequence[str] | None,
) -> Iterator[Passage]:
    """The passages of `regions` that are looked at word by word, with what they could be in."""
    first, last = bounds
    for begin, reach, codes in regions:
        start, stop = _word_start(text, begin, first), _word_end(text, reach, last)
        whole = stop - start <= LONGEST
        while start < stop:
            end = min(stop, _word_end(text, start + LONGEST, last))
            held = codes if whole else near.codes(start, end)
            candidates = sorted(one for one in held | {code} if one != "und" and (not languages or one in languages))
            if candidates:
                yield Passage(text, start, end, tuple(candidates))
            start = end


def _at_once(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """`passages` in groups of about BLOCK code points."""
    held: list[Passage] = []
    size = 0
    for passage in passages:
        held.append(passage)
        size += passage.end - passage.start
        if size >= BLOCK:
            yield held
            held, size = [], 0
    if held:
        yield held


class _Near:
    """The languages that the windows near a piece of a long region speak for: not all of the others' have to be weighed there."""

    __slots__ = ("_at", "_windows")

    def __init__(self, windows: list[Region]) -> None:
        self._windows = sorted(windows, key=lambda window: window[0])
        self._at = 0

    def codes(self, start: int, end: int) -> frozenset[str]:
        """Those within `MARGIN` of `start` to `end`; asked in ascending order."""
        while self._at < len(self._windows) and self._windows[self._at][1] + MARGIN < start:
            self._at += 1
        found: set[str] = set()
        for place in range(self._at, len(self._windows)):
            begin, reach, codes = self._windows[place]
            if begin - MARGIN > end:
                break
            if reach + MARGIN >= start:
                found |= codes
        return frozenset(found)


def _letters_in(text: str) -> tuple[int, int] | None:
    """The place of the first letter of `text` and the place behind the last one; None where it has none."""
    start, size = 0, AT_BORDER
    while not (letters := _is_letter(text[start : start + size])).any():
        start, size = start + size, BLOCK
        if start >= len(text):
            return None
    first = start + int(letters.argmax())
    end, size = len(text), AT_BORDER
    while not (letters := _is_letter(text[max(0, end - size) : end])).any():
        end, size = end - size, BLOCK
    return first, end - int(letters[::-1].argmax())


def _is_letter(text: str) -> Array:
    classes = alphabet()[1].take(points_of(text))
    return (classes > 0) & (classes < DIGIT)


def _closed(text: str, end: int) -> int:
    """Behind the signs that close the last sentence."""
    match = CLOSING.match(text, end)
    return match.end() if match else end


def _word_start(text: str, place: int, first: int) -> int:
    return max(first, text.rfind(" ", 0, place) + 1, text.rfind("\n", 0, place) + 1) if place > first else first


def _word_end(text: str, place: int, last: int) -> int:
    if place >= last:
        return last
    found = text.find(" ", place)
    return last if found < 0 else min(found, last)


def _doubtful(text: str, code: str, languages: Sequence[str] | None) -> list[Region]:
    """Where another language than `code` could be, and which ones could be there."""
    model = load()
    home = [script for script, codes in model.codes.items() if code in codes]
    own = JAPANESE if code == "ja" else [*home, *(script for script, only in ONE_LANGUAGE.items() if only == code)]
    found: list[Region] = []
    for start in range(0, len(text), BLOCK):
        held = points_of(text[start : start + BLOCK])
        if held.itemsize == 1 and home == ["Latn"]:  # Latin-1 has letters of no other script
            found += _windows(model, "Latn", held, None, code, start, languages)
            continue
        kinds = alphabet()[1].take(held)
        letters = kinds - 1 < DIGIT - 1
        foreign = letters.copy()
        for script in own:
            foreign &= kinds != SCRIPTS.index(script)
        others = int(np.count_nonzero(foreign))
        if others >= AT_END:
            counts = script_counts(np.bincount(kinds[foreign], minlength=DIGIT).tolist())
            for script in (script for script, count in counts.items() if count >= AT_END):
                found += _other_script(model, script, held, kinds, start, languages)
        for script in home:
            strange = foreign if len(home) == 1 else letters & (kinds != SCRIPTS.index(script))
            found += _windows(model, script, held, strange if others else None, code, start, languages)
    return found


def _other_script(
    model: LanguageModel, script: str, points: Array, classes: Array, start: int, languages: Sequence[str] | None
) -> list[Region]:
    """Passages in a script that the text's own language is not written in."""
    mine = classes == SCRIPTS.index(script)
    if script == "Kana":
        mine |= (classes == SCRIPTS.index("Hira")) | (classes == SCRIPTS.index("Hani"))
    passages = _clusters(mine)
    if script not in model.codes:
        return [(start + a, start + b, frozenset({ONE_LANGUAGE[script]})) for a, b in passages]
    found: list[Region] = []
    for a, b in passages:
        windows = _windows(model, script, points[a:b], ~mine[a:b], "", start + a, languages)
        others = frozenset().union(*(codes for _, _, codes in windows))
        if not others and script in USUAL:
            others = frozenset({USUAL[script]})
        found.append((start + a, start + b, others))
    return [region for region in found if region[2]]


def _clusters(mine: Array) -> list[tuple[int, int]]:
    """Runs of marked code points that are near each other, those left out that are too short for a span."""
    places = np.flatnonzero(mine)
    cuts = np.flatnonzero(np.diff(places) > NEAR) + 1
    bounds = [0, *cuts.tolist(), len(places)]
    found = []
    for a, b in pairwise(bounds):
        start, end = int(places[a]), int(places[b - 1]) + 1
        at_end = start < MARGIN or end > len(mine) - MARGIN
        if b - a >= (AT_END if at_end else STRANGE):
            found.append((start, end))
    return found


def _windows(
    model: LanguageModel,
    script: str,
    points: Array,
    foreign: Array | None,
    code: str,
    start: int,
    languages: Sequence[str] | None,
) -> list[Region]:
    """Windows of the script that speak for another language than `code`, and the languages they speak for.

    `foreign` marks what is in another script.
    """
    folded = alphabet()[0].take(points)
    if foreign is not None:
        folded[foreign] = SPACE
    kept = folded != SPACE
    kept[1:] |= kept[:-1].copy()
    kept[0] = True
    if not folded.all():
        kept &= folded > 0
    words = folded[kept].astype(np.uint32)
    if len(words) < 8:
        return []
    codes = model.codes[script]
    # An unknown sequence may have the print of one in another script (1 of 65,536), whose columns mean other languages.
    parts = model.parts(words, STRIDE, PART)[:, : len(codes)]
    windows = parts[:-1].astype(np.int16) + parts[1:] if len(parts) > 1 else parts.astype(np.int16)
    if languages:
        windows[:, [place for place, known in enumerate(codes) if known not in languages]] = -1
    if code:
        own = windows[:, codes.index(code)].copy()
        near = [codes.index(one) for one in NEAR_TO.get(code, ()) if one in codes]
        if near:
            windows[:, near] -= ANOTHER
        most = windows.max(axis=1)
        strange = np.flatnonzero((most - own > ANOTHER) & (most > FOUND[script]))
    else:
        strange = np.flatnonzero(windows.max(axis=1) > 0)
    if not len(strange):
        return []
    places = np.flatnonzero(kept)
    step = STRIDE * PART
    last = len(places) - 1
    best = windows[strange].argmax(axis=1).tolist()
    return [
        (start + int(places[n * step]), start + int(places[min(last, (n + 2) * step)]) + 1, frozenset({codes[place]}))
        for n, place in zip(strange.tolist(), best, strict=True)
    ]


def _joined(regions: list[Region], size: int) -> list[Region]:
    """Regions with their margins, those that touch as one."""
    found: list[Region] = []
    for start, end, codes in sorted(regions, key=lambda region: region[:2]):
        if found and start - MARGIN <= found[-1][1]:
            found[-1] = (found[-1][0], max(min(size, end + MARGIN), found[-1][1]), found[-1][2] | codes)
        else:
            found.append((max(0, start - MARGIN), min(size, end + MARGIN), codes))
    return found


def _filled(
    text: str, pieces: list[LanguageSpan], first: int, last: int, code: str, confidence: float
) -> tuple[LanguageSpan, ...]:
    """`pieces` with the text's own language in the gaps, neighbours of one language joined, white space at the ends cut off."""
    whole: list[LanguageSpan] = []
    at = first
    for piece in [*pieces, LanguageSpan(last, last, "", 0.0)]:
        if code != "und" and LETTER.search(text, at, piece.start):
            _put(whole, LanguageSpan(at, piece.start, code, confidence))
        if piece.code:
            _put(whole, piece)
        at = max(at, piece.end)
    return tuple(_trimmed(text, span) for span in whole)


def _put(spans: list[LanguageSpan], span: LanguageSpan) -> None:
    if spans and spans[-1].code == span.code:
        before = spans.pop()
        span = LanguageSpan(before.start, span.end, span.code, max(before.confidence, span.confidence))
    spans.append(span)


def _trimmed(text: str, span: LanguageSpan) -> LanguageSpan:
    part = text[span.start : span.end]
    start = span.start + len(part) - len(part.lstrip())
    return LanguageSpan(start, start + len(part.strip()), span.code, span.confidence)
