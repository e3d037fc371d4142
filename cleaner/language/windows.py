"""Windows of letter sequences that tell where there may be another language than the text's: sixteen sequences of four
letters are a part of a text, two parts a window. Many texts are processed at once, as a call on a short text costs as
much as its sums.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeVar

import numpy as np

from cleaner.arrays import Array
from cleaner.language.han import only_chinese
from cleaner.language.letters import GROUPS, JAPANESE, ONE_LANGUAGE, USUAL, WORTH, WRITTEN, points_of, script_counts
from cleaner.language.paths import AT_END, OFTEN, STRANGE
from cleaner.language.telling import SCARCE
from cleaner.memory import cached
from cleaner.models.languages import DIGIT, LANES, PART, SCRIPTS, SPACE, STRIDE, WIDTH, alphabet, load

Item = TypeVar("Item")

ANOTHER = 20
"""Levels by which another language must be ahead in a window, twice as many for a related one. The best of 14 to 26
on the mixed development documents; 1 of 383 clean English documents has such a window."""
FOUND = {"Latn": 100, "Cyrl": 85, "Arab": 62, "Deva": 55}
"""Levels from which a window is in some language at all, by script: 2 % of the windows of the development sentences stay below,
but most of those in languages that the tables do not know."""
NEVER = 1_000
"""Levels that no window reaches."""
MARGIN = 160
"""Code points around such a window that are looked at with it: a change of language lies near, and the path finds where."""
NEAR = 6
"""Code points within which letters of another script belong together."""
BLOCK = 60_000
"""Code points of a text that are looked at in one go."""
AT_ONCE = 1 << 17
"""Code points from which on windows are looked for: with a quarter of them calls cost 1 of 35 ns a byte more."""
MOST_WORTH = int(WORTH.max())
LEAST = 8
"""Letters and spaces that a window has at the least."""
NEAR_TO = {one: frozenset(group.split("|")) - {one} for group in GROUPS for one in group.split("|")}
"""Language -> the closely related ones, which need twice the evidence."""

Region = tuple[int, int, frozenset[str]]
Asked = tuple[str, str]
"""A text, and the verdict on the whole of it, `und` where it is in no single language."""


class _Stretch(NamedTuple):
    """Letters of one script in a text, to be compared in windows."""

    owner: int
    """The text's place among those asked about."""
    start: int
    """Where it begins in the text."""
    script: str
    points: Array
    foreign: Array | None
    """Marks what is in another script."""
    code: str
    """The language it is thought to be in, empty where it is in any."""
    passage: bool = False
    """Whether it is one passage in another script than its text, and all of it in another language therefore."""


def doubtful(asked: Sequence[Asked], languages: Sequence[str] | None) -> list[list[Region]]:
    """Regions of each text in which there may be another language than its own, and which ones."""
    found: list[list[Region]] = [[] for _ in asked]
    for some in grouped(_stretches(asked, found), lambda stretch: len(stretch.points), AT_ONCE):
        for stretch, regions in zip(some, _strange(some, tuple(languages or ())), strict=True):
            if not stretch.passage:
                found[stretch.owner] += regions
                continue
            others = frozenset().union(*(codes for _, _, codes in regions))
            if not others and stretch.script in USUAL:
                others = frozenset({USUAL[stretch.script]})
            if others:
                found[stretch.owner].append((stretch.start, stretch.start + len(stretch.points), others))
    return found


def grouped(items: Iterable[Item], size_of: Callable[[Item], int], least: int) -> Iterator[list[Item]]:
    """`items` in order, in groups whose sizes come to `least` and more together; the last one may be smaller."""
    held: list[Item] = []
    size = 0
    for item in items:
        held.append(item)
        size += size_of(item)
        if size >= least:
            yield held
            held, size = [], 0
    if held:
        yield held


def _stretches(asked: Sequence[Asked], found: list[list[Region]]) -> Iterator[_Stretch]:
    """What is to be looked at. Passages in scripts that one language writes are put into `found`."""
    for owner in sorted(range(len(asked)), key=lambda owner: asked[owner][1]):
        # Language by language: what their sequences say stays in the cache, .6 of 15 ns a byte.
        text, code = asked[owner]
        home, own = _scripts_of(code)
        for start in range(0, len(text), BLOCK):
            held = points_of(text[start : start + BLOCK])
            if held.itemsize == 1 and home == ("Latn",):  # Latin-1 has letters of no other script
                yield _Stretch(owner, start, "Latn", held, None, code)
                continue
            foreign = _foreign_to(own).take(held)
            others = int(np.count_nonzero(foreign))
            if others * MOST_WORTH >= AT_END:
                yield from _passages(owner, start, held, foreign, found[owner])
            for script in home:
                strange = foreign if len(home) == 1 else _foreign_to((script,)).take(held)
                yield _Stretch(owner, start, script, held, strange if others else None, code)


@cached
def _scripts_of(code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The scripts that a language shares with others, and all those that it is written in."""
    home = tuple(script for script, codes in load().codes.items() if code in codes)
    return home, JAPANESE if code == "ja" else (
        *home,
        *(script for script, only in WRITTEN if only == code),
    )


@cached
def _foreign_to(scripts: tuple[str, ...]) -> Array:
    """Which code points of the BMP are letters of other scripts; bool array."""
    kinds = alphabet()[1]
    foreign = kinds - 1 < DIGIT - 1
    for script in scripts:
        foreign &= kinds != SCRIPTS.index(script)
    if scripts == JAPANESE:
        foreign |= only_chinese()
    foreign.setflags(write=False)
    return foreign


def _passages(owner: int, start: int, points: Array, foreign: Array, found: list[Region]) -> Iterator[_Stretch]:
    """Passages of letters of other scripts; those of scripts that one language writes are put into `found`."""
    places = np.flatnonzero(foreign)
    if not _clusters(places, len(points), MOST_WORTH, len(places) * MOST_WORTH >= OFTEN * len(points)):
        return
    kinds = alphabet()[1].take(points[places])
    counts = script_counts(np.bincount(kinds, minlength=DIGIT).tolist())
    for script, count in counts.items():
        worth = int(WORTH[SCRIPTS.index(script)])
        if worth * count < AT_END:
            continue
        often = script != "Latn" and worth * count >= OFTEN * len(points)
        mine = places[kinds == SCRIPTS.index(script)] if script != "Kana" else _japanese(points)
        for a, b in _clusters(mine, len(points), worth, often):
            if script in load().codes:
                others = np.ones(b - a, bool)
                others[mine[np.searchsorted(mine, a) : np.searchsorted(mine, b)] - a] = False
                yield _Stretch(owner, start + a, script, points[a:b], others, "", passage=True)
            else:
                found.append((start + a, start + b, frozenset({ONE_LANGUAGE[script]})))


def _japanese(points: Array) -> Array:
    """Where kana and Chinese characters stand."""
    kinds = alphabet()[1].take(points)
    return np.flatnonzero(np.isin(kinds, [SCRIPTS.index(script) for script in JAPANESE]))


def _clusters(mine: Array, size: int, worth: int, often: bool) -> list[tuple[int, int]]:
    """Runs of places that are near each other in a text of that size, without those too short for a span. `worth`: what
    a letter counts; `often`: whether the script is frequent in the text.
    """
    cuts = np.flatnonzero(mine[1:] - mine[:-1] > NEAR) + 1
    bounds = np.concatenate([[0], cuts, [len(mine)]])
    starts, ends = mine[bounds[:-1]], mine[bounds[1:] - 1] + 1
    at_end = (starts < MARGIN) | (ends > size - MARGIN)
    long = worth * (bounds[1:] - bounds[:-1]) >= np.where(at_end | often, AT_END, STRANGE)
    return list(zip(starts[long].tolist(), ends[long].tolist(), strict=True))


def _strange(stretches: Sequence[_Stretch], languages: tuple[str, ...]) -> list[list[Region]]:
    """The windows of each stretch that speak for another language than its own, and the languages they speak for."""
    kept, bounds, words = _letters(stretches)
    asked = [place for place, some in enumerate(words) if len(some) >= LEAST]
    found: list[list[Region]] = [[] for _ in stretches]
    if not asked:
        return found
    windows, starts = load().windows([words[place] for place in asked])
    rows = [_row(stretches[place].script, stretches[place].code, languages) for place in asked]
    owner, letters = -1, kept
    for window, column in _compared(windows, rows, starts).items():
        if owner < 0 or window >= starts[owner + 1]:
            owner = bisect_right(starts, window) - 1
            letters = np.flatnonzero(kept[bounds[asked[owner]] : bounds[asked[owner] + 1]])
        stretch, first = stretches[asked[owner]], PART * (window - starts[owner])
        start, end = int(letters[first]), int(letters[min(len(letters) - 1, first + 2 * PART)]) + 1
        code = load().codes[stretch.script][column]
        found[asked[owner]].append((stretch.start + start, stretch.start + end, frozenset({code})))
    return found


def _compared(windows: Array, rows: Sequence[_Row], starts: list[int]) -> dict[int, int]:
    """The strange windows, each with its best column. Those from one of `starts` to the next are compared by one of `rows`."""
    bars = np.array([(row.floor, row.ahead, row.own) for row in rows]).T
    owners = np.repeat(np.arange(len(rows)), np.diff(starts))[:-1]
    floor, ahead, columns = bars.take(owners, axis=1)
    size = windows.shape[1]
    own = windows.ravel().take(4 * (LANES[0].take(columns) * size + np.arange(size)) + LANES[1].take(columns))
    four = np.maximum.reduce(windows, axis=0).T
    most = np.maximum(np.maximum(four[0], four[1]), np.maximum(four[2], four[3]))
    strange = (most > floor) & (most - own > ahead)
    for start, end in pairwise(starts):
        # A part alone is a window with nothing, the last of several is none.
        strange[end - 1 if end - start < 3 else end - 2 : end] = False
    places = np.flatnonzero(strange)
    if not len(places):
        return {}
    # Few are strange before anything is taken from near languages: what is left of these is weighed once more.
    owners = np.searchsorted(starts, places, side="right") - 1
    held = windows[LANES[0][:, None], places, LANES[1][:, None]]
    held -= np.array([row.handicaps[LANES] for row in rows])[owners].T
    most, best = held.max(axis=0), held.argmax(axis=0)
    floor, ahead, _ = bars[:, owners]
    strange = (most > floor) & (most - own[places] > ahead)
    return dict(zip(places[strange].tolist(), best[strange].tolist(), strict=True))


def _letters(stretches: Sequence[_Stretch]) -> tuple[Array, list[int], list[Array]]:
    """Which code points of all stretches are letters of their words, or the first space behind a word; where each stretch begins
    among them, and the last one ends; and the small letters and spaces of each.
    """
    bounds = list(accumulate((len(stretch.points) for stretch in stretches), initial=0))
    folded = alphabet()[0].take(np.concatenate([stretch.points for stretch in stretches]))
    for stretch, start, end in zip(stretches, bounds[:-1], bounds[1:], strict=True):
        if stretch.foreign is not None:
            folded[start:end][stretch.foreign] = SPACE
    kept = folded != SPACE
    kept[1:] |= kept[:-1].copy()
    kept[bounds[:-1]] = True
    if not folded.all():
        kept &= folded > 0
    held = folded[kept]
    sizes = [np.count_nonzero(kept[start:end]) for start, end in pairwise(bounds)]
    return kept, bounds, [held[start:end] for start, end in pairwise(accumulate(sizes, initial=0))]


@dataclass(frozen=True, slots=True)
class _Row:
    """What the windows of a language in a script are compared by."""

    own: int
    """The language's column."""
    handicaps: Array
    """What is taken from each column (int16, 16 x 4, as `LANES` says): as much as is asked of another language from those near to
    it; all from those that are not asked about, and from those that mean nothing in the script, where a sequence has the print
    of one in another.
    """
    floor: int
    """Levels from which a window is in some language."""
    ahead: int
    """Levels from which it is in another one."""


@cached
def _row(script: str, code: str, languages: tuple[str, ...]) -> _Row:
    """The row of `code`; without one, whatever is in any language is strange."""
    codes = load().codes[script]
    handicaps = np.full((WIDTH // 4, 4), NEVER, np.int16)
    near = NEAR_TO.get(code, frozenset())
    for place, one in enumerate(codes):
        if not languages or one in languages:
            handicaps[LANES[0][place], LANES[1][place]] = ANOTHER if one in near else 0
    handicaps.setflags(write=False)
    if not code:
        return _Row(0, handicaps, 0, -NEVER)
    lacking = int(2 * PART // STRIDE * SCARCE.get(script, {}).get(code, 0))
    return _Row(codes.index(code), handicaps, FOUND[script], ANOTHER + lacking)
