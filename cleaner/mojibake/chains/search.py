"""The search for the chain of accidents that explains a line best.

A noisy channel: of all texts that some chain of accidents turns into the line, the line itself included, the one wins
whose log-likelihood in the character model, less the costs of its steps, is highest. Only words beyond ASCII are
judged, in a long line a sample of them; the chain is then undone in all of the line.

[varied]: only this constant was varied, over 2,020 garbled texts of the judge without lost bytes and 3,360 held back
(5,163 of them right), 28,442 clean texts (never one changed) and 60 tricky ones: benchmarks/results/mojibake.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cleaner.memory import cached_last
from cleaner.mojibake.accidents.steps import Explained, Step, beyond_ascii, undone
from cleaner.mojibake.chains.again import explained_again
from cleaner.mojibake.chains.aside import explain_aside
from cleaner.mojibake.chains.beside import explain_beside
from cleaner.mojibake.chains.double import double_readings
from cleaner.mojibake.chains.sure import explain_surely, explain_whole
from cleaner.mojibake.chains.through import by_layers
from cleaner.mojibake.readings.evidence import BAD, Likelihoods, is_drawing, is_rare, is_telling, likelihoods
from cleaner.mojibake.readings.judging import (
    DOUBT,
    LATIN,
    PAIR_MARGIN,
    PLAIN,
    STRANGERS,
    STRANGERS_MARGIN,
    Judge,
    Way,
    has_strangers,
    is_strange,
    margin_of,
    without_rare,
)
from cleaner.mojibake.readings.sampling import SAMPLE, refined, sample_of
from cleaner.mojibake.words.support import LETTERS, is_wide_word

DEPTH = 3
"""Most accidents, one over the other."""
CODE = re.compile(
    r"""[=!(\[{;\\"'](?:(?<=[\w\])]\()["'\[]|(?<=[=!])=|(?<=\\)[ux]|(?<=;)\s*$|(?<=[=({\[])\s*[rbu]{0,2}["']"""
    r"""|(?<=["']),\s*[rbu]?["']|(?<=")""|(?<=')'')""",
    re.MULTILINE,
)
CODE_BEGINS = re.compile(r"^[^\S\n]*(?:#|//|def |assert|return )", re.MULTILINE)
"""Signs of code. Both patterns begin with something rare, so that other text is passed over fast."""
SOURCE = re.compile(
    r"(?m)^[^\S\n]*(?:from \S+ import |import [\w.]+$|def \w+\(|class \w+[(:]|#include |function \w+\(|"
    r"(?:const|let|var) \w+ =)"
)
MOSTLY = 0.5
"""Share of the characters beyond ASCII that must be in UTF-8 sequences for the line to be taken as UTF-8 at all."""
NEARLY_ALL = 0.9
"""The same share from which no other mix-up is looked for."""
ALPHABET = 5
"""Letters of another alphabet from which a mix-up that was made twice is looked for: as many texts become right with 2 and with 12
[varied]; each look costs .1 ms."""
CUT = 150
"""Code points from which the words may be a sample that ends within a character."""
HELD = 2_048
"""Lines whose explanation is cached: a text is searched several times. Random letters and signs take half the time so."""
PARTLY_MARGIN = 20.0
"""Nats to be gained on top in a line of code of which only a part is UTF-8."""


def is_code(line: str) -> bool:
    """Whether `line` looks like a line of code."""
    begins = CODE_BEGINS.search(line) if "\n" in line else CODE_BEGINS.match(line)
    return begins is not None or CODE.search(line) is not None


def is_source(text: str) -> bool:
    """Whether `text` is a source file, so that all of its lines are code."""
    return len(SOURCE.findall(text)) > 1


def explain(
    line: str, first: tuple[tuple[Step, ...], ...] = (), asked: Likelihoods | None = None, *, code: bool | None = None
) -> Explained | None:
    """The best explanation of `line` as garbled text, or None where it is best left alone.

    `first` are chains found before; one of them is taken without a search where it leaves nothing suspicious. `asked` keeps
    the model's answers about these; `code` says whether the line is code, where that is known.
    """
    code = is_code(line) if code is None else code
    known = explained_again(line, first, Likelihoods() if asked is None else asked)
    return _by_itself(line, code=code) if known is None else known


@cached_last(HELD)
def _by_itself(line: str, *, code: bool) -> Explained | None:
    """`line` explained on its own, whatever its neighbours went through. Cached, as each look at a text asks again."""
    if not is_telling(line) or is_drawing(line, code=code):
        return None
    whole = by_layers(line) or explain_beside(line, lambda words: explain_whole(words) or explain(words, code=code))
    if whole is not None:
        return whole
    sure = explain_surely(line)
    if sure is not None:
        return sure
    found = _searched(line, code=code)
    return explain_aside(line, found, lambda words: _by_mix_up(words, code=code))


def _by_mix_up(words: str, *, code: bool) -> Explained | None:
    """`words` explained as a line of their own, where one of them can be evidence."""
    if not is_telling(words):
        return None
    return explain_surely(words) or _searched(words, code=code)


def _searched(line: str, *, code: bool) -> Explained | None:
    """`line` explained by the best chain for a sample of its words, undone in all of it."""
    sample, asked = sample_of(line), Likelihoods()
    found = _chain_of(line, sample, asked, code=code)
    return None if found is None else _in_full(line, sample, asked, found)


def _chain_of(line: str, sample: str, asked: Likelihoods, *, code: bool) -> Explained | None:
    """The best chain for the words `sample` of `line`: layers of UTF-8, else a mix-up of two other pages, or one below a layer."""
    from cleaner.mojibake.chains.pairs import Words, layered, repeated
    from cleaner.mojibake.chains.sifting import candidates

    judge = Judge(line, sample, asked)
    if judge.own > -PLAIN * len(sample):
        return None
    start, words = Explained(sample, (), 0.0), Words(sample)
    below, covered = layered(words)
    if covered < NEARLY_ALL:
        below = [(text, step) for text, step in below if not is_rare(text)]
    tidy = [way for way in below if not is_strange(way[0])]
    ways: Sequence[Way] = without_rare(sample, judge.ways(tidy))
    prices = sorted(step.cost - score for _, step, score in ways)
    if len(ways) > 1 and prices[1] - prices[0] < DOUBT:
        ways, _ = judge.by_words(start, ways)
    clean = judge.best_of(start, ways)
    partly = covered < NEARLY_ALL and code
    if clean is not None and clean.gain <= margin_of(sample, clean) + (PARTLY_MARGIN if partly else 0.0):
        clean = None
    if clean is not None and covered > NEARLY_ALL:
        return clean
    waiting = [(start, words)]
    best = clean
    while clean is None and below and covered > MOSTLY:
        # With one of many UTF-8 layers undone, it is not good text yet.
        deeper = judge.best_of(waiting[-1][0], judge.ways(below))
        if deeper is None:
            break
        best = deeper
        if not is_strange(best.text):
            break
        waiting.append((best, Words(best.text)))
        below, covered = layered(waiting[-1][1]) if len(best.steps) < DEPTH else ([], 0.0)
    for so_far, words in waiting[:: max(1, len(waiting) - 1)]:
        double = double_readings(words.text, words.text, cut=len(words.text) >= CUT)
        ways = judge.ways([*candidates(words), *double.items()])
        bad = len(BAD.findall(so_far.text))
        ways = [way for way in ways if len(BAD.findall(way[0])) <= bad and not is_rare(way[0])]
        other = judge.mix_up(so_far, ways)
        if other is not None and (best is None or other.gain > best.gain):
            best = other
    if not code and _is_other_alphabet(sample) and (best is None or best.steps[-1].right != "utf-8"):
        best = _twice(judge, start, repeated(waiting[0][1]), best)
    if best is None and below:
        best = judge.best_of(start, judge.ways(below))
    if best is None:
        return None
    partly = partly and not any(map(is_wide_word, LETTERS.findall(best.text)))
    return best if best.gain > margin_of(sample, best) + (PARTLY_MARGIN if partly else 0.0) else None


def _in_full(line: str, sample: str, asked: Likelihoods, found: Explained) -> Explained | None:
    """The chain `found` for the words `sample`, undone in all of `line`; None where that changes nothing or is doubtful."""
    text = undone(line, found.steps)
    if len(sample) >= SAMPLE:
        found, text = _on_all(line, sample, found, text)
    text = refined(line, [text], asked)[0]
    doubtful = found.gain < STRANGERS_MARGIN and found.steps[-1].right != "utf-8" and has_strangers(text)
    if text == line or doubtful:
        return None
    return Explained(text, found.steps, found.gain, found.runner_up)


def _on_all(line: str, sample: str, found: Explained, text: str) -> tuple[Explained, str]:
    """The chain that explains all of `line` best, among those that explain its `sample` equally well, and what the line becomes."""
    from cleaner.mojibake.accidents.pages import alike

    *before, last = found.steps
    line = undone(line, tuple(before))
    others = dict.fromkeys((*found.others, *alike(undone(sample, tuple(before)), last)))
    made = {text: last}
    for step in sorted(others, key=lambda step: (step.cost, step.wrong, step.right)):
        made.setdefault(step.undo(line), step)
    if len(made) == 1:
        return found, text
    texts = list(made)
    scores = likelihoods(texts)
    worth = [
        score - made[text].cost - STRANGERS * has_strangers(text) for text, score in zip(texts, scores, strict=True)
    ]
    best = worth.index(max(worth))
    if made[texts[best]] is last:
        return found, text
    return replace(found, steps=(*before, made[texts[best]])), texts[best]


def _is_other_alphabet(text: str) -> bool:
    """Whether most letters of `text` are not Latin, as in whole texts read in a Cyrillic page."""
    letters = sum(map(str.isalpha, text))
    return beyond_ascii(LATIN.sub("", text)) > max(ALPHABET, MOSTLY * letters)


def _twice(
    judge: Judge, so_far: Explained, readings: Sequence[tuple[str, Step]], best: Explained | None
) -> Explained | None:
    """`best`, or a mix-up that was made twice, where that is likelier.

    Cyrillic pages have the same letters at other places, so that the same mix-up made twice swaps the case of most.
    `хВОи СЛАВЕН` may be such a text; one that becomes capitals by it is not.
    """
    for text, step, likelihood in judge.ways(readings):
        gain = likelihood - judge.own - 2 * step.cost
        least = max(PAIR_MARGIN, best.gain if best else 0.0)
        if gain > least and not (is_strange(text) or _is_raised(so_far.text, text)):
            best = Explained(text, (*so_far.steps, step, step), gain, so_far.text)
    return best


def _is_raised(before: str, after: str) -> bool:
    """Whether most letters of `before` are small and become their capitals in `after`."""
    raised = sum(one.islower() and one.upper() == other for one, other in zip(before, after, strict=False))
    return raised > MOSTLY * sum(map(str.isalpha, before))
