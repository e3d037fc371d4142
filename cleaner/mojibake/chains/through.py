"""Lines that are UTF-8 all through, proven by themselves or by a chain that another line of the document went through.

The model is asked only where a short line is UTF-8 in several pages. Most lines of a garbled document are of this kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.memory import cached
from cleaner.models.encodings import encode_sloppy
from cleaner.mojibake.accidents.steps import Explained, Step, byte_classes, utf8_steps
from cleaner.mojibake.chains.layers import PROOF, Layers, layers, whole_layers
from cleaner.mojibake.readings.evidence import likelihoods
from cleaner.mojibake.strangeness import strangeness, suspicious

PROVEN = 8.0
"""Gain in nats for each continuation byte of a line that is UTF-8 all through, where the model is not asked: it would
give no less."""
SPACED = ("cp1252", "cp1251", "cp1250", "cp1254")
"""Pages with a no-break space in which UTF-8 is often read more than once."""
LESS = 0.5
"""Share of its suspicion that may be left of a line that a known chain explains all through: `Último` alone has some."""
SHORT = 8
"""Continuation bytes below which a line that a known chain explains is compared with other pages: `SÃ£o` is also UTF-8
in Mac Roman, `Ṣo`. Of 1,800 garbled texts, many in a document of several accidents, 3 more become right so, and none
fewer."""


def by_layers(line: str) -> Explained | None:
    """`line` without its layers of UTF-8, where it is UTF-8 all through and long enough to be sure."""
    found = layers(line)
    return None if found is None else Explained(found.text, found.steps, PROVEN * found.proof, whole=True)


def by_layers_of_spaces(line: str) -> Explained | None:
    """The same for a `line` of two or more layers whose no-break spaces became spaces, or are gone: in the outer layer,
    a first byte without a continuation byte tells where they were.
    """
    for step in utf8_steps():
        torn = _torn(step.wrong) if step.wrong in SPACED else None
        if torn is None or torn.search(line) is None:
            continue
        ways = dict.fromkeys((torn.sub("\\1\xa0", line), torn.sub("\\1\xa0\\2", line)))
        inner = [(way, text) for way in ways if (text := _undone(way, (step,))) is not None]
        lost = len(torn.findall(line))
        found = [
            held
            for way, text in inner
            if (held := layers(text) or _layer(text, len(way) - len(text) - lost)) is not None
        ]
        if found:
            scores = likelihoods([held.text for held in found]) if len(found) > 1 else [0.0]
            best = found[scores.index(max(scores))]
            return Explained(best.text, (step, *best.steps), PROVEN * best.proof, respaced=True)
    return None


def _layer(text: str, proof: int) -> Layers | None:
    """`text` with its last layer undone, where the outer ones, valid in `proof` continuation bytes, leave no doubt."""
    whole = whole_layers(text) if proof >= PROOF else {}
    best = min(whole, key=lambda text: whole[text][0].cost, default=None)
    if best is None or suspicious(best):
        return None
    step, own = whole[best]
    return Layers(best, (step,), own)


@cached
def _torn(wrong: str) -> re.Pattern[str]:
    """Matches what page `wrong` shows for the first of two bytes whose second is missing, and a space after it."""
    first, _, _, other = byte_classes(wrong)
    return re.compile(f"([{first}])(?![{other}])( ?)")


def firmest_first(asked: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """`asked`, lines and their places; where the first is UTF-8 in several pages and too short to tell which, the first that tells
    comes before it.
    """
    if len(asked) < 2 or _pages(asked[0][0]) < 2:
        return asked
    at = next((number for number, (line, _) in enumerate(asked) if _pages(line) == 1), 0)
    return [asked[at], *asked[:at], *asked[at + 1 :]]


def _pages(line: str) -> int:
    """In how many pages `line` is UTF-8, of a short one; a long one tells its page."""
    found = whole_layers(line)
    return 1 if any(proof >= SHORT for _, proof in found.values()) else len(found)


def explained_through(line: str, first: Sequence[tuple[Step, ...]]) -> Explained | None:
    """`line` explained by one of the chains `first`, where all of it is UTF-8 in these pages and the result is not suspicious."""
    for steps in first:
        text = _undone(line, steps)
        if text is not None and len(text) < len(line) and _is_calm(line, text) and not outdone([(line, text)], steps):
            return _whole(line, text, steps)
    return None


def all_through(lines: Sequence[str], first: Sequence[tuple[Step, ...]]) -> list[Explained | None]:
    """The same for each of `lines`, with a single look at all of them where the first chain explains them."""
    text = _undone("\n".join(lines), first[0]) if len(lines) > 1 and first else None
    if text is None or suspicious(text):
        return [explained_through(line, first) for line in lines]
    found = list(zip(lines, text.split("\n"), strict=True))
    doubted = outdone(found, first[0])
    return [
        explained_through(line, first[1:])
        if line in doubted
        else _whole(line, after, first[0])
        if len(after) < len(line)
        else None
        for line, after in found
    ]


def outdone(found: Sequence[tuple[str, str]], steps: tuple[Step, ...]) -> set[str]:
    """The lines of `found` (a line, and what the chain `steps` makes of it) that are likelier text as UTF-8 in another
    page.

    Only chains of one step are compared, and only where few bytes support them: another line's chain is not proof for
    this one, but worth its cost.
    """
    if len(steps) > 1 or steps[0].right != "utf-8":
        return set()
    rivals: dict[tuple[str, str], dict[str, Step]] = {}
    for line, text in found:
        if 0 < len(line) - len(text) < SHORT:
            others = {other: step for other, (step, _) in whole_layers(line).items() if other != text}
            if others:
                rivals[line, text] = others
    texts = list({text: None for (_, text), others in rivals.items() for text in (text, *others)})
    likely = zip(texts, likelihoods(texts) if texts else (), strict=True)
    worth = {text: score - strangeness(text) for text, score in likely}
    return {
        line
        for (line, text), others in rivals.items()
        if worth[text] < max(worth[other] - step.cost for other, step in others.items())
    }


def _is_calm(line: str, text: str) -> bool:
    """Whether `text`, of which `line` was made, is no longer suspicious, or less than half as much and no UTF-8 in any page."""
    return not suspicious(text) or (strangeness(text) <= LESS * strangeness(line) and not whole_layers(text))


def _whole(line: str, text: str, steps: tuple[Step, ...]) -> Explained:
    return Explained(text, steps, PROVEN * (len(line) - len(text)), whole=True)


def _undone(line: str, steps: tuple[Step, ...]) -> str | None:
    """`line` without its layers, where all of it is UTF-8 in the pages of `steps`.

    A byte of a page is one character, so the text is shorter by the continuation bytes of all layers.
    """
    for step in steps:
        data = encode_sloppy(line, step.wrong) if step.right == "utf-8" and step.single else None
        if data is None:
            return None
        try:
            line = data.decode()
        except UnicodeError:
            return None
    return line
