"""Layers of UTF-8 that was read as a single-byte page: undone without a model where the line leaves no doubt.

A text that is valid UTF-8 all through, once it is written in some page, is so by chance only when it is very short.
"""

from __future__ import annotations

from codecs import charmap_encode
from dataclasses import dataclass
from typing import Any

from cleaner.memory import cached, cached_last
from cleaner.models.encodings import charmap, page
from cleaner.mojibake.accidents.steps import BEYOND, Step, utf8_steps
from cleaner.mojibake.readings.evidence import likelihoods
from cleaner.mojibake.strangeness import strangeness, suspicious

PROOF = 4
"""Continuation bytes that prove UTF-8: each is valid by chance with a probability of about a quarter."""
DEPTH = 3
"""Most layers that are peeled."""
NEAR = 12.0
"""Nats between the two likeliest readings below which word lists decide, as between `Москва` and `жесква`.
With 24 as many texts become right (benchmarks/results/mojibake.md)."""
HELD = 4
"""Lines whose layers are cached: more than one stage asks about a line."""
UNSEEN = 8.0
"""Nats for a character that the model has not seen, which it makes too cheap: `‐` costs seven more than `⤐`."""


@dataclass(frozen=True, slots=True)
class Layers:
    """A line with its layers of UTF-8 undone."""

    text: str
    steps: tuple[Step, ...]
    proof: int
    """Number of valid continuation bytes, in all layers."""


@cached
def _pages_by_lead() -> dict[str, tuple[tuple[Step, Any, frozenset[str]], ...]]:
    """Character -> the steps in whose page it is the first byte of a UTF-8 sequence, cheapest first, each with the
    table that encodes its page and the characters of its continuation bytes.
    """
    found: dict[str, list[tuple[Step, Any, frozenset[str]]]] = {}
    for step in utf8_steps():
        meanings = page(step.wrong)
        if step.single:
            held = step, charmap(step.wrong), frozenset(meanings[0x80:0xC0])
            for byte in range(0xC2, 0xF5):
                if meanings[byte]:
                    found.setdefault(meanings[byte], []).append(held)
    return {char: tuple(steps) for char, steps in found.items()}


@cached_last(HELD)
def whole_layers(line: str) -> dict[str, tuple[Step, int]]:
    """The texts that `line` can be if all of it is UTF-8 read as a page, each with its cheapest step and its number of
    continuation bytes.
    """
    found: dict[str, tuple[Step, int]] = {}
    first = BEYOND.search(line)
    if first is None:
        return found
    second = line[first.end() : first.end() + 1]
    for step, table, more in _pages_by_lead().get(first[0], ()):
        if second not in more:
            continue
        try:
            data: bytes = charmap_encode(line, "strict", table)[0]
            text = data.decode()
        except UnicodeError:
            continue
        if text not in found:
            found[text] = step, len(data) - len(text)
    return found


@cached_last(HELD)
def layers(line: str) -> Layers | None:
    """`line` without its layers; None where it is not UTF-8 all through, or too short to be sure.

    The character model chooses among several readings and, where these are close, the word lists do.
    """
    best = _peeled(Layers(line, (), 0))
    return best if best is not None and best.proof >= PROOF else None


def peelings(line: str) -> list[Layers]:
    """`line` without its layers: a reading for each page that the outermost layer can be in."""
    return _peelings(Layers(line, (), 0))


def _peelings(so_far: Layers) -> list[Layers]:
    if len(so_far.steps) == DEPTH:
        return []
    found = []
    for text, (step, proof) in whole_layers(so_far.text).items():
        reading = Layers(text, (*so_far.steps, step), so_far.proof + proof)
        # What is not UTF-8 in any page has no further layer, however suspicious it is.
        found.append((_peeled(reading) if whole_layers(text) and suspicious(text) else None) or reading)
    return found


def _peeled(so_far: Layers) -> Layers | None:
    """`so_far` without its further layers, in the best of all readings; None where it has none."""
    found = _peelings(so_far)
    return None if not found else found[0] if len(found) == 1 else _likeliest(found)


def _likeliest(found: list[Layers]) -> Layers:
    """The best reading: by likelihood, less its strangeness and the costs of its steps."""
    from cleaner.models.characters import load

    model = load()
    scores = likelihoods([reading.text for reading in found])
    worth = [
        score
        - strangeness(reading.text)
        - UNSEEN * (len(reading.text) - int(model.known(reading.text).sum()))
        - sum(step.cost for step in reading.steps)
        for score, reading in zip(scores, found, strict=True)
    ]
    if sorted(worth)[-2] > max(worth) - NEAR:
        worth = [one + gain for one, gain in zip(worth, _by_words([reading.text for reading in found]), strict=True)]
    return found[worth.index(max(worth))]


def _by_words(texts: list[str]) -> list[float]:
    """Nats that the words of each of `texts` gain beyond their letters; 0 unless all letters beyond ASCII are of one script."""
    from cleaner.mojibake.readings.wording import word_gains
    from cleaner.mojibake.words.lexicon import script_of

    scripts = {script_of(char) for text in texts for char in BEYOND.findall(text)} - {None}
    script = scripts.pop() if len(scripts) == 1 else None
    return word_gains(texts, script) if script else [0.0] * len(texts)
