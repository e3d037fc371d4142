"""All mix-ups that a line's words can have gone through, at once: which readings are worth a closer look?

The distinct characters of the words are looked up in every page in one step. Pages that give the same bytes count as
one. What those bytes mean in every other page is ranked by the frequency of single characters, and only the best
readings are made into text and judged by the whole model. [varied]: as in `search`.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from cleaner.arrays import Array, code_points
from cleaner.mojibake.accidents.pages import OTHER, page_tables
from cleaner.mojibake.accidents.steps import BEYOND, LENGTHS, Step, utf8_steps
from cleaner.mojibake.readings.judging import WIDE

REPEATED = 8
"""How many mix-ups made twice the whole model judges: as many texts become right with 2 and with 24 [varied]."""
FOLLOWING = np.array([max(0, length - 1) for length in (*LENGTHS, 0)], np.uint8)
"""Continuation bytes that each byte of UTF-8 needs after it; 0 for no byte (256)."""
SEQUENCES = 0.4
"""A page is considered if it shows at least this share of the sequences that the best page shows."""
ASCII = np.arange(128)


class Words:
    """Words of a line, joined by spaces, and the ways in which the pages write them."""

    def __init__(self, text: str) -> None:
        pages = page_tables()
        self.text = text
        self.points = code_points(f" {text} ")
        held = Counter(BEYOND.findall(text))
        chars = sorted(held)
        self.chars = np.array([ord(char) for char in chars], np.uint32)
        self.counts = np.array([held[char] for char in chars], np.int64)
        self.total = max(1, held.total())
        # For each code point of the text its place among the distinct ones; ASCII comes after these, by its own number.
        self.where = self.points.astype(np.int64)
        self.where += len(chars)
        beyond = (self.points > 127).nonzero()[0]
        self.where[beyond] = self.chars.searchsorted(self.points[beyond])
        column = pages.column
        self.columns = np.array([column.get(char, OTHER) for char in chars], np.int64)
        # int16[ways, distinct characters]: their bytes, 256 for none; the share they can write.
        self.rows, self._members = _distinct(pages.bytes_of.take(self.columns, 1))
        # The page of each way that is most likely the wrong one.
        self.wrongs = [min(group, key=pages.priors.__getitem__) for group in self._members]
        self.share = (self.rows < 256) @ self.counts / self.total
        # How many characters of UTF-8 sequences each way makes.
        self.sequences = _sequences(self)

    @property
    def covered(self) -> float:
        """Share of the characters beyond ASCII that are in UTF-8 sequences, in the best page."""
        return float(self.sequences.max(initial=0) / self.total)

    def pages(self, way: int) -> list[int]:
        """The numbers of the pages that write the words in this way."""
        return self._members[way]


def layered(words: Words) -> tuple[list[tuple[str, Step]], float]:
    """What `words` become where UTF-8 was read as a page, all of it or sequences among right text; and the share of the
    characters beyond ASCII that are in such sequences, in the best page.
    """
    held = page_tables()
    found: dict[str, Step] = {}
    counts = words.sequences
    for number in np.flatnonzero(counts > SEQUENCES * counts.max(initial=1)).tolist():
        steps = [step for step in (held.layers[page] for page in words.pages(number)) if step]
        if steps:
            _keep(found, words.text, [min(steps, key=_order)])
    covered = words.covered
    if WIDE.search(words.text):
        _keep(found, words.text, [step for step in utf8_steps() if not step.single])
        covered = max(covered, float(bool(found)))
    return list(found.items()), covered


def _keep(found: dict[str, Step], text: str, steps: list[Step]) -> None:
    for step in steps:
        after = step.undo(text)
        if after != text and (after not in found or step.cost < found[after].cost):
            found[after] = step


def _sequences(words: Words) -> Array:
    """How many characters are in UTF-8 sequences in each way to write the words; int[ways]."""
    bytes_ = np.zeros((len(words.rows), len(words.chars) + 128), np.int16)
    bytes_[:, : len(words.chars)] = words.rows
    written = bytes_[:, words.where]
    more = (written & 0x1C0) == 0x80
    needed = FOLLOWING[written[:, :-2]]
    good = (needed > 0) & more[:, 1:-1] & ((needed < 2) | more[:, 2:])
    return ((needed + 1) * good).sum(1)


def repeated(words: Words) -> list[tuple[str, Step]]:
    """What `words` become where the same mix-up of two single-byte pages was made twice: the REPEATED most frequent characters."""
    held = page_tables()
    rights = np.array(held.rights)
    able = np.array([page for way in np.flatnonzero(words.share == 1).tolist() for page in words.pages(way)], np.int64)
    able.sort()
    right = np.repeat(np.arange(len(rights)), len(able))
    wrong = np.tile(able, len(rights))
    # Most pairs can't write the first few characters, and are dropped before the others are looked up.
    for columns in (words.columns[:2], words.columns[:8], words.columns):
        once = held.columns[rights[right][:, None], held.bytes_of[wrong[:, None], columns]]
        again = held.bytes_of[wrong[:, None], once]
        fits = ((once != 0) & (again != 256) & (held.columns[rights[right][:, None], again] != 0)).all(1)
        fits &= wrong != rights[right]
        right, wrong = right[fits], wrong[fits]
    costs = held.wrong_costs[wrong] + held.right_costs[right]
    price = held.unigrams[again[fits], right[:, None]] @ words.counts + 2 * costs
    found = []
    for place in np.argsort(price, kind="stable")[:REPEATED].tolist():
        step = held.step(int(wrong[place]), int(right[place]))
        if step is not None:
            found.append((step.undo(step.undo(words.text)), step))
    return found


def _order(step: Step) -> tuple[float, str, str]:
    return step.cost, step.wrong, step.right


def _distinct(written: Array) -> tuple[Array, list[list[int]]]:
    """The distinct rows of `written`, and the numbers of the rows equal to each."""
    groups: dict[bytes, list[int]] = {}
    data, size = written.tobytes(), written.shape[1] * written.itemsize
    for number in range(len(written)):
        groups.setdefault(data[number * size : number * size + size], []).append(number)
    members = list(groups.values())
    return written[[group[0] for group in members]], members
