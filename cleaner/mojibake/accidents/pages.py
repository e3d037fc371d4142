"""The single-byte code pages as arrays: what characters become by every step between two pages, in one look-up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.arrays import Array
from cleaner.memory import cached, cached_last
from cleaner.models.alphabets import LETTER
from cleaner.models.characters import load
from cleaner.models.encodings import SINGLE_BYTE, page
from cleaner.mojibake.accidents.steps import CJK, Step, other_steps, utf8_steps

OTHER = 128
"""Column of every character that no page holds."""
HELD = 1_024
"""Sets of letters for which what they can have been is kept."""


class Pages:
    """The code pages as arrays."""

    def __init__(self) -> None:
        steps = [step for step in other_steps() if step.right in SINGLE_BYTE and step.wrong not in CJK]
        layers = [step for step in utf8_steps() if step.single]
        names = list(dict.fromkeys(step.wrong for step in (*steps, *layers)))
        place = {name: number for number, name in enumerate(names)}
        pages = [page(name) for name in names]
        self.count, self.names = len(names), names
        self.layers = [next((step for step in layers if step.wrong == name), None) for name in names]
        # A column for each character: ASCII, "any other", and what the pages hold beyond ASCII.
        known = sorted({char for meanings in pages for char in meanings if char and not char.isascii()})
        self.column = {char: number for number, char in enumerate(known, OTHER + 1)}
        held = np.array([*range(OTHER), 0xE000, *map(ord, known)], np.uint32)
        # int16[pages, columns]: the byte of each character, 256 where the page lacks it.
        self.bytes_of = np.full((self.count, len(held)), 256, np.int16)
        # int16[pages, 257]: the column of each byte's character, 0 where it means nothing.
        self.columns = np.zeros((self.count, 257), np.int16)
        for number, meanings in enumerate(pages):
            for byte in range(255, -1, -1):
                char = meanings[byte]
                if char:
                    self.columns[number, byte] = ord(char) if char.isascii() else self.column[char]
                    if not char.isascii():
                        self.bytes_of[number, self.column[char]] = byte
        self.points = held
        # What follows is for mix-ups of two pages; the right ones are those of `rights`.
        rights = list(dict.fromkeys(place[step.right] for step in steps))
        self.rights = rights
        # int16[right pages x 257]: as `columns`, 0 also for what the wrong page lacks.
        self.read = self.columns[rights].reshape(-1)
        # What follows is in tenths of a nat: sums of whole numbers are exact, and so the same on every processor.
        # float32[257, right pages]: what each byte costs as each page reads it.
        columns = self.columns[rights].T
        self.unigrams = load().unigrams(held)[columns]
        self.unigrams[columns == 0] = 300.0
        self.unigrams[256] = 0.0
        # uint8[columns x columns]: the cost of each pair of characters.
        self.pairs = np.minimum(255, load().pairs(held)).astype(np.uint8).reshape(-1)
        self.width = len(held)
        self.steps: dict[tuple[int, int], Step] = {(place[step.wrong], place[step.right]): step for step in steps}
        # A step costs what its two pages do, float32: infinite for pages that are only read as layers.
        self.wrong_costs = np.full(self.count, np.inf, np.float32)
        self.right_costs = np.zeros(len(rights), np.float32)
        first, second = rights[:2]
        for (wrong, right), step in self.steps.items():
            if right == first:
                self.wrong_costs[wrong] = 10 * step.cost
        for number, right in enumerate(rights[1:], 1):
            wrong = next(wrong for wrong, other in self.steps if other == right and wrong != first)
            self.right_costs[number] = 10 * self.steps[wrong, right].cost - self.wrong_costs[wrong]
        self.wrong_costs[first] = 10 * self.steps[first, second].cost - self.right_costs[1]
        self.priors: list[float] = self.wrong_costs.tolist()

    def step(self, wrong: int, right: int) -> Step | None:
        """The step between page number `wrong` and right page number `right`."""
        return self.steps.get((wrong, self.rights[right]))


@cached
def page_tables() -> Pages:
    """The pages; made once a process."""
    return Pages()


def signs_of(rows: Array) -> Array:
    """A hash of each of `rows`, int64[rows, columns], to find equal ones: the sum of its columns, each times a number
    of its place.
    """
    width = rows.shape[-1]
    return rows @ (PLACES[:width] if width <= len(PLACES) else _numbers(width))


def _numbers(count: int) -> Array:
    """A number for each of so many places, int64."""
    places = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    places ^= places >> np.uint64(29)
    return places.view(np.int64)


PLACES = _numbers(256)


def alike(text: str, step: Step) -> list[Step]:
    """All steps between two single-byte pages that change `text` as `step` does; `step` is among them."""
    pages = page_tables()
    if step.wrong not in pages.names or step.right not in pages.names:
        return [step]
    columns = np.array(sorted({pages.column.get(char, OTHER) for char in text if not char.isascii()}), np.int64)
    wrong, right = pages.names.index(step.wrong), pages.names.index(step.right)
    written = pages.bytes_of[wrong, columns]
    writers = np.flatnonzero((pages.bytes_of[:, columns] == written).all(1)).tolist()
    readers = np.flatnonzero((pages.columns[:, written] == pages.columns[right, written]).all(1)).tolist()
    return [pages.steps[pair] for writer in writers for reader in readers if (pair := (writer, reader)) in pages.steps]


@cached_last(HELD)
def before_mix_ups(letters: str) -> tuple[str, ...]:
    """What the characters `letters` of a Latin word can have been before a mix-up of two single-byte pages, in the same
    order.

    Only Latin letters, marks and signs; without `letters` themselves.
    """
    pages = page_tables()
    read = _read(letters)
    made = sorted(set(map(tuple, read[_of_latin_words()[read].all(1)].tolist())))
    data = pages.points[np.array(made, np.int64).ravel()].tobytes().decode("utf-32-le")
    texts = (data[at : at + len(letters)] for at in range(0, len(data), len(letters)))
    return tuple(text for text in texts if text != letters)


def undone(text: str, letters: str, turned: tuple[str, ...]) -> list[tuple[str, Step]]:
    """What `text` becomes by the steps between single-byte pages that turn the characters `letters` into one of
    `turned`.

    Each text once, with its cheapest step.
    """
    pages = page_tables()
    chars = [*{ord(char) for char in text if not char.isascii()}]
    numbers, steps = _making(letters, turned)
    found: dict[tuple[int, ...], Step] = {}
    for points, step in zip(pages.points[_read([*map(chr, chars)], numbers)].tolist(), steps, strict=True):
        found.setdefault(tuple(points), step)
    # Nothing (0) and what no page holds stay as they are.
    kept = (0, int(pages.points[OTHER]))
    texts: dict[str, Step] = {}
    for points, step in found.items():
        turns = {char: point for char, point in zip(chars, points, strict=True) if point not in kept}
        texts.setdefault(text.translate(turns), step)
    return list(texts.items())


@cached_last(HELD)
def _making(letters: str, turned: tuple[str, ...]) -> tuple[Array, list[Step]]:
    """The numbers of the steps that turn `letters` into one of `turned`, the cheapest first, and these steps."""
    pages, read = page_tables(), _read(letters)
    wanted = np.array([[pages.column.get(char, OTHER) for char in others] for others in turned], read.dtype)
    fits = (read[:, None] == wanted).all(2).any(1).nonzero()[0]
    steps = [*pages.steps.values()]
    found = sorted(fits.tolist(), key=lambda number: steps[number].cost)
    return np.array(found), [steps[number] for number in found]


def _read(letters: Sequence[str], numbers: Array = slice(None)) -> Array:
    """The columns of what each step (of `numbers`) turns `letters` into, 0 for nothing; int16[steps, letters]."""
    pages = page_tables()
    wrong, right = _steps()
    columns = [pages.column.get(char, OTHER) for char in letters]
    written = pages.bytes_of[:, columns][wrong[numbers]]
    return pages.columns[right[numbers, None], written]


@cached
def _steps() -> tuple[Array, Array]:
    """The numbers of the wrong page and of the right page of each step."""
    wrong, right = np.array(list(page_tables().steps)).T
    return wrong, right


@cached
def _of_latin_words() -> Array:
    """Whether the character of each column can stand in a word of Latin letters; bool array."""
    chars = map(chr, page_tables().points.tolist())
    return np.array([char > "\xa0" and (not char.isalnum() or LETTER.match(char) is not None) for char in chars])
