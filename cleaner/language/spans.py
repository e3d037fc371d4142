"""Spans of languages inside a text. Windows of letter sequences tell where there may be another language than the
text's; only there the best path through the words is sought, on which each change of language has a cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from cleaner.arrays import Array
from cleaner.document import LanguageSpan
from cleaner.language.letters import points_of
from cleaner.language.windows import BLOCK, MARGIN, Asked, Region, doubtful, grouped
from cleaner.language.words import Passage, words_of
from cleaner.memory import cached
from cleaner.models.languages import DIGIT, alphabet

LONGEST = 20_000
"""Code points that are looked at word by word in one go, up to the next white space."""
FAR = 2_000
"""Code points within which white space is looked for, at which to begin and to end; Chinese has none."""
AT_ONCE = 1 << 15
"""Code points of passages whose words are looked up at once."""
AT_BORDER = 200
"""Code points at the ends of a text that are searched first for its first and last letter."""
LETTER = re.compile(r"[^\W\d_]")
WHITE = re.compile(r"\s")
CLOSING = re.compile(r"[^\w\s]*")


def find_spans(
    asked: Sequence[Asked], confidences: Sequence[float], languages: Sequence[str] | None
) -> list[tuple[LanguageSpan, ...]]:
    """The spans of each text in order from its first word to the last, with gaps for white space and lines without letters alone.

    `confidences` are those of the verdicts on the whole texts.
    """
    windows = doubtful(asked, languages)
    bounds = [_bounds(text) for text, _ in asked]
    pieces: list[list[LanguageSpan]] = [[] for _ in asked]
    passages = chain.from_iterable(
        _passages(owner, text, code, bounds[owner], windows[owner], languages)
        for owner, (text, code) in enumerate(asked)
        if windows[owner] or code == "und"
    )
    for words in chain.from_iterable(
        words_of(some) for some in grouped(passages, lambda one: one.end - one.start, AT_ONCE)
    ):
        passage = words.passage
        code, (first, last) = asked[passage.owner][1], bounds[passage.owner]
        pieces[passage.owner] += words.spans(code, passage.start > first, passage.end < last)
    return [
        _filled(text, pieces[owner], *bounds[owner], code, confidences[owner])
        if pieces[owner]
        else _whole(text, *bounds[owner], code, confidences[owner])
        for owner, (text, code) in enumerate(asked)
    ]


def _passages(
    owner: int, text: str, code: str, bounds: tuple[int, int], windows: list[Region], languages: Sequence[str] | None
) -> Iterator[Passage]:
    """The passages of a text that are looked at word by word, with what they could be in: all of it where it is in no language."""
    first, last = bounds
    regions = _joined(windows, len(text))
    if code == "und":
        regions = [(first, last, frozenset().union(*(codes for _, _, codes in regions)))]
    near = _Near(windows)
    for begin, reach, codes in regions:
        start, stop = _word_start(text, begin, first), _word_end(text, reach, last)
        whole = stop - start <= LONGEST
        while start < stop:
            end = min(stop, _word_end(text, start + LONGEST, last))
            held = codes if whole else near.codes(start, end)
            candidates = sorted(one for one in held | {code} if one != "und" and (not languages or one in languages))
            if candidates:
                yield Passage(owner, text, start, end, tuple(candidates))
            start = end


class _Near:
    """The languages of the windows near a piece of a long region: others need not be compared there."""

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


def _bounds(text: str) -> tuple[int, int]:
    """The place of the first letter of `text`, and that behind the last one and the signs that close its sentence; 0 and 0 where it
    has none.
    """
    start, end = AT_BORDER, len(text)
    first = next((place for place, char in enumerate(text[:start]) if _is_letter(char)), -1)
    while first < 0:
        if start >= end:
            return 0, 0
        if (held := _are_letters(text[start : start + BLOCK])).any():
            first = start + int(held.argmax())
        start += BLOCK
    last = next((end - place for place, char in enumerate(text[: -1 - AT_BORDER : -1]) if _is_letter(char)), 0)
    end -= AT_BORDER
    while not last:
        if (held := _are_letters(text[max(0, end - BLOCK) : end])).any():
            last = end - int(held[::-1].argmax())
        end -= BLOCK
    match = CLOSING.match(text, last)
    assert match is not None
    return first, match.end()


def _is_letter(char: str) -> bool:
    return 0 < _kinds()[min(ord(char), 0xFFFF)] < DIGIT


@cached
def _kinds() -> bytes:
    """The class of each code point of the BMP, as one that is asked for alone."""
    return bytes(alphabet()[1])


def _are_letters(text: str) -> Array:
    return alphabet()[1].take(points_of(text)) - 1 < DIGIT - 1


def _word_start(text: str, place: int, first: int) -> int:
    before = text[max(first, place - FAR) : max(first, place)][::-1]
    found = WHITE.search(before)
    return place - found.start() if found else max(first, place - FAR)


def _word_end(text: str, place: int, last: int) -> int:
    reach = min(last, place + FAR)
    found = WHITE.search(text, place, reach)
    return found.start() if found else reach


def _joined(regions: list[Region], size: int) -> list[Region]:
    """Regions with their margins, those that touch as one."""
    found: list[Region] = []
    for start, end, codes in sorted(regions, key=lambda region: region[:2]):
        if found and start - MARGIN <= found[-1][1]:
            found[-1] = (found[-1][0], max(min(size, end + MARGIN), found[-1][1]), found[-1][2] | codes)
        else:
            found.append((max(0, start - MARGIN), min(size, end + MARGIN), codes))
    return found


def _whole(text: str, first: int, last: int, code: str, confidence: float) -> tuple[LanguageSpan, ...]:
    """All of the text as one span, if it is in a language."""
    if code == "und" or not LETTER.search(text, first, last):
        return ()
    return (LanguageSpan(first, last, code, confidence),)


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
