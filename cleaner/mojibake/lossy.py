"""UTF-8 read as a single-byte page, some of whose bytes are gone: dropped, or shown as `?`, U+FFFD or a space.

Only bytes that the page can lose are filled in, and only in lines that hold whole sequences of the same accident. A line is
filled as a whole, under each loss that it can have gone through (`gaps`); a beam and the word lists choose the characters
(`beam`, `lexicon`); the best filling is compared with the line itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.document import Candidate
from cleaner.mojibake.beam import Stretch, choice_cost, decode, stretches
from cleaner.mojibake.gaps import PAGES, Reading, Slot, gap_in, losses, read
from cleaner.mojibake.lexicon import Lexicon, script_of
from cleaner.mojibake.steps import Step, sequences, utf8_steps

__all__ = ["Filled", "Piece", "fill", "fill_gaps"]

FILL_COST = 1.5
"""Nats that each filled gap costs on top of the accident."""
TRIED = 3
"""Losses that are compared in full; the others leave more of the line unexplained."""
ENOUGH = 0.7
"""Share of the whole sequences that the best page shows, from which another page is read too."""
WORD_COST = 1.0
"""Nats that a word must be likelier as a word of the list than as a row of letters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the line and what it becomes; `alternatives` only where a gap was filled."""

    start: int
    end: int
    text: str
    filled: bool
    alternatives: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A line with its gaps filled."""

    text: str
    step: Step
    pieces: tuple[Piece, ...]
    gain: float


def fill(line: str, likely: tuple[str, ...] = ()) -> Filled | None:
    """The best filling of `line` over the pages that lose bytes (`likely` first), or None where none is better."""
    from cleaner.mojibake.search import MARGIN, likelihoods

    readings = _readings(line, likely)
    if not readings:
        return None
    steps = {step.wrong: step for step in utf8_steps()}
    filled = [_filled(reading) for reading in readings]
    own, *scores = likelihoods([line, *(text for text, _, _ in filled)])
    best: tuple[float, Filled] | None = None
    for reading, (text, pieces, words), score in zip(readings, filled, scores, strict=True):
        step = steps[reading.loss.wrong]
        gain = score - own - step.cost - FILL_COST * sum(piece.filled for piece in pieces)
        if gain > MARGIN and text != line and (best is None or gain + words > best[0]):
            best = gain + words, Filled(text, step, tuple(pieces), gain)
    return best[1] if best else None


def _readings(line: str, likely: tuple[str, ...]) -> list[Reading]:
    """The readings of `line` worth filling: those that explain most of it, at most TRIED."""
    wholes: dict[str, int] = {}
    for wrong in dict.fromkeys((*likely, *PAGES)):
        gap, whole = gap_in(wrong), sequences(wrong)
        if gap is not None and whole is not None and gap.search(line):
            wholes[wrong] = len(whole.findall(line))
    most = max(wholes.values(), default=0)
    if not most:
        return []
    found: dict[tuple[Slot, ...], Reading] = {}
    for wrong, count in wholes.items():
        for loss in losses(wrong) if count >= ENOUGH * most else ():
            if not loss.sign or loss.sign in line:
                reading = read(line, loss)
                if reading.whole and reading.gaps:
                    found.setdefault(reading.slots, reading)
    ranked = sorted(found.values(), key=lambda reading: (reading.stray, reading.gaps))
    return [reading for reading in ranked[:TRIED] if reading.stray <= ranked[0].stray + 2]


def fill_gaps(reading: Reading, letters: str = "") -> list[Piece]:
    """The gaps of `reading` filled, where the line is known to have gone through its loss; `letters` are likely ones."""
    wanted = [_preferred(slot, letters) if slot.literal else slot for slot in reading.slots]
    return _filled(replace(reading, slots=tuple(wanted)))[1]


def _preferred(slot: Slot, letters: str) -> Slot:
    """`slot` with the choices that are among `letters`, where there are any."""
    liked = tuple(choice for choice in slot.choices if choice in letters and choice)
    return replace(slot, choices=(*liked, slot.literal)) if liked else slot


def _filled(reading: Reading) -> tuple[str, list[Piece], float]:
    """The line with its gaps filled, its changed pieces, and the nats that its words are worth."""
    slots = reading.slots
    found = stretches(slots)
    decode(slots, found)
    words = _with_words(slots, found)
    chosen: dict[int, tuple[str, tuple[Candidate, ...]]] = {}
    for part in found:
        chosen.update(_chosen(part))
    parts, pieces = [], []
    for place, slot in enumerate(slots):
        text, others = chosen.get(place, (slot.choices[0], ()))
        parts.append(text)
        if text != slot.literal and (slot.end - slot.start > 1 or len(slot.choices) > 1):
            pieces.append(Piece(slot.start, slot.end, text, bool(slot.literal), others))
    return "".join(parts), pieces, words


def _chosen(part: Stretch) -> Iterator[tuple[int, tuple[str, tuple[Candidate, ...]]]]:
    """The choice at each open place of the best reading, with what the other readings have there."""
    top = part.readings[0][0]
    weights = [math.exp(max(-30.0, score - top)) for score, _ in part.readings]
    total = sum(weights)
    for number, at in enumerate(part.open):
        shares: Counter[str] = Counter()
        for weight, (_, chosen) in zip(weights, part.readings, strict=True):
            shares[chosen[number]] += weight / total  # type: ignore[assignment]
        best = part.readings[0][1][number]
        others = sorted((-share, text) for text, share in shares.items() if text != best and share >= 0.001)
        yield at, (best, tuple(Candidate(text, round(-share, 3)) for share, text in others[:5]))


def _with_words(slots: Sequence[Slot], found: Sequence[Stretch]) -> float:
    """Adds to each stretch the readings that words of a list give, and sorts its readings anew; the nats gained in all."""
    from cleaner.mojibake.search import likelihoods

    script = _script(slots)
    if script is None:
        return 0.0
    cores = _cores(slots, script)
    if script == "han":
        cores = list(_windows(cores, {at for part in found for at in part.open}))
    telling = sorted(cores, key=lambda core: (sum(len(letters) > 1 for letters in core[2]) - len(core[2]), core[0]))
    lexicon = Lexicon(script, [letters for _, _, letters in telling])
    fits: list[list[tuple[int, int, dict[str, float]]]] = []
    texts: dict[str, None] = {}
    for part in found:
        inside = [core for core in cores if part.first <= core[0] and core[1] <= part.last]
        words = [(first, last, lexicon.fitting(letters)) for first, last, letters in inside]
        fits.append(words)
        for first, last, known in words:
            texts.update(dict.fromkeys(_propose(part, slots, first, last, known)))
    rows = [
        (part, chosen, full, part.left + "".join(full) + part.right, list(_used(part, full, words)))
        for part, words in zip(found, fits, strict=True)
        for _, chosen in part.readings
        for full in [_full(part, slots, chosen)]
    ]
    for _, _, _, text, used in rows:
        texts.update(dict.fromkeys((text, *(word for _, _, word, _ in used))))
    scores = dict(zip(texts, likelihoods(list(texts)), strict=True))
    for part in found:
        part.readings.clear()
    gained: dict[int, tuple[float, float]] = {}
    for part, chosen, full, text, used in rows:
        worth = _worth([(-scores[word] - cost - WORD_COST, first, last) for first, last, word, cost in used])
        score = (
            scores[text]
            + worth
            - sum(
                choice_cost(choice, slots[at], (part.left + "".join(full[: at - part.first]))[-2:])
                for at, choice in zip(part.open, chosen, strict=True)
            )
        )
        part.readings.append((score, chosen))
        gained[part.first] = max(gained.get(part.first, (-math.inf, 0.0)), (score, worth))
    for part in found:
        part.readings.sort(key=lambda row: (-row[0], row[1]))
    return sum(worth for _, worth in gained.values())


def _used(
    part: Stretch, full: Sequence[str], words: Iterable[tuple[int, int, dict[str, float]]]
) -> Iterator[tuple[int, int, str, float]]:
    """The words of a list that the text `full` holds: places, the word between spaces, its cost."""
    for first, last, known in words:
        word = "".join(full[first - part.first : last - part.first])
        cost = known.get(word.lower())
        if cost is not None:
            yield first, last, f" {word} ", cost


def _worth(words: list[tuple[float, int, int]]) -> float:
    """Nats that `words` (gain, first, last) are worth: the best of them that do not overlap."""
    total = 0.0
    taken: list[tuple[int, int]] = []
    for gain, first, last in sorted(words, reverse=True):
        if gain > 0 and all(last <= start or end <= first for start, end in taken):
            total += gain
            taken.append((first, last))
    return total


def _full(part: Stretch, slots: Sequence[Slot], chosen: Sequence[str]) -> list[str]:
    """The text at each place of `part`."""
    full = [slot.choices[0] for slot in slots[part.first : part.last]]
    for at, text in zip(part.open, chosen, strict=True):
        full[at - part.first] = text
    return full


def _propose(part: Stretch, slots: Sequence[Slot], first: int, last: int, words: Iterable[str]) -> Iterator[str]:
    """Adds the best reading of `part` with each of `words` in the places `first` to `last`; yields the words."""
    base = part.readings[0][1]
    known = {chosen for _, chosen in part.readings}
    for word in words:
        chosen = list(base)
        for number, at in enumerate(part.open):
            if first <= at < last:
                fitting = [text for text in slots[at].choices if text.lower() == word[at - first]]
                # Where a letter can be either, it has the case of the one before it.
                chosen[number] = fitting[0] if len(fitting) == 1 else _cased(fitting, slots, at, first)
        if tuple(chosen) not in known:
            known.add(tuple(chosen))
            part.readings.append((-math.inf, tuple(chosen)))
        yield f" {word} "


def _cased(fitting: list[str], slots: Sequence[Slot], at: int, first: int) -> str:
    upper = at > first and len(slots[at - 1].choices) == 1 and slots[at - 1].choices[0].isupper()
    return next((text for text in fitting if text.isupper() == upper), fitting[0])


def _script(slots: Sequence[Slot]) -> str | None:
    """The script that most of the letters beyond ASCII have."""
    counts = Counter(
        script
        for slot in slots
        for char in {choice[0] for choice in slot.choices[:8]}
        if char > "\x7f" and (script := script_of(char))
    )
    return min(counts, key=lambda script: (-counts[script], script)) if counts else None


Core = tuple[int, int, tuple[str, ...]]
"""Places `first` to `last` that can be a word, and the small letters that each can have."""


def _cores(slots: Sequence[Slot], script: str) -> list[Core]:
    """The runs of places that can all be letters of `script`."""
    found: list[Core] = []
    first = 0
    run: list[str] = []
    for place in range(len(slots) + 1):
        letters = ""
        if place < len(slots):
            fitting = (
                choice.lower() for choice in slots[place].choices if len(choice) == 1 and script_of(choice) == script
            )
            letters = "".join(dict.fromkeys(fitting))
        if letters:
            run.append(letters)
            continue
        if run:
            found.append((first, place, tuple(run)))
        first, run = place + 1, []
    return found


def _windows(cores: Iterable[Core], openings: set[int]) -> Iterator[Core]:
    """Words that cores without spaces can hold around `openings`: of two to four places."""
    for first, last, letters in cores:
        for start in range(first, last):
            for end in range(start + 2, min(last, start + 4) + 1):
                if any(place in openings for place in range(start, end)):
                    yield start, end, letters[start - first : end - first]
