"""The verdict on a text: gate, script, letter sequences, calibration."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np

from cleaner.arguments import as_text, check_names, check_one_of
from cleaner.document import UNCERTAIN, Candidate, Language, LanguageSpan
from cleaner.language.context import LanguageContext
from cleaner.language.letters import GROUPS, ONE_LANGUAGE, USUAL, Letters, glimpsed, letters_of, spelt
from cleaner.language.second import engine, langdetect_verdicts
from cleaner.letting_go import cached
from cleaner.models.languages import SPACE, STEP, WIDTH, load

__all__ = ["detect_language", "detect_languages"]

Array = Any

BACKENDS = ("cleaner", "langdetect")
BACKEND = "cleaner-sequences/2"
NONE = "und"
PART, LONG = 240, 960
"""Code points of each of the three parts that a text of more than LONG is judged by: beginning, middle, end. Up to a third of a
part is cut off at its ends, to a line or a word."""
GLANCE = 80
"""Code points of each of these parts that are looked at first. Of 15,736 texts of a mixed corpus in some hundred languages 9,477
are beyond doubt then, each of them with the verdict on the whole parts."""
ANOTHER = 20
"""Levels by which a third of the letters at a glance may speak more for another language. Of 6,500 made-up mixtures five were too
sure of one of their languages where nothing was asked of the thirds.
"""
ONE_SCRIPT = 0.9
"""Share of the letters at a glance that are in its script at the least: which one most of a text is in takes more than a glance."""
TELL_APART = 0.8
"""Share of its group's probability that a language needs to be told apart from the others."""
RANKED = 8
"""Languages that share the probability."""
WORTH, SUREST = 0.0005, 0.9995
"""Least probability that is worth naming, and the most that is claimed: above .9995, 1 in 1,000 sentences was wrong."""
NOTHING = 0.9 * WORTH
"""Probability of all others together below which none of them is worth naming, however it is rounded."""
TEMPER, SHORT, BEND, ENOUGH = 0.15, 69, 1.23, 450
"""Part of a nat that counts, by the number `n` of a text's sequences, which overlap: TEMPER / (1 + n / SHORT) ** BEND, `n` at
most ENOUGH. Fitted to the likelihood of the right answers on the development texts: calibration error 1.5 % on words and
pairs, 0.5 % on sentences."""
KNOWN, FAMILIAR, UNFAMILIAR, LOWEST = 1.0, 3.0, 0.55, 0.3
"""Levels that a possible sequence adds on average: below KNOWN there is no language (2 of 9,000 words, pairs and sentences);
from there to FAMILIAR the verdict is worth UNFAMILIAR up to all of its probability (22 of 3,720 sentences; most garbled text)."""
GUESSED, GUESSED_OF = 0.3, 40
"""What the usual language of a script is worth as a guess, and the sequences up to which a text without any known one is a rare
word or two."""
FEW, SOME = 12, 30
"""Sequences from which that average says something, and from which it may say that there is no language."""
LETTERS = 2.0
"""Letters that words have on average at the least; the words of garbled text are single letters between signs."""


def detect_language(
    text: str,
    languages: Sequence[str] | None = None,
    spans: bool = False,
    *,
    backend: str = "cleaner",
    second_opinion: bool = False,
    context: LanguageContext | None = None,
) -> Language:
    """The language of `text`: ISO 639-1 code, else 639-3, `und` where there is none.

    `languages` closes the set of answers. `spans=True` also gives the spans of each language (code points, half-open) and
    their shares. `backend="langdetect"` lets langdetect decide, seeded; `second_opinion` asks it where the verdict is
    uncertain. `context` says what the other documents of a folder are in; it sharpens uncertain verdicts. Deterministic;
    may be called from several threads. Raises ArgumentError for what is no text or no list of codes, UsageError where there is
    no such backend. Codes that are not known are never the answer.
    """
    as_text(text, "detect_language")
    if languages is not None:
        check_names(languages, "languages", "en")
    if backend not in BACKENDS:
        check_one_of(backend, BACKENDS, "backend")
    return detect_languages([text], languages, spans, backend=backend, second_opinion=second_opinion, context=context)[
        0
    ]


def detect_languages(
    texts: Sequence[str],
    languages: Sequence[str] | None = None,
    spans: bool = False,
    *,
    backend: str = "cleaner",
    second_opinion: bool = False,
    context: LanguageContext | None = None,
    again: Container[int] = (),
) -> list[Language]:
    """What `detect_language` says of each text, in less time: half of that is the cost of calls, whatever they work on.

    `again` are the places of texts that are asked about once more where the verdict is uncertain: it has no spans then.
    """
    if backend == "langdetect":
        letters = letters_of([_sample(text, PART) for text in texts])
        verdicts = _by_langdetect(letters, languages)
    else:
        letters, verdicts = _looked_at(texts, languages, context)
    if spans:
        asked = [place for place, some in enumerate(letters) if some.total]
        asked = [place for place in asked if place not in again or not verdicts[place].uncertain]
        found = _with_spans([texts[place] for place in asked], [verdicts[place] for place in asked], languages)
        for place, verdict in zip(asked, found, strict=True):
            verdicts[place] = verdict
    if second_opinion and backend != "langdetect":
        asked = [place for place, verdict in enumerate(verdicts) if _uncertain(verdict)]
        opinions = langdetect_verdicts([_written(letters[place]) for place in asked], languages)
        for place, opinion in zip(asked, opinions, strict=True):
            verdicts[place] = replace(verdicts[place], second_opinion=opinion[0], second_backend=engine())
    return verdicts


def _by_langdetect(letters: Sequence[Letters], languages: Sequence[str] | None) -> list[Language]:
    found = langdetect_verdicts([_written(some) for some in letters], languages)
    return [
        Language(best[0].value, best[0].confidence, tuple(best), None, some.script, backend=engine())
        for some, best in zip(letters, found, strict=True)
    ]


def _uncertain(verdict: Language) -> bool:
    """Whether another engine could know better; within a group of near languages it can't."""
    members = (verdict.group or verdict.code).split("|")
    return (
        verdict.code != NONE and sum(one.confidence for one in verdict.candidates if one.value in members) < UNCERTAIN
    )


def _with_spans(
    texts: Sequence[str], verdicts: Sequence[Language], languages: Sequence[str] | None
) -> Iterator[Language]:
    """The verdicts on the texts with their spans."""
    from cleaner.language.spans import find_spans

    asked = [(text, verdict.code) for text, verdict in zip(texts, verdicts, strict=True)]
    found = find_spans(asked, [verdict.confidence for verdict in verdicts], languages)
    for text, verdict, spans in zip(texts, verdicts, found, strict=True):
        whole = verdict
        if verdict.code == NONE and len({span.code for span in spans}) > 1:
            whole = _of_spans(verdict, text, spans, languages)
        yield replace(whole, spans=spans, shares=_shares(spans)) if whole.code != NONE else verdict


def _of_spans(verdict: Language, text: str, spans: Sequence[LanguageSpan], languages: Sequence[str] | None) -> Language:
    """The verdict on a text that is in no single language: that of its largest part, where this is in one."""
    share = _shares(spans)[0]
    part = " ".join(text[span.start : span.end] for span in spans if span.code == share.value)
    (found,) = _judged(letters_of([_sample(part, PART)]), languages, None)
    return replace(found, script=verdict.script, confidence=round(found.confidence * share.confidence, 4))


def _looked_at(
    texts: Sequence[str], languages: Sequence[str] | None, context: LanguageContext | None
) -> tuple[list[Letters], list[Language]]:
    """The letters that each text is judged by, and the verdict. A glance at a long one will do where it leaves no doubt."""
    long = [place for place, text in enumerate(texts) if len(text) > LONG]
    if not long:
        whole = letters_of(texts)
        return whole, _judged(whole, languages, context)
    letters: dict[int, Letters] = {}
    verdicts: dict[int, Language] = {}
    glances = glimpsed([_sample(texts[place], GLANCE) for place in long])
    seen = [(place, some) for place, some in zip(long, glances, strict=True) if some and _in_one_script(some)]
    if seen:
        told = _Told.of([some for _, some in seen], languages, apart=True)
        for (place, some), script, sure in zip(seen, told.scripts, told.beyond_doubt(), strict=True):
            if sure >= 0:
                letters[place], verdicts[place] = some, _certain(script, sure)
    rest = [place for place in range(len(texts)) if place not in verdicts]
    if rest:
        whole = letters_of([_sample(texts[place], PART) for place in rest])
        letters.update(zip(rest, whole, strict=True))
        verdicts.update(zip(rest, _judged(whole, languages, context), strict=True))
    return [letters[place] for place in range(len(texts))], [verdicts[place] for place in range(len(texts))]


def _in_one_script(letters: Letters) -> bool:
    """Whether nearly all letters are in one script, which several languages write."""
    return letters.script in load().codes and letters.counts[letters.script] >= ONE_SCRIPT * letters.total


def _sample(text: str, size: int) -> str:
    """Beginning, middle and end of a long text, `size` code points each, in whole words where there are spaces."""
    if len(text) <= LONG:
        return text
    middle, end = (len(text) - size) // 2, len(text) - size
    first, second, third = text[:size], text[middle : middle + size], text[end:]
    line = size // 3
    return "\n".join(
        (first[: _tail(first, line)], second[_head(second, line) : _tail(second, line)], third[_head(third, line) :])
    )


def _head(part: str, line: int) -> int:
    """Where the first whole line, or word, of `part` begins, if that is within `line` code points of its start."""
    place = part.find("\n", 0, line)
    return max(0, place if place >= 0 else part.find(" ", 0, line))


def _tail(part: str, line: int) -> int:
    """Where the last whole one ends, if that is within `line` code points of its end."""
    start = len(part) - line
    place = part.rfind("\n", start)
    place = place if place >= 0 else part.rfind(" ", start)
    return place if place >= 0 else len(part)


def _written(letters: Letters) -> str:
    """The words that were judged, as text."""
    if letters.script is None:
        return ""
    points = letters.points if letters.script in ONE_LANGUAGE else spelt([letters])[0]
    written: str = points.astype(np.uint16).tobytes().decode("utf-16-le", "replace")
    return written.strip()


def _none(confidence: float, script: str | None) -> Language:
    return Language(NONE, confidence, (Candidate(NONE, confidence),), script=script, backend=BACKEND)


def _judged(
    letters: Sequence[Letters], languages: Sequence[str] | None, context: LanguageContext | None
) -> list[Language]:
    verdicts: list[Language] = []
    places: list[int] = []
    for place, some in enumerate(letters):
        script = some.script
        if script is None or some.total < 1 + (script in ("Latn", "Cyrl", "Arab")):
            verdicts.append(_none(0.99, script))
        elif script in ONE_LANGUAGE:
            verdicts.append(_by_script(some, script, languages))
        else:
            verdicts.append(_none(0.5, script))
            if script in load().codes:
                places.append(place)
    if places:
        told = _Told.of([letters[place] for place in places], languages)
        certain = told.beyond_doubt() if len(places) > 1 else [-1]
        for row, (place, sure) in enumerate(zip(places, certain, strict=True)):
            verdicts[place] = (
                _certain(told.scripts[row], sure) if sure >= 0 else _by_sequences(told, row, languages, context)
            )
    return verdicts


@dataclass(frozen=True, slots=True)
class _Told:
    """What the sequences of many texts say, in scripts that several languages share."""

    scripts: Sequence[str]
    levels: Array
    """What they say for each language (int64, texts x WIDTH), -1 where the column is none that is asked about."""
    numbers: Sequence[int]
    """Words of each."""
    sizes: Sequence[int]
    """Their letters."""
    possible: Sequence[int]
    """The sequences that they have."""

    parts: Array | None = None
    """What thirds of a text say, where they are asked apart (int64, texts x 3 x WIDTH)."""

    @classmethod
    def of(cls, letters: Sequence[Letters], languages: Sequence[str] | None, *, apart: bool = False) -> _Told:
        """What the letters of each text tell, among `languages` if these are given; thirds of them `apart`."""
        words, scripts = spelt(letters), [some.script or "" for some in letters]
        lengths = [len(some) for some in words]
        if len(words) == 1:
            spaces = [int(np.count_nonzero(words[0] == SPACE))]
        else:
            firsts = list(accumulate(lengths[:-1], initial=0))
            spaces = np.add.reduceat(np.concatenate(words) == SPACE, firsts, dtype=np.int64).tolist()
        numbers = [count - 1 for count in spaces]
        sizes = [length - count for length, count in zip(lengths, spaces, strict=True)]
        possible = [max(1, 3 * size - 2 * number) for size, number in zip(sizes, numbers, strict=True)]
        closed, parts = tuple(languages or ()), None
        if apart:
            cut = [part for some in words for part in _thirds(some)]
            parts = load().totals(cut).reshape(len(words), -1, WIDTH)
            levels = parts.sum(axis=1)
        else:
            levels = load().totals(words)
        left_out = [_left_out(script, closed) for script in scripts]
        levels[np.array(left_out) if len(words) > 1 else left_out[0][None]] = -1
        return cls(scripts, levels, numbers, sizes, possible, parts)

    def beyond_doubt(self) -> list[int]:
        """The column of the best language of each text where no other one is worth naming, its sequences are as well known as those
        of a language are, and no third speaks for another one, if they are apart; else -1. It is what `_by_sequences` would find.
        """
        most, possible = self.levels.max(axis=1), np.array(self.possible)
        temper = STEP * TEMPER / (1 + np.minimum(possible, ENOUGH) / SHORT) ** BEND
        weights = np.exp((self.levels - most[:, None]) * temper[:, None])
        sure = weights.sum(axis=1) * (1 - NOTHING) < 1
        sure &= (most >= FAMILIAR * possible) & (np.array(self.sizes) >= LETTERS * np.array(self.numbers))
        best = self.levels.argmax(axis=1)
        if self.parts is not None:
            own = np.take_along_axis(self.parts, best[:, None, None], axis=2)[:, :, 0]
            asked = np.where(self.levels[:, None] < 0, 0, self.parts)
            sure &= (asked.max(axis=2) - own <= ANOTHER).all(axis=1)
        found: list[int] = np.where(sure, best, -1).tolist()
        return found


def _thirds(words: Array) -> tuple[Array, Array, Array]:
    first, second = len(words) // 3, 2 * len(words) // 3
    return words[:first], words[first:second], words[second:]


@cached
def _left_out(script: str, languages: tuple[str, ...]) -> Array:
    """Which columns are no language of the script, or not asked about (bool)."""
    asked = [not languages or code in languages for code in load().codes[script]]
    left_out = np.ones(WIDTH, bool)
    left_out[: len(asked)] = np.logical_not(asked)
    left_out.setflags(write=False)
    return left_out


@cached
def _certain(script: str, column: int) -> Language:
    code = load().codes[script][column]
    return Language(code, SUREST, (Candidate(code, SUREST),), None, script, backend=BACKEND)


def _by_script(letters: Letters, script: str, languages: Sequence[str] | None) -> Language:
    """The verdict where the script alone decides."""
    code = ONE_LANGUAGE[script]
    if languages and code not in languages:
        near = {"ja": "zh", "zh": "ja"}.get(code, "")
        if near not in languages:
            return _none(0.8, script)
        code = near
    share = 0.995 if code != "zh" or letters.total > 6 else 0.85
    return Language(code, share, (Candidate(code, share),), script="Jpan" if code == "ja" else script, backend=BACKEND)


def _by_sequences(told: _Told, row: int, languages: Sequence[str] | None, context: LanguageContext | None) -> Language:
    """The verdict on the text of a row, among the languages that share its script."""
    script, size, number, possible = told.scripts[row], told.sizes[row], told.numbers[row], told.possible[row]
    codes = load().codes[script]
    levels = told.levels[row].tolist()
    order = [place for place in np.argsort(-told.levels[row], kind="stable")[:RANKED].tolist() if levels[place] >= 0]
    known = levels[order[0]] / possible if order else 0.0
    if not known and possible < GUESSED_OF:
        return _unknown_word(script, languages)
    if possible >= SOME and (known < KNOWN or size < LETTERS * number):
        return _none(0.8, script)
    temper = STEP * TEMPER / (1 + min(possible, ENOUGH) / SHORT) ** BEND
    weights = [math.exp((levels[place] - levels[order[0]]) * temper) for place in order]
    if context and weights[0] < UNCERTAIN * sum(weights):
        before = context.weights(codes[place] for place in order)
        weights = [weight * share for weight, share in zip(weights, before, strict=True)]
    trust = 1.0
    if possible >= FEW and known < FAMILIAR:
        trust = max(LOWEST, UNFAMILIAR + (1 - UNFAMILIAR) * (known - KNOWN) / (FAMILIAR - KNOWN))
    total = sum(weights) / trust
    ranked = sorted(
        ((codes[place], weight / total) for place, weight in zip(order, weights, strict=True)), key=lambda row: -row[1]
    )
    shown = [row for row in ranked[:5] if row[1] >= WORTH or row is ranked[0]]
    candidates = tuple(Candidate(code, round(min(share, SUREST), 4)) for code, share in shown)
    best = candidates[0]
    return Language(best.value, best.confidence, candidates, _group(ranked), script, backend=BACKEND)


def _unknown_word(script: str, languages: Sequence[str] | None) -> Language:
    """The verdict on a word without any known sequence: what is mostly written in that script, if that says anything."""
    usual = USUAL.get(script)
    if usual is None or (languages and usual not in languages):
        return _none(0.5, script)
    return Language(usual, GUESSED, (Candidate(usual, GUESSED),), script=script, backend=BACKEND)


def _group(ranked: list[tuple[str, float]]) -> str | None:
    """The group of the best language, where the others of it are too near."""
    best = ranked[0][0]
    for group in GROUPS:
        members = group.split("|")
        if best in members:
            inside = sum(share for code, share in ranked if code in members)
            if ranked[0][1] < TELL_APART * inside:
                return group
    return None


def _shares(spans: Sequence[LanguageSpan]) -> tuple[Candidate, ...]:
    if len(spans) == 1:
        return (Candidate(spans[0].code, 1.0),)
    total = sum(span.end - span.start for span in spans)
    by_code: dict[str, int] = {}
    for span in spans:
        by_code[span.code] = by_code.get(span.code, 0) + span.end - span.start
    return tuple(
        Candidate(code, round(size / total, 4))
        for code, size in sorted(by_code.items(), key=lambda row: (-row[1], row[0]))
    )
